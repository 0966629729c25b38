"""What whoever holds the database does to a log."""

import os

from events import Log, Report
from events.chain import OPEN_BIT
from events.seal import seal_open
from events.tables import entries
from tests.events.home import Home

NAME = "139204"
COLUMNS = ", ".join(entries.c.keys())
SIGNED, SIZE = 6, 9  # the checkpoint covers six of nine entries
OLD, NEWEST = 3, SIZE - 1

BLOBS = ("log", "event_id", "key_id", "commitment", "sealed", "mac")
NUMBERS = ("position", "n", "recorded_at", "flags")


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
        at=2**50 + min(position, 2**40),
        flags=flags,
        commitment=entry.commitment,
        sealed=entry.sealed,
        mac=bytes(16),
    )
    return position


def inserted_below_zero(home: Home, log: Log) -> int:
    return inserted(home, log, -1)


def inserted_far_beyond(home: Home, log: Log) -> int:
    return inserted(home, log, 2**63 - 1)


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
