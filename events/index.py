"""Compact columns beside a log, for finding entries without opening them again: no names, no texts."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

import msgspec

from events.facts import Event, Stream

_NOBODY = UUID(int=0)


class Columns(msgspec.Struct, array_like=True):
    """The part of an index that is of one stream: a row for each of its entries, in order."""

    positions: list[int]
    recorded_us: list[int]
    days: list[int]
    kinds: list[int]
    """Of each, the place in `kind_names`; as with `actors` and `people`."""
    actors: list[int]
    kind_names: list[str]
    people: list[UUID]


class Index:
    """Who, what kind and class, of whom and which day, for every position read so far; about 28 bytes an entry."""

    def __init__(self) -> None:
        self.recorded_us = array("q")
        self._days = array("i")
        self._actors = array("I")
        self._subjects = array("I")
        self._kinds = array("H")
        self._numbers: dict[UUID, int] = {}
        self._places: dict[str | None, array[int]] = {}  # positions of each record class; of what is erased, by None
        self.kinds: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.recorded_us)

    def add(self, event: Event | None, recorded_us: int) -> None:
        """Takes up the next position; None for an erased entry."""
        day, actor, subject, kind = self._told(event)
        self._days.append(day)
        self._actors.append(actor)
        self._subjects.append(subject)
        self._kinds.append(kind)
        self._of(event.record if event else None).append(len(self.recorded_us))
        self.recorded_us.append(recorded_us)  # last: whoever searches meanwhile sees whole rows

    def newest_first(
        self,
        *,
        actor: UUID | None = None,
        subject: UUID | None = None,
        kind_prefix: str = "",
        from_on: date | None = None,
        until_by: date | None = None,
        unless: Container[int] = (),
        but: Container[str] = (),
    ) -> Iterator[int]:
        """Positions that fit, newest first, none in `unless` and no kind in `but`. Days are those the fact gives, both
        inclusive."""
        who, whom = self._numbers.get(actor or _NOBODY, -1), self._numbers.get(subject or _NOBODY, -1)
        kinds = {number for kind, number in self.kinds.items() if kind.startswith(kind_prefix) and kind not in but}
        low = from_on.toordinal() if from_on else 0
        high = until_by.toordinal() if until_by else 10**7
        for position in range(len(self.recorded_us) - 1, -1, -1):
            if actor is not None and self._actors[position] != who:
                continue
            if subject is not None and self._subjects[position] != whom:
                continue
            if position in unless:
                continue
            if self._kinds[position] in kinds and low <= self._days[position] <= high:
                yield position

    def of_classes(self, records: Iterable[str]) -> list[int]:
        """Positions of these record classes, in their order."""
        return sorted(at for record in records for at in self._places.get(record, ()))

    def last_recorded(self, record: str) -> dict[UUID, int]:
        """When the last entry of this record class was recorded, in microseconds since 1970 UTC, by subject."""
        last = {self._subjects[at]: self.recorded_us[at] for at in self._places.get(record, ())}
        people = list(self._numbers)
        return {people[number]: moment for number, moment in last.items()}

    def unfound(self, only_of: Mapping[str, Collection[UUID]]) -> frozenset[int]:
        """Positions of these record classes about anyone but the subjects given for each; and what is erased, since it
        may have been of one of them."""
        found = set(self._places.get(None, ()))
        for record, subjects in only_of.items():
            known = {self._numbers.get(one) for one in subjects}
            found.update(at for at in self._places.get(record, ()) if self._subjects[at] not in known)
        return frozenset(found)

    def forget(self, subject: UUID, record: str) -> None:
        """From now on the entries of a stream count as erased."""
        number = self._numbers.get(subject)
        places = self._places.get(record, array("I"))
        gone = array("I", (at for at in places if self._subjects[at] == number))
        if gone:
            left = set(gone)
            self._places[record] = array("I", (at for at in places if at not in left))
            self._of(None).extend(gone)
        erased = self._told(None)
        for at in gone:
            self._days[at], self._actors[at], self._subjects[at], self._kinds[at] = erased

    # Kept stream by stream, and filled in again

    def columns(self, streams: Iterable[Stream]) -> dict[Stream, Columns]:
        """What is known here of the entries of each of these streams."""
        wanted: dict[str, dict[int, Stream]] = defaultdict(dict)
        for stream in streams:
            wanted[stream.record][self._number(stream.subject)] = stream
        places: dict[Stream, list[int]] = {stream: [] for some in wanted.values() for stream in some.values()}
        for record, some in wanted.items():
            for at in self._of(record):
                if (found := some.get(self._subjects[at])) is not None:
                    places[found].append(at)
        kinds, people = list(self.kinds), list(self._numbers)
        return {stream: self._columns(sorted(some), kinds, people) for stream, some in places.items()}

    def _columns(self, places: list[int], all_kinds: list[str], everyone: list[UUID]) -> Columns:
        kinds: dict[int, int] = {}
        people: dict[int, int] = {}
        return Columns(
            places,
            [self.recorded_us[at] for at in places],
            [self._days[at] for at in places],
            [kinds.setdefault(self._kinds[at], len(kinds)) for at in places],
            [people.setdefault(self._actors[at], len(people)) for at in places],
            [all_kinds[number] for number in kinds],
            [everyone[number] for number in people],
        )

    def leave(self, count: int) -> None:
        """Leaves room for the next so many entries, which must be filled in before anything is looked for."""
        for column in (self.recorded_us, self._days, self._actors, self._subjects, self._kinds):
            column.frombytes(bytes(count * column.itemsize))

    def unfilled(self) -> list[int]:
        """Positions that room was left for and nothing stands at yet."""
        return [at for at, us in enumerate(self.recorded_us) if not us]

    def fill(self, stream: Stream, columns: Columns) -> None:
        """Fills in entries of one stream, as far as room was left for them."""
        subject, places = self._number(stream.subject), self._of(stream.record)
        kinds = [self._kind(name) for name in columns.kind_names]
        people = [self._number(one) for one in columns.people]
        rows = zip(columns.positions, columns.recorded_us, columns.days, columns.kinds, columns.actors, strict=True)
        for at, us, day, kind, actor in rows:
            if at < len(self.recorded_us) and not self.recorded_us[at]:
                self._days[at], self._actors[at], self._subjects[at], self._kinds[at] = (
                    day,
                    people[actor],
                    subject,
                    kinds[kind],
                )
                places.append(at)
                self.recorded_us[at] = us

    def fill_one(self, position: int, event: Event | None, recorded_us: int) -> None:
        """Fills in one entry; None for an erased one."""
        row = self._told(event)
        self._days[position], self._actors[position], self._subjects[position], self._kinds[position] = row
        self._of(event.record if event else None).append(position)
        self.recorded_us[position] = recorded_us

    def _told(self, event: Event | None) -> tuple[int, int, int, int]:
        """Day, actor, subject and kind, as numbers."""
        if event is None:
            return 0, self._number(_NOBODY), self._number(_NOBODY), self._kind("")
        actor = self._number(event.actor.by if event.actor else _NOBODY)
        return event.day.toordinal(), actor, self._number(event.subject or _NOBODY), self._kind(event.kind)

    def _of(self, record: str | None) -> array[int]:
        return self._places.setdefault(record, array("I"))

    def _kind(self, name: str) -> int:
        return self.kinds.setdefault(name, len(self.kinds))

    def _number(self, one: UUID) -> int:
        return self._numbers.setdefault(one, len(self._numbers))
