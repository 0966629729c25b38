"""The single central record on paper: one academy, landscape, the statutory columns ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from core.answers import Cell
from core.printing import pdf

from ..codes import ROUTES, Column

_TEMPLATE = Path(__file__).with_name("record.typ")
_PRINTED = frozenset({"needed", "statutory"})
_BESIDES = frozenset({"checked_by"})
_WIDE = {"name": 6, "role": 6, "qualifications": 5, "supply_confirmed_on": 5}
_USUAL = 4
_FOOT = (
    "Days are those of the checks. Columns that a trust may add, such as training, are in the spreadsheet of this "
    "record. Nothing of anybody's health or of what was disclosed stands on it."
)


class _Told(Struct, frozen=True):
    """What the template is given."""

    title: str
    made: str
    lede: str
    header: list[str]
    widths: list[int]
    rows: list[list[str]]
    foot: str


def printed(columns: Sequence[Column]) -> list[int]:
    """Places of the columns that are printed: those that make sense of a row, and the statutory ones."""
    told = enumerate(columns)
    wanted = [at for at, one in told if one.status in _PRINTED or one.key in _BESIDES]
    return [at for at in wanted if columns[at].key != "academy"]  # it stands in the title


def record_pdf(academy: str, lede: str, made: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The record as tagged PDF.

    Args:
        lede: Who stands in it.
        made: Who made it and when, for the foot of each page.
        rows: With a cell for each column.
    """
    places = printed(columns)
    told = _Told(
        f"Single central record: {academy}",
        made,
        lede,
        [columns[at].title for at in places],
        [_WIDE.get(columns[at].key, _USUAL) for at in places],
        [[_written(cells[at]) for at in places] for cells in rows],
        _FOOT,
    )
    return pdf(_TEMPLATE.read_bytes(), told)


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "in the DBS" if cell == ROUTES["within_dbs"] else str(cell if cell is not None else "")
