"""Counting days: months and weeks, working days, school days, academic years, ages.

Working days and school days are different clocks. A period in weeks or months runs through both of them unmoved.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from msgspec import Struct

LONGEST_HOLIDAY = timedelta(weeks=8)
"""A longer stretch between two terms is a term nobody entered: no summer is longer, no lost half-term shorter."""

LONDON = ZoneInfo("Europe/London")

_DAY = timedelta(days=1)


def last_day(*, months: int, starting_with: date) -> date:
    """The last day of a period of months that counts its first day: the eve of the same day of the month.

    12 months starting with 1 September 2025 end on 31 August 2026. Where the later month has no such day, the
    period ends with that month: 12 months starting with 29 February 2024 end on 28 February 2025.
    """
    years, month = divmod(starting_with.month - 1 + months, 12)
    year = starting_with.year + years
    longest = monthrange(year, month + 1)[1]
    if starting_with.day > longest:
        return date(year, month + 1, longest)
    return date(year, month + 1, starting_with.day) - _DAY


def months_after(day: date, n: int) -> date:
    """The same day some months later; where that month has no such day, its end.

    Three months after 30 November 2026 is 28 February 2027.
    """
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks_after(day: date, n: int) -> date:
    """The last day "within n weeks of" a day, which itself is not counted; before it when n is negative."""
    return day + timedelta(weeks=n)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The days Monday to Friday that are bank holidays in England, substitute days among them."""
    from holidays import country_holidays  # noqa: PLC0415  a fifth of a second that few commands need

    return frozenset(day for day in country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5)


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a bank holiday in England. School holidays are working days."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_day_on_or_before(day: date) -> date:
    """That day, or the working day before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def working_days_after(day: date, n: int) -> date:
    """The n-th working day after a day, which itself is not counted; that day when n is 0.

    To count a day that is itself the first, ask for the n-th after its eve.

    Raises:
        OverflowError: No calendar has as many days.
    """
    if n > (date.max - day).days:
        raise OverflowError("no calendar has as many days")
    while n > 0:
        day += _DAY
        n -= is_working_day(day)
    return day


def working_days_until(day: date, last: date) -> int:
    """How many working days come after a day, up to and including the last; 0 when the last does not come after it."""
    return sum(is_working_day(day + n * _DAY) for n in range(1, (last - day).days + 1))


def act_by(legal_date: date) -> date:
    """The day to have acted by: the last working day before the legal date.

    A day in hand, because some count the day of a request as day one; and no legal date moves off a weekend.
    """
    return working_day_on_or_before(legal_date - _DAY)


class Term(Struct, frozen=True):
    """A stretch in which an academy holds sessions, such as a half-term."""

    name: str
    starts_on: date
    ends_on: date


class WholeTerm(Struct, frozen=True):
    """Autumn, spring or summer from its first day to its last, the half-term holiday within it."""

    name: str
    starts_on: date
    ends_on: date
    half_by: date | None  # the last day before the half-term holiday; None where no half-term was entered


class Calendar(Struct, frozen=True):
    """What an academy has said of its year. Of what it has not said, nothing is known."""

    terms: tuple[Term, ...] = ()
    closed: frozenset[date] = frozenset()  # days inside a term without a session: INSET, closures

    def is_school_day(self, day: date) -> bool | None:
        """Whether the academy holds a session that day; None where its terms do not tell.

        A weekend, a bank holiday, a closed day and a holiday between two terms are no school days. Nothing is known
        before the first term, after the last, or in a stretch between two that is longer than any holiday.
        """
        if any(term.starts_on <= day <= term.ends_on for term in self.terms):
            return is_working_day(day) and day not in self.closed
        ended_on = max((term.ends_on for term in self.terms if term.ends_on < day), default=None)
        starts_on = min((term.starts_on for term in self.terms if term.starts_on > day), default=None)
        if ended_on is None or starts_on is None or starts_on - ended_on > LONGEST_HOLIDAY:
            return None
        return False

    def school_days_after(self, day: date, n: int) -> date | None:
        """The n-th school day after a day, which itself is not counted; None when it cannot be computed."""
        while n > 0:
            day += _DAY
            match self.is_school_day(day):
                case None:
                    return None
                case True:
                    n -= 1
        return day

    def school_day_on_or_before(self, day: date) -> date | None:
        """That day, or the school day before it; None when it cannot be computed."""
        while not (known := self.is_school_day(day)):
            if known is None:
                return None
            day -= _DAY
        return day

    def school_act_by(self, legal_date: date) -> date | None:
        """For what the school owes: the last school day before the legal date; None when it cannot be computed."""
        return self.school_day_on_or_before(legal_date - _DAY)

    def is_holiday(self, day: date) -> bool | None:
        """Whether a day lies between two terms; None where the terms do not tell. A closed day in a term does not."""
        if any(term.starts_on <= day <= term.ends_on for term in self.terms):
            return False
        return None if self.is_school_day(day) is None else True

    def school_days_in(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from the first day to the last, both counted, as far as they are known."""
        days = (first + n * _DAY for n in range((last - first).days + 1))
        return tuple(day for day in days if self.is_school_day(day))

    def whole_terms(self) -> tuple[WholeTerm, ...]:
        """Autumn, spring and summer of each year, however the academy has divided them, in their order.

        A stretch belongs to the season its name holds; else to autumn when it starts from August on, to spring from
        January, to summer from April.
        """
        in_order = sorted(self.terms, key=lambda term: term.starts_on)
        return tuple(_whole(tuple(halves)) for _, halves in groupby(in_order, _season))


_SEASONS = ("Spring", "Summer", "Autumn")


def _season(term: Term) -> tuple[int, str]:
    """The academic year a stretch lies in, and its season."""
    named = next((season for season in _SEASONS if season.casefold() in term.name.casefold()), None)
    month = term.starts_on.month
    by_month = "Spring" if month < 4 else "Summer" if month < 8 else "Autumn"
    return academic_year(term.ends_on), named or by_month


def _whole(halves: tuple[Term, ...]) -> WholeTerm:
    first, last = halves[0], halves[-1]
    _, season = _season(first)
    name = f"{season} {first.starts_on.year}"
    return WholeTerm(name, first.starts_on, last.ends_on, first.ends_on if len(halves) > 1 else None)


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of a day began; it runs from 1 September to 31 August."""
    return day.year if day.month >= 9 else day.year - 1


def academic_year_dates(year: int) -> tuple[date, date]:
    """The first and last day of the academic year that begins in that calendar year."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def birthday(born_on: date, age: int) -> date:
    """The day on which someone reaches an age; 1 March of a common year for who was born on 29 February."""
    day = months_after(born_on, 12 * age)
    return day if day.day == born_on.day else day + _DAY


def age_on(born_on: date, day: date) -> int:
    """Whole years of age. Who was born on 29 February is a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def london_today(now: datetime) -> date:
    """The date in London at an instant.

    Raises:
        ValueError: The instant has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("An instant needs its time zone.")
    return now.astimezone(LONDON).date()
