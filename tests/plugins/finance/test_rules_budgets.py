"""Budgets: what is income, what is left, what may be moved, and how far the notional budget goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.finance.codes import FUNDS
from plugins.finance.rules import (
    Budget,
    Coverage,
    Income,
    LineBudget,
    Standing,
    Virement,
    after_virements,
    available,
    coverage,
    current_budget,
    reversal,
    total_income,
    virement_findings,
)

PENCE = st.integers(0, 10_000_000)
LINES = ("assistants", "resources", "training")


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("incomes", "total"),
    [
        ([], 0),
        ([Income("core", 215_433_217), Income("top_up", 425_000)], 215_858_217),
        pytest.param(
            [Income("core", 215_433_217), Income("top_up", 425_000), Income("notional", 18_600_000)],
            215_858_217,
            id="rule 14",
        ),
        pytest.param([Income("notional", 18_600_000)], 0, id="rule 14, nothing else"),
        ([Income("inclusive", 1_400_000), Income("inclusive", -100_000)], 1_300_000),
    ],
)
def test_the_notional_budget_is_a_label_and_no_income(incomes: list[Income], total: int) -> None:
    assert total_income(tuple(incomes)) == total


def test_income_of_a_fund_nobody_knows_is_not_counted_in_silence() -> None:
    with pytest.raises(ValueError, match="no fund gag; there are core"):
        total_income((Income("gag", 1),))


@given(st.lists(st.tuples(st.sampled_from(sorted(FUNDS)), PENCE)), PENCE)
def test_recording_the_notional_budget_never_changes_income(rows: list[tuple[str, int]], notional_pence: int) -> None:
    incomes = tuple(Income(fund, pence) for fund, pence in rows)
    assert total_income((*incomes, Income("notional", notional_pence))) == total_income(incomes)


@pytest.mark.parametrize(
    ("high_needs_pence", "support_pence", "notional_pence", "covered"),
    [
        pytest.param(
            (700_000,) * 9, 6_150_000, 10_800_000, Coverage(11_550_000, 10_800_000, 750_000), id="rule 15, a gap"
        ),
        pytest.param((599_999, 600_000, 600_001), 0, 0, Coverage(1_799_999, 0, 1_799_999), id="up to the threshold"),
        pytest.param((), 6_150_000, 10_800_000, Coverage(6_150_000, 10_800_000, -4_650_000), id="more than enough"),
    ],
)
def test_the_notional_budget_meets_the_first_6000_of_each_pupil_and_sen_support(
    high_needs_pence: tuple[int, ...], support_pence: int, notional_pence: int, covered: Coverage
) -> None:
    assert coverage(high_needs_pence, support_pence, notional_pence) == covered


def test_another_threshold_may_be_given() -> None:
    assert coverage((700_000,), 0, 0, threshold_pence=650_000).need_pence == 650_000


@pytest.mark.parametrize(
    ("budget", "current_pence"),
    [
        (Budget(4_800_000), 4_800_000),
        (Budget(4_800_000, virements_pence=-200_000), 4_600_000),
        (Budget(4_800_000, virements_pence=-200_000, supplements_pence=50_000), 4_650_000),
    ],
)
def test_a_current_budget_is_what_was_given_moved_and_added(budget: Budget, current_pence: int) -> None:
    assert current_budget(budget) == current_pence


@pytest.mark.parametrize(
    ("at", "left_pence"),
    [
        (Standing(0, 0, 0), 500_000),
        (Standing(120_000, 0, 0), 380_000),
        (Standing(48_000, 72_000, 0), 380_000),
        (Standing(48_000, 0, 72_000), 380_000),
        (Standing(300_000, 200_000, 100), -100),
    ],
)
def test_available_is_what_is_not_promised_owed_or_spent(at: Standing, left_pence: int) -> None:
    assert available(500_000, at) == left_pence


def move(
    pence: int = 200_000,
    available_pence: int = 200_000,
    source_fund: str = "core",
    target_fund: str = "core",
    limit_pence: int | None = 500_000,
    target: str = "resources",
) -> tuple[Finding, ...]:
    return virement_findings(pence, available_pence, source_fund, target_fund, "assistants", target, limit_pence)


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        pytest.param(move(), [], id="rule 26, all that is there"),
        pytest.param(move(available_pence=199_999), ["not_available"], id="rule 26, a penny short"),
        pytest.param(move(source_fund="premium_looked_after"), ["other_fund"], id="rule 26, premium plus to core"),
        pytest.param(move(target_fund="premium_looked_after"), ["other_fund"], id="and back"),
        pytest.param(move(limit_pence=199_999), ["over_limit"], id="rule 26, approval by limit"),
        pytest.param(move(limit_pence=200_000), [], id="up to the limit"),
        pytest.param(move(limit_pence=None), [], id="no limit"),
        pytest.param(move(limit_pence=0), ["over_limit"], id="may move nothing"),
        (move(pence=0), ["no_amount"]),
        (move(pence=-1), ["no_amount"]),
        pytest.param(move(pence=0, available_pence=-5), ["no_amount"], id="an overspent line says one thing at a time"),
        (move(pence=1, available_pence=-5), ["not_available"]),
        (move(target="assistants"), ["same_line"]),
        pytest.param(
            move(source_fund="notional", target_fund="notional"),
            ["memo"],
            id="a label is not moved as if it were money",
        ),
        (move(pence=600_000, source_fund="premium"), ["other_fund", "not_available", "over_limit"]),
    ],
)
def test_money_moves_where_it_is_there_within_its_fund_and_the_limit(
    findings: tuple[Finding, ...], found: list[str]
) -> None:
    assert codes(findings) == [("error", code) for code in found]


def test_a_refused_move_says_what_is_left() -> None:
    (finding,) = move(available_pence=199_999)
    assert finding.says == "Only £1,999.99 is left on the line. Move less, or from another line."
    (overspent,) = move(pence=1, available_pence=-5)
    assert overspent.says.startswith("Only £0.00 is left")


def test_lines_that_are_not_known_yet_are_not_compared() -> None:
    assert virement_findings(1, 1, "core", "core") == ()


def test_a_fund_nobody_knows_is_named_as_it_was_typed() -> None:
    (finding,) = virement_findings(1, 1, "gag", "core")
    assert finding.says.startswith("gag is spent on what it is for, not through Core funding.")
    assert virement_findings(1, 1, "gag", "gag") == ()


BUDGETS = (LineBudget("assistants", 1_000_000), LineBudget("resources", 300_000), LineBudget("training", 0))


def test_rule_26_a_move_and_its_reversal() -> None:
    moved = Virement("assistants", "resources", 200_000)
    after = after_virements(BUDGETS, (moved,))
    assert [budget.pence for budget in after] == [800_000, 500_000, 0]
    assert reversal(moved) == Virement("resources", "assistants", 200_000)
    assert after_virements(after, (reversal(moved),)) == BUDGETS


def test_nothing_is_moved_to_a_line_without_a_budget() -> None:
    with pytest.raises(ValueError, match="no line transport"):
        after_virements(BUDGETS, (Virement("assistants", "transport", 1),))


MOVES = st.builds(Virement, st.sampled_from(LINES), st.sampled_from(LINES), st.integers(1, 10_000_000))


@given(st.lists(PENCE, min_size=3, max_size=3), st.lists(MOVES, max_size=8))
def test_virements_keep_the_total_and_their_reversals_restore_every_line(
    given_pence: list[int], virements: list[Virement]
) -> None:
    budgets = tuple(map(LineBudget, LINES, given_pence))
    after = after_virements(budgets, tuple(virements))
    assert sum(budget.pence for budget in after) == sum(given_pence)
    assert after_virements(after, tuple(map(reversal, virements))) == budgets
