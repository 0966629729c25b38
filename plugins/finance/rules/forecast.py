"""Where a budget will end: what is spent, owed, promised and planned, and what must be said about the difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from core.law import Edition, Finding, cites
from core.money import half_up, pounds

from ..codes import REASON, Margin
from .budgets import Budget, available, current_budget
from .sharing import shared
from .spending import Standing

_READ_ON = date(2026, 11, 22)
_MONTHS = 12

Rag = Literal["green", "amber", "red"]

PROFILES: Edition[Mapping[str, tuple[int, ...]]] = Edition(
    "2026",
    date.min,
    None,
    "Tallystick: proposed; finance section 7",
    False,
    {
        "payroll": (1,) * _MONTHS,
        "terms": (1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0),  # September, January, April
    },
)
"""How the cost of a year falls on its months from September, as weights."""


class Outturn(Struct, frozen=True):
    """What a line will have cost by the end of the year."""

    outturn_pence: int
    variance_pence: int  # budget less outturn: below zero, it is overspent
    variance_tenths: int | None  # of a per cent of the budget, half a tenth up; None of a budget of nothing
    rag: Rag
    reason_needed: bool


class Item(Struct, frozen=True):
    """A part of a forecast, and where it comes from."""

    source: str  # the id of the order, receipt, invoice or planned line itself
    pence: int


class Terms(Struct, frozen=True):
    """The four terms of a forecast."""

    actual: tuple[Item, ...] = ()
    accruals: tuple[Item, ...] = ()
    commitments: tuple[Item, ...] = ()
    planned: tuple[Item, ...] = ()


class LineMonth(Struct, frozen=True):
    """A budget line as it stands at the end of a month."""

    line: str
    budget: Budget
    standing: Standing
    planned_pence: int  # still to come, and in no order yet
    profiled_pence: int  # what was expected by then
    reason: str = ""  # for the difference at the end of the year
    action: str = ""
    owner: str = ""


class StatementRow(Struct, frozen=True):
    """A line of the monthly statement, column by column, in pence."""

    line: str
    original_pence: int
    virements_pence: int
    supplements_pence: int
    current_pence: int
    actual_pence: int
    accruals_pence: int
    commitments_pence: int
    available_pence: int
    profiled_pence: int
    to_date_pence: int  # profiled less what was spent and is owed: below zero, it is ahead of its profile
    outturn_pence: int
    variance_pence: int
    variance_tenths: int | None
    rag: Rag
    reason_needed: bool
    reason: str
    action: str
    owner: str


_cites_forecast = cites(
    "Tallystick: a forecast is built, not drawn on", "", as_at=_READ_ON, verified=False, rule="finance 31"
)


@_cites_forecast
def outturn(budget_pence: int, at: Standing, planned_pence: int, reason: Margin = REASON.value) -> Outturn:
    """What a line will have cost by the end of the year: spent, owed, promised, and planned still to come.

    Months that are over say nothing of those to come, so no straight line is drawn through them. Red is an overspend
    that needs a reason, amber one that does not, or an underspend that does; all else is green.

    Args:
        budget_pence: The line's current budget.
        planned_pence: What is to come and in no order yet.
        reason: From where on a variance needs a reason: over both, its sum and its share of the budget.
    """
    total = at.actual_pence + at.accrual_pence + at.commitment_pence + planned_pence
    variance = budget_pence - total
    beyond = abs(variance)
    needed = beyond > reason.pence and beyond * 10_000 > abs(budget_pence) * reason.basis_points
    if variance < 0:
        rag: Rag = "red" if needed else "amber"
    else:
        rag = "amber" if needed else "green"
    tenths = half_up(Fraction(1_000 * variance, abs(budget_pence))) if budget_pence else None
    return Outturn(total, variance, tenths, rag, needed)


@cites("Tallystick: a penny is forecast once", "", as_at=_READ_ON, verified=False, rule="finance 32")
def double_count_findings(terms: Terms) -> tuple[Finding, ...]:
    """What stands in two terms of a forecast: the post of somebody who leaves, already ordered and planned as well.

    Each item goes by its own id. Of an order that came in part, the receipt is one item and what is to come another.
    """
    named = {
        "actual": terms.actual,
        "accruals": terms.accruals,
        "commitments": terms.commitments,
        "planned": terms.planned,
    }
    places: dict[str, list[str]] = {}
    for name, items in named.items():
        for source in dict.fromkeys(item.source for item in items):
            places.setdefault(source, []).append(name)
    return tuple(
        Finding(
            "error",
            "double_count",
            f"{source} is in {' and '.join(found)}. Take it out of all but one.",
            found[-1],
        )
        for source, found in places.items()
        if len(found) > 1
    )


_cites_profile = cites(
    "Tallystick: a budget is expected by its profile", "", as_at=_READ_ON, verified=False, rule="finance section 7"
)


@_cites_profile
def by_profile(pence: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """A year's budget over its months, in pence, each penny once.

    Args:
        weights: One for each month from September, such as those of payroll or of terms; all alike when there are none.

    Raises:
        ValueError: There are some and not twelve, or all of them are nothing.
    """
    weights = weights or (1,) * _MONTHS
    if len(weights) != _MONTHS:
        raise ValueError(f"give {_MONTHS} weights, not {len(weights)}")
    months = shared(pence, {f"{number:02}": weight for number, weight in enumerate(weights, start=1)})
    return tuple(months[number] for number in sorted(months))


@_cites_profile
def expected_by(pence: int, weights: tuple[int, ...], month: int) -> int:
    """How much of a year's budget is expected by the end of a month, in pence.

    Args:
        weights: One for each month from September; all alike when there are none.
        month: 1 is September and 12 August.

    Raises:
        ValueError: There are some weights and not twelve, all of them are nothing, or there is no such month.
    """
    if not 1 <= month <= _MONTHS:
        raise ValueError(f"there is no month {month}")
    return tuple(accumulate(by_profile(pence, weights)))[month - 1]


_cites_statement = cites(
    "Tallystick: the monthly statement", "", as_at=_READ_ON, verified=False, rule="finance section 7"
)


@_cites_statement
def statement_row(month: LineMonth, reason: Margin = REASON.value) -> StatementRow:
    """A line of the monthly statement.

    Args:
        reason: From where on a variance needs a reason.
    """
    current, at = current_budget(month.budget), month.standing
    ends = outturn(current, at, month.planned_pence, reason)
    return StatementRow(
        line=month.line,
        original_pence=month.budget.original_pence,
        virements_pence=month.budget.virements_pence,
        supplements_pence=month.budget.supplements_pence,
        current_pence=current,
        actual_pence=at.actual_pence,
        accruals_pence=at.accrual_pence,
        commitments_pence=at.commitment_pence,
        available_pence=available(current, at),
        profiled_pence=month.profiled_pence,
        to_date_pence=month.profiled_pence - at.actual_pence - at.accrual_pence,
        outturn_pence=ends.outturn_pence,
        variance_pence=ends.variance_pence,
        variance_tenths=ends.variance_tenths,
        rag=ends.rag,
        reason_needed=ends.reason_needed,
        reason=month.reason,
        action=month.action,
        owner=month.owner,
    )


@_cites_statement
def together(line: str, months: tuple[LineMonth, ...]) -> LineMonth:
    """Several lines as one, such as all of a fund: for the last row of its statement.

    Args:
        line: What the row is called.
    """
    return LineMonth(
        line,
        Budget(
            sum(month.budget.original_pence for month in months),
            sum(month.budget.virements_pence for month in months),
            sum(month.budget.supplements_pence for month in months),
        ),
        Standing(
            sum(month.standing.commitment_pence for month in months),
            sum(month.standing.accrual_pence for month in months),
            sum(month.standing.actual_pence for month in months),
        ),
        sum(month.planned_pence for month in months),
        sum(month.profiled_pence for month in months),
    )


@_cites_statement
def statement_findings(row: StatementRow) -> tuple[Finding, ...]:
    """What a line of the statement still lacks: a reason, where its variance is over £500 and over 5%."""
    if not row.reason_needed or row.reason.strip():
        return ()
    over = "over" if row.variance_pence < 0 else "under"
    says = (
        f"{row.line} will end {pounds(abs(row.variance_pence))} {over} its budget. Say why, and what is done about it."
    )
    return (Finding("error", "no_reason", says, "reason"),)
