"""When backups have let go of a key, when a hold is looked at again, and the grounds there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disposal.grounds import every_ground, grounds
from core.disposal.rules import backups_until, hold_review_findings

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("destroyed_on", "window", "until"),
    [
        (MONDAY, 35, date(2026, 12, 21)),
        (MONDAY, 1, date(2026, 11, 17)),  # a backup made on the day is there for the whole of the next
        (date(2028, 2, 1), 35, date(2028, 3, 7)),  # over a leap day
    ],
)
def test_the_last_day_a_backup_may_hold_a_key(destroyed_on: date, window: int, until: date) -> None:
    assert backups_until(destroyed_on, window) == until


@pytest.mark.parametrize(
    ("placed_on", "review_by", "codes"),
    [
        (MONDAY, MONDAY, ["review_too_soon"]),
        (MONDAY, MONDAY + timedelta(days=1), []),
        (MONDAY, date(2027, 11, 15), []),  # the eve of the anniversary
        (MONDAY, date(2027, 11, 16), ["review_too_late"]),
        (date(2024, 2, 29), date(2025, 2, 28), []),  # a leap day has no anniversary
    ],
)
def test_a_hold_is_looked_at_again_within_a_year(placed_on: date, review_by: date, codes: list[str]) -> None:
    assert [one.code for one in hold_review_findings(placed_on, review_by)] == codes


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 400))
def test_a_later_end_never_leaves_backups_sooner(day: date, window: int) -> None:
    assert backups_until(day, window) < backups_until(day + timedelta(days=1), window)


def test_every_ground_says_where_it_stands() -> None:
    assert grounds(date(2018, 5, 24)) == {}
    assert grounds(MONDAY) == every_ground()
    assert all(one.says and one.source for one in every_ground().values())
