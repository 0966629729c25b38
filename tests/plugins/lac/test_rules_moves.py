"""Moves of home, school and authority."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.law import Finding
from core.periods import is_working_day, working_days_until
from plugins.lac.codes import AUTHORITY_PARTS, Part
from plugins.lac.rules import Authorities, PlanTransfer, key_stage_4_move_findings, plan_transfer, with_authority

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2150, 1, 1))
CONSULTED = date(2027, 1, 11)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("year_group", "emergency", "approval", "consulted_on", "officer", "found"),
    [
        pytest.param(
            10,
            False,
            "",
            None,
            False,
            [("error", "no_approval"), ("error", "teacher_not_consulted"), ("error", "officer_not_consulted")],
            id="rule 28, Year 10",
        ),
        pytest.param(10, False, "NO-7", CONSULTED, True, [], id="rule 28, approved"),
        pytest.param(9, False, "", None, False, [("note", "plan_education")], id="rule 28, Year 9"),
        pytest.param(10, True, "", None, False, [("note", "emergency")], id="rule 28, an emergency"),
        (11, False, " ", CONSULTED, True, [("error", "no_approval")]),
        (11, False, "NO-7", None, True, [("error", "teacher_not_consulted")]),
        (11, False, "NO-7", CONSULTED, False, [("error", "officer_not_consulted")]),
        (12, False, "", None, False, [("note", "plan_education")]),
    ],
)
def test_a_new_school_in_key_stage_4_is_approved_first(
    year_group: int,
    emergency: bool,
    approval: str,
    consulted_on: date | None,
    officer: bool,
    found: list[tuple[str, str]],
) -> None:
    assert codes(key_stage_4_move_findings(year_group, True, emergency, approval, consulted_on, officer)) == found


def test_a_placement_that_keeps_the_school_needs_no_approval() -> None:
    assert key_stage_4_move_findings(10, new_school=False) == ()


@pytest.mark.parametrize(
    ("told_on", "moves_on", "transfer_by", "notice_by"),
    [
        pytest.param(
            date(2027, 1, 25), date(2027, 2, 1), date(2027, 2, 12), date(2027, 3, 26), id="rule 29, short notice"
        ),
        pytest.param(
            date(2027, 1, 4), date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 15), id="rule 29, 19 clear days"
        ),
        pytest.param(date(2027, 1, 8), date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 15), id="15 clear days"),
        pytest.param(date(2027, 1, 12), date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 15), id="13 clear days"),
        pytest.param(date(2027, 1, 13), date(2027, 2, 1), date(2027, 2, 2), date(2027, 3, 16), id="12 clear days"),
        pytest.param(
            date(2027, 1, 23), date(2027, 2, 1), date(2027, 2, 12), date(2027, 3, 26), id="told on a Saturday"
        ),
        pytest.param(
            date(2027, 1, 25), date(2027, 1, 1), date(2027, 2, 12), date(2027, 3, 26), id="told after the move"
        ),
    ],
)
def test_an_ehc_plan_moves_with_the_child(told_on: date, moves_on: date, transfer_by: date, notice_by: date) -> None:
    assert plan_transfer(told_on, moves_on) == PlanTransfer(transfer_by, notice_by)


def test_rule_29_counts_nineteen_clear_working_days() -> None:
    assert working_days_until(date(2027, 1, 4), date(2027, 2, 1) - DAY) == 19


@given(DAYS, st.integers(-30, 90))
def test_a_plan_is_handed_over_within_fifteen_working_days_or_on_the_day_of_the_move(told_on: date, days: int) -> None:
    moves_on = told_on + days * DAY
    found = plan_transfer(told_on, moves_on)
    assert found.transfer_by >= moves_on
    assert found.transfer_by == moves_on or (
        is_working_day(found.transfer_by) and working_days_until(told_on - DAY, found.transfer_by) == 15
    )
    assert found.transfer_by <= plan_transfer(told_on + DAY, moves_on).transfer_by
    assert found.notice_by == found.transfer_by + timedelta(weeks=6)


CODES = st.none() | st.sampled_from(["801", "802", "803", "804"])


def test_the_parts_of_authorities_are_those_a_child_may_have() -> None:
    assert tuple(AUTHORITY_PARTS) == Authorities.__struct_fields__


@given(st.builds(Authorities, CODES, CODES, CODES, CODES), st.sampled_from(list(AUTHORITY_PARTS)), CODES)
def test_rule_30_setting_one_authority_leaves_the_others(known: Authorities, part: Part, code: str | None) -> None:
    assert structs.asdict(with_authority(known, part, code)) == structs.asdict(known) | {part: code}


def test_rule_30_each_authority_is_named_or_said_to_be_unknown() -> None:
    assert all(field.required for field in structs.fields(Authorities))
