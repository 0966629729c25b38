"""One order: how far it has come, its bills, and where its pennies are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.money import pounds
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...codes import FUNDS
from ...telling import base
from ...views import Books, Invoice, Order, order_standing
from ..budget_words import crumbs
from .asking import QUESTIONS, order_of
from .billing import BILLS
from .listing import SPENDING, tag_of

HELD_WORDS = {
    "duplicate": "The same bill, of the same supplier and sum, is here already.",
    "over_tolerance": "The bills come to more than was ordered, by more than is allowed.",
    "not_received": "It bills what has not come yet.",
}
"""Why a bill is held, in words."""
_RULES = {
    "duplicate": "duplicate_invoice_findings",
    "over_tolerance": "tolerance_findings",
    "not_received": "life_findings",
}


class OrderPage(Controller):
    """An order."""

    path = "/orders/{order_id:uuid}"

    @get("/", guards=[may("read", SPENDING)])
    def show(self, order_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Its life from the asking to the payment."""
        found, one = order_of(desk, order_id)
        here, at = f"{base(desk)}/orders/{order_id}", order_standing(one)
        return page(
            "finance/order.html",
            crumbs=crumbs(desk, "Order", ("Orders", "orders")),
            title=one.approved.number if one.approved else "Asked for",
            lede=one.told.what,
            tag=tag_of(one),
            actions=_actions(desk, one, here),
            figures=[
                {
                    "label": "Ordered" if one.approved else "Asked for",
                    "value": pounds(one.told.net_pence),
                    "note": "without VAT",
                },
                {"label": "Still to come", "value": pounds(at.commitment_pence), "note": None},
                {"label": "Received, not billed", "value": pounds(at.accrual_pence), "note": None},
                {"label": "Spent", "value": pounds(at.actual_pence), "note": None},
            ],
            steps=_steps(desk, one),
            facts=_facts(desk, found, one),
            bills=[_bill(desk, bill, here) for bill in one.invoices.values()],
        )


def _actions(desk: Desk, one: Order, here: str) -> list[dict[str, Any]]:
    """What may be done now, the next step first."""
    if not desk.may("write", SPENDING):
        return []
    wanted: list[str] = []
    if one.state == "requested" and desk.may("sign", SPENDING):
        wanted = ["turn-down"] if one.told.requested_by == desk.person_id else ["approve", "turn-down"]
    elif one.closed:
        wanted = ["invoice"] if one.to_bill_pence else []
    elif one.approved and one.state != "paid":
        wanted = ["receive", "invoice", "close"]
        if one.received_pence >= one.told.net_pence:
            wanted = ["invoice", "close"]
    return [{"text": QUESTIONS[what].title, "href": f"{here}/{what}", "main": not at} for at, what in enumerate(wanted)]


def _steps(desk: Desk, one: Order) -> list[dict[str, Any]]:
    """What happened to it, in the order in which it did."""
    told = one.told
    steps = [(f"Asked for by {desk.name_of(told.requested_by)}", told.requested_on)]
    if one.approved:
        made = one.approved
        over = f", {pounds(made.over_pence)} over what was left: {made.reason}" if made.over_pence else ""
        steps.append((f"Ordered by {desk.name_of(made.approved_by)}{over}", made.approved_on))
    if one.turned_down:
        no = one.turned_down
        steps.append((f"Turned down by {desk.name_of(no.turned_down_by)}: {no.reason}", no.turned_down_on))
    steps += [(f"{pounds(came.net_pence)} of it came", came.received_on) for came in one.receipts]
    for bill in one.invoices.values():
        steps.append((f"Invoice {bill.told.reference} for {pounds(bill.told.gross_pence)}", bill.told.dated_on))
        if bill.released:
            steps.append((f"Invoice released: {bill.released.reason}", bill.released.released_on))
        if bill.refused:
            steps.append((f"Invoice refused: {bill.refused.reason}", bill.refused.refused_on))
        if bill.paid:
            steps.append((f"Invoice {bill.told.reference} paid", bill.paid.paid_on))
    if one.closed:
        steps.append((f"Closed: {one.closed.reason}", one.closed.closed_on))
    return [{"text": text, "day": day(on_day)} for text, on_day in sorted(steps, key=lambda step: step[1])]


def _facts(desk: Desk, found: Books, one: Order) -> list[dict[str, Any]]:
    line, named = found.budgets.line(one.told.line), found.suppliers.get(one.told.supplier)
    rows: list[dict[str, Any]] = [
        {"label": "Supplier", "value": named.name if named else "not known"},
        {"label": "VAT", "value": f"{pounds(one.told.vat_pence)}, of which {one.told.recoverable} % comes back"},
    ]
    if named and named.related:
        rows[0]["tag"] = {"text": "related party", "kind": "soon"}
    if line:
        rows.append(
            {
                "label": "Line",
                "value": f"{line[1].name} ({FUNDS[line[1].fund].title})",
                "href": f"{base(desk)}/lines/{one.told.line}",
            }
        )
    if one.told.purpose:
        agreed = pounds(one.told.agreed_pence or 0)
        rows.append({"label": "For the target", "value": f"{one.told.purpose}, for which {agreed} was agreed"})
    return rows


def _bill(desk: Desk, bill: Invoice, here: str) -> dict[str, Any]:
    tag = {"text": "to be paid", "kind": "plain"}
    if bill.refused:
        tag = {"text": "refused", "kind": "plain"}
    elif bill.is_held:
        tag = {"text": "on hold", "kind": "late"}
    elif bill.paid:
        tag = {"text": "paid", "kind": "well"}
    wanted: list[str] = []
    if desk.may("write", SPENDING) and not bill.paid and not bill.refused:
        wanted = ["refuse"] if bill.is_held else ["pay", "refuse"]
        if bill.is_held and desk.may("sign", SPENDING):
            wanted = ["release", "refuse"]
    return {
        "reference": bill.told.reference,
        "day": day(bill.told.dated_on),
        "net": pounds(bill.told.net_pence),
        "vat": pounds(bill.told.vat_pence),
        "gross": pounds(bill.told.gross_pence),
        "tag": tag,
        "held": [{"says": HELD_WORDS[why], "rule": f"/rules/finance.{_RULES[why]}"} for why in bill.told.held]
        if bill.is_held
        else [],
        "actions": [
            {"text": BILLS[what].title, "href": f"{here}/invoices/{bill.told.invoice}/{what}"} for what in wanted
        ],
    }
