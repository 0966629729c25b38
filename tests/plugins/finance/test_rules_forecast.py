"""Forecasts: where a line ends, by which profile, what stands in two terms, and the monthly statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.law import Finding
from plugins.finance.codes import Margin
from plugins.finance.rules import (
    PROFILES,
    Budget,
    Item,
    LineMonth,
    Outturn,
    Standing,
    StatementRow,
    Terms,
    by_profile,
    double_count_findings,
    expected_by,
    outturn,
    statement_findings,
    statement_row,
    together,
)

PENCE = st.integers(0, 10_000_000)
BUDGET = 4_800_000
SO_FAR = Standing(commitment_pence=315_000, accrual_pence=0, actual_pence=2_130_000)
PLANNED = 2_982_000


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def ending(budget_pence: int, outturn_pence: int) -> Outturn:
    """A line of which all that it will cost is planned."""
    return outturn(budget_pence, Standing(0, 0, 0), outturn_pence)


def test_rule_31_an_outturn_is_what_was_spent_promised_and_is_planned() -> None:
    ends = outturn(BUDGET, SO_FAR, PLANNED)
    assert ends == Outturn(5_427_000, -627_000, -131, "red", reason_needed=True)
    straight_line = SO_FAR.actual_pence * 12 // 5
    assert straight_line == 5_112_000
    assert ends.outturn_pence != straight_line


def test_what_is_owed_is_a_part_of_the_outturn() -> None:
    assert outturn(BUDGET, Standing(315_000, 1_000, 2_130_000), PLANNED).outturn_pence == 5_428_000


@pytest.mark.parametrize(
    ("budget_pence", "outturn_pence", "tenths", "rag", "reason_needed"),
    [
        (1_000_000, 1_000_000, 0, "green", False),
        (1_000_000, 1_000_001, 0, "amber", False),
        pytest.param(1_000_000, 1_050_000, -50, "amber", False, id="£500 and 5%, over neither"),
        pytest.param(1_000_000, 1_050_001, -50, "red", True, id="over both by a penny"),
        pytest.param(1_000_001, 1_050_001, -50, "amber", False, id="£500, and just under 5%"),
        pytest.param(900_000, 949_999, -56, "amber", False, id="over 5%, not over £500"),
        pytest.param(2_000_000, 2_060_000, -30, "amber", False, id="over £500, not over 5%"),
        pytest.param(1_000_000, 949_999, 50, "amber", True, id="much less than planned wants a reason, too"),
        (1_000_000, 950_000, 50, "green", False),
        pytest.param(0, 50_001, None, "red", True, id="no budget, and so no share of it"),
        pytest.param(0, 50_000, None, "amber", False, id="no budget, little spent"),
        (0, 0, None, "green", False),
        pytest.param(2_000, 1_999, 1, "green", False, id="0.05% is a tenth"),
        pytest.param(2_000, 2_001, -1, "amber", False, id="and its mirror"),
    ],
)
def test_a_colour_and_a_reason_follow_from_the_variance(
    budget_pence: int, outturn_pence: int, tenths: int | None, rag: str, reason_needed: bool
) -> None:
    ends = ending(budget_pence, outturn_pence)
    assert (ends.variance_tenths, ends.rag, ends.reason_needed) == (tenths, rag, reason_needed)
    assert ends.variance_pence == budget_pence - outturn_pence


def test_a_trust_may_ask_for_a_reason_earlier() -> None:
    assert not ending(1_000_000, 1_020_000).reason_needed
    assert outturn(1_000_000, Standing(0, 0, 1_020_000), 0, Margin(10_000, 100)).reason_needed


ORDERED = Terms(
    actual=(Item("invoice-1", 72_000),),
    accruals=(Item("receipt-2", 10_000),),
    commitments=(Item("order-1", 38_000), Item("order-2", 315_000)),
    planned=(Item("post-1", 2_982_000),),
)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (Terms(), []),
        (ORDERED, []),
        pytest.param(
            structs.replace(ORDERED, planned=(Item("order-2", 315_000), Item("post-1", 1))),
            ["order-2 is in commitments and planned. Take it out of all but one."],
            id="rule 32, ordered and planned",
        ),
        (
            structs.replace(ORDERED, accruals=(Item("invoice-1", 1),), planned=(Item("invoice-1", 1),)),
            ["invoice-1 is in actual and accruals and planned. Take it out of all but one."],
        ),
        pytest.param(
            Terms(planned=(Item("post-1", 1), Item("post-1", 2))), [], id="two months of one thing are in one term"
        ),
    ],
)
def test_nothing_stands_in_two_terms_of_a_forecast(terms: Terms, said: list[str]) -> None:
    findings = double_count_findings(terms)
    assert [finding.says for finding in findings] == said
    assert codes(findings) == [("error", "double_count")] * len(said)


TERMS = PROFILES.value["terms"]


@pytest.mark.parametrize(
    ("pence", "weights", "months"),
    [
        (4_800_000, PROFILES.value["payroll"], (400_000,) * 12),
        (425_000, (), (35_417,) * 8 + (35_416,) * 4),
        (100_000, TERMS, (33_334, 0, 0, 0, 33_333, 0, 0, 33_333, 0, 0, 0, 0)),
        (-100_000, TERMS, (-33_334, 0, 0, 0, -33_333, 0, 0, -33_333, 0, 0, 0, 0)),
        (0, TERMS, (0,) * 12),
    ],
)
def test_a_budget_falls_on_the_months_of_its_profile(
    pence: int, weights: tuple[int, ...], months: tuple[int, ...]
) -> None:
    assert by_profile(pence, weights) == months


@pytest.mark.parametrize(
    ("weights", "month", "pence"),
    [
        ((), 5, 2_000_000),
        ((), 12, 4_800_000),
        (TERMS, 1, 1_600_000),
        (TERMS, 4, 1_600_000),
        (TERMS, 5, 3_200_000),
        (TERMS, 12, 4_800_000),
    ],
)
def test_what_is_expected_by_a_month_is_not_a_straight_line(weights: tuple[int, ...], month: int, pence: int) -> None:
    assert expected_by(4_800_000, weights, month) == pence


@pytest.mark.parametrize(("weights", "month"), [((1,) * 11, 5), ((0,) * 12, 5), ((), 0), ((), 13)])
def test_a_profile_has_twelve_months_and_weighs_something(weights: tuple[int, ...], month: int) -> None:
    with pytest.raises(ValueError, match=r"weight|month"):
        expected_by(100, weights, month)


@given(st.integers(-10_000_000, 10_000_000), st.lists(st.integers(0, 50), min_size=12, max_size=12).filter(any))
def test_a_profile_keeps_every_penny(pence: int, weights: list[int]) -> None:
    assert sum(by_profile(pence, tuple(weights))) == expected_by(pence, tuple(weights), 12) == pence


def month(line: str = "Assistants", reason: str = "") -> LineMonth:
    budget = Budget(5_000_000, virements_pence=-250_000, supplements_pence=50_000)
    standing = Standing(315_000, 12_000, 2_118_000)
    return LineMonth(line, budget, standing, PLANNED, 2_000_000, reason, "Recruit in March", "Head")


def test_a_row_of_the_statement_is_the_line_column_by_column() -> None:
    assert statement_row(month()) == StatementRow(
        line="Assistants",
        original_pence=5_000_000,
        virements_pence=-250_000,
        supplements_pence=50_000,
        current_pence=4_800_000,
        actual_pence=2_118_000,
        accruals_pence=12_000,
        commitments_pence=315_000,
        available_pence=2_355_000,
        profiled_pence=2_000_000,
        to_date_pence=-130_000,
        outturn_pence=5_427_000,
        variance_pence=-627_000,
        variance_tenths=-131,
        rag="red",
        reason_needed=True,
        reason="",
        action="Recruit in March",
        owner="Head",
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (statement_row(month()), [("error", "no_reason")]),
        (statement_row(month(reason=" ")), [("error", "no_reason")]),
        (statement_row(month(reason="Two more pupils since January.")), []),
        (statement_row(month(), Margin(700_000, 0)), []),
        (statement_row(LineMonth("Resources", Budget(100_000), Standing(0, 0, 0), 100_000, 0)), []),
    ],
)
def test_a_large_variance_wants_a_reason(row: StatementRow, found: list[tuple[str, str]]) -> None:
    assert codes(statement_findings(row)) == found


def test_a_missing_reason_says_which_way_the_line_goes() -> None:
    (over,) = statement_findings(statement_row(month()))
    assert over.says.startswith("Assistants will end £6,270.00 over its budget.")
    (under,) = statement_findings(statement_row(LineMonth("Training", Budget(100_000), Standing(0, 0, 0), 0, 0)))
    assert under.says.startswith("Training will end £1,000.00 under its budget.")


months = st.builds(
    LineMonth,
    st.just("line"),
    st.builds(Budget, PENCE, st.integers(-1000, 1000), st.integers(-1000, 1000)),
    st.builds(Standing, PENCE, PENCE, PENCE),
    PENCE,
    PENCE,
)


@given(st.lists(months, max_size=6))
def test_the_last_row_of_a_statement_is_the_sum_of_its_rows(lines: list[LineMonth]) -> None:
    rows = [statement_row(line) for line in lines]
    last = statement_row(together("All", tuple(lines)))
    assert last.line == "All"
    for column in (name for name in StatementRow.__struct_fields__ if name.endswith("_pence")):
        assert getattr(last, column) == sum(getattr(row, column) for row in rows), column


@given(months)
def test_a_row_adds_up(line: LineMonth) -> None:
    row = statement_row(line)
    assert row.current_pence == row.original_pence + row.virements_pence + row.supplements_pence
    spoken_for = row.actual_pence + row.accruals_pence + row.commitments_pence
    assert row.available_pence + spoken_for == row.current_pence
    assert row.variance_pence + row.outturn_pence == row.current_pence
    assert row.available_pence - row.variance_pence == line.planned_pence
