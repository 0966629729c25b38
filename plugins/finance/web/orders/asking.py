"""Forms of orders: asked for, approved, turned down, received, billed, paid, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.ids import uuid_for
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ...codes import FUNDS
from ...commands import (
    ApproveOrder,
    CloseOrder,
    EnterInvoice,
    NameSupplier,
    ReceiveGoods,
    RequestOrder,
    TurnDownOrder,
    limit_of,
)
from ...telling import base
from ...views import Books, Order, available_of, books, life, this_year
from ..budget_words import crumbs
from .listing import SPENDING

_VAT = "What comes back to the academy: 100 for what free education needs."
ASK = Question(
    RequestOrder,
    "Ask for an order",
    (
        Ask("line", "Out of which line?", "select"),
        Ask("supplier", "From whom?", "select"),
        Ask("what", "What is it?", hint="Name no pupil."),
        Ask("net_pence", "Price without VAT", "money"),
        Ask("vat_pence", "VAT", "money", "As the supplier says. Education and therapy are often exempt: then nothing."),
        Ask("recoverable", "How much of the VAT comes back, in per cent?", "number", _VAT),
        Ask(
            "purpose",
            "For which target of a PEP?",
            hint="By its reference, never by a name. Only for pupil premium plus of looked-after children.",
        ),
        Ask("agreed_pence", "What was agreed for that target?", "money"),
    ),
    record="Ask for it",
    says="Somebody else approves it; until then nothing is set aside.",
)
SUPPLIER = Question(
    NameSupplier,
    "Name a supplier",
    (
        Ask("name", "What are they called?"),
        Ask(
            "related",
            "Does a member, trustee or employee, or their family, have an interest in them?",
            "yes_no",
            "Then what is spent with them in a year is added up, and over a limit the department must agree first.",
        ),
    ),
)
QUESTIONS: dict[str, Question] = {
    "approve": Question(
        ApproveOrder,
        "Approve the order",
        (
            Ask("reason", "Why, if it goes over the line?", hint="Wanted only where less is left than it costs."),
            Ask("approval", "The department's reference", hint="Wanted only for a related party over the limit."),
        ),
        record="Order it",
    ),
    "turn-down": Question(TurnDownOrder, "Turn it down", (Ask("reason", "Why?"),)),
    "receive": Question(
        ReceiveGoods,
        "Record what came",
        (Ask("net_pence", "Price of what came, without VAT", "money"), Ask("received_on", "When did it come?", "date")),
    ),
    "invoice": Question(
        EnterInvoice,
        "Enter an invoice",
        (
            Ask("reference", "Its number"),
            Ask("net_pence", "Sum without VAT", "money"),
            Ask("vat_pence", "VAT, as the supplier has it", "money"),
            Ask("dated_on", "Which day is on it?", "date"),
            Ask(
                "settles_pence",
                "Which part of the order is it for?",
                "money",
                "At the order's price; leave it empty when it is for as much as it bills.",
            ),
        ),
        says="A bill that cannot be paid yet is kept all the same, and held.",
    ),
    "close": Question(CloseOrder, "Expect no more", (Ask("reason", "Why?"),), says="What is left of it is set free."),
}


class OrderForms(Controller):
    """What may be done with an order and its bills."""

    path = "/"

    @get("/suppliers/new", guards=[may("write", SPENDING)])
    def ask_supplier(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that names a supplier."""
        return _supplier_page(desk, form)

    @post("/suppliers/new", guards=[may("write", SPENDING)])
    def name_supplier(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Names one."""

        def act() -> str:
            desk.do(SUPPLIER.read(form), uuid_for(form.command_id, "begins"), command_id=form.command_id)
            return f"{base(desk)}/orders/new"

        return form.attempt(act, lambda: _supplier_page(desk, form), "Named.")

    @get("/orders/new", guards=[may("write", SPENDING)])
    def ask_new(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that asks for an order, on the line the address names."""
        return _new_page(desk, form.fill(line=request.query_params.get("line", ""), recoverable="100"))

    @post("/orders/new", guards=[may("write", SPENDING)])
    def request_order(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Asks for it."""

        def act() -> str:
            order = uuid_for(form.command_id, "begins")
            desk.do(ASK.read(form), order, command_id=form.command_id)
            return f"{base(desk)}/orders/{order}"

        return form.attempt(act, lambda: _new_page(desk, form), "Asked for. Somebody else approves it.")

    @get("/orders/{order_id:uuid}/{what:str}", guards=[may("write", SPENDING)])
    def ask(
        self, order_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for one step of an order."""
        return _step_page(desk, order_id, what, form)

    @post("/orders/{order_id:uuid}/{what:str}", guards=[may("write", SPENDING)])
    def step(
        self, order_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the step."""
        question = question_in(QUESTIONS, what)

        def act() -> str:
            desk.do(question.read(form), order_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/orders/{order_id}"

        return form.attempt(act, lambda: _step_page(desk, order_id, what, form), "Recorded.")


def order_of(desk: Desk, order_id: UUID) -> tuple[Books, Order]:
    """An order of this academy with the money around it; raises NotFound for any other."""
    found = books(desk)
    if order_id not in found.orders:
        raise NotFound
    return found, found.orders[order_id]


def question_in(questions: dict[str, Question], what: str) -> Question:
    """The question of a step; raises NotFound for a step there is not."""
    if what not in questions:
        raise NotFound
    return questions[what]


def _supplier_page(desk: Desk, form: Form) -> Page:
    return SUPPLIER.shown(
        form,
        crumbs=crumbs(desk, SUPPLIER.title, ("Orders", "orders")),
        action=f"{base(desk)}/suppliers/new",
        seen=-1,
        back_href=f"{base(desk)}/orders",
    )


def _new_page(desk: Desk, form: Form) -> Page:
    found = books(desk)
    suppliers = sorted(found.suppliers.items(), key=lambda item: item[1].name.casefold())
    return ASK.shown(
        form,
        crumbs=crumbs(desk, ASK.title, ("Orders", "orders")),
        notes=[] if suppliers else ["No supplier is named yet. Name one first, from the list of orders."],
        action=f"{base(desk)}/orders/new",
        seen=-1,
        back_href=f"{base(desk)}/orders",
        options={
            "line": _lines(desk, found),
            "supplier": [
                {"value": "", "text": "Choose"},
                *({"value": str(key), "text": one.name} for key, one in suppliers),
            ],
        },
    )


def _lines(desk: Desk, found: Books) -> Options:
    """The lines of this year's budget, each with what is left of it."""
    standing = found.budgets.standing(this_year(desk))
    lines = standing.told.lines if standing else ()
    return [
        {"value": "", "text": "Choose"},
        *(
            {
                "value": str(line.line),
                "text": f"{line.name} ({FUNDS[line.fund].title}): {pounds(available_of(found, line.line))} left",
            }
            for line in lines
        ),
    ]


def _now(desk: Desk, found: Books, one: Order) -> Options:
    line, named = found.budgets.line(one.told.line), found.suppliers.get(one.told.supplier)
    return [
        {"label": "What", "value": one.told.what},
        {"label": "From", "value": named.name if named else ""},
        {"label": "Price without VAT", "value": pounds(one.told.net_pence)},
        {"label": "It takes from the line", "value": pounds(life(one).ordered_pence)},
        {"label": "Line", "value": line[1].name if line else ""},
        {"label": "Left on it", "value": pounds(available_of(found, one.told.line))},
        {"label": "You may approve up to", "value": pounds(limit_of(found.budgets, desk).order_pence)},
    ]


def _step_page(desk: Desk, order_id: UUID, what: str, form: Form) -> Page:
    question, (found, one) = question_in(QUESTIONS, what), order_of(desk, order_id)
    return question.shown(
        form,
        crumbs=crumbs(desk, question.title, ("Orders", "orders"), ("Order", f"orders/{order_id}")),
        now=_now(desk, found, one)[: None if what == "approve" else 3],
        action=f"{base(desk)}/orders/{order_id}/{what}",
        seen=desk.seen_for(question.command, order_id),
        back_href=f"{base(desk)}/orders/{order_id}",
    )
