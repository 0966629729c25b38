"""Pupil numbers, year groups, days and school numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from core.roll.rules import (
    UPN_LETTERS,
    date_findings,
    is_temporary_upn,
    laestab_findings,
    nc_year,
    nc_year_findings,
    nominal_year,
    uk_date,
    upn_check_letter,
    upn_clash_findings,
    upn_findings,
    upn_from,
    urn_findings,
    year_group_findings,
)

TODAY = date(2026, 11, 22)
DIGITS = "0123456789"
RESTS = st.builds(
    str.__add__, st.text(DIGITS, min_size=11, max_size=11), st.sampled_from([*DIGITS, *UPN_LETTERS])
)  # the last twelve characters of a UPN


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("upn", "found"),
    [
        ("H801200001001", []),
        ("U823432123028", []),
        ("G80120000101A", [("warning", "temporary_upn")]),
        ("X93540002600B", [("warning", "temporary_upn")]),
        ("A801200001001", [("error", "upn_check_letter")]),
        ("H80120000100I", [("error", "upn_shape")]),
        ("h801200001001", [("error", "upn_shape")]),  # made capital first
        ("H80120000100", [("error", "upn_shape")]),
        ("H8012000010011", [("error", "upn_shape")]),
        ("H801200001001\n", [("error", "upn_shape")]),
        ("H80120000100\u0661", [("error", "upn_shape")]),  # a digit, but not one of ours
        ("", [("error", "upn_shape")]),
    ],
)
def test_a_upn_has_its_shape_and_its_check_letter(upn: str, found: list[tuple[str, str]]) -> None:
    assert codes(upn_findings(upn)) == found


@pytest.mark.parametrize(
    ("rest", "letter"),
    [
        ("801200001001", "H"),  # 53 leaves 7
        ("823432123028", "U"),  # 270 leaves 17
        ("80120000101A", "G"),  # 52 leaves 6
        ("93540002600B", "X"),  # 158 leaves 20
        ("80120000100I", None),
        ("8012", None),
    ],
)
def test_the_check_letter_is_the_sum_modulo_23(rest: str, letter: str | None) -> None:
    assert upn_check_letter(rest) == letter


@given(RESTS)
def test_a_upn_built_with_its_check_letter_passes(rest: str) -> None:
    temporary = rest[-1].isalpha()
    upn = f"{upn_check_letter(rest)}{rest}"
    assert codes(upn_findings(upn)) == ([("warning", "temporary_upn")] if temporary else [])
    assert is_temporary_upn(upn) is temporary


@given(RESTS, st.integers(0, 10), st.sampled_from(DIGITS))
def test_a_upn_with_one_digit_mistyped_fails(rest: str, place: int, digit: str) -> None:
    mistyped = rest[:place] + digit + rest[place + 1 :]
    upn = f"{upn_check_letter(rest)}{mistyped}"
    assert (codes(upn_findings(upn)) == [("error", "upn_check_letter")]) is (mistyped != rest)


@given(st.text())
def test_any_text_can_be_asked_whether_it_is_a_upn(text: str) -> None:
    assert len(upn_findings(text)) <= 1
    assert upn_from(upn_from(text)) == upn_from(text)


@pytest.mark.parametrize(
    ("text", "upn"), [("h801200001001", "H801200001001"), (" H80120 0001001\t", "H801200001001"), ("", "")]
)
def test_a_typed_upn_is_put_into_capitals(text: str, upn: str) -> None:
    assert upn_from(text) == upn


@pytest.mark.parametrize(
    ("upn", "temporary"), [("G80120000101A", True), ("H801200001001", False), ("h8", False), ("", False)]
)
def test_a_temporary_upn_ends_in_a_letter(upn: str, temporary: bool) -> None:
    assert is_temporary_upn(upn) is temporary


@pytest.mark.parametrize(
    ("others", "dual", "found"),
    [
        ((), False, []),
        ((date(2016, 8, 31),), False, [("error", "upn_twice")]),
        ((date(2016, 8, 31),), True, []),  # registered at two schools
        ((date(2016, 9, 1),), False, [("error", "upn_other_birth_date")]),
        ((date(2016, 9, 1),), True, [("error", "upn_other_birth_date")]),  # another child all the same
        ((date(2016, 8, 31), date(2016, 9, 1)), False, [("error", "upn_other_birth_date")]),
    ],
)
def test_a_upn_belongs_to_one_child(others: tuple[date, ...], dual: bool, found: list[tuple[str, str]]) -> None:
    assert codes(upn_clash_findings(date(2016, 8, 31), others, dual)) == found


@pytest.mark.parametrize(
    ("born_on", "on_day", "year"),
    [
        (date(2016, 8, 31), TODAY, "6"),
        (date(2016, 9, 1), TODAY, "5"),
        (date(2016, 9, 1), date(2026, 8, 31), "4"),  # the last day of the year before
        (date(2016, 9, 1), date(2027, 8, 31), "5"),
        (date(2021, 9, 1), TODAY, "R"),
        (date(2022, 8, 31), TODAY, "R"),
        (date(2022, 9, 1), TODAY, "N2"),
        (date(2023, 9, 1), TODAY, "N1"),
        (date(2024, 9, 1), TODAY, None),  # too young
        (date(2008, 8, 31), TODAY, "14"),
        (date(2007, 8, 31), TODAY, None),  # too old
    ],
)
def test_the_nominal_year_is_the_age_on_31_august_less_four(born_on: date, on_day: date, year: str | None) -> None:
    assert nominal_year(born_on, on_day) == year


@given(st.dates(date(2005, 1, 1), date(2025, 1, 1)))
def test_the_nominal_year_is_an_nc_year(born_on: date) -> None:
    year = nominal_year(born_on, TODAY)
    assert year is None or nc_year(year) == year


@pytest.mark.parametrize(
    ("recorded", "born_on", "found"),
    [
        ("6", date(2016, 8, 31), []),
        ("Year 6", date(2016, 8, 31), []),
        ("5", date(2016, 8, 31), [("note", "out_of_year_group")]),
        ("X", date(2016, 8, 31), []),
        ("Form 3", date(2016, 8, 31), []),  # no year to compare
        ("6", date(1999, 1, 1), [("note", "out_of_year_group")]),
    ],
)
def test_out_of_year_group_is_worth_knowing(recorded: str, born_on: date, found: list[tuple[str, str]]) -> None:
    assert codes(year_group_findings(recorded, born_on, TODAY)) == found


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Year 7", "7"),
        ("Y7", "7"),
        ("7", "7"),
        ("07", "7"),
        ("yr 11", "11"),
        ("Year Group 10", "10"),
        ("NC Year 1", "1"),
        ("14", "14"),
        ("R", "R"),
        ("Reception", "R"),
        ("Year R", "R"),
        ("YR", "R"),
        ("N1", "N1"),
        ("N2", "N2"),
        ("Nursery 2", "N2"),
        ("x", "X"),
        (" year  7 ", "7"),
        ("Nursery", None),  # one of two
        ("0", None),
        ("15", None),
        ("7C", None),
        ("", None),
    ],
)
def test_a_year_is_read_as_schools_write_it(text: str, year: str | None) -> None:
    assert nc_year(text) == year
    assert codes(nc_year_findings(text)) == ([] if year else [("warning", "nc_year_unknown")])


@pytest.mark.parametrize(
    ("born_on", "entered_on", "left_on", "found"),
    [
        (date(2016, 8, 31), date(2021, 9, 1), None, []),
        (date(2016, 8, 31), date(2021, 9, 1), date(2021, 9, 1), []),  # for one day
        (date(2016, 8, 31), None, date(2021, 9, 1), []),
        (date(2016, 8, 31), None, None, []),
        (date(2022, 8, 31), date(2021, 9, 1), None, [("error", "born_after_start")]),
        (date(2016, 8, 31), date(2021, 9, 1), date(2021, 8, 31), [("error", "end_before_start")]),
        (
            date(2022, 1, 1),
            date(2021, 9, 1),
            date(2021, 1, 1),
            [("error", "born_after_start"), ("error", "end_before_start")],
        ),
    ],
)
def test_a_child_is_born_then_enters_then_leaves(
    born_on: date, entered_on: date | None, left_on: date | None, found: list[tuple[str, str]]
) -> None:
    assert codes(date_findings(born_on, entered_on, left_on)) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("1/7/2021", date(2021, 7, 1)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31-12-2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("01 Jul 2021", date(2021, 7, 1)),
        ("1 July 2021", date(2021, 7, 1)),
        ("1-sept-2021", date(2021, 9, 1)),
        ("2022-Sep-28 00:00:00", date(2022, 9, 28)),
        ("2026-12-31T00:00:00", date(2026, 12, 31)),
        ("31/12/2026 00:00", date(2026, 12, 31)),
        (" 31/12/2026 ", date(2026, 12, 31)),
        ("12/31/2026", None),  # not American
        ("31/12/26", None),  # which century
        ("31/02/2026", None),
        ("31/12/0026", None),
        ("31/12/1899", None),
        ("2200-01-01", None),
        ("31/12-2026", None),
        ("1 Jly 2021", None),
        ("2026-13-01", None),
        ("2026-6-1", None),
        ("2026-06-30T23:00:00", None),  # a day in London, perhaps, but not for certain
        ("46387", None),  # a spreadsheet's own count
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_the_british_or_the_international_way(text: str, day: date | None) -> None:
    assert uk_date(text) == day


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_back_as_it_was_written(day: date) -> None:
    for style in ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%Y-%b-%d 00:00:00"):
        assert uk_date(day.strftime(style)) == day


@given(st.text())
def test_any_text_can_be_asked_for_a_day_and_a_year(text: str) -> None:
    assert uk_date(text) is None or text.strip()[0].isdigit()
    assert nc_year(text) is None or text.strip()


@pytest.mark.parametrize(
    ("urn", "found"),
    [
        ("139362", []),
        ("13936", [("error", "urn_shape")]),
        ("139362\n", [("error", "urn_shape")]),
        ("", [("error", "urn_shape")]),
    ],
)
def test_a_urn_is_six_digits(urn: str, found: list[tuple[str, str]]) -> None:
    assert codes(urn_findings(urn)) == found


@pytest.mark.parametrize(
    ("laestab", "found"),
    [
        ("885/2041", []),
        ("8852041", []),
        ("2041", [("error", "laestab_shape")]),
        ("885-2041", [("error", "laestab_shape")]),
        ("", [("error", "laestab_shape")]),
    ],
)
def test_a_laestab_is_an_authority_and_a_school(laestab: str, found: list[tuple[str, str]]) -> None:
    assert codes(laestab_findings(laestab)) == found
