"""Pupil premium plus: claims, ceilings, splits, spending and the cost of support."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding, errors, in_force
from plugins.lac.codes import LOOKED_AFTER_RATES
from plugins.lac.rules import (
    PremiumShares,
    claim_findings,
    premium_shares,
    spending_findings,
    split_by_term,
    support_cost,
    unspent_findings,
)

FROM_ON, UNTIL_BY = date(2026, 11, 12), date(2027, 3, 25)
PENCE = st.integers(-10_000_000, 10_000_000)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def claim(
    cost_pence: int | None = 18_000,
    target: str = "target-1",
    from_on: date = FROM_ON,
    until_by: date = UNTIL_BY,
    asked_pence: int = 0,
    ceiling_pence: int | None = 55_000,
    approval: str = "",
) -> tuple[Finding, ...]:
    return claim_findings(
        cost_pence, target, from_on, until_by, FROM_ON, UNTIL_BY, asked_pence, ceiling_pence, approval
    )


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        (claim(), []),
        pytest.param(claim(target=" "), [("error", "no_target")], id="rule 17, tutoring without a target"),
        pytest.param(claim(asked_pence=38_000), [("error", "over_ceiling")], id="rule 17, over the ceiling"),
        pytest.param(
            claim(asked_pence=38_000, approval="VS-112"),
            [("warning", "over_ceiling_approved")],
            id="rule 17, with approval",
        ),
        pytest.param(claim(asked_pence=37_000), [], id="up to the ceiling"),
        pytest.param(claim(asked_pence=900_000, ceiling_pence=None), [], id="no ceiling"),
        (claim(cost_pence=None), [("error", "no_cost")]),
        (claim(cost_pence=0), [("error", "no_cost")]),
        (claim(from_on=date(2026, 11, 11)), [("error", "outside_plan")]),
        (claim(until_by=date(2027, 3, 26)), [("error", "outside_plan")]),
        (claim(from_on=UNTIL_BY, until_by=FROM_ON), [("error", "ends_first")]),
        (claim(from_on=UNTIL_BY), []),  # one day
    ],
)
def test_a_claim_has_a_target_a_cost_and_days_inside_the_plan(
    findings: tuple[Finding, ...], found: list[tuple[str, str]]
) -> None:
    assert codes(findings) == found


@pytest.mark.parametrize("approval", ["", "VS-112"])
def test_a_claim_over_the_ceiling_says_by_how_much(approval: str) -> None:
    (finding,) = claim(asked_pence=38_000, approval=approval)
    assert finding.says.startswith("That makes £560.00, £10.00 over the £550.00 of a term.")


@pytest.mark.parametrize(
    ("pence", "terms", "parts"),
    [
        pytest.param(263_000, 3, (87_667, 87_667, 87_666), id="rule 18"),
        (100, 7, (15, 15, 14, 14, 14, 14, 14)),
        (100_000, 3, (33_334, 33_333, 33_333)),
        (-100_000, 3, (-33_334, -33_333, -33_333)),
        (2, 3, (1, 1, 0)),
        (0, 3, (0, 0, 0)),
    ],
)
def test_a_year_is_split_into_its_terms(pence: int, terms: int, parts: tuple[int, ...]) -> None:
    assert split_by_term(pence, terms) == parts


@given(PENCE, st.integers(1, 12))
def test_a_split_keeps_every_penny_and_its_parts_differ_by_one_at_most(pence: int, terms: int) -> None:
    parts = split_by_term(pence, terms)
    assert sum(parts) == pence
    assert len(parts) == terms
    assert max(parts) - min(parts) <= 1
    assert split_by_term(-pence, terms) == tuple(-part for part in parts)


@pytest.mark.parametrize("terms", [-1, 0, 13, 10**12])
def test_nothing_is_split_over_terms_that_no_year_has(terms: int) -> None:
    with pytest.raises(ValueError, match="1 to 12 terms"):
        split_by_term(100, terms)
    with pytest.raises(ValueError, match="1 to 12 terms"):
        premium_shares(100, 10, terms)


def test_what_the_school_does_not_get_the_virtual_school_holds() -> None:
    rate = in_force(LOOKED_AFTER_RATES, date(2025, 9, 1))
    assert rate
    assert rate.value == 263_000
    rule_18 = premium_shares(rate.value, 55_000)
    assert rule_18 == PremiumShares((55_000, 55_000, 55_000), 98_000)
    assert sum(rule_18.terms_pence) == 165_000


@given(PENCE, PENCE, st.integers(1, 6))
def test_shares_are_the_rate(rate_pence: int, term_pence: int, terms: int) -> None:
    shares = premium_shares(rate_pence, term_pence, terms)
    assert sum(shares.terms_pence) + shares.held_pence == rate_pence


@pytest.mark.parametrize(
    ("target", "spent_pence", "found"),
    [
        pytest.param("target-1", 55_000, [], id="finance rule 34, all of it"),
        pytest.param("target-1", 55_001, ["over_agreed"], id="finance rule 34, a penny over"),
        pytest.param("", 18_000, ["no_target"], id="finance rule 34, no target"),
        ("", 55_001, ["no_target", "over_agreed"]),
    ],
)
def test_premium_is_spent_on_a_target_and_within_what_was_agreed(
    target: str, spent_pence: int, found: list[str]
) -> None:
    assert codes(spending_findings(target, 55_000, spent_pence)) == [("error", code) for code in found]


def test_a_penny_over_is_said_as_a_penny() -> None:
    (finding,) = spending_findings("target-1", 55_000, 55_001)
    assert "goes £0.01 over it" in finding.says


def test_what_is_left_is_returned_or_carried_over_as_the_virtual_school_has_it() -> None:
    assert codes(unspent_findings(55_000, 52_000, "return")) == [("note", "unspent_return")]
    assert codes(unspent_findings(55_000, 52_000, "carry")) == [("note", "unspent_carry")]
    (finding,) = unspent_findings(55_000, 52_000, "ask")
    assert finding.says.startswith("£30.00 is not spent. Ask the virtual school")
    assert unspent_findings(55_000, 55_000, "ask") == ()


YEAR_PENCE, YEAR_MINUTES = 2_517_287, 1_235 * 60


@pytest.mark.parametrize(
    ("minutes", "pence"),
    [
        pytest.param(60, 2_038, id="finance rule 17, an hour as it is shown"),
        pytest.param(12 * 3 * 40, 48_919, id="finance rule 18"),
        (0, 0),
        (YEAR_MINUTES, YEAR_PENCE),
    ],
)
def test_support_is_costed_from_the_year(minutes: int, pence: int) -> None:
    assert support_cost(YEAR_PENCE, YEAR_MINUTES, minutes) == pence


def test_a_rounded_hour_would_lose_seven_pence() -> None:
    assert support_cost(YEAR_PENCE, YEAR_MINUTES, 24 * 60) - 24 * 2_038 == 7


def test_half_a_penny_goes_up() -> None:
    assert support_cost(1, 2, 1) == 1
    assert support_cost(1, 3, 1) == 0


def test_a_post_without_minutes_has_no_cost_a_minute() -> None:
    with pytest.raises(ValueError, match="minutes"):
        support_cost(100, 0, 60)


@given(st.integers(0, 10**7), st.integers(1, 10**5), st.integers(0, 10**4))
def test_the_cost_is_the_nearest_penny(year_pence: int, year_minutes: int, minutes: int) -> None:
    cost = support_cost(year_pence, year_minutes, minutes)
    assert abs(2 * (cost * year_minutes - year_pence * minutes)) <= year_minutes


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_nothing_over_the_ceiling_is_allowed_without_approval(cost: int, asked: int, ceiling: int) -> None:
    found = errors(claim(cost_pence=cost, asked_pence=asked, ceiling_pence=ceiling))
    assert bool(found) == (asked + cost > ceiling)
    assert errors(claim(cost_pence=cost, asked_pence=asked, ceiling_pence=ceiling, approval="VS-1")) == ()
