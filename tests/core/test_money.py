"""Money as typed, as said, and to the nearest penny."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import at_rate, half_up, pence_in, pounds

PENCE = st.integers(-(10**12), 10**12)
AMOUNTS = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("180", 18000),
        ("£1,234.50", 123450),
        ("0.5", 50),
        (" £ 12.05 ", 1205),
        ("1,234,567.89", 123456789),
        pytest.param("£1,234.56", 123456, id="finance rule 1"),
        pytest.param("(12.00)", -1200, id="finance rule 1, in brackets"),
        pytest.param("12.345", None, id="finance rule 1, a third place"),
        ("-5", -500),
        ("-£1,234.50", -123450),
        ("\N{MINUS SIGN} £0.50", -50),
        ("+7", 700),
        ("( £1,000 )", -100000),
        ("(-5)", None),
        ("(5", None),
        ("5)", None),
        ("()", None),
        ("--5", None),
        ("5-", None),
        ("-", None),
        ("12,34", None),
        ("1.", None),
        ("1e3", None),
        ("ten", None),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, pence: int | None) -> None:
    assert pence_in(text) == pence


@given(PENCE)
def test_what_is_said_can_be_read_again(pence: int) -> None:
    assert pence_in(pounds(pence)) == pence


@given(PENCE)
def test_brackets_mirror_an_amount(pence: int) -> None:
    assert pence_in(f"({pounds(abs(pence))})") == -abs(pence)


def test_what_is_owed_has_its_minus_ahead() -> None:
    assert pounds(-50) == "-£0.50"


@pytest.mark.parametrize(
    ("pence", "nearest"),
    [
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(3, 2), 2),
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(1, 3), 0),
        (Fraction(-2, 3), -1),
        (Fraction(0), 0),
        (Fraction(10**30 + 1, 2), 5 * 10**29 + 1),  # past what a float can hold
    ],
)
def test_half_a_penny_counts_as_one(pence: Fraction, nearest: int) -> None:
    assert half_up(pence) == nearest


@given(PENCE, st.integers(1, 10**6))
def test_a_quotient_is_rounded_once(pence: int, over: int) -> None:
    assert half_up(pence, over) == half_up(Fraction(pence, over))


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ValueError, match="something to divide by"):
        half_up(100, 0)


@given(AMOUNTS)
def test_no_penny_is_nearer(pence: Fraction) -> None:
    assert 2 * abs(half_up(pence) - pence) <= 1
    assert half_up(-pence) == -half_up(pence)


@given(AMOUNTS, AMOUNTS)
def test_more_is_never_less_to_the_nearest_penny(one: Fraction, other: Fraction) -> None:
    assert half_up(min(one, other)) <= half_up(max(one, other))


@pytest.mark.parametrize(
    ("pence", "basis_points", "part"),
    [(4_835_200, 2_868, 1_386_735), (160_004_350, 500, 8_000_218), (-160_004_350, 500, -8_000_218), (100, 0, 0)],
)
def test_a_rate_is_in_hundredths_of_a_per_cent(pence: int, basis_points: int, part: int) -> None:
    assert at_rate(pence, basis_points) == part


@pytest.mark.parametrize("text", ["9" * 16, "9" * 5_000, "1" + ",000" * 5])
def test_an_amount_beyond_any_budget_is_no_amount(text: str) -> None:
    assert pence_in(text) is None
