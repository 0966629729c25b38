"""Days by which something about the money must be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from core.answers import Deadline
from core.money import pounds
from core.periods import last_day
from core.wording import counted

from ..codes import STRATEGY_DUE
from ..rules import statement_findings
from ..views import Books, books, month_of, positions, strategy, this_year
from .places import base

if TYPE_CHECKING:
    from core.desk import Desk


def deadlines(desk: Desk, until: date) -> list[Deadline]:
    """The strategy's day; orders and moves that wait to be approved; forecasts that want a reason."""
    if not desk.may("read", "finance.budget") and not desk.may("sign", "finance.spending"):
        return list(_strategy(desk))
    money = books(desk)
    found = (*_strategy(desk), *_orders(desk, money), *_moves(desk, money), *_reasons(desk, money))
    return [one for one in found if one.due_by <= until]


def _strategy(desk: Desk) -> Iterator[Deadline]:
    due = STRATEGY_DUE.value
    if not desk.may("write", "finance.strategy") or not STRATEGY_DUE.covers(desk.today):
        return
    known = desk.see(strategy, desk.here)
    if known is None or known.published_of(due.year) is None:
        says = "A condition of the inclusive mainstream fund: with its costs, on the school's site."
        text = "Publish the inclusion strategy"
        yield Deadline(text, due, "finance.strategy_due_findings", says, f"{base(desk)}/strategy")


def _orders(desk: Desk, money: Books) -> Iterator[Deadline]:
    if not desk.may("sign", "finance.spending"):
        return
    for one in money.orders.values():
        if one.approved is None and one.turned_down is None and one.told.requested_by != desk.person_id:
            says, href = f"{pounds(one.told.net_pence)} asked for.", f"{base(desk)}/orders?state=requested"
            yield Deadline("Approve an order", one.told.requested_on, "finance.order_findings", says, href)


def _moves(desk: Desk, money: Books) -> Iterator[Deadline]:
    """Moves somebody else asked for, for whoever may approve them."""
    if not desk.may("sign", "finance.budget"):
        return
    for one in money.budgets.virements.values():
        if one.approved is None and one.told.asked_by != desk.person_id:
            says, href = f"{pounds(one.told.pence)} between two lines.", f"{base(desk)}/virements"
            yield Deadline("Approve a move", one.told.asked_on, "finance.virement_findings", says, href)


def _reasons(desk: Desk, money: Books) -> Iterator[Deadline]:
    """Forecasts without a reason, by the end of the month, when the statement is drawn up."""
    if not desk.may("write", "finance.budget"):
        return
    lines = positions(money, this_year(desk), desk.today)
    wanted = sum(bool(statement_findings(one.row)) for one in lines)
    if wanted:
        due = last_day(months=1, starting_with=month_of(desk.today))
        says = f"{counted(wanted, 'budget line is', 'budget lines are')} heading away from the budget without one."
        yield Deadline("Give reasons for forecasts", due, "finance.statement_findings", says, base(desk))
