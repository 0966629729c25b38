"""The bare format: what its bytes alone cost in Python. Nobody could keep a log by it: no conflict check, no keys that
last, no thread, no lock, nothing read back before it is written. What it takes, a log of this format takes at least,
but for what its calls would cost less written out.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events import Database
from events.chain import TILE, RowMac, key_mark, leaf_data, leaf_hash, root_of
from events.seal import Sealed, event_ids, seal, unseal
from events.tables import entries
from tests.bench.log.floor import floor
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import ACTOR, AT_ONCE, BEFORE, SUBJECTS, Made, Observed, Tally, firsts, tally
from tests.bench.log.ours import Ours
from tests.bench.log.rounds import clocked, each

_PAGE = 2_000
_COLUMNS = ", ".join(entries.c.keys())
_observed = msgspec.json.Decoder(Observed)
Batch = tuple[UUID, Sequence[Made]]


class Bare:
    """Facts become finished rows in a straight line, and the floor puts them in."""

    name = "bare"

    def __init__(self, ground: Ground) -> None:
        self._floor: Any = floor(ground, [])
        self._log = os.urandom(16)
        self._mac = RowMac(os.urandom(32))
        self._keys: dict[UUID, tuple[bytes, AESGCM]] = {}
        self._numbers: dict[bytes, int] = {}
        self._edge: list[bytes] = []
        self._size = self._last_us = 0
        each(self.put, self.batches(firsts(SUBJECTS, BEFORE), AT_ONCE))()
        self._began = self._size

    def batches(self, made: Sequence[Made], size: int) -> list[Batch]:
        return [(UUID(bytes=os.urandom(16)), made[at : at + size]) for at in range(0, len(made), size)]

    def put(self, batch: Batch) -> None:
        rows = self._rows(*batch)
        self._floor.put(*self._floor.batches(rows, len(rows)))

    def _rows(self, command_id: UUID, made: Sequence[Made]) -> list[tuple[Any, ...]]:
        encode, log, keys, numbers = msgspec.json.encode, self._log, self._keys, self._numbers
        rows = []
        randoms = os.urandom(44 * len(made))
        by = encode({"by": ACTOR.by, "as": ACTOR.role, "session": ACTOR.session})
        now = time.time_ns() // 1000
        for at, (one, event) in enumerate(zip(made, event_ids(command_id, len(made)), strict=True)):
            raw = encode(one.fact)
            words = raw.rindex(b',"words":')
            subject = b'{"subject":"' + one.subject.hex.encode() + b'"}'
            parts = (b'{"fact":' + raw[:words] + b"}}", subject, by, b'{"fact":{' + raw[words + 1 :] + b"}")
            if one.subject not in keys:
                keys[one.subject] = os.urandom(16), AESGCM(os.urandom(32))
            key_id, cipher = keys[one.subject]
            sealed = seal(cipher, 1, log, event, key_id, parts, randoms[44 * at : 44 * at + 44])
            n = numbers.get(key_id, 0)
            self._last_us = max(now, self._last_us + 1)
            mark, hashed = key_mark(log, key_id, n), hashlib.sha256(sealed.sealed).digest()
            data = leaf_data(0, 1, log, self._size, self._last_us, event, mark, sealed.commitment, hashed)
            self._edge.append(leaf_hash(data))
            if len(self._edge) == TILE:
                root_of(self._edge)
                self._edge.clear()
            place = (log, self._size, event, key_id, n, self._last_us, 0)
            rows.append((*place, sealed.commitment, sealed.sealed, self._mac(data)))
            numbers[key_id] = n + 1
            self._size += 1
        return rows

    def check(self, count: int) -> None:
        self._floor.check(count + self._began)

    def close(self) -> None:
        self._floor.close()


def replay(ours: Ours) -> float:
    """Seconds to read our log with every mac, seal and commitment checked, and to fold it; the keys are at hand."""
    log, told = ours.log, dict[UUID, Tally]()
    mac, keys = RowMac(log.keys.mac), log.keys

    def run() -> None:
        with ours.store.database.reading() as connection:
            for log_id, position, event, key_id, n, at_us, flags, commit, sealed, said in _rows(connection, log.id):
                mark, hashed = key_mark(log_id, key_id, n), hashlib.sha256(sealed).digest()
                data = leaf_data(flags, 1, log_id, position, at_us, event, mark, commit, hashed)
                leaf_hash(data)
                if mac(data) != said:
                    raise RuntimeError("an entry is not as it was written")
                if flags:
                    continue  # what the log says of itself
                key = keys.by_id(key_id, 1)
                fact, _, _, words = unseal(key.cipher, log_id, Sealed(event, key_id, commit, sealed))
                subject = key.stream.subject
                found = tally.step(told.get(subject), _observed.decode(fact[8:-2] + b"," + words[9:-1]))
                if found:
                    told[subject] = found

    seconds = clocked(run)
    if sum(one.count for one in told.values()) != ours.observed:
        raise RuntimeError("the replay lacks observations")
    return seconds


def _rows(connection: Any, log_id: bytes) -> Iterator[Sequence[Any]]:
    """Every row of a log, as the driver gives it."""
    driver, is_sqlite = Database.driver(connection), connection.dialect.name == "sqlite"
    value, how = ("?", {}) if is_sqlite else ("%b", {"binary": True})
    where = f"log = {value} AND position >= {value} AND position < {value}"
    sql = f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY position"
    start = 0
    while rows := driver.execute(sql, (log_id, start, start + _PAGE), **how).fetchall():
        yield from rows
        start += _PAGE
