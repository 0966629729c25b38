"""Reading a timetable: what its cells mean, whose its rows are, and what is wrong with which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.facts import PupilLeft
from core.roll.limits import Unreadable
from core.web.exports import xlsx_bytes
from plugins.exams.commands import TakeEntries
from plugins.exams.facts import CandidateNumbered, PaperSet
from plugins.exams.reading import MOST_ROWS, Read, compare, entry_sheet, read_entries
from plugins.exams.reading.cells import (
    board_in,
    level_in,
    minutes_in,
    number_in,
    series_in,
    start_in,
    subject_in,
    tags_in,
    uci_in,
)
from plugins.exams.views import paper_id
from tests.core.house import SOUTH, House, upn

from .candidates import told
from .timetables import CENTRE, HEADINGS, UCIS, desk_of, paper, row, timetable, year_11

DATA = Path(__file__).parents[2] / "data"


def read(house: House, content: bytes, name: str = "timetable.csv", centre: str = CENTRE) -> Read:
    return read_entries(desk_of(house, "exams_officer"), *entry_sheet(content, name), centre)


def wrong(found: Read) -> list[tuple[int, str, str]]:
    """The line, the column and the code of everything that stands in the way."""
    return [(one.line, one.field, one.code) for one in found.findings if one.level == "error"]


def doubts(found: Read) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in found.findings if one.level == "warning"]


# Cells


@pytest.mark.parametrize(
    ("written", "series"),
    [
        ("2027-06", "2027-06"),
        ("06/2027", "2027-06"),
        ("6/2027", "2027-06"),
        ("June 2027", "2027-06"),
        ("JUN27", "2027-06"),
        ("Jun-27", "2027-06"),
        ("2027 June", "2027-06"),
        ("Summer 2027", "2027-06"),
        ("Autumn 2026", "2026-11"),
        ("Winter 2027", "2027-01"),
        ("November 2026", "2026-11"),
        ("13/2027", None),
        ("June", None),
        ("Spring 2027", None),
        ("", None),
    ],
)
def test_a_series_is_a_year_and_a_month(written: str, series: str | None) -> None:
    assert series_in(written) == series


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("9:00", 540),
        ("09:00", 540),
        ("9.00", 540),
        ("0900", 540),
        ("900", 540),
        ("09:00:00", 540),
        ("1330", 810),
        ("13:30", 810),
        ("1.30 pm", 810),
        ("1:30pm", 810),
        ("9am", 540),
        ("12:15 pm", 735),
        ("9:15 a.m.", 555),
        ("1:30", None),  # the afternoon is not guessed
        ("12:15 am", None),
        ("9", None),
        ("24:00", None),
        ("9:60", None),
        ("AM", None),
        ("", None),
    ],
)
def test_a_start_is_a_time_of_day(written: str, minutes: int | None) -> None:
    assert start_in(written) == minutes


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("105", 105),
        ("105 mins", 105),
        ("105.0", 105),
        ("1h 45m", 105),
        ("1 hour 45 minutes", 105),
        ("1:45", 105),
        ("01:45:00", 105),
        ("2 hours", 120),
        ("1", 1),
        ("600", 600),
        ("0", None),
        ("601", None),
        ("-5", None),
        ("1.5 hours", None),
        ("", None),
    ],
)
def test_a_length_is_from_1_to_600_minutes(written: str, minutes: int | None) -> None:
    assert minutes_in(written) == minutes


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("GCSE", "GCSE"),
        ("gcse (9-1)", "GCSE"),
        ("AS", "AS"),
        ("GCE AS level", "AS"),
        ("A level", "A-LEVEL"),
        ("A-LEVEL", "A-LEVEL"),
        ("Level 2", "LEVEL-2"),
        ("T Level", "LEVEL-3"),
        ("GCE", None),  # AS or A level
        ("Grade 5", None),
    ],
)
def test_a_qualification_is_one_we_know(written: str, level: str | None) -> None:
    assert level_in(written) == level


def test_a_board_has_one_spelling_and_an_unknown_one_its_own() -> None:
    assert [board_in(name) for name in ("aqa", "Edexcel", "PEARSON  EDEXCEL", " Gateway  Q ")] == [
        "AQA", "Pearson", "Pearson", "Gateway Q",
    ]  # fmt: skip


def test_a_subject_with_a_restriction_has_a_code_and_any_other_its_name() -> None:
    assert [subject_in(name) for name in ("English language", "hist", " Food   Preparation ")] == [
        "ENG-LANG", "HIST", "Food Preparation",
    ]  # fmt: skip


def test_what_a_paper_tests_is_told_apart_from_words_without_a_rule() -> None:
    assert tags_in("Reading; practical skill, spelling") == (("tests_practical_skill", "tests_reading"), ("spelling",))
    assert tags_in("") == ((), ())


def test_a_spreadsheet_s_lost_zeros_come_back_and_nothing_else_is_mended() -> None:
    assert [number_in(text) for text in ("417", " 0417 ", "12345", "A17", "")] == ["0417", "0417", "12345", "A17", ""]
    assert uci_in(" 681990 012058g ") == "681990012058G"


@given(st.integers(6, 23), st.integers(0, 59))
def test_every_time_from_six_o_clock_reads_back(hour: int, minute: int) -> None:
    assert start_in(f"{hour:02}:{minute:02}") == start_in(f"{hour}.{minute:02}") == hour * 60 + minute


@given(st.integers(1, 600))
def test_every_length_reads_back(minutes: int) -> None:
    assert minutes_in(str(minutes)) == minutes_in(f"{minutes // 60}:{minutes % 60:02}") == minutes


@given(st.text(max_size=20))
def test_no_text_breaks_a_cell(text: str) -> None:
    series_in(text), start_in(text), minutes_in(text), level_in(text), board_in(text), tags_in(text), number_in(text)


# Rows


def test_a_timetable_becomes_entries(house: House) -> None:
    first, second = year_11(house)
    found = read(house, timetable(row(1, uci=UCIS[0]), row(2), row(1, code="8700/1", title="", tests="reading")))
    assert (found.findings, found.rows) == ((), 3)
    assert [(one.pupil, one.number, one.uci) for one in found.entries] == [
        (first, "0001", UCIS[0]), (second, "0002", ""), (first, "0001", ""),
    ]  # fmt: skip
    assert found.entries[0].paper == found.entries[1].paper == paper()
    untitled = found.entries[2].paper
    assert (untitled.title, untitled.tags) == ("English Literature 8700/1", ("tests_reading",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"upn": upn(99)}, ("upn", "unknown_pupil")),
        ({"upn": "X1"}, ("upn", "unknown_pupil")),
        ({"upn": ""}, ("upn", "unknown_pupil")),  # and the number is nobody's on record
        ({"number": ""}, ("number", "no_number")),
        ({"number": "0000"}, ("number", "candidate_number")),
        ({"number": "12345"}, ("number", "candidate_number")),
        ({"uci": "681990012058H"}, ("uci", "uci_letter")),
        ({"uci": "12"}, ("uci", "uci_shape")),
        ({"sits_on": "31/06/2027"}, ("sits_on", "no_sits_on")),
        ({"sits_on": "05/13/2027"}, ("sits_on", "no_sits_on")),
        ({"start": "morning"}, ("start", "no_start")),
        ({"minutes": "601"}, ("minutes", "no_minutes")),
        ({"level": "O level"}, ("level", "no_level")),
        ({"series": "next year"}, ("series", "no_series")),
        ({"board": ""}, ("board", "empty")),
        ({"code": ""}, ("code", "empty")),
        ({"title": "T" * 101}, ("title", "too_long")),
    ],
)
def test_a_row_says_in_which_column_it_is_wrong(
    house: House, fields: dict[str, str], expected: tuple[str, str]
) -> None:
    year_11(house)
    found = read(house, timetable(row(2), row(1, **fields)))
    assert wrong(found) == [(3, *expected)]
    assert len(found.entries) == 1


def test_everything_wrong_with_a_row_is_told_at_once(house: House) -> None:
    year_11(house)
    found = read(house, timetable(row(1, sits_on="soon", start="early", minutes="long", upn="X")))
    assert {field for _, field, _ in wrong(found)} == {"upn", "sits_on", "start", "minutes"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"uci": "12345B678901A"}, "uci_international"),
        ({"tests": "spelling"}, "unknown_tag"),
        ({"title": "=1+1"}, "formula"),
    ],
)
def test_a_doubt_does_not_stand_in_the_way(house: House, fields: dict[str, str], code: str) -> None:
    year_11(house)
    found = read(house, timetable(row(1, **fields)))
    assert doubts(found) == [(2, code)]
    assert (wrong(found), len(found.entries)) == ([], 1)


def test_two_pupils_with_one_number_are_told_with_the_other_line(house: House) -> None:
    year_11(house)
    found = read(house, timetable(row(1), row(2, number="0001")))
    assert wrong(found) == [(3, "number", "number_twice")]
    assert found.findings[0].why.endswith("number 0001 is given 2 times. Change all but one. See line 2.")


def test_one_number_may_serve_another_pupil_in_another_series(house: House) -> None:
    year_11(house)
    again = row(2, number="0001", series="November 2027", sits_on="02/11/2027")
    assert wrong(read(house, timetable(row(1), again))) == []


def test_one_pupil_with_two_numbers_is_refused(house: House) -> None:
    year_11(house)
    found = read(house, timetable(row(1), row(1, code="8702/2", number="0009")))
    assert wrong(found) == [(3, "number", "two_numbers")]


def test_a_uci_is_of_one_candidate_and_a_candidate_has_one(house: House) -> None:
    year_11(house)
    shared = read(house, timetable(row(1, uci=UCIS[0]), row(2, uci=UCIS[0])))
    assert wrong(shared) == [(3, "uci", "uci_twice")]
    several = read(house, timetable(row(1, uci=UCIS[0]), row(1, code="8702/2", uci=UCIS[1])))
    assert wrong(several) == [(3, "uci", "two_ucis")]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"start": "13:30"}, "start_minutes"),
        ({"sits_on": "11/05/2027"}, "sits_on"),
        ({"minutes": "90"}, "length_minutes"),
        ({"title": "Another"}, "title"),
    ],
)
def test_one_paper_told_two_ways_is_refused(house: House, fields: dict[str, str], field: str) -> None:
    year_11(house)
    found = read(house, timetable(row(1), row(2, **fields)))
    assert wrong(found) == [(3, field, "paper_twice")]
    assert found.findings[0].why.endswith("See line 2.")


def test_a_board_in_two_spellings_is_one_board(house: House) -> None:
    year_11(house)
    found = read(house, timetable(row(1, board="Edexcel"), row(2, board="pearson")))
    assert found.findings == ()
    assert len({paper_id(one.paper) for one in found.entries}) == 1


def test_the_same_row_twice_is_taken_once(house: House) -> None:
    (pupil,) = year_11(house, 1)
    found = read(house, timetable(row(1), row(1)))
    assert doubts(found) == [(3, "row_twice")]
    assert compare(desk_of(house, "exams_officer"), found).entered == {paper_id(paper()): [pupil]}


def test_a_pupil_without_a_upn_is_found_by_the_number_on_record(house: House) -> None:
    first, second = year_11(house)
    told(house, second, CandidateNumbered(CENTRE, "0417", "", date(2026, 10, 1)))
    found = read(house, timetable(row(1), row(2, upn="", number="417")))
    assert [one.pupil for one in found.entries] == [first, second]
    assert wrong(read(house, timetable(row(2, upn="", number="417")), centre="54321")) == [(2, "upn", "unknown_pupil")]


def test_a_number_on_record_serves_where_the_file_has_none(house: House) -> None:
    (pupil,) = year_11(house, 1)
    told(house, pupil, CandidateNumbered(CENTRE, "0417", "", date(2026, 10, 1)))
    assert read(house, timetable(row(1, number=""))).entries[0].number == "0417"


def test_a_number_of_a_candidate_who_is_not_listed_is_taken(house: House) -> None:
    year_11(house)
    desk = desk_of(house, "exams_officer")
    desk.do(TakeEntries(CENTRE, read(house, timetable(row(1, number="0007"))).entries))
    assert wrong(read(house, timetable(row(2, number="0007")))) == [(2, "number", "number_twice")]
    swapped = timetable(row(1, number="0008"), row(2, number="0007"))
    assert wrong(read(house, swapped)) == []  # who had it is listed with another


def test_a_pupil_who_has_left_is_taken_with_a_doubt(house: House) -> None:
    (pupil,) = year_11(house, 1)
    house.tell(pupil, PupilLeft(date(2026, 7, 20)))
    found = read(house, timetable(row(1)))
    assert doubts(found) == [(2, "has_left")]
    assert len(found.entries) == 1


def test_a_pupil_of_another_academy_is_unknown_here(house: House) -> None:
    house.pupil(urn=SOUTH, upn=upn(1))
    assert wrong(read(house, timetable(row(1)))) == [(2, "upn", "unknown_pupil")]


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_schools(house: House, encoding: str) -> None:
    year_11(house)
    content = timetable(row(1, subject="Français", title="Français écrit")).decode().encode(encoding)
    found = read(house, content)
    assert [one.paper.title for one in found.entries] == ["Français écrit"]


def test_a_file_in_two_encodings_is_refused() -> None:
    content = timetable(row(1, title="Français")) + "\r\nécrit".encode("cp1252")
    with pytest.raises(Unreadable, match="written in UTF-8 and line 3 is not"):
        entry_sheet(content, "timetable.csv")


def test_a_workbook_gives_what_the_same_rows_give_as_text(house: House) -> None:
    year_11(house)
    rows = [row(1), row(2, tests="reading", code="8700/1")]
    cells = [[date(2027, 5, 10) if cell == "10/05/2027" else cell for cell in one.split(",")] for one in rows]
    book = xlsx_bytes("Timetable", HEADINGS.split(","), cells)
    assert read(house, book, "timetable.xlsx").entries == read(house, timetable(*rows)).entries


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("exams-*")))
def test_an_export_of_an_exams_officer_s_system_is_read_without_a_finding(house: House, name: str) -> None:
    year_11(house, 4)
    found = read(house, (DATA / name).read_bytes(), name)
    assert found.findings == ()
    assert found.rows == len(found.entries) == 8
    assert {one.paper.sits_on for one in found.entries} == {date(2027, 5, 10), date(2027, 5, 17)}
    assert {one.paper.start_minutes for one in found.entries} == {540, 810}
    assert {one.paper.length_minutes for one in found.entries} == {90, 105}
    assert {one.paper.series for one in found.entries} == {"2027-06"}


@pytest.mark.parametrize(
    ("renamed", "named"),
    [
        (("Start Time", "Duration"), "Start, Minutes"),
        (("UPN", "Candidate No"), "UPN"),  # a UCI alone finds nobody
    ],
)
def test_a_file_without_a_column_that_is_needed_is_refused_with_its_name(renamed: tuple[str, ...], named: str) -> None:
    content = timetable(row(1)).decode()
    for heading in renamed:
        content = content.replace(heading, "Something", 1)
    with pytest.raises(Unreadable, match=f"recognised as: {named}\\."):
        entry_sheet(content.encode(), "timetable.csv")


def test_a_file_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Unreadable, match="20,000 rows"):
        entry_sheet(timetable(*[row(1)] * (MOST_ROWS + 1)), "timetable.csv")


# What it would change


def test_what_is_new_what_changes_and_what_stands_are_told_apart(house: House) -> None:
    first, second = year_11(house)
    desk = desk_of(house, "exams_officer")
    before = read(house, timetable(row(1), row(1, code="8702/2")))
    desk.do(TakeEntries(CENTRE, before.entries))
    moved = row(1, code="8702/2", start="13:30", number="0005")
    found = compare(desk, read(house, timetable(row(1, number="0005"), moved, row(2), row(2, code="8700/1"))))
    second_paper = {"code": "8702/2", "title": "English Literature Paper 1"}
    assert found.new == [paper_id(paper(code="8700/1"))]
    assert list(found.changed.values()) == [paper(**second_paper)]
    assert found.numbered == [second]
    assert {key: (old.number, new.candidate) for key, (old, new) in found.renumbered.items()} == {
        first: ("0001", "0005")
    }
    assert found.entered == {paper_id(paper()): [second], paper_id(paper(code="8700/1")): [second]}
    assert sum(isinstance(one.fact, PaperSet) for one in found.facts) == 2


def test_a_file_that_is_on_record_changes_nothing(house: House) -> None:
    year_11(house)
    desk = desk_of(house, "exams_officer")
    found = compare(desk, read(house, timetable(row(1, uci=UCIS[0]), row(2))))
    desk.do(TakeEntries(CENTRE, found.read.entries, found.digest))
    again = compare(desk, read(house, timetable(row(1), row(2))))  # a UCI on record stands where the file has none
    assert again.facts == ()
