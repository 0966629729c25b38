"""The numbers behind the report to governors: as a year ended, as it was known when its report was closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec

from core.academies.views import calendar, closed_days, terms
from core.building import Building
from core.counting import CountingDesk
from core.periods import months_after
from core.roll.views import Pupil
from core.roll.views import pupil as roll_pupil
from events import View

from ...codes import GRADE_SCHEMES
from ...facts import AttendanceCounted
from ...rules import grade, is_previously_looked_after
from ...views import (
    Alerts,
    Authority,
    Child,
    Claim,
    Designated,
    Pep,
    Peps,
    Status,
    Sums,
    alerts,
    authority,
    claims,
    designated,
    dues,
    is_looked_after,
    peps,
    status,
    sums,
)
from .years import Year

T = TypeVar("T")
_DAY = timedelta(days=1)
_OWED = {"complete", "provision", "termly"}
NOT_KNOWN = "Authority not known"
NO_GRADE = "another grade, or none"


class Numbers(msgspec.Struct, frozen=True):
    """What is counted of one year. Most of it is about so few children that it may be shown to nobody."""

    here: Mapping[str, int] = {}
    """Children in care on the last day, by year group."""
    by_authority: Mapping[str, int] = {}
    over_a_year: int = 0
    joined: int = 0
    left: int = 0
    previously: Mapping[str, int] = {}
    """Previously looked-after pupils on the last day, by year group."""
    owed: int = 0
    """PEPs that were due in the year of those in care at its end."""
    on_time: int = 0
    grades: Mapping[str, Mapping[str, int]] = {}
    """PEPs agreed in the year, by authority and grade."""
    attended: int = 0
    """Children whose attendance was counted."""
    missed: int = 0
    possible: int = 0
    suspensions: int = 0
    suspended: int = 0
    """Children who were."""
    sessions: int = 0
    claimed: int = 0
    """Children something was asked for."""
    money: Sums = Sums(0, 0, 0, 0)

    @property
    def total(self) -> int:
        return sum(self.here.values())

    @property
    def nobody(self) -> bool:
        """Whether nobody was in care here on any day of the year."""
        return not (self.total or self.joined or self.left)


class _InCare(msgspec.Struct, frozen=True):
    """A child with the stretches in which they were in care and on roll; the day a stretch ends on is counted out."""

    subject: UUID
    who: Pupil
    now: Status
    stretches: tuple[tuple[date, date | None], ...]

    def on(self, day: date) -> bool:
        return any(begins <= day and (ends is None or day < ends) for begins, ends in self.stretches)


class YearsDesk(CountingDesk):
    """The academy's desk without a person, that reads what the plugin counts, as it stood when a report was closed."""

    def __init__(self, building: Building, academy_id: UUID, year: Year) -> None:
        super().__init__(building, academy_id)
        self._counted = frozenset({*building.plugins.manifests["lac"].counts, "core.identity"})
        self.year = year

    def who(self, subject: UUID) -> Pupil | None:
        """A pupil, as on the last day."""
        return self.see(roll_pupil, subject, as_at=self.year.last, known_at=self.year.known_at)

    def statuses(self) -> dict[UUID, Status]:
        """Everyone's status, as on the last day."""
        return self.see_all(status, as_at=self.year.last, known_at=self.year.known_at)

    def known(self, view: View[T]) -> dict[UUID, T]:
        """What a view said of everyone when the report was closed; of which days, the counting itself looks at."""
        return self.see_all(view, known_at=self.year.known_at)

    def numbers(self) -> Numbers:
        """The year's numbers."""
        year, plans, settings = self.year, self.known(peps), self._settings()
        in_care = list(self._in_care())
        here = [one for one in in_care if one.on(year.last)]
        stretches = [stretch for one in in_care for stretch in one.stretches]
        owed = [due for one in here for due in self._owed(one, plans.get(one.subject, Peps()), settings)]
        attended = self._attended(plans[one.subject] for one in in_care if one.subject in plans)
        suspended = [lost for known in self.known(alerts).values() if (lost := self._suspended(known))]
        asked = [some for made in self.known(claims).values() if (some := self._asked(made.values()))]
        return Numbers(
            here=Counter(one.who.year for one in here),
            by_authority=Counter(_named(one.now, settings) for one in here),
            over_a_year=sum(_in_care_a_year(one, year.last) for one in here),
            joined=sum(year.holds(begins) for begins, _ in stretches),
            left=sum(ends is not None and year.holds(ends) for _, ends in stretches),
            previously=Counter(self._previously()),
            owed=len(owed),
            on_time=sum(owed),
            grades=self._grades(plans.values(), settings),
            attended=len(attended),
            missed=sum(missed for missed, _ in attended),
            possible=sum(possible for _, possible in attended),
            suspensions=sum(len(lost) for lost in suspended),
            suspended=len(suspended),
            sessions=sum(sum(lost) for lost in suspended),
            claimed=len(asked),
            money=sums(one for some in asked for one in some),
        )

    def _suspended(self, known: Alerts) -> list[int]:
        """Half days of each suspension decided in the year."""
        told = [one.told for one in known.suspensions.values()]
        return [one.sessions for one in told if self.year.holds(one.decided_on)]

    def _asked(self, made: Iterable[Claim]) -> list[Claim]:
        """The claims made in the year."""
        return [one for one in made if self.year.holds(one.told.made_on)]

    def teachers(self) -> tuple[Designated, ...]:
        """Whoever was designated teacher on some day of the year, with their training until its end."""
        known = self.see(designated, self.here, known_at=self.year.known_at) or ()
        return tuple(
            msgspec.structs.replace(one, trained=tuple(it for it in one.trained if it.trained_on <= self.year.last))
            for one in known
            if one.from_on <= self.year.last and (one.until_by or date.max) >= self.year.first
        )

    def _settings(self) -> dict[str, Authority]:
        return {one.now.code: one for one in self.known(authority).values()}

    def _in_care(self) -> Iterator[_InCare]:
        """Everyone who was in care and on roll on some day of the year."""
        for subject, now in self.statuses().items():
            who = self.who(subject)
            stretches = _stretches(now, who) if who else ()
            reached = tuple(one for one in stretches if one[0] <= self.year.last and _after(one, self.year.first))
            if who is not None and reached:
                yield _InCare(subject, who, now, reached)

    def _previously(self) -> Iterator[str]:
        """Year groups of previously looked-after pupils on roll."""
        for subject, now in self.statuses().items():
            declared = now.previous is not None and is_previously_looked_after(now.previous.code)
            who = self.who(subject) if declared and not now.looked_after_on(self.year.last) else None
            if who is not None and who.entered_on <= self.year.last and who.is_on_roll(self.year.last):
                yield who.year

    def _owed(self, one: _InCare, plans: Peps, settings: dict[str, Authority]) -> list[bool]:
        """For each PEP that was due in the year, whether it was in time."""
        child = Child(one.who.born_on, one.who.entered_on, one.now, plans, settings)
        known_at = self.year.known_at
        closed = self.log.see(closed_days, self.here, known_at=known_at)
        days = calendar(self.log.see(terms, self.here, known_at=known_at), closed)
        owed = [due for due in dues(child, days, self.year.last) if due.what in _OWED and self.year.holds(due.due_by)]
        return [due.done_on is not None and due.done_on <= due.due_by for due in owed]

    def _attended(self, plans: Iterable[Peps]) -> list[tuple[int, int]]:
        """Sessions missed and possible, as last counted in the year, for each child."""
        found = []
        for one in plans:
            counts = [plan.attendance for plan in one.plans.values() if plan.attendance]
            newest = max((it for it in counts if self.year.holds(it.until_by)), key=_until, default=None)
            if newest is not None:
                found.append((newest.missed, newest.possible))
        return found

    def _grades(self, plans: Iterable[Peps], settings: dict[str, Authority]) -> dict[str, dict[str, int]]:
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one in plans:
            for plan in one.plans.values():
                if plan.agreed and self.year.holds(plan.agreed.agreed_on):
                    known = settings.get(plan.told.authority)
                    found[known.name if known else NOT_KNOWN][_grade(plan, known)] += 1
        return {name: dict(count) for name, count in found.items()}


def _stretches(now: Status, who: Pupil) -> tuple[tuple[date, date | None], ...]:
    """When the child was in care and on roll; an episode that follows another on the day it ends goes on with it."""
    gone_on = who.left_on + _DAY if who.left_on else None
    found: list[tuple[date, date | None]] = []
    for one in sorted(now.episodes, key=lambda one: one.began_on):
        if is_looked_after(one.care):
            ends = min((day for day in (one.ended_on, gone_on) if day is not None), default=None)
            begins = max(one.began_on, who.entered_on)
            if found and found[-1][1] == begins:
                found[-1] = (found[-1][0], ends)
            elif ends is None or begins < ends:
                found.append((begins, ends))
    return tuple(found)


def _after(stretch: tuple[date, date | None], day: date) -> bool:
    """Whether a stretch is not over on the eve of a day."""
    return stretch[1] is None or stretch[1] >= day


def _until(one: AttendanceCounted) -> date:
    return one.until_by


def _in_care_a_year(one: _InCare, day: date) -> bool:
    """Whether the episode of a day began a year before it or earlier, wherever the child went to school."""
    episode = one.now.looked_after_on(day)
    return episode is not None and months_after(episode.began_on, 12) <= day


def _named(now: Status, settings: dict[str, Authority]) -> str:
    """The looking-after authority."""
    named = now.authorities.get("looking_after")
    known = settings.get(named.authority) if named else None
    return known.name if known else NOT_KNOWN


def _grade(plan: Pep, known: Authority | None) -> str:
    """A grade of the scheme the plan is under, as told or as its areas count; NO_GRADE for anything else."""
    setting = known.version(plan.told.setting) if known else None
    scheme = GRADE_SCHEMES.get(setting.scheme) if setting else None
    if plan.agreed is None or scheme is None:
        return NO_GRADE
    told = plan.agreed.grade or (grade(scheme.name, plan.agreed.areas) if plan.agreed.areas else None)
    return told if told in scheme.colours else NO_GRADE
