"""The years that are reported on."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from core.periods import academic_year, academic_year_dates

_LONDON = ZoneInfo("Europe/London")


class Year(msgspec.Struct, frozen=True):
    """An academic year and its report, which is closed at the end of September after it and never changes again."""

    begins: int
    """The calendar year it begins in."""

    @property
    def name(self) -> str:
        return f"{self.begins}-{(self.begins + 1) % 100:02}"

    @property
    def first(self) -> date:
        return academic_year_dates(self.begins)[0]

    @property
    def last(self) -> date:
        return academic_year_dates(self.begins)[1]

    @property
    def closed_on(self) -> date:
        return date(self.begins + 1, 9, 30)

    @property
    def known_at(self) -> datetime:
        return datetime.combine(self.closed_on, time.max, _LONDON)

    @property
    def before(self) -> Year:
        return Year(self.begins - 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def closed_years(today: date) -> tuple[Year, ...]:
    """The last three years whose report is closed, the newest first."""
    newest = Year(academic_year(today) - 1)
    if newest.closed_on >= today:
        newest = newest.before
    return newest, newest.before, newest.before.before
