"""One budget line: where it stands, what is set against it, what is still to come."""

from __future__ import annotations

from itertools import accumulate
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...codes import FUNDS, PRINCIPLES, RETURN_LINES
from ...rules import by_profile, double_count_findings, statement_findings
from ...telling import base
from ...views import (
    FLAT,
    Books,
    Position,
    books,
    order_standing,
    positions,
    spent_by_month,
    terms,
    trade_reference,
    unmatched,
)
from .. import charts
from ..budget_words import BUDGET, crumbs, over_or_under, planned_of, sentences, share_said, tag_of, year_name
from .moving import moves_of
from .planning import planned_rows, posts_of

_SHOWN = 50


class LinePage(Controller):
    """A line of a budget that stands."""

    path = "/lines/{line_id:uuid}"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Its sums and its year, then orders, postings, trades, what is planned and what was moved."""
        found = books(desk)
        one = position_of(desk, found, line_id)
        line, row, here = one.line, one.row, f"{base(desk)}/lines/{line_id}"
        principle = PRINCIPLES.value.get(line.principle)
        expected = tuple(accumulate(by_profile(row.current_pence, line.profile or FLAT)))
        return page(
            "finance/line.html",
            crumbs=crumbs(desk, line.name),
            title=line.name,
            lede=" · ".join(
                [
                    year_name(one.year),
                    FUNDS[line.fund].title,
                    f"{line.code} {RETURN_LINES[line.code].title}",
                    line.cost_centre,
                    *([principle.title] if principle else []),
                ]
            ),
            actions=_actions(desk, one, here),
            figures=_figures(one),
            tag=tag_of(row),
            wanted=[finding.says for finding in statement_findings(row)],
            explained=_explained(found, line_id),
            chart=charts.months(
                "year",
                f"{pounds(row.actual_pence)} spent; {pounds(row.profiled_pence)} expected by the end of this month.",
                one.year,
                expected,
                spent_by_month(found, line_id, one.year, desk.today),
            ),
            sums=_sums(one),
            orders=_orders(desk, found, line_id),
            postings=_postings(desk, found, line_id),
            trades=_trades(desk, found, line_id),
            planned=planned_rows(desk, found, line_id, here),
            twice=[finding.says for finding in double_count_findings(terms(found, line_id))],
            posts=posts_of(desk, found, one, here, form),
            moves=moves_of(desk, found.budgets, line_id),
        )


def position_of(desk: Desk, found: Books, line_id: UUID) -> Position:
    """A line of a budget that stands; raises NotFound for any other."""
    known = found.budgets.line(line_id)
    if known is None:
        raise NotFound
    return next(one for one in positions(found, known[0], desk.today) if one.line.line == line_id)


def _actions(desk: Desk, one: Position, here: str) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = []
    if desk.may("write", BUDGET):
        acts = [
            {"text": "Say why", "href": f"{here}/explain", "main": bool(statement_findings(one.row))},
            {"text": "Plan spending", "href": f"{here}/plan"},
            {"text": "Move money", "href": f"{base(desk)}/virements/new?source={one.line.line}"},
        ]
    if desk.may("write", "finance.spending"):
        acts.append({"text": "Ask for an order", "href": f"{base(desk)}/orders/new?line={one.line.line}"})
    return acts


def _figures(one: Position) -> list[dict[str, Any]]:
    row = one.row
    told = [
        ("Budget", pounds(row.current_pence), None),
        ("Spent", pounds(row.actual_pence), f"{pounds(row.profiled_pence)} expected by now"),
        ("Received, not invoiced", pounds(row.accruals_pence), None),
        ("On order", pounds(row.commitments_pence), None),
        ("Left", pounds(row.available_pence), f"{pounds(planned_of(row))} more is planned"),
        ("Forecast", pounds(row.outturn_pence), share_said(row) or over_or_under(row.variance_pence)),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in told]


def _explained(found: Books, line_id: UUID) -> dict[str, str] | None:
    told = found.budgets.explained.get(line_id)
    if told is None:
        return None
    return {"says": sentences(told.reason, told.action, told.owner), "on": day(told.explained_on)}


def _sums(one: Position) -> list[dict[str, str]]:
    row = one.row
    told = {
        "First approved": row.original_pence,
        "Moved here": row.virements_pence,
        "Added since": row.supplements_pence,
        "Budget today": row.current_pence,
        "Expected by now": row.profiled_pence,
        "Left of that today": row.to_date_pence,
        "Forecast": row.outturn_pence,
    }
    return [
        *({"label": label, "value": pounds(pence)} for label, pence in told.items()),
        {"label": "At 31 August", "value": over_or_under(row.variance_pence)},
    ]


def _orders(desk: Desk, found: Books, line_id: UUID) -> list[dict[str, Any]] | None:
    """The line's orders, the newest first; None for whoever may not read orders."""
    if not desk.may("read", "finance.spending"):
        return None
    rows = []
    for key, one in found.orders.items():
        if one.told.line == line_id:
            at, named = order_standing(one), found.suppliers.get(one.told.supplier)
            rows.append(
                {
                    "name": one.approved.number if one.approved else "Not approved",
                    "href": f"{base(desk)}/orders/{key}",
                    "what": one.told.what,
                    "supplier": named.name if named else "",
                    "state": one.state.replace("_", " "),
                    "spent": pounds(at.actual_pence),
                    "owed": pounds(at.accrual_pence),
                    "ordered": pounds(at.commitment_pence),
                    "day": one.told.requested_on,
                }
            )
    return sorted(rows, key=lambda row: row["day"], reverse=True)


def _postings(desk: Desk, found: Books, line_id: UUID) -> dict[str, Any] | None:
    """What the ledger has and no order here; None for whoever may not read the ledger."""
    if not desk.may("read", "finance.ledger"):
        return None
    mine = [one for one in unmatched(found) if one.line == line_id]
    newest = sorted(mine, key=lambda one: one.posted_on, reverse=True)[:_SHOWN]
    rows = [
        {
            "day": day(one.posted_on),
            "supplier": one.supplier or one.sort,
            "reference": one.reference,
            "pence": pounds(one.net_pence),
        }
        for one in newest
    ]
    return {"rows": rows, "more": len(mine) - len(rows), "total": pounds(sum(one.net_pence for one in mine))}


def _trades(desk: Desk, found: Books, line_id: UUID) -> list[dict[str, str]]:
    return [
        {
            "reference": trade_reference(key),
            "what": one.what,
            "with": desk.academies[one.other].name if one.other in desk.academies else "",
            "pence": pounds(one.pence),
            "day": day(one.agreed_on),
        }
        for key, one in found.budgets.trades.items()
        if one.line == line_id
    ]
