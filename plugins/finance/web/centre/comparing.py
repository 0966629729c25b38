"""The academies' SEN budgets side by side, by fund and in all, without what they charge each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import Cell
from core.desk import Desk
from core.money import pounds
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted

from ...codes import FUNDS
from ...views import AcademyYear, Books, TrustYear, books, positions, this_year, trust_year
from .. import charts
from ..budget_words import BUDGET, asked_year, over_or_under, planned_of, row_sums, tag_of, year_name, years_of

HERE = "/centre/finance/budgets"
_HEADER = ["Academy", "Income", "Budget", "Spent", "Owed", "On order", "Planned", "Forecast", "Variance", "Heading"]


class Comparing(Controller):
    """Budgets of every academy where the plugin is on and this person may read them."""

    path = "/budgets"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """A row for each academy, what is taken out, and the trust."""
        year, found = asked_year(request, desk), books_of(desk)
        fund = request.query_params.get("fund", "")
        fund = fund if fund in FUNDS else ""
        told = trust_year(found, names(desk), year, desk.today, fund)
        told_rows = {key: one for key, one in told.academies.items() if one.row.current_pence or one.row.outturn_pence}
        query = f"?year={year}" + (f"&fund={fund}" if fund else "")
        exports = [{"text": text, "href": f"{HERE}/list.{text.lower()}{query}"} for text in ("CSV", "XLSX")]
        return page(
            "finance/centre_budgets.html",
            crumbs=[{"text": "Academies", "href": "/"}, {"text": "SEN budgets", "href": None}],
            title=f"SEN budgets {year_name(year)}, side by side",
            lede=_lede(told, fund),
            actions=[
                {"text": "Trades between academies", "href": "/centre/finance/trades"},
                *(exports if desk.may("export", BUDGET) else []),
            ],
            years=years_of(
                [one.budgets for one in found.values()], this_year(desk), year, HERE, f"&fund={fund}" if fund else ""
            ),
            funds=_funds(desk, found, year, fund),
            figures=_figures(told),
            chart=charts.bars(
                "academies",
                "Academies: where each will end",
                _described(desk, told_rows),
                "Academy",
                [(desk.academies[key].name, one.row) for key, one in told_rows.items()],
            )
            if told_rows
            else None,
            rows=[_row(desk, key, one, year) for key, one in told.academies.items()],
            trust=_trust(told, fund),
            findings=[finding.says for finding in told.findings],
        )

    @get("/list.csv", guards=[may("export", BUDGET)])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(request, desk), taken=desk.taken), "sen-budgets")

    @get("/list.xlsx", guards=[may("export", BUDGET)])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("SEN budgets", *_table(request, desk), taken=desk.taken), "sen-budgets")


def desks_of(desk: Desk, action: str = "read") -> list[Desk]:
    """This person's desks at the academies whose budgets they may read, or write."""
    return [one for one in desk.where("finance") if one.may(action, BUDGET)]


def books_of(desk: Desk) -> dict[UUID, Books]:
    """The books of those academies, by the academies' names."""
    return {one.here: books(one) for one in desks_of(desk)}


def names(desk: Desk) -> dict[UUID, str]:
    """The name of each academy of the trust."""
    return {key: one.name for key, one in desk.academies.items()}


def _lede(told: TrustYear, fund: str) -> str:
    over = sum(one.row.variance_pence < 0 for one in told.academies.values())
    says = f"{counted(over, 'academy is', 'academies are')} forecast over" if over else "No academy is forecast over"
    return f"{FUNDS[fund].title + ': ' if fund else ''}{says}, of {len(told.academies)}."


def _funds(desk: Desk, found: Mapping[UUID, Books], year: int, fund: str) -> list[dict[str, Any]]:
    """For the chooser of funds: those that any academy has a line of."""
    used = {one.line.fund for each in found.values() for one in positions(each, year, desk.today)}
    told = [("", "All funds"), *((key, FUNDS[key].title) for key in FUNDS if key in used)]
    return [
        {"text": text, "href": f"{HERE}?year={year}" + (f"&fund={key}" if key else ""), "current": key == fund}
        for key, text in told
    ]


def _figures(told: TrustYear) -> list[dict[str, Any]]:
    return [
        {
            "label": "Budget",
            "value": pounds(told.budget_pence),
            "note": counted(len(told.academies), "academy", "academies"),
        },
        {"label": "Spent and owed", "value": pounds(told.spent_pence), "note": None},
        {"label": "Forecast", "value": pounds(told.outturn_pence), "note": "at 31 August"},
        {"label": "Against the budget", "value": over_or_under(told.variance_pence), "note": None},
        {"label": "Taken out", "value": pounds(told.eliminated_pence), "note": "charged between academies"},
    ]


def _described(desk: Desk, rows: Mapping[UUID, AcademyYear]) -> str:
    over = [desk.academies[key].name for key, one in rows.items() if one.row.variance_pence < 0]
    return f"Forecast over its budget: {', '.join(over)}." if over else "No academy is forecast over its budget."


def _row(desk: Desk, key: UUID, one: AcademyYear, year: int) -> dict[str, Any]:
    academy = desk.academies[key]
    return {
        **row_sums(one.row),
        "name": academy.name,
        "href": f"/{academy.urn}/finance?year={year}",
        "income": pounds(one.income_pence),
        "tag": tag_of(one.row) if one.row.current_pence or one.row.outturn_pence else None,
    }


def _trust(told: TrustYear, fund: str) -> dict[str, str]:
    """The last two rows: what is taken out, and what is left. What was sold is income of no fund."""
    rows, taken = [one.row for one in told.academies.values()], pounds(-told.eliminated_pence)
    return {
        "taken": taken if told.eliminated_pence else "",
        "taken_income": "" if fund else taken,
        "income": pounds(told.income_pence),
        "budget": pounds(told.budget_pence),
        "spent": pounds(told.spent_pence - sum(row.accruals_pence for row in rows)),
        "owed": pounds(sum(row.accruals_pence for row in rows)),
        "ordered": pounds(sum(row.commitments_pence for row in rows)),
        "planned": pounds(sum(planned_of(row) for row in rows)),
        "outturn": pounds(told.outturn_pence),
        "variance": over_or_under(told.variance_pence),
    }


def _table(request: Request[Any, Any, Any], desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """A row for each academy, then what is taken out, then the trust; sums in pounds."""
    year, fund = asked_year(request, desk), request.query_params.get("fund", "")
    fund = fund if fund in FUNDS else ""
    told = trust_year(books_of(desk), names(desk), year, desk.today, fund)
    rows: list[list[Cell]] = []
    for key, one in told.academies.items():
        row = _row(desk, key, one, year)
        rows.append([row["name"], *_cells(row), row["tag"]["text"] if row["tag"] else ""])
    trust = _trust(told, fund)
    if trust["taken"]:
        taken = trust["taken"]
        rows.append(["Between academies, taken out", trust["taken_income"], taken, taken, "", "", "", taken, "", ""])
    rows.append(["Trust", *_cells(trust), ""])
    desk.exported("SEN budgets side by side", BUDGET, len(rows))
    return _HEADER, rows


def _cells(row: Mapping[str, Any]) -> Iterable[Cell]:
    wanted = ("income", "budget", "spent", "owed", "ordered", "planned", "outturn", "variance")
    return [str(row[name]) for name in wanted]
