"""Snapshots: what the folds said of each stream, sealed beside the log, so that a start need not read it all.

They may be lost, or dropped, at any time, and are made again. Layout: README.md, "The bytes".
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, select

from events.chain import leaf_hash
from events.errors import Erased, Tampered
from events.facts import Stream
from events.folds import StreamState
from events.index import Columns, Index
from events.seal import HEAD, ZERO_ID
from events.snapshot_seal import Bound, open_snapshot, seal_snapshot, snapshot_cipher
from events.tables import entries, snapshots

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.keys import EntryKey, LogKeys
    from events.tail import Tail

LIST, TRAIL = "events.list", "events.trail"
"""Names of what is kept and is told by no record class's views."""

_LIST_LAYOUT = 1  # stands where others have the version of the code that folded
_BATCH = 200  # rows of one transaction: an append that waits for it waits a few milliseconds


class Listed(msgspec.Struct, array_like=True):
    """A stream in the list: how many entries it had, and the last one's position and leaf."""

    key_id: bytes
    count: int
    upto: int
    leaf: bytes


class Listing(msgspec.Struct, array_like=True):
    """The list.

    Attributes:
        version: Of the code that folded what is listed.
    """

    version: int
    streams: list[Listed]


class Kept(NamedTuple):
    """What can be used: the log's first `size` entries, as snapshots of these streams tell them; 0 for nothing."""

    size: int = 0
    streams: Mapping[bytes, Listed] = {}


class Snapshots:
    """The snapshots of one log.

    Of each stream there are two: under the name of its record class the values of that class's views, which are folded
    together, and under another what the trail's index holds of it. One more, under no stream's key, lists the streams:
    so one whose snapshot was taken away is missed, and told anew.
    """

    def __init__(self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail) -> None:
        self._database = database
        self._catalog = catalog
        self._keys = keys
        self._tail = tail
        self._mine = snapshots.c.log == tail.log_id
        self._marks: dict[str, bytes] = {}

    # Reading

    def kept(self) -> Kept:
        """What stands and can be used; nothing where the list is missing or broken, or of other code or history."""
        with self._database.reading() as connection, suppress(LookupError, ValueError):
            size, listing = self._listing(connection)
            if listing.version == self._catalog.version:
                return Kept(size, {one.key_id: one for one in listing.streams})
        return Kept()

    def states(self, kept: Kept) -> tuple[dict[Stream, StreamState], list[Stream]]:
        """How each stream stood; and the streams whose snapshot is missing, or not as it was written."""
        found: dict[Stream, StreamState] = {}
        broken: list[Stream] = []
        for one, key, sealed in self._stored(kept):
            stream = key.stream
            try:
                body = self._open(key, stream.record, one.upto, one.leaf, sealed)
                last_day, values = self._catalog.folded(stream.record).decode(body)
            except (ValueError, Tampered, msgspec.MsgspecError):
                broken.append(stream)
            else:
                found[stream] = StreamState(one.key_id, one.count, one.upto, last_day, values)
        return found, broken

    def fill(self, index: Index) -> list[Stream]:
        """Fills in what stands of the trail; returns the streams of which none stands as it was written."""
        decode = msgspec.msgpack.Decoder(Columns).decode
        broken: list[Stream] = []
        for one, key, sealed in self._stored(self.kept(), TRAIL):
            try:
                columns = decode(self._open(key, TRAIL, one.upto, one.leaf, sealed))
            except (ValueError, Tampered, msgspec.MsgspecError):
                broken.append(key.stream)
            else:
                index.fill(key.stream, columns)
        return broken

    def faults(self) -> Iterator[tuple[int | None, str]]:
        """Positions up to which a snapshot tells a stream, and is not as it was written.

        What is missing is no fault, and what was told by other code is left unread.
        """
        with self._database.reading() as connection:
            try:
                _, listing = self._listing(connection)
            except LookupError:
                return
            except ValueError:
                yield None, "the list of snapshots is not as it was written"
                return
            if listing.version != self._catalog.version:
                return
            of_streams = select(snapshots).where(self._mine, snapshots.c.view != self._mark(LIST))
            ids = connection.execute(of_streams.with_only_columns(snapshots.c.key_id).distinct()).scalars().all()
            for start in range(0, len(ids), _BATCH):
                some = snapshots.c.key_id.in_(ids[start : start + _BATCH])
                rows = connection.execute(of_streams.where(some)).all()
                leaves = self._leaves(connection, {row.upto for row in rows})
                for row in rows:
                    if not self._holds(row, leaves.get(row.upto, b"")):
                        yield row.upto, "the snapshot of a stream up to here is not as it was written"

    def _listing(self, connection: Connection) -> tuple[int, Listing]:
        """How many entries are told, and the list.

        Raises:
            LookupError: There is none.
            ValueError: It is not as it was written, or of another history.
        """
        at = (snapshots.c.key_id == ZERO_ID, snapshots.c.view == self._mark(LIST))
        row = connection.execute(select(snapshots).where(self._mine, *at)).one_or_none()
        if row is None:
            raise LookupError("nothing is kept")
        leaf = self._leaves(connection, [row.upto]).get(row.upto, b"")
        body = open_snapshot(snapshot_cipher(self._keys.own_data_key), self._list_bound(row.upto, leaf), row.sealed)
        return row.upto + 1, msgspec.msgpack.decode(body, type=Listing)

    def _stored(self, kept: Kept, view: str = "") -> Iterator[tuple[Listed, EntryKey, bytes]]:
        """Each stream listed whose key still is, with what is stored of it; b"" for nothing.

        Args:
            view: Of its class's views when empty.
        """
        of_view = snapshots.c.view == self._mark(view) if view else snapshots.c.view != self._mark(TRAIL)
        columns = (snapshots.c.key_id, snapshots.c.view, snapshots.c.upto, snapshots.c.sealed)
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).where(self._mine, of_view)).all()
        stored = {(key_id, mark, upto): sealed for key_id, mark, upto, sealed in rows}
        for one in kept.streams.values():
            try:
                key = self._keys.by_id(one.key_id, 1)
            except Erased:
                continue
            yield one, key, stored.get((one.key_id, self._mark(view or key.stream.record), one.upto), b"")

    def _open(self, key: EntryKey, view: str, upto: int, leaf: bytes, sealed: bytes) -> bytes:
        """Raises ValueError or Tampered unless it was sealed for this stream and view, up to this leaf."""
        if len(sealed) < HEAD.size:
            raise ValueError("there is none")
        _, version = HEAD.unpack_from(sealed)
        if version != key.version:
            key = self._keys.by_id(key.key_id, version)
        return open_snapshot(snapshot_cipher(key.data_key), self._bound(key.key_id, view, upto, leaf), sealed)

    def _holds(self, row: Row[Any], leaf: bytes) -> bool:
        try:
            key = self._keys.by_id(row.key_id, 1)
            view = TRAIL if row.view == self._mark(TRAIL) else key.stream.record
            self._open(key, view, row.upto, leaf, row.sealed)
        except Erased:
            return True
        except (ValueError, Tampered):
            return False
        return bool(row.view == self._mark(view))

    def _leaves(self, connection: Connection, positions: Collection[int]) -> dict[int, bytes]:
        """Leaf hashes of the entries at these positions, of those that are there and as they were written."""
        found: dict[int, bytes] = {}
        wanted = select(entries).where(entries.c.log == self._tail.log_id, entries.c.position.in_(positions))
        for row in connection.execute(wanted):
            with suppress(Tampered):
                found[row.position] = leaf_hash(self._tail.checked(row, row.position))
        return found

    def _mark(self, view: str) -> bytes:
        return self._marks.get(view) or self._marks.setdefault(view, self._keys.blind("view", view.encode()))

    def _bound(self, key_id: bytes, view: str, upto: int, leaf: bytes) -> Bound:
        return Bound(self._tail.log_id, key_id, view, self._catalog.version, upto, leaf)

    def _list_bound(self, upto: int, leaf: bytes) -> Bound:
        return Bound(self._tail.log_id, ZERO_ID, LIST, _LIST_LAYOUT, upto, leaf)

    # Writing

    def keep(self, kept: Kept, size: int, told: Sequence[tuple[Stream, StreamState, Columns]]) -> None:
        """Keeps how these streams stand after the log's first `size` entries; the others stand as in `kept`.

        The list comes last: what a start finds and is not listed so is told anew.
        """
        if not kept.size:
            self.drop()  # of other code, or of another history
        destroyed = set(self._keys.destroyed())
        listed = {key_id: one for key_id, one in kept.streams.items() if key_id not in destroyed}
        for start in range(0, len(told), _BATCH):
            rows = self._rows(listed, told[start : start + _BATCH])
            if rows:
                with self._database.writing() as connection:
                    connection.execute(self._database.replace(snapshots), rows)
        with self._database.writing() as connection:
            leaf = self._leaves(connection, [size - 1])[size - 1]
            body = msgspec.msgpack.encode(Listing(self._catalog.version, list(listed.values())))
            cipher = snapshot_cipher(self._keys.own_data_key)
            sealed = seal_snapshot(cipher, 0, self._list_bound(size - 1, leaf), body, os.urandom(44))
            row = self._row(ZERO_ID, LIST, size - 1, sealed)
            connection.execute(self._database.replace(snapshots), row)

    def drop(self, key_id: bytes | None = None) -> None:
        """Removes all that is kept, or what is kept of one stream."""
        mine = delete(snapshots).where(self._mine)
        with self._database.writing() as connection:
            connection.execute(mine if key_id is None else mine.where(snapshots.c.key_id == key_id))

    def _rows(
        self, listed: dict[bytes, Listed], told: Sequence[tuple[Stream, StreamState, Columns]]
    ) -> list[dict[str, Any]]:
        """Both snapshots of each of these streams, which are put in the list."""
        with self._database.reading() as connection:
            leaves = self._leaves(connection, {state.last_position for _, state, _ in told})
        rows = []
        for stream, state, columns in told:
            key = self._keys.find(stream)
            if key is None or key.key_id != state.key_id:
                continue  # forgotten meanwhile, or forgotten and begun anew
            upto = state.last_position
            if upto not in leaves:
                raise Tampered(self._tail.name, upto, "the entry is not as it was written")
            listed[key.key_id] = Listed(key.key_id, state.count, upto, leaves[upto])
            cipher = snapshot_cipher(key.data_key)
            bodies = {stream.record: self._body(stream.record, state), TRAIL: msgspec.msgpack.encode(columns)}
            for view, body in bodies.items():
                if body is not None:
                    bound = self._bound(key.key_id, view, upto, leaves[upto])
                    sealed = seal_snapshot(cipher, key.version, bound, body, os.urandom(44))
                    rows.append(self._row(key.key_id, view, upto, sealed))
        return rows

    def _body(self, record: str, state: StreamState) -> bytes | None:
        """The last day and the values; None when they would not come back as they are: the stream is then told anew."""
        told = (state.last_day, tuple(state.values) or (None,) * len(self._catalog.views(record)))
        with suppress(TypeError, OverflowError, msgspec.MsgspecError):
            body = msgspec.msgpack.encode(told)
            if self._catalog.folded(record).decode(body) == told:
                return body
        return None

    def _row(self, key_id: bytes, view: str, upto: int, sealed: bytes) -> dict[str, Any]:
        row = {"log": self._tail.log_id, "key_id": key_id, "view": self._mark(view)}
        return row | {"upto": upto, "sealed": sealed}
