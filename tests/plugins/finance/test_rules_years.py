"""Years of each kind, the parts of them, and pay that changes within one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.finance.codes import YEARS, Basis, YearKind
from plugins.finance.rules import (
    PartOfYear,
    PayStep,
    Year,
    part_of_year,
    pay_in_year,
    period_of,
    year_beginning,
    year_of,
)

KINDS = st.sampled_from(sorted(YEARS))
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "on_day", "name", "from_on", "until_by", "period"),
    [
        ("academic", date(2026, 11, 22), "2026-27", date(2026, 9, 1), date(2027, 8, 31), 3),
        ("academic", date(2027, 8, 31), "2026-27", date(2026, 9, 1), date(2027, 8, 31), 12),  # period 12
        ("academic", date(2027, 9, 1), "2027-28", date(2027, 9, 1), date(2028, 8, 31), 1),
        ("financial", date(2027, 3, 31), "2026-27", date(2026, 4, 1), date(2027, 3, 31), 12),
        ("financial", date(2027, 4, 1), "2027-28", date(2027, 4, 1), date(2028, 3, 31), 1),
        ("teachers_pay", date(2026, 9, 1), "2026-27", date(2026, 9, 1), date(2027, 8, 31), 1),
        ("support_pay", date(2026, 9, 1), "2026-27", date(2026, 4, 1), date(2027, 3, 31), 6),
        ("tax", date(2027, 4, 5), "2026-27", date(2026, 4, 6), date(2027, 4, 5), 12),
        ("tax", date(2027, 4, 6), "2027-28", date(2027, 4, 6), date(2028, 4, 5), 1),
        ("tax", date(2000, 3, 1), "1999-00", date(1999, 4, 6), date(2000, 4, 5), 11),
    ],
)
def test_a_day_lies_in_a_year_of_each_kind(
    kind: YearKind, on_day: date, name: str, from_on: date, until_by: date, period: int
) -> None:
    assert year_of(kind, on_day) == Year(name, from_on, until_by)
    assert period_of(kind, on_day) == period


@given(KINDS, DAYS)
def test_the_years_of_a_kind_follow_each_other_without_a_gap(kind: YearKind, on_day: date) -> None:
    year = year_of(kind, on_day)
    assert year.from_on <= on_day <= year.until_by
    assert year_of(kind, year.until_by + DAY).from_on == year.until_by + DAY
    assert year_beginning(kind, year.from_on.year) == year
    assert period_of(kind, year.from_on) == 1
    assert period_of(kind, year.until_by) == 12


FEBRUARY, JANUARY = date(2027, 2, 1), date(2027, 1, 14)


@pytest.mark.parametrize(
    ("basis", "from_on", "until_by", "kind", "count", "of"),
    [
        pytest.param("months", FEBRUARY, None, "academic", 7, 12, id="rule 9"),
        pytest.param("days", FEBRUARY, None, "academic", 212, 365, id="rule 10"),
        pytest.param("days", None, JANUARY, "academic", 136, 365, id="rule 12, a leaver's days"),
        pytest.param("months", None, JANUARY, "academic", 5, 12, id="rule 12, a leaver's payments"),
        pytest.param("days", date(2027, 1, 4), None, "academic", 240, 365, id="rule 24, days"),
        pytest.param("months", date(2027, 1, 4), None, "academic", 8, 12, id="rule 24, months"),
        pytest.param("months", None, date(2027, 3, 31), "academic", 7, 12, id="rule 13, to March"),
        pytest.param("months", date(2026, 9, 1), None, "financial", 7, 12, id="rule 13, from September"),
        ("months", None, None, "academic", 12, 12),
        ("days", date(2020, 1, 1), date(2030, 1, 1), "academic", 365, 365),
        ("months", date(2027, 2, 28), date(2027, 2, 28), "academic", 1, 12),
        ("days", date(2027, 9, 1), None, "academic", 0, 365),
        ("months", date(2027, 9, 1), None, "academic", 0, 12),
        ("months", None, date(2026, 8, 31), "academic", 0, 12),
    ],
)
def test_a_part_of_a_year_is_counted_by_its_basis(
    basis: Basis, from_on: date | None, until_by: date | None, kind: YearKind, count: int, of: int
) -> None:
    assert part_of_year(2026, basis, from_on, until_by, kind) == PartOfYear(count, of, basis)


def test_a_leap_year_has_a_day_more() -> None:
    assert part_of_year(2027, "days").of == 366


def test_school_weeks_are_told_by_whoever_knows_the_terms() -> None:
    assert part_of_year(2026, "weeks", FEBRUARY, school_weeks=22) == PartOfYear(22, 38, "weeks")
    assert part_of_year(2026, "weeks", date(2027, 9, 1), school_weeks=22) == PartOfYear(0, 38, "weeks")


@pytest.mark.parametrize("school_weeks", [None, -1, 39])
def test_school_weeks_are_said_and_no_more_than_there_are(school_weeks: int | None) -> None:
    with pytest.raises(ValueError, match="school weeks"):
        part_of_year(2026, "weeks", school_weeks=school_weeks)


@given(st.integers(2000, 2100), st.integers(1, 364))
def test_the_days_before_and_after_a_day_are_the_year(year: int, n: int) -> None:
    whole = year_beginning("academic", year)
    day = whole.from_on + n * DAY
    before, after = part_of_year(year, "days", until_by=day - DAY), part_of_year(year, "days", day)
    assert before.count + after.count == before.of == after.of


SUPPORT = (PayStep(date(2025, 9, 1), 3_000_000), PayStep(date(2027, 4, 1), 3_096_000))
FLAT = (PayStep(date(2020, 9, 1), 3_000_000),)


@pytest.mark.parametrize(
    ("basis", "steps", "from_on", "until_by", "pence"),
    [
        pytest.param("months", SUPPORT, None, None, 3_040_000, id="rule 23"),
        pytest.param("months", SUPPORT, None, date(2027, 3, 31), 1_750_000, id="rule 23, before the award"),
        pytest.param("months", SUPPORT, date(2027, 4, 1), None, 1_290_000, id="rule 23, after it"),
        pytest.param("days", FLAT, date(2027, 1, 4), None, 1_972_603, id="rule 24, by days"),
        pytest.param("months", FLAT, date(2027, 1, 4), None, 2_000_000, id="rule 24, by months"),
        ("months", tuple(reversed(SUPPORT)), None, None, 3_040_000),
        ("days", SUPPORT, date(2027, 1, 4), None, 2_012_844),  # 87 days of the old pay, 153 of the new
        ("months", (PayStep(date(2028, 9, 1), 1_200),), None, None, 1_200),  # the earliest holds before its day
        ("months", (*FLAT, PayStep(date(2028, 4, 15), 1)), None, None, 3_000_000),  # after the year
        ("months", (PayStep(date(2020, 4, 15), 1), *FLAT), None, None, 3_000_000),
        ("days", FLAT, date(2027, 9, 1), None, 0),
        ("days", (PayStep(date(2025, 9, 1), 365), PayStep(date(2026, 9, 2), 730)), None, None, 729),
    ],
)
def test_pay_follows_each_award_from_its_day(
    basis: Basis, steps: tuple[PayStep, ...], from_on: date | None, until_by: date | None, pence: int
) -> None:
    assert pay_in_year(2026, basis, steps, from_on, until_by) == pence


@pytest.mark.parametrize(
    ("basis", "steps", "says"),
    [
        ("months", (), "needs a step"),
        ("weeks", FLAT, "by months or by days"),
        ("months", (*FLAT, PayStep(date(2027, 4, 6), 3_096_000)), "first of a month"),
    ],
)
def test_pay_that_cannot_be_counted_says_why(basis: Basis, steps: tuple[PayStep, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        pay_in_year(2026, basis, steps)


@given(st.integers(0, 10**7), st.dates(date(2026, 9, 2), date(2027, 8, 31)))
def test_an_award_of_nothing_changes_nothing(pence: int, on_day: date) -> None:
    steps = (PayStep(date(2026, 9, 1), pence), PayStep(on_day, pence))
    assert pay_in_year(2026, "days", steps) == pence


@given(st.integers(0, 10**7), st.integers(0, 10**6), st.dates(date(2026, 9, 2), date(2027, 8, 31)))
def test_a_later_award_never_costs_more(pence: int, rise: int, on_day: date) -> None:
    costs = [
        pay_in_year(2026, "days", (PayStep(date(2026, 9, 1), pence), PayStep(day, pence + rise)))
        for day in (on_day, on_day + DAY)
    ]
    assert pence <= costs[1] <= costs[0] <= pence + rise
