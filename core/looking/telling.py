"""Looks, as the log of who looked holds them, and why each was taken: by what the person held then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from core.accounts.facts import Opened, PackMade
from core.errors import NotFound
from core.looking.rules import Look, asked_in_vain, unusual
from core.periods import LONDON
from core.roll.views import Pupil, pupil
from events import Event

if TYPE_CHECKING:
    from core.accounts.views import Grant
    from core.desk import Desk


_VAIN = "accounts.turned_away"


class Visit(Struct, frozen=True):
    """What one person opened of one child on one day."""

    person: UUID
    role: str
    first: datetime
    last: datetime
    records: tuple[str, ...]
    purposes: tuple[str, ...]
    """What their grants were for that let them; () when none did."""
    packs: int
    """In how many packs for outsiders the record left on that day."""

    @property
    def day(self) -> date:
        """In London."""
        return self.first.astimezone(LONDON).date()

    def told(self, name: str) -> dict[str, Any]:
        """For a program; no fraction of a second, which could tell how many entries lie between.

        Args:
            name: The person's.
        """
        whole = {"first": self.first.replace(microsecond=0), "last": self.last.replace(microsecond=0)}
        return {**asdict(self), "name": name, **whole}


def who_saw(desk: Desk, subject: UUID) -> tuple[Pupil, list[Visit]]:
    """A child, and everyone who opened their record here; that it was asked is itself recorded.

    Raises:
        NotFound: There is no such child, or they are not this person's to know.
    """
    child = desk.see(pupil, subject)
    if child is None:
        raise NotFound
    desk.opened(subject, ["core.identity"])
    return child, visits(desk, subject)


def visits(desk: Desk, subject: UUID, without: Collection[str] = ()) -> list[Visit]:
    """Everyone who opened a child's record here, ever, the newest day first; without what this person may not find.

    Args:
        without: Classes of record of which nothing is told.
    """
    log = desk.building.reads_log(desk.academy)
    log.refresh()
    found = log.index.newest_first(subject=subject, kind_prefix="accounts.", unless=desk.unfound(log))
    days: dict[tuple[UUID, date], list[Event]] = {}
    held = cache(desk.building.grants)
    for event in log.at([*found]):
        if event.actor and isinstance(event.fact, Opened | PackMade) and event.record not in without:
            days.setdefault((event.actor.by, event.recorded_at.astimezone(LONDON).date()), []).append(event)
    return [_visit(held(person), desk.academy_id, person, events, without) for (person, _), events in days.items()]


class Asked(Struct, frozen=True):
    """Somebody asked for a child who is not theirs to know, and was not shown them."""

    person: UUID
    role: str
    at: datetime

    def told(self, name: str) -> dict[str, Any]:
        """For a program; no fraction of a second.

        Args:
            name: The person's.
        """
        return {"person": self.person, "name": name, "role": self.role, "at": self.at.replace(microsecond=0)}


def asked_and_not_shown(desk: Desk, subject: UUID) -> list[Asked]:
    """Everybody who did so for one child here, the newest first."""
    log = desk.building.reads_log(desk.academy)
    log.refresh()
    found = log.at([*log.index.newest_first(subject=subject, kind_prefix=_VAIN, unless=desk.unfound(log))])
    return [Asked(one.actor.by, one.actor.role, one.recorded_at) for one in found if one.actor]


def looks_since(desk: Desk, first: date) -> Mapping[tuple[UUID, date], list[Look]]:
    """Every look from a day on, by person and London day."""
    found: dict[tuple[UUID, date], list[Look]] = {}
    for event in _since(desk, first, "accounts.opened"):
        if event.actor and event.subject:
            look = Look(event.actor.by, event.actor.role, event.subject, event.record, event.recorded_at)
            found.setdefault((look.person, look.day), []).append(look)
    return found


def _since(desk: Desk, first: date, kind: str) -> Iterable[Event]:
    """Entries of one kind of who looked, from a day on, that this person may find."""
    log = desk.building.reads_log(desk.academy)
    log.refresh()
    since = int(datetime.combine(first, time.min, LONDON).timestamp() * 1e6)
    newest = log.index.newest_first(kind_prefix=kind, unless=desk.unfound(log))
    return log.at([*takewhile(lambda position: log.index.recorded_us[position] >= since, newest)])


class Unusual(Struct, frozen=True):
    """What somebody opened on a day that is worth a second look."""

    on: date
    person: UUID
    role: str
    says: str


def unusual_since(desk: Desk, first: date) -> list[Unusual]:
    """What people opened since a day that is worth a second look, the newest day first."""
    surnames: dict[str, set[UUID]] = {}
    for key, child in desk.see_all(pupil).items():
        surnames.setdefault(child.surname.casefold(), set()).add(key)
    people, found = desk.building.people(), []
    for (person, on), looks in looks_since(desk, first).items():
        own = people[person].name.split()[-1].casefold() if person in people else ""
        found += [Unusual(on, person, looks[0].role, one.says) for one in unusual(looks, own, surnames.get(own, ()))]
    for (person, on, role), children in _asked_in_vain(desk, first).items():
        found += [Unusual(on, person, role, one.says) for one in asked_in_vain(on, children)]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _asked_in_vain(desk: Desk, first: date) -> Mapping[tuple[UUID, date, str], set[UUID]]:
    """Children who are not theirs to know that somebody asked for since a day, by person, London day and role."""
    found: dict[tuple[UUID, date, str], set[UUID]] = {}
    for event in _since(desk, first, _VAIN):
        if event.actor and event.subject and event.subject != event.actor.by:
            on = event.recorded_at.astimezone(LONDON).date()
            found.setdefault((event.actor.by, on, event.actor.role), set()).add(event.subject)
    return found


def purposes(held: Iterable[Grant], academy: UUID | None, at: datetime, records: Iterable[str]) -> tuple[str, ...]:
    """What the grants were for that let a person read one of these classes here at a moment."""
    wanted = set(records)
    there = (one for one in held if one.covers(academy, at))
    told = (one.purpose for one in there if any(one.opens.get(record) for record in wanted))
    return tuple(dict.fromkeys(told))


def month_before(today: date) -> date:
    """Thirty days back: as far as unusual looks are told."""
    return today - timedelta(days=30)


def _opened(event: Event) -> tuple[str, ...]:
    """The classes of record that one look was at."""
    beside = event.fact.beside if isinstance(event.fact, Opened) else ()
    return (event.record, *beside)


def _visit(
    held: Iterable[Grant], academy: UUID | None, person: UUID, events: list[Event], without: Collection[str]
) -> Visit:
    times = sorted(event.recorded_at for event in events)
    records = tuple(sorted({one for event in events for one in _opened(event)} - set(without)))
    packs = {event.fact.pack for event in events if isinstance(event.fact, PackMade)}
    why = purposes(held, academy, times[0], records)
    role = next((event.actor.role for event in events if event.actor and event.actor.role), "")
    return Visit(person, role, times[0], times[-1], records, why, len(packs))
