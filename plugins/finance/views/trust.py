"""The academies' money side by side and as one: what they charge each other is no money of the trust."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.law import Finding
from core.periods import academic_year

from ..rules import Books as Sums
from ..rules import StatementRow, Trade, trade_findings, trust_books
from .funds import received, whole
from .positions import Books, positions, trade_reference


class AcademyYear(msgspec.Struct, frozen=True):
    """An academy's year: its lines as one, or those of one fund."""

    income_pence: int
    """Received, and earned from other academies."""
    row: StatementRow


class TrustYear(msgspec.Struct, frozen=True):
    """The academies' years, and the trust's own, without what its academies charge each other."""

    academies: Mapping[UUID, AcademyYear]
    eliminated_pence: int
    income_pence: int
    budget_pence: int
    spent_pence: int
    outturn_pence: int
    findings: tuple[Finding, ...]
    """Charges that are not alike in both academies' books."""

    @property
    def variance_pence(self) -> int:
        return self.budget_pence - self.outturn_pence


def trust_year(found: Mapping[UUID, Books], names: Mapping[UUID, str], year: int, today: date, fund: str) -> TrustYear:
    """The trust's academic year.

    What is eliminated is taken out of income, of what was spent, and of the budget it was spent from, so that the trust
    is over or under by what its academies are together.

    Args:
        names: Of every academy of the trust, by its id.
        fund: One fund's lines only, whose income is what was received; "" for all of them.
    """
    academies = {key: _academy(one, year, today, fund) for key, one in found.items()}
    sold = tuple(trade for key in found for trade in _trades(key, found, names, year, "", sells=True))
    bought = tuple(trade for key in found for trade in _trades(key, found, names, year, fund, sells=False))
    spent = {key: one.row.actual_pence + one.row.accruals_pence for key, one in academies.items()}
    told = trust_books(
        tuple(Sums(one.income_pence, spent[key]) for key, one in academies.items()), Sums(0, 0), sold, bought
    )
    rows = [one.row for one in academies.values()]
    return TrustYear(
        academies,
        told.eliminated_pence,
        told.income_pence if not fund else sum(one.income_pence for one in academies.values()),
        sum(row.current_pence for row in rows) - told.eliminated_pence,
        told.spent_pence,
        sum(row.outturn_pence for row in rows) - told.eliminated_pence,
        trade_findings(sold, bought) if not fund else (),
    )


def _academy(found: Books, year: int, today: date, fund: str) -> AcademyYear:
    lines = [one for one in positions(found, year, today) if fund in ("", one.line.fund)]
    earned = [one.pence for one in found.budgets.trades.values() if one.sells and academic_year(one.agreed_on) == year]
    income = received(found.budgets, year, fund) + (0 if fund else sum(earned))
    return AcademyYear(income, whole("", lines))


def _trades(
    here: UUID, found: Mapping[UUID, Books], names: Mapping[UUID, str], year: int, fund: str, *, sells: bool
) -> list[Trade]:
    """An academy's side of its trades of a year with others of those that are told; of one fund, where it pays."""
    known, told = found[here].budgets, []
    for key, one in known.trades.items():
        if one.sells != sells or one.other not in found or academic_year(one.agreed_on) != year:
            continue
        line = known.line(one.line) if one.line is not None else None
        if not fund or (line and line[1].fund == fund):
            seller, buyer = (here, one.other) if sells else (one.other, here)
            told.append(Trade(trade_reference(key), names[seller], names[buyer], one.pence))
    return told
