"""The academy's year: every fund and every line, how each is heading, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Request
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

from ...codes import FUNDS, PRINCIPLES, REASON
from ...rules import StatementRow, statement_findings
from ...telling import base, tenths
from ...views import Books, FundYear, Position, books, fund_years, notified, positions, received, this_year, whole
from .. import charts
from ..budget_words import BUDGET, asked_year, over_or_under, row_sums, share_said, tag_of, year_name, years_of


class YearPage(Controller):
    """The budget of an academic year."""

    @get("/", guards=[may("read", BUDGET)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Funds drawn and told, lines with their colours in words, the notional budget as a memo."""
        year, found, here = asked_year(request, desk), books(desk), base(desk)
        lines, funds = positions(found, year, desk.today), fund_years(found, year, desk.today)
        drawn = [one for one in funds if one.row.current_pence or one.row.outturn_pence]
        return page(
            "finance/budget.html",
            title=f"SEN budget {year_name(year)}",
            lede=_lede(desk, found, year),
            actions=_actions(desk, found, year),
            years=years_of([found.budgets], this_year(desk), year, here),
            figures=_figures(whole("", lines), lines) if lines else [],
            notes=_notes(desk, found, year, lines),
            chart=charts.bars(
                "funds",
                "Funds: where each will end",
                _described(drawn),
                "Fund",
                [(FUNDS[one.fund].title, one.row) for one in drawn],
            )
            if drawn
            else None,
            funds=[_fund(one) for one in funds],
            income=pounds(received(found.budgets, year)),
            lines=[_line(desk, one) for one in lines],
            total=row_sums(whole("Together", lines)),
            memo=_memo(desk, found, year),
            reason=f"over {pounds(REASON.value.pence)} and over {tenths(REASON.value.basis_points // 10)}",
            links=_links(desk),
        )


def _lede(desk: Desk, found: Books, year: int) -> str:
    standing = found.budgets.standing(year)
    if standing is None or standing.approved is None:
        return "No budget is approved for this year yet."
    approved = standing.approved
    return (
        f"{standing.told.name}, approved on {day(approved.approved_on)} by {desk.name_of(approved.approved_by)}: "
        f"{approved.minute}."
    )


def _actions(desk: Desk, found: Books, year: int) -> list[dict[str, Any]]:
    here = base(desk)
    acts: list[dict[str, Any]] = []
    if desk.may("write", BUDGET):
        acts.append({"text": "Draft a budget", "href": f"{here}/budgets/new?year={year}"})
        acts[0]["main"] = not found.budgets.of_year(year)
    acts.append({"text": "Monthly statement", "href": f"{here}/statement?year={year}"})
    return acts


def _figures(row: StatementRow, lines: Sequence[Position]) -> list[dict[str, Any]]:
    over = sum(one.row.variance_pence < 0 for one in lines)
    promised = row.accruals_pence + row.commitments_pence
    return [
        {"label": "Budget", "value": pounds(row.current_pence), "note": counted(len(lines), "line", "lines")},
        {"label": "Spent", "value": pounds(row.actual_pence), "note": f"{pounds(row.profiled_pence)} expected by now"},
        {"label": "Owed and on order", "value": pounds(promised), "note": None},
        {"label": "Left", "value": pounds(row.available_pence), "note": "before what is planned"},
        {
            "label": "Forecast",
            "value": pounds(row.outturn_pence),
            "note": f"at 31 August: {share_said(row)}".strip(": "),
        },
        {
            "label": "Against the budget",
            "value": over_or_under(row.variance_pence),
            "note": f"{counted(over, 'line', 'lines')} over",
        },
    ]


def _notes(desk: Desk, found: Books, year: int, lines: Sequence[Position]) -> list[dict[str, str]]:
    """What waits for somebody, each with where it is done."""
    here, notes = base(desk), []
    wanted = [one for one in lines if statement_findings(one.row)]
    if wanted:
        says = f"{counted(len(wanted), 'forecast wants', 'forecasts want')} a reason."
        notes.append({"text": says, "href": "#lines", "do": "Look at the lines"})
    drafts = [one for one in found.budgets.of_year(year) if one.approved is None]
    if drafts:
        says = f"{counted(len(drafts), 'version is', 'versions are')} drafted and not approved."
        notes.append({"text": says, "href": f"{here}/budgets?year={year}", "do": "Look at the versions"})
    waiting = [one for one in found.budgets.virements.values() if one.approved is None]
    if waiting and desk.may("sign", BUDGET):
        says = f"{counted(len(waiting), 'move waits', 'moves wait')} for approval."
        notes.append({"text": says, "href": f"{here}/virements", "do": "Look at the moves"})
    return notes


def _described(funds: Sequence[FundYear]) -> str:
    over = [FUNDS[one.fund].title for one in funds if one.row.variance_pence < 0]
    return f"Forecast over its budget: {', '.join(over)}." if over else "No fund is forecast over its budget."


def _fund(one: FundYear) -> dict[str, Any]:
    unsaid, memo = "not recorded", FUNDS[one.fund].memo
    return {
        "title": FUNDS[one.fund].title,
        "memo": memo,
        "notified": unsaid if one.notified_pence is None else pounds(one.notified_pence),
        "allocated": unsaid if one.allocated_pence is None else pounds(one.allocated_pence),
        "budget": "" if memo else pounds(one.row.current_pence),
        "spent": "" if memo else pounds(one.row.actual_pence + one.row.accruals_pence),
        "received": "" if memo else pounds(one.received_pence),
    }


def _line(desk: Desk, one: Position) -> dict[str, Any]:
    line, row = one.line, one.row
    return {
        **row_sums(row),
        "name": line.name,
        "href": f"{base(desk)}/lines/{line.line}",
        "about": " · ".join(
            part for part in (FUNDS[line.fund].title, line.code, line.cost_centre, _principle(line.principle)) if part
        ),
        "tag": tag_of(row),
        "reason": row.reason,
        "wanted": [finding.says for finding in statement_findings(row)],
        "explain": f"{base(desk)}/lines/{line.line}/explain" if desk.may("write", BUDGET) else "",
    }


def _principle(key: str) -> str:
    return PRINCIPLES.value[key].title if key in PRINCIPLES.value else ""


def _memo(desk: Desk, found: Books, year: int) -> dict[str, str] | None:
    """The notional SEN budget: a label inside core funding, in no sum."""
    pence = notified(found.budgets, "notional", year)
    if pence is None:
        return None
    pupils = desk.may("read", "finance.pupil") or desk.may("read", "finance.costs")
    return {"pence": pounds(pence), "href": f"{base(desk)}/funding/notional?year={year}" if pupils else ""}


def _links(desk: Desk) -> list[dict[str, str]]:
    pages = {
        "budgets": "Versions of the budget",
        "virements": "Moves between lines",
        "funding": "Funding and income",
        "limits": "Limits and closed months",
        "trades": "Trades with other academies",
        "authorities": "Authorities",
    }
    if desk.may("read", "finance.provision"):
        pages["provision"] = "Provision"
    if desk.may("read", "finance.pay"):
        pages["pay"] = "What posts cost"
    if desk.may("read", "finance.ledger"):
        pages["ledger"] = "Ledger"
    return [{"text": text, "href": f"{base(desk)}/{path}"} for path, text in pages.items()]
