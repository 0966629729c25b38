"""Every order, by how far it has come; and the suppliers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted

from ...telling import base
from ...views import Books, Order, books, order_standing
from ..budget_words import crumbs

SPENDING = "finance.spending"
STATES: Mapping[str, tuple[str, str]] = {
    "requested": ("waits for approval", "soon"),
    "ordered": ("on order", "plain"),
    "received": ("received", "plain"),
    "invoiced": ("invoiced", "plain"),
    "paid": ("paid", "well"),
    "closed": ("closed", "plain"),
    "turned_down": ("turned down", "plain"),
}
"""For each state of an order its words, and the colour that says the same."""
HELD = "held"
_FILTERS = ["q", "state", "line"]
_LABELS = {"q": "Supplier, number or what", "state": "State", "line": "Budget line"}
_COLUMNS = [("Order", "number"), ("What", "what"), ("Supplier", "supplier"), ("Line", "line"), ("State", "state")]
_SUMS = [("Net", "net"), ("On order", "ordered"), ("Spent", "spent")]


class Row(msgspec.Struct, frozen=True):
    """An order as a line of the list."""

    order: UUID
    told: Order
    number: str
    supplier: str
    line: str

    @property
    def is_held(self) -> bool:
        """Whether one of its bills may not be paid yet."""
        return any(bill.is_held for bill in self.told.invoices.values())


class OrdersList(Controller):
    """What was asked for, ordered, received, billed and paid."""

    path = "/orders"

    @post("/", guards=[may("read", SPENDING)])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Answers a filter by its address."""
        return find(desk, f"{base(desk)}/orders", form, _FILTERS)

    @get("/", guards=[may("read", SPENDING)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The list, those that wait first."""
        found, here = books(desk), f"{base(desk)}/orders"
        listing = Listing(desk, here, request.query_params, _FILTERS)
        every = rows_of(found)
        chosen = [row for row in every if _fits(row, listing.chosen)]
        shown, caption, pages = listing.cut(listing.sorted(chosen, _KEYS, "state"))
        return page(
            "finance/orders.html",
            crumbs=crumbs(desk, "Orders"),
            lede=f"{counted(len(every), 'order', 'orders')}. A penny is on order, owed or spent, never two of them.",
            actions=_actions(desk, here),
            figures=_figures(every, listing),
            filters=listing.filters(form, _LABELS, _choices(every)),
            columns=[*listing.columns(_COLUMNS, "state"), *({"text": text, "num": True} for text, _ in _SUMS)],
            caption=caption,
            pages=pages,
            rows=[_drawn(row, here) for row in shown],
        )


def tag_of(one: Order) -> dict[str, str]:
    """How far an order has come, in words; the colour says the same."""
    text, kind = STATES[one.state]
    if one.state == "received" and one.received_pence < one.told.net_pence:
        text = "received in part"
    return {"text": text, "kind": kind}


def rows_of(found: Books) -> list[Row]:
    """Every order with what its ids stand for."""
    return [
        Row(
            key,
            one,
            one.approved.number if one.approved else "",
            named.name if (named := found.suppliers.get(one.told.supplier)) else "",
            line[1].name if (line := found.budgets.line(one.told.line)) else "",
        )
        for key, one in found.orders.items()
    ]


_ORDER = list(STATES)
_KEYS: dict[str, Callable[[Row], Any]] = {
    "number": lambda row: (row.number, row.told.told.requested_on),
    "what": lambda row: row.told.told.what.casefold(),
    "supplier": lambda row: row.supplier.casefold(),
    "line": lambda row: row.line.casefold(),
    "state": lambda row: (not row.is_held, _ORDER.index(row.told.state), row.told.told.requested_on),
}


def _fits(row: Row, chosen: Mapping[str, str]) -> bool:
    words = chosen["q"].casefold()
    state = chosen["state"]
    return (
        (not words or words in f"{row.number} {row.supplier} {row.told.told.what}".casefold())
        and (not state or row.told.state == state or (state == HELD and row.is_held))
        and (not chosen["line"] or row.line == chosen["line"])
    )


def _choices(every: list[Row]) -> dict[str, list[tuple[str, str]]]:
    states = [(key, text.capitalize()) for key, (text, _) in STATES.items()]
    lines = sorted({row.line for row in every if row.line})
    return {
        "state": [("", "All"), (HELD, "With a bill on hold"), *states],
        "line": [("", "All"), *((line, line) for line in lines)],
    }


def _figures(every: list[Row], listing: Listing) -> list[dict[str, Any]]:
    waiting = sum(row.told.state == "requested" for row in every)
    held = sum(row.is_held for row in every)
    come = sum(row.told.state == "ordered" for row in every)
    return [
        {"label": "Wait for approval", "value": waiting, "note": None, "href": listing.href(state="requested")},
        {"label": "Bills on hold", "value": held, "note": None, "href": listing.href(state=HELD)},
        {"label": "Still to come", "value": come, "note": None, "href": listing.href(state="ordered")},
    ]


def _actions(desk: Desk, here: str) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = []
    if desk.may("write", SPENDING):
        acts = [
            {"text": "Ask for an order", "href": f"{here}/new", "main": True},
            {"text": "Name a supplier", "href": f"{base(desk)}/suppliers/new"},
        ]
    if desk.may("read", "finance.ledger"):
        acts.append({"text": "Ledger", "href": f"{base(desk)}/ledger"})
    if desk.may("export", SPENDING) and desk.academy:
        acts.append({"text": "Take away", "href": f"/{desk.academy.urn}/exports"})
    return acts


def _drawn(row: Row, here: str) -> dict[str, Any]:
    at = order_standing(row.told)
    return {
        "href": f"{here}/{row.order}",
        "number": row.number or "Not ordered yet",
        "day": row.told.told.requested_on,
        "what": row.told.told.what,
        "supplier": row.supplier,
        "line": row.line,
        "tag": tag_of(row.told),
        "held": {"text": "bill on hold", "kind": "late"} if row.is_held else None,
        "net": pounds(row.told.told.net_pence),
        "ordered": pounds(at.commitment_pence),
        "spent": pounds(at.actual_pence),
    }
