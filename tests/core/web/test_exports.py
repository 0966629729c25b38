"""Exports open in a spreadsheet with every text as text, and can be read back."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core.roll.sheets import read_sheet
from core.web.exports import csv_bytes, xlsx_bytes
from tests.core.house import NORTH, House

HEADER = ("UPN", "Surname", "Forename", "Days")
NASTY = [
    "=1+1",
    "+44 1",
    "-1+1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    " =1",
    "\uff1d1",  # the wide sign
    '=HYPERLINK("http://example.invalid","x")',
]
PLAIN = ["O'Neill", "Renée, Zoë", 'say "x"', "two\nlines", "1=1", "a-b", "'quoted'"]


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_file_is_what_excel_expects() -> None:
    content = csv_bytes(HEADER, [("X1", "Zoë", None, date(2026, 11, 22)), ("X2", "", "a,b", -3)])
    assert content == '\ufeffUPN,Surname,Forename,Days\r\nX1,Zoë,,2026-11-22\r\nX2,,"a,b",-3\r\n'.encode()


@pytest.mark.parametrize("text", ["-1", "-720.00"])
def test_a_number_below_zero_stays_a_number(text: str) -> None:
    assert read_back(csv_bytes([text], [[text]])) == [[text], [text]]


@pytest.mark.parametrize("text", NASTY)
def test_a_formula_leaves_disarmed(text: str) -> None:
    assert read_back(csv_bytes([text], [[text]])) == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_leave_as_they_are(text: str) -> None:
    assert read_back(csv_bytes(["Note"], [[text]])) == [["Note"], [text]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_no_exported_text_starts_like_a_formula(texts: list[str]) -> None:
    (cells,) = read_back(csv_bytes(texts, []))
    assert len(cells) == len(texts)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("text", NASTY + PLAIN + ["http://example.invalid", "00123", "7", "_x000D_", "x" * 40_000])
def test_a_workbook_holds_every_text_as_text(text: str) -> None:
    content = xlsx_bytes("Roll", ["Note"], [[text]])
    (_, (cell,)) = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert cell == text.replace("x" * 40_000, "x" * 32_766 + "…")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml.lower()


def test_days_and_numbers_of_a_workbook_are_real_ones() -> None:
    content = xlsx_bytes("Roll", HEADER, [("X", date(2014, 10, 17), None, -3), ("Y", date(1899, 1, 2), "", 0)])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Roll").to_python()
    assert rows == [list(HEADER), ["X", date(2014, 10, 17), "", -3.0], ["Y", "1899-01-02", "", 0.0]]


def test_the_headings_of_a_workbook_are_bold_frozen_and_filtered() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes("Roll", HEADER, [("a", "b", "c", 1)] * 3))) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:D4"/>' in xml
    assert "<b/>" in styles


@pytest.mark.parametrize(
    ("name", "title"),
    [("Roll", "Roll"), ("a/b [c]*?:\\", "a b  c"), ("'Register'", "Register"), ("", "List"), ("x" * 40, "x" * 31)],
)
def test_a_sheet_gets_a_name_that_workbooks_allow(name: str, title: str) -> None:
    assert CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(name, HEADER, []))).sheet_names == [title]


def test_an_export_touches_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not-there"))
    assert xlsx_bytes("Roll", HEADER, [("a", "b", "c", 1)] * 5_000)


def test_both_kinds_read_back_as_the_list_they_were() -> None:
    rows = [("H801200001001", "Hill", "Zoë", 3), ("U823432123028", "=cmd", "two\nlines", 0)]
    from_csv = read_sheet(csv_bytes(HEADER, rows), "roll.csv")
    from_xlsx = read_sheet(xlsx_bytes("Roll", HEADER, rows), "roll.xlsx")
    assert from_csv.header == from_xlsx.header == HEADER
    assert [row.cells for row in from_xlsx.rows] == [tuple(map(str, row)) for row in rows]
    assert from_csv.rows[1].cells[1] == "'=cmd"


def test_a_csv_file_says_it_in_a_last_column_that_no_program_reads() -> None:
    taken = "=Taken from North by Robin on 16 November 2026, for: a meeting"
    content = csv_bytes(HEADER, [("H801200001001", "Hill", "Zoë", 3)], taken=taken)
    assert read_back(content) == [[*HEADER, f"'{taken}"], ["H801200001001", "Hill", "Zoë", "3", ""]]
    (row,) = read_sheet(content, "roll.csv").rows
    assert row.cells[:4] == ("H801200001001", "Hill", "Zoë", "3")


def test_a_workbook_says_who_took_it_and_why() -> None:
    taken = (
        "Taken from North by Robin & Co on 16 November 2026, for: =cmd|' /C calc'!A0. That it was taken is recorded."
    )
    content = xlsx_bytes("Roll", HEADER, [("a", "b", "c", 1)], taken=taken)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Roll", "Taken"]
    assert book.get_sheet_by_name("Taken").to_python() == [[taken]]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"Robin &amp;&amp; Co" in parts.read("xl/worksheets/sheet1.xml")
        assert b"Taken from North" in parts.read("docProps/core.xml")
    assert [row.cells for row in read_sheet(content, "roll.xlsx").rows] == [("a", "b", "c", "1")]


def test_every_list_that_is_taken_away_bears_the_mark(house: House) -> None:
    house.pupil()
    content = house.as_role("senco").get(f"/{NORTH}/pupils/list.xlsx").content
    (told,) = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Taken").to_python()
    assert told == [
        (
            "Taken from North Primary by Senco 139204, SENCO on 16 November 2026, for: Their work. "
            "That it was taken is recorded."
        )
    ]
