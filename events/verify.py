"""Reads every byte again and says what is not as it was written."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from events.chain import OPEN_BIT, TILE, Tree, leaf_hash
from events.comparing import doubts
from events.documents import Document, documents_of
from events.epochs import Ended
from events.errors import Erased, NotReady, Tampered
from events.facts import Event, Stream
from events.log import Log
from events.notes import read_note
from events.open_facts import KeyDestroyed, OpenFact, note_keys
from events.report import Fault, Report, Verified
from events.seal import ZERO_ID, Sealed
from events.store import Store
from events.tables import checkpoints, cosignatures, documents, entries, epochs, snapshots, tiles
from events.tail import every_row
from events.witnesses import cosignature_faults

_TABLES = (entries, tiles, checkpoints, cosignatures, documents, snapshots)
_STRAY = "stands under the id of no log"
Progress = Callable[[int, int], None]


def verify(store: Store, progress: Progress | None = None, held: Iterable[str] = ()) -> Report:
    """Checks every entry, tile, checkpoint, document and snapshot, with the keys; others may append meanwhile.

    Args:
        progress: Told (entries read, entries in all) now and then.
        held: Checkpoints that were kept outside; what the logs say of a restore since is no fault.
    """
    signed = store.keys.all_signed()  # before anything it vouches for: what comes meanwhile is then read, not missed
    with store.database.reading() as connection:
        total = connection.execute(select(func.count()).select_from(entries)).scalar_one()
        known = set(connection.execute(select(epochs.c.log)).scalars())
        strays = {table: _strays(connection, table) for table in _TABLES}
    faults: list[Fault] = []
    logs: list[Verified] = []
    done = 0
    for name in store.names():
        try:
            log = store.reopen(name)
            log.keys.preload()
        except (Tampered, NotReady) as error:
            faults.append(Fault(name, None, str(error)))
            continue
        mine = {(epoch, size): root for log_id, epoch, size, root in signed if log_id == log.id}
        reading = _Reading(store, log, mine)
        for read in reading.run():
            done += read
            if progress:
                progress(done, total)
        reading.claim(strays)
        logs.append(Verified(name, reading.tree.size, reading.tree.root().hex()))
        faults += reading.faults
    faults += [Fault("", None, f"a row of {table.name} {_STRAY}") for table, rows in strays.items() if rows]
    gone = [size for log_id, _, size, _ in signed if log_id not in known]
    faults += [Fault("", None, f"a log that was signed with {size} entries is gone") for size in gone]
    faults += [Fault("", None, says) for says in doubts(store, held)]
    return Report(not faults, logs, faults)


def _strays(connection: Connection, table: Table) -> list[Row[Any]]:
    """Rows under the id of no log; the first hundred are enough to say so. Files are left where they are."""
    stray = table.c.log.not_in(select(epochs.c.log))
    columns = (column for column in table.c if column is not documents.c.sealed)
    return list(connection.execute(select(*columns).where(stray).order_by(*table.primary_key).limit(100)))


class _Reading:
    """One log, read from its first entry to its last.

    Args:
        signed: By epoch and size, each root the key store says was signed.
    """

    def __init__(self, store: Store, log: Log, signed: dict[tuple[int, int], bytes]) -> None:
        self._store = store
        self._log = log
        self._signed = signed
        self._epochs = {epoch.number: epoch for epoch in log.tail.epochs}
        self._erased: dict[bytes, int] = {}  # by key, the first entry that cannot be read
        self._said: list[tuple[int, OpenFact]] = []
        self.tree = Tree()
        self.faults: list[Fault] = []
        self._numbers: dict[bytes, int] = {}
        self._last_us = 0
        self._roots: dict[int, bytes] = {}
        self._named: dict[bytes, list[tuple[int, Stream, Document]]] = {}  # by document id, till it is found

    def run(self) -> Iterator[int]:
        """Yields how many entries each step read."""
        log_id = self._log.id
        with self._store.database.reading() as connection:
            # Both before the entries they are made from, which others may append to meanwhile.
            columns = (tiles.c.level, tiles.c.index, tiles.c.hashes)
            tiled = connection.execute(select(*columns).where(tiles.c.log == log_id)).all()
            for what in cosignature_faults(connection, log_id):
                self._fault(None, what)
            try:
                self._log.keys.signing.signers(self._log.origin)
            except (Tampered, NotReady):
                self._fault(None, "a key that signs does not open; restore the newest backup of the key store")
            notes = connection.execute(select(checkpoints).where(checkpoints.c.log == log_id)).all()
            sizes = {note.size for note in notes} | {size for _, size in self._signed}
            for rows in every_row(connection, log_id):
                for row in rows:
                    self._entry(row)
                    if self.tree.size in sizes:
                        self._roots[self.tree.size] = self.tree.root()
                yield len(rows)
            tail = self._store.fresh_tail(self._log)
            self._ended = Ended(tail.epochs, self._said, lambda size: tail.root_at(connection, size))
            self.faults += [Fault(self._log.name, position, what) for position, what in self._ended.wrong]
            self._destroyed()
            self._documents(connection)  # after the entries: a document is there before the entry that names it
        named = {fault.position for fault in self.faults}
        for position, what in self._log.snapshots.faults():
            if position is None or position not in named:  # what rests on an entry at fault is not at fault itself
                self._fault(position, what)
        self._tiles(tiled)
        for note in notes:
            self._checkpoint(note)
        stored = {(note.epoch, note.size) for note in notes}
        for (epoch, size), root in self._signed.items():
            self._compare(epoch, size, root)
            if (epoch, size) not in stored and not self._ended.knows(epoch, size):
                self._fault(None, f"the checkpoint of {size} entries is missing")

    def claim(self, strays: dict[Table, list[Row[Any]]]) -> None:
        """Takes out the rows under the id of no log that were this log's: by mac, hashes, origin, or who names them."""
        places = {tile.hashes: tile.number * TILE ** (tile.level + 1) for tile in self.tree.full}
        for row in [row for row in strays[entries] if self._vouches(row)]:
            strays[entries].remove(row)
            self._fault(row.position, f"the entry {_STRAY}")
        for row in [row for row in strays[tiles] if row.hashes in places]:
            strays[tiles].remove(row)
            self._fault(places[row.hashes], f"a tile that begins here {_STRAY}")
        origins = tuple(f"{epoch.origin}\n" for epoch in self._epochs.values())
        for row in [row for row in strays[checkpoints] if row.note.startswith(origins)]:
            strays[checkpoints].remove(row)
            self._fault(None, f"the checkpoint of {row.size} entries {_STRAY}")
        for row in [row for row in strays[documents] if row.document_id in self._named]:
            strays[documents].remove(row)
            self._fault(self._named[row.document_id][0][0], f"the document {row.document_id.hex()} {_STRAY}")

    def _fault(self, position: int | None, what: str) -> None:
        self.faults.append(Fault(self._log.name, position, what))

    def _vouches(self, row: Row[Any]) -> bool:
        try:
            self._log.tail.checked(row, row.position)
        except Tampered:
            return False
        return True

    def _entry(self, row: Row[Any]) -> None:
        expected = self.tree.size
        if row.position < expected:
            self._fault(row.position, "the entry stands where none can")
            return
        if row.position > expected:
            self._fault(expected, "the entry is missing")
        if (row.key_id == ZERO_ID) != bool(row.flags & OPEN_BIT):
            self._fault(row.position, "the entry is marked open and is not, or the other way round")
        if row.n != self._numbers.get(row.key_id, 0):
            self._fault(row.position, "the entry's number in its stream is not the next one")
        self._numbers[row.key_id] = row.n + 1
        if row.recorded_at <= self._last_us:
            self._fault(row.position, "the entry was not recorded later than the one before")
        self._last_us = row.recorded_at
        self.tree.add(self._leaf(row))
        self.tree.size = row.position + 1  # after a gap too; the root will not match then, and says so

    def _leaf(self, row: Row[Any]) -> bytes:
        """The row's leaf, as it stands; what is wrong with it is noted."""
        try:
            event = self._log.open_row(row)
            self._name_documents(event)
            if isinstance(event.fact, OpenFact):
                self._said.append((event.position, event.fact))
            return event.leaf
        except Erased:
            self._erased.setdefault(row.key_id, row.position)
        except Tampered as error:
            self._fault(row.position, error.what)
        entry = Sealed(row.event_id, row.key_id, row.commitment, row.sealed)
        try:
            return leaf_hash(self._log.tail.leaf_data(row.position, row.recorded_at, row.flags, row.n, entry))
        except struct.error:
            return bytes(32)

    def _name_documents(self, event: Event) -> None:
        if event.subject:
            for kept in documents_of(event.fact):
                names = (event.position, Stream(event.subject, event.record), kept)
                self._named.setdefault(kept.document_id.bytes, []).append(names)

    def _destroyed(self) -> None:
        """Every key that is destroyed was said to be, and every key said to be is."""
        said = {bytes.fromhex(fact.key_id): at for at, fact in self._said if isinstance(fact, KeyDestroyed)}
        for key_id, position in self._erased.items():
            if key_id not in said:
                self._fault(position, "the key of this entry is destroyed, and no entry says that it should be")
        for key_id in said.keys() - set(self._log.keys.destroyed()):
            self._fault(said[key_id], "the key this entry says is destroyed is still there")

    def _documents(self, connection: Connection) -> None:
        """Opens every document, one at a time, and asks for those that entries name."""
        mine = documents.c.log == self._log.id
        ids = connection.execute(select(documents.c.document_id).where(mine).order_by(documents.c.document_id))
        for document_id in ids.scalars().all():
            row = connection.execute(select(documents).where(mine, documents.c.document_id == document_id)).one()
            if named := self._named.pop(document_id, None):
                for position, stream, kept in named:
                    self._named_document(row, position, stream, kept)
            else:
                self._orphan(row)
        for document_id, named in self._named.items():
            for position, _, _ in named:
                self._fault(position, f"the document {document_id.hex()} is missing")

    def _named_document(self, row: Row[Any], position: int, stream: Stream, kept: Document) -> None:
        try:
            self._log.open_named(row, stream, kept)
        except Erased:  # the entry can be read, so this is not the key the document was sealed under
            self._fault(position, f"the document {row.document_id.hex()} names a key that was destroyed")
        except Tampered as error:
            self._fault(position, error.what)

    def _orphan(self, row: Row[Any]) -> None:
        """One that no readable entry names: its fact was never recorded, was erased, or is of a kind unknown here."""
        try:
            self._log.open_document(row)
        except Erased:
            pass
        except Tampered as error:
            self._fault(None, error.what)

    def _tiles(self, stored: Iterable[Any]) -> None:
        expected = {(tile.level, tile.number): tile.hashes for tile in self.tree.full}
        places = {tile.hashes: tile.number * TILE ** (tile.level + 1) for tile in self.tree.full}
        for level, number, hashes in stored:
            if expected.get((level, number)) == hashes:
                continue
            written = expected.get((level, number), hashes)  # what should stand there, or what was moved
            self._fault(places.get(written), f"the tile of level {level} that begins here is not as it was written")

    def _checkpoint(self, note: Row[Any]) -> None:
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
        if note.size != checkpoint.size:
            self._fault(None, f"the checkpoint of {note.size} entries is of {checkpoint.size}, or of another epoch")
        else:
            self._compare(note.epoch, checkpoint.size, checkpoint.root)

    def _compare(self, epoch: int, size: int, root: bytes) -> None:
        if self._ended.lost(epoch, size):
            return
        if size > self.tree.size:
            self._fault(self.tree.size, f"the log was signed with {size} entries; what follows here is cut off")
        elif self._roots.get(size) != root:
            self._fault(None, f"the first {size} entries are not those that were signed")
