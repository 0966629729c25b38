"""Arrangements of the key stage 2 tests and the multiplication tables check."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.exams.codes import CHECK_CODES, KEY_STAGE_2_FORMATS
from plugins.exams.rules import (
    CheckArrangement,
    key_stage_2,
    key_stage_2_minutes,
    key_stage_2_time,
    multiplication_check,
)

TODAY = date(2026, 11, 22)
BEFORE = date(2025, 10, 12)


@pytest.mark.parametrize(
    ("has_plan", "form", "percent", "level", "code"),
    [
        (True, "standard", 25, "OK", "automatic"),
        (False, "modified_large_print", 25, "OK", "automatic"),
        (False, "braille", 10, "OK", "automatic"),
        (False, "enlarged", 25, "OK", "apply"),
        (False, "standard", 25, "OK", "apply"),
        (False, "braille", 100, "UNKNOWN", "other_percentage"),
        (True, "standard", 26, "UNKNOWN", "other_percentage"),
        (True, "standard", 0, "UNKNOWN", "other_percentage"),
    ],
)
def test_additional_time_is_automatic_with_a_plan_large_print_or_braille(
    has_plan: bool, form: str, percent: int, level: str, code: str
) -> None:
    assert form in KEY_STAGE_2_FORMATS
    found = key_stage_2_time(TODAY, has_plan, form, percent)
    assert (found.level, found.code, found.edition) == (level, code, "2026")


@pytest.mark.parametrize(
    ("arrangement", "reading_test", "level", "code"),
    [
        ("additional_time", False, "OK", "apply"),
        ("early_opening", False, "OK", "apply"),
        ("compensatory_marks", False, "OK", "apply"),
        ("transcript", False, "OK", "notify"),
        ("electronic_aid", False, "OK", "notify"),
        ("rest_breaks", False, "OK", "delegated"),
        ("reader", False, "OK", "delegated"),
        ("prompter", True, "OK", "delegated"),
        ("modified_test", False, "OK", "order"),
        ("pen", False, "UNKNOWN", "unknown_arrangement"),
    ],
)
def test_an_arrangement_is_applied_for_notified_ordered_or_the_schools_own(
    arrangement: str, reading_test: bool, level: str, code: str
) -> None:
    found = key_stage_2(TODAY, arrangement, reading_test)
    assert (found.level, found.code) == (level, code)


def test_nothing_is_said_of_a_day_before_the_guidance_that_was_read() -> None:
    for found in (key_stage_2(BEFORE, "scribe"), key_stage_2_time(BEFORE, True)):
        assert (found.level, found.code) == ("UNKNOWN", "no_edition")


@given(st.integers(1, 120), st.integers(1, 25))
def test_additional_time_never_shortens_a_test(minutes: int, percent: int) -> None:
    assert minutes < key_stage_2_minutes(minutes, percent) <= key_stage_2_minutes(minutes)


@pytest.mark.parametrize(
    ("arrangements", "extra_time", "found"),
    [
        ((), False, [("OK", "set_in_service", ())]),
        ((CheckArrangement("ata"),), False, [("OK", "set_in_service", ())]),
        ((CheckArrangement("ITA", "motor", "A. Helper"),), False, [("OK", "set_in_service", ())]),
        (
            (CheckArrangement("ITA", " ", " "),),
            False,
            [("BLOCK", "evidence_missing", ("a reason", "the assistant's name"))],
        ),
        ((CheckArrangement("ITA", assistant="A. Helper"),), False, [("BLOCK", "evidence_missing", ("a reason",))]),
        ((CheckArrangement("QNR"),), False, [("BLOCK", "evidence_missing", ("a reason",))]),
        ((CheckArrangement("QNR", "EAL"),), False, [("OK", "set_in_service", ())]),
        ((CheckArrangement("XYZ"),), False, [("BLOCK", "unknown_arrangement", ())]),
        (
            (CheckArrangement("XYZ"), CheckArrangement("QNR")),
            True,
            [
                ("BLOCK", "unknown_arrangement", ()),
                ("BLOCK", "evidence_missing", ("a reason",)),
                ("BLOCK", "no_extra_time", ()),
            ],
        ),
    ],
)
def test_the_multiplication_check_has_seven_arrangements_and_no_extra_time(
    arrangements: tuple[CheckArrangement, ...], extra_time: bool, found: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    told = multiplication_check(TODAY, arrangements, extra_time)
    assert [(one.level, one.code, one.missing) for one in told] == found
    assert [one.code for one in CHECK_CODES[0].value] == ["ATA", "CCT", "FTS", "ITA", "NBQ", "QNR", "RON"]
