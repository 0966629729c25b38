"""The trust's books: every penny of its academies, and what they charge each other not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.finance.rules import Books, Trade, TrustBooks, trade_findings, trust_books

TRADE = Trade("T-1", "North", "South", 500_000)
NORTH, SOUTH, CENTRAL = Books(2_500_000, 1_800_000), Books(1_200_000, 1_700_000), Books(300_000, 250_000)
PENCE = st.integers(0, 10_000_000)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("sold", "bought", "told"),
    [
        pytest.param((TRADE,), (TRADE,), TrustBooks(3_500_000, 3_250_000, 500_000), id="rule 41"),
        pytest.param((), (), TrustBooks(4_000_000, 3_750_000, 0), id="nothing between them"),
        pytest.param((TRADE,), (), TrustBooks(4_000_000, 3_750_000, 0), id="only one of them has it"),
        pytest.param((TRADE, TRADE), (TRADE,), TrustBooks(3_500_000, 3_250_000, 500_000), id="once in each"),
    ],
)
def test_a_charge_between_academies_is_in_each_and_not_in_the_trust(
    sold: tuple[Trade, ...], bought: tuple[Trade, ...], told: TrustBooks
) -> None:
    assert trust_books((NORTH, SOUTH), CENTRAL, sold, bought) == told


trades = st.builds(Trade, st.sampled_from("abc"), st.sampled_from(["North", "South"]), st.just("Bay"), PENCE)


@given(st.lists(st.builds(Books, PENCE, PENCE)), st.builds(Books, PENCE, PENCE), st.lists(trades), st.lists(trades))
def test_a_roll_up_keeps_every_penny(
    academies: list[Books], central: Books, sold: list[Trade], bought: list[Trade]
) -> None:
    told = trust_books(tuple(academies), central, tuple(sold), tuple(bought))
    everyone = [*academies, central]
    assert told.income_pence + told.eliminated_pence == sum(books.income_pence for books in everyone)
    assert told.spent_pence + told.eliminated_pence == sum(books.spent_pence for books in everyone)
    assert 0 <= told.eliminated_pence <= min(sum(trade.pence for trade in side) for side in (sold, bought))


@pytest.mark.parametrize(
    ("sold", "bought", "found"),
    [
        ((TRADE,), (TRADE,), []),
        ((TRADE,), (), ["not_bought"]),
        ((), (TRADE,), ["not_sold"]),
        ((TRADE,), (Trade("T-1", "North", "South", 499_999),), ["not_bought", "not_sold"]),
        ((TRADE, TRADE), (TRADE,), ["not_bought"]),
        ((Trade("T-2", "North", "North", 1),), (Trade("T-2", "North", "North", 1),), ["same_academy"]),
    ],
)
def test_a_charge_is_alike_in_both_academies_books(
    sold: tuple[Trade, ...], bought: tuple[Trade, ...], found: list[str]
) -> None:
    assert codes(trade_findings(sold, bought)) == [("error", code) for code in found]


def test_a_charge_that_only_one_has_says_who_is_to_record_it() -> None:
    (finding,) = trade_findings((TRADE,), ())
    assert finding.says.startswith("South does not have North's charge T-1 of £5,000.00.")
    (finding,) = trade_findings((), (TRADE,))
    assert finding.says.startswith("North does not have the charge T-1 of £5,000.00 that South has.")
