"""What a rule finds, since when it holds, and how its answers are told."""

from datetime import date

import pytest
from msgspec import Struct

from core.law import Edition, Finding, errors, in_force, plain


class Part(Struct, frozen=True):
    code: str
    rank: int


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (date(2027, 5, 4), "4 May 2027"),
        (None, "none"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        ("K", "K"),
        ((), "none"),
        ([], "none"),
        (("SLCN", "ASD"), "SLCN; ASD"),
        (Part("SLCN", 1), "code SLCN, rank 1"),
        ((Part("SLCN", 1), Part("ASD", 2)), "code SLCN, rank 1; code ASD, rank 2"),
        (Finding("error", "x", "Mend it."), "Mend it."),
        ((Finding("error", "x", "Mend it."), Finding("note", "y", "Look.")), "Mend it. Look."),
    ],
)
def test_a_value_is_said_in_plain_english(value: object, says: str) -> None:
    assert plain(value) == says


def test_only_errors_stand_in_the_way() -> None:
    wrong, doubtful = Finding("error", "x", "Mend it."), Finding("warning", "y", "Look.")
    assert errors([wrong, doubtful, Finding("note", "z", "Know it.")]) == (wrong,)


OLD = Edition("old", date(2020, 1, 1), date(2024, 12, 31), "a page", False, 5)
NEW = Edition("new", date(2025, 1, 1), None, "a page", True, 6)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2019, 12, 31), None),  # nobody knows what held then
        (date(2020, 1, 1), OLD),
        (date(2024, 12, 31), OLD),  # the last day is inclusive
        (date(2025, 1, 1), NEW),
        (date(2999, 1, 1), NEW),
    ],
)
def test_the_edition_in_force_is_the_one_of_that_day(day: date, edition: Edition[int] | None) -> None:
    assert in_force([OLD, NEW], day) == edition
