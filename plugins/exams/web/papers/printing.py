"""Lists to print: who sits each paper, with codes and times. Why anybody has one is not told, nor by its code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.di import NamedDependency

from core.desk import Desk
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get

from ...telling import base
from ...views import Attending, Paper, attending, clock
from ..opening import crumbs_of_papers
from .choosing import FILTERS, SESSIONS, Chosen, chosen_papers, code_told, level_title, series_title, subject_title
from .paper import timing


class Printing(Controller):
    """What the exams officer and the invigilators hold in their hands."""

    path = "/papers/print"

    @get(
        "/",
        guards=[may("read", "exams.entries"), may("read", "exams.arrangements"), may("read", "exams.papers")],
    )
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The lists of a series or of a day; that they were drawn up is recorded."""
        listing = Listing(desk, f"{base(desk)}/papers/print", request.query_params, FILTERS)
        chosen = chosen_papers(desk, listing.chosen)
        sat = attending(desk, chosen.shown)
        told = (code_told(code, desk.today) for rows in sat.values() for row in rows for code in _codes(row))
        codes = {one["code"]: one for one in told}
        desk.exported("Exam lists to print", "exams.arrangements", sum(map(len, sat.values())))
        return page(
            "exams/print.html",
            crumbs=crumbs_of_papers(desk, "Lists to print"),
            title=_title(chosen, listing),
            drawn_at=desk.building.now,
            by=desk.person.name,
            days=_days(chosen, sat),
            codes=[codes[code] for code in sorted(codes)],
            back_href=f"{base(desk)}/papers{listing.href().removeprefix(listing.path)}",
        )


def _title(chosen: Chosen, listing: Listing) -> str:
    series = {one.series for one in chosen.shown.values()}
    told = [series_title(key) for key in sorted(series)]
    if subject := listing.chosen["subject"]:
        told.append(subject_title(subject))
    return ", ".join(["Exam lists", *told])


def _days(chosen: Chosen, sat: dict[UUID, list[Attending]]) -> list[dict[str, Any]]:
    """Each day with its papers, morning first."""
    days: dict[Any, list[dict[str, Any]]] = {}
    for day, session, papers in chosen.days():
        days.setdefault(day, []).extend(_paper(key, one, session, sat[key]) for key, one in papers.items())
    return [{"day": day, "id": day.isoformat(), "papers": papers} for day, papers in days.items()]


def _paper(key: UUID, one: Paper, session: str, rows: list[Attending]) -> dict[str, Any]:
    return {
        "id": str(key),
        "title": one.title,
        "says": f"{level_title(one.level)} · {one.board} {one.code} · {SESSIONS[session].lower()}, "
        f"{clock(one.start_minutes)}, {one.length_minutes} minutes",
        "rows": [
            {
                "number": row.entered.number,
                "name": row.who.name,
                "timing": timing(row.sitting) if row.sitting else None,
            }
            for row in rows
        ],
    }


def _codes(row: Attending) -> tuple[str, ...]:
    return row.sitting.codes if row.sitting else ()
