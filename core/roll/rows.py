"""Which rows of a list speak of the same pupil: some exports have one row for each need."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from core.roll.sheets import Row, Sheet

_Cells = dict[str, tuple[str, ...]]  # of one row, by column
_TELLS_APART = {"born_on": "date of birth", "surname": "surname", "forename": "forename"}


class PupilRows(Struct, frozen=True):
    """What a list says of one pupil.

    Attributes:
        lines: The rows, in the order of the file; look at the `problem` of each.
        values: The first row's cell for each column, outer spaces off; of a `many` column the first.
        cells: For each row, every cell that stands under a column's headings, from left to right, blank ones too.
        problem: Why these rows cannot be taken as they are; None when they can.
    """

    lines: tuple[Row, ...]
    values: dict[str, str]
    cells: tuple[_Cells, ...]
    problem: str | None = None

    def every(self, column: str) -> tuple[str, ...]:
        """What all rows say under a column, in order, without blanks."""
        return tuple(cell for row in self.cells for cell in row.get(column, ()) if cell)


def pupils(sheet: Sheet, mapping: Sequence[str | None]) -> list[PupilRows]:
    """The rows of each pupil, in the order of the first of them.

    Rows with one UPN are one pupil's, whatever its case and spaces. One that differs from the first of them in name or
    date of birth is another pupil's, and carries a problem. A row without a UPN stands for itself.
    """
    places: dict[str, list[int]] = {}
    for place, column in enumerate(mapping):
        if column:
            places.setdefault(column, []).append(place)
    groups: list[list[tuple[Row, _Cells]]] = []
    problems: list[str | None] = []
    first_of: dict[str, int] = {}
    others: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        cells = {column: tuple(row.cells[place].strip() for place in at) for column, at in places.items()}
        upn = "".join(_said(cells, "upn").split()).upper()
        group, problem = first_of.get(upn), None
        if group is not None and (apart := _apart(groups[group][0][1], cells)):
            problem = f"This UPN stands on line {groups[group][0][0].line} already, with another {apart}."
            group = others.setdefault((upn, *(_said(cells, column) for column in _TELLS_APART)), len(groups))
        elif group is None and upn:
            first_of[upn] = len(groups)
        if group is None or group == len(groups):
            groups.append([])
            problems.append(problem)
        groups[-1 if group is None else group].append((row, cells))
    return [
        PupilRows(
            tuple(row for row, _ in group),
            {column: said[0] for column, said in group[0][1].items()},
            tuple(cells for _, cells in group),
            problem,
        )
        for group, problem in zip(groups, problems, strict=True)
    ]


def _said(cells: _Cells, column: str) -> str:
    return cells.get(column, ("",))[0].casefold()


def _apart(first: _Cells, other: _Cells) -> str | None:
    """In what two rows with one UPN are two people; a blank tells nothing."""
    for column, called in _TELLS_APART.items():
        one, two = _said(first, column), _said(other, column)
        if one and two and one != two:
            return called
    return None
