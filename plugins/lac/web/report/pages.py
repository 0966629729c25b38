"""The annual report to governors, as a page to print and as a file with the same words."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.web.exports import Cell, csv_bytes
from core.web.files import as_csv
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...telling import base
from .counting import YearsDesk
from .telling import Report, report
from .years import Year, closed_years

_STATUS = "lac.status"
_COUNTED = (_STATUS, "lac.pep", "lac.alerts", "lac.money")


class ReportPages(Controller):
    """The report of a year; its numbers are counted by a desk of nobody's, and hidden before they come here."""

    path = "/report"

    @get("/", guards=[may("count", _STATUS)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The newest report that is closed, or that of the year in the address."""
        here, years = f"{base(desk)}/report", closed_years(desk.today)
        chosen = _chosen(request, years)
        told = _report(desk, chosen)
        return page(
            "lac/report.html",
            lede=f"Looked-after and previously looked-after children, {chosen.name}.",
            actions=[{"text": "CSV", "href": f"{here}/list.csv?year={chosen.begins}"}],
            years=[
                {"text": year.name, "href": None if year == chosen else f"{here}?year={year.begins}"} for year in years
            ],
            closed=f"It stands as it was on {day(chosen.last)}, from what was recorded by {day(chosen.closed_on)}. "
            "What was typed or withdrawn later is not in it: whenever it is drawn, it is the same.",
            says=told.says,
            sections=told.sections,
        )

    @get("/list.csv", guards=[may("count", _STATUS)])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The same words as the page's, in lines."""
        chosen = _chosen(request, closed_years(desk.today))
        rows: list[list[Cell]] = [
            [chosen.name, section.title, row.label, row.says]
            for section in _report(desk, chosen).sections
            for row in section.rows
        ]
        desk.exported("Report to governors", _STATUS, len(rows))
        return as_csv(csv_bytes(["Year", "Section", "What", "Told"], rows, taken=desk.taken), "report-to-governors")


def _chosen(request: Request[Any, Any, Any], years: tuple[Year, ...]) -> Year:
    """The year the address names; the newest where it names none of these."""
    wanted = request.query_params.get("year", "")
    return next((year for year in years if str(year.begins) == wanted), years[0])


def _report(desk: Desk, year: Year) -> Report:
    """The report of a year, with the sections this person may see the counts of."""
    assert desk.academy is not None  # noqa: S101 - the guard sets it
    assert desk.academy_id is not None  # noqa: S101
    then = YearsDesk(desk.building, desk.academy_id, year)
    before = YearsDesk(desk.building, desk.academy_id, year.before)
    was_on = desk.on["lac"].since <= year.closed_on
    counts = [record for record in _COUNTED if desk.may("count", record)]
    return report(year, then.numbers(), before.numbers(), then.teachers(), desk.academy.phase, was_on, counts)
