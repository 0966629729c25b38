"""The monthly statement: every line with all its sums, to read, to print, to take away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import Cell
from core.desk import Desk
from core.money import pounds
from core.printing import pdf
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_file, as_xlsx
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...codes import FUNDS
from ...rules import statement_findings
from ...telling import base, statement_table, tenths
from ...views import Position, books, positions, this_year, whole
from ..budget_words import BUDGET, asked_year, crumbs, over_or_under, row_sums, sentences, tag_of, year_name, years_of

_TEMPLATE = Path(__file__).parents[2] / "writing" / "statement.typ"
_PRINTED = ("Line", "Budget", "Spent", "Owed", "On order", "Planned", "Forecast", "Variance", "Heading")


class _Fund(msgspec.Struct, frozen=True):
    """One fund's lines on paper, its last row all of them together."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    reasons: tuple[tuple[str, str], ...]
    """Line and why it is heading where it is."""


class _Told(msgspec.Struct, frozen=True):
    """What stands in the printed statement."""

    title: str
    made: str
    lede: str
    header: tuple[str, ...]
    funds: tuple[_Fund, ...]
    together: tuple[str, ...]


class Statement(Controller):
    """The statement of an academic year, as it stands today."""

    path = "/statement"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Fund by fund, each column of the statement."""
        year, found, here = asked_year(request, desk), books(desk), f"{base(desk)}/statement"
        lines = positions(found, year, desk.today)
        exports = [
            {"text": "PDF", "href": f"{here}/statement.pdf?year={year}"},
            {"text": "CSV", "href": f"{here}/statement.csv?year={year}"},
            {"text": "XLSX", "href": f"{here}/statement.xlsx?year={year}"},
        ]
        return page(
            "finance/month_statement.html",
            crumbs=crumbs(desk, "Monthly statement"),
            title=f"Monthly statement {year_name(year)}",
            lede=f"As the books stand on {day(desk.today)}. Variance is budget less forecast.",
            actions=exports if desk.may("export", BUDGET) and lines else [],
            years=years_of([found.budgets], this_year(desk), year, here),
            funds=[
                {
                    "id": fund,
                    "title": FUNDS[fund].title,
                    "rows": [_row(one) for one in lines if one.line.fund == fund],
                    "total": _sums(one_fund),
                }
                for fund, one_fund in _by_fund(lines).items()
            ],
            total=_sums(lines),
        )

    @get("/statement.csv", guards=[may("export", BUDGET)])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, asked_year(request, desk)), taken=desk.taken), "sen-budget-statement")

    @get("/statement.xlsx", guards=[may("export", BUDGET)])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        table = _table(desk, asked_year(request, desk))
        return as_xlsx(xlsx_bytes("Monthly statement", *table, taken=desk.taken), "sen-budget-statement")

    @get("/statement.pdf", guards=[may("export", BUDGET)])
    def as_pdf(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The statement on paper."""
        year = asked_year(request, desk)
        lines = positions(books(desk), year, desk.today)
        desk.exported("Monthly statement", BUDGET, len(lines))
        return as_file(pdf(_TEMPLATE.read_bytes(), _printed(desk, year, lines)), "application/pdf", "statement.pdf")


def _by_fund(lines: tuple[Position, ...]) -> dict[str, tuple[Position, ...]]:
    """The lines of each fund, in the order of the list of funds."""
    used = {one.line.fund for one in lines}
    return {fund: tuple(one for one in lines if one.line.fund == fund) for fund in FUNDS if fund in used}


def _row(one: Position) -> dict[str, Any]:
    row, line = one.row, one.line
    return {
        **_sums((one,)),
        "name": line.name,
        "code": " · ".join(part for part in (line.code, line.cost_centre, row.owner) if part),
        "reason": row.reason,
        "action": row.action,
        "wanted": bool(statement_findings(row)),
        "tag": tag_of(row),
    }


def _sums(lines: tuple[Position, ...]) -> dict[str, Any]:
    """The columns of the statement, of one line or of several as one."""
    row = whole("", lines)
    parts = {"at first": row.original_pence, "moved": row.virements_pence, "added": row.supplements_pence}
    changed = row.current_pence != row.original_pence
    return {
        **row_sums(row),
        "parts": [f"{pounds(pence)} {text}" for text, pence in parts.items() if pence] if changed else [],
        "profiled": pounds(row.profiled_pence),
        "to_date": f"{over_or_under(row.to_date_pence)} so far",
        "per_cent": tenths(row.variance_tenths),
    }


def _table(desk: Desk, year: int) -> tuple[list[str], list[list[Cell]]]:
    header, rows = statement_table(desk, year)
    desk.exported("Monthly statement", BUDGET, len(rows))
    return header, rows


def _printed(desk: Desk, year: int, lines: tuple[Position, ...]) -> _Told:
    funds = tuple(
        _Fund(
            FUNDS[fund].title,
            (*(_cells(one.line.name, (one,)) for one in many), *([_cells("Together", many)] if len(many) > 1 else [])),
            tuple((one.line.name, sentences(one.row.reason, one.row.action)) for one in many if one.row.reason),
        )
        for fund, many in _by_fund(lines).items()
    )
    academy = desk.academy.name if desk.academy else ""
    return _Told(
        f"SEN budget {year_name(year)}: monthly statement",
        f"{academy}, {day(desk.today)}, by {desk.name_of(desk.person_id)}",
        f"As the books stand on {day(desk.today)}. Forecast is what is spent, owed, on order and planned.",
        _PRINTED,
        funds,
        _cells("All funds", lines),
    )


def _cells(called: str, lines: tuple[Position, ...]) -> tuple[str, ...]:
    row = whole(called, lines)
    told = row_sums(row)
    sums = (told[name] for name in ("budget", "spent", "owed", "ordered", "planned", "outturn"))
    return (called, *sums, over_or_under(row.variance_pence), tag_of(row)["text"])
