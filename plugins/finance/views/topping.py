"""A pupil's top-up beside what came of it: month by month, and when the pupil leaves."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from core.periods import academic_year_dates, months_after

from ..facts import TopUpAgreed
from ..rules import Leaver, by_month, leaver, part_of_year
from .pupils import Costs


class TopUpYear(msgspec.Struct, frozen=True):
    """A top-up in an academic year, in pence."""

    told: TopUpAgreed
    due_pence: int
    """For the months that have begun."""
    received_pence: int
    left: Leaver | None
    """What was earned by the pupil's last day, and what goes back; None while it is not cut short."""


def top_up_years(known: Costs, left_on: date | None, year: int, today: date) -> tuple[TopUpYear, ...]:
    """Every top-up of an academic year, in the order they were agreed.

    Args:
        left_on: The pupil's last day on roll; None while on roll.
    """
    first, last = academic_year_dates(year)
    return tuple(
        TopUpYear(
            one,
            _due(one, year, min(last, today, left_on or last)),
            known.received(one.top_up, first, last),
            _leaving(known, one, left_on),
        )
        for one in known.top_ups.values()
        if one.from_on <= last and (one.until_by is None or first <= one.until_by)
    )


def _due(one: TopUpAgreed, year: int, until: date) -> int:
    """A twelfth of the year's sum for each month of an academic year that has begun, up to a day."""
    begun = part_of_year(year, "months", one.from_on, min(one.until_by or until, until))
    return sum(by_month(one.yearly_pence)[: begun.count])


def _leaving(known: Costs, one: TopUpAgreed, left_on: date | None) -> Leaver | None:
    """For the year of funding in which the pupil left; each begins on the anniversary of the first day."""
    if left_on is None or left_on < one.from_on or (one.until_by is not None and one.until_by <= left_on):
        return None
    years = 0
    while months_after(one.from_on, 12 * (years + 1)) <= left_on:
        years += 1
    begins, next_on = (months_after(one.from_on, 12 * n) for n in (years, years + 1))
    received = known.received(one.top_up, begins, date.max)
    return leaver(one.yearly_pence, begins, next_on - timedelta(days=1), left_on, received)
