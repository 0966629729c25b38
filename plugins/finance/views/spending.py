"""Orders, suppliers and the ledger's postings, as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import (
    GoodsReceived,
    InvoiceEntered,
    InvoicePaid,
    InvoiceRefused,
    InvoiceReleased,
    LedgerTaken,
    OrderApproved,
    OrderClosed,
    OrderRequested,
    OrderTurnedDown,
    Posted,
    SupplierNamed,
)


class Invoice(msgspec.Struct, frozen=True):
    """A supplier's bill and what became of it."""

    told: InvoiceEntered
    released: InvoiceReleased | None = None
    refused: InvoiceRefused | None = None
    paid: InvoicePaid | None = None

    @property
    def is_held(self) -> bool:
        """Whether something still stands against paying it."""
        return bool(self.told.held) and self.released is None and self.refused is None

    @property
    def counts(self) -> bool:
        """Whether it is money spent: one that is held or refused is not."""
        return self.refused is None and not self.is_held


class Order(msgspec.Struct, frozen=True):
    """Something asked for, ordered, received, billed and paid; as far as it has come."""

    told: OrderRequested
    approved: OrderApproved | None = None
    turned_down: OrderTurnedDown | None = None
    receipts: tuple[GoodsReceived, ...] = ()
    invoices: Mapping[UUID, Invoice] = {}
    closed: OrderClosed | None = None

    @property
    def received_pence(self) -> int:
        return sum(one.net_pence for one in self.receipts)

    @property
    def invoiced_pence(self) -> int:
        """Net, of the bills that count."""
        return sum(one.told.net_pence for one in self.invoices.values() if one.counts)

    @property
    def to_bill_pence(self) -> int:
        """What may still be billed, at the order's price: of all that was ordered, or once it is closed, that came."""
        billed = sum(one.told.settles_pence for one in self.invoices.values() if one.refused is None)
        return max((self.received_pence if self.closed else self.told.net_pence) - billed, 0)

    @property
    def state(self) -> str:
        """requested, turned_down, ordered, received, invoiced, paid or closed."""
        if self.turned_down:
            return "turned_down"
        if self.approved is None:
            return "requested"
        counted = [one for one in self.invoices.values() if one.counts]
        is_billed = bool(counted) and self.to_bill_pence == 0
        if is_billed and all(one.paid or one.refused for one in self.invoices.values()):
            return "paid"
        if self.closed:
            return "closed"
        if is_billed:
            return "invoiced"
        return "received" if self.receipts else "ordered"


class Ledger(msgspec.Struct, frozen=True):
    """One list taken over from the ledger."""

    told: LedgerTaken | None = None
    posted: tuple[Posted, ...] = ()


@folds("finance.spending")
def order(known: Order | None, fact: Fact) -> Order | None:
    """An order; None for what is none."""
    replace = msgspec.structs.replace
    if isinstance(fact, OrderRequested):
        return Order(fact)
    if known is None:
        return None
    match fact:
        case OrderApproved():
            return replace(known, approved=fact)
        case OrderTurnedDown():
            return replace(known, turned_down=fact)
        case GoodsReceived():
            return replace(known, receipts=(*known.receipts, fact))
        case InvoiceEntered(invoice):
            return replace(known, invoices={**known.invoices, invoice: Invoice(fact)})
        case InvoiceReleased(invoice) if invoice in known.invoices:
            return _told_of(known, replace(known.invoices[invoice], released=fact))
        case InvoiceRefused(invoice) if invoice in known.invoices:
            return _told_of(known, replace(known.invoices[invoice], refused=fact))
        case InvoicePaid(invoice) if invoice in known.invoices:
            return _told_of(known, replace(known.invoices[invoice], paid=fact))
        case OrderClosed():
            return replace(known, closed=fact)
    return known


def _told_of(known: Order, one: Invoice) -> Order:
    return msgspec.structs.replace(known, invoices={**known.invoices, one.told.invoice: one})


@folds("finance.spending")
def supplier(known: SupplierNamed | None, fact: Fact) -> SupplierNamed | None:
    """Somebody the academy buys from; None for what is no supplier."""
    return fact if isinstance(fact, SupplierNamed) else known


@folds("finance.ledger")
def ledger(known: Ledger | None, fact: Fact) -> Ledger | None:
    """A list of the ledger's postings; None for what is none."""
    now = known or Ledger()
    match fact:
        case LedgerTaken():
            return msgspec.structs.replace(now, told=fact)
        case Posted():  # its day is the ledger's, ahead of the day it was taken over
            return msgspec.structs.replace(now, posted=(*now.posted, fact))
    return known


def same_bill(supplier_name: str, reference: str) -> tuple[str, str]:
    """What a bill is known by, however it was typed: capitals and spaces make no difference."""
    return "".join(supplier_name.casefold().split()), "".join(reference.casefold().split())
