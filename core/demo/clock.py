"""The made-up trust's time: a clock set by hand, and office hours."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from random import Random

from core.periods import LONDON


class Clock:
    """Gives microseconds since 1970 UTC, as a building wants them; stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def __call__(self) -> int:
        return self._us

    def set(self, at: datetime) -> None:
        self._us = round(at.timestamp() * 1_000_000)


def at_hour(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of that day in London."""
    return datetime.combine(day, time(hour, minute, second), LONDON)


def office_hour(rng: Random, day: date) -> datetime:
    """Some instant of that day between a quarter to nine and half past four."""
    return at_hour(day, 8, 45) + timedelta(seconds=rng.randrange(7 * 3600 + 2700))


def on_or_after(days: list[date], day: date) -> date | None:
    """The first of these days, which are in order, that is not before a day; None when there is none."""
    at = bisect_left(days, day)
    return days[at] if at < len(days) else None


def days_until_typed(rng: Random) -> int:
    """How long something waits before it is typed: mostly not at all, sometimes days, now and then weeks."""
    chance = rng.random()
    if chance < 0.62:
        return 0
    if chance < 0.82:
        return rng.randint(1, 4)
    return rng.randint(5, 20) if chance < 0.95 else rng.randint(21, 60)
