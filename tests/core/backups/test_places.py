"""Two folders, never one; files whose names say when; old keys deleted, old logs kept."""

from datetime import date
from pathlib import Path

import pytest

from core.backups.places import Backup, Places, named, written
from core.errors import Refused


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for name in ("log", "keys"):
        (tmp_path / name).mkdir()
    return Places.apart(tmp_path / "log", tmp_path / "keys")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("log", "keys"), [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a", "link"), ("link", "a/b"), ("a", "a/../a/b")]
)
def test_one_folder_or_one_inside_the_other_is_refused(tmp_path: Path, log: str, keys: str) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(Refused) as refused:
        Places.apart(tmp_path / log, tmp_path / keys)
    assert refused.value.code == "one_place"


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for log, keys in (("a", "b"), ("b", "a")):
        with pytest.raises(Refused) as refused:
            Places.apart(tmp_path / log, tmp_path / keys)
        assert refused.value.code == "no_folder"
    assert left(tmp_path) == ["a"]


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "tallystick-20261116T013000Z.rows"
    with written(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused) as refused, written(path) as file:
        file.write(b"other")
    assert (refused.value.code, path.read_bytes()) == ("exists", b"half")
    with pytest.raises(ZeroDivisionError), written(tmp_path / "other") as file:
        file.write(b"%d" % (1 // 0))
    assert left(tmp_path) == [path.name]


def test_the_newest_backup_is_found_with_the_keys_made_with_it_or_next(places: Places) -> None:
    one, two, three = (f"tallystick-2026111{day}T013000Z" for day in (4, 5, 6))
    with pytest.raises(Refused) as refused:
        places.newest()
    assert refused.value.code == "no_backup"
    touch(places.log, f"{one}.rows", f"{two}.rows", f"{two}.half.txt", ".tallystick-20261119T013000Z.rows.part")
    touch(places.log, "tallystick-99999999T999999Z.rows", "zoo.rows")
    touch(places.keys, f"{one}.keys.age")
    with pytest.raises(Refused) as refused:
        places.newest()
    assert refused.value.code == "no_keys"
    touch(places.keys, f"{three}.keys.age")
    assert places.newest() == Backup(places.log / f"{two}.rows", places.keys / f"{three}.keys.age")
    touch(places.keys, f"{two}.keys.age")
    assert places.newest() == Backup(places.log / f"{two}.rows", places.keys / f"{two}.keys.age")
    assert places.newest().name == two


def test_keys_are_deleted_on_the_last_day_of_their_window_and_logs_are_kept(places: Places) -> None:
    # 35 days after 16 November are over at the end of 21 December: in the course of that day the file must go.
    made = "tallystick-20261116T233000Z"
    touch(places.log, f"{made}.rows", f"{made}.half.txt")
    touch(places.keys, f"{made}.keys.age", "tallystick-20261120T013000Z.keys.age", "notes.txt", "x.keys.age")
    kept = left(places.keys)
    assert places.expire(date(2026, 12, 20), 35) == 0
    assert left(places.keys) == kept
    assert places.expire(date(2026, 12, 21), 35) == 1
    assert left(places.keys) == [name for name in kept if not name.startswith(made)]
    assert left(places.log) == [f"{made}.half.txt", f"{made}.rows"]


def test_what_was_never_finished_goes_after_a_day(places: Places) -> None:
    parts = [f".tallystick-202611{day}T013000Z.rows.part" for day in (14, 15, 16)]
    touch(places.log, *parts)
    places.expire(date(2026, 11, 16), 35)
    assert left(places.log) == parts[1:]


def test_a_backup_is_named_by_its_instant() -> None:
    assert named(1_794_830_400_000_000) == "tallystick-20261116T120000Z"
