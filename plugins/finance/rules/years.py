"""The years money is counted in, and what part of one a pupil or a member of staff was there for."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct

from core.law import cites
from core.money import half_up
from core.periods import last_day

from ..codes import SCHOOL_WEEKS, YEARS, Basis, YearKind

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)


class Year(Struct, frozen=True):
    """One year of a kind."""

    name: str  # such as 2026-27
    from_on: date
    until_by: date  # its last day, inclusive


class PartOfYear(Struct, frozen=True):
    """So many months, days or school weeks of all there are in a year."""

    count: int
    of: int
    basis: Basis


class PayStep(Struct, frozen=True):
    """A year's pay, from a day on."""

    from_on: date
    year_pence: int


_cites_years = cites(
    "Academy accounts, grants and pay: when each year runs",
    "",
    as_at=_READ_ON,
    verified=False,
    rule="finance section 3",
)


@_cites_years
def year_beginning(kind: YearKind, year: int) -> Year:
    """The year of that kind which begins in that calendar year."""
    start = YEARS[kind]
    from_on = date(year, start.month, start.day)
    return Year(f"{year}-{(year + 1) % 100:02}", from_on, last_day(months=12, starting_with=from_on))


@_cites_years
def year_of(kind: YearKind, on_day: date) -> Year:
    """The year of that kind in which a day lies."""
    start = YEARS[kind]
    return year_beginning(kind, on_day.year - ((on_day.month, on_day.day) < (start.month, start.day)))


@_cites_years
def period_of(kind: YearKind, on_day: date) -> int:
    """Which month of its year a day lies in, 1 to 12: August is the twelfth of the academic year."""
    start = YEARS[kind]
    return (on_day.month - start.month - (on_day.day < start.day)) % 12 + 1


@cites("Authorities' own terms for part years", "", as_at=_READ_ON, verified=False, rule="finance 9")
def part_of_year(
    year: int,
    basis: Basis,
    from_on: date | None = None,
    until_by: date | None = None,
    kind: YearKind = "academic",
    school_weeks: int | None = None,
) -> PartOfYear:
    """What part of a year somebody was there for, counted as the authority or the contract has it.

    A month begun counts whole. Days outside the year do not count.

    Args:
        year: The calendar year in which it begins.
        from_on: The first day; None when it lies before the year.
        until_by: The last day, inclusive; None when it lies after the year.
        school_weeks: School weeks between the two; needed where weeks are counted.

    Raises:
        ValueError: Weeks are to be counted, and nobody said how many there are, or said more than a year has.
    """
    whole = year_beginning(kind, year)
    first, last = max(from_on or whole.from_on, whole.from_on), min(until_by or whole.until_by, whole.until_by)
    there = first <= last
    if basis == "months":
        months = period_of(kind, last) - period_of(kind, first) + 1 if there else 0
        return PartOfYear(months, 12, basis)
    if basis == "days":
        return PartOfYear(_days(first, last) if there else 0, _days(whole.from_on, whole.until_by), basis)
    if school_weeks is None or not 0 <= school_weeks <= SCHOOL_WEEKS.value:
        raise ValueError(f"give the school weeks, 0 to {SCHOOL_WEEKS.value}")
    return PartOfYear(school_weeks if there else 0, SCHOOL_WEEKS.value, basis)


@cites("Tallystick: each award from its own day", "", as_at=_READ_ON, verified=False, rule="finance 23")
def pay_in_year(
    year: int, basis: Basis, steps: tuple[PayStep, ...], from_on: date | None = None, until_by: date | None = None
) -> int:
    """What a post is paid in an academic year, in pence: each step of pay from its day, until the next.

    Counted by months or by days as the contract has it, never by both; rounded once, at the end.

    Args:
        year: The calendar year in which the academic year begins.
        steps: What the post is paid, in any order; the earliest holds before it, too.
        from_on: The first day of the post; None when it lies before the year.
        until_by: Its last, inclusive; None when it lies after the year.

    Raises:
        ValueError: There is no step, weeks are asked for, or months are counted and a step begins within one.
    """
    in_order = sorted(steps, key=lambda step: step.from_on)
    if not in_order or basis == "weeks":
        raise ValueError("pay needs a step, and is counted by months or by days")
    whole = year_beginning("academic", year)
    first, last = max(from_on or whole.from_on, whole.from_on), min(until_by or whole.until_by, whole.until_by)
    if basis == "months" and any(first < step.from_on <= last and step.from_on.day > 1 for step in in_order[1:]):
        raise ValueError("where months are counted, a step begins on the first of a month")
    exact = Fraction(0)
    for n, step in enumerate(in_order):
        begins = max(first, step.from_on) if n else first
        ends = min(last, in_order[n + 1].from_on - _DAY) if n + 1 < len(in_order) else last
        if begins <= ends:
            part = part_of_year(year, basis, begins, ends)
            exact += Fraction(step.year_pence * part.count, part.of)
    return half_up(exact)


def _days(first: date, last: date) -> int:
    """How many days, both counted."""
    return (last - first).days + 1
