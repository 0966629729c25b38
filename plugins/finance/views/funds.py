"""Each fund in an academic year: what was notified, given, received, and how its lines stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from core.periods import academic_year

from ..codes import FUNDS
from ..rules import Income, StatementRow, academic_income, statement_row, together, total_income
from .budgets import Budgets
from .positions import Books, Position, positions


class FundYear(msgspec.Struct, frozen=True):
    """A fund in an academic year; sums in pence, None where nobody has said."""

    fund: str
    notified_pence: int | None
    allocated_pence: int | None
    received_pence: int
    row: StatementRow
    """Of all its lines."""


def fund_years(found: Books, year: int, today: date) -> tuple[FundYear, ...]:
    """Every fund of which anything is known in an academic year, in the order of the list of funds."""
    lines, known = positions(found, year, today), found.budgets
    told = (
        FundYear(
            fund,
            notified(known, fund, year),
            known.allocated[fund, year].pence if (fund, year) in known.allocated else None,
            received(known, year, fund),
            whole(FUNDS[fund].title, [one for one in lines if one.line.fund == fund]),
        )
        for fund in FUNDS
    )
    used = {one.line.fund for one in lines}
    return tuple(
        one
        for one in told
        if one.fund in used or one.received_pence or (one.notified_pence, one.allocated_pence) != (None, None)
    )


def whole(called: str, lines: Iterable[Position]) -> StatementRow:
    """Several lines as one row of the statement."""
    return statement_row(together(called, tuple(one.month for one in lines)))


def notified(known: Budgets, fund: str, year: int) -> int | None:
    """What was notified of a fund for an academic year: of grants for financial years, their months in it."""
    told = [one for one in known.notified.values() if one.fund == fund]
    by_year = Counter[int]()
    for one in told:
        by_year[one.year] += one.pence
    if FUNDS[fund].year == "academic":
        return by_year.get(year)
    if year not in by_year and year + 1 not in by_year:
        return None
    return academic_income(by_year[year], by_year[year + 1])


def received(known: Budgets, year: int, fund: str = "") -> int:
    """What came in within an academic year, of one fund or of all; what is a label inside other money left out."""
    came = [one for one in known.income if academic_year(one.received_on) == year]
    return total_income(tuple(Income(one.fund, one.pence) for one in came if fund in ("", one.fund)))
