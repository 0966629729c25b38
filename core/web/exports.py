"""Lists as files to take away: CSV and XLSX, made in memory and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from core.answers import Cell
from core.formulas import for_csv

__all__ = ["Cell", "csv_bytes", "xlsx_bytes"]

_LONGEST = 32_767  # characters in a cell of a workbook
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, taken: str = "") -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Excel expects; days as 2026-11-22, formulas disarmed.

    Who took it, and why (`taken`), is the heading of a last column with nothing in it: whatever reads a list by its
    headings, or by the order of its columns, finds what it found before.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    mark, blank = ([taken], [""]) if taken else ([], [])
    writer.writerow(map(for_csv, [*header, *mark]))
    writer.writerows([*(for_csv(cell) if isinstance(cell, str) else cell for cell in row), *blank] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, taken: str = "") -> bytes:
    """A sheet: headings bold, frozen and with filters; days are real days; no text is ever run as a formula.

    Who took it, and why (`taken`), stands on a second sheet, in the file's properties, and at the foot of every page
    that is printed.

    Nothing of it touches the disk: the library's way of saving memory would write every cell to a temporary file.
    """
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    sheet = book.add_worksheet(_title(sheet_name))
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, heading in enumerate(header):
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if type(cell) is date and cell.year >= 1900:  # a workbook knows no earlier day
                sheet.write_datetime(last, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell is not None and cell != "":
                sheet.write_string(last, column, _short(str(cell)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(header) - 1, 0))
    sheet.autofit(400)
    if taken:
        # In a footer "&" begins a code of its own, and more than 255 characters are refused.
        sheet.set_footer(f"&L&8{_short(taken, 200).replace('&', '&&')}"[:255])
        book.set_properties({"comments": taken})
        note = book.add_worksheet("Taken" if _title(sheet_name) != "Taken" else "Taken by")
        note.write_string(0, 0, _short(taken))
        note.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    book.close()
    return out.getvalue()


def _title(name: str) -> str:
    """A name a workbook allows: 31 characters, none of []:*?/\\ and no apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31].strip(" '") or "List"


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
