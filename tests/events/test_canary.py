"""What must not lie in clear on any disk is planted, and then searched for, byte by byte."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from events import Actor, Fact, FreeText, Log, New, Store, Stream, Withdrawn, folds
from events.tables import tiles
from tests.events.home import Home

CHILD, PERSON = uuid4(), uuid4()
WORDS = ["Quetzalcoatl Featherstonehaugh", "Z123456789012", "canary-in-the-note", "canary-in-the-reason", "canary-role"]
WORDS += [
    "canary-in-the-document",
    "canary-session",
    "canary-why",
    "tests.canary",
    "tests.canary_sung/1",
    "sung_on",
    "2015-07-13",
]
FOUND = "keystone.example"  # what is public may lie there, and shows that the search finds what there is


class Sung(Fact, frozen=True, tag="tests.canary_sung/1", record="tests.canary", on="sung_on"):
    sung_on: date
    name: str
    upn: str
    words: FreeText


@folds("tests.canary")
def songs(known: int | None, _: Fact) -> int | None:
    return (known or 0) + 1


@pytest.fixture
def files(home: Home, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Iterator[Path]]:
    """Every file in which the databases keep anything."""

    def found() -> Iterator[Path]:
        if home.is_sqlite:
            yield from (path for path in tmp_path.rglob("*") if path.is_file())
            return
        folder = request.getfixturevalue("postgres")._folder / "data"
        with home.store().database.reading() as connection:
            connection.execute(text("CHECKPOINT"))
            which = "SELECT oid FROM pg_database WHERE datname = current_database()"
            database = connection.execute(text(which)).scalar()
        for part in (f"base/{database}", "pg_wal"):
            yield from (path for path in (folder / part).rglob("*") if path.is_file())
        yield folder.parent / "log"

    return found


def forms(subject: bytes) -> list[bytes]:
    """The ways an id may be written."""
    hexed = subject.hex()
    dashed = f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}"
    return [form for one in (hexed, dashed) for form in (one.encode(), one.upper().encode())] + [subject]


def test_nothing_of_a_person_is_found_in_any_byte_on_disk(
    home: Home, files: Callable[[], Iterator[Path]], tmp_path: Path
) -> None:
    store = home.store(facts=[Sung], views=[songs])
    log = store.create("139204")
    plant(store, log)
    check(files)  # while all is in use: the write-ahead log holds most of it
    home.close()
    check(files)


def plant(store: Store, log: Log) -> None:
    actor = Actor(PERSON, WORDS[4], WORDS[6])
    for number in range(30):
        fact = Sung(date(2015, 7, 13), WORDS[0], WORDS[1], f"{WORDS[2]} {number}")
        log.append([New(CHILD, fact)], command_id=uuid4(), actor=actor, why=WORDS[7])
    for times in (1, 10_000):  # one chunk, and four
        log.keep(Stream(CHILD, "tests.canary"), WORDS[5].encode() * times)
    withdrawn = Withdrawn(log.event(5).event_id, date(2015, 7, 13), WORDS[3])
    log.append([New(CHILD, withdrawn, "tests.canary")], command_id=uuid4(), actor=actor)
    store.sign(log)
    log.keep_snapshots()
    assert log.see(songs, CHILD) == 29


def check(files: Callable[[], Iterator[Path]], words: Sequence[str] = WORDS) -> None:
    needles = [word.encode() for word in words] + forms(CHILD.bytes) + forms(PERSON.bytes)
    needles += [word.encode("utf-16-le") for word in words]
    seen = 0
    for path in files():
        raw = path.read_bytes()
        seen += raw.count(FOUND.encode())
        for needle in needles:
            assert needle not in raw, (path.name, needle)
    assert seen


def test_the_search_would_find_it(home: Home, files: Callable[[], Iterator[Path]]) -> None:
    store = home.store()
    log = store.create("139204")
    with store.database.writing() as connection:
        row = {"log": log.id, "level": 9, "index": 0, "hashes": b"a canary that sings"}
        connection.execute(store.database.insert_new(tiles), row)
    with pytest.raises(AssertionError, match="canary that sings"):
        check(files, ["a canary that sings"])
