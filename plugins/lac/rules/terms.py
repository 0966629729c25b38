"""The termly PEP: which terms need one, in which part of a term, and one meeting for two plans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from core.law import cites
from core.periods import LONGEST_HOLIDAY, Calendar, WholeTerm

from ..codes import CARRY_OVER, Window

_READ_ON = date(2026, 11, 22)
_ONE_DATE = timedelta(weeks=6)


class Meeting(Struct, frozen=True):
    """A PEP meeting that was held."""

    held_on: date
    first: bool = False  # of the child's first PEP


class TermPep(Struct, frozen=True):
    """A term that needs a PEP meeting, and the meeting that counts for it."""

    term: str
    starts_on: date
    due_by: date
    met_on: date | None  # None while there is no meeting
    carried_over: bool = False  # it was the first PEP, at the end of the term before


@cites("Brighton and Hove, PEP", "brighton-hove.gov.uk", as_at=_READ_ON, edition="2019-09", rule="lac 10")
def termly_peps(
    calendar: Calendar,
    looked_after_on: date,
    until_by: date | None = None,
    meetings: tuple[Meeting, ...] = (),
    carries_over: bool = False,
) -> tuple[TermPep, ...]:
    """The terms that need a PEP meeting: each in which the child is looked after on some school day.

    A meeting counts for the term it was held in. That a first PEP in the last ten school days of a term may count for
    the next one too is our reading, for authorities that agree to it.

    Args:
        until_by: The last day the child is looked after; None while it goes on.
        carries_over: Whether the virtual school lets such a first PEP count.
    """
    found: list[TermPep] = []
    before: WholeTerm | None = None
    for term in calendar.whole_terms():
        last_on = min(term.ends_on, until_by or term.ends_on)
        if calendar.school_days_in(max(term.starts_on, looked_after_on), last_on):
            met_on = _first(meetings, term.starts_on, term.ends_on)
            carried_on = (
                _carried(meetings, before, term.starts_on, calendar) if carries_over and met_on is None else None
            )
            carried = carried_on is not None
            found.append(TermPep(term.name, term.starts_on, term.ends_on, met_on or carried_on, carried))
        before = term
    return tuple(found)


def _first(meetings: tuple[Meeting, ...], starts_on: date, ends_on: date) -> date | None:
    return min((one.held_on for one in meetings if starts_on <= one.held_on <= ends_on), default=None)


def _carried(
    meetings: tuple[Meeting, ...], before: WholeTerm | None, starts_on: date, calendar: Calendar
) -> date | None:
    """The first PEP in the last school days of the term before; None when there is none."""
    if before is None or starts_on - before.ends_on > LONGEST_HOLIDAY:
        return None  # the term before was never entered
    last_days = calendar.school_days_in(before.starts_on, before.ends_on)[-CARRY_OVER.value :]
    return next((one.held_on for one in meetings if one.first and one.held_on in last_days), None)


@cites(
    "Knowsley: first half of the term",
    "knowsleychildcare.proceduresonline.com/p_review_pep.html",
    as_at=_READ_ON,
    rule="lac 11",
)
def window_by(calendar: Calendar, on_day: date, window: Window) -> date | None:
    """The last day of the part of a term in which the virtual school wants the meeting.

    Args:
        on_day: Any day of the term.

    Returns:
        None outside the terms, and where no half-term was entered.
    """
    term = next((one for one in calendar.whole_terms() if one.starts_on <= on_day <= one.ends_on), None)
    if term is None:
        return None
    return term.half_by if window == "half_term" else term.ends_on


@cites("Tallystick: colours of the termly PEP", "", as_at=_READ_ON, verified=False, rule="lac 11")
def meeting_colour(
    held_on: date | None, window_by: date | None, ends_on: date, today: date
) -> Literal["green", "amber", "red"] | None:
    """How a term's PEP stands: green in the window, amber outside it but in the term, red after the term.

    A meeting that is still to come is judged by today; None while it is not due.

    Args:
        window_by: The last day of the window; None when the whole term will do.
        ends_on: The last day of the term.
    """
    on_day = held_on or today
    if on_day > ends_on:
        return "red"
    if window_by is not None and on_day > window_by:
        return "amber"
    return "green" if held_on else None


@cites("SEND Code of Practice, chapter 10", "", as_at=_READ_ON, verified=False, rule="lac 31")
def joint_meeting_by(review_due_by: date, pep_due_by: date) -> date | None:
    """The last day on which one meeting is in time both for the annual review of an EHC plan and for the PEP.

    Suggested when the two are due within six weeks of each other; else None.
    """
    if abs(review_due_by - pep_due_by) > _ONE_DATE:
        return None
    return min(review_due_by, pep_due_by)
