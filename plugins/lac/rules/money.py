"""Pupil premium plus for a looked-after child: what is claimed, how it is split, what is spent."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites
from core.money import pounds

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class PremiumShares(Struct, frozen=True):
    """A child's premium of one year, in pence: what the school gets each term, and what the virtual school holds."""

    terms_pence: tuple[int, ...]
    held_pence: int


@cites(
    "Pupil premium: virtual school heads' responsibilities; the ceiling is each authority's",
    "gov.uk/guidance/pupil-premium-virtual-school-heads-responsibilities",
    as_at=_READ_ON,
    rule="lac 17",
)
def claim_findings(
    cost_pence: int | None,
    target: str,
    from_on: date,
    until_by: date,
    plan_from_on: date,
    plan_until_by: date,
    asked_pence: int = 0,
    ceiling_pence: int | None = None,
    approval: str = "",
) -> tuple[Finding, ...]:
    """What is wrong with a claim: it answers a target, has a cost, and lies inside the plan.

    Over the ceiling for a term it needs the virtual school's approval; with it, how far it goes over is still said.

    Args:
        target: The target's id; empty when there is none.
        until_by: Its last day, as plan_until_by is the plan's.
        asked_pence: What was asked for in the same term already.
        ceiling_pence: The most the authority pays for a term; None when it has not said.
        approval: The virtual school's reference.
    """
    found = []
    if not target.strip():
        found.append(_error("no_target", "Choose the target that this pays for.", "target"))
    if cost_pence is None or cost_pence <= 0:
        found.append(_error("no_cost", "Give the cost.", "cost_pence"))
    if until_by < from_on:
        found.append(_error("ends_first", "The last day comes before the first. Correct one of the two.", "until_by"))
    elif from_on < plan_from_on or until_by > plan_until_by:
        says = "These days lie outside the plan. Choose days inside it."
        found.append(_error("outside_plan", says, "from_on" if from_on < plan_from_on else "until_by"))
    asked = asked_pence + (cost_pence or 0)
    if ceiling_pence is not None and asked > ceiling_pence:
        beyond = pounds(asked - ceiling_pence)
        over = f"That makes {pounds(asked)}, {beyond} over the {pounds(ceiling_pence)} of a term."
        if approval.strip():
            says = f"{over} The virtual school has approved it."
            found.append(Finding("warning", "over_ceiling_approved", says, "cost_pence"))
        else:
            says = f"{over} Ask for less, or give the virtual school's approval reference."
            found.append(_error("over_ceiling", says, "approval"))
    return tuple(found)


@cites("Tallystick: largest remainder", "", as_at=_READ_ON, verified=False, rule="lac 18")
def split_by_term(pence: int, terms: int = 3) -> tuple[int, ...]:
    """An amount over the terms of a year, each penny once; the first terms get the pennies that are left.

    What is taken back is split as its mirror.

    Raises:
        ValueError: No year has as many terms.
    """
    _insist_on_terms(terms)
    each, left = divmod(abs(pence), terms)
    sign = -1 if pence < 0 else 1
    return tuple(sign * (each + (term < left)) for term in range(terms))


@cites("Lancashire virtual school, PPG+ policy", "lancashire.gov.uk", as_at=_READ_ON, edition="2025-26", rule="lac 18")
def premium_shares(rate_pence: int, term_pence: int, terms: int = 3) -> PremiumShares:
    """What the school gets of a year's premium, and what the virtual school holds; together they are the rate.

    Args:
        term_pence: What the authority pays a school for each term. Paid beyond the rate, what it holds is below zero.

    Raises:
        ValueError: No year has as many terms.
    """
    _insist_on_terms(terms)
    return PremiumShares((term_pence,) * terms, rate_pence - term_pence * terms)


def _insist_on_terms(terms: int) -> None:
    if not 1 <= terms <= 12:
        raise ValueError("a year has 1 to 12 terms")


@cites("Tallystick: premium is spent on a target", "", as_at=_READ_ON, verified=False, rule="finance 34")
def spending_findings(target: str, agreed_pence: int, spent_pence: int) -> tuple[Finding, ...]:
    """Why an amount may not be spent: it has no target, or goes beyond what was agreed by a penny or more.

    Args:
        spent_pence: All that would then be spent of it.
    """
    found = []
    if not target.strip():
        found.append(_error("no_target", "Choose the target that this pays for.", "target"))
    if spent_pence > agreed_pence:
        says = (
            f"{pounds(agreed_pence)} is agreed, and this goes {pounds(spent_pence - agreed_pence)} over it. "
            "Spend less, or ask the virtual school for more first."
        )
        found.append(_error("over_agreed", says, "spent_pence"))
    return tuple(found)


@cites("Virtual schools' own terms", "", as_at=_READ_ON, verified=False, rule="finance 34")
def unspent_findings(
    agreed_pence: int, spent_pence: int, rule: Literal["return", "carry", "ask"]
) -> tuple[Finding, ...]:
    """What to do with what is left when a term ends: give it back or carry it over, as the virtual school has it.

    Args:
        rule: "ask" while the virtual school has not said.
    """
    if spent_pence >= agreed_pence:
        return ()
    says = {
        "return": "Return it to the authority.",
        "carry": "Carry it over to the next term.",
        "ask": "Ask the virtual school whether to return it or to carry it over.",
    }
    left = f"{pounds(agreed_pence - spent_pence)} is not spent."
    return (Finding("note", f"unspent_{rule}", f"{left} {says[rule]}", "spent_pence"),)


@cites("Tallystick: the fraction is kept until the end", "", as_at=_READ_ON, verified=False, rule="finance 18")
def support_cost(year_pence: int, year_minutes: int, minutes: int) -> int:
    """What some minutes of a member of staff cost, in pence, half a penny up: for a line of support.

    Worked out from the year, never from an hourly rate that was rounded already.

    Args:
        year_pence: What the post costs in a year, with insurance and pension.
        year_minutes: The minutes it has with pupils in that year.

    Raises:
        ValueError: The post has no minutes.
    """
    if year_minutes < 1:
        raise ValueError("the post must have minutes with pupils")
    return (2 * year_pence * minutes + year_minutes) // (2 * year_minutes)
