"""What the writer knows of a log's end, and how it is learnt from committed rows."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from events.chain import CLOCK_UNSURE_BIT, OPEN_BIT, TILE, RowMac, Tree, key_mark, leaf_data, leaf_hash, root_of
from events.database import Database
from events.errors import Tampered
from events.open_facts import KeyDestroyed, LogClosed, LogReceived, heard
from events.seal import ZERO_ID, Sealed
from events.tables import entries, tiles

_TILE = 'SELECT hashes FROM tiles WHERE log = {} AND level = {} AND "index" = {}'
_PAGE = 2000
_BEYOND = 2**63  # no database holds such a number


class Place(NamedTuple):
    """Where an entry came to stand."""

    position: int
    recorded_us: int


def places(connection: Connection, log_id: bytes, event_ids: Sequence[bytes]) -> dict[bytes, Place]:
    """Where these events stand, of those the log holds."""
    found: dict[bytes, Place] = {}
    for start in range(0, len(event_ids), 500):
        rows = connection.execute(
            select(entries.c.event_id, entries.c.position, entries.c.recorded_at).where(
                entries.c.log == log_id, entries.c.event_id.in_(event_ids[start : start + 500])
            )
        )
        found.update((bytes(row.event_id), Place(row.position, row.recorded_at)) for row in rows)
        if not found:  # a command is recorded whole or not at all
            break
    return found


def _between(columns: Iterable[ColumnElement[Any]]) -> Select[Any]:
    # Bounded on both sides, and put in order by us: PostgreSQL would otherwise sort a log it has no statistics for, the
    # whole rest of it for each page, or whole rows of the page.
    at = entries.c.position.between(bindparam("start"), bindparam("last"))
    return select(*columns).where(entries.c.log == bindparam("of"), at).execution_options(in_binary=True)


_BETWEEN = _between(entries.c)
_by_position = attrgetter("position")


def rows_between(
    connection: Connection, log_id: bytes, start: int, stop: int, page: Select[Any] = _BETWEEN
) -> Sequence[Any]:
    """Rows of a log from `start` up to, not including, `stop`, by position."""
    found = connection.execute(page, {"of": log_id, "start": start, "last": stop - 1}).all()
    return sorted(found, key=_by_position)


def every_row(
    connection: Connection, log_id: bytes, columns: Iterable[ColumnElement[Any]] = entries.c
) -> Iterator[Sequence[Any]]:
    """Every row of a log by position, in pages, `position` among the columns; also those below zero or far beyond the
    end, where an attacker may put them."""
    page, following = _between(columns), select(func.min(entries.c.position)).where(entries.c.log == log_id)
    start = connection.execute(following).scalar()
    while start is not None:
        rows = rows_between(connection, log_id, start, min(start + _PAGE, _BEYOND), page)
        yield rows
        start = connection.execute(following.where(entries.c.position > rows[-1].position)).scalar()


def rows_of(connection: Connection, log_id: bytes, events: Sequence[UUID]) -> list[Row[Any]]:
    """Rows of these events that the log holds, by position."""
    found: list[Row[Any]] = []
    for start in range(0, len(events), 500):
        some = [event.bytes for event in events[start : start + 500]]
        found += connection.execute(select(entries).where(entries.c.log == log_id, entries.c.event_id.in_(some)))
    return sorted(found, key=lambda row: int(row.position))


class Epoch(NamedTuple):
    """A stretch of a log under one origin and its signing keys; a restore or a move begins the next."""

    number: int
    first_position: int
    origin: str


class Tail:
    """What the writer knows of a log's end: its size, its tree's edge, its last instant, its streams' numbers.

    Args:
        epochs: From the first to the one being written.
    """

    def __init__(self, log_id: bytes, name: str, epochs: Sequence[Epoch], mac_key: bytes) -> None:
        self.log_id = log_id
        self.name = name
        self.epochs = tuple(epochs)
        self.epoch = epochs[-1]
        self._mac = RowMac(mac_key)
        self.forget()

    def forget(self) -> None:
        """Drops everything; the next use learns it again from committed rows."""
        self.loaded = False
        self.tree = Tree()
        self.last_us = 0
        self._counts: dict[bytes, int] = {}
        self.condemned: set[bytes] = set()
        """Streams whose key is to be destroyed, or is: nothing sealed with it may be recorded any more."""
        self.closed = False
        """Whether the log goes on elsewhere: nothing sealed may be recorded here any more."""

    def catch_up(self, connection: Connection) -> None:
        """Takes up the rows committed since; each row's mac is checked before it joins.

        Raises:
            Tampered: A row is missing or not as it was written.
        """
        if not self.loaded:
            self._resume(connection)
        while rows := self._rows(connection, self.tree.size):
            for row in rows:
                data = self.checked(row, self.tree.size)
                self.tree.add(leaf_hash(data))
                self.last_us = row.recorded_at
                if row.key_id in self._counts:
                    self._counts[row.key_id] = row.n + 1
                if row.key_id == ZERO_ID:
                    self._hear(row.sealed)
        self.loaded = True

    def checked(self, row: Sequence[Any], position: int) -> bytes:
        """The row's leaf data, its place and mac checked; raises Tampered."""
        _, place, event, key_id, n, recorded_us, flags, commit, sealed, mac = row
        if place != position:
            raise Tampered(self.name, position, "the entry is missing")
        try:
            data = self.leaf_data(place, recorded_us, flags, n, Sealed(event, key_id, commit, sealed))
            if self._mac(data) == mac:
                return data
        except struct.error:
            pass
        raise Tampered(self.name, position, "the entry is not as it was written")

    def leaf_data(self, position: int, recorded_us: int, flags: int, n: int, entry: Sealed) -> bytes:
        """Raises struct.error for what no leaf can hold."""
        event, key_id, commit, sealed = entry
        if len(event) != 16 or len(commit) != 32:
            raise struct.error("an id or a commitment is of another length")
        epoch = self.epoch if position >= self.epoch.first_position else self._epoch_at(position)
        mark, sealed_hash = key_mark(self.log_id, key_id, n), hashlib.sha256(sealed).digest()
        return leaf_data(flags, epoch.number, self.log_id, position, recorded_us, event, mark, commit, sealed_hash)

    def _epoch_at(self, position: int) -> Epoch:
        return next((one for one in reversed(self.epochs) if one.first_position <= position), self.epochs[0])

    def _hear(self, sealed: bytes) -> None:
        match heard(sealed):
            case KeyDestroyed(key_id=key_id):
                self.condemned.add(bytes.fromhex(key_id))
            case LogClosed():
                self.closed = True
            case LogReceived():
                self.closed = False

    def learn(self, connection: Connection, key_ids: Iterable[bytes]) -> None:
        """Finds the next n of streams not met yet."""
        unknown = [key_id for key_id in dict.fromkeys(key_ids) if key_id not in self._counts]
        for start in range(0, len(unknown), 500):
            some = unknown[start : start + 500]
            rows = connection.execute(
                select(entries.c.key_id, func.max(entries.c.n))
                .where(entries.c.log == self.log_id, entries.c.key_id.in_(some))
                .group_by(entries.c.key_id)
            )
            found = {bytes(key_id): n + 1 for key_id, n in rows}
            self._counts.update((key_id, found.get(key_id, 0)) for key_id in some)

    def count(self, key_id: bytes | None) -> int:
        return 0 if key_id is None else self._counts[key_id]

    def place(self, entry: Sealed, now_us: int) -> tuple[Any, ...]:
        """The entry's finished row at the end of the log."""
        event, key_id, commit, sealed = entry
        flags = OPEN_BIT if key_id == ZERO_ID else 0
        if now_us < self.last_us - 1_000_000:
            flags |= CLOCK_UNSURE_BIT
        position, n = self.tree.size, self._counts[key_id]
        self.last_us = recorded_us = max(now_us, self.last_us + 1)
        data = self.leaf_data(position, recorded_us, flags, n, entry)
        self.tree.add(leaf_hash(data))
        self._counts[key_id] = n + 1
        if key_id == ZERO_ID:
            self._hear(sealed)
        return (self.log_id, position, event, key_id, n, recorded_us, flags, commit, sealed, self._mac(data))

    def _rows(self, connection: Connection, start: int, count: int = 4096) -> Sequence[Row[Any]]:
        return rows_between(connection, self.log_id, start, start + count)

    def _resume(self, connection: Connection) -> None:
        said = select(entries.c.sealed).where(entries.c.log == self.log_id, entries.c.key_id == ZERO_ID)
        for sealed in connection.execute(said.order_by(entries.c.n)).scalars():
            self._hear(sealed)
        counted = connection.execute(
            select(tiles.c.level, func.count(), func.max(tiles.c.index))
            .where(tiles.c.log == self.log_id)
            .group_by(tiles.c.level)
        ).all()
        full = {level: count for level, count, last in counted if count == last + 1}
        unbroken: list[int] = []
        while len(unbroken) in full and len(full) == len(counted):
            below = unbroken[-1] // TILE if unbroken else full[0]  # a tile whose own tiles are gone is made again
            unbroken.append(min(full[len(unbroken)], below))
        self.tree = Tree.resume(unbroken, lambda level, number: root_of(self.tile(connection, level, number)))

    def catch_up_from(self, connection: Connection, size: int, root: bytes) -> None:
        """Learns the end from an earlier size on, whose root is known: it vouches for the tiles, the macs for the rest.

        Raises:
            Tampered: The tree had another root then, or a later row is missing or not as it was written.
        """
        self.forget()
        self.tree = self._tree_at(connection, size)
        if self.tree.root() != root:
            raise Tampered(self.name, None, f"the first {size} entries are not those that were signed")
        self.loaded = True
        self.catch_up(connection)

    def root_at(self, connection: Connection, size: int) -> bytes:
        """The root the tree had at an earlier size, from tiles and at most 255 rows; raises Tampered."""
        return self._tree_at(connection, size).root()

    def _tree_at(self, connection: Connection, size: int) -> Tree:
        full: list[int] = []
        while (tiled := size // TILE ** (len(full) + 1)) > 0:
            full.append(tiled)
        tree = Tree.resume(full, lambda level, number: root_of(self.tile(connection, level, number)))
        for leaf in self._leaves(connection, tree.size, size):
            tree.add(leaf)
        return tree

    def tile(
        self, connection: Connection, level: int, number: int, start: int = 0, stop: int = TILE
    ) -> Sequence[bytes]:
        """Hashes of one tile from `start` up to, not including, `stop`: as stored, or made again where it is not.

        Raises:
            Tampered: An entry they are made from is missing or not as it was written.
        """
        stored = Database.bytes_found(connection, _TILE, (self.log_id, level, number))
        if stored is not None:
            return [stored[place : place + 32] for place in range(32 * start, 32 * stop, 32)]
        first = number * TILE
        if level:
            return [root_of(self.tile(connection, level - 1, first + below)) for below in range(start, stop)]
        return self._leaves(connection, first + start, first + stop)

    def _leaves(self, connection: Connection, start: int, stop: int) -> list[bytes]:
        rows = self._rows(connection, start, stop - start)
        if len(rows) < stop - start:
            raise Tampered(self.name, start + len(rows), "the entry is missing")
        return [leaf_hash(self.checked(row, position)) for position, row in enumerate(rows, start)]
