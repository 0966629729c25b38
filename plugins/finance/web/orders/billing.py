"""Forms of a supplier's bill: released, refused, paid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ...commands import PayInvoice, RefuseInvoice, ReleaseInvoice
from ...telling import base
from ...views import Invoice
from ..budget_words import crumbs
from .asking import order_of, question_in
from .listing import SPENDING

BILLS: dict[str, Question] = {
    "release": Question(ReleaseInvoice, "Release the invoice", (Ask("reason", "Why may it be paid?"),)),
    "refuse": Question(RefuseInvoice, "Refuse the invoice", (Ask("reason", "Why is it not paid?"),)),
    "pay": Question(PayInvoice, "Record the payment", (Ask("paid_on", "When was it paid?", "date"),)),
}


class BillForms(Controller):
    """What may be done with a bill."""

    path = "/orders/{order_id:uuid}/invoices/{bill_id:uuid}"

    @get("/{what:str}", guards=[may("write", SPENDING)])
    def ask_bill(
        self,
        order_id: FromPath[UUID],
        bill_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for one step of a bill."""
        return _bill_page(desk, order_id, bill_id, what, form)

    @post("/{what:str}", guards=[may("write", SPENDING)])
    def bill(
        self,
        order_id: FromPath[UUID],
        bill_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records the step of the bill."""
        question = question_in(BILLS, what)

        def act() -> str:
            command = question.read(form, invoice=bill_id)
            desk.do(command, order_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/orders/{order_id}"

        return form.attempt(act, lambda: _bill_page(desk, order_id, bill_id, what, form), "Recorded.")


def _bill_page(desk: Desk, order_id: UUID, bill_id: UUID, what: str, form: Form) -> Page:
    question, (_, one) = question_in(BILLS, what), order_of(desk, order_id)
    bill = one.invoices.get(bill_id)
    if bill is None:
        raise NotFound
    return question.shown(
        form,
        crumbs=crumbs(desk, question.title, ("Orders", "orders"), ("Order", f"orders/{order_id}")),
        now=_of_bill(bill),
        action=f"{base(desk)}/orders/{order_id}/invoices/{bill_id}/{what}",
        seen=desk.seen_for(question.command, order_id),
        back_href=f"{base(desk)}/orders/{order_id}",
    )


def _of_bill(bill: Invoice) -> Options:
    return [
        {"label": "Invoice", "value": bill.told.reference},
        {"label": "Sum without VAT", "value": pounds(bill.told.net_pence)},
        {"label": "With VAT", "value": pounds(bill.told.gross_pence)},
    ]
