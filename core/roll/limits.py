"""How large a list may be, and how a file that is no list, or too large a one, is turned away."""

from __future__ import annotations

MOST_ROWS = 60_000
MOST_COLUMNS = 200
MOST_LINES = 1_000_000  # of a text file, blank ones too
MOST_CHARACTERS = 10_000  # in one cell
MOST_CELLS = 3_000_000  # of a workbook, empty ones not counted
MOST_BYTES = 200_000_000  # of all parts of a workbook, unpacked
MOST_TIMES = 100  # the size of the packed file; asked from 10 MB on, since little of nothing packs well
MOST_PARTS = 2_000

EXPORT_AGAIN = "Export the list again as CSV or Excel and upload that file."
SAVE_AS = "Open it in Excel, choose Save As, Excel Workbook (.xlsx), and upload that file."


class Unreadable(Exception):
    """The file cannot be read as a list; `says` tells the person why, and what to do next."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


def within(rows: int, columns: int) -> None:
    """Refuse a table with more rows or columns than we read.

    Raises:
        Unreadable: With the limit that was passed.
    """
    if columns > MOST_COLUMNS:
        raise Unreadable(f"This file has more than {MOST_COLUMNS} columns. Export the list again with fewer columns.")
    if rows > MOST_ROWS:
        raise Unreadable(f"This file has more than {MOST_ROWS:,} rows. Split it and import one part after the other.")


def too_long(line: int) -> Unreadable:
    """The refusal of a cell that is longer than any list holds."""
    return Unreadable(
        f"The row that starts on line {line} has a cell of more than {MOST_CHARACTERS:,} characters. Perhaps a "
        "quotation mark there is opened and never closed. Mend that row and upload the file again."
    )
