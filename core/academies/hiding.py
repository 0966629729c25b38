"""Which of a plugin's numbers must be hidden, so that no small one can be read or worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.academies.rules import hidden_cells, hidden_in_both, shown
from core.answers import Measure

Table = Mapping[str, Mapping[str, Measure]]
"""Rows, each with its measures by name; in an order that does not hang on what is counted."""
Cell = tuple[int, str, str]
"""Which table (0 the academies, 1 the groups), which row, which measure."""


def hidden(academies: Table, groups: Table, on_day: date) -> set[Cell]:
    """The cells to hide in a plugin's two tables: those that are small, and those that would give one back."""
    tables = (academies, groups)
    names = dict.fromkeys(name for table in tables for row in table.values() for name in row)
    found: set[Cell] = set()
    size = -1
    while size < len(found):
        size = len(found)
        for name in names:
            found |= _in_column(name, tables, found, on_day)
        found |= _by_whole(tables, found)
    return found


def _in_column(name: str, tables: tuple[Table, Table], found: set[Cell], on_day: date) -> set[Cell]:
    """The cells of one measure to hide, in both tables, with those that must be for another reason."""
    columns = [_told(name, table) for table in tables]
    small = [
        [(at, row, name) in found or not shown(one.part, _whole(one), on_day) for row, one in column.items()]
        for at, column in enumerate(columns)
    ]
    if columns[1]:
        hide = hidden_in_both(*small)
    else:
        hide = (hidden_cells([one.part for one in columns[0].values()], on_day, small[0]), ())
    return {
        (at, row, name)
        for at, column in enumerate(columns)
        for row, is_hidden in zip(column, hide[at], strict=True)
        if is_hidden
    }


def _told(name: str, table: Table) -> dict[str, Measure]:
    """A measure's column; a share of nothing says nothing and hides nothing else, nor does what counts no people."""
    column = {row: measures[name] for row, measures in table.items() if name in measures}
    return {row: one for row, one in column.items() if one.of_people and (one.whole or one.shown_as == "count")}


def _whole(one: Measure) -> int:
    """What a cell tells beside its part; of a bare number, nothing."""
    return one.part if one.shown_as == "count" else one.whole


def _by_whole(tables: tuple[Table, Table], found: set[Cell]) -> set[Cell]:
    """Shares whose whole is a number hidden in the same row: a share tells its whole."""
    return {
        (at, row, name)
        for at, table in enumerate(tables)
        for row, measures in table.items()
        for name, one in measures.items()
        if one.of_people
        and one.shown_as != "count"
        and any(other != name and (at, row, other) in found and measures[other].part == one.whole for other in measures)
    }
