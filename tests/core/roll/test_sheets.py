"""A list in any dress is read, and everything else is turned away with a sentence that helps."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.columns import Column
from core.roll.sheets import Row, Sheet, Unreadable, for_csv, looks_like_formula, read_sheet

DATA = Path(__file__).parents[2] / "data"
HEADER = ("UPN", "Surname", "Forename", "DoB")
SMALL = "UPN,Surname,Forename,DoB\r\nH801200001001,Hill,Zoë,17/10/2014\r\n"


def csv_of(*rows: tuple[str, ...], delimiter: str = ",", end: str = "\r\n", quoting: Any = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def says(content: bytes, name: str = "roll.csv") -> str:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content, name)
    assert refused.value.says.endswith(".")
    assert str(refused.value) == refused.value.says
    return refused.value.says


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("name", "read_as", "header_line", "rows"),
    [
        ("roll-census-style.csv", "CSV, UTF-8, commas", 1, 360),
        ("roll-sims-style.csv", "CSV, Windows-1252, commas", 4, 654),
        ("roll-arbor-style.csv", "CSV, UTF-8 with BOM, commas", 1, 605),
    ],
)
def test_the_sample_files_are_read(name: str, read_as: str, header_line: int, rows: int) -> None:
    sheet = read_sheet((DATA / name).read_bytes(), name)
    assert (sheet.read_as, sheet.header_line, len(sheet.rows)) == (read_as, header_line, rows)
    assert not [row for row in sheet.rows if row.problem]
    assert [row.record for row in sheet.rows] == list(range(1, rows + 1))


def test_title_and_total_lines_are_skipped_and_told() -> None:
    sheet = read_sheet((DATA / "roll-sims-style.csv").read_bytes(), "roll-sims-style.csv")
    assert [(line.line, line.says) for line in sheet.skipped] == [
        (1, "Above the headings: “Pupil SEN Listing”."),
        (2, "Above the headings: “Northgate High School”."),
        (660, "A total or a note, not a row: “Total 600”."),
    ]


def test_lines_and_records_are_those_of_the_expected_answers() -> None:
    expected = json.loads((DATA / "expected.json").read_text())
    sims = {row.line: row for row in read_sheet((DATA / "roll-sims-style.csv").read_bytes(), "").rows}
    wrong, warned = (expected["roll-sims-style.csv"][key] for key in ("rejected_rows", "warned_rows"))
    at = {told["why"].split(":")[0]: sims[told["line"]].cells for told in wrong + warned}
    assert at["date of birth not DD/MM/YYYY"][3] == "05/13/2015"
    assert at["no surname"][1] == ""
    assert at["unknown need 'dyslexia'"][8] == "dyslexia"
    assert at["looks like a formula"][1] == '=HYPERLINK("http://example.invalid","x")'
    arbor = {row.record: row for row in read_sheet((DATA / "roll-arbor-style.csv").read_bytes(), "").rows}
    assert [arbor[record].cells[8] for record in (10, 78)] == ["S - Statement", "SEN Sup"]
    assert arbor[201].cells[7].startswith("Left")
    assert (arbor[32].line, arbor[33].line) == (33, 35)  # record 32 holds a line break


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (SMALL.encode(), "CSV, UTF-8, commas"),
        (SMALL.encode("utf-8-sig"), "CSV, UTF-8 with BOM, commas"),
        (SMALL.encode("cp1252"), "CSV, Windows-1252, commas"),
        (SMALL.encode("utf-16"), "CSV, UTF-16, commas"),
        (b"\xfe\xff" + SMALL.encode("utf-16-be"), "CSV, UTF-16, commas"),
        (SMALL.replace(",", ";").encode(), "CSV, UTF-8, semicolons"),
        (SMALL.replace(",", "\t").encode("utf-16"), "CSV, UTF-16, tabs"),
        (SMALL.replace(",", "|").encode(), "CSV, UTF-8, pipes"),
        (SMALL.replace("\r\n", "\n").encode(), "CSV, UTF-8, commas"),
        (SMALL.replace("\r\n", "\r").encode(), "CSV, UTF-8, commas"),
        (SMALL.replace(",", ", ").encode(), "CSV, UTF-8, commas"),
        (SMALL.replace("Hill,Zoë", '"Hill", "Zoë"').replace("UPN,Sur", '"UPN", "Sur').replace("name,F", 'name","F', 1)
         .replace("Forename,", 'Forename",').encode(), "CSV, UTF-8, commas"),
    ],
)  # fmt: skip
def test_encodings_delimiters_and_line_ends_are_found_out(content: bytes, read_as: str) -> None:
    sheet = read_sheet(content, "roll.csv")
    assert sheet.read_as == read_as
    assert sheet.header == HEADER
    assert [tuple(map(str.strip, row.cells)) for row in sheet.rows] == [("H801200001001", "Hill", "Zoë", "17/10/2014")]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_is_counted_as_an_editor_does(end: str) -> None:
    text = end.join(
        ["Roll", "", "sep=,", "UPN,Surname,Forename", "", 'X,"Hi', 'll",Ann', ",,", "Y,Ng,Bo", "", "Total: 2", ""]
    )
    sheet = read_sheet(text.encode(), "roll.csv")
    assert sheet.header_line == 4
    assert sheet.rows == (Row(6, 1, ("X", f"Hi{end}ll", "Ann")), Row(9, 2, ("Y", "Ng", "Bo")))
    assert [skipped.line for skipped in sheet.skipped] == [1, 3, 11]


@pytest.mark.parametrize(
    "line",
    ["Total", "Total: 595", "Total,595", '"Total","600"', "Grand Total,,,12", "TOTALS,,3,4", "  total  595 ",
     "Printed on 22/11/2026 at 10:15", "Printed on 22 November 2026, 10:15", "Report generated by A Person", "595 rows",
     "Number of pupils: 595", "Count of UPN,595", "Count: 595", "Pupils: 595", "Record count,595", "Page 1 of 3",
     "End of report"],
)  # fmt: skip
def test_a_footer_is_no_row(line: str) -> None:
    sheet = read_sheet(f"UPN,Surname,Forename,DoB\nX,Hill,Ann,1\n{line}\n".encode(), "roll.csv")
    assert len(sheet.rows) == 1
    assert [skipped.line for skipped in sheet.skipped] == [3]


@pytest.mark.parametrize(
    "line",
    ["X,Total,Ann,1", ",Total,Ann,1", ",Page,Lily,01/02/2015", "Y,Count,Dora,1", ",Printed,On,", "H801200001001",
     "Hill", "totally,wrong,row,here"],
)  # fmt: skip
def test_a_pupil_with_an_odd_name_or_a_cut_off_row_is_never_taken_for_a_footer(line: str) -> None:
    sheet = read_sheet(f"UPN,Surname,Forename,DoB\nX,Hill,Ann,1\n{line}\n".encode(), "roll.csv")
    assert len(sheet.rows) == 2
    assert sheet.skipped == ()


def test_headings_repeated_on_each_page_are_skipped() -> None:
    sheet = read_sheet((SMALL + SMALL).encode(), "roll.csv")
    assert len(sheet.rows) == 2
    assert [(skipped.line, skipped.says) for skipped in sheet.skipped] == [(3, "The headings once more.")]


@pytest.mark.parametrize(
    ("line", "read", "problem"),
    [
        ("X,Hill", ("X", "Hill", "", ""), "This row has 2 cells and there are 4 headings."),
        ("X", ("X", "", "", ""), "This row has 1 cell and there are 4 headings."),
        ("X,Hill,Ann,1,,,", ("X", "Hill", "Ann", "1"), None),
        ("X,Hill,Jr,Ann,1,", ("X", "Hill", "Jr", "Ann", "1"),
         "This row has 5 cells and there are 4 headings. Perhaps one of its cells needs quotation marks around it."),
    ],
)  # fmt: skip
def test_a_ragged_row_is_kept_with_its_problem(line: str, read: tuple[str, ...], problem: str | None) -> None:
    (row,) = read_sheet(f"UPN,Surname,Forename,DoB,\n{line}\n".encode(), "roll.csv").rows
    assert (row.cells, row.problem) == (read, problem)


def test_headings_are_found_by_the_columns_asked_for() -> None:
    posts = (Column("name", "Name", identifies=True), Column("post", "Post"), Column("hours", "Hours"))
    sheet = read_sheet(b"Staff list\nName;Post;Hours\nA;Teacher;32,5\n", "staff.csv", posts)
    assert sheet.header == ("Name", "Post", "Hours")
    assert cells(sheet) == [("A", "Teacher", "32,5")]


@pytest.mark.parametrize("name", ["roll.xlsx", "roll.xls", "roll"])
def test_a_name_that_lies_is_told(name: str) -> None:
    assert read_sheet(SMALL.encode(), name).read_as == f"CSV, UTF-8, commas, though named {name}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (SMALL[:26].encode(), "no rows under them"),
        (SMALL[:26].encode() + b"Total,0\r\n", "no rows under them"),
        (b"Surname,Class,Note\nHill,7A,x\n", "such as UPN, Surname, Forename, Date of birth"),
        (b"just a letter\nto somebody\n", "headings"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Save As"),
        (b"<html><table><tr><td>UPN</td></tr></table>", "web page"),
        (b" \n<?xml version='1.0'?><Workbook/>", "web page"),
        (SMALL.encode().replace(b"Hill", b"Hi\0ll"), "Line 2 of this file holds characters that are not text"),
        (SMALL.encode().replace(b"UPN", b"U\x01N"), "Line 1 "),
        (SMALL.encode("utf-16")[2:], "Line 1 "),
        (SMALL.encode("cp1252").replace(b"Hill", b"Hi\x81ll"), "Line 2 "),
        (SMALL.encode("utf-8-sig") + b"X,Ng,Zo\xeb,1\n", "Line 3 "),
        (SMALL.encode("utf-16") + b"\x00", "Line 3 "),
        (SMALL.encode() + b"X,Ng,Zo\xeb,1\r\n", "Line 2 of this file is written in UTF-8 and line 3 is not"),
        (SMALL.encode() + b'X,"Ng,Ann,1\r\nY,Li,Bo,2\r\n', "opened on line 3"),
        (SMALL.encode() + b'X,"Ng', "opened on line 3"),
        (SMALL.encode() + b"X,Ng," + b"a" * 10_001 + b",1", "line 3 has a cell of more than 10,000 characters"),
        (SMALL.encode() + b'X,"' + b"Ng,Ann,1\r\n" * 20_000, "line 3 has a cell of more than 10,000 characters"),
        (SMALL[:24].encode() + b",A" * 200 + b"\nX,Hill,Ann,1\n", "more than 200 columns"),
        (SMALL.encode() + b"X,Ng,Ann,1\n" * 60_000, "more than 60,000 rows"),
        (bytes(range(256)) * 50, "characters that are not text"),
        (SMALL.encode() + b"\n" * 2_000_001, "more than 1,000,000 lines"),
    ],
)
def test_what_is_no_list_is_turned_away_with_the_reason(content: bytes, words: str) -> None:
    assert words in says(content)


def test_limits_are_inclusive() -> None:
    long = b"X,Ng," + b"a" * 10_000 + b",1\n"
    sheet = read_sheet(SMALL.encode() + long + b"X,Ng,Ann,1\n" * 59_998, "roll.csv")
    assert len(sheet.rows) == 60_000
    assert (
        len(read_sheet(SMALL[:24].encode() + b",A" * 196 + b"\nX,Hill,Ann,1" + b",a" * 196, "roll.csv").header) == 200
    )


WIDE = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\t\n\r,;|\"'=")), max_size=12)
WEST = st.text(st.sampled_from("abz ,;|\t\"'=\n\réëñßÿÀ0189/"), max_size=12)


def tables(cell: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    first = st.just("X")  # so that no row is blank or a footer
    return st.lists(st.tuples(first, cell, cell, cell), min_size=1, max_size=8)


DIALECTS = [("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]


@given(
    tables(WIDE), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(DIALECTS)
)  # fmt: skip
def test_any_table_written_as_csv_is_read_back_the_same(
    rows: list[tuple[str, ...]], delimiter: str, encoding: str, dialect: tuple[str, Any]
) -> None:
    text = csv_of(HEADER, *rows, delimiter=delimiter, end=dialect[0], quoting=dialect[1])
    sheet = read_sheet(text.encode(encoding), "roll.csv")
    assert cells(sheet) == rows
    assert sheet.header == HEADER


@given(tables(WEST), st.sampled_from(",;\t|"))
def test_any_western_table_in_windows_1252_is_read_back_the_same(rows: list[tuple[str, ...]], delimiter: str) -> None:
    text = csv_of(HEADER, ("X", "é", "", ""), *rows, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    assert cells(read_sheet(text.encode("cp1252"), "roll.csv"))[1:] == rows


@given(st.lists(st.binary(max_size=200), max_size=3))
def test_any_bytes_are_read_or_turned_away(chunks: list[bytes]) -> None:
    for content in (b"".join(chunks), SMALL.encode() + b"".join(chunks), b"PK\x03\x04" + b"".join(chunks)):
        try:
            read_sheet(content, "roll.csv")
        except Unreadable:
            continue


@pytest.mark.parametrize("text", ["=1", "+1", "-1+1", "@x", "\tx", "\rx", "  =1"])
def test_a_formula_is_kept_as_text_and_guarded_on_the_way_out(text: str) -> None:
    sheet = read_sheet(csv_of(HEADER, ("X", text, "Ann", "1"), quoting=csv.QUOTE_ALL).encode(), "roll.csv")
    assert sheet.rows[0].cells[1] == text
    assert looks_like_formula(text)
    assert for_csv(text) == f"'{text}"


@given(st.text())
def test_a_guarded_text_is_no_formula_and_guarded_once(text: str) -> None:
    assert not looks_like_formula(for_csv(text))
    assert for_csv(for_csv(text)) == for_csv(text)
    assert for_csv(text) in (text, f"'{text}")
