"""What staff cost: a year, an hour, some minutes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Edition, in_force
from plugins.finance.codes import (
    DIRECTED_HOURS,
    FULL_WEEK,
    INSURANCE,
    LOCAL_PENSION,
    SUPPORT_AWARDS,
    SUPPORT_POINTS,
    SUPPORT_SCENARIOS,
    TEACHER_AWARDS,
    TEACHER_POINTS,
    TEACHERS_PENSION,
    Allowance,
    Award,
    Insurance,
)
from plugins.finance.rules import (
    StaffCost,
    allowance_findings,
    authority_cost,
    awarded,
    contact_minutes,
    cost_of_minutes,
    hour_cost,
    insurance_by_post,
    line_minutes,
    national_insurance,
    pay_for_post,
    shared,
    staff_cost,
)

RATE = Insurance(1_500, 500_000)
TA_PAY = pay_for_post(2_518_500, 1_950, 2_220, 44_600, 52_143)
TA = staff_cost(TA_PAY, national_insurance(TA_PAY, RATE), 2_200)
TA_MINUTES = contact_minutes(1_950, 38)
TEACHER_PAY = 4_535_200 + 300_000
TEACHER = staff_cost(TEACHER_PAY, national_insurance(TEACHER_PAY, RATE), 2_868)
PAY = st.integers(0, 10**7)


def test_a_teaching_assistant_s_year_and_hour() -> None:
    assert StaffCost(pay_pence=1_892_180, insurance_pence=208_827, pension_pence=416_280, levy_pence=0) == TA  # rule 17
    assert TA.total_pence == 2_517_287
    assert TA_MINUTES == 1_235 * 60
    assert hour_cost(TA.total_pence, TA_MINUTES) == 2_038
    assert Fraction(TA.total_pence * 60, TA_MINUTES).limit_denominator(1_235) == Fraction(2_517_287, 1_235)


def test_a_teacher_s_year_and_hour() -> None:
    assert StaffCost(4_835_200, 650_280, 1_386_735, 0) == TEACHER  # rule 20
    assert TEACHER.total_pence == 6_872_215
    assert hour_cost(TEACHER.total_pence, DIRECTED_HOURS.value * 60) == 5_433


def test_the_worked_posts_stand_in_the_dated_tables() -> None:
    points = in_force(SUPPORT_POINTS, date(2025, 9, 1))
    scale = in_force(TEACHER_POINTS, date(2025, 9, 1))
    rate, pension = in_force(INSURANCE, date(2025, 9, 1)), in_force(TEACHERS_PENSION, date(2025, 9, 1))
    assert points
    assert scale
    assert rate
    assert pension
    assert points.value["4"] == 2_518_500
    assert scale.value["M6"] == 4_535_200
    assert (rate.value, rate.verified) == (RATE, True)
    assert pension.value == 2_868
    assert (LOCAL_PENSION.value, LOCAL_PENSION.verified) == (2_200, False)  # an example
    assert FULL_WEEK.value == 2_220
    assert in_force(SUPPORT_POINTS, date(2026, 9, 1)) is None  # and no neighbour's


@pytest.mark.parametrize(
    ("weekly_minutes", "paid_weeks", "pence"),
    [
        pytest.param(1_950, 44_600, 1_892_180, id="rule 17"),
        (2_220, 52_143, 2_518_500),
        (1_110, 52_143, 1_259_250),
        (0, 44_600, 0),
    ],
)
def test_pay_goes_with_hours_and_weeks(weekly_minutes: int, paid_weeks: int, pence: int) -> None:
    assert pay_for_post(2_518_500, weekly_minutes, 2_220, paid_weeks) == pence


@pytest.mark.parametrize(("full", "weeks"), [(0, 52_143), (2_220, 0)])
def test_a_full_time_week_and_year_have_a_length(full: int, weeks: int) -> None:
    with pytest.raises(ValueError, match="must have a length"):
        pay_for_post(2_518_500, 1_950, full, 44_600, weeks)


@pytest.mark.parametrize(
    ("pay_pence", "pence"),
    [
        pytest.param(1_892_180, 208_827, id="rule 17"),
        pytest.param(4_835_200, 650_280, id="rule 20"),
        pytest.param(480_000, 0, id="rule 25, below the floor"),
        (500_000, 0),
        (500_010, 2),
        (0, 0),
    ],
)
def test_insurance_is_paid_above_the_floor(pay_pence: int, pence: int) -> None:
    assert national_insurance(pay_pence, RATE) == pence


def test_the_rise_of_april_2025_is_the_published_one() -> None:
    before = Insurance(1_380, 910_000)
    assert national_insurance(3_500_000, RATE) - national_insurance(3_500_000, before) == 92_580


def test_two_posts_with_one_employer_have_one_floor() -> None:
    told = insurance_by_post({"mornings": 480_000, "lunches": 320_000}, RATE)
    assert told == {"mornings": 27_000, "lunches": 18_000}  # rule 25
    assert sum(told.values()) == national_insurance(800_000, RATE)
    assert insurance_by_post({"mornings": 0}, RATE) == {"mornings": 0}


@given(st.dictionaries(st.text("ab", min_size=1, max_size=3), PAY, max_size=4))
def test_insurance_by_post_is_the_person_s(pay: dict[str, int]) -> None:
    assert sum(insurance_by_post(pay, RATE).values()) == national_insurance(sum(pay.values()), RATE)


@given(PAY, PAY)
def test_more_pay_never_costs_less(one: int, other: int) -> None:
    less, more = (staff_cost(pay, national_insurance(pay, RATE), 2_868, 50).total_pence for pay in sorted((one, other)))
    assert 0 <= less <= more


def test_a_large_employer_pays_the_levy() -> None:
    cost = staff_cost(2_000_000, 0, 0, 50)
    assert cost == StaffCost(2_000_000, 0, 0, 10_000)
    assert cost.total_pence == 2_010_000


@pytest.mark.parametrize(
    ("minutes", "pence"),
    [
        pytest.param(line_minutes(12, 3, 30, 10), 48_919, id="rule 18"),
        (60, 2_038),
        (0, 0),
        (TA_MINUTES, 2_517_287),
    ],
)
def test_minutes_are_costed_from_the_year(minutes: int, pence: int) -> None:
    assert cost_of_minutes(TA.total_pence, TA_MINUTES, minutes) == pence


def test_a_rounded_hour_would_lose_seven_pence() -> None:
    assert line_minutes(12, 3, 30, 10) == 24 * 60
    assert cost_of_minutes(TA.total_pence, TA_MINUTES, 24 * 60) - 24 * hour_cost(TA.total_pence, TA_MINUTES) == 7


def test_a_post_without_minutes_has_no_cost_a_minute() -> None:
    with pytest.raises(ValueError, match="minutes with pupils"):
        hour_cost(100, 0)


@given(PAY, st.integers(1, 10**5), st.integers(0, 10**4))
def test_the_cost_is_the_nearest_penny(year_pence: int, year_minutes: int, minutes: int) -> None:
    cost = cost_of_minutes(year_pence, year_minutes, minutes)
    assert abs(2 * (cost * year_minutes - year_pence * minutes)) <= year_minutes


def test_the_authority_s_rate_is_shared_by_the_group() -> None:
    assert authority_cost(65_500, 5 * 60) == 327_500  # rule 21
    assert set(shared(327_500, dict.fromkeys("abcd", 1)).values()) == {81_875}
    assert authority_cost(65_500, 45) == 49_125


@pytest.mark.parametrize(
    ("year_pence", "award", "pence"),
    [
        pytest.param(3_000_000, Award(320), 3_096_000, id="rule 23"),
        pytest.param(2_518_500, SUPPORT_SCENARIOS["as_claimed"].value, 2_818_500, id="£3,000 is more than 10 %"),
        pytest.param(4_000_000, SUPPORT_SCENARIOS["as_claimed"].value, 4_400_000, id="10 % is more than £3,000"),
        (2_518_500, SUPPORT_SCENARIOS["as_last_year"].value, 2_599_092),
    ],
)
def test_an_award_raises_a_year_s_pay(year_pence: int, award: Award, pence: int) -> None:
    assert awarded(year_pence, award) == pence


def test_the_plan_for_2026_gives_the_points_that_are_told_of_it() -> None:
    award, before = in_force(TEACHER_AWARDS, date(2026, 9, 1)), in_force(TEACHER_POINTS, date(2026, 8, 31))
    planned = in_force(TEACHER_POINTS, date(2026, 9, 1))
    assert award
    assert before
    assert planned
    assert not award.verified
    assert not planned.verified
    for point, pence in planned.value.items():
        assert abs(awarded(before.value[point], award.value) - pence) < 100  # told to the pound


@pytest.mark.parametrize("awards", [TEACHER_AWARDS, SUPPORT_AWARDS])
def test_only_the_awards_that_were_made_are_verified(awards: tuple[Edition[Award], ...]) -> None:
    assert [award.verified for award in awards] == [award.from_on.year == 2025 for award in awards]


@pytest.mark.parametrize(
    ("allowance", "year_pence", "on_day", "codes"),
    [
        ("SEN", 300_000, date(2025, 9, 1), []),
        ("SEN", 278_700, date(2026, 8, 31), []),
        ("SEN", 278_699, date(2025, 9, 1), ["outside_range"]),
        ("SEN", 549_701, date(2025, 9, 1), ["outside_range"]),
        ("TLR2", 352_700, date(2025, 9, 1), []),
        ("TLR3", 352_700, date(2025, 9, 1), ["outside_range"]),
        ("SEN", 300_000, date(2026, 9, 1), ["range_not_known"]),
    ],
)
def test_an_allowance_lies_in_its_range(allowance: Allowance, year_pence: int, on_day: date, codes: list[str]) -> None:
    assert [finding.code for finding in allowance_findings(allowance, year_pence, on_day)] == codes
