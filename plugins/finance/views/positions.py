"""Where each line of a year's budget stands: spent, owed, promised and planned; told from folded values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.money import half_up

from ..facts import BudgetLine, InvoiceEntered, Posted, SpendPlanned, SupplierNamed
from ..rules import (
    Budget,
    Item,
    Life,
    LineMonth,
    Standing,
    StatementRow,
    Terms,
    budget_charge,
    expected_by,
    standing,
    statement_row,
)
from .budgets import Budgets, budgets, month_of, months_of
from .spending import Invoice, Ledger, Order, ledger, order, same_bill, supplier

if TYPE_CHECKING:
    from core.desk import Desk

FLAT = (1,) * 12
"""A profile of twelve months all alike, such as payroll's."""

_NOTHING = Standing(0, 0, 0)


class Books(msgspec.Struct, frozen=True):
    """An academy's money, put together: what sums are told from."""

    budgets: Budgets
    orders: Mapping[UUID, Order]
    ledgers: Mapping[UUID, Ledger]
    suppliers: Mapping[UUID, SupplierNamed]

    @property
    def posted(self) -> list[Posted]:
        """Every posting taken over from the ledger; a list that was taken back takes its postings with it."""
        return [posting for one in self.ledgers.values() if one.told for posting in one.posted]


class Position(msgspec.Struct, frozen=True):
    """A budget line as it stands at the end of this month, and its row of the monthly statement."""

    year: int
    line: BudgetLine
    month: LineMonth
    row: StatementRow


def books(desk: Desk) -> Books:
    """The academy's money.

    Whoever may read the budget is told sums of all that was ordered and posted, or none would be right; what the sums
    are made up of a page shows by its own class only. Anybody else has those classes they may read.
    """
    if desk.may("read", "finance.budget"):
        see_all = desk.log.see_all
        return Books(desk.log.see(budgets, desk.here) or Budgets(), see_all(order), see_all(ledger), see_all(supplier))
    return Books(Budgets(), desk.see_all(order), desk.see_all(ledger), desk.see_all(supplier))


def life(one: Order) -> Life:
    """What has become of an order, each sum with the VAT that does not come back.

    Closing it sets free what neither came nor is billed; a bill that is held is billed until it is refused.
    """
    told = one.told
    ordered = budget_charge(told.net_pence, told.vat_pence, told.recoverable * 100)
    counted = [bill.told for bill in one.invoices.values() if bill.counts]
    settled = sum(bill.settles_pence for bill in counted)
    held = sum(bill.told.settles_pence for bill in one.invoices.values() if bill.is_held)
    rest = told.net_pence - max(one.received_pence, settled + held)
    return Life(
        ordered_pence=ordered,
        received_pence=_part(ordered, one.received_pence, told.net_pence),
        settled_pence=_part(ordered, settled, told.net_pence),
        invoiced_pence=sum(_charged(one, bill) for bill in counted),
        paid_pence=sum(_charged(one, bill.told) for bill in one.invoices.values() if bill.counts and bill.paid),
        cancelled_pence=_part(ordered, max(rest, 0), told.net_pence) if one.closed else 0,
    )


def _charged(one: Order, bill: InvoiceEntered) -> int:
    return budget_charge(bill.net_pence, bill.vat_pence, one.told.recoverable * 100)


def _part(whole: int, net: int, of_net: int) -> int:
    """The part of what an order charges that belongs to a part of its net sum."""
    return half_up(Fraction(whole * net, of_net)) if of_net else 0


def order_standing(one: Order) -> Standing:
    """Where an order stands; one that is not approved has no standing yet."""
    return standing(life(one)) if one.approved else _NOTHING


def owed_on(one: Order, day: date) -> int:
    """What was owed when a day ended, in pence: what had come by then and was not billed by then."""
    came = tuple(receipt for receipt in one.receipts if receipt.received_on <= day)
    bills = {key: _known_on(bill, day) for key, bill in one.invoices.items() if bill.told.entered_on <= day}
    return order_standing(msgspec.structs.replace(one, receipts=came, invoices=bills)).accrual_pence


def _known_on(bill: Invoice, day: date) -> Invoice:
    released = bill.released if bill.released and bill.released.released_on <= day else None
    refused = bill.refused if bill.refused and bill.refused.refused_on <= day else None
    return msgspec.structs.replace(bill, released=released, refused=refused)


def trade_reference(trade: UUID) -> str:
    """What a trade between academies is called in both ledgers."""
    return f"T-{trade.hex[-8:].upper()}"


def unmatched(found: Books) -> list[Posted]:
    """Postings that are not the bill of an order here, nor a trade with another academy: what is in both is counted
    once.

    A bill stands for one posting, so that one posted twice, or taken back and posted again, comes to what the ledger
    says. Of a bill that is held, the order still promises its part: only what the posting differs by is left.
    """
    trades = {same_bill("", trade_reference(key)) for key in found.budgets.trades}
    bills, met, left = _billed(found), set[UUID](), list[Posted]()
    for one in found.posted:
        if same_bill("", one.reference) in trades:
            continue
        fitting = bills.get((*same_bill(one.supplier, one.reference), one.net_pence), ())
        bill, rest = next(((key, rest) for key, rest in fitting if key not in met), (None, one.net_pence))
        if bill is not None:
            met.add(bill)
        if rest == one.net_pence:
            left.append(one)
        elif rest:
            left.append(msgspec.structs.replace(one, net_pence=rest))
    return left


def _billed(found: Books) -> dict[tuple[str, str, int], list[tuple[UUID, int]]]:
    """By supplier, reference and sum, as a ledger has it with or without the VAT that does not come back: each bill,
    and what of it no order here stands for."""
    bills: dict[tuple[str, str, int], list[tuple[UUID, int]]] = {}
    named = [(one, found.suppliers.get(one.told.supplier)) for one in found.orders.values() if one.approved]
    every = [(one, by, bill) for one, by in named if by for bill in one.invoices.values() if bill.refused is None]
    for one, by, bill in sorted(every, key=lambda each: each[2].is_held):
        told, charged = bill.told, _charged(one, bill.told)
        promised = _part(life(one).ordered_pence, told.settles_pence, one.told.net_pence)
        for pence in {told.net_pence, charged}:
            key = (*same_bill(by.name, told.reference), pence)
            bills.setdefault(key, []).append((told.invoice, charged - promised if bill.is_held else 0))
    return bills


def standings(found: Books) -> dict[UUID, Standing]:
    """What is promised, owed and spent of each line that anything was ordered or posted on."""
    sums: dict[UUID, Standing] = {}
    for one in found.orders.values():
        sums[one.told.line] = _and(sums.get(one.told.line), order_standing(one))
    for posting in unmatched(found):
        if posting.line is not None and posting.sort != "income":
            sums[posting.line] = _and(sums.get(posting.line), Standing(0, 0, posting.net_pence))
    for trade in found.budgets.trades.values():
        if trade.line is not None:
            sums[trade.line] = _and(sums.get(trade.line), Standing(0, 0, trade.pence))
    return sums


def _and(one: Standing | None, other: Standing) -> Standing:
    if one is None:
        return other
    return Standing(
        one.commitment_pence + other.commitment_pence,
        one.accrual_pence + other.accrual_pence,
        one.actual_pence + other.actual_pence,
    )


def still_planned(found: Books, line: UUID) -> list[SpendPlanned]:
    """What is to come on a line and is in no order yet; one that waits for approval, or was turned down, is none."""
    ordered = {key for key, one in found.orders.items() if one.approved}
    planned = found.budgets.planned.values()
    return [one for one in planned if one.line == line and one.order not in ordered and one.pence]


def positions(found: Books, year: int, today: date) -> tuple[Position, ...]:
    """Every line of the budget that stands for an academic year; none where none was approved."""
    now, first = found.budgets.standing(year), found.budgets.original(year)
    if now is None or first is None:
        return ()
    began = {line.line: line.pence for line in first.told.lines}
    begun, sums = sum(start <= today for start in months_of(year)), standings(found)
    return tuple(
        _position(found, year, line, began.get(line.line, 0), begun, sums.get(line.line, _NOTHING))
        for line in now.told.lines
    )


def _position(found: Books, year: int, line: BudgetLine, original_pence: int, begun: int, at: Standing) -> Position:
    """
    Args:
        begun: How many months of the year have begun; 0 before it.
    """
    explained = found.budgets.explained.get(line.line)
    budget = Budget(original_pence, found.budgets.moved(line.line), line.pence - original_pence)
    month = LineMonth(
        line.name,
        budget,
        at,
        sum(one.pence for one in still_planned(found, line.line)),
        expected_by(line.pence + budget.virements_pence, line.profile or FLAT, begun) if begun else 0,
        explained.reason if explained else "",
        explained.action if explained else "",
        explained.owner if explained else line.owner,
    )
    return Position(year, line, month, statement_row(month))


def terms(found: Books, line: UUID) -> Terms:
    """What a line's forecast is put together from, item by item; nothing stands in two of its terms."""
    orders = [(key, order_standing(one)) for key, one in found.orders.items() if one.told.line == line]
    posted = Counter[str]()
    for one in unmatched(found):
        if one.line == line and one.sort != "income":
            posted[one.supplier or one.sort] += one.net_pence
    return Terms(
        (
            *(Item(f"{key}/invoiced", at.actual_pence) for key, at in orders if at.actual_pence),
            *(Item(f"ledger/{name}", pence) for name, pence in posted.items()),
            *(Item(trade_reference(key), one.pence) for key, one in found.budgets.trades.items() if one.line == line),
        ),
        tuple(Item(f"{key}/received", at.accrual_pence) for key, at in orders if at.accrual_pence),
        tuple(Item(str(key), at.commitment_pence) for key, at in orders if at.commitment_pence),
        tuple(Item(str(one.plan), one.pence) for one in still_planned(found, line)),
    )


def available_of(found: Books, line: UUID) -> int:
    """What is left of a line, in pence; 0 for a line of no budget that stands."""
    known = found.budgets.line(line)
    if known is None:
        return 0
    at = standings(found).get(line, _NOTHING)
    spent = at.actual_pence + at.accrual_pence + at.commitment_pence
    return known[1].pence + found.budgets.moved(line) - spent


def spent_by_month(found: Books, line: UUID, year: int, today: date) -> dict[date, int]:
    """What was spent on a line by the end of each month that has begun, in pence; what was spent before the year, or
    after it, stands in its first or last month."""
    months = months_of(year)
    sums = Counter[date]()
    for day, pence in _spent(found, line):
        sums[min(max(month_of(day), months[0]), months[-1])] += pence
    begun = [month for month in months if month <= today]
    return dict(zip(begun, accumulate(sums[month] for month in begun), strict=True))


def _spent(found: Books, line: UUID) -> Iterator[tuple[date, int]]:
    for one in found.orders.values():
        if one.approved and one.told.line == line:
            for bill in one.invoices.values():
                yield from _spent_by(bill, _charged(one, bill.told))
    for posting in unmatched(found):
        if posting.line == line and posting.sort != "income":
            yield posting.month, posting.net_pence
    for trade in found.budgets.trades.values():
        if trade.line == line:
            yield trade.agreed_on, trade.pence


def _spent_by(bill: Invoice, pence: int) -> Iterator[tuple[date, int]]:
    """When a bill became spending, and when it was none any more: what is decided later changes no month before."""
    if bill.released:
        yield bill.released.released_on, pence
    elif not bill.told.held:
        yield bill.told.entered_on, pence
    if bill.refused and (bill.released or not bill.told.held):
        yield bill.refused.refused_on, -pence
