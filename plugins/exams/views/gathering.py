"""One candidate put together from every class of record the rules look at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import NotFound
from core.periods import academic_year
from core.roll.rules import nominal_year
from core.roll.views import Pupil, pupil

from .arrangements import Arrangements, arrangements
from .eligibility import Case
from .entries import Paper, candidate, paper
from .evidence import CaseFile, case_file, working

if TYPE_CHECKING:
    from core.desk import Desk


def case_of(desk: Desk, subject: UUID) -> Case:
    """Everything about one candidate, for whoever was granted the file: the caller has made sure of that."""
    see = desk.log.see
    who = see(pupil, subject)
    if who is None:
        raise NotFound
    return Case(
        who.born_on,
        see(case_file, subject) or CaseFile(),
        see(working, subject) or (),
        see(arrangements, subject) or Arrangements(),
        tuple(entered(desk, subject).values()),
        see(case_file, desk.here) or CaseFile(),
        year9_started_on(who, desk.today),
    )


def year9_started_on(who: Pupil, today: date) -> date | None:
    """The day Year 9 began for a pupil taught out of their year group; None for one taught in it, or in no such year.

    Counted back from the year they are in: who is in Year 10 in 2026-27 began Year 9 on 1 September 2025.
    """
    if not who.year.isdecimal() or who.year == nominal_year(who.born_on, today):
        return None
    return date(academic_year(today) - int(who.year) + 9, 9, 1)


def entered(desk: Desk, subject: UUID) -> dict[UUID, Paper]:
    """The papers a candidate is entered for, by id, in the order they sit."""
    known = desk.log.see(candidate, subject)
    papers = {key: desk.log.see(paper, key) for key in (known.papers if known else ())}
    found = [(key, one) for key, one in papers.items() if one is not None]
    return dict(sorted(found, key=lambda pair: (pair[1].sits_on, pair[1].start_minutes, pair[1].code)))
