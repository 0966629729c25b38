"""`tallystick backup`, `restore` and `drill`: what an IT person does, with the files they have in hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pyrage
import pytest
from sqlalchemy import create_engine, select

from core.backups.facts import BackupMade, DrillHeld
from core.building import Building
from core.roll.facts import PupilEnrolled
from core.roll.views import pupil
from core.settings import from_environment
from events import Actor, New, Stream
from events.halves import half
from events.tables import keys as data_keys
from tests.core.cli.test_cli import PASSWORD, URN, Answer, run
from tests.core.cli.test_cli import template as template  # noqa: PLC0414 - a fixture
from tests.postgres import Postgres

CANARY = "Quetzalcoatl"
CHILD = UUID("7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4b01")
IDENTITY = Stream(CHILD, "core.identity")
STEPS = [
    "Opening the keys",
    "Reading the keys",
    "Destroying the keys that were destroyed since",
    "Reading the log",
    "Comparing with the half",
    "Beginning a new epoch of each log",
    "Reading every entry again",
    "Removing it all",
]


class Trust:
    """A trust with a child on roll, two folders for its backups, and a safe."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.log, self.keys, self.safe, self.outside = (folder / name for name in ("log", "keys", "safe", "outside"))
        for made in (self.log, self.keys, self.safe, self.outside):
            made.mkdir()
        self.identity = self.safe / "identity.txt"

    @contextmanager
    def building(self, home: Path | None = None) -> Iterator[Building]:
        building = Building(from_environment({"TALLYSTICK_HOME": str(home or self.home)}), serving=False)
        yield building
        building.close()

    def enrol(self, surname: str, child: UUID = CHILD) -> None:
        fact = PupilEnrolled("A801200001001", surname, "Robin", date(2017, 3, 4), "4", "4B", date(2025, 9, 1))
        with self.building() as building:
            log = building.store.log(URN)
            log.append([New(child, fact)], command_id=uuid4(), actor=Actor(CHILD, "operator"))

    def erase(self) -> bytes:
        """Destroys the key of the child's identity; returns its key_id."""
        with self.building() as building:
            log = building.store.log(URN)
            key = log.keys.find(IDENTITY)
            assert key
            until, actor = date(2026, 12, 31), Actor(CHILD, "operator")
            log.destroy([IDENTITY], backups_until=until, companions=[], command_id=uuid4(), actor=actor)
        return key.key_id

    def half(self) -> Path:
        """The half, as it is sent outside now."""
        with self.building() as building:
            text = str(half(building.store))
        file = self.outside / f"half-{len(list(self.outside.iterdir()))}.txt"
        file.write_text(text)
        return file

    def backup(self) -> Answer:
        return run(self.home, "backup", str(self.log), str(self.keys), "--json")

    def files(self) -> list[str]:
        return [str(next(folder.glob(f"*{ending}"))) for folder, ending in ((self.log, ".rows"), (self.keys, ".age"))]

    def restore(self, home: Path, half: Path, *files: str, **environ: str) -> Answer:
        home.mkdir(exist_ok=True, mode=0o700)
        shutil.copy(self.home / "master.key", home / "master.key")
        given = ("--identity", str(self.identity), "--half", str(half))
        return run(home, "restore", *(files or self.files()), *given, **environ)

    def drill(self, half: Path, *more: str) -> Answer:
        given = ("--identity", str(self.identity), "--half", str(half), "--within", str(self.folder))
        return run(self.home, "drill", str(self.log), str(self.keys), *given, *more)

    def told(self) -> list[object]:
        """What the trust's log says of backups and drills."""
        with self.building() as building:
            facts = [event.fact for event in building.trust.events()]
        return [fact for fact in facts if isinstance(fact, BackupMade | DrillHeld)]


@pytest.fixture
def trust(tmp_path: Path, template: Path) -> Trust:
    shutil.copytree(template, tmp_path / "home")
    trust = Trust(tmp_path)
    trust.enrol(CANARY)
    assert run(trust.home, "backup-recipient", str(trust.identity)).code == 0
    return trust


def surname(home: Path) -> str | None:
    building = Building(from_environment({"TALLYSTICK_HOME": str(home)}), serving=False)
    log = building.store.log(URN)
    log.refresh()
    found = log.see(pupil, CHILD)
    building.close()
    return found.surname if found else None


# Whom backups are encrypted to


def test_the_identity_goes_to_the_safe_and_only_the_recipient_stays(trust: Trust) -> None:
    text = trust.identity.read_text()
    assert trust.identity.stat().st_mode & 0o777 == 0o600
    identity = pyrage.x25519.Identity.from_str(text.splitlines()[-1])
    assert (trust.home / "backup-recipient").read_text() == f"{identity.to_public()}\n"
    assert not any(b"AGE-SECRET-KEY" in path.read_bytes() for path in trust.home.iterdir())


def test_a_recipient_is_replaced_only_when_asked_for(trust: Trust) -> None:
    before = (trust.home / "backup-recipient").read_text()
    other = str(pyrage.x25519.Identity.generate().to_public())
    assert run(trust.home, "backup-recipient", "--is", other).code == 1
    assert run(trust.home, "backup-recipient", str(trust.identity), "--replace").code == 1  # never written over
    assert run(trust.home, "backup-recipient", "--is", "age1nonsense", "--replace").code == 1
    assert run(trust.home, "backup-recipient", str(trust.home / "identity"), "--replace").code == 1  # beside the keys
    assert run(trust.home, "backup-recipient").code == 2
    assert (trust.home / "backup-recipient").read_text() == before
    assert run(trust.home, "backup-recipient", "--is", other, "--replace").code == 0
    assert (trust.home / "backup-recipient").read_text() == f"{other}\n"


def test_without_a_recipient_no_backup_is_made(trust: Trust) -> None:
    (trust.home / "backup-recipient").unlink()
    answer = trust.backup()
    assert (answer.code, list(trust.log.iterdir()), list(trust.keys.iterdir())) == (1, [], [])
    assert "tallystick backup-recipient" in answer.err


# Backup


def test_log_and_keys_go_to_two_folders_and_the_log_says_so(trust: Trust) -> None:
    answer = trust.backup()
    name = answer.json["name"]
    assert [path.name for path in sorted(trust.log.iterdir())] == [f"{name}.half.txt", f"{name}.rows"]
    assert [path.name for path in trust.keys.iterdir()] == [f"{name}.keys.age"]
    assert {path.stat().st_mode & 0o777 for folder in (trust.log, trust.keys) for path in folder.iterdir()} == {0o600}
    (fact,) = trust.told()
    assert isinstance(fact, BackupMade)
    assert (fact.name, fact.rows, fact.expired) == (name, answer.json["rows"], 0)


def test_what_is_not_two_folders_is_refused(trust: Trust) -> None:
    for log, keys in ((trust.log, trust.log), (trust.folder, trust.keys), (trust.log, trust.folder / "nowhere")):
        assert run(trust.home, "backup", str(log), str(keys)).code == 1
    assert trust.told() == []


def test_only_whoever_can_read_the_master_key_may(trust: Trust) -> None:
    half = trust.half()
    commands = [
        ("backup", str(trust.log), str(trust.keys)),
        ("backup-recipient", str(trust.safe / "other"), "--replace"),
        ("drill", str(trust.log), str(trust.keys), "--identity", str(trust.identity), "--half", str(half)),
        ("restore", str(half), str(half), "--identity", str(trust.identity), "--half", str(half)),
    ]
    for words in commands:
        answer = run(trust.home, "--as", "sam@keystone.example", *words)
        assert (answer.code, "not been granted" in answer.err) == (1, True), words


def test_old_backups_of_the_keys_are_deleted_and_of_the_log_kept(trust: Trust) -> None:
    old = [trust.keys / "tallystick-20200101T013000Z.keys.age", trust.log / "tallystick-20200101T013000Z.rows"]
    for path in old:
        path.write_bytes(b"old")
    assert trust.backup().json["expired"] == 1
    assert [path.exists() for path in old] == [False, True]


def test_nothing_in_a_backup_can_be_read_without_the_safe(trust: Trust) -> None:
    trust.backup()
    engine = create_engine(f"sqlite:///{trust.home / 'keys.db'}")
    with engine.connect() as connection:
        wraps = list(connection.execute(select(data_keys.c.wrapped)).scalars())
    engine.dispose()
    raw = b"".join(path.read_bytes() for folder in (trust.log, trust.keys) for path in folder.iterdir())
    needles = [
        CANARY.encode(),
        CHILD.bytes,
        str(CHILD).encode(),
        CHILD.hex.encode(),
        (trust.home / "master.key").read_bytes(),
    ]
    assert not any(needle in raw for needle in [*needles, *wraps])
    assert b"tallystick/v1/dump" in raw  # the search finds what is there
    assert len(wraps) > 3


# Restore


def test_a_trust_is_back_with_everyone_who_signs_in(trust: Trust) -> None:
    trust.backup()
    home = trust.folder / "new"
    answer = trust.restore(home, trust.half())
    assert answer.code == 0, answer
    lines = answer.out.splitlines()
    missing = [before.split(":")[0] for before, line in pairwise(lines) if "MISSING" in line]
    assert missing == ["trust"]  # that the backup was made
    assert "All that is back verifies." in lines
    assert surname(home) == CANARY
    assert run(home, "verify").code == 0
    with trust.building(home) as building:
        assert building.desk_store.check_password("sam@keystone.example", PASSWORD, "1.2.3.4")


def test_what_is_missing_is_said_in_plain_words(trust: Trust) -> None:
    trust.backup()
    for _ in range(3):
        trust.enrol("Someone", uuid4())
    assert (
        run(
            trust.home,
            "academy",
            "add",
            "--urn",
            "139207",
            "--name",
            "East",
            "--laestab",
            "885/2047",
            "--phase",
            "primary",
        ).code
        == 0
    )
    answer = trust.restore(trust.folder / "new", trust.half())
    assert answer.code == 0
    assert "3 entries that were signed after it are lost." in answer.out
    assert "139207: the whole log" in answer.out
    assert run(trust.folder / "new", "verify").code == 0


def test_a_key_destroyed_after_the_backup_is_nowhere_in_what_was_restored(trust: Trust) -> None:
    trust.backup()
    engine = create_engine(f"sqlite:///{trust.home / 'keys.db'}")
    with engine.connect() as connection:
        wraps = dict(connection.execute(select(data_keys.c.key_id, data_keys.c.wrapped)).all())
    engine.dispose()
    key_id = trust.erase()
    home = trust.folder / "new"
    answer = trust.restore(home, trust.half())
    assert "1 key destroyed since the backup: destroyed here too." in answer.out
    assert surname(home) is None
    assert run(home, "verify").code == 0
    raw = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert wraps[key_id] not in raw
    assert CANARY.encode() not in raw
    assert key_id in raw


def test_from_sqlite_to_postgresql_and_back(trust: Trust, postgres: Postgres) -> None:
    trust.backup()
    there = {"TALLYSTICK_DATABASE": postgres.database(), "TALLYSTICK_KEYS": postgres.database()}
    home = trust.folder / "new"
    assert trust.restore(home, trust.half(), **there).code == 0
    assert run(home, "verify", **there).code == 0
    assert run(home, "backup-recipient", "--is", (trust.home / "backup-recipient").read_text(), **there).code == 0
    for folder in (trust.log, trust.keys):
        shutil.rmtree(folder)
        folder.mkdir()
    made = run(home, "backup", str(trust.log), str(trust.keys), "--json", **there)
    assert made.code == 0, made
    back = trust.restore(trust.folder / "back", next(trust.log.glob("*.half.txt")))
    assert back.code == 0, back
    assert surname(trust.folder / "back") == CANARY


def without_a_half(trust: Trust) -> list[str]:
    return [*trust.files(), "--identity", str(trust.identity)]


def with_an_old_half(trust: Trust) -> list[str]:
    return [*trust.files(), "--identity", str(trust.identity), "--half", str(trust.outside / "half-0.txt")]


def with_half_a_half(trust: Trust) -> list[str]:
    text = trust.half().read_text()
    (trust.outside / "cut.txt").write_text(text[: len(text) // 2])
    return [*trust.files(), "--identity", str(trust.identity), "--half", str(trust.outside / "cut.txt")]


def with_another_identity(trust: Trust) -> list[str]:
    (trust.safe / "other.txt").write_text(str(pyrage.x25519.Identity.generate()))
    (trust.safe / "other.txt").chmod(0o600)
    return [*trust.files(), "--identity", str(trust.safe / "other.txt"), "--half", str(trust.half())]


def with_the_keys_cut_short(trust: Trust) -> list[str]:
    rows, keys = trust.files()
    Path(keys).write_bytes(Path(keys).read_bytes()[:-20])
    return [rows, keys, "--identity", str(trust.identity), "--half", str(trust.half())]


def with_the_log_cut_short(trust: Trust) -> list[str]:
    rows, keys = trust.files()
    Path(rows).write_bytes(Path(rows).read_bytes()[:-20])
    return [rows, keys, "--identity", str(trust.identity), "--half", str(trust.half())]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (without_a_half, 2, "Missing option '--half'"),
        (with_an_old_half, 1, "older than the backup"),
        (with_half_a_half, 1, "no half that can be used"),
        (with_another_identity, 1, "does not open"),
        (with_the_keys_cut_short, 1, "does not open"),
        (with_the_log_cut_short, 1, "cut short"),
    ],
)
def test_what_cannot_be_restored_leaves_no_trust(
    trust: Trust, words: Callable[[Trust], list[str]], code: int, why: str
) -> None:
    trust.half()
    trust.enrol("Later", uuid4())
    trust.backup()
    home = trust.folder / "new"
    home.mkdir()
    shutil.copy(trust.home / "master.key", home / "master.key")
    answer = run(home, "restore", *words(trust))
    assert (answer.code, why in answer.err) == (code, True), answer
    assert why in answer.err.splitlines()[-1]
    assert "tallystick init" in run(home, "verify").err


def test_a_place_with_a_trust_in_it_and_one_without_the_master_key_are_refused(trust: Trust) -> None:
    trust.backup()
    half = trust.half()
    given = [*trust.files(), "--identity", str(trust.identity), "--half", str(half)]
    assert "something here already" in run(trust.home, "restore", *given).err
    assert run(trust.home, "verify").code == 0
    assert "no master key" in run(trust.folder / "new", "restore", *given).err


# Drill


def test_a_drill_tries_the_newest_backup_times_it_and_leaves_nothing(trust: Trust) -> None:
    trust.backup()
    trust.enrol("Later", uuid4())
    half = trust.half()
    before = sorted(trust.folder.iterdir())
    answer = trust.drill(half)
    assert answer.code == 0, answer
    steps = [line.split("  ")[0] for line in answer.out.splitlines()]
    assert steps[:9] == [*STEPS, "In all"]
    assert "entries back and verified" in answer.out
    assert sorted(trust.folder.iterdir()) == before
    made, held = trust.told()
    assert isinstance(made, BackupMade)
    assert isinstance(held, DrillHeld)
    assert (held.name, held.ok, held.wrong, held.entries > 20) == (made.name, True, "", True)


def test_a_drill_that_finds_something_wrong_ends_with_1_and_is_recorded(trust: Trust) -> None:
    half = trust.half()
    assert trust.drill(half).code == 1
    trust.enrol("Later", uuid4())
    trust.backup()
    for why, given in (("older than the backup", half), ("cut short", trust.half())):
        answer = trust.drill(given)
        assert (answer.code, why in answer.out) == (1, True), answer
        rows = Path(trust.files()[0])
        rows.write_bytes(rows.read_bytes()[:-1])
    told = [fact for fact in trust.told() if isinstance(fact, DrillHeld)]
    assert [(fact.ok, fact.entries) for fact in told] == [(False, 0)] * 3
    assert "no backup in this folder" in told[0].wrong
    assert told[0].name == ""
    assert not list(trust.folder.glob("tallystick-drill-*"))
    assert run(trust.home, "verify").code == 0
