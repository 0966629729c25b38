"""One log: facts go in sealed and numbered, events and views come out."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Row, func, select

from events.documents import Documents
from events.errors import Conflict, Erased, Tampered
from events.facts import Actor, Event, New, Stream
from events.folds import StreamState, View, position_at, standing
from events.index import Index
from events.notes import NoteKey
from events.open_facts import CheckpointSeen, KeyDestroyed, OpenFact, note_keys
from events.opening import open_row
from events.seal import ZERO_ID, Sealed, event_id, event_ids, seal, seal_open
from events.snapshots import Snapshots
from events.tables import entries
from events.tail import Epoch, Tail, places, rows_between
from events.tiles import Tiles
from events.writing import Job, Receipt

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.keys import LogKeys

T = TypeVar("T")
_PAGE = 2000


class Log(Documents):
    """Facts of one academy, or of the trust: sealed, numbered, chained; never changed, never deleted.

    Made by `Store`; many threads may use one Log at once.
    """

    def __init__(
        self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail, put: Callable[[Job], None]
    ) -> None:
        super().__init__(database, catalog, keys, tail)
        self.origin = tail.epoch.origin
        self.tiles = Tiles(self._tile)
        self._put = put
        self._lock = threading.RLock()
        self._said: list[tuple[int, OpenFact]] = []
        self._said_next = 0
        self._next = 0
        self._streams: dict[str, dict[UUID, StreamState]] = defaultdict(lambda: defaultdict(StreamState))
        self._stale: dict[Stream, None] = {}  # to be told anew: something late or withdrawn came in
        self.snapshots = Snapshots(database, catalog, keys, tail)
        self._kept = 0  # entries that snapshots tell
        self._unkept: set[Stream] = set()  # whose snapshot was missing or broken
        self._index = Index()
        self._is_filled = True

    # Recording

    def append(
        self,
        facts: Sequence[New | OpenFact],
        *,
        command_id: UUID,
        actor: Actor,
        expected: Mapping[Stream, int] | None = None,
        why: str = "",
    ) -> Receipt:
        """Records facts, all or none; durable when it returns.

        Args:
            command_id: The same id with the same facts records nothing more and returns the first places.
            expected: For each stream the decision rests on, how many entries it had then.

        Raises:
            Conflict: A stream in `expected` has moved on, or the command id was used for other facts.
            Tampered: A stored row is not as it was written; nothing is recorded from then on.
            DBAPIError: The database is gone, or refuses. Where it went away in between, nobody knows what became of
                the command until it is back; the same command again finds out.
        """
        if not facts:
            raise ValueError("a command records at least one fact")
        keys = self.keys.for_streams({new.stream for new in facts if isinstance(new, New)})
        shared = [msgspec.json.encode({"by": actor.by, "as": actor.role, "session": actor.session})]
        if why:
            shared.append(msgspec.json.encode({"why": why}))
        randoms = os.urandom(44 * len(facts))
        sealed = []
        for at, (new, event) in enumerate(zip(facts, event_ids(command_id, len(facts)), strict=True)):
            random44 = randoms[44 * at : 44 * at + 44]
            if isinstance(new, OpenFact):
                sealed.append(seal_open(self.id, event, [_open_part(new)], random44[:32]))
                continue
            key = keys[new.stream]
            sealed.append(seal(key.cipher, key.version, self.id, event, key.key_id, self._parts(new, shared), random44))
        return self._record(facts, sealed, command_id, dict(expected or {}), why)

    def append_open(self, facts: Sequence[OpenFact], command_id: UUID) -> Receipt:
        """Records facts anyone may read, by nobody; otherwise as `append` does."""
        sealed = [
            seal_open(self.id, event, [_open_part(fact)], os.urandom(32))
            for fact, event in zip(facts, event_ids(command_id, len(facts)), strict=True)
        ]
        return self._record(facts, sealed, command_id, {}, "")

    def _record(
        self,
        facts: Sequence[New | OpenFact],
        sealed: Sequence[Sealed],
        command_id: UUID,
        expected: dict[Stream, int],
        why: str,
    ) -> Receipt:
        job = Job(self.tail, sealed, expected, self._key_id)
        self._put(job)
        receipt = job.answer.result()
        if receipt.repeated:
            self._same_or_conflict(facts, command_id, receipt, why)
        return receipt

    def destroy(
        self,
        streams: Collection[Stream],
        *,
        backups_until: date,
        companions: Sequence[New],
        command_id: UUID,
        actor: Actor,
        expected: Mapping[Stream, int] | None = None,
        why: str = "",
    ) -> Receipt:
        """Destroys the keys of these streams, for ever: said in the open first, then done, then done to what hides.

        A key store that cannot be reached in between does it when the log is next opened. Streams never recorded in
        are passed over.

        Args:
            backups_until: The last day on which a backup of the key store may still hold these keys, inclusive.
            companions: Sealed facts that go with it: who approved, of which class, why.
            expected: As for `append`; raises as it does.
        """
        found = self.find_command(command_id, 1)
        if found is None:
            keys = [key for stream in streams if (key := self.keys.find(stream))]
            said = [KeyDestroyed(key.key_id.hex(), backups_until) for key in keys]
            found = self.append([*companions, *said], command_id=command_id, actor=actor, expected=expected, why=why)
        self.carry_out()
        self.refresh()
        return found

    def carry_out(self) -> None:
        """Destroys every key the log says is destroyed and the key store still holds."""
        said = {bytes.fromhex(fact.key_id) for _, fact in self.said_openly() if isinstance(fact, KeyDestroyed)}
        if left := said - set(self.keys.destroyed()) if said else ():
            for key_id in left:
                self.snapshots.drop(key_id)
            self.keys.destroy(sorted(left))

    def find_command(self, command_id: UUID, count: int) -> Receipt | None:
        """Where a command's facts came to stand; None when the log does not hold it."""
        ids = event_ids(command_id, count)
        with self._database.reading() as connection:
            found = places(connection, self.id, ids)
        return Receipt(tuple(found[one] for one in ids), repeated=True) if len(found) == count else None

    def positions(self, key_id: bytes) -> list[int]:
        """Where the entries of a stream stand, in order; the key that sealed them may be destroyed."""
        at = (entries.c.log == self.id, entries.c.key_id == key_id)
        found = select(entries.c.position).where(*at).order_by(entries.c.position)
        with self._database.reading() as connection:
            return list(connection.execute(found).scalars())

    def find(self, event: UUID) -> Event | None:
        """The event of an id; None when the log does not hold it. Raises as `event` does."""
        rows = self._rows(entries.c.event_id == event.bytes)
        return self.open_row(rows[0]) if rows else None

    def _parts(self, new: New, shared: list[bytes]) -> list[bytes]:
        coded, texts = self.catalog.fact_parts(new.fact)
        first = [] if new.received is None else [msgspec.json.encode({"received": new.received})]
        return [coded, b'{"subject":"' + new.subject.hex.encode() + b'"}', *shared, *first, *texts]

    def _key_id(self, stream: Stream) -> bytes | None:
        key = self.keys.find(stream)
        return None if key is None else key.key_id

    def _same_or_conflict(self, facts: Sequence[New | OpenFact], command_id: UUID, receipt: Receipt, why: str) -> None:
        recorded = self.events(receipt.places[0].position, receipt.places[-1].position + 1)  # a command's facts adjoin
        told = ((event.fact, event.subject, event.record, event.why) for event in recorded)
        given = ((new, None, "", "") if isinstance(new, OpenFact) else (new.fact, *new.stream, why) for new in facts)
        more = self.find_command(event_id(command_id, len(facts)), 1)
        if more or any(one != other for one, other in zip_longest(told, given)):
            raise Conflict("This form was sent before with other answers, and those were recorded.")

    # Reading events

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
            return rows_between(connection, self.id, start, min(start + _PAGE, stop))

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

    # Reading views

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
            while rows := self._page(self._next, self._next + _PAGE):
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


def _open_part(fact: OpenFact) -> bytes:
    return b'{"fact":' + msgspec.json.encode(fact) + b"}"
