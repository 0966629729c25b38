"""What governors may be told, who is designated teacher, and a child who is open twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.lac.rules import (
    Cell,
    DesignatedTeacher,
    Gap,
    GovernorCells,
    OpenAt,
    Split,
    designated_findings,
    designated_gaps,
    duplicate_findings,
    governor_cells,
)

DAY = timedelta(days=1)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def split(*pupils: int, name: str = "By year group") -> Split:
    return Split(name, tuple(Cell(f"Year {7 + at}", number) for at, number in enumerate(pupils)))


def told(cells: GovernorCells) -> list[list[str]]:
    return [[cell.says for cell in one.cells] for one in cells.splits]


FEW = "fewer than 5"


@pytest.mark.parametrize(
    ("splits", "total", "rates_shown", "shown"),
    [
        pytest.param([split(1, 2)], FEW, False, [], id="rule 33, three pupils"),
        pytest.param([split(2, 1, 3, 1)], "7", True, [[FEW] * 4], id="rule 33, seven pupils"),
        pytest.param([split(5, 2)], "not shown", True, [["5", FEW]], id="rule 33, a total that would tell"),
        pytest.param([split(6, 0, 0)], "not shown", True, [["6", FEW, FEW]], id="nothing left for two cells"),
        pytest.param([split(4, 4)], "not shown", True, [[FEW, FEW]], id="two full cells"),
        pytest.param([split(4, 3)], "not shown", True, [[FEW, FEW]], id="or else hiding would tell"),
        pytest.param([split(4, 2)], "6", True, [[FEW, FEW]], id="two cells that may be any two"),
        pytest.param([split(5, 6)], "11", True, [["5", "6"]], id="nothing to hide"),
        pytest.param([split(5, 2), split(7)], "not shown", True, [["5", FEW]], id="another split would give the total"),
        pytest.param([split(7), split(5, 2)], "7", True, [["7"]], id="a split that the total would open"),
        pytest.param([split(2, 2, 3), split(5, 2), split(3, 3, 1)], "7", True, [[FEW] * 3] * 2, id="only that one"),
        pytest.param([split(0, 0)], "none", False, [], id="a nil return"),
    ],
)
def test_governors_are_told_numbers_by_which_no_child_can_be_known(
    splits: list[Split], total: str, rates_shown: bool, shown: list[list[str]]
) -> None:
    pupils = sum(cell.pupils for cell in splits[0].cells)
    found = governor_cells(pupils, tuple(splits))
    assert (found.total, found.rates_shown, told(found)) == (total, rates_shown, shown)


def test_without_a_split_a_total_of_five_is_shown() -> None:
    assert governor_cells(4) == GovernorCells(FEW, rates_shown=False, splits=())
    assert governor_cells(5) == GovernorCells("5", rates_shown=True, splits=())


def test_a_trust_may_set_its_own_threshold() -> None:
    assert governor_cells(9, fewer_than=10).total == "fewer than 10"
    with pytest.raises(ValueError, match="3 or more"):
        governor_cells(9, fewer_than=2)


def test_a_split_adds_up_to_its_total() -> None:
    with pytest.raises(ValueError, match="By year group does not add up to 8"):
        governor_cells(8, (split(5, 2),))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(3, 12))
def test_no_hidden_cell_is_what_the_shown_ones_leave_of_the_total(pupils: list[int], fewer_than: int) -> None:
    report = governor_cells(sum(pupils), (split(*pupils),), fewer_than)
    hidden = [number for number in pupils if number < fewer_than]
    if report.total.isdecimal() and hidden:
        left = int(report.total) - sum(int(cell.says) for cell in report.splits[0].cells if cell.says.isdecimal())
        assert left == sum(hidden)
        assert len(hidden) > 1
        assert 0 < left < len(hidden) * (fewer_than - 1)


def ways(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many children may lie in so many cells."""
    if cells == 1:
        yield (total,)
    else:
        for pupils in range(total + 1):
            yield from ((pupils, *rest) for rest in ways(total - pupils, cells - 1))


@pytest.mark.parametrize(
    ("first", "second", "fewer_than", "most"),
    [(1, 2, 5, 12), (2, 2, 5, 20), (3, 2, 5, 18), (2, 3, 3, 14), (4, 2, 3, 15)],
)
def test_who_knows_the_whole_rule_still_cannot_work_out_a_hidden_cell(
    first: int, second: int, fewer_than: int, most: int
) -> None:
    could_be = defaultdict(set)
    for total in range(1, most + 1):
        for one, other in product(ways(total, first), ways(total, second)):
            report = governor_cells(total, (split(*one), split(*other, name="By authority")), fewer_than)
            could_be[report].add(one + other)
    for report, academies in could_be.items():
        fewest = min(sum(pupils) // 2 for pupils in academies)
        if report.total == "not shown" and fewest + first * fewer_than > most:
            continue  # it could be an academy larger than those tried
        shown = {f"{one.name}, {cell.name}": cell.says for one in report.splits for cell in one.cells}
        names = [f"By year group, Year {7 + n}" for n in range(first)]
        names += [f"By authority, Year {7 + n}" for n in range(second)]
        for name, values in zip(names, map(set, zip(*academies, strict=True)), strict=True):
            if shown.get(name, "").isdecimal():
                assert {str(value) for value in values} == {shown[name]}
                assert min(values) >= fewer_than
            else:
                assert len(values) > 1, (report, academies)


TERM_1, TERM_2 = (
    DesignatedTeacher(date(2026, 9, 1), date(2026, 12, 31), True),
    DesignatedTeacher(date(2027, 1, 4), None, True),
)


@pytest.mark.parametrize(
    ("teachers", "gaps"),
    [
        pytest.param((TERM_1, TERM_2), (Gap(date(2027, 1, 1), date(2027, 1, 3)),), id="rule 34"),
        ((TERM_2, TERM_1), (Gap(date(2027, 1, 1), date(2027, 1, 3)),)),
        ((TERM_1, DesignatedTeacher(date(2027, 1, 1))), ()),
        (
            (TERM_1, DesignatedTeacher(date(2026, 10, 1), date(2026, 10, 2)), TERM_2),
            (Gap(date(2027, 1, 1), date(2027, 1, 3)),),
        ),
        ((DesignatedTeacher(date(2026, 9, 1)), TERM_2), ()),
        ((TERM_1,), ()),
        ((), ()),
    ],
)
def test_days_between_two_designated_teachers_are_a_gap(
    teachers: tuple[DesignatedTeacher, ...], gaps: tuple[Gap, ...]
) -> None:
    assert designated_gaps(teachers) == gaps


HEAD = DesignatedTeacher(date(2026, 9, 1), head=True)
NONE, UNQUALIFIED = ("error", "nobody_designated"), ("error", "not_qualified")
GAP, LEAVES = ("warning", "designated_gap"), ("warning", "no_successor")


@pytest.mark.parametrize(
    ("teachers", "on_day", "found"),
    [
        pytest.param((TERM_1, TERM_2), date(2026, 11, 22), [GAP], id="rule 34, a gap to come"),
        pytest.param((TERM_1, TERM_2), date(2027, 1, 2), [NONE, GAP], id="rule 34, nobody now"),
        pytest.param((TERM_1, TERM_2), date(2027, 1, 3), [NONE, GAP], id="the last day of the gap"),
        pytest.param((TERM_1, TERM_2), date(2027, 1, 4), [], id="the gap is over"),
        pytest.param((), date(2027, 1, 4), [NONE], id="rule 34, never one"),
        pytest.param(
            (DesignatedTeacher(date(2026, 9, 1)),), date(2026, 11, 22), [UNQUALIFIED], id="rule 34, no teacher"
        ),
        pytest.param((HEAD,), date(2026, 11, 22), [], id="rule 34, the head"),
        ((TERM_1,), date(2026, 11, 22), [LEAVES]),
        ((TERM_1,), date(2026, 12, 31), [LEAVES]),
        ((TERM_1,), date(2027, 1, 1), [NONE]),
        ((TERM_1, HEAD), date(2026, 11, 22), [("error", "two_designated")]),
        ((TERM_2,), date(2026, 11, 22), [NONE]),
    ],
)
def test_an_academy_has_one_designated_teacher_on_every_day(
    teachers: tuple[DesignatedTeacher, ...], on_day: date, found: list[tuple[str, str]]
) -> None:
    assert codes(designated_findings(teachers, on_day)) == found


def test_a_gap_says_its_days() -> None:
    (finding,) = designated_findings((TERM_1, TERM_2), date(2026, 11, 22))
    assert finding.says.startswith("Nobody is named from 1 January 2027 to 3 January 2027.")


STARTS = date(2026, 9, 1)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100) | st.none()), max_size=6))
def test_a_day_lies_in_a_gap_when_nobody_has_it_and_somebody_before_and_after(
    stretches: list[tuple[int, int | None]],
) -> None:
    teachers = tuple(
        DesignatedTeacher(STARTS + n * DAY, None if days is None else STARTS + (n + days) * DAY, True)
        for n, days in stretches
    )
    gaps = designated_gaps(teachers)
    for day in (STARTS + n * DAY for n in range(502)):
        covered = any(one.from_on <= day <= (one.until_by or date.max) for one in teachers)
        between = any(one.from_on < day for one in teachers) and any(one.from_on > day for one in teachers)
        assert any(gap.from_on <= day <= gap.until_by for gap in gaps) == (between and not covered)


TODAY = date(2026, 11, 22)
UPN = "A801200001001"
NORTH, SOUTH = OpenAt(UPN, "North"), OpenAt(UPN, "South")
DUAL = (OpenAt(UPN, "North", STARTS), OpenAt(UPN, "South", STARTS, TODAY))


@pytest.mark.parametrize(
    ("open_at", "on_day", "found"),
    [
        pytest.param((NORTH, SOUTH), TODAY, 1, id="rule 35"),
        pytest.param(DUAL, TODAY, 0, id="rule 35, dual registration"),
        pytest.param(DUAL, TODAY + DAY, 1, id="rule 35, dual registration that is over"),
        pytest.param(DUAL, STARTS - DAY, 1, id="rule 35, dual registration to come"),
        pytest.param((NORTH, DUAL[1]), TODAY, 1, id="rule 35, at one of them only"),
        ((NORTH, OpenAt(f" {UPN.lower()}", "South")), TODAY, 1),
        ((NORTH, OpenAt("B801200001002", "South")), TODAY, 0),
        ((OpenAt("", "North"), OpenAt(" ", "South")), TODAY, 0),
        ((NORTH, NORTH), TODAY, 0),
        ((NORTH,), TODAY, 0),
        ((), TODAY, 0),
        ((NORTH, SOUTH, OpenAt("B801200001002", "South"), OpenAt("B801200001002", "West")), TODAY, 2),
    ],
)
def test_a_child_is_open_at_one_academy_of_the_trust(open_at: tuple[OpenAt, ...], on_day: date, found: int) -> None:
    assert codes(duplicate_findings(open_at, on_day)) == [("error", "open_twice")] * found


def test_a_child_open_twice_is_said_with_both_academies() -> None:
    (finding,) = duplicate_findings((SOUTH, NORTH), TODAY)
    assert finding.says.startswith(f"{UPN} is open at North and South.")
