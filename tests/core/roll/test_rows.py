"""Rows that speak of one pupil are brought together, and two pupils are never made into one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.columns import PUPIL_COLUMNS, match
from core.roll.rows import PupilRows, pupils
from core.roll.sheets import Row, Sheet, read_sheet
from plugins.register.reading import COLUMNS as REGISTER_COLUMNS

DATA = Path(__file__).parents[2] / "data"
ALL = PUPIL_COLUMNS + REGISTER_COLUMNS
HEADER = ("UPN", "Surname", "Forename", "DoB", "SEN Need", "Rank")


def grouped(*rows: tuple[str, ...]) -> list[PupilRows]:
    sheet = Sheet(HEADER, 1, tuple(Row(at + 1, at, cells) for at, cells in enumerate(rows, 1)), "test")
    return pupils(sheet, match(HEADER, ALL))


def lines(groups: list[PupilRows]) -> list[list[int]]:
    return [[row.line for row in group.lines] for group in groups]


def test_one_row_for_each_need_is_one_pupil() -> None:
    (ann,) = grouped(
        ("H801200001001", "Hill", "Ann", "17/10/2014", "SLCN", "1"),
        (" h801200001001", "HILL", "Ann ", "17/10/2014", "ASD", "2"),
        ("H8012 00001001", "", "", "", "", "3"),
    )
    assert list(ann.values) == ["upn", "surname", "forename", "born_on", "need", "rank"]
    assert list(ann.values.values()) == ["H801200001001", "Hill", "Ann", "17/10/2014", "SLCN", "1"]
    assert [row["need"] for row in ann.cells] == [("SLCN",), ("ASD",), ("",)]
    assert ann.every("need") == ("SLCN", "ASD")
    assert ann.every("started_on") == ()
    assert ann.problem is None


@pytest.mark.parametrize(
    ("second", "apart"),
    [
        (("H801200001001", "Hill", "Ann", "18/10/2014", "ASD", "1"), "date of birth"),
        (("h801200001001", "Hill", "Ben", "17/10/2014", "ASD", "1"), "forename"),
        (("H801200001001", "Mills", "Ann", "17/10/2014", "ASD", "1"), "surname"),
    ],
)
def test_a_upn_that_two_people_have_is_a_problem_of_the_later(second: tuple[str, ...], apart: str) -> None:
    first = ("H801200001001", "Hill", "Ann", "17/10/2014", "SLCN", "1")
    again = (*second[:4], "PD", "2")
    groups = grouped(first, second, first, again)
    assert lines(groups) == [[2, 4], [3, 5]]
    assert groups[0].problem is None
    assert groups[1].problem == f"This UPN stands on line 2 already, with another {apart}."


def test_a_row_without_a_upn_stands_for_itself() -> None:
    row = ("  ", "Hill", "Ann", "17/10/2014", "", "")
    assert lines(grouped(row, row)) == [[2], [3]]


def test_several_needs_in_one_row_are_told_from_left_to_right() -> None:
    sheet = read_sheet(b"UPN,Surname,Forename,SENneed2,SENneed1\nX,Hill,Ann, ASD ,SLCN\n", "a.csv")
    (ann,) = pupils(sheet, match(sheet.header, ALL))
    assert ann.cells[0]["need"] == ("ASD", "SLCN")
    assert ann.values["need"] == "ASD"


@pytest.mark.parametrize(
    ("name", "count", "problems"),
    [("roll-census-style.csv", 360, []), ("roll-sims-style.csv", 600, [105]), ("roll-arbor-style.csv", 605, [])],
)
def test_the_sample_files_hold_so_many_pupils(name: str, count: int, problems: list[int]) -> None:
    sheet = read_sheet((DATA / name).read_bytes(), name)
    groups = pupils(sheet, match(sheet.header, ALL))
    assert len(groups) == count
    assert [group.lines[0].line for group in groups if group.problem] == problems


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 4, st.just(""), st.just("")), max_size=12))
def test_every_row_is_in_one_group_and_no_group_holds_two_people(rows: list[tuple[str, ...]]) -> None:
    groups = grouped(*rows)
    assert sorted(row.line for group in groups for row in group.lines) == list(range(2, len(rows) + 2))
    for group in groups:
        assert len({row.cells[0] for row in group.lines}) == 1
        assert all(len({row.cells[at] for row in group.lines} - {""}) <= 1 for at in (1, 2, 3)) or not all(
            group.values[name] for name in ("surname", "forename", "born_on")
        )
