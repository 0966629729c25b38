"""What every list taken over has in common: its table, and what is wrong or doubtful in its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from core.law import Finding
from core.roll.columns import Column, match, missing
from core.roll.limits import Unreadable
from core.roll.sheets import Row, Sheet, looks_like_formula, read_sheet

Headings = tuple[str | None, ...]
"""Column by column of a sheet, the name of ours that it is; None for one that is not read."""

Table = tuple[Sheet, Headings]


class RowNote(msgspec.Struct, frozen=True):
    """Something to say of one row. `line` as a text editor counts, `record` as data rows count."""

    line: int
    record: int
    why: str


class RowFinding(RowNote, frozen=True):
    """What is wrong with one row, or doubtful: in which column, by which code."""

    field: str
    code: str
    level: Literal["error", "warning", "note"] = "error"


class ListRead(msgspec.Struct, frozen=True):
    """What a list says of its rows. With one error in it nothing of it may be recorded."""

    findings: tuple[RowFinding, ...]
    rows: int
    """In the file."""

    @property
    def rejected(self) -> list[RowNote]:
        """What stands in the way."""
        return [one for one in self.findings if one.level == "error"]

    @property
    def warned(self) -> list[RowNote]:
        """What a person should look at."""
        return [one for one in self.findings if one.level != "error"]

    @property
    def refused_rows(self) -> int:
        """How many rows have anything that stands in the way."""
        return len({one.line for one in self.rejected})


def list_sheet(
    content: bytes,
    filename: str,
    columns: Sequence[Column],
    most: int,
    also: Callable[[Headings], list[str]] = lambda _: [],
) -> Table:
    """The table in an uploaded file, and which column of ours each of its headings is.

    Args:
        most: Rows, inclusive.
        also: Names of what is needed besides the required columns and has no heading here.

    Raises:
        Unreadable: It holds no such table, one too long, or one without a column that is needed.
    """
    sheet = read_sheet(content, filename, columns)
    if len(sheet.rows) > most:
        raise Unreadable(f"This file has more than {most:,} rows. Split it and import one part after the other.")
    mapping = match(sheet.header, columns)
    if lacking := [*also(mapping), *(column.label for column in missing(mapping, columns))]:
        raise Unreadable(f"No heading was recognised as: {', '.join(lacking)}. Add or rename it, and upload again.")
    return sheet, mapping


def row_findings(row: Row, said: Iterable[Finding]) -> list[RowFinding]:
    """Findings with the row they are about."""
    return [RowFinding(row.line, row.record, one.says, one.field or "", one.code, one.level) for one in said]


def formula_findings(cells: Iterable[str]) -> list[Finding]:
    """A doubt where a cell of a row would be run by a spreadsheet; [] where none is."""
    if not any(looks_like_formula(cell) and len(cell) > 1 for cell in cells):
        return []
    says = "A cell looks like a formula: it is kept as text, and made harmless in exports."
    return [Finding("warning", "formula", says, "")]
