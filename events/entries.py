"""The entries of one log, opened: by place, by id, by stream, and what the log says of itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select

from events.documents import Documents
from events.errors import Erased
from events.facts import Event, Stream
from events.notes import NoteKey
from events.open_facts import CheckpointSeen, OpenFact, note_keys
from events.opening import open_row
from events.seal import ZERO_ID
from events.tables import entries
from events.tail import Epoch, Tail, rows_between
from events.tiles import Tiles

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.keys import LogKeys

PAGE = 2000
"""Rows read at once."""


class Entries(Documents):
    """What was recorded in one log. `Log` is one; nobody makes another."""

    def __init__(self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail) -> None:
        super().__init__(database, catalog, keys, tail)
        self.origin = tail.epoch.origin
        self.tiles = Tiles(self._tile)
        self._lock = threading.RLock()
        self._said: list[tuple[int, OpenFact]] = []
        self._said_next = 0

    @property
    def size(self) -> int:
        """How many entries are committed, as the database says now."""
        with self._database.reading() as connection:
            last = connection.execute(select(func.max(entries.c.position)).where(entries.c.log == self.id)).scalar()
        return 0 if last is None else last + 1

    def event(self, position: int) -> Event:
        """The event at a position.

        Raises:
            Erased, Tampered: It cannot be read; see there.
            IndexError: The log is not that long.
        """
        if position >= 2**62 or not (rows := self._rows(entries.c.position == position)):
            raise IndexError(position)
        return self.open_row(rows[0])

    def find(self, event: UUID) -> Event | None:
        """The event of an id; None when the log does not hold it. Raises as `event` does."""
        rows = self._rows(entries.c.event_id == event.bytes)
        return self.open_row(rows[0]) if rows else None

    def positions(self, key_id: bytes) -> list[int]:
        """Where the entries of a stream stand, in order; the key that sealed them may be destroyed."""
        at = (entries.c.log == self.id, entries.c.key_id == key_id)
        found = select(entries.c.position).where(*at).order_by(entries.c.position)
        with self._database.reading() as connection:
            return list(connection.execute(found).scalars())

    def at(self, positions: Sequence[int]) -> list[Event]:
        """The events at these positions, in that order; erased ones are left out."""
        found: dict[int, Row[Any]] = {}
        for start in range(0, len(positions), 500):
            some = self._rows(entries.c.position.in_(positions[start : start + 500]))
            found.update((row.position, row) for row in some)
        return [event for position in positions if position in found and (event := self._opened(found[position]))]

    def events(self, start: int = 0, stop: int | None = None) -> Iterator[Event]:
        """Events from `start` up to, not including, `stop`; erased ones are left out.

        Raises:
            Tampered: A row met on the way is missing, or not as it was written.
        """
        place, end = start, self.size if stop is None else stop
        while rows := self._page(place, end):
            for place, row in enumerate(rows, place):  # noqa: B020 - each page begins where the one before ended
                if event := self._opened(row, place):
                    yield event
            place += 1

    def stream(self, subject: UUID, record: str) -> list[Event]:
        """Everything ever recorded in a stream, withdrawn or not, in the order it was recorded.

        Raises:
            Erased: The stream's key was destroyed.
        """
        key = self.keys.find(Stream(subject, record))
        if key is None:
            return []
        rows = self._rows(entries.c.key_id == key.key_id, by=entries.c.n)
        return [event for row in rows if (event := self._opened(row))]

    def said_openly(self) -> list[tuple[int, OpenFact]]:
        """What the log says of itself without a key, with its positions; the many checkpoints it has seen left out."""
        with self._lock:
            for row in self._rows(entries.c.key_id == ZERO_ID, entries.c.n >= self._said_next, by=entries.c.n):
                fact = self.open_row(row).fact
                if isinstance(fact, OpenFact) and not isinstance(fact, CheckpointSeen):
                    self._said.append((row.position, fact))
                self._said_next = row.n + 1
            return self._said

    def note_keys(self, epoch: Epoch, size: int) -> list[NoteKey]:
        """The keys that may sign a checkpoint of this size in this epoch, as the log itself says."""
        return note_keys(self.said_openly(), epoch.number, epoch.origin, size)

    def _tile(self, level: int, number: int, start: int, stop: int) -> Sequence[bytes]:
        with self._database.reading() as connection:
            return self.tail.tile(connection, level, number, start, stop)

    def _page(self, start: int, stop: int) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return rows_between(connection, self.id, start, min(start + PAGE, stop))

    def _rows(self, *where: ColumnElement[bool], by: ColumnElement[int] | None = None) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            wanted = select(entries).where(entries.c.log == self.id, *where).order_by(by)
            return connection.execute(wanted.execution_options(in_binary=True)).all()

    def _opened(self, row: Row[Any], place: int | None = None) -> Event | None:
        try:
            return self.open_row(row, place)
        except Erased:
            return None

    def open_row(self, row: Row[Any], place: int | None = None) -> Event:
        """The event in a row; see `open_row` in opening.py."""
        return open_row(row, self.tail, self.keys, self.catalog, place)
