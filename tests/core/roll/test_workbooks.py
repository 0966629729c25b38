"""A workbook is measured before it is opened; days, numbers and formulas read as a person sees them."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from core.roll.sheets import Sheet, Unreadable, read_sheet

DATA = Path(__file__).parents[2] / "data"
HEADER = ("UPN", "Surname", "Forename", "DoB")
ANN = ("H801200001001", "Hill", "Ann", "17/10/2014")


def xlsx_of(*rows: tuple[Any, ...], sheet: str = "Roll", before: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name in before:
        book.add_worksheet(name).write(0, 0, "Nothing here")
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date | time):
                page.write_datetime(at, column, cell, day)
            else:
                page.write(at, column, cell)
    book.close()
    return out.getvalue()


def repacked(content: bytes, **changes: tuple[str, str]) -> bytes:
    """The workbook with something replaced in a part, named by the end of its path without .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part).decode()
            for name, (before, after) in changes.items():
                if part.filename.endswith(f"{name}.xml"):
                    assert before in text
                    text = text.replace(before, after)
            new.writestr(part.filename, text)
    return out.getvalue()


def says(content: bytes, name: str = "roll.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content, name)
    assert refused.value.says.endswith(".")
    assert str(refused.value) == refused.value.says
    return refused.value.says


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


SHEET = xlsx_of(HEADER, ANN)


@pytest.mark.parametrize("name", ["roll-census-style.csv", "roll-sims-style.csv", "roll-arbor-style.csv"])
def test_an_xlsx_twin_gives_the_same_rows(name: str) -> None:
    plain = read_sheet((DATA / name).read_bytes(), name)
    rows = [(skipped.says,) for skipped in plain.skipped if skipped.line < plain.header_line]
    twin = read_sheet(xlsx_of(*rows, plain.header, *cells(plain), ("Total", "600")), "roll.xlsx")
    assert twin.header == plain.header
    assert [(row.record, row.cells, row.problem) for row in twin.rows] == [
        (row.record, row.cells, row.problem) for row in plain.rows
    ]
    assert twin.rows[0].line == twin.header_line + 1 == len(rows) + 2


def test_days_and_numbers_of_a_workbook_read_as_a_person_types_them() -> None:
    row = (
        "H801200001001",
        "Hill",
        "Ann",
        date(2014, 10, 17),
        7,
        0.5,
        1234567890,
        True,
        datetime(2026, 11, 22, 9, 30),  # noqa: DTZ001 - a workbook knows no zone
        time(9, 5),
    )
    (read,) = read_sheet(xlsx_of((*HEADER, *"abcdef"), row), "roll.xlsx").rows
    assert read.line == 2
    assert read.cells[3:] == ("2014-10-17", "7", "0.5", "1234567890", "TRUE", "2026-11-22 09:30:00", "09:05:00")


def test_the_first_sheet_that_holds_headings_is_read() -> None:
    sheet = read_sheet(xlsx_of(("Our school",), (), HEADER, ANN, before=("Cover", "Notes")), "roll.xlsx")
    assert (sheet.read_as, sheet.header_line, cells(sheet)) == ("XLSX, sheet “Roll”", 3, [ANN])
    assert read_sheet(SHEET, "roll.csv").read_as == "XLSX, sheet “Roll”, though named roll.csv"


def test_a_hidden_sheet_is_not_read() -> None:
    hidden = repacked(xlsx_of(HEADER, ANN, before=("Cover",)), workbook=('name="Roll"', 'name="Roll" state="hidden"'))
    assert "headings" in says(hidden)


def test_a_formula_of_a_workbook_reads_as_its_result_and_a_text_like_one_stays_text() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, ("X", "=1+1", "Ann", "1"))
    page.write_formula(1, 2, '=CONCAT("A","nn")', None, "Ann")
    book.close()
    assert cells(read_sheet(out.getvalue(), "roll.xlsx")) == [("X", "=1+1", "Ann", "1")]


def test_formatted_but_empty_cells_far_below_do_no_harm() -> None:
    content = repacked(
        xlsx_of(HEADER, ANN), sheet1=("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    )
    assert cells(read_sheet(content, "roll.xlsx")) == [ANN]


def far(cell: str, row: str) -> bytes:
    last = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    return repacked(xlsx_of(HEADER, ANN), sheet1=("</sheetData>", last))


def lying(content: bytes, part: str, size: int) -> bytes:
    """The archive, its directory saying that a part is so large."""
    raw = bytearray(content)
    at = raw.rindex(part.encode()) - 46
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(raw)


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def shared_bomb() -> bytes:
    """One text of 9,000 characters, shown by 90,000 cells: 810 MB in a file of a few kB."""
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'
    rows = "".join(row.format(at) for at in range(3, 30_003)) * 3
    return repacked(
        xlsx_of((*HEADER, "x" * 9_000), ANN),
        sheet1=("</sheetData>", rows.replace("<v>0</v>", "<v>4</v>") + "</sheetData>"),
    )


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """The workbook with one part exchanged, and something that does not pack, so that its ratio is no matter."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    noise = b"".join(hashlib.sha256(bytes([a, b])).digest() for a in range(25) for b in range(256))
    return zipped(*(parts | {name: text, "xl/media/a.png": noise}).items())


@pytest.mark.parametrize(
    "content",
    [
        repacked(SHEET, sheet1=('ref="A1:D2"', 'ref="A1:XFD1048576"')),
        repacked(SHEET, sharedStrings=('uniqueCount="8"', 'uniqueCount="4000000000"')),
        repacked(SHEET, sheet1=("</sheetData>", '</sheetData><mergeCells count="4000000000"/>')),
        far("A1048576", "1048576"),
        far("A9", "99999999999"),
    ],
)
def test_no_number_in_a_workbook_decides_how_much_is_read(content: bytes) -> None:
    assert cells(read_sheet(content, "roll.xlsx"))[0] == ANN


@pytest.mark.parametrize(("limit", "words"), [("MOST_CELLS", "cells"), ("MOST_BYTES", "MB")])
def test_cells_and_what_they_say_are_counted(limit: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_part(SHEET, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>words</t></si>" * 60_000 + b"</sst>")
    monkeypatch.setattr("core.roll.workbooks." + limit, 50_000 if limit == "MOST_CELLS" else 250_000)
    monkeypatch.setattr("core.roll.workbooks._measure", lambda archive, packed: None)
    assert words in says(content)


BARE = """<x:worksheet xmlns:x="urn:a"><x:sheetData>
<x:row><x:c t="inlineStr"><x:is><x:t>UPN</x:t></x:is></x:c><x:c t="str"><x:v>Surname</x:v></x:c>
  <x:c t="inlineStr"><x:is><x:r><x:t>Fore</x:t></x:r>
  <x:r><x:t>name</x:t></x:r><x:rPh><x:t>NO</x:t></x:rPh></x:is></x:c></x:row>
<x:row r="7"><x:c r="A7"><x:v>7</x:v></x:c><x:c r="C7" t="d"><x:v>2014-10-17T00:00:00.000Z</x:v></x:c></x:row>
<x:row><x:c/><x:c t="b"><x:v>0</x:v></x:c><x:c t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""


def test_what_other_programs_write_is_read_too() -> None:
    sheet = read_sheet(with_part(SHEET, "xl/worksheets/sheet1.xml", BARE.encode()), "roll.xlsx")
    assert sheet.header == ("UPN", "Surname", "Forename")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (7, ("7", "", "2014-10-17")),
        (8, ("", "FALSE", "#DIV/0!")),
    ]


def test_a_workbook_of_the_1904_calendar_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, ANN[:3])
    page.write_datetime(1, 3, date(2014, 10, 17), book.add_format({"num_format": 14}))
    book.close()
    assert cells(read_sheet(out.getvalue(), "roll.xlsx")) == [(*ANN[:3], "2014-10-17")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(("xl/workbook.xml", b" " * 150_000_000)), "unpacks to more than we open (200 MB)"),
        (zipped(*[("xl/workbook.xml", b"")] + [(f"xl/{n}.xml", b"") for n in range(2_001)]), "unpacks to more"),
        (lying(SHEET, "xl/worksheets/sheet1.xml", 2_000_000_000), "unpacks to more"),
        (lying(SHEET, "xl/worksheets/sheet1.xml", 100), "damaged"),
        (shared_bomb(), "unpacks to more"),
        (far("XFD1048576", "1048576"), "more than 200 columns"),
        (repacked(SHEET, sheet1=("<sheetData>", '<sheetData><row r="x"/>')), "damaged"),
        (repacked(SHEET, sheet1=("</sheetData>", "")), "damaged"),
        (repacked(SHEET, sheet1=("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet")), "damaged"),
        (repacked(SHEET, sharedStrings=("<si><t>UPN</t></si>", "")), "damaged"),
        (repacked(SHEET, sharedStrings=("Hill", "Hi_x0000_ll")), "Row 2 of “Roll” holds characters that are not text"),
        (xlsx_of(HEADER, ("X", "Hill", "a" * 10_001, "1")), "line 2 has a cell of more than 10,000 characters"),
        (xlsx_of(("Nothing",), ("here",)), "headings"),
        (SHEET[:-40], "damaged"),
        (SHEET[: len(SHEET) // 2], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (zipped(("roll.csv", b"UPN")), "zip file"),
        (zipped(("word/document.xml", b"<a/>")), "Word"),
        (zipped(("xl/workbook.bin", b"")), ".xlsb"),
        (
            zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")),
            "OpenDocument",
        ),
        (zipped(("xl/workbook.xml", b"<a/>"), method=zipfile.ZIP_BZIP2), "damaged"),
        (zipped(("xl/workbook.xml", b"<a/>")), "damaged"),
        (with_part(SHEET, "xl/worksheets/sheet1.xml", b"<c>" * 5_000_000), "damaged"),
        (with_part(SHEET, "xl/workbook.xml", b"<sheets>" * 2_000_000), "damaged"),
        (with_part(SHEET, "xl/workbook.xml", b"<a>" + b"<sheet/>" * 2_000_000 + b"</a>"), "damaged"),
        (
            with_part(SHEET, "xl/worksheets/sheet1.xml", b"<a>" + b"<row><c><v>1</v></c></row>" * 60_002 + b"</a>"),
            "60,000 rows",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_workbook_that_is_damaged_or_a_bomb_is_turned_away(content: bytes, words: str) -> None:
    assert len(content) < 1_000_000
    assert words in says(content, "roll.xlsx")


@given(at=st.integers(0, len(SHEET) - 1), bits=st.integers(1, 255))
def test_a_workbook_with_a_flipped_byte_is_read_or_turned_away(at: int, bits: int) -> None:
    with suppress(Unreadable):
        assert read_sheet(SHEET[:at] + bytes([SHEET[at] ^ bits]) + SHEET[at + 1 :], "roll.xlsx").rows
