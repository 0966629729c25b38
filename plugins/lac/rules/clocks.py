"""By which day a PEP or a review of care is due, when the school can still act, and whose lateness it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from core.law import cites, in_force
from core.periods import (
    Calendar,
    academic_year,
    academic_year_dates,
    birthday,
    months_after,
    working_days_after,
    working_days_until,
)

from ..codes import REVIEW_CLOCKS, Clocks, Ends, Party

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)


class Handing(Struct, frozen=True):
    """A PEP changes hands: sent to the authority, returned to the school, or done."""

    kind: Literal["sent", "returned", "done"]
    on_day: date


class Lateness(Struct, frozen=True):
    """How late a PEP is or was, in days, each in whose hands it lay."""

    whose: Party | None  # in whose hands it lay when its last day was over; None: it is not late
    school_days: int
    authority_days: int
    notified_late: bool  # the school was told after the day the child became looked after


@cites("Oldham virtual school, PEP", "oldham.gov.uk", as_at=_READ_ON, rule="lac 1")
def started_by(looked_after_on: date, clocks: Clocks) -> date | None:
    """The last day on which a first PEP is started in time; None where the authority has no such clock.

    Working days after the day the child became looked after. School holidays are working days: they stop no clock.
    """
    return None if clocks.start_days is None else working_days_after(looked_after_on, clocks.start_days)


@cites("Gateshead ePEP guidance", "gateshead.gov.uk/article/36726", as_at=_READ_ON, rule="lac 7")
def complete_by(looked_after_on: date, clocks: Clocks) -> date | None:
    """The last day on which a first PEP is complete in time; None where the authority has no such clock.

    Counted as for its start, by the clocks of the child's own authority: another's do not move it.
    """
    return None if clocks.complete_days is None else working_days_after(looked_after_on, clocks.complete_days)


@cites("Gateshead ePEP guidance", "gateshead.gov.uk/article/36726", as_at=_READ_ON, rule="lac 9")
def provision_pep_by(started_on: date, clocks: Clocks) -> date | None:
    """The last day for a new PEP after the child started at a new school; None where there is no such clock."""
    return None if clocks.provision_days is None else working_days_after(started_on, clocks.provision_days)


@cites("Gateshead ePEP guidance", "gateshead.gov.uk/article/36726", as_at=_READ_ON, rule="lac 4")
def ask_for_interim(due_by: tuple[date, ...], calendar: Calendar) -> bool | None:
    """Whether to ask the virtual school for an interim PEP: every last day there is falls in the holidays.

    The days do not move. The virtual school starts an interim PEP and the school completes it on return. While one of
    the days is in a term, the school acts by its last practical day instead.

    Args:
        due_by: By when the PEP is to be started and to be complete, as far as the authority has these clocks.

    Returns:
        None where the calendar does not tell.
    """
    holidays = [calendar.is_holiday(day) for day in due_by]
    if False in holidays or not holidays:
        return False
    return None if None in holidays else True


@cites("Tallystick: last practical day", "", as_at=_READ_ON, verified=False, rule="lac 6")
def practical_day(due_by: date, calendar: Calendar) -> date | None:
    """The last school day up to and including the due day; None where the calendar does not tell.

    The due day itself stays as it is.
    """
    return calendar.school_day_on_or_before(due_by)


@cites("Tallystick: whose lateness it is", "", as_at=_READ_ON, verified=False, rule="lac 8")
def late(
    due_by: date,
    today: date,
    handings: tuple[Handing, ...] = (),
    looked_after_on: date | None = None,
    told_on: date | None = None,
    begins_with: Party = "school",
) -> Lateness:
    """Whose lateness it is: of the one in whose hands the PEP lay when its last day was over.

    A school that was told late has as many working days as if it had been told at once. The due day does not move; what
    is late until then is the authority's lateness. So is a PEP that was sent in time and agreed, or returned, late.
    Days after that count for whoever had it in hand.

    Args:
        handings: What is done ends the lateness; until then it runs to today.
        told_on: The day the school was told; None when that is not known, which counts as told at once.
        begins_with: Who has it in hand at first; with most authorities the social worker starts a PEP.
    """
    told_after = working_days_until(looked_after_on, told_on) if looked_after_on and told_on else 0
    school_by = working_days_after(due_by, told_after)
    ended_on = min((one.on_day for one in handings if one.kind == "done"), default=today)
    over = [due_by + n * _DAY for n in range((ended_on - due_by).days)]  # each day whose end found it not done
    hands = [_in_hands_of(handings, day, begins_with) if day >= school_by else "authority" for day in over]
    return Lateness(
        hands[0] if hands else None, hands.count("school"), hands.count("authority"), notified_late=told_after > 0
    )


def _in_hands_of(handings: Iterable[Handing], at_end_of: date, begins_with: Party) -> Party:
    holder = begins_with
    for one in sorted(handings, key=lambda one: one.on_day):
        if one.on_day <= at_end_of and one.kind != "done":
            holder = "authority" if one.kind == "sent" else "school"
    return holder


@cites(
    "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33",
    "legislation.gov.uk/uksi/2010/959/regulation/33",
    as_at=_READ_ON,
    verified=False,
    rule="lac 12",
)
def review_by(looked_after_on: date, held_on: tuple[date, ...] = ()) -> date | None:
    """The last day for the next review of the child's care; None for a time whose rule is not known.

    The first within 20 working days; the second within three months of the first; each later one within six months of
    the day the last was held, not of the day it was due. Where a month has no such day, its end.

    Args:
        held_on: The days on which reviews were held.
    """
    last_on = max(held_on, default=looked_after_on)
    edition = in_force(REVIEW_CLOCKS, last_on)
    if edition is None:
        return None
    if not held_on:
        return working_days_after(last_on, edition.value.first_days)
    return months_after(last_on, edition.value.second_months if len(held_on) == 1 else edition.value.later_months)


@cites(
    "Knowsley: end of the academic year; Oldham: the birthday",
    "knowsleychildcare.proceduresonline.com/p_review_pep.html",
    as_at=_READ_ON,
    rule="lac 38",
)
def pep_duty_ends(born_on: date, ends: Ends) -> date:
    """The last day of the duty to have a PEP, as the authority says: the 18th birthday, or its academic year's end."""
    turns_18_on = birthday(born_on, 18)
    return turns_18_on if ends == "birthday" else academic_year_dates(academic_year(turns_18_on))[1]
