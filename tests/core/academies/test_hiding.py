"""What is hidden cannot be worked out, not even by someone who knows how it was hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.academies import rules
from core.academies.hiding import hidden
from core.academies.rules import hidden_in_both
from core.answers import Measure

DAY = date(2026, 11, 16)
Row = tuple[int, int]
"""How many children, and of how many of them something is so."""
Shown = tuple[int | Row | None, ...]


def measures(row: Row) -> dict[str, Measure]:
    children, part = row
    return {
        "t.children": Measure("t.children", "Children", children, 400, "t.record", shown_as="count"),
        "t.part": Measure("t.part", "Something", part, children, "t.record", among="the children"),
    }


def table(rows: Sequence[Row]) -> dict[str, dict[str, Measure]]:
    return {str(at): measures(row) for at, row in enumerate(rows)}


def told(academies: Sequence[Row], groups: Sequence[Row]) -> Shown:
    """Every cell of both tables as it is shown; None for one that is hidden. A share tells its whole."""
    hide = hidden(table(academies), table(groups), DAY)
    cells: list[int | Row | None] = []
    for at, rows in enumerate((academies, groups)):
        for row, (children, part) in enumerate(rows):
            cells.append(None if (at, str(row), "t.children") in hide else children)
            cells.append(None if (at, str(row), "t.part") in hide else (part, children))
    return tuple(cells)


def every(top: int, rows: int) -> Iterable[tuple[Row, ...]]:
    return product([(children, part) for children in range(top + 1) for part in range(children + 1)], repeat=rows)


def total(rows: Sequence[Row]) -> Row:
    return sum(children for children, _ in rows), sum(part for _, part in rows)


@pytest.mark.parametrize(
    ("academies", "groups", "top"), [(1, 1, 5), (1, 2, 5), (2, 1, 5), (2, 2, 4), (3, 1, 4), (3, 2, 3)]
)
def test_whatever_is_shown_every_hidden_cell_may_be_one_of_several(
    monkeypatch: pytest.MonkeyPatch, academies: int, groups: int, top: int
) -> None:
    """All tables there can be, small ones under 3: those that are shown alike differ in each cell that is hidden."""
    monkeypatch.setattr(rules, "SMALL", (msgspec.structs.replace(rules.SMALL[0], value=3),))
    of_total = defaultdict(list)
    for many in every(top, groups):
        of_total[total(many)].append(many)
    alike: dict[Shown, list[tuple[Row, ...]]] = defaultdict(list)
    for rows in every(top, academies):
        for many in of_total[total(rows)]:
            alike[told(rows, many)].append((*rows, *many))
    assert len(alike) > 10
    for shown, tables in alike.items():
        for at, cell in enumerate(shown):
            if cell is None:
                row, is_share = divmod(at, 2)
                assert len({rows[row] for rows in tables}) > 1, shown
                numbers = {rows[row][is_share] for rows in tables}
                assert len(numbers) > 1 or (is_share and numbers == {0}), shown  # of nobody: that tells of nobody


COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=4)


def of_one_total(counts: tuple[list[int], list[int]]) -> tuple[list[int], list[int]]:
    """The same, with what one table lacks added to its last cell."""
    first, second = counts
    gap = sum(first) - sum(second)
    return [*first[:-1], first[-1] + max(-gap, 0)], [*second[:-1], second[-1] + max(gap, 0)]


@given(st.tuples(COUNTS, COUNTS).map(of_one_total))
@example(([4, 5, 5], [14]))
@example(([1, 1, 20], [4, 4, 14]))
@example(([0, 3], [3]))
def test_a_hidden_count_may_be_another_beside_all_that_is_shown(counts: tuple[list[int], list[int]]) -> None:
    """One academy more and another less, within a pair: all that is shown stays, and so does what is hidden."""

    def shown(tables: Sequence[Sequence[int]]) -> list[list[int | None]]:
        one = [{str(at): {"t.n": _count(count)} for at, count in enumerate(each)} for each in tables]
        hide = hidden(one[0], one[1], DAY)
        return [
            [None if (number, str(at), "t.n") in hide else count for at, count in enumerate(each)]
            for number, each in enumerate(tables)
        ]

    as_shown = shown(counts)
    for number, cells in enumerate(as_shown):
        for at, cell in enumerate(cells):
            if cell is None:
                assert any(
                    shown(other) == as_shown and other[number][at] != counts[number][at] for other in _others(counts)
                ), (counts, number, at)


def _count(number: int) -> Measure:
    return Measure("t.n", "Children", number, 400, "t.record", shown_as="count")


def _others(counts: tuple[list[int], list[int]]) -> Iterable[tuple[list[int], list[int]]]:
    """Tables of the same total near these: one child moved within a table, or one more or less in each."""
    for number in (0, 1):
        for one, other in product(range(len(counts[number])), repeat=2):
            changed = [list(counts[0]), list(counts[1])]
            changed[number][one] += 1
            changed[number][other] -= 1
            if one != other and changed[number][other] >= 0:
                yield changed[0], changed[1]
    for one, other, more in product(range(len(counts[0])), range(len(counts[1])), (1, -1)):
        changed = [list(counts[0]), list(counts[1])]
        changed[0][one] += more
        changed[1][other] += more
        if min(changed[0][one], changed[1][other]) >= 0:
            yield changed[0], changed[1]


@pytest.mark.parametrize(
    ("rows", "groups", "hide"),
    [
        ("", "", ("", "")),
        (".", ".", (".", ".")),
        ("x", "...", ("x", "xxx")),  # one academy is the total
        ("..", "x", ("xx", "x")),
        ("x.", "..", ("xx", "..")),
        (".x..", ".", ("xx..", ".")),
        ("..x", "...", ("xxx", "...")),  # the last three go together
        (".....", "x..x", (".....", "xxxx")),
        ("..x..", "..", ("..xxx", "..")),
    ],
)
def test_counts_told_twice_are_hidden_in_pairs(rows: str, groups: str, hide: tuple[str, str]) -> None:
    found = hidden_in_both([one == "x" for one in rows], [one == "x" for one in groups])
    assert tuple("".join("x" if one else "." for one in each) for each in found) == hide


def test_a_share_goes_where_the_number_it_is_of_is_hidden() -> None:
    cells = hidden(table([(3, 0), (7, 7), (20, 8)]), {}, DAY)
    assert cells == {(0, "0", "t.children"), (0, "1", "t.children"), (0, "0", "t.part"), (0, "1", "t.part")}
