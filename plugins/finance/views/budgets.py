"""An academy's budget: its versions, what moved, what is planned; a fold, and the sums that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.periods import academic_year
from events import Fact, folds

from ..facts import (
    AuthoritySet,
    BudgetApproved,
    BudgetDrafted,
    BudgetLine,
    FundingAllocated,
    FundingNotified,
    IncomeReceived,
    LimitSet,
    MonthClosed,
    SpendPlanned,
    TradeAgreed,
    VarianceExplained,
    VirementApproved,
    VirementAsked,
)


class Version(msgspec.Struct, frozen=True):
    """A version of a year's budget."""

    told: BudgetDrafted
    approved: BudgetApproved | None = None


class Virement(msgspec.Struct, frozen=True):
    """A move of money between two lines, asked for or made."""

    told: VirementAsked
    approved: VirementApproved | None = None


class Budgets(msgspec.Struct, frozen=True):
    """All that is known of an academy's money but what was bought, posted and paid."""

    versions: Mapping[UUID, Version] = {}
    """Oldest first."""
    approvals: tuple[UUID, ...] = ()
    """Versions in the order they were approved."""
    virements: Mapping[UUID, Virement] = {}
    notified: Mapping[UUID, FundingNotified] = {}
    allocated: Mapping[tuple[str, int], FundingAllocated] = {}
    """By fund and academic year, the latest of each."""
    income: tuple[IncomeReceived, ...] = ()
    limits: Mapping[str, LimitSet] = {}
    """By role, the latest of each."""
    closed: Mapping[date, MonthClosed] = {}
    """By the first day of the month."""
    planned: Mapping[UUID, SpendPlanned] = {}
    explained: Mapping[UUID, VarianceExplained] = {}
    """By line, the latest of each."""
    trades: Mapping[UUID, TradeAgreed] = {}
    authorities: Mapping[str, tuple[AuthoritySet, ...]] = {}
    """By name, in the order of their days."""

    def original(self, year: int) -> Version | None:
        """The version of an academic year that was approved first."""
        approved = self._approved(year)
        return approved[0] if approved else None

    def standing(self, year: int) -> Version | None:
        """The version of an academic year that was approved last."""
        approved = self._approved(year)
        return approved[-1] if approved else None

    def of_year(self, year: int) -> list[Version]:
        """Every version of an academic year, in the order they were drafted."""
        return [one for one in self.versions.values() if one.told.year == year]

    def _approved(self, year: int) -> list[Version]:
        return [self.versions[key] for key in self.approvals if self.versions[key].told.year == year]

    def line(self, wanted: UUID) -> tuple[int, BudgetLine] | None:
        """A line of a budget that stands, with its academic year."""
        for year in sorted({one.told.year for one in self.versions.values()}, reverse=True):
            standing = self.standing(year)
            for line in standing.told.lines if standing else ():
                if line.line == wanted:
                    return year, line
        return None

    def moved(self, line: UUID) -> int:
        """What virements brought to a line, in pence; less than nothing where they took more away."""
        made = [one.told for one in self.virements.values() if one.approved]
        return sum(one.pence * ((one.target == line) - (one.source == line)) for one in made)


@folds("finance.budget")
def budgets(known: Budgets | None, fact: Fact) -> Budgets | None:
    """The academy's money; None when nothing is known of it."""
    now, replace = known or Budgets(), msgspec.structs.replace
    match fact:
        case FundingNotified(funding):
            return replace(now, notified={**now.notified, funding: fact})
        case FundingAllocated(fund, year):
            return replace(now, allocated={**now.allocated, (fund, year): fact})
        case IncomeReceived():
            return replace(now, income=(*now.income, fact))
        case BudgetDrafted() | BudgetApproved() | VirementAsked() | VirementApproved():
            return _decided(now, fact)
        case LimitSet(role):
            return replace(now, limits={**now.limits, role: fact})
        case MonthClosed(month):
            return replace(now, closed={**now.closed, month: fact})
        case SpendPlanned(plan):
            return replace(now, planned={**now.planned, plan: fact})
        case VarianceExplained(line):
            return replace(now, explained={**now.explained, line: fact})
        case TradeAgreed(trade):
            return replace(now, trades={**now.trades, trade: fact})
        case AuthoritySet(name):
            versions = (*now.authorities.get(name, ()), fact)
            return replace(now, authorities={**now.authorities, name: versions})
    return known


def _decided(now: Budgets, fact: Fact) -> Budgets:
    replace = msgspec.structs.replace
    match fact:
        case BudgetDrafted(version):
            return replace(now, versions={**now.versions, version: Version(fact)})
        case BudgetApproved(version) if version in now.versions:
            told = replace(now.versions[version], approved=fact)
            return replace(now, versions={**now.versions, version: told}, approvals=(*now.approvals, version))
        case VirementAsked(virement):
            return replace(now, virements={**now.virements, virement: Virement(fact)})
        case VirementApproved(virement) if virement in now.virements:
            made = replace(now.virements[virement], approved=fact)
            return replace(now, virements={**now.virements, virement: made})
    return now


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_of(year: int) -> tuple[date, ...]:
    """The twelve months of an academic year, September first."""
    return tuple(date(year + (month < 9), month, 1) for month in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8))


def year_of(month: date) -> int:
    """The academic year a month lies in."""
    return academic_year(month)


class LineChange(msgspec.Struct, frozen=True):
    """What a version does to a line of the version before it."""

    line: BudgetLine
    """As the version has it; as it was, where the version leaves it out."""
    before_pence: int | None
    """None for a new line."""
    after_pence: int | None
    """None for a line that is left out."""


def changes(before: BudgetDrafted | None, after: BudgetDrafted) -> tuple[LineChange, ...]:
    """Every line of a version beside the version before it, and those it leaves out."""
    earlier = {line.line: line for line in before.lines} if before else {}
    kept = {line.line for line in after.lines}
    return (
        *(
            LineChange(line, earlier[line.line].pence if line.line in earlier else None, line.pence)
            for line in after.lines
        ),
        *(LineChange(line, line.pence, None) for key, line in earlier.items() if key not in kept),
    )
