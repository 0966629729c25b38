"""An academy's money for a year: what it was told it gets, what it planned, what it moved. All sums in pence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from events import Fact, FreeText


class BudgetLine(Struct, frozen=True):
    """One line of a budget: what for, out of which fund, under which code of the returns."""

    line: UUID
    """The same in every version of the year's budget."""
    name: str
    fund: str
    cost_centre: str
    code: str
    """Of the accounts return, such as BAE030."""
    principle: str
    """Of inclusion, for the inclusive mainstream fund; "" for others."""
    pence: int
    profile: tuple[int, ...]
    """Shares of the twelve months from September; all alike when empty."""
    owner: str


class FundingNotified(Fact, frozen=True, tag="finance.funding_notified/1", record="finance.budget", on="notified_on"):
    """The department or an authority said what the academy gets out of a fund."""

    funding: UUID
    fund: str
    clock: str
    """academic or financial: the kind of year the sum is for."""
    year: int
    """The calendar year in which that year began."""
    authority: str
    """Who pays, where it is an authority; else ""."""
    pence: int
    reference: str
    notified_on: date


class FundingAllocated(
    Fact, frozen=True, tag="finance.funding_allocated/1", record="finance.budget", on="allocated_on"
):
    """The trust gave the academy its part of a fund, for an academic year; the latest stands."""

    fund: str
    year: int
    pence: int
    allocated_on: date
    reason: FreeText


class IncomeReceived(Fact, frozen=True, tag="finance.income_received/1", record="finance.budget", on="received_on"):
    """Money came in."""

    receipt: UUID
    fund: str
    pence: int
    reference: str
    received_on: date


class BudgetDrafted(Fact, frozen=True, tag="finance.budget_drafted/1", record="finance.budget", on="drafted_on"):
    """A version of the budget of an academic year, with all its lines."""

    version: UUID
    year: int
    name: str
    lines: tuple[BudgetLine, ...]
    drafted_by: UUID
    drafted_on: date


class BudgetApproved(Fact, frozen=True, tag="finance.budget_approved/1", record="finance.budget", on="approved_on"):
    """A version became the year's budget, approved by somebody who did not draft it."""

    version: UUID
    minute: str
    """Where the approval stands, such as a minute of the trustees."""
    approved_by: UUID
    approved_on: date


class VirementAsked(Fact, frozen=True, tag="finance.virement_asked/1", record="finance.budget", on="asked_on"):
    """Money is to move from one line to another."""

    virement: UUID
    source: UUID
    target: UUID
    pence: int
    asked_by: UUID
    asked_on: date
    reason: FreeText


class VirementApproved(Fact, frozen=True, tag="finance.virement_approved/1", record="finance.budget", on="approved_on"):
    """It moved."""

    virement: UUID
    approved_by: UUID
    approved_on: date


class LimitSet(Fact, frozen=True, tag="finance.limit_set/1", record="finance.budget", on="set_on"):
    """The most that a role may approve in one order or one virement here; the latest stands."""

    role: str
    order_pence: int
    virement_pence: int
    set_on: date


class MonthClosed(Fact, frozen=True, tag="finance.month_closed/1", record="finance.budget", on="closed_on"):
    """Nothing is posted into this month any more."""

    month: date
    """Its first day."""
    closed_by: UUID
    closed_on: date


class SpendPlanned(Fact, frozen=True, tag="finance.spend_planned/1", record="finance.budget", on="planned_on"):
    """Something still to come, not ordered yet; planning it again replaces it."""

    plan: UUID
    line: UUID
    pence: int
    month: date
    """The first day of the month it is expected in."""
    order: UUID | None
    """The order it became; None while there is none. What is ordered is no longer planned."""
    planned_on: date
    words: FreeText


class VarianceExplained(
    Fact, frozen=True, tag="finance.variance_explained/1", record="finance.budget", on="explained_on"
):
    """Why a line is heading away from its budget, and what is done about it; the latest stands."""

    line: UUID
    action: str
    owner: str
    explained_on: date
    reason: FreeText


class TradeAgreed(Fact, frozen=True, tag="finance.trade_agreed/1", record="finance.budget", on="agreed_on"):
    """One academy of the trust does something for another and is paid: one side of it."""

    trade: UUID
    """The same on both sides."""
    other: UUID
    """The other academy."""
    sells: bool
    line: UUID | None
    """The line that pays; None on the side that sells."""
    pence: int
    agreed_on: date
    what: FreeText


class Band(Struct, frozen=True):
    """A top-up band of an authority, and what it pays for a year."""

    name: str
    pence: int


class AuthoritySet(Fact, frozen=True, tag="finance.authority_set/1", record="finance.budget", on="from_on"):
    """How an authority reckons top-up, from a day on; the latest of that name stands."""

    name: str
    basis: str
    """Of part years: months, days or weeks."""
    hour_pence: int | None
    """What it counts for one hour of help a week, over a year; None where it has no such rate."""
    bands: tuple[Band, ...]
    source: str
    """Where it says so, such as its letter."""
    from_on: date
