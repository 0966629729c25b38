"""What the log database alone can prove: hashes, tree, tiles and signatures. Nothing is opened, no key is needed."""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from events.catalog import Catalog
from events.chain import OPEN_BIT, TILE, Tree, key_mark, leaf_data, leaf_hash
from events.database import Database
from events.epochs import Ended
from events.notes import read_note
from events.open_facts import OpenFact, note_keys
from events.report import Fault, Report, Verified
from events.seal import ZERO_ID, Sealed, unseal
from events.tables import checkpoints, entries, epochs, tiles
from events.tail import Epoch, every_row
from events.verify import Progress

_COLUMNS = [column for column in entries.c if column not in {entries.c.log, entries.c.mac}]
_sha = hashlib.sha256


def verify_without_keys(database: Database, progress: Progress | None = None) -> Report:
    """Checks every entry, tile and checkpoint of every log, as an outsider can who was given the log database.

    Finds whatever is other up to a log's newest checkpoint; what came later is only seen to be dense, numbered and in
    order of time. The keys that sign are those the log itself names, so that it is the right log at all only a
    checkpoint or a key held elsewhere can show. Documents and row macs need keys, and are not looked at.

    Args:
        progress: Told (entries read, entries in all) now and then.
    """
    known: dict[bytes, list[Epoch]] = defaultdict(list)
    faults: list[Fault] = []
    logs: list[Verified] = []
    done = 0
    with database.reading() as connection:
        for row in connection.execute(select(epochs).order_by(epochs.c.log, epochs.c.epoch)):
            known[row.log].append(Epoch(row.epoch, row.first_position, row.origin))
        total = connection.execute(select(func.count()).select_from(entries)).scalar_one()
        faults += [
            Fault("", None, f"a row of {table.name} stands under the id of no log")
            for table in (entries, tiles, checkpoints)
            if connection.execute(select(table.c.log).where(table.c.log.not_in(known)).limit(1)).first()
        ]
        for log_id, its_epochs in sorted(known.items(), key=lambda log: log[1][0].origin):
            reading = _Reading(log_id, its_epochs)
            for read in reading.run(connection):
                done += read
                if progress:
                    progress(done, total)
            logs.append(Verified(reading.name, reading.tree.size, reading.tree.root().hex()))
            faults += reading.faults
    return Report(not faults, logs, faults)


class _Reading:
    """One log, read from its first entry to its last."""

    def __init__(self, log_id: bytes, its_epochs: Sequence[Epoch]) -> None:
        self._id = log_id
        self._epochs = {epoch.number: epoch for epoch in its_epochs}
        self._begun = list(its_epochs)  # the one being read, and those that follow it
        self.name = its_epochs[0].origin.rpartition("/")[0].rpartition("/")[2]
        self.tree = Tree()
        self.faults: list[Fault] = []
        self._numbers: dict[bytes, int] = {}
        self._last_us = 0
        self._said: list[tuple[int, OpenFact]] = []
        self._open_facts = Catalog((), ())

    def run(self, connection: Connection) -> Iterator[int]:
        """Yields how many entries each step read."""
        # Both before the entries they are made from, which others may append to meanwhile.
        columns = (tiles.c.level, tiles.c.index, tiles.c.hashes)
        stored = connection.execute(select(*columns).where(tiles.c.log == self._id)).all()
        notes = connection.execute(select(checkpoints).where(checkpoints.c.log == self._id)).all()
        roots = dict.fromkeys((note.size for note in notes), b"")
        for rows in every_row(connection, self._id, _COLUMNS):
            for row in rows:
                self._entry(*row)
                if self.tree.size in roots:
                    roots[self.tree.size] = self.tree.root()
            yield len(rows)
        expected = {(tile.level, tile.number): tile.hashes for tile in self.tree.full}
        for level, number, hashes in stored:
            if hashes != (told := expected.get((level, number))):
                self._tile(level, number, hashes, told)
        ended = Ended([*self._epochs.values()], self._said)
        self.faults += [Fault(self.name, position, what) for position, what in ended.wrong]
        for note in notes:
            if not ended.lost(note.epoch, note.size):
                self._checkpoint(note, roots[note.size])

    def _fault(self, position: int | None, what: str) -> None:
        self.faults.append(Fault(self.name, position, what))

    def _entry(
        self, position: int, event: bytes, key_id: bytes, n: int, at_us: int, flags: int, commit: bytes, sealed: bytes
    ) -> None:
        tree, numbers = self.tree, self._numbers
        if position != tree.size:
            if position < tree.size:
                self._fault(position, "the entry stands where none can")
                return
            self._fault(tree.size, "the entry is missing")
        if n != numbers.get(key_id, 0):
            self._fault(position, "the entry's number in its stream is not the next one")
        numbers[key_id] = n + 1
        if at_us <= self._last_us:
            self._fault(position, "the entry was not recorded later than the one before")
        self._last_us = at_us
        if flags & OPEN_BIT or key_id == ZERO_ID:
            self._open_entry(position, Sealed(event, key_id, commit, sealed), flags)
        while len(self._begun) > 1 and position >= self._begun[1].first_position:
            del self._begun[0]
        try:
            if len(event) != 16 or len(commit) != 32:
                raise struct.error
            mark, epoch = key_mark(self._id, key_id, n), self._begun[0].number
            data = leaf_data(flags, epoch, self._id, position, at_us, event, mark, commit, _sha(sealed).digest())
            tree.add(leaf_hash(data))
        except struct.error:
            self._fault(position, "the entry holds what none can")
            tree.add(bytes(32))
        tree.size = position + 1  # after a gap too; no root will match then

    def _open_entry(self, position: int, entry: Sealed, flags: int) -> None:
        """What anyone may read is read: among it are the keys that sign."""
        try:
            if not flags & OPEN_BIT:
                raise ValueError
            fact = self._open_facts.open_fact(unseal(None, self._id, entry))
            self._said.append((position, fact))
        except (ValueError, msgspec.MsgspecError):
            self._fault(position, "the open entry cannot be read")

    def _tile(self, level: int, number: int, stored: bytes, told: bytes | None) -> None:
        """Names the first place where a stored tile and what the entries tell part: either may be what is other."""
        position = None
        if told is not None:
            places = (at for at in range(TILE) if stored[32 * at : 32 * at + 32] != told[32 * at : 32 * at + 32])
            first = next(places, 0)  # none: it is longer than a tile
            position = (number * TILE + first) * TILE**level
        self._fault(position, f"from here on the entries and a tile of level {level} are not what they were together")

    def _checkpoint(self, note: Row[Any], root: bytes) -> None:
        epoch = self._epochs.get(note.epoch)
        if epoch is None:
            self._fault(None, f"the checkpoint of {note.size} entries is of an epoch the log never had")
            return
        try:
            keys = note_keys(self._said, epoch.number, epoch.origin, note.size)
            checkpoint, _ = read_note(note.note, epoch.origin, keys)
        except ValueError as error:
            self._fault(None, f"the checkpoint of {note.size} entries: {error}")
            return
        if checkpoint.size != note.size:
            self._fault(None, f"the checkpoint of {note.size} entries is of {checkpoint.size}")
        elif note.size > self.tree.size:
            self._fault(self.tree.size, f"the log was signed with {note.size} entries; what follows here is cut off")
        elif checkpoint.root != root:
            self._fault(None, f"the first {note.size} entries are not those that were signed")
