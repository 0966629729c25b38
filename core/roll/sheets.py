"""Reading an uploaded list: CSV or XLSX in any dress becomes one Sheet; nothing is decided about its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice

from msgspec import Struct

from core.formulas import for_csv, looks_like_formula
from core.roll.columns import PUPIL_COLUMNS, Column, match
from core.roll.limits import EXPORT_AGAIN, MOST_CHARACTERS, SAVE_AS, Unreadable, too_long, within
from core.roll.texts import CONTROL, DELIMITERS, all_closed, lines_in, records_in, text_in
from core.roll.workbooks import sheets_in

__all__ = ["Row", "Sheet", "Skipped", "Unreadable", "for_csv", "looks_like_formula", "read_sheet"]

_HEADER_WITHIN = 100  # lines, blank ones not counted
_NOT_LISTS = {
    b"%PDF": f"This is a PDF. {EXPORT_AGAIN}",
    b"\x89PNG": f"This is a picture. {EXPORT_AGAIN}",
    b"\xff\xd8\xff": f"This is a picture. {EXPORT_AGAIN}",
    b"\x1f\x8b": "This file is packed (gzip). Unpack it and upload the file inside it.",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel file (.xls) or one with a password, which we do not read. {SAVE_AS}",
}
_FOOTER = re.compile(
    r"(grand |sub-?|overall )?totals?\b|(row|record|pupil|student) count\b|(count|number|no\.?) of\b|count\W*\d"
    r"|\d+ (row|record|pupil|student)s?\b|(row|record|pupil|student)s?\W*\d|page \d|end of (report|list|file)\b"
    r"|(report )?(printed|generated|produced|exported|created|extracted|run) (on|at|by|from)\b",
    re.IGNORECASE,
)

_Record = tuple[int, tuple[str, ...]]  # the line a record starts on, and its cells


class Row(Struct, frozen=True):
    """One row under the headings, with at least a cell for each of them.

    Attributes:
        line: Where it starts, as a text editor counts lines; the row number of a workbook.
        record: Its place among the data rows, from 1.
        problem: Why its cells may stand under the wrong headings; None when they do not.
    """

    line: int
    record: int
    cells: tuple[str, ...]
    problem: str | None = None


class Skipped(Struct, frozen=True):
    """A line that is no row of the table, and what we took it for."""

    line: int
    says: str


class Sheet(Struct, frozen=True):
    """A list as it was uploaded, its cells untouched.

    Attributes:
        read_as: How the file was understood, such as "CSV, UTF-8, commas".
        skipped: Lines left out; blank ones are not told.
    """

    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    read_as: str
    skipped: tuple[Skipped, ...] = ()


def read_sheet(content: bytes, filename: str, columns: Sequence[Column] = PUPIL_COLUMNS) -> Sheet:
    """The list in an uploaded file; its content says what it is, its name is only checked against that.

    The headings are the first line that names three of `columns`, one of which says who a row is about.

    Raises:
        Unreadable: There is no list in it, or one larger than the limits.
    """
    for start, says in _NOT_LISTS.items():
        if content.startswith(start):
            raise Unreadable(says)
    if content.startswith(b"PK\x03\x04"):
        records, at, read_as = _from_workbook(content, columns)
        endings = {"xlsx", "xlsm"}
    else:
        records, at, read_as = _from_text(content, columns)
        endings = {"csv", "txt", "tsv"}
    ending = filename.rpartition(".")[2].lower()
    return _sheet(records, at, read_as if ending in endings else f"{read_as}, though named {filename}")


def _from_workbook(content: bytes, columns: Sequence[Column]) -> tuple[list[_Record], int, str]:
    for name, rows in sheets_in(content):
        records = [(line, cells) for line, cells in rows if any(map(str.strip, cells))]
        at, _ = _headings(records, columns)
        if at is not None:
            for line, cells in records:
                if CONTROL.search("".join(cells)):
                    raise Unreadable(f"Row {line} of “{name}” holds characters that are not text. Type that row again.")
            width = len(_trimmed(records[at][1]))  # a row of a workbook ends with its last filled cell
            records = [(line, cells + ("",) * (width - len(cells))) for line, cells in _checked(records)]
            return records, at, f"XLSX, sheet “{name}”"
    raise _no_headings(columns)


def _from_text(content: bytes, columns: Sequence[Column]) -> tuple[list[_Record], int, str]:
    text, encoding = text_in(content)
    lines = lines_in(text)
    best: tuple[int, int, str] = 0, 0, ""
    for delimiter in DELIMITERS:
        with suppress(Unreadable):  # cut at the wrong delimiter, a cell may grow without end
            at, matched = _headings(records_in(lines, delimiter), columns)
            if at is not None and matched > best[0]:
                best = matched, at, delimiter
    matched, at, delimiter = best
    if not matched:
        raise _no_headings(columns)
    records = _checked(records_in(lines, delimiter))
    all_closed(lines, delimiter, records[-1][0])
    return records, at, f"CSV, {encoding}, {DELIMITERS[delimiter]}"


def _headings(records: Iterable[_Record], columns: Sequence[Column]) -> tuple[int | None, int]:
    """Where among the records the headings stand, None for nowhere, and how many of them we know."""
    identifying = {column.name for column in columns if column.identifies}
    for at, (_, cells) in enumerate(islice(records, _HEADER_WITHIN)):
        known = [name for name in match(cells, columns) if name]
        if len(set(known)) >= 3 and not identifying.isdisjoint(known):
            return at, len(known)
    return None, 0


def _checked(records: Iterable[_Record]) -> list[_Record]:
    """The records, as long as they keep within the limits."""
    checked: list[_Record] = []
    for line, cells in records:
        within(len(checked), len(cells))
        if max(map(len, cells)) > MOST_CHARACTERS:
            raise too_long(line)
        checked.append((line, cells))
    return checked


def _sheet(records: Sequence[_Record], at: int, read_as: str) -> Sheet:
    """The table under the headings; what stands above, between and below it is skipped and told."""
    header_line, headings = records[at]
    header = tuple(heading.strip() for heading in _trimmed(headings))
    skipped = [Skipped(line, f"Above the headings: {_quoted(cells)}.") for line, cells in records[:at]]
    rows: list[Row] = []
    for line, cells in records[at + 1 :]:
        if cells == headings:
            skipped.append(Skipped(line, "The headings once more."))
        elif _is_footer(cells):
            skipped.append(Skipped(line, f"A total or a note, not a row: {_quoted(cells)}."))
        else:
            rows.append(_row(line, len(rows) + 1, cells, len(header)))
    if not rows:
        raise Unreadable(f"There are headings on line {header_line} and no rows under them. {EXPORT_AGAIN}")
    return Sheet(header, header_line, tuple(rows), read_as, tuple(skipped))


def _row(line: int, record: int, cells: tuple[str, ...], width: int) -> Row:
    if len(cells) > width:
        cells = cells[:width] + _trimmed(cells[width:])
    if len(cells) == width:
        return Row(line, record, cells)
    problem = f"This row has {_cells(len(cells))} and there are {width} headings."
    if len(cells) > width:
        problem += " Perhaps one of its cells needs quotation marks around it."
    return Row(line, record, cells + ("",) * (width - len(cells)), problem)


def _is_footer(cells: Sequence[str]) -> bool:
    """The first cell that holds anything is worded like a total or a print note; the others hold numbers or days."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(_FOOTER.match(filled[0])) and all(any(map(str.isdigit, cell)) for cell in filled[1:])


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _quoted(cells: Sequence[str]) -> str:
    text = " ".join(" ".join(cells).split())
    return f"“{text[:77]}…”" if len(text) > 80 else f"“{text}”"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _no_headings(columns: Sequence[Column]) -> Unreadable:
    wanted = ", ".join(column.label for column in columns[:4])
    return Unreadable(
        f"No line looks like headings. One line above the rows must name the columns, such as {wanted}: at least three "
        "that we know. Add it, or rename its headings, and upload the file again."
    )
