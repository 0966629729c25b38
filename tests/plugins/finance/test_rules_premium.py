"""Premium, and grants of the financial year in academic years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import in_force
from plugins.finance.codes import PREMIUM_RATES, PremiumKind
from plugins.finance.rules import FinancialYearParts, academic_income, financial_into_academic, premium_for

PENCE = st.integers(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("kind", "on_day", "pupils", "pence"),
    [
        ("primary", date(2025, 9, 1), 10, 1_515_000),
        ("secondary", date(2026, 3, 31), 1, 107_500),
        ("looked_after", date(2025, 4, 1), 1, 263_000),
        ("previously", date(2025, 4, 1), 2, 526_000),
        ("service", date(2023, 3, 31), 1, 32_000),
        ("service", date(2024, 3, 31), 1, 33_500),
        ("service", date(2024, 9, 1), 1, None),  # not in the notes
        ("service", date(2025, 9, 1), 3, 105_000),
        ("primary", date(2026, 9, 1), 10, None),  # published, not read
        ("primary", date(2024, 9, 1), 10, None),
    ],
)
def test_a_premium_is_paid_by_the_rate_of_its_own_year(
    kind: PremiumKind, on_day: date, pupils: int, pence: int | None
) -> None:
    assert premium_for(kind, pupils, on_day) == pence


def test_what_was_not_read_is_not_verified() -> None:
    for editions in PREMIUM_RATES.values():
        this_year = in_force(editions, date(2026, 11, 22))
        assert this_year
        assert this_year.value is None
        assert not this_year.verified


@pytest.mark.parametrize(
    ("pence", "parts"),
    [
        pytest.param(263_000, FinancialYearParts(109_583, 153_417), id="rule 13"),
        pytest.param(-263_000, FinancialYearParts(-109_583, -153_417), id="rule 13, taken back"),
        (12, FinancialYearParts(5, 7)),
        (6, FinancialYearParts(2, 4)),
        (0, FinancialYearParts(0, 0)),
    ],
)
def test_a_financial_year_lies_in_two_academic_years(pence: int, parts: FinancialYearParts) -> None:
    assert financial_into_academic(pence) == parts


def test_an_academic_year_has_seven_months_of_one_and_five_of_the_next() -> None:
    assert academic_income(263_000, 270_000) == 153_417 + 112_500
    assert academic_income(120_000, 120_000) == 120_000


@given(PENCE)
def test_the_split_keeps_every_penny(pence: int) -> None:
    parts = financial_into_academic(pence)
    assert parts.april_to_august_pence + parts.september_to_march_pence == pence
    assert abs(12 * parts.september_to_march_pence - 7 * pence) <= 6


@given(PENCE, PENCE, PENCE)
def test_over_the_years_no_penny_of_a_grant_is_lost(first: int, second: int, third: int) -> None:
    before, after = financial_into_academic(first), financial_into_academic(third)
    between = academic_income(first, second) + academic_income(second, third)
    assert between == first - before.april_to_august_pence + second + third - after.september_to_march_pence
