"""From an order to its invoice: what is committed, owed and spent, who may let it happen, and what is held back."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites
from core.money import pounds
from core.periods import academic_year_dates

from ..codes import RELATED_PARTY, TOLERANCE, Margin

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class Life(Struct, frozen=True):
    """What has become of an order so far, in pence, net of the VAT that comes back."""

    ordered_pence: int
    received_pence: int = 0  # the part of the order that has come, at the order's price
    settled_pence: int = 0  # the part of the order that its invoices are for, at the order's price
    invoiced_pence: int = 0  # what those invoices come to, without those held or refused
    paid_pence: int = 0  # of what is invoiced
    cancelled_pence: int = 0  # the part that will not come


class Standing(Struct, frozen=True):
    """Where money stands: promised, owed for what came, or spent. No penny is in two of them."""

    commitment_pence: int
    accrual_pence: int
    actual_pence: int


class Invoice(Struct, frozen=True):
    """A supplier's invoice, by what tells it from others."""

    supplier: str
    reference: str  # the supplier's own number
    gross_pence: int


class YearEnd(Struct, frozen=True):
    """What an open order leaves on 31 August."""

    accrual_pence: int  # a cost of the year that ends
    accrued_on: date  # in its twelfth month
    reversed_on: date
    carried_pence: int  # a commitment that goes on, and no cost of that year


@cites("Tallystick: a penny is committed, owed or spent", "", as_at=_READ_ON, verified=False, rule="finance 27")
def standing(life: Life) -> Standing:
    """What an order has committed, accrued and cost so far.

    What comes is no longer committed but owed; what is invoiced is no longer owed but spent, at the invoice's price. An
    invoice for what has not come yet takes it from the commitment. Paying changes nothing: it is cash.
    """
    still_open = life.ordered_pence - life.cancelled_pence - max(life.received_pence, life.settled_pence)
    return Standing(max(still_open, 0), max(life.received_pence - life.settled_pence, 0), life.invoiced_pence)


@cites("Tallystick: an invoice is matched to order and receipt", "", as_at=_READ_ON, verified=False, rule="finance 27")
def life_findings(life: Life) -> tuple[Finding, ...]:
    """What does not fit between an order, its receipts, its invoices and its payments.

    An invoice for what has not come is only warned of: a service is often invoiced first. How far invoices may go over
    the order is for tolerance_findings to say.
    """
    found = []
    if (beyond := life.received_pence + life.cancelled_pence - life.ordered_pence) > 0:
        says = f"That is {pounds(beyond)} more than was ordered. Correct the amount, or order the rest first."
        found.append(_error("over_received", says, "net_pence"))
    if (beyond := life.settled_pence + life.cancelled_pence - life.ordered_pence) > 0:
        says = (
            f"The invoices are for {pounds(beyond)} more than was ordered. Say which part of the order this one is for."
        )
        found.append(_error("over_settled", says, "net_pence"))
    elif (early := life.settled_pence - life.received_pence) > 0:
        says = f"{pounds(early)} of this is invoiced and has not come. Record the receipt, or ask why it is invoiced."
        found.append(Finding("warning", "not_received", says, "net_pence"))
    if (beyond := life.paid_pence - life.invoiced_pence) > 0:
        says = f"That pays {pounds(beyond)} more than is invoiced. Record the invoice first."
        found.append(_error("over_paid", says, "net_pence"))
    return tuple(found)


@cites("Tallystick: tolerance of an order", "", as_at=_READ_ON, verified=False, rule="finance 27")
def tolerance_findings(
    ordered_pence: int, invoiced_pence: int, tolerance: Margin = TOLERANCE.value
) -> tuple[Finding, ...]:
    """Whether the invoices of an order may go over it by so much: by £10.00 or 2%, whichever is more.

    Args:
        ordered_pence: Net, as all its invoices together are.
        tolerance: The trust's own.
    """
    over = invoiced_pence - ordered_pence
    if over <= 0:
        return ()
    allowed = max(tolerance.pence, ordered_pence * tolerance.basis_points // 10_000)
    says = f"The invoices are {pounds(over)} over the order; {pounds(allowed)} is allowed."
    if over <= allowed:
        return (Finding("note", "within_tolerance", says, "net_pence"),)
    return (_error("over_tolerance", f"{says} Hold it, and ask the supplier or order more.", "net_pence"),)


@cites(
    "Academy Trust Handbook: scheme of delegation, segregation of duties; not read in its text",
    "gov.uk",
    as_at=_READ_ON,
    verified=False,
    rule="finance 28",
)
def order_findings(
    net_pence: int,
    available_pence: int,
    asked_by: str,
    approved_by: str,
    limit_pence: int | None = None,
    over_budget_pence: int = 0,
) -> tuple[Finding, ...]:
    """Why an order may not be placed: nobody else approves it, it is beyond their limit, or beyond the budget.

    Over the budget it goes only as far as the approver's role may let it. That is said, so that it stays with who did.

    Args:
        approved_by: Who it is; empty while nobody approves.
        limit_pence: The most the approver may approve; None when their role sets no limit.
        over_budget_pence: How far beyond the budget they may let it go; 0 when they may not.
    """
    found = []
    if net_pence <= 0:
        found.append(_error("no_amount", "Give what is ordered, more than nothing.", "net_pence"))
    if not approved_by.strip():
        found.append(_error("not_approved", "Ask somebody with a limit for this amount to approve it.", "approved_by"))
    elif approved_by == asked_by:
        says = "Who asks for it cannot approve it too. Ask somebody else."
        found.append(_error("same_person", says, "approved_by"))
    if limit_pence is not None and net_pence > limit_pence:
        says = f"This is over the limit of {pounds(limit_pence)}. Ask somebody who may approve more."
        found.append(_error("over_limit", says, "net_pence"))
    if net_pence > max(available_pence, 0):
        short = net_pence - available_pence
        says = f"{pounds(available_pence)} is available: with this the line is {pounds(short)} over its budget."
        if short <= over_budget_pence:
            found.append(Finding("warning", "over_budget_approved", f"{says} It is approved over budget.", "net_pence"))
        else:
            more = "Move money to this line, or ask somebody who may approve it over budget."
            found.append(_error("over_budget", f"{says} {more}", "net_pence"))
    return tuple(found)


@cites("Tallystick: goods in by 31 August are its year's cost", "", as_at=_READ_ON, verified=False, rule="finance 30")
def year_end(at_end: Standing, year: int) -> YearEnd:
    """What an open order leaves when the academy's year ends.

    What came and is not invoiced is accrued in the twelfth month and reversed the day after. What has not come is
    carried as a commitment: it costs the next year.

    Args:
        at_end: Where the order stands on 31 August.
        year: The calendar year in which the year that ends began.
    """
    return YearEnd(
        at_end.accrual_pence,
        accrued_on=academic_year_dates(year)[1],
        reversed_on=academic_year_dates(year + 1)[0],
        carried_pence=at_end.commitment_pence,
    )


@cites("Tallystick: an invoice is paid once", "", as_at=_READ_ON, verified=False, rule="finance 37")
def duplicate_invoice_findings(invoice: Invoice, earlier: tuple[Invoice, ...]) -> tuple[Finding, ...]:
    """Whether an invoice is held because it came before: one supplier, one reference, one gross amount.

    Upper or lower case and spaces do not matter.
    """
    if _spelt(invoice) not in map(_spelt, earlier):
        return ()
    says = (
        f"Invoice {invoice.reference.strip()} of {pounds(invoice.gross_pence)} from this supplier is here already. "
        "This one is held: compare the two, and ask the supplier."
    )
    return (_error("duplicate", says, "reference"),)


def _spelt(invoice: Invoice) -> tuple[str, str, int]:
    supplier, ref = ("".join(words.casefold().split()) for words in (invoice.supplier, invoice.reference))
    return supplier, ref, invoice.gross_pence


@cites(
    "Academy Trust Handbook: related parties; not read in its text",
    "gov.uk",
    as_at=_READ_ON,
    verified=False,
    rule="finance 38",
)
def related_party_findings(
    pence: int,
    year_pence: int,
    approval: str = "",
    limit_pence: int = RELATED_PARTY.value,
) -> tuple[Finding, ...]:
    """Whether what is bought from a related party needs the Department's approval first.

    Args:
        year_pence: What this supplier had before, in the same academic year.
        approval: The Department's reference.
    """
    total = year_pence + pence
    if total <= limit_pence:
        return ()
    says = f"With this it is {pounds(total)} this year from a related party, over {pounds(limit_pence)}."
    if approval.strip():
        return (Finding("note", "related_party_approved", f"{says} The Department has approved it.", "approval"),)
    return (_error("needs_approval", f"{says} Give the reference of the Department's approval.", "approval"),)


@cites("Tallystick: premium is spent on a target", "", as_at=_READ_ON, verified=False, rule="finance 34")
def premium_spending_findings(purpose: str, agreed_pence: int, spent_pence: int) -> tuple[Finding, ...]:
    """Why premium plus of a looked-after child may not be spent: for no target, or beyond what is agreed by a penny.

    Args:
        purpose: The target of the PEP, by its reference; empty when there is none.
        spent_pence: All that would then be spent of what is agreed.
    """
    found = []
    if not purpose.strip():
        found.append(_error("no_target", "Choose the target of the PEP that this pays for.", "purpose"))
    if (beyond := spent_pence - agreed_pence) > 0:
        says = f"{pounds(agreed_pence)} is agreed, and this goes {pounds(beyond)} over it."
        more = "Spend less, or ask the virtual school for more first."
        found.append(_error("over_agreed", f"{says} {more}", "net_pence"))
    return tuple(found)


@cites("Virtual schools' own terms", "", as_at=_READ_ON, verified=False, rule="finance 34")
def premium_unspent_findings(
    agreed_pence: int, spent_pence: int, rule: Literal["return", "carry", "ask"]
) -> tuple[Finding, ...]:
    """What to do with premium plus that is left when a term ends: give it back or carry it over.

    Args:
        rule: What the virtual school has said; "ask" while it has not.
    """
    if spent_pence >= agreed_pence:
        return ()
    says = {
        "return": "Return it to the authority.",
        "carry": "Carry it over to the next term.",
        "ask": "Ask the virtual school whether to return it or to carry it over.",
    }
    left = f"{pounds(agreed_pence - spent_pence)} is not spent."
    return (Finding("note", f"unspent_{rule}", f"{left} {says[rule]}", "spent_pence"),)
