"""A dump holds the same bytes whichever database it was taken from, and is taken up whole by either, or not at all."""

import io
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import Table, func, select

from events import Database, Fact, New, Store, Stream, Unusable, verify
from events.dumps import LOG_ROWS, Dumped, dump, load
from events.tables import entries, epochs, key_tables, tiles
from tests.events.home import ANN, FACTS, MONDAY, NOON, SENCO, Home, note, notes
from tests.events.test_documents import Filed, file

KEY_ROWS = tuple(key_tables.sorted_tables)
ANNS = Stream(ANN, "tests.notes")
KNOWN: list[type[Fact]] = [*FACTS, Filed]


@pytest.fixture
def filled(home: Home) -> Store:
    """The trust and two academies: notes over several tiles, a document, checkpoints."""
    store = home.store(facts=KNOWN)
    for name in ("trust", "139204", "139204-reads", "139205"):
        store.create(name).append(notes(300), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log = store.log("139204")
    letter = Filed(MONDAY, log.keep(ANNS, file(100_000)))
    log.append([New(ANN, letter)], command_id=uuid4(), actor=SENCO)
    store.sign_all()
    return store


def dumped(database: Database, tables: tuple[Table, ...] = LOG_ROWS, made_at: int = NOON, **options: Any) -> bytes:
    with database.frozen() as connection:
        return b"".join(dump(connection, made_at, tables, **options))


def loaded(database: Database, raw: bytes, tables: tuple[Table, ...] = LOG_ROWS, **options: Any) -> Dumped:
    with database.writing() as connection:
        return load(connection, io.BytesIO(raw), tables, **options)


def is_refused(empty: Database, raw: bytes, why: str) -> bool:
    """Whether a dump is turned away and leaves nothing."""
    with pytest.raises(Unusable, match=why):
        loaded(empty, raw)
    with empty.reading() as connection:
        return not any(connection.execute(select(table)).first() for table in LOG_ROWS)


# There and back


def test_what_was_dumped_from_one_database_stands_in_another_byte_for_byte(
    home: Home, filled: Store, elsewhere: Home
) -> None:
    rows, keys = dumped(filled.database), dumped(filled.keys.database, KEY_ROWS)
    there = Database(elsewhere.url), Database(elsewhere.keys_url)
    assert loaded(there[0], rows).made_at == loaded(there[1], keys, KEY_ROWS).made_at == NOON
    assert (dumped(there[0]), dumped(there[1], KEY_ROWS)) == (rows, keys)
    store = elsewhere.store(master=home.master, facts=KNOWN)
    assert verify(store) == verify(filled)
    log = store.log("139204")
    kept = log.event(log.size - 1).fact
    assert isinstance(kept, Filed)
    assert log.document(ANNS, kept.letter) == file(100_000)
    note(log)
    assert store.sign_all() == 1
    assert verify(store).ok
    for database in there:
        database.close()


def test_tiles_are_left_out_and_made_again(filled: Store, elsewhere: Home, home: Home) -> None:
    assert tiles not in LOG_ROWS
    rows, keys = dumped(filled.database), dumped(filled.keys.database, KEY_ROWS)
    store = elsewhere.store(master=home.master)
    loaded(store.database, rows)
    loaded(store.keys.database, keys, KEY_ROWS)
    assert elsewhere.attack("SELECT * FROM tiles") == []
    for name in store.names():
        note(store.log(name))
    found = "SELECT log, level, hashes FROM tiles ORDER BY log, level"
    store.close()  # which waits for the tiles
    assert elsewhere.attack(found) == home.attack(found) != []


def test_one_academys_pair_of_logs_is_dumped_alone(home: Home, filled: Store, elsewhere: Home) -> None:
    pair = [filled.log(name).id for name in ("139204", "139204-reads")]
    rows = dumped(filled.database, of=pair)
    keys = dumped(filled.keys.database, KEY_ROWS, of=pair)
    store = elsewhere.store(master=home.master, facts=KNOWN)
    loaded(store.database, rows)
    loaded(store.keys.database, keys, KEY_ROWS)
    assert store.names() == ["139204-reads", "139204"]
    assert [one.root for one in verify(store).logs] == [
        one.root for one in verify(filled).logs if one.log.startswith("139204")
    ]
    assert verify(store).ok
    assert filled.log("139205").id not in rows + keys


def test_a_dump_is_of_one_instant_while_others_record(home: Home, filled: Store, elsewhere: Home) -> None:
    log, reads = filled.log("139204"), filled.log("139204-reads")
    with filled.database.frozen() as connection, ThreadPoolExecutor(1) as pool:
        pieces = dump(connection, NOON)
        first = next(pieces)  # the transaction sees what was there when it first read
        size, read = log.size, reads.size
        pool.submit(lambda: [note(one) for one in (log, reads) for _ in range(50)]).result()
        raw = first + b"".join(pieces)
    database = Database(elsewhere.url)
    loaded(database, raw)
    with database.reading() as connection:
        rows = connection.execute(select(entries.c.log, func.count()).group_by(entries.c.log)).all()
    database.close()
    assert {(log.id, size), (reads.id, read)} < set(rows)
    assert (log.size, reads.size) == (size + 50, read + 50)


def test_it_says_how_far_it_is(filled: Store, elsewhere: Home) -> None:
    written: list[tuple[int, int]] = []
    raw = dumped(filled.database, progress=lambda done, total: written.append((done, total)))
    taken: list[tuple[int, int]] = []
    database = Database(elsewhere.url)
    start = loaded(database, raw, progress=lambda done, total: taken.append((done, total)))
    database.close()
    assert written[-1] == taken[-1] == (start.rows, start.rows)
    assert {total for _, total in written + taken} == {start.rows}
    assert start.rows > 4 * 300


# What is turned away


@pytest.fixture
def empty(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Iterator[Database]:
    """A log's database with nothing in it."""
    empty = Database(sqlite_urls(tmp_path / "empty")[0])
    yield empty
    empty.close()


@pytest.fixture
def small(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> bytes:
    """The shortest dump: of a log with its two opening entries and a checkpoint."""
    home = Home(*sqlite_urls(tmp_path / "small"))
    store = home.store()
    store.sign(store.create("139204"))
    raw = dumped(store.database)
    home.close()
    return raw


def test_a_dump_cut_short_anywhere_is_refused(small: bytes, empty: Database) -> None:
    for length in range(len(small)):
        assert is_refused(empty, small[:length], "cut short")


def test_a_dump_with_one_bit_other_anywhere_is_refused(small: bytes, empty: Database) -> None:
    for place in range(len(small)):
        changed = bytearray(small)
        changed[place] ^= 1 << place % 8
        assert is_refused(empty, bytes(changed), "The file")


def test_a_dump_with_anything_after_it_is_refused(small: bytes, empty: Database) -> None:
    assert is_refused(empty, small + b"\0", "not as it was written")
    assert is_refused(empty, small + small, "not as it was written")


def written(*records: tuple[int, Any], version: int = 1) -> bytes:
    """A dump as the layout says, made here without any code of ours, whose hash is right."""
    raw = b"tallystick/v1/dump\0" + bytes([version])
    for kind, value in records:
        coded = msgspec.msgpack.encode(value)
        raw += struct.pack(">BI", kind, len(coded)) + coded
    end = msgspec.msgpack.encode(sha256(raw).digest())
    return raw + struct.pack(">BI", 3, len(end)) + end


ROW = (bytes(16), 1, 0, "keystone.example/.well-known/tallystick/139204/1")
COLUMNS = ["log", "epoch", "first_position", "origin"]


def test_a_dump_is_laid_out_as_the_page_says(empty: Database) -> None:
    raw = written((0, [NOON, 1]), (1, ["epochs", COLUMNS]), (2, ROW))
    assert loaded(empty, raw) == Dumped(NOON, 1)
    assert dumped(empty, (epochs,)) == raw


START, EPOCHS = (0, [NOON, 1]), (1, ["epochs", COLUMNS])


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([], "not as it was written"),
        ([EPOCHS, (2, ROW)], "not as it was written"),
        ([START, (2, ROW)], "not as it was written"),
        ([START, START, EPOCHS, (2, ROW)], "not as it was written"),
        ([START, EPOCHS, (4, ROW)], "not as it was written"),
        ([START, EPOCHS], "not as it was written"),
        ([(0, [NOON, 2]), EPOCHS, (2, ROW)], "not as it was written"),
        ([(0, [NOON]), EPOCHS, (2, ROW)], "not as it was written"),
        ([(0, [NOON, 1, "more"]), EPOCHS, (2, ROW)], "not as it was written"),
        ([START, EPOCHS, (2, ROW[:3])], "not as it was written"),
        ([START, EPOCHS, (2, (*ROW, 1))], "not as it was written"),
        ([START, EPOCHS, (2, ("00", *ROW[1:]))], "not as it was written"),
        ([START, EPOCHS, (2, (None, *ROW[1:]))], "not as it was written"),
        ([START, EPOCHS, (2, (ROW[0], 2**63, *ROW[2:]))], "not as it was written"),
        ([(0, [NOON, 2]), EPOCHS, (2, ROW), (2, ROW)], "there already"),
        ([START, (1, ["spells", COLUMNS]), (2, ROW)], "later"),
        ([START, (1, ["epochs", [*COLUMNS, "moon"]]), (2, (*ROW, 1))], "later"),
        ([START, (1, ["epochs", COLUMNS[:3]]), (2, ROW[:3])], "cannot stand"),
    ],
)
def test_a_dump_that_says_what_none_would_is_refused(empty: Database, records: list[Any], why: str) -> None:
    assert is_refused(empty, written(*records), why)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not as it was written"),
        (b"%PDF-1.7 and so on and on", "not one that Tallystick wrote"),
        (written(START, EPOCHS, (2, ROW), version=2), "later version"),
        (written(START)[:20] + struct.pack(">BI", 0, 2**32 - 1), "not as it was written"),
    ],
)
def test_another_file_is_refused(empty: Database, raw: bytes, why: str) -> None:
    assert is_refused(empty, raw, why)


def test_what_is_there_already_is_not_taken_up_again(filled: Store) -> None:
    raw = dumped(filled.database)
    with pytest.raises(Unusable, match="there already"):
        loaded(filled.database, raw)
    assert verify(filled).ok
