"""The inclusion strategy: complete over seven principles, equal to the budget, and on the school's site in time."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from core.law import Finding, errors
from plugins.finance.codes import PRINCIPLES
from plugins.finance.rules import (
    Activity,
    PrincipleCost,
    Strategy,
    Tagged,
    strategy_costs,
    strategy_due_findings,
    strategy_findings,
)

KEYS = tuple(PRINCIPLES.value)
WRITTEN_ON = date(2026, 11, 20)
ACTIVITIES = tuple(Activity(key, f"What is done for {key}", 200_000) for key in KEYS)
TAGGED = tuple(Tagged(key, 200_000) for key in KEYS)
WHOLE = Strategy(WRITTEN_ON, 1_400_000, ACTIVITIES)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def changed(**first: object) -> Strategy:
    """The whole strategy with something else about its first activity."""
    return structs.replace(WHOLE, activities=(structs.replace(ACTIVITIES[0], **first), *ACTIVITIES[1:]))


def test_there_are_seven_principles() -> None:
    assert len(KEYS) == 7


@pytest.mark.parametrize(
    ("strategy", "tagged", "found"),
    [
        pytest.param(WHOLE, TAGGED, [], id="rule 33, seven times £2,000"),
        pytest.param(
            changed(pence=None),
            (Tagged(KEYS[0], 0), *TAGGED[1:]),
            [("error", "no_cost"), ("warning", "under_allocation")],
            id="rule 33, a blank cost",
        ),
        pytest.param(
            changed(pence=0),
            TAGGED[1:],
            [("warning", "under_allocation")],
            id="a cost of nothing is a cost",
        ),
        pytest.param(
            changed(pence=200_001),
            (Tagged(KEYS[0], 200_001), *TAGGED[1:]),
            [("warning", "over_allocation")],
            id="rule 33, a penny over",
        ),
        pytest.param(
            changed(pence=200_001),
            TAGGED,
            [("error", "not_in_budget"), ("warning", "over_allocation")],
            id="rule 33, not what the budget has",
        ),
        pytest.param(
            WHOLE, (*TAGGED, Tagged(KEYS[6], 1)), [("error", "not_in_budget")], id="a penny more in the ledger"
        ),
        pytest.param(
            WHOLE,
            (Tagged(KEYS[0], 150_000), Tagged(KEYS[0], 50_000), *TAGGED[1:]),
            [],
            id="two lines of one principle",
        ),
        pytest.param(
            WHOLE,
            (*TAGGED[:5], Tagged(KEYS[5], 300_000), Tagged(KEYS[6], 100_000)),
            [("error", "not_in_budget")] * 2,
            id="the right sum under the wrong principle",
        ),
        pytest.param(WHOLE, (*TAGGED, Tagged("", 5)), [("error", "untagged")], id="a line without a principle"),
        (changed(what=" "), TAGGED, [("error", "no_words")]),
        (
            changed(principle="kindness"),
            TAGGED,
            [("error", "no_principle"), ("error", "no_activity"), ("error", "not_in_budget")],
        ),
        (Strategy(WRITTEN_ON, 0), (), [("error", "no_activity")] * 7),
    ],
)
def test_a_strategy_is_complete_when_every_principle_has_a_costed_activity_that_is_in_the_budget(
    strategy: Strategy, tagged: tuple[Tagged, ...], found: list[tuple[str, str]]
) -> None:
    assert codes(strategy_findings(strategy, tagged)) == found


def test_over_or_under_the_allocation_it_may_be_published_and_says_so() -> None:
    over = strategy_findings(structs.replace(WHOLE, allocation_pence=1_350_000), TAGGED)
    assert over[0].says.startswith("The costs are £500.00 over the allocation of £13,500.00.")
    under = strategy_findings(structs.replace(WHOLE, allocation_pence=1_450_000), TAGGED)
    assert under[0].says.startswith("The costs are £500.00 under the allocation of £14,500.00.")
    assert errors((*over, *under)) == ()


@pytest.mark.parametrize(
    ("several_years", "review_by", "found"),
    [
        (False, None, []),
        (True, date(2027, 11, 20), []),
        (True, date(2027, 11, 21), [("error", "no_yearly_review")]),
        (True, None, [("error", "no_review")]),
        pytest.param(False, date(2028, 1, 1), [], id="one year has no review of its own"),
    ],
)
def test_a_strategy_of_several_years_is_reviewed_each_year(
    several_years: bool, review_by: date | None, found: list[tuple[str, str]]
) -> None:
    strategy = structs.replace(WHOLE, several_years=several_years, review_by=review_by)
    assert codes(strategy_findings(strategy, TAGGED)) == found


def test_costs_stand_by_principle_in_their_order_beside_the_budget() -> None:
    costs = strategy_costs((*ACTIVITIES, Activity(KEYS[1], "More", 5), Activity(KEYS[1], "Unknown", None)), TAGGED)
    assert [cost.principle for cost in costs] == list(KEYS)
    assert costs[1] == PrincipleCost(KEYS[1], "Early and evidence-based support", 200_005, 200_000)


@pytest.mark.parametrize(
    ("published_on", "today", "review_by", "found"),
    [
        (None, date(2026, 12, 31), None, []),
        (None, date(2027, 1, 1), None, ["late"]),
        (date(2026, 12, 31), date(2027, 5, 4), None, []),
        pytest.param(date(2027, 1, 1), date(2027, 5, 4), None, ["late"], id="rule 33, published late"),
        (date(2026, 12, 31), date(2027, 11, 20), date(2027, 11, 20), []),
        (date(2026, 12, 31), date(2027, 11, 21), date(2027, 11, 20), ["review_late"]),
        (None, date(2027, 11, 21), date(2027, 11, 20), ["late", "review_late"]),
    ],
)
def test_a_strategy_is_on_the_site_by_the_end_of_2026(
    published_on: date | None, today: date, review_by: date | None, found: list[str]
) -> None:
    findings = strategy_due_findings(published_on, today, review_by)
    assert codes(findings) == [("warning", code) for code in found]


def test_a_strategy_that_is_not_published_says_what_to_do() -> None:
    (finding,) = strategy_due_findings(None, date(2027, 1, 1))
    assert finding.says == "It was due by 31 December 2026. Publish it now."


def test_another_year_has_another_day() -> None:
    assert strategy_due_findings(None, date(2027, 2, 1), due_by=date(2027, 12, 31)) == ()
