"""Whoever holds the database changes it as they like; `verify` says which log and which place."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import DBAPIError, IntegrityError

from events import Document, Log, New, Report, Store, Stream, verify, verify_without_keys
from events.chain import OPEN_BIT, TILE, RowMac
from events.documents import document_key, seal_chunks
from events.open_facts import LogOpened
from events.seal import Sealed, seal_open
from events.tables import entries
from tests.events.home import ANN, BEN, FACTS, MONDAY, SENCO, Home, erase, note, notes
from tests.events.test_documents import Filed

NAME = "139204"
COLUMNS = ", ".join(entries.c.keys())
SIGNED, SIZE = 6, 9  # the checkpoint covers six of nine entries
OLD, NEWEST = 3, SIZE - 1

BLOBS = ("log", "event_id", "key_id", "commitment", "sealed", "mac")
NUMBERS = ("position", "n", "recorded_at", "flags")


@pytest.fixture
def filled(store: Store, log: Log) -> Log:
    """A log with a checkpoint in the middle, beside another that nobody touches."""
    note(store.create("139205"))
    for number in range(SIZE - 2):
        note(log, str(number), subject=(ANN, BEN)[number % 2])
        if log.size == SIGNED:
            store.sign_all()
    assert verify(store).ok
    return log


def named(report: Report) -> set[tuple[str, int | None]]:
    """The logs and positions at fault."""
    assert report.ok is (not report.faults)
    return {(fault.log, fault.position) for fault in report.faults}


def flips(raw: bytes) -> list[bytes]:
    """The bytes with one bit other: the first, the last, and a few between."""
    places = {0, 7, len(raw) * 8 - 1, *(int.from_bytes(os.urandom(4), "big") % (len(raw) * 8) for _ in range(3))}
    changed = []
    for place in sorted(places):
        other = bytearray(raw)
        other[place // 8] ^= 1 << place % 8
        changed.append(bytes(other))
    return changed


def flips_of_number(number: int, bits: int) -> list[int]:
    """The number with one bit other: low, high and between, and the sign."""
    places = (0, 1, 2, 3, 8, 20, 30, 31, 32, 47, 62)
    return [number ^ (1 << place) for place in places if place < bits - 1] + [number - 2 ** (bits - 1)]


@pytest.mark.parametrize("column", BLOBS + NUMBERS)
def test_one_bit_of_any_column_of_an_entry_is_found_at_its_place(
    home: Home, store: Store, filled: Log, column: str
) -> None:
    name = "mac" if column != "mac" else "commitment"  # by which a row is found again, whatever is changed in it
    for position in (OLD, NEWEST):
        find = f"SELECT {column}, {name} FROM entries WHERE log = :log AND position = :at"
        ((value, row),) = home.attack(find, log=filled.id, at=position)
        bits = 32 if column == "flags" and not home.is_sqlite else 64
        found = 0
        for other in flips(value) if column in BLOBS else flips_of_number(value, bits):
            try:
                home.attack(f"UPDATE entries SET {column} = :other WHERE {name} = :row", other=other, row=row)
            except IntegrityError:  # the place of another entry: not even an attacker can have both
                continue
            faults = named(verify(store))
            assert faults & {(NAME, position), (NAME, other if column == "position" else position)}, other
            assert {log for log, _ in faults} == {NAME}
            found += 1
            home.attack(f"UPDATE entries SET {column} = :value WHERE {name} = :row", value=value, row=row)
        assert found > 3
    assert verify(store).ok


def copied(home: Home, log: Log) -> int:
    columns = "log, :to, :event, key_id, 99, recorded_at + 9999999, flags, commitment, sealed, mac"
    copy = f"INSERT INTO entries ({COLUMNS}) SELECT {columns} FROM entries WHERE log = :log AND position = :old"
    home.attack(copy, log=log.id, old=OLD, to=SIZE, event=os.urandom(16))
    return SIZE


def copied_from_another_log(home: Home, log: Log) -> int:
    home.attack(
        f"INSERT INTO entries ({COLUMNS}) "
        "SELECT :log, :to, event_id, key_id, n, recorded_at, flags, commitment, sealed, mac "
        "FROM entries WHERE log <> :log AND position = 2",
        log=log.id,
        to=SIZE,
    )
    return SIZE


def inserted(home: Home, log: Log, position: int = SIZE, key_id: bytes = bytes(16), flags: int = OPEN_BIT) -> int:
    """An open entry, which needs no key, made as we make them; only the mac cannot be."""
    entry = seal_open(log.id, os.urandom(16), [b'{"fact":{"kind":"events.log_opened/1","name":"forged"}}'], bytes(32))
    home.attack(
        f"INSERT INTO entries ({COLUMNS}) "
        "VALUES (:log, :position, :event, :key, 2, :at, :flags, :commitment, :sealed, :mac)",
        log=log.id,
        position=position,
        event=entry.event_id,
        key=key_id,
        at=2**50 + position,
        flags=flags,
        commitment=entry.commitment,
        sealed=entry.sealed,
        mac=bytes(16),
    )
    return position


def inserted_below_zero(home: Home, log: Log) -> int:
    return inserted(home, log, -1)


def inserted_far_beyond(home: Home, log: Log) -> int:
    return inserted(home, log, 2**62)


def swapped(home: Home, log: Log) -> int:
    move = "UPDATE entries SET position = :new WHERE log = :log AND position = :old"
    for old, new in ((OLD, 77), (OLD + 2, OLD), (77, OLD + 2)):
        home.attack(move, log=log.id, old=old, new=new)
    return OLD


def swapped_seals(home: Home, log: Log) -> int:
    one, other = home.attack("SELECT sealed FROM entries WHERE position IN (4, 6) AND log = :log", log=log.id)
    for (sealed,), position in ((one, 6), (other, 4)):
        put = "UPDATE entries SET sealed = :sealed WHERE log = :log AND position = :at"
        home.attack(put, sealed=sealed, log=log.id, at=position)
    return 4


def taken_out(home: Home, log: Log) -> int:
    home.attack("DELETE FROM entries WHERE log = :log AND position = :at", log=log.id, at=OLD)
    return OLD


def cut_off(home: Home, log: Log) -> int:
    home.attack("DELETE FROM entries WHERE log = :log AND position >= :at", log=log.id, at=SIGNED - 1)
    return SIGNED - 1


def emptied(home: Home, log: Log) -> int:
    home.attack("DELETE FROM entries WHERE log = :log", log=log.id)
    return 0


def longer_id(home: Home, log: Log) -> int:
    changed = "event_id || '\\x00'::bytea" if not home.is_sqlite else "CAST(event_id || x'00' AS BLOB)"
    home.attack(f"UPDATE entries SET event_id = {changed} WHERE log = :log AND position = :at", log=log.id, at=NEWEST)
    return NEWEST


@pytest.mark.parametrize(
    "attack",
    [
        copied,
        copied_from_another_log,
        inserted,
        inserted_below_zero,
        inserted_far_beyond,
        swapped,
        swapped_seals,
        taken_out,
        cut_off,
        emptied,
        longer_id,
    ],
)
def test_a_row_copied_inserted_swapped_or_cut_off_is_found_at_its_place(
    home: Home, store: Store, filled: Log, attack: Callable[[Home, Log], int]
) -> None:
    position = attack(home, filled)
    assert (NAME, position) in named(verify(store))
    assert not verify(home.store()).ok  # also a process that was not there when it happened


def test_an_entry_below_zero_is_the_only_fault_it_makes(home: Home, store: Store, filled: Log) -> None:
    inserted(home, filled, -1)
    assert named(verify(store)) == {(NAME, -1)}


def test_an_entry_changed_to_lie_ahead_of_the_clock_is_still_named(home: Home, filled: Log) -> None:
    later = "UPDATE entries SET recorded_at = recorded_at + 100000000000000 WHERE log = :log AND position = :at"
    home.attack(later, log=filled.id, at=NEWEST)
    assert named(verify(home.store())) == {(NAME, NEWEST)}  # though such a log would not be served


@pytest.mark.parametrize("change", ["event_id", "commitment", "n", "recorded_at", "flags", "sealed", "key_id"])
def test_an_erased_entry_cannot_be_read_and_not_be_changed_either(
    home: Home, store: Store, filled: Log, change: str
) -> None:
    event = filled.event(NEWEST)
    assert event.subject
    erase(filled, Stream(event.subject, event.record))
    assert verify(store).ok
    other = f"{change} + 1"
    if change in BLOBS:  # a byte more: what stands in the leaf may not be cut to length
        other = f"CAST({change} || x'00' AS BLOB)" if home.is_sqlite else f"{change} || '\\x00'::bytea"
    home.attack(f"UPDATE entries SET {change} = {other} WHERE log = :log AND position = :at", log=filled.id, at=NEWEST)
    assert (NAME, NEWEST) in named(verify(store))


def test_the_newest_entries_cut_off_before_any_checkpoint_leave_no_trace(home: Home, store: Store, filled: Log) -> None:
    # The limit of it: only a checkpoint, ours or one outside, proves that there was more.
    home.attack("DELETE FROM entries WHERE log = :log AND position = :at", log=filled.id, at=NEWEST)
    assert verify(store).ok
    store.sign_all()
    home.attack("DELETE FROM entries WHERE log = :log AND position = :at", log=filled.id, at=NEWEST - 1)
    assert named(verify(store)) == {(NAME, NEWEST - 1)}


def with_the_mac_key(home: Home, log: Log, position: int, **changes: Any) -> None:
    """Changes a row as its operator could, who holds every key: the mac fits again."""
    columns = "event_id, key_id, commitment, sealed, n, recorded_at, flags"
    (row,) = home.attack(f"SELECT {columns} FROM entries WHERE log = :log AND position = :at", log=log.id, at=position)
    now = dict(zip(columns.split(", "), row, strict=True)) | changes
    entry = Sealed(now["event_id"], now["key_id"], now["commitment"], now["sealed"])
    data = log.tail.leaf_data(position, now["recorded_at"], now["flags"], now["n"], entry)
    sets = ", ".join(f"{name} = :{name}" for name in changes)
    home.attack(
        f"UPDATE entries SET mac = :mac, {sets} WHERE log = :log AND position = :at",
        log=log.id,
        at=position,
        mac=RowMac(log.keys.mac)(data),
        **changes,
    )


def test_an_operator_who_makes_the_mac_fit_is_found_by_the_checkpoint(home: Home, store: Store, filled: Log) -> None:
    us = int(filled.event(OLD).recorded_at.timestamp() * 1e6)
    with_the_mac_key(home, filled, OLD, recorded_at=us + 1)
    report = verify(store)
    assert [fault.what for fault in report.faults] == ["the first 6 entries are not those that were signed"] * 2


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"flags": OPEN_BIT}, "marked open and is not"),
        ({"n": 7}, "number in its stream is not the next"),
        ({"recorded_at": 1}, "not recorded later than the one before"),
        ({"key_id": bytes(16), "flags": OPEN_BIT}, "number in its stream"),
        ({"key_id": bytes(range(16))}, "a key the key store never held"),
    ],
)
def test_an_operator_cannot_make_an_entry_other_than_it_is(
    home: Home, store: Store, filled: Log, changes: dict[str, Any], what: str
) -> None:
    with_the_mac_key(home, filled, NEWEST, **changes)
    report = verify(store)
    assert (NAME, NEWEST) in named(report)
    assert any(what in fault.what for fault in report.faults)


def test_an_open_entry_of_any_other_kind_is_refused(home: Home, store: Store, filled: Log) -> None:
    entry = seal_open(
        filled.id, os.urandom(16), [b'{"fact":{"kind":"tests.noted/1","noted_on":"2026-01-01"}}'], bytes(32)
    )
    with_the_mac_key(home, filled, NEWEST, **entry._asdict(), flags=OPEN_BIT, n=2)
    assert named(verify(store)) == {(NAME, NEWEST)}


# Tiles


@pytest.fixture
def tiled(store: Store, log: Log) -> Log:
    """A log with two tiles, signed in the second."""
    log.append(notes(300), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log.append(notes(300), command_id=uuid4(), actor=SENCO)
    store.close()  # the tiles are stored after the answer
    return log


@pytest.mark.parametrize("number", [0, 1])
def test_one_bit_of_any_column_of_a_tile_is_found_at_its_first_entry(home: Home, tiled: Log, number: int) -> None:
    store = home.store()
    assert verify(store).ok
    (tile,) = home.attack('SELECT * FROM tiles WHERE "index" = :number', number=number)
    home.attack("DELETE FROM tiles")
    names = ("log", "level", "index", "hashes")
    others: list[tuple[str, Any]] = [
        (name, other) for name in ("log", "hashes") for other in flips(tile[names.index(name)])
    ]
    others += [("level", other) for other in flips_of_number(0, 64 if home.is_sqlite else 32)]
    others += [("index", other) for other in flips_of_number(number, 64)]
    for name, other in others:
        changed = dict(zip(names, tile, strict=True)) | {name: other}
        home.attack("INSERT INTO tiles VALUES (:log, :level, :index, :hashes)", **changed)
        stands = other if name == "index" and other in {0, 1} else number  # it says it is the other one, and is not
        assert named(verify(store)) == {(tiled.name, stands * TILE)}, (name, other)
        home.attack("DELETE FROM tiles")
    assert verify(store).ok


def test_tiles_exchanged_or_made_up_are_found_and_lost_ones_are_not_missed(home: Home, tiled: Log) -> None:
    store = home.store()
    for old, new in ((0, 7), (1, 0), (7, 1)):
        home.attack('UPDATE tiles SET "index" = :new WHERE "index" = :old', old=old, new=new)
    assert named(verify(store)) == {(tiled.name, 0), (tiled.name, TILE)}
    home.attack("DELETE FROM tiles")
    assert verify(store).ok
    home.attack("INSERT INTO tiles VALUES (:log, 3, 9, :hashes)", log=tiled.id, hashes=bytes(32 * TILE))
    assert named(verify(store)) == {(tiled.name, None)}


# Checkpoints


def test_one_bit_of_any_column_of_a_checkpoint_is_found(home: Home, store: Store, filled: Log) -> None:
    store.sign_all()
    rows = home.attack("SELECT log, epoch, size, note FROM checkpoints WHERE log = :log ORDER BY size", log=filled.id)
    assert [row[2] for row in rows] == [SIGNED, SIZE]
    home.attack("ALTER TABLE checkpoints ADD COLUMN mine integer")  # so that a row is found again whatever is changed
    text = "CAST(:other AS TEXT)" if home.is_sqlite else "convert_from(:other, 'UTF8')"
    for log_id, epoch, size, note_text in rows:
        home.attack("UPDATE checkpoints SET mine = :size WHERE log = :log AND size = :size", log=log_id, size=size)
        changes = [
            *(("log", ":other", other, log_id) for other in flips(log_id)),
            *(("epoch", ":other", other, epoch) for other in flips_of_number(epoch, 32)),
            *(("size", ":other", other, size) for other in flips_of_number(size, 64)),
            *(("note", text, other, note_text.encode()) for other in flips(note_text.encode())),
        ]
        for column, value, other, before in changes:
            change = f"UPDATE checkpoints SET {column} = {value} WHERE mine = :size"
            try:
                home.attack(change, other=other, size=size)
            except DBAPIError:  # PostgreSQL keeps no text that is not UTF-8
                assert (column, home.is_sqlite) == ("note", False)
                continue
            assert {log for log, _ in named(verify(store))} == {NAME}, (column, other)
            home.attack(change, other=before, size=size)
    home.attack("ALTER TABLE checkpoints DROP COLUMN mine")
    assert verify(store).ok


def test_the_newest_checkpoint_taken_away_is_missed_until_the_next(home: Home, store: Store, filled: Log) -> None:
    home.attack("DELETE FROM checkpoints WHERE log = :log", log=filled.id)
    report = verify(store)
    assert named(report) == {(NAME, None)}
    assert report.faults[0].what == "the checkpoint of 6 entries is missing"
    store.sign_all()
    assert verify(store).ok


def test_a_checkpoint_signed_with_another_key_is_no_checkpoint(home: Home, store: Store, filled: Log) -> None:
    other = store.log("139205")
    assert other.size < SIGNED
    home.attack(
        "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE log = :other) WHERE log = :log",
        log=filled.id,
        other=other.id,
    )
    assert named(verify(store)) == {(NAME, None)}


# Documents


class Shelf:
    """A log with two documents that entries name, and one that none does."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.store = home.store(facts=[*FACTS, Filed])
        self.store.create("139205").keep(Stream(ANN, "tests.notes"), b"beside another log")
        self.log = self.store.create(NAME)
        self.letter, self.report, self.orphan = (
            self.log.keep(Stream(subject, "tests.notes"), os.urandom(70_000)) for subject in (ANN, BEN, ANN)
        )
        self.letter_at, self.report_at = self.filed(ANN, self.letter), self.filed(BEN, self.report)
        self.store.sign_all()
        assert verify(self.store).ok

    def filed(self, subject: UUID, kept: Document) -> int:
        """Records that a document was filed; returns the position."""
        new = New(subject, Filed(MONDAY, kept))
        return self.log.append([new], command_id=uuid4(), actor=SENCO).places[0].position

    def row(self, kept: Document) -> tuple[Any, ...]:
        """A document's row: log, document_id, key_id, sealed."""
        (row,) = self.home.attack("SELECT * FROM documents WHERE document_id = :id", id=kept.document_id.bytes)
        return tuple(row)

    def put(self, kept: Document, log: bytes, document_id: bytes, key_id: bytes, sealed: bytes) -> None:
        """Puts another row where a document's was."""
        self.home.attack("DELETE FROM documents WHERE document_id = :id", id=kept.document_id.bytes)
        insert = "INSERT INTO documents VALUES (:log, :id, :key, :sealed)"
        self.home.attack(insert, log=log, id=document_id, key=key_id, sealed=sealed)

    def faults(self) -> set[tuple[str, int | None, str]]:
        """What is found: log, position and words."""
        return {(fault.log, fault.position, fault.what) for fault in verify(self.store).faults}


@pytest.fixture
def shelf(home: Home) -> Shelf:
    return Shelf(home)


def other(kept: Document) -> str:
    return f"the document {kept.document_id.hex} is not as it was written"


def missing(kept: Document) -> str:
    return f"the document {kept.document_id.hex} is missing"


def test_one_bit_of_a_document_is_found_by_its_id_and_by_the_entry_that_names_it(shelf: Shelf) -> None:
    for kept, position in ((shelf.letter, shelf.letter_at), (shelf.orphan, None)):
        log_id, document_id, key_id, sealed = shelf.row(kept)
        changed = [(log_id, document_id, key_id, one) for one in (*flips(sealed), sealed[:-1], sealed + b"\0", b"")]
        changed += [(log_id, document_id, one, sealed) for one in (*flips(key_id), shelf.row(shelf.report)[2])]
        for row in changed:
            shelf.put(kept, *row)
            assert shelf.faults() == {(NAME, position, other(kept))}
        shelf.put(kept, log_id, document_id, key_id, sealed)
        assert verify(shelf.store).ok


def test_a_document_under_another_id_is_missed_there_and_wrong_where_it_stands(shelf: Shelf) -> None:
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    for moved in flips(document_id):
        shelf.put(shelf.letter, log_id, moved, key_id, sealed)
        stands = f"the document {moved.hex()} is not as it was written"
        assert shelf.faults() == {(NAME, None, stands), (NAME, shelf.letter_at, missing(shelf.letter))}
        shelf.home.attack("DELETE FROM documents WHERE document_id = :id", id=moved)


def test_a_document_under_the_id_of_another_log_or_of_none_is_found(shelf: Shelf) -> None:
    log_id, *rest = shelf.row(shelf.letter)
    gone = (NAME, shelf.letter_at, missing(shelf.letter))
    shelf.put(shelf.letter, shelf.store.log("139205").id, *rest)
    assert shelf.faults() == {gone, ("139205", None, other(shelf.letter))}
    stray = f"the document {shelf.letter.document_id.hex} stands under the id of no log"
    shelf.put(shelf.letter, flips(log_id)[0], *rest)
    assert shelf.faults() == {gone, (NAME, shelf.letter_at, stray)}
    shelf.put(shelf.letter, log_id, *rest)
    _, *rest = shelf.row(shelf.orphan)
    shelf.put(shelf.orphan, flips(log_id)[0], *rest)
    assert shelf.faults() == {("", None, "a row of documents stands under the id of no log")}


def test_a_document_taken_away_is_missed_where_an_entry_names_it(shelf: Shelf) -> None:
    shelf.home.attack("DELETE FROM documents WHERE log = :log", log=shelf.log.id)
    assert shelf.faults() == {
        (NAME, shelf.letter_at, missing(shelf.letter)),
        (NAME, shelf.report_at, missing(shelf.report)),
    }


def test_a_document_that_several_entries_name_is_told_of_at_each(shelf: Shelf) -> None:
    again = shelf.filed(ANN, shelf.letter)
    elsewhere = shelf.filed(BEN, shelf.letter)  # in whose file it was never put
    assert shelf.faults() == {(NAME, elsewhere, other(shelf.letter))}
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    shelf.put(shelf.letter, log_id, document_id, key_id, flips(sealed)[0])
    assert shelf.faults() == {(NAME, at, other(shelf.letter)) for at in (shelf.letter_at, again, elsewhere)}


def test_an_operator_who_seals_another_file_in_its_place_is_found_by_the_entry(shelf: Shelf) -> None:
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    key = shelf.log.keys.by_id(key_id, 1)
    cipher = AESGCM(document_key(key.data_key, log_id, key_id, document_id, sealed[3:19]))
    shelf.put(shelf.letter, log_id, document_id, key_id, seal_chunks(cipher, sealed[:19], os.urandom(70_000)))
    assert shelf.faults() == {(NAME, shelf.letter_at, other(shelf.letter))}


def test_an_erased_document_is_no_fault_and_none_can_be_made_to_look_erased(shelf: Shelf) -> None:
    destroyed = shelf.row(shelf.report)[2]
    erase(shelf.log, shelf.log.keys.by_id(destroyed, 1).stream)
    assert shelf.faults() == set()
    log_id, document_id, _, sealed = shelf.row(shelf.letter)
    shelf.put(shelf.letter, log_id, document_id, destroyed, sealed)
    what = f"the document {document_id.hex()} names a key that was destroyed"
    assert shelf.faults() == {(NAME, shelf.letter_at, what)}


# Whole logs and keys


def test_a_log_taken_away_whole_is_missed(home: Home, store: Store, filled: Log) -> None:
    for table in ("entries", "epochs", "checkpoints"):
        home.attack(f"DELETE FROM {table} WHERE log = :log", log=filled.id)
    report = verify(home.store())
    assert [fault.what for fault in report.faults] == ["a log that was signed with 6 entries is gone"]
    assert [one.log for one in report.logs] == ["139205"]


def test_rows_of_a_log_that_is_not_there_are_told_of(home: Home, store: Store, filled: Log) -> None:
    home.attack("DELETE FROM epochs WHERE log = :log", log=filled.id)
    assert {fault.what for fault in verify(home.store()).faults} == {
        "a log that was signed with 6 entries is gone",
        "a row of entries stands under the id of no log",
        "a row of checkpoints stands under the id of no log",
    }


@pytest.mark.parametrize(
    "change", ["epoch = 2", "epoch = 4294967297", "first_position = 1", "origin = replace(origin, 'key', 'tree')"]
)
def test_another_epoch_or_origin_is_found(home: Home, store: Store, filled: Log, change: str) -> None:
    if not home.is_sqlite and "4294967297" in change:
        change = "epoch = 2147483647"
    home.attack(f"UPDATE epochs SET {change} WHERE log = :log", log=filled.id)
    assert NAME in {log for log, _ in named(verify(home.store()))}
    assert NAME in {log for log, _ in named(verify_without_keys(store.database))}


@pytest.mark.parametrize("table", ["keys", "held"])
def test_a_wrapped_key_that_is_other_is_found_and_the_other_logs_are_read(
    home: Home, store: Store, filled: Log, table: str
) -> None:
    home.attack(f"UPDATE {table} SET wrapped = :wrapped WHERE log = :log", keys=True, wrapped=bytes(97), log=filled.id)
    report = verify(home.store())
    assert named(report) == {(NAME, None)}
    assert [one.log for one in report.logs] == ["139205"]


# While it is in use


def test_what_others_append_and_sign_meanwhile_is_no_fault(home: Home, store: Store, filled: Log) -> None:
    reading = home.store()
    with ThreadPoolExecutor(2) as pool:

        def appended() -> None:
            for _ in range(6):
                filled.append(notes(150), command_id=uuid4(), actor=SENCO)
                store.create(str(uuid4().int % 10**6))

        busy = pool.submit(appended)
        reports = [verify(reading)]
        while not busy.done():
            reports.append(verify(reading))
        busy.result()
    assert [report.faults for report in reports if not report.ok] == []
    sizes = {one.log: one.size for one in verify(reading).logs}
    assert (sizes[NAME], len(sizes)) == (SIZE + 900, 8)


def test_verify_tells_how_far_it_is_and_what_it_read(store: Store, filled: Log) -> None:
    steps: list[tuple[int, int]] = []
    report = verify(store, lambda done, total: steps.append((done, total)))
    assert steps == [(SIZE, SIZE + 3), (SIZE + 3, SIZE + 3)]
    with store.database.reading() as connection:
        root = store.fresh_tail(filled).root_at(connection, SIZE)
    assert (report.logs[0].log, report.logs[0].size, report.logs[0].root) == (NAME, SIZE, root.hex())
    assert report.ok
    assert LogOpened(NAME) == filled.event(0).fact
