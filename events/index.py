"""Compact columns beside a log, for finding entries without opening them again: no names, no texts."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Container, Iterator, Mapping
from datetime import date
from uuid import UUID

from events.facts import Event

_NOBODY = UUID(int=0)


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
        self._days.append(event.day.toordinal() if event else 0)
        self._actors.append(self._number(event.actor.by if event and event.actor else _NOBODY))
        self._subjects.append(self._number((event.subject if event else None) or _NOBODY))
        self._kinds.append(self.kinds.setdefault(event.kind if event else "", len(self.kinds)))
        self._places.setdefault(event.record if event else None, array("I")).append(len(self.recorded_us))
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
    ) -> Iterator[int]:
        """Positions that fit and are not in `unless`, newest first. Days are those the fact gives, both inclusive."""
        who, whom = self._numbers.get(actor or _NOBODY, -1), self._numbers.get(subject or _NOBODY, -1)
        kinds = {number for kind, number in self.kinds.items() if kind.startswith(kind_prefix)}
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
            self._places.setdefault(None, array("I")).extend(gone)
        nobody, nothing = self._number(_NOBODY), self.kinds.setdefault("", len(self.kinds))
        for at in gone:
            self._days[at], self._actors[at], self._subjects[at], self._kinds[at] = 0, nobody, nobody, nothing

    def _number(self, one: UUID) -> int:
        return self._numbers.setdefault(one, len(self._numbers))
