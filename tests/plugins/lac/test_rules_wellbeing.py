"""The questionnaire, attendance, and suspensions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.lac.rules import (
    Telling,
    absence_rate,
    persistent_absence,
    sdq_band,
    sdq_findings,
    sdq_is_returnable,
    suspension_cap_findings,
    suspension_tasks,
    telling_findings,
    telling_is_overdue,
)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """The code of each finding; each stands in the way and says something."""
    assert all(finding.says and finding.level == "error" for finding in findings)
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("score", "reason", "found"),
    [
        pytest.param("0", "", [], id="rule 24, 0"),
        pytest.param("40", "", [], id="rule 24, 40"),
        pytest.param("41", "", ["bad_score"], id="rule 24, 41"),
        pytest.param("39.5", "", ["bad_score"], id="rule 24, 39.5"),
        pytest.param("ten", "", ["bad_score"], id="rule 24, ten"),
        pytest.param("12", "SDQ2", ["score_and_reason"], id="rule 24, both"),
        (" 12 ", "", []),
        ("-1", "", ["bad_score"]),
        ("\u0661\u0662", "", ["bad_score"]),  # digits, but not of ours
        ("", "SDQ5", []),
        ("", "SDQ6", ["unknown_reason"]),
        ("", "", ["no_score"]),
        ("41", "SDQ6", ["bad_score", "unknown_reason", "score_and_reason"]),
    ],
)
def test_a_total_is_a_whole_number_or_a_reason(score: str, reason: str, found: list[str]) -> None:
    assert codes(sdq_findings(score, reason)) == found


@given(st.integers(-100, 100))
def test_just_the_totals_from_0_to_40_are_accepted(score: int) -> None:
    assert (sdq_findings(str(score), "") == ()) == (0 <= score <= 40)


@pytest.mark.parametrize(
    ("born_on", "looked_after_on", "returnable"),
    [
        pytest.param(date(2014, 5, 1), date(2026, 4, 30), False, id="rule 24, eleven months"),
        pytest.param(date(2014, 5, 1), date(2026, 4, 1), True, id="rule 24, twelve months"),
        pytest.param(date(2014, 5, 1), date(2026, 4, 2), False, id="a day less"),
        (date(2023, 3, 31), date(2024, 1, 1), True),  # four that day
        (date(2023, 4, 1), date(2024, 1, 1), False),
        (date(2010, 4, 1), date(2024, 1, 1), True),  # sixteen
        (date(2010, 3, 31), date(2024, 1, 1), False),  # seventeen that day
    ],
)
def test_a_total_is_returned_after_a_year_in_care(born_on: date, looked_after_on: date, returnable: bool) -> None:
    assert sdq_is_returnable(born_on, looked_after_on, 2027) is returnable


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "normal"),
        (13, "normal"),
        (14, "borderline"),
        (16, "borderline"),
        (17, "cause for concern"),
        (40, "cause for concern"),
        (41, None),
        (-1, None),
    ],
)
def test_a_total_is_read_by_its_band(score: int, band: str | None) -> None:
    assert sdq_band(score) == band


@pytest.mark.parametrize(
    ("missed", "sessions", "rate", "persistent"),
    [
        pytest.param(13, 128, 1_016, True, id="rule 25, 13 of 128"),
        pytest.param(12, 128, 938, False, id="rule 25, 12 of 128"),
        (10, 100, 1_000, True),  # a tenth
        (0, 128, 0, False),
        (9_999, 100_000, 1_000, False),  # by the rounded rate it would be one
        (0, 0, None, None),
    ],
)
def test_a_tenth_of_the_sessions_missed_is_persistent_absence(
    missed: int, sessions: int, rate: int | None, persistent: bool | None
) -> None:
    assert absence_rate(missed, sessions) == rate
    assert persistent_absence(missed, sessions) is persistent


def test_rule_25_sessions_elsewhere_and_not_required_leave_the_bottom_line() -> None:
    assert persistent_absence(12, 128) is False
    assert persistent_absence(12, 128, dual_registered=8) is True
    assert persistent_absence(12, 128, not_required=8) is True
    assert absence_rate(12, 128, dual_registered=4, not_required=4) == 1_000
    assert persistent_absence(0, 20, dual_registered=10, not_required=10) is None
    assert absence_rate(0, 20, dual_registered=10, not_required=10) is None


@given(st.integers(0, 400), st.integers(1, 400))
def test_another_session_missed_never_ends_persistent_absence(missed: int, sessions: int) -> None:
    before, after = persistent_absence(missed, sessions), persistent_absence(missed + 1, sessions)
    assert before is not None
    assert after is not None
    assert before <= after


TUESDAY = date(2026, 11, 24)
AT_14_10 = 14 * 60 + 10


@pytest.mark.parametrize(
    ("has_social_worker", "looked_after", "whom"),
    [
        pytest.param(True, True, ["social_worker", "virtual_school", "carer"], id="rule 26"),
        (True, False, ["social_worker", "carer"]),
        (False, True, ["virtual_school", "carer"]),
        (False, False, ["carer"]),
    ],
)
def test_a_suspension_is_told_at_once(has_social_worker: bool, looked_after: bool, whom: list[str]) -> None:
    assert suspension_tasks(TUESDAY, has_social_worker, looked_after) == tuple(Telling(one, TUESDAY) for one in whom)


@pytest.mark.parametrize(
    ("told_on", "told_minutes", "channel", "found"),
    [
        pytest.param(TUESDAY, AT_14_10 + 5, "telephone", [], id="rule 26, told"),
        pytest.param(TUESDAY, None, "telephone", ["no_time"], id="rule 26, no time"),
        pytest.param(None, AT_14_10, "telephone", ["no_time"], id="rule 26, no day"),
        pytest.param(TUESDAY, AT_14_10, " ", ["no_channel"], id="rule 26, no channel"),
        pytest.param(None, None, "", ["no_time", "no_channel"], id="rule 26, nothing"),
        (TUESDAY, AT_14_10 - 1, "telephone", ["told_before_decision"]),
        (date(2026, 11, 25), 0, "secure mail", []),
    ],
)
def test_telling_is_closed_with_time_and_channel(
    told_on: date | None, told_minutes: int | None, channel: str, found: list[str]
) -> None:
    assert codes(telling_findings(TUESDAY, AT_14_10, told_on, told_minutes, channel)) == found


@pytest.mark.parametrize(
    ("told_on", "today", "overdue"),
    [
        pytest.param(None, TUESDAY, False, id="rule 26, that day"),
        pytest.param(None, date(2026, 11, 25), True, id="rule 26, that day is over"),
        (TUESDAY, date(2026, 12, 1), False),
        (date(2026, 11, 25), date(2026, 12, 1), True),
    ],
)
def test_telling_is_overdue_when_the_day_of_the_decision_is_over(
    told_on: date | None, today: date, overdue: bool
) -> None:
    assert telling_is_overdue(TUESDAY, told_on, today) is overdue


@pytest.mark.parametrize(
    ("used", "new", "elsewhere", "found"),
    [
        pytest.param(87, 4, 0, ["over_45_days"], id="rule 27"),
        pytest.param(40, 4, 47, ["over_45_days"], id="rule 27, at all academies"),
        (87, 3, 0, []),  # 45 days
        (0, 90, 0, []),
        (0, 91, 0, ["over_45_days"]),
    ],
)
def test_at_most_45_days_are_suspended_in_a_school_year(used: int, new: int, elsewhere: int, found: list[str]) -> None:
    assert codes(suspension_cap_findings(used, new, elsewhere)) == found


def test_days_over_the_cap_are_said_as_days() -> None:
    (finding,) = suspension_cap_findings(87, 4)
    assert finding.says.startswith("43.5 school days of this year are used, and 2 more make 45.5. At most 45 ")


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_it_does_not_matter_where_sessions_were_lost(used: int, new: int, elsewhere: int) -> None:
    assert suspension_cap_findings(used, new, elsewhere) == suspension_cap_findings(used + elsewhere, new)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 10))
def test_what_is_told_on_the_day_is_never_overdue(decided_on: date, days: int) -> None:
    later = decided_on + timedelta(days=days)
    assert not telling_is_overdue(decided_on, decided_on, later)
    assert telling_is_overdue(decided_on, None, later) is (days > 0)
