"""A timetable with its entries, as an exams officer's system exports it."""

from .columns import ENTRY_COLUMNS
from .comparing import Comparison, compare
from .rows import MOST_ROWS, Read, entry_sheet, read_entries

__all__ = [
    "ENTRY_COLUMNS",
    "MOST_ROWS",
    "Comparison",
    "Read",
    "compare",
    "entry_sheet",
    "read_entries",
]
