"""Spending: the life of an order, who may approve it, invoices that are held, premium plus, the end of the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.finance.codes import Margin
from plugins.finance.rules import (
    Invoice,
    Life,
    Standing,
    YearEnd,
    available,
    duplicate_invoice_findings,
    life_findings,
    order_findings,
    premium_spending_findings,
    premium_unspent_findings,
    related_party_findings,
    standing,
    tolerance_findings,
    year_end,
)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("life", "at", "left_pence"),
    [
        pytest.param(Life(0), Standing(0, 0, 0), 500_000, id="asked for"),
        pytest.param(Life(120_000), Standing(120_000, 0, 0), 380_000, id="rule 27, ordered"),
        pytest.param(Life(120_000, 72_000), Standing(48_000, 72_000, 0), 380_000, id="rule 27, 60% received"),
        pytest.param(
            Life(120_000, 72_000, 72_000, 72_000), Standing(48_000, 0, 72_000), 380_000, id="rule 27, invoiced"
        ),
        pytest.param(
            Life(120_000, 120_000, 72_000, 72_000), Standing(0, 48_000, 72_000), 380_000, id="the rest received"
        ),
        pytest.param(
            Life(120_000, 120_000, 120_000, 121_500), Standing(0, 0, 121_500), 378_500, id="rule 27, final invoice"
        ),
        pytest.param(
            Life(120_000, 72_000, 120_000, 121_500),
            Standing(0, 0, 121_500),
            378_500,
            id="rule 27, final invoice ahead of the receipt",
        ),
        pytest.param(
            Life(120_000, 120_000, 120_000, 121_500, 121_500), Standing(0, 0, 121_500), 378_500, id="paid: only cash"
        ),
        pytest.param(
            Life(120_000, 72_000, 72_000, 72_000, 0, 48_000), Standing(0, 0, 72_000), 428_000, id="closed short"
        ),
        pytest.param(
            Life(120_000, 72_000, cancelled_pence=48_000), Standing(0, 72_000, 0), 428_000, id="closed, not invoiced"
        ),
        pytest.param(
            Life(120_000, 0, 30_000, 30_000), Standing(90_000, 0, 30_000), 380_000, id="a service invoiced first"
        ),
        pytest.param(
            Life(120_000, 72_000, 72_000, 71_500),
            Standing(48_000, 0, 71_500),
            380_500,
            id="cheaper than ordered, and nothing is owed",
        ),
        pytest.param(
            Life(120_000, 72_000, 72_000, 73_000),
            Standing(48_000, 0, 73_000),
            379_000,
            id="dearer than ordered, and the rest is still to come",
        ),
        pytest.param(Life(120_000, 125_000), Standing(0, 125_000, 0), 375_000, id="more came than was ordered"),
    ],
)
def test_an_order_moves_from_promised_to_owed_to_spent(life: Life, at: Standing, left_pence: int) -> None:
    assert standing(life) == at
    assert available(500_000, at) == left_pence


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """An order of which no more came, was invoiced for or was cancelled than there was."""
    ordered = draw(st.integers(0, 10_000_000))
    cancelled = draw(st.integers(0, ordered))
    received = draw(st.integers(0, ordered - cancelled))
    settled = draw(st.integers(0, ordered - cancelled))
    invoiced = draw(st.integers(0, 10_000_000))
    return Life(ordered, received, settled, invoiced, draw(st.integers(0, invoiced)), cancelled)


@given(lives())
def test_an_order_is_all_in_one_place_or_another_and_prices_alone_change_the_sum(life: Life) -> None:
    at = standing(life)
    dearer = life.invoiced_pence - life.settled_pence
    total = at.commitment_pence + at.accrual_pence + at.actual_pence
    assert total == life.ordered_pence - life.cancelled_pence + dearer
    assert min(at.commitment_pence, at.accrual_pence) >= 0
    assert [code for level, code in codes(life_findings(life)) if level == "error"] == []


@pytest.mark.parametrize(
    ("life", "found"),
    [
        (Life(120_000, 120_000, 120_000, 121_500, 121_500), []),
        (Life(120_000, 72_000, 72_000, 72_000, 0, 48_000), []),
        (Life(120_000, 120_001), [("error", "over_received")]),
        (Life(120_000, 72_000, cancelled_pence=48_001), [("error", "over_received")]),
        (Life(120_000, 72_000, 72_001, 72_001), [("warning", "not_received")]),
        (Life(120_000, 72_000, 72_001, 72_000, 0, 48_000), [("error", "over_settled")]),
        (Life(120_000, 120_000, 120_001, 125_000), [("error", "over_settled")]),
        pytest.param(Life(120_000, 120_000, 120_000, 125_000), [], id="dearer is for the tolerance to say"),
        (Life(120_000, 72_000, 72_000, 72_000, 72_001), [("error", "over_paid")]),
        (
            Life(120_000, 120_001, 120_002, 120_000, 120_001),
            [("error", "over_received"), ("error", "over_settled"), ("error", "over_paid")],
        ),
    ],
)
def test_receipts_invoices_and_payments_fit_the_order(life: Life, found: list[tuple[str, str]]) -> None:
    assert codes(life_findings(life)) == found


def test_what_is_invoiced_early_is_said() -> None:
    (finding,) = life_findings(Life(120_000, 72_000, 120_000, 121_500))
    assert finding.says.startswith("£480.00 of this is invoiced and has not come.")


@pytest.mark.parametrize(
    ("ordered_pence", "invoiced_pence", "found"),
    [
        pytest.param(120_000, 121_500, [("note", "within_tolerance")], id="rule 27, £15 over, £24 allowed"),
        (120_000, 122_400, [("note", "within_tolerance")]),
        (120_000, 122_401, [("error", "over_tolerance")]),
        (120_000, 120_000, []),
        (120_000, 119_000, []),
        pytest.param(10_000, 11_000, [("note", "within_tolerance")], id="£10 on a small order"),
        (10_000, 11_001, [("error", "over_tolerance")]),
        pytest.param(50_049, 51_049, [("note", "within_tolerance")], id="2% is £10.0098, and a penny is whole"),
        (50_049, 51_050, [("error", "over_tolerance")]),
    ],
)
def test_invoices_may_go_over_their_order_by_ten_pounds_or_two_per_cent(
    ordered_pence: int, invoiced_pence: int, found: list[tuple[str, str]]
) -> None:
    assert codes(tolerance_findings(ordered_pence, invoiced_pence)) == found


def test_a_trust_has_its_own_tolerance() -> None:
    (finding,) = tolerance_findings(120_000, 121_500, Margin(0, 100))
    assert finding.code == "over_tolerance"
    assert finding.says.startswith("The invoices are £15.00 over the order; £12.00 is allowed.")


def order(
    net_pence: int = 100_000,
    available_pence: int = 100_000,
    approved_by: str = "head",
    limit_pence: int | None = 1_000_000,
    over_budget_pence: int = 0,
) -> tuple[Finding, ...]:
    return order_findings(net_pence, available_pence, "senco", approved_by, limit_pence, over_budget_pence)


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        (order(), []),
        pytest.param(order(available_pence=95_000), [("error", "over_budget")], id="rule 28, blocked"),
        pytest.param(
            order(available_pence=95_000, over_budget_pence=5_000),
            [("warning", "over_budget_approved")],
            id="rule 28, approved with the role's limit",
        ),
        pytest.param(
            order(available_pence=95_000, over_budget_pence=4_999), [("error", "over_budget")], id="not enough"
        ),
        pytest.param(
            order(1, -100, over_budget_pence=100), [("error", "over_budget")], id="what is overspent counts as well"
        ),
        (order(approved_by="senco"), [("error", "same_person")]),
        (order(approved_by=" "), [("error", "not_approved")]),
        (order(limit_pence=99_999), [("error", "over_limit")]),
        (order(limit_pence=None), []),
        (order(net_pence=0), [("error", "no_amount")]),
        (order(net_pence=0, available_pence=-1), [("error", "no_amount")]),
        (order(net_pence=-1), [("error", "no_amount")]),
    ],
)
def test_an_order_needs_another_person_their_limit_and_the_money(
    findings: tuple[Finding, ...], found: list[tuple[str, str]]
) -> None:
    assert codes(findings) == found


def test_an_order_over_budget_says_by_how_much() -> None:
    (finding,) = order(available_pence=95_000)
    assert finding.says.startswith("£950.00 is available: with this the line is £50.00 over its budget.")


@pytest.mark.parametrize(
    ("at_end", "left"),
    [
        pytest.param(
            Standing(48_000, 72_000, 0),
            YearEnd(72_000, date(2027, 8, 31), date(2027, 9, 1), 48_000),
            id="rule 30, came and not invoiced; ordered and not come",
        ),
        (Standing(0, 0, 120_000), YearEnd(0, date(2027, 8, 31), date(2027, 9, 1), 0)),
    ],
)
def test_at_the_year_s_end_what_came_is_a_cost_and_what_did_not_is_carried(at_end: Standing, left: YearEnd) -> None:
    assert year_end(at_end, 2026) == left


BILL = Invoice("Harbour Therapy", "INV 0012", 123_456)


@pytest.mark.parametrize(
    ("invoice", "held"),
    [
        pytest.param(BILL, True, id="rule 37, the same"),
        pytest.param(Invoice("Harbour Therapy", "inv0012 ", 123_456), True, id="rule 37, case and spaces"),
        pytest.param(Invoice("HARBOUR  THERAPY", "INV 0012", 123_456), True, id="a supplier typed again"),
        (Invoice("Harbour Therapy", "INV 0013", 123_456), False),
        (Invoice("Harbour Therapy", "INV 0012", 123_457), False),
        (Invoice("Harbour Theatre", "INV 0012", 123_456), False),
        pytest.param(Invoice("Harbour TherapyI", "NV 0012", 123_456), False, id="words do not run together"),
    ],
)
def test_an_invoice_that_came_before_is_held(invoice: Invoice, held: bool) -> None:
    earlier = (Invoice("Harbour Therapy", "INV 0001", 5_000), BILL)
    assert codes(duplicate_invoice_findings(invoice, earlier)) == [("error", "duplicate")] * held
    assert duplicate_invoice_findings(invoice, ()) == ()


@pytest.mark.parametrize(
    ("pence", "year_pence", "approval", "found"),
    [
        pytest.param(60_000, 3_950_000, "", [("error", "needs_approval")], id="rule 38"),
        pytest.param(60_000, 3_950_000, "DfE-77", [("note", "related_party_approved")], id="rule 38, approved"),
        pytest.param(50_000, 3_950_000, "", [], id="up to the limit"),
        (50_001, 3_950_000, " ", [("error", "needs_approval")]),
    ],
)
def test_the_department_approves_what_is_bought_from_a_related_party(
    pence: int, year_pence: int, approval: str, found: list[tuple[str, str]]
) -> None:
    assert codes(related_party_findings(pence, year_pence, approval)) == found


def test_a_related_party_s_year_is_said() -> None:
    (finding,) = related_party_findings(60_000, 3_950_000)
    assert finding.says.startswith("With this it is £40,100.00 this year from a related party, over £40,000.00.")
    assert related_party_findings(60_000, 3_950_000, limit_pence=5_000_000) == ()


@pytest.mark.parametrize(
    ("purpose", "spent_pence", "found"),
    [
        pytest.param("target-1", 55_000, [], id="rule 34, all of it"),
        pytest.param("target-1", 55_001, ["over_agreed"], id="rule 34, a penny over"),
        pytest.param(" ", 18_000, ["no_target"], id="rule 34, no target"),
        ("", 55_001, ["no_target", "over_agreed"]),
    ],
)
def test_premium_plus_is_spent_on_a_target_and_within_what_was_agreed(
    purpose: str, spent_pence: int, found: list[str]
) -> None:
    findings = premium_spending_findings(purpose, 55_000, spent_pence)
    assert codes(findings) == [("error", code) for code in found]


def test_a_penny_over_is_said_as_a_penny() -> None:
    (finding,) = premium_spending_findings("target-1", 55_000, 55_001)
    assert finding.says.startswith("£550.00 is agreed, and this goes £0.01 over it.")


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        (premium_unspent_findings(55_000, 55_000, "return"), []),
        (premium_unspent_findings(55_000, 54_999, "return"), [("note", "unspent_return")]),
        (premium_unspent_findings(55_000, 0, "carry"), [("note", "unspent_carry")]),
        (premium_unspent_findings(55_000, 0, "ask"), [("note", "unspent_ask")]),
    ],
)
def test_what_is_left_at_the_end_of_a_term_goes_as_the_virtual_school_has_it(
    findings: tuple[Finding, ...], found: list[tuple[str, str]]
) -> None:
    assert codes(findings) == found
