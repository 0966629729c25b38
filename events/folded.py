"""What the folds say of one log: brought up to date by the rows after their position, started from snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import Row

from events.entries import PAGE, Entries
from events.errors import Tampered
from events.facts import Stream
from events.folds import StreamState, View, position_at, standing
from events.index import Index
from events.open_facts import KeyDestroyed
from events.snapshots import Snapshots
from events.tables import entries

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.keys import LogKeys
    from events.tail import Tail

T = TypeVar("T")


class Folded(Entries):
    """What is known from one log, subject by subject. `Log` is one; nobody makes another."""

    def __init__(self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail) -> None:
        super().__init__(database, catalog, keys, tail)
        self._next = 0
        self._streams: dict[str, dict[UUID, StreamState]] = defaultdict(lambda: defaultdict(StreamState))
        self._stale: dict[Stream, None] = {}  # to be told anew: something late or withdrawn came in
        self.snapshots = Snapshots(database, catalog, keys, tail)
        self._kept = 0  # entries that snapshots tell
        self._told = 0  # entries that snapshots tell though they were not read here, as far as was asked
        self._unkept: set[Stream] = set()  # whose snapshot was missing or broken
        self._index = Index()
        self._is_filled = True

    def refresh(self) -> int:
        """Brings the folds up to what is committed; returns the log's size.

        Raises:
            Tampered: A row met on the way is not as it was written.
        """
        with self._lock:
            replaying = self._next == 0
            if replaying:
                self.keys.preload()
                self._begin()
            self._refold()  # what an error left undone
            while rows := self._page(self._next, self._next + PAGE):
                for row in rows:
                    self._take(row)
                self._refold()
            if replaying:
                self.keys.trim()
            return self._next

    def see(
        self, view: View[T], subject: UUID, *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> T | None:
        """What a view says of one subject; None when it says nothing. Call `refresh` first, once a request."""
        state = self._streams.get(view.record, {}).get(subject)
        if state is None:
            return None
        value: T | None = self._value(view, Stream(subject, view.record), state, as_at, self._position(known_at))
        return value

    def see_all(
        self, view: View[T], *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> dict[UUID, T]:
        """What a view says of every subject it says anything of."""
        upto = self._position(known_at)
        with self._lock:
            states = list(self._streams.get(view.record, {}).items())
        found = (
            (subject, self._value(view, Stream(subject, view.record), state, as_at, upto)) for subject, state in states
        )
        return {subject: value for subject, value in found if value is not None}

    def count(self, stream: Stream) -> int:
        """How many entries a stream has, as last refreshed: what `expected` wants. Ask it before `see`, never after."""
        with self._lock:
            state = self._streams.get(stream.record, {}).get(stream.subject)
            return 0 if state is None else state.count

    def moved_since(self, stream: Stream, size: int) -> bool:
        """Whether anything of a stream stands at or after a size `refresh` gave."""
        state = self._streams.get(stream.record, {}).get(stream.subject)
        return state is not None and state.last_position >= size

    def _position(self, known_at: datetime | int | None) -> int | None:
        return position_at(self.index.recorded_us, known_at) if isinstance(known_at, datetime) else known_at

    def _value(self, view: View[Any], stream: Stream, state: StreamState, as_at: date | None, upto: int | None) -> Any:
        views = self.catalog.views(stream.record)
        with self._lock:
            current = (as_at is None or state.last_day <= as_at) and (upto is None or state.last_position <= upto)
            if current and view in views:
                return state.values[views.index(view)] if state.values else None
        return view.of(standing(self.stream(*stream), as_at=as_at, known_at=upto))

    def _take(self, row: Row[Any]) -> None:
        event = self._opened(row, self._next)
        if event and isinstance(event.fact, KeyDestroyed):
            self._forget(bytes.fromhex(event.fact.key_id))
        if event and event.subject:
            stream = Stream(event.subject, event.record)
            state = self._streams[event.record][event.subject]
            if stream not in self._stale and not state.take(self.catalog.views(event.record), event):
                self._stale[stream] = None
        self._index.add(event, row.recorded_at)
        self._next += 1

    def _forget(self, key_id: bytes) -> None:
        """Drops a destroyed key and all that was told with it, before anything is answered after the entry says so."""
        self.keys.forget(key_id)
        for record, states in self._streams.items():
            for subject in [subject for subject, state in states.items() if state.key_id == key_id]:
                del states[subject]
                self._stale.pop(Stream(subject, record), None)
                self.index.forget(subject, record)

    def _refold(self) -> None:
        while self._stale:
            stream = next(iter(self._stale))
            events = [event for event in self.stream(*stream) if event.position < self._next]
            self._streams[stream.record][stream.subject].refold(self.catalog.views(stream.record), events)
            del self._stale[stream]

    # Snapshots

    @property
    def index(self) -> Index:
        """Columns for finding entries; filled in from snapshots when it is first asked for."""
        with self._lock:
            if not self._is_filled:
                self.keys.preload()
                self._unkept.update(self.snapshots.fill(self._index))
                self._fill_in(self._index.unfilled())
                self.keys.trim()
                self._is_filled = True
            return self._index

    @property
    def grown(self) -> int:
        """How many entries have been read here that no snapshot tells."""
        return self._next - self._kept

    @property
    def unread(self) -> int:
        """How many entries were appended here that nobody read and no snapshot is known to tell."""
        return self.tail.tree.size - max(self._next, self._told)

    def still_unread(self) -> int:
        """The same, once it was asked what snapshots tell by now, those that others kept among them."""
        self._told = self.snapshots.kept().size
        return self.unread

    def keep_snapshots(self) -> int:
        """Keeps what the folds say, so that the next start reads only what comes after; returns of how many streams.

        Raises:
            Tampered: A row met on the way is not as it was written.
        """
        kept = self.snapshots.kept()
        with self._lock:
            size = self.refresh()
            moved = {
                stream: copy(state)
                for record, states in self._streams.items()
                for subject, state in states.items()
                if (stream := Stream(subject, record)) in self._unkept or state.last_position >= kept.size
            }
            columns = self.index.columns(moved)
        if size > kept.size or moved:
            self.keys.preload()
            self.snapshots.keep(kept, size, [(stream, state, columns[stream]) for stream, state in moved.items()])
            self.keys.trim()
        self._kept = size
        self._unkept.difference_update(moved)
        return len(moved)

    def rebuild_snapshots(self) -> int:
        """Drops what is kept and makes it again from every entry; for a log just reopened. Returns as above."""
        self.snapshots.drop()
        return self.keep_snapshots()

    def _begin(self) -> None:
        """Takes up what snapshots tell."""
        kept = self.snapshots.kept()
        found, broken = self.snapshots.states(kept)
        for stream, state in found.items():
            self._streams[stream.record][stream.subject] = state
        self._stale = dict.fromkeys(broken)
        self._unkept = set(broken)
        self._index.leave(kept.size)
        self._is_filled = not kept.size
        self._next = self._kept = kept.size

    def _fill_in(self, positions: Sequence[int]) -> None:
        """Reads entries that no snapshot tells the index of: open ones, and erased ones."""
        for start in range(0, len(positions), 500):
            some = positions[start : start + 500]
            rows = self._rows(entries.c.position.in_(some), by=entries.c.position)
            for place, row in zip_longest(some, rows):
                if row is None:
                    raise Tampered(self.name, place, "the entry is missing")
                self._index.fill_one(place, self._opened(row, place), row.recorded_at)
