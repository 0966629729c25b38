"""The cells of a workbook read as a person would type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.cells import column_number, day_text, is_of_days, number_text, plain_text


@pytest.mark.parametrize(
    ("written", "text"),
    [("7", "7"), ("7.0", "7"), ("-0", "0"), ("0.5", "0.5"), ("0.30000000000000004", "0.3"), ("1E3", "1000"),
     ("1.234567890123E12", "1234567890123"), ("1e300", "1e+300"), (" 7 ", "7")],
)  # fmt: skip
def test_a_number_has_no_more_figures_than_a_person_types(written: str, text: str) -> None:
    assert number_text(written) == text


@pytest.mark.parametrize(
    ("written", "from_1904", "text"),
    [
        ("41929", False, "2014-10-17"),
        ("40467", True, "2014-10-17"),
        ("41929.5", False, "2014-10-17 12:00:00"),
        ("0.25", False, "06:00:00"),
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),  # 60 is a 29 February that never was
        ("2958465", False, "9999-12-31"),
        ("2958466", False, "2958466"),
        ("-1", False, "-1"),
        ("nan", False, "nan"),
    ],
)
def test_a_day_is_told_from_its_number(written: str, from_1904: bool, text: str) -> None:
    assert day_text(written, from_1904) == text


@pytest.mark.parametrize(
    ("number", "code", "days"),
    [(14, None, True), (22, None, True), (0, None, False), (9, None, False), (46, None, False),
     (164, "dd/mm/yyyy", True), (164, "[$-809]dd mmmm yyyy;@", True), (164, "hh:mm", True), (164, "[h]:mm", False),
     (164, "[Red]0.00", False), (164, '"day" 0', False), (164, "0\\d", False), (164, "General", False),
     (164, "@", False), (164, "_-* #,##0", False), (164, "0;dd", False)],
)  # fmt: skip
def test_a_format_of_days_is_known(number: int, code: str | None, days: bool) -> None:
    assert is_of_days(number, code) is days


@pytest.mark.parametrize(
    ("written", "text"),
    [("plain", "plain"), ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_x00E9_", "é"), ("_xD83D_", "_xD83D_"),
     ("a_x_b", "a_x_b")],
)  # fmt: skip
def test_what_xml_forbids_is_unfolded(written: str, text: str) -> None:
    assert plain_text(written) == text


@given(st.text())
def test_no_text_unfolds_to_half_a_character(text: str) -> None:
    assert plain_text(text).encode().decode() == plain_text(text)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_a_column_has_its_number(letters: str, number: int) -> None:
    assert column_number(letters) == number


@pytest.mark.parametrize("letters", ["", "a", "ABCD", "A1", "$A"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        column_number(letters)
