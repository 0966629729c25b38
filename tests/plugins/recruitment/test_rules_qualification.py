"""The SENCO of an academy: the three years, the courses that count, and who may be it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.recruitment.rules import (
    Award,
    Senco,
    SencoDates,
    latest_npq_start,
    qualification_accepted,
    qualification_state,
    qualified_by,
    senco_dates,
    senco_findings,
)
from plugins.recruitment.rules.qualification import AwardKind, State

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("first_on", "hold_by", "breach_on"),
    [
        pytest.param(date(2024, 9, 1), date(2027, 9, 1), date(2027, 9, 2), id="R15"),
        pytest.param(date(2024, 2, 29), date(2027, 2, 28), date(2027, 3, 1), id="R15, a leap day"),
        (date(2025, 2, 28), date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_the_qualification_is_held_by_the_third_anniversary(first_on: date, hold_by: date, breach_on: date) -> None:
    dates = senco_dates(first_on)
    assert qualified_by(first_on) == dates.hold_by == dates.alarm_by == hold_by
    assert dates.breach_on == breach_on
    assert dates.course_by is None


@pytest.mark.parametrize(
    ("award", "begun_on", "completed_on", "accepted"),
    [
        pytest.param("nasenco", date(2024, 1, 10), date(2027, 8, 31), True, id="R16, in time"),
        pytest.param("nasenco", date(2024, 1, 10), date(2027, 9, 1), False, id="R16, a day late"),
        pytest.param("nasenco", date(2024, 9, 1), date(2026, 7, 1), False, id="R16, begun too late"),
        ("nasenco", date(2024, 8, 31), date(2026, 7, 1), True),
        ("nasenco", date(2012, 9, 1), date(2013, 7, 1), True),
        ("nasenco", None, date(2024, 8, 31), True),
        ("nasenco", None, date(2024, 9, 1), False),
        ("nasenco", date(2024, 1, 10), None, False),
        ("npq", date(2024, 9, 1), date(2026, 5, 1), True),
        ("npq", date(2024, 8, 31), date(2026, 5, 1), False),
        ("npq", date(2024, 9, 1), None, False),
        ("npq", None, date(2026, 5, 1), False),
    ],
)
def test_a_course_counts_by_when_it_was_begun_and_completed(
    award: AwardKind, begun_on: date | None, completed_on: date | None, accepted: bool
) -> None:
    assert qualification_accepted(award, begun_on, completed_on) is accepted


@given(st.sampled_from(["nasenco", "npq"]), st.dates(), st.dates())
def test_no_course_counts_as_both(award: AwardKind, begun_on: date, completed_on: date) -> None:
    other: AwardKind = "npq" if award == "nasenco" else "nasenco"
    assert not (
        qualification_accepted(award, begun_on, completed_on) and qualification_accepted(other, begun_on, completed_on)
    )


def test_both_dates_are_shown_and_the_alarm_is_on_the_earlier() -> None:
    assert senco_dates(date(2025, 9, 1), date(2024, 1, 10)) == SencoDates(  # R17
        hold_by=date(2028, 9, 1),
        breach_on=date(2028, 9, 2),
        course_by=date(2027, 8, 31),
        alarm_by=date(2027, 8, 31),
        warn_on=date(2026, 11, 1),
        red_on=date(2027, 3, 1),
    )
    earlier = senco_dates(date(2023, 9, 1), date(2024, 1, 10))
    assert earlier.alarm_by == earlier.hold_by == date(2026, 9, 1)
    assert senco_dates(date(2025, 9, 1), date(2024, 9, 1)).course_by is None


def test_the_npq_is_begun_eighteen_to_twenty_two_months_before() -> None:
    assert latest_npq_start(date(2028, 9, 1)) == (date(2026, 11, 1), date(2027, 3, 1))  # R18


@given(st.dates(date(1990, 1, 1), date(2990, 1, 1)))
def test_the_days_of_a_senco_come_in_their_order(first_on: date) -> None:
    dates = senco_dates(first_on)
    assert first_on < dates.warn_on < dates.red_on < dates.hold_by < dates.breach_on
    assert qualified_by(first_on) <= qualified_by(first_on + DAY)


SENCO = Senco(date(2025, 9, 1), date(2025, 9, 1))
NASENCO = Award("nasenco", date(2024, 1, 10))
NPQ = Award("npq", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("senco", "today", "state"),
    [
        pytest.param(SENCO, TODAY, "WARN", id="R18, no course begun"),
        pytest.param(SENCO, date(2026, 10, 31), "IN_TIME", id="the eve of the warning"),
        pytest.param(SENCO, date(2026, 11, 1), "WARN", id="the day of the warning"),
        pytest.param(SENCO, date(2027, 2, 28), "WARN", id="the eve of red"),
        pytest.param(SENCO, date(2027, 3, 1), "RED", id="the day of red"),
        pytest.param(SENCO, date(2028, 9, 1), "RED", id="the anniversary"),
        pytest.param(SENCO, date(2028, 9, 2), "BREACH", id="the day after"),
        pytest.param(replace(SENCO, awards=(NPQ,)), TODAY, "UNDER_WAY", id="on the NPQ"),
        pytest.param(replace(SENCO, awards=(NPQ,)), date(2028, 9, 2), "BREACH", id="on it too long"),
        pytest.param(replace(SENCO, awards=(NASENCO,)), TODAY, "UNDER_WAY", id="R17, on the National Award"),
        pytest.param(replace(SENCO, awards=(NASENCO,)), date(2027, 8, 31), "UNDER_WAY", id="R17, its last day"),
        pytest.param(replace(SENCO, awards=(NASENCO,)), date(2027, 9, 1), "RED", id="R17, the day after"),
        pytest.param(replace(SENCO, awards=(Award("npq"),)), TODAY, "WARN", id="nobody knows when it was begun"),
        pytest.param(
            replace(SENCO, awards=(replace(NASENCO, completed_on=date(2026, 7, 1)),)), TODAY, "HELD", id="held"
        ),
        pytest.param(
            replace(SENCO, awards=(replace(NASENCO, completed_on=date(2027, 9, 1)),)),
            date(2027, 9, 1),
            "RED",
            id="R16, completed too late",
        ),
        pytest.param(replace(SENCO, served_days=366), TODAY, "REVIEW", id="R19, more than twelve months"),
        pytest.param(replace(SENCO, served_days=365), TODAY, "WARN", id="R19, twelve months"),
        pytest.param(replace(SENCO, first_on=date(2009, 8, 31)), TODAY, "EXEMPT", id="R19, before September 2009"),
        pytest.param(
            Senco(date(2009, 9, 1), date(2009, 9, 1)), TODAY, "BREACH", id="R19, from 1 September 2009 it is timed"
        ),
        pytest.param(
            replace(SENCO, first_on=date(2019, 9, 1), served_days=180), TODAY, "REVIEW", id="out of time by old service"
        ),
        pytest.param(
            replace(SENCO, first_on=date(2019, 9, 1), served_days=180),
            date(2028, 9, 1),
            "REVIEW",
            id="in time by this post alone, its last day",
        ),
        pytest.param(
            replace(SENCO, awards=(replace(NPQ, begun_on=date(2024, 8, 31)),)), TODAY, "WARN", id="an old NPQ"
        ),
        pytest.param(
            replace(SENCO, awards=(replace(NPQ, begun_on=date(2024, 9, 1)),)), TODAY, "UNDER_WAY", id="the new"
        ),
        pytest.param(
            replace(SENCO, awards=(replace(NASENCO, begun_on=date(2024, 9, 1)),)),
            TODAY,
            "WARN",
            id="a late National Award",
        ),
        pytest.param(
            replace(SENCO, first_on=date(2019, 9, 1), served_days=180),
            date(2028, 9, 2),
            "BREACH",
            id="out of time either way",
        ),
    ],
)
def test_where_a_senco_stands(senco: Senco, today: date, state: State) -> None:
    found = qualification_state(senco, today)
    assert found.state == state
    assert found.says.endswith(".")


@pytest.mark.parametrize(
    ("award", "course_by"),
    [
        (NASENCO, date(2027, 8, 31)),
        (replace(NASENCO, completed_on=date(2026, 7, 1)), None),
        (replace(NPQ, begun_on=date(2024, 1, 10)), None),
    ],
)
def test_only_a_national_award_under_way_has_a_last_day_of_its_own(award: Award, course_by: date | None) -> None:
    assert qualification_state(replace(SENCO, awards=(award,)), TODAY).dates.course_by == course_by


FIT = replace(SENCO, qts=True, induction=True, teaches_here=True)


@pytest.mark.parametrize(
    ("senco", "found"),
    [
        pytest.param(FIT, [], id="R20"),
        pytest.param(replace(FIT, qts=False), ["no_qts"], id="R20, not qualified"),
        pytest.param(replace(FIT, induction=False), ["no_induction"], id="R20, induction not done"),
        pytest.param(replace(FIT, teaches_here=False), ["not_teaching_here"], id="R20, teaches elsewhere"),
        pytest.param(replace(SENCO, head=True), [], id="R20, acting head"),
        pytest.param(SENCO, ["no_qts", "no_induction", "not_teaching_here"], id="R20, none of it"),
    ],
)
def test_who_may_be_senco_of_an_academy(senco: Senco, found: list[str]) -> None:
    assert [finding.code for finding in senco_findings(senco)] == found
