"""A fund's budget: what counts as income, what is left, what may be moved, and how far the notional budget goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from msgspec import Struct, structs

from core.law import Finding, cites
from core.money import pounds

from ..codes import FUNDS, THRESHOLDS
from .spending import Standing

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class Income(Struct, frozen=True):
    """Money that was promised or came, and the fund it belongs to."""

    fund: str
    pence: int


class Budget(Struct, frozen=True):
    """What a line was given, in pence."""

    original_pence: int
    virements_pence: int = 0  # moved here less moved away
    supplements_pence: int = 0  # approved since


class LineBudget(Struct, frozen=True):
    """A line and its current budget."""

    line: str
    pence: int


class Virement(Struct, frozen=True):
    """Money moved from one line to another, more than nothing."""

    source: str
    target: str
    pence: int


class Coverage(Struct, frozen=True):
    """What pupils cost that the notional budget is meant for, and how far it goes."""

    need_pence: int
    notional_pence: int
    gap_pence: int  # what it falls short by; below zero, what it goes beyond


@cites(
    "The notional SEN budget: operational guidance 2025 to 2026",
    "gov.uk",
    as_at=_READ_ON,
    edition="2024-11-28",
    rule="finance 14",
)
def total_income(incomes: tuple[Income, ...]) -> int:
    """What an academy receives, in pence, without what is only a label inside other money.

    The notional SEN budget is a part of core funding and no payment of its own: recorded, it adds nothing.

    Raises:
        ValueError: A fund nobody knows.
    """
    if strange := sorted({income.fund for income in incomes} - set(FUNDS)):
        raise ValueError(f"there is no fund {', '.join(strange)}; there are {', '.join(FUNDS)}")
    return sum(income.pence for income in incomes if not FUNDS[income.fund].memo)


@cites(
    "The notional SEN budget: operational guidance 2025 to 2026; the test is our reading",
    "gov.uk",
    as_at=_READ_ON,
    edition="2024-11-28",
    rule="finance 15",
)
def coverage(
    high_needs_pence: tuple[int, ...],
    support_pence: int,
    notional_pence: int,
    threshold_pence: int = THRESHOLDS[-1].value,
) -> Coverage:
    """How far the notional SEN budget goes: to the first £6,000 of each pupil with high needs, and to SEN support.

    Args:
        high_needs_pence: What each pupil with high needs costs in the year.
        support_pence: What SEN support costs for everyone else.
        threshold_pence: What the academy meets itself for a pupil with high needs.
    """
    need = sum(min(cost, threshold_pence) for cost in high_needs_pence) + support_pence
    return Coverage(need, notional_pence, need - notional_pence)


_cites_terms = cites("Tallystick: terms of a budget", "", as_at=_READ_ON, verified=False, rule="finance section 7")


@_cites_terms
def current_budget(budget: Budget) -> int:
    """What a line may spend in all, in pence: what it was given first, what was moved, what was added."""
    return budget.original_pence + budget.virements_pence + budget.supplements_pence


@_cites_terms
def available(current_pence: int, at: Standing) -> int:
    """What is left of a line's current budget, in pence; below zero when it is overspent."""
    return current_pence - at.actual_pence - at.accrual_pence - at.commitment_pence


_cites_virement = cites(
    "Tallystick: money moves within its fund", "", as_at=_READ_ON, verified=False, rule="finance 26"
)


@_cites_virement
def virement_findings(
    pence: int,
    available_pence: int,
    source_fund: str,
    target_fund: str,
    source: str = "",
    target: str = "",
    limit_pence: int | None = None,
) -> tuple[Finding, ...]:
    """Why money may not be moved from one line to another.

    It must be there, stay in its fund, and lie within what the person who approves it may move.

    Args:
        available_pence: What is left on the line it comes from.
        source: The line it comes from, where the two lines are known; target is the other.
        limit_pence: The most this person may move; None when their role sets no limit.
    """
    found = []
    if pence <= 0:
        found.append(_error("no_amount", "Give what is to be moved, more than nothing.", "pence"))
    if source and source == target:
        found.append(_error("same_line", "Choose another line for it to go to.", "target"))
    if source_fund != target_fund:
        says = f"{_title(source_fund)} is spent on what it is for, not through {_title(target_fund)}. Stay in one fund."
        found.append(_error("other_fund", says, "target"))
    elif _is_memo(source_fund):
        says = f"{_title(source_fund)} is a label, not money. Move the money of the fund it is a part of."
        found.append(_error("memo", says, "source"))
    if pence > max(available_pence, 0):
        says = f"Only {pounds(max(available_pence, 0))} is left on the line. Move less, or from another line."
        found.append(_error("not_available", says, "pence"))
    if limit_pence is not None and pence > limit_pence:
        says = f"This is over the limit of {pounds(limit_pence)}. Ask somebody who may move more."
        found.append(_error("over_limit", says, "pence"))
    return tuple(found)


def _title(fund: str) -> str:
    return FUNDS[fund].title if fund in FUNDS else fund


def _is_memo(fund: str) -> bool:
    return fund in FUNDS and FUNDS[fund].memo


@_cites_virement
def after_virements(budgets: tuple[LineBudget, ...], virements: tuple[Virement, ...]) -> tuple[LineBudget, ...]:
    """The budgets of lines after money was moved between them: together they are what they were.

    Raises:
        ValueError: A line that has no budget here.
    """
    if strange := sorted(_lines(virements) - {budget.line for budget in budgets}):
        raise ValueError(f"there is no line {', '.join(strange)}")
    return tuple(structs.replace(budget, pence=budget.pence + _moved(budget.line, virements)) for budget in budgets)


def _lines(virements: Iterable[Virement]) -> set[str]:
    return {line for virement in virements for line in (virement.source, virement.target)}


def _moved(line: str, virements: Iterable[Virement]) -> int:
    """What was moved to a line less what was moved away."""
    return sum(one.pence * ((one.target == line) - (one.source == line)) for one in virements)


@_cites_virement
def reversal(virement: Virement) -> Virement:
    """What puts a virement back: the same amount the other way."""
    return Virement(virement.target, virement.source, virement.pence)
