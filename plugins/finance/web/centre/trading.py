"""What academies charge each other: both sides recorded in one go, each shown with what came of it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from msgspec import Meta

from core.command import Command
from core.desk import Desk
from core.errors import NotAllowed, Refused, Stale
from core.ids import uuid_for
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ...commands import AgreeTrade
from ...facts import TradeAgreed
from ...views import Books, available_of, books, this_year, trade_reference, trust_year
from ..budget_words import BUDGET
from .comparing import HERE, books_of, desks_of, names

_PATH = "/centre/finance/trades"


class BothSides(Command, frozen=True):
    """A trade as it is typed here: who sells, and the line that pays, which says who buys."""

    seller: Annotated[UUID, Meta(title="who sells")]
    line: Annotated[UUID, Meta(title="which line pays")]
    pence: Annotated[int, Meta(title="the amount", ge=1, le=100_000_000_00)]
    what: Annotated[str, Meta(title="what it is for", min_length=1, max_length=400)]


_ASK = Question(
    BothSides,
    "Record a trade",
    (
        Ask("seller", "Which academy sells?", "select"),
        Ask("line", "Which line pays?", "select", "A line of the academy that buys."),
        Ask("pence", "How much?", "money"),
        Ask("what", "What is it for?", hint="For example, a specialist teacher, two days a week in the autumn."),
    ),
    record="Record both sides",
    says="Each academy's books get their own side. If one side cannot be recorded, the other stays, and you may press "
    "again: nothing is recorded twice.",
)


class CentreTrades(Controller):
    """Trades between the academies this person may read."""

    path = "/trades"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every trade with both its sides; those that only one academy has are told."""
        found = books_of(desk)
        told = trust_year(found, names(desk), this_year(desk), desk.today, "")
        new = {"text": _ASK.title, "href": f"{_PATH}/new", "main": True}
        return page(
            "finance/centre_trades.html",
            crumbs=_crumbs("Trades"),
            actions=[new] if desks_of(desk, "write") else [],
            rows=_rows(desk, found),
            findings=[finding.says for finding in told.findings],
        )

    @get("/new", guards=[may("write", BUDGET)])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a trade; an address may name one of which a side is missing."""
        return _page(desk, _begun(desk, form, request.query_params.get("trade", "")))

    @post("/new", guards=[may("write", BUDGET)])
    def agree(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records each side that is not recorded yet, and shows what came of either."""
        typed: list[BothSides] = []
        return form.checked(
            lambda: typed.append(_ASK.read(form)), lambda: _run_page(desk, form, typed[0]), lambda: _page(desk, form)
        )


def _crumbs(here: str) -> list[dict[str, str | None]]:
    steps: list[dict[str, str | None]] = [{"text": "SEN budgets", "href": HERE}]
    if here != "Trades":
        steps.append({"text": "Trades", "href": _PATH})
    return [*steps, {"text": here, "href": None}]


def _rows(desk: Desk, found: dict[UUID, Books]) -> list[dict[str, Any]]:
    """Each trade once, the newest first, with the academies that have it."""
    sides: dict[UUID, dict[UUID, TradeAgreed]] = {}
    for academy, one in found.items():
        for key, trade in one.budgets.trades.items():
            sides.setdefault(key, {})[academy] = trade
    rows = []
    for key, held in sides.items():
        academy, trade = next(iter(held.items()))
        seller, buyer = (academy, trade.other) if trade.sells else (trade.other, academy)
        alike = len(held) == 2 and len({one.pence for one in held.values()}) == 1
        rows.append(
            {
                "reference": trade_reference(key),
                "seller": desk.academies[seller].name,
                "buyer": desk.academies[buyer].name,
                "what": trade.what,
                "day": trade.agreed_on,
                "pence": pounds(trade.pence),
                "tag": {"text": "both have it", "kind": "well"} if alike else {"text": "one side only", "kind": "late"},
                "href": "" if len(held) == 2 or not desks_of(desk, "write") else f"{_PATH}/new?trade={key}",
            }
        )
    return sorted(rows, key=lambda row: row["day"], reverse=True)


def _begun(desk: Desk, form: Form, typed: str) -> Form:
    """The form filled with a trade of which one side is recorded."""
    for academy, one in books_of(desk).items():
        for key, trade in one.budgets.trades.items():
            if str(key) == typed:
                form.fill(seller=str(academy if trade.sells else trade.other), pence=pounds(trade.pence))
                form.fill(line=str(trade.line) if trade.line else "", what=trade.what, trade=typed)
    return form


def _trade_of(form: Form) -> UUID:
    """The trade the form is about: one that was begun, else a new one."""
    try:
        return UUID(form.text("trade"))
    except ValueError:
        return form.command_id


def _page(desk: Desk, form: Form) -> Page:
    desks = desks_of(desk, "write")
    sellers: Options = [{"value": "", "text": "Choose"}] + [
        {"value": str(one.here), "text": desk.academies[one.here].name} for one in desks
    ]
    lines: list[dict[str, Any]] = [{"value": "", "text": "Choose"}]
    for one in desks:
        found = books(one)
        standing = found.budgets.standing(this_year(one))
        lines.append(
            {
                "group": desk.academies[one.here].name,
                "options": [
                    {"value": str(line.line), "text": f"{line.name}: {pounds(available_of(found, line.line))} left"}
                    for line in (standing.told.lines if standing else ())
                ],
            }
        )
    return _ASK.shown(
        form,
        crumbs=_crumbs(_ASK.title),
        action=f"{_PATH}/new",
        seen=-1,
        back_href=_PATH,
        options={"seller": sellers, "line": lines},
        keep=[{"name": "trade", "value": form.text("trade")}] if form.text("trade") else [],
    )


def _run_page(desk: Desk, form: Form, typed: BothSides) -> Page:
    """Does what is still to be done on each side, and shows it."""
    trade, desks = _trade_of(form), {one.here: one for one in desks_of(desk, "write")}
    buyer = next((key for key, one in desks.items() if books(one).budgets.line(typed.line)), None)
    if typed.seller not in desks or buyer is None or buyer == typed.seller:
        form.wrong("line", "Choose who sells, and a line of another academy.")
        redrawn = _page(desk, form)
        redrawn.status_code = 422
        return redrawn
    sides = {
        typed.seller: AgreeTrade(buyer, True, typed.pence, typed.what, trade=trade),
        buyer: AgreeTrade(typed.seller, False, typed.pence, typed.what, line=typed.line, trade=trade),
    }
    results = [_recorded(desks[academy], side, trade) for academy, side in sides.items()]
    return page(
        "finance/centre_trade.html",
        crumbs=_crumbs("What came of it"),
        title=f"Trade {trade_reference(trade)}",
        lede=f"{pounds(typed.pence)}, {day(desk.today)}: {typed.what}",
        results=results,
        done=all(one["done"] for one in results),
        action=f"{_PATH}/new",
        token=form.token(),
        keep=[{"name": name, "value": form.text(name)} for name in ("seller", "line", "pence", "what")]
        + [{"name": "trade", "value": str(trade)}],
        back_href=_PATH,
    )


def _recorded(desk: Desk, side: AgreeTrade, trade: UUID) -> dict[str, Any]:
    """What came of one side: recorded now, recorded before, or why not."""
    does = "sells" if side.sells else "buys"
    told = {"academy": f"{desk.academies[desk.here].name} {does}", "done": True}
    if trade in books(desk).budgets.trades:
        return {**told, "tag": {"text": "recorded already", "kind": "well"}, "says": ""}
    try:
        desk.do(side, command_id=uuid_for("finance.trade", trade, desk.here))
    except (Refused, Stale) as refusal:
        return {**told, "done": False, "tag": {"text": "not recorded", "kind": "late"}, "says": str(refusal)}
    except NotAllowed:
        says = "You may not record it there. Ask its business manager."
        return {**told, "done": False, "tag": {"text": "not recorded", "kind": "late"}, "says": says}
    return {**told, "tag": {"text": "recorded", "kind": "well"}, "says": ""}
