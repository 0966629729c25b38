"""Small numbers: hidden, with whatever would give them back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.academies.rules import hidden_cells, shown, suppressed_below

DAY = date(2026, 11, 16)
COUNTS = st.lists(st.integers(0, 300), max_size=8)


@pytest.mark.parametrize(
    ("part", "whole", "may_be"),
    [
        (0, 200, True),
        (1, 200, False),
        (4, 200, False),
        (5, 200, True),
        (195, 200, True),
        (196, 200, False),  # 4 without are as telling
        (199, 200, False),
        (200, 200, True),
        (0, 0, True),
        (0, 3, False),
        (3, 3, False),
    ],
)
def test_a_small_part_is_hidden_and_so_is_a_small_rest(part: int, whole: int, may_be: bool) -> None:
    assert shown(part, whole, DAY) is may_be


def test_the_threshold_holds_before_any_edition_of_it() -> None:
    assert suppressed_below(date(1999, 1, 1)) == suppressed_below(DAY) == 5
    assert not shown(4, 200, date(1999, 1, 1))
    assert hidden_cells((4, 9), date(1999, 1, 1)) == (True, True)


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ((), ()),
        ((0, 0), (False, False)),
        ((10, 20, 30), (False, False, False)),
        ((3, 20, 10), (True, False, True)),  # the smallest other
        ((3, 0, 10), (True, False, True)),  # nothing is hidden behind a nought
        ((3, 2, 10), (True, True, False)),  # two already hide each other
        ((3, 0, 0), (True, False, False)),
    ],
)
def test_one_hidden_cell_never_stands_alone(cells: tuple[int, ...], hidden: tuple[bool, ...]) -> None:
    assert hidden_cells(cells, DAY) == hidden


@given(COUNTS)
def test_every_small_count_is_hidden(cells: list[int]) -> None:
    assert all(hide for cell, hide in zip(cells, hidden_cells(cells, DAY), strict=True) if 0 < cell < 5)


@given(COUNTS)
def test_a_total_gives_no_hidden_cell_back(cells: list[int]) -> None:
    hidden = [cell for cell, hide in zip(cells, hidden_cells(cells, DAY), strict=True) if hide]
    others = [cell for cell, hide in zip(cells, hidden_cells(cells, DAY), strict=True) if not hide and cell]
    assert len(hidden) != 1 or not others
