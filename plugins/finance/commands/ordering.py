"""What is decided about an order: asked for, approved, received, closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, structs

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused
from core.periods import academic_year
from events import Stream

from ..facts import (
    BudgetLine,
    GoodsReceived,
    OrderApproved,
    OrderClosed,
    OrderRequested,
    OrderTurnedDown,
    SupplierNamed,
)
from ..rules import (
    budget_charge,
    order_findings,
    premium_spending_findings,
    related_party_findings,
)
from ..views import Books, Order, available_of, books, budgets, life, order, same_bill, supplier
from .approving import limit_of, may_sign, two_people
from .fields import BillPence, Vat, Words

if TYPE_CHECKING:
    from core.desk import Desk

Reason = Annotated[str, Meta(max_length=1000)]
RESTRICTED = "premium_looked_after"
"""The fund that is spent for a target of a personal education plan, up to what was agreed for it."""


class NameSupplier(Command, frozen=True):
    """Somebody the academy buys from."""

    name: Annotated[str, Meta(title="the name", min_length=1, max_length=100)]
    related: Annotated[bool, Meta(title="whether somebody here has an interest in them")]


class RequestOrder(Command, frozen=True):
    """Somebody asks to buy something."""

    line: Annotated[UUID, Meta(title="the budget line")]
    supplier: Annotated[UUID, Meta(title="the supplier")]
    what: Annotated[str, Meta(title="what it is", min_length=1, max_length=400)]
    net_pence: Annotated[BillPence, Meta(title="the price without VAT")]
    vat_pence: Vat = 0
    recoverable: Annotated[int, Meta(title="how much of the VAT comes back", ge=0, le=100)] = 100
    purpose: Annotated[str, Meta(max_length=100)] = ""
    agreed_pence: Annotated[BillPence | None, Meta(title="what was agreed for it")] = None


class ApproveOrder(Command, frozen=True):
    """What was asked for is ordered."""

    reason: Reason = ""
    approval: Annotated[str, Meta(max_length=100)] = ""


class TurnDownOrder(Command, frozen=True):
    """It is not bought."""

    reason: Words


class ReceiveGoods(Command, frozen=True):
    """Goods or work came, all or a part."""

    net_pence: Annotated[BillPence, Meta(title="the price of what came")]
    received_on: Annotated[date, Meta(title="the day it came")]


class CloseOrder(Command, frozen=True):
    """No more is expected on an order."""

    reason: Words


@decides(NameSupplier, given={"known": supplier}, about="itself")
def name_supplier(
    command: NameSupplier, known: SupplierNamed | None, today: date, subject: UUID, desk: Desk
) -> SupplierNamed:
    """One name, one supplier: under a second the same bill would be paid twice, and a related party's year begin anew.

    That nobody here has an interest in them any more is for somebody to say who may approve.
    """
    name = command.name.strip()
    if not name:
        raise Refused("Enter the name.", code="no_name", field="name")
    others = {key: one for key, one in books(desk).suppliers.items() if key != subject}
    if any(same_bill(one.name, "") == same_bill(name, "") for one in others.values()):
        raise Refused(f"{name} is named already. Choose them when you ask for an order.", code="twice", field="name")
    if known is not None and known.related and not command.related:
        may_sign(desk, "finance.spending")
    return SupplierNamed(name, command.related, today)


@decides(RequestOrder, given={"known": order}, about="itself")
def request_order(command: RequestOrder, known: Order | None, today: date, subject: UUID, desk: Desk) -> OrderRequested:
    if known is not None:
        raise Refused("This order was asked for already.", code="no_change")
    found = _without(books(desk), subject)
    line = _open_line(found, command.line, today, "line")
    if command.supplier not in found.suppliers:
        raise Refused("Choose a supplier.", code="not_in_list", field="supplier")
    if line.fund == RESTRICTED:
        charged = budget_charge(command.net_pence, command.vat_pence, command.recoverable * 100)
        spent = _spent_for(found, command.purpose) + charged
        refuse_first(premium_spending_findings(command.purpose, command.agreed_pence or 0, spent))
    return OrderRequested(
        command.line,
        command.supplier,
        command.net_pence,
        command.vat_pence,
        command.recoverable,
        command.purpose.strip(),
        command.agreed_pence,
        desk.person_id,
        today,
        command.what,
    )


def _open_line(found: Books, wanted: UUID, today: date, field: str | None = None) -> BudgetLine:
    """A line of a budget that stands; refuses one of none, and one of a year that is over."""
    line = found.budgets.line(wanted)
    if line is None:
        raise Refused("Choose a line of a budget that was approved.", code="not_in_list", field=field)
    if line[0] < academic_year(today):
        raise Refused(
            "The year of this line is over. Ask for it out of a line of this year's budget.",
            code="year_over",
            field=field,
        )
    return line[1]


def _spent_for(found: Books, purpose: str) -> int:
    """What was asked for one purpose so far, in pence, with the VAT that does not come back; what was turned down left
    out. Capitals and spaces make no other purpose."""
    asked = [one for one in found.orders.values() if one.turned_down is None]
    return sum(life(one).ordered_pence for one in asked if same_bill("", one.told.purpose) == same_bill("", purpose))


def _of_its_line(desk: Desk, order_id: UUID) -> list[Stream]:
    """The budget, and every order of the line this one takes from: what is left of it hangs on them."""
    orders = desk.log.see_all(order)
    line = orders[order_id].told.line if order_id in orders else None
    beside = [Stream(key, order.record) for key, one in orders.items() if one.told.line == line]
    return [Stream(desk.here, budgets.record), *beside]


@decides(ApproveOrder, given={"known": order}, about="itself", beside=_of_its_line)
def approve_order(command: ApproveOrder, known: Order | None, today: date, subject: UUID, desk: Desk) -> OrderApproved:
    """Over its budget an order goes only with a reason, from somebody whose limit covers it; that stays with it.

    What it takes from the line is counted with the VAT that does not come back.
    """
    may_sign(desk, "finance.spending")
    one = _asked(known)
    two_people(one.told.requested_by, desk)
    found = _without(books(desk), subject)
    _open_line(found, one.told.line, today)
    available, limit = available_of(found, one.told.line), limit_of(found.budgets, desk).order_pence
    charged = life(one).ordered_pence
    over = max(charged - available, 0)
    refuse_first(
        order_findings(
            charged,
            available,
            str(one.told.requested_by),
            str(desk.person_id),
            limit,
            over_budget_pence=limit,
        ),
        field="reason",
    )
    if over and not command.reason.strip():
        raise Refused(
            "This is more than is left on the line. Say why it is ordered all the same.",
            code="over_budget",
            field="reason",
        )
    named = found.suppliers.get(one.told.supplier)
    if named is not None and named.related:
        so_far = _with_party(found, one.told.supplier, today)
        refuse_first(related_party_findings(one.told.net_pence, so_far, command.approval), field="approval")
    number = f"PO-{academic_year(today)}-{subject.hex[-8:].upper()}"
    return OrderApproved(number, over, command.approval.strip(), desk.person_id, today, command.reason)


def _without(found: Books, order_id: UUID) -> Books:
    """The money as it stands beside one order, so that a form sent twice is decided as it was at first."""
    return structs.replace(found, orders={key: one for key, one in found.orders.items() if key != order_id})


def _with_party(found: Books, party: UUID, today: date) -> int:
    """What was ordered from a supplier in this academic year, in pence."""
    year = academic_year(today)
    ordered = [one for one in found.orders.values() if one.told.supplier == party]
    return sum(
        one.told.net_pence for one in ordered if one.approved and academic_year(one.approved.approved_on) == year
    )


@decides(TurnDownOrder, given={"known": order}, about="itself")
def turn_down_order(command: TurnDownOrder, known: Order | None, today: date, desk: Desk) -> OrderTurnedDown:
    may_sign(desk, "finance.spending")
    _asked(known)
    return OrderTurnedDown(desk.person_id, today, command.reason)


@decides(ReceiveGoods, given={"known": order}, about="itself")
def receive_goods(
    command: ReceiveGoods, known: Order | None, today: date, command_id: UUID, desk: Desk
) -> GoodsReceived:
    one = on_order(known)
    not_ahead(command.received_on, today, "received_on")
    if one.received_pence + command.net_pence > one.told.net_pence:
        raise Refused(
            "That is more than was ordered. Correct the amount, or order the rest first.",
            code="over_received",
            field="net_pence",
        )
    return GoodsReceived(command_id, command.net_pence, command.received_on, desk.person_id, today)


@decides(CloseOrder, given={"known": order}, about="itself")
def close_order(command: CloseOrder, known: Order | None, today: date) -> OrderClosed:
    on_order(known)
    return OrderClosed(today, command.reason)


def _asked(known: Order | None) -> Order:
    if known is None or known.approved or known.turned_down:
        raise Refused("Nothing waits to be approved here.", code="no_change")
    return known


def on_order(known: Order | None) -> Order:
    """The order; refuses one that is not on order any more, or not yet."""
    if known is None or known.approved is None or known.closed:
        raise Refused("This is not on order.", code="not_ordered")
    return known
