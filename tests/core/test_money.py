"""Money as typed and as said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import pence_in, pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("180", 18000),
        ("£1,234.50", 123450),
        ("0.5", 50),
        (" £ 12.05 ", 1205),
        ("1,234,567.89", 123456789),
        ("12,34", None),
        ("1.234", None),
        ("-5", None),
        ("ten", None),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, pence: int | None) -> None:
    assert pence_in(text) == pence


@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_said_can_be_read_again(pence: int) -> None:
    assert pence_in(pounds(pence)) == pence


def test_what_is_owed_has_its_minus_ahead() -> None:
    assert pounds(-50) == "-£0.50"
