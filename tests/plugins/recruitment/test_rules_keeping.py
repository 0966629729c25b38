"""Until when things are kept, and reminders of a right to work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.recruitment.codes import RETENTION
from plugins.recruitment.rules import (
    copy_findings,
    delete_copy_on,
    erase_on,
    right_to_work_reminders,
    right_to_work_state,
)

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("received_on", "delete_on"),
    [
        pytest.param(date(2027, 1, 15), date(2027, 7, 15), id="R21"),
        pytest.param(date(2026, 8, 31), date(2027, 2, 28), id="R21, to the end of February"),
        pytest.param(date(2027, 8, 31), date(2028, 2, 29), id="R21, of a leap year"),
    ],
)
def test_a_copy_of_a_certificate_goes_after_six_months(received_on: date, delete_on: date) -> None:
    assert delete_copy_on(received_on) == delete_on


def test_a_copy_is_kept_only_for_a_reason() -> None:
    assert [finding.code for finding in copy_findings(" ")] == ["no_reason"]
    assert copy_findings("The disclosure is being weighed.") == ()


def test_an_unsuccessful_applicant_is_erased_after_six_months_unless_on_hold() -> None:
    assert erase_on(TODAY) == date(2027, 5, 22)  # R22
    assert erase_on(TODAY, hold=True) is None


@given(st.dates(max_value=date(9000, 1, 1)))
def test_what_came_later_never_goes_sooner(day: date) -> None:
    assert day < delete_copy_on(day) <= delete_copy_on(day + DAY)
    assert delete_copy_on(day) - day <= timedelta(days=184)


def test_only_the_certificate_and_the_record_are_kept_by_a_rule_that_was_read() -> None:
    kept = RETENTION[-1].value
    assert {key for key, one in kept.items() if one.verified} == {"dbs_copy", "dbs_fact", "own_copies", "record_row"}
    assert {key: one.months for key, one in kept.items()} == {
        "unsuccessful": 6,
        "unsuccessful_copies": 0,
        "dbs_copy": 6,
        "dbs_fact": 0,
        "declarations": 6,
        "own_copies": 0,
        "right_to_work_copy": 24,
        "record_row": 0,
        "personnel_file": 72,
    }


@pytest.mark.parametrize(
    ("expires_on", "today", "reminders"),
    [
        pytest.param(
            date(2027, 3, 31),
            TODAY,
            [
                (date(2026, 12, 31), 90, False),
                (date(2027, 1, 30), 60, False),
                (date(2027, 3, 1), 30, False),
                (date(2027, 3, 17), 14, False),
                (date(2027, 3, 24), 7, False),
            ],
            id="R23",
        ),
        pytest.param(
            date(2027, 1, 10),
            TODAY,
            [
                (date(2026, 11, 11), 60, True),
                (date(2026, 12, 11), 30, False),
                (date(2026, 12, 27), 14, False),
                (date(2027, 1, 3), 7, False),
            ],
            id="R23, one overdue for two",
        ),
        pytest.param(date(2026, 11, 29), TODAY, [(date(2026, 11, 15), 14, True), (TODAY, 7, False)], id="due today"),
        pytest.param(date(2026, 1, 1), TODAY, [(date(2025, 12, 25), 7, True)], id="expired"),
    ],
)
def test_a_right_to_work_is_remembered_before_it_expires(
    expires_on: date, today: date, reminders: list[tuple[date, int, bool]]
) -> None:
    found = right_to_work_reminders(expires_on, today)
    assert [(one.on_day, one.days_before, one.overdue) for one in found] == reminders


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(-200, 200))
def test_there_is_never_more_than_one_overdue_reminder(expires_on: date, days: int) -> None:
    today = expires_on + days * DAY
    found = right_to_work_reminders(expires_on, today)
    assert [one.overdue for one in found] == [True] * (days > -90) + [False] * (len(found) - (days > -90))
    assert all(one.on_day >= today for one in found if not one.overdue)


@pytest.mark.parametrize(
    ("expires_on", "state"),
    [
        (None, "holds"),
        (TODAY + 91 * DAY, "holds"),
        (TODAY + 90 * DAY, "expiring"),
        (TODAY, "expiring"),
        pytest.param(TODAY - DAY, "at_risk", id="R24"),
    ],
)
def test_an_expired_right_to_work_is_a_risk_and_no_dismissal(expires_on: date | None, state: str) -> None:
    assert right_to_work_state(expires_on, TODAY) == state
