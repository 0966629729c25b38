"""What is decided about a supplier's bill: entered, held, released, paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused

from ..facts import (
    InvoiceEntered,
    InvoicePaid,
    InvoiceRefused,
    InvoiceReleased,
)
from ..rules import (
    Invoice as Bill,
)
from ..rules import (
    duplicate_invoice_findings,
    order_findings,
    tolerance_findings,
)
from ..views import Books, Invoice, Order, books, order
from .approving import limit_of, may_sign, not_closed, two_people
from .fields import BillPence, Vat, Words

if TYPE_CHECKING:
    from core.desk import Desk


class EnterInvoice(Command, frozen=True):
    """The supplier's bill, as they made it out."""

    reference: Annotated[str, Meta(title="its number", min_length=1, max_length=60)]
    net_pence: Annotated[BillPence, Meta(title="the sum without VAT")]
    vat_pence: Vat
    dated_on: Annotated[date, Meta(title="its day")]
    settles_pence: Annotated[BillPence | None, Meta(title="the part of the order it is for")] = None


class ReleaseInvoice(Command, frozen=True):
    """A bill that was held may be paid after all."""

    invoice: UUID
    reason: Words


class RefuseInvoice(Command, frozen=True):
    """A bill will not be paid."""

    invoice: UUID
    reason: Words


class PayInvoice(Command, frozen=True):
    """A bill was paid."""

    invoice: UUID
    paid_on: Annotated[date, Meta(title="the day it was paid")]


@decides(EnterInvoice, given={"known": order}, about="itself")
def enter_invoice(
    command: EnterInvoice, known: Order | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> InvoiceEntered:
    """A bill that cannot be paid yet is kept all the same, and held; what came before an order was closed is billed."""
    one = _to_be_billed(known)
    if not command.reference.strip():
        raise Refused("Enter its number.", code="no_reference", field="reference")
    not_ahead(command.dated_on, today, "dated_on")
    found = books(desk)
    not_closed(found.budgets, today, "dated_on")
    settled = sum(bill.told.settles_pence for bill in one.invoices.values() if bill.refused is None)
    rest = one.to_bill_pence
    settles = command.settles_pence if command.settles_pence is not None else min(command.net_pence, rest)
    if settles > rest:
        raise Refused(
            "That is more than is left of the order. Say which part this bill is for.",
            code="over_settled",
            field="settles_pence",
        )
    billed = sum(bill.told.net_pence for bill in one.invoices.values() if bill.refused is None) + command.net_pence
    gross, earlier = command.net_pence + command.vat_pence, _bills(found, command_id)
    held = [
        *(["duplicate"] if duplicate_invoice_findings(_bill(one, command.reference, gross), earlier) else []),
        *(["over_tolerance"] if _over(settled + settles, billed) else []),
        *(["not_received"] if one.received_pence < settled + settles else []),
    ]
    return InvoiceEntered(
        command_id,
        command.reference.strip(),
        command.net_pence,
        command.vat_pence,
        gross,
        settles,
        command.dated_on,
        tuple(held),
        desk.person_id,
        today,
    )


def _to_be_billed(known: Order | None) -> Order:
    """The order; refuses one that was not placed, and one that is closed and billed."""
    if known is None or known.approved is None:
        raise Refused("This is not on order.", code="not_ordered")
    if known.closed and known.to_bill_pence == 0:
        raise Refused("This order is closed, and all that came of it is billed. Ask for a new one.", code="not_ordered")
    return known


def _over(settled_pence: int, billed_pence: int) -> bool:
    """Whether bills come to more than the parts of the order they are for, beyond what is allowed."""
    return any(found.level == "error" for found in tolerance_findings(settled_pence, billed_pence))


def _bill(one: Order, reference: str, gross_pence: int) -> Bill:
    return Bill(str(one.told.supplier), reference, gross_pence)


def _bills(found: Books, but: UUID) -> tuple[Bill, ...]:
    """Every bill here that was not refused, but one."""
    return tuple(
        _bill(one, bill.told.reference, bill.told.gross_pence)
        for one in found.orders.values()
        for key, bill in one.invoices.items()
        if bill.refused is None and key != but
    )


@decides(ReleaseInvoice, given={"known": order}, about="itself")
def release_invoice(command: ReleaseInvoice, known: Order | None, today: date, desk: Desk) -> InvoiceReleased:
    """Somebody who did not enter it; for more than was ordered, somebody whose limit covers all its bills."""
    may_sign(desk, "finance.spending")
    bill = _invoice(known, command.invoice)
    if not bill.is_held:
        raise Refused("This bill is not held.", code="no_change")
    two_people(bill.told.entered_by, desk)
    if known is not None and "over_tolerance" in bill.told.held:
        billed = sum(one.told.net_pence for one in known.invoices.values() if one.refused is None)
        limit = limit_of(books(desk).budgets, desk).order_pence
        refuse_first(
            order_findings(billed, billed, str(bill.told.entered_by), str(desk.person_id), limit), field="reason"
        )
    return InvoiceReleased(command.invoice, desk.person_id, today, command.reason)


@decides(RefuseInvoice, given={"known": order}, about="itself")
def refuse_invoice(command: RefuseInvoice, known: Order | None, today: date, desk: Desk) -> InvoiceRefused:
    bill = _invoice(known, command.invoice)
    if bill.paid or bill.refused:
        raise Refused("This bill is settled already.", code="no_change")
    return InvoiceRefused(command.invoice, desk.person_id, today, command.reason)


@decides(PayInvoice, given={"known": order}, about="itself")
def pay_invoice(command: PayInvoice, known: Order | None, today: date, desk: Desk) -> InvoicePaid:
    """Paid by somebody who did not approve the order."""
    bill = _invoice(known, command.invoice)
    not_ahead(command.paid_on, today, "paid_on")
    if bill.is_held:
        raise Refused("This bill is held. Release or refuse it first.", code="held")
    if bill.paid or bill.refused:
        raise Refused("This bill is settled already.", code="no_change")
    if known is not None and known.approved is not None:
        two_people(known.approved.approved_by, desk)
    return InvoicePaid(command.invoice, command.paid_on, desk.person_id, today)


def _invoice(known: Order | None, wanted: UUID) -> Invoice:
    one = known.invoices.get(wanted) if known else None
    if one is None:
        raise Refused("There is no such bill.", code="no_invoice")
    return one
