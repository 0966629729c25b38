"""Orders from the asking to the payment, and what the ledger says was spent. All sums in pence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class SupplierNamed(Fact, frozen=True, tag="finance.supplier_named/1", record="finance.spending", on="named_on"):
    """Somebody the academy buys from; naming them again corrects it."""

    name: str
    related: bool
    """Whether a member, trustee or employee, or their family, has an interest in it."""
    named_on: date


class OrderRequested(Fact, frozen=True, tag="finance.order_requested/1", record="finance.spending", on="requested_on"):
    """Somebody asks to buy something out of a line."""

    line: UUID
    supplier: UUID
    net_pence: int
    vat_pence: int
    recoverable: int
    """Per cent of the VAT that comes back."""
    purpose: str
    """The target of a personal education plan, by its reference, where the fund needs one; else ""."""
    agreed_pence: int | None
    """What was agreed for that purpose; None where the fund needs none."""
    requested_by: UUID
    requested_on: date
    what: FreeText
    """Names no pupil."""


class OrderApproved(Fact, frozen=True, tag="finance.order_approved/1", record="finance.spending", on="approved_on"):
    """It was ordered, approved by somebody who did not ask for it."""

    number: str
    over_pence: int
    """By how much it went over what was available; 0 when it did not."""
    approval: str
    """The department's reference for a related party; "" where none was needed."""
    approved_by: UUID
    approved_on: date
    reason: FreeText


class OrderTurnedDown(
    Fact, frozen=True, tag="finance.order_turned_down/1", record="finance.spending", on="turned_down_on"
):
    """It is not bought."""

    turned_down_by: UUID
    turned_down_on: date
    reason: FreeText


class GoodsReceived(Fact, frozen=True, tag="finance.goods_received/1", record="finance.spending", on="entered_on"):
    """Goods or work came, all or a part."""

    receipt: UUID
    net_pence: int
    received_on: date
    received_by: UUID
    entered_on: date


class InvoiceEntered(Fact, frozen=True, tag="finance.invoice_entered/1", record="finance.spending", on="entered_on"):
    """The supplier's bill, as they made it out."""

    invoice: UUID
    reference: str
    net_pence: int
    vat_pence: int
    gross_pence: int
    settles_pence: int
    """The part of the order it is for, at the order's price."""
    dated_on: date
    held: tuple[str, ...]
    """Why it is not to be paid yet: duplicate, over_tolerance, not_received; none when it may be."""
    entered_by: UUID
    entered_on: date


class InvoiceReleased(Fact, frozen=True, tag="finance.invoice_released/1", record="finance.spending", on="released_on"):
    """A bill that was held may be paid after all."""

    invoice: UUID
    released_by: UUID
    released_on: date
    reason: FreeText


class InvoiceRefused(Fact, frozen=True, tag="finance.invoice_refused/1", record="finance.spending", on="refused_on"):
    """A bill will not be paid, such as one that came twice."""

    invoice: UUID
    refused_by: UUID
    refused_on: date
    reason: FreeText


class InvoicePaid(Fact, frozen=True, tag="finance.invoice_paid/1", record="finance.spending", on="entered_on"):
    """It was paid."""

    invoice: UUID
    paid_on: date
    paid_by: UUID
    entered_on: date


class OrderClosed(Fact, frozen=True, tag="finance.order_closed/1", record="finance.spending", on="closed_on"):
    """No more is expected on it: what is left of the order is set free."""

    closed_on: date
    reason: FreeText


class LedgerTaken(Fact, frozen=True, tag="finance.ledger_taken/1", record="finance.ledger", on="taken_on"):
    """A list of postings was taken over from the trust's ledger."""

    rows: int
    net_pence: int
    control_pence: int | None
    """What the ledger itself says they come to; None when nobody said."""
    digest: str
    """SHA-256 of what was read, in hex: the same list twice is noticed."""
    taken_on: date


class Posted(Fact, frozen=True, tag="finance.posted/1", record="finance.ledger", on="posted_on"):
    """One posting of the ledger, of exactly one fund."""

    line: UUID | None
    """The budget line it falls on; None where none was found."""
    month: date
    """The first day of the month of the accounts it is in."""
    cost_centre: str
    code: str
    fund: str
    supplier: str
    reference: str
    sort: str
    """invoice, payroll, journal, income or card."""
    net_pence: int
    vat_pence: int
    gross_pence: int
    posted_on: date
