"""One pupil's help: what it costs, what came of it, and the top-up for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.money import pounds
from core.roll.web.child import about, child
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

from ...rules import request_findings
from ...telling import base
from ...views import CostLine, Costs, TopUpYear, costs, this_year
from ..budget_words import asked_year, crumbs, year_name, years_of
from ..provision.showing import impact_told, line_told, posts_of
from .costed import Costed, authority_figure, costed, part_said, support_said
from .listing import PUPIL


class PupilPage(Controller):
    """The costs of one pupil."""

    path = "/pupils/{pupil_id:uuid}"

    @get("/", guards=[may("read", PUPIL)])
    def show(self, pupil_id: FromPath[UUID], request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Lines with what came of them, the threshold and its basis, top-ups, the request."""
        known = desk.see(costs, pupil_id) or Costs()
        who, year, here = child(desk, pupil_id, PUPIL), asked_year(request, desk), f"{base(desk)}/pupils/{pupil_id}"
        one, writes = costed(desk, known, who, year), desk.may("write", PUPIL, pupil_id)
        below = request_findings(one.told.total_pence, one.told.threshold_pence) if known.request else ()
        return page(
            "finance/pupil.html",
            crumbs=crumbs(desk, who.full_name, ("Costs of pupils", "pupils")),
            title="Cost of help",
            about=f"{about(who)} · {support_said(desk, pupil_id)}",
            left=day(who.left_on) if who.left_on and who.left_on < desk.today else "",
            actions=_actions(here, year, known, writes=writes),
            years=years_of([], this_year(desk), year, here),
            year=year_name(year),
            figures=_figures(one),
            lines=[_line(desk, line, known, here if writes else "") for line in one.told.lines],
            top_ups=[_top_up(top_up, here if writes else "") for top_up in one.top_ups],
            request=_request(known),
            notes=[finding.says for finding in below],
        )


def _actions(here: str, year: int, known: Costs, *, writes: bool) -> list[dict[str, Any]]:
    written = known.request is not None
    acts: dict[str, str] = {}
    if writes:
        acts |= {"Agree a top-up": "top-up", "Change the request" if written else "Write a request": "request"}
    told: list[dict[str, Any]] = [{"text": text, "href": f"{here}/{path}"} for text, path in acts.items()]
    if written:
        told.append({"text": "Evidence for the request", "href": f"{here}/evidence?year={year}"})
    for one in told[-1:]:
        one["main"] = True
    return told


def _figures(one: Costed) -> list[dict[str, Any]]:
    told, rate = one.told, authority_figure(one.told)
    figures: list[dict[str, Any]] = [
        {
            "label": "Cost",
            "value": pounds(told.total_pence),
            "note": counted(len(told.lines), "line of provision", "lines of provision"),
        },
        {
            "label": "The school meets",
            "value": pounds(told.elements.school_pence),
            "note": f"of {pounds(told.threshold_pence)}: {part_said(told.part)}",
        },
        {"label": "Above that", "value": pounds(told.elements.top_up_pence), "note": None},
    ]
    if rate:
        figures.append({"label": "By the authority's rate", "value": rate, "note": "the same help"})
    if one.top_ups:
        figures.append({"label": "Top-up agreed", "value": pounds(one.agreed_pence), "note": "for a year"})
        note = f"of {pounds(one.due_pence)} due by now"
        figures.append({"label": "Received", "value": pounds(one.received_pence), "note": note})
    return figures


def _line(desk: Desk, one: CostLine, known: Costs, here: str) -> dict[str, Any]:
    """
    Args:
        here: Address of the page; "" for whoever may not write.
    """
    noted = known.impacts.get(one.line, ())
    rate = one.share.authority_pence
    return {
        **line_told(one.priced, posts_of(desk)),
        "href": f"{base(desk)}/provision/{one.line}" if desk.may("read", "finance.provision") else "",
        "pence": pounds(one.share.pence),
        "rate": "" if rate is None else pounds(rate),
        "impact": impact_told(known, one.line),
        "measure": f"{noted[-1].measure} ({day(noted[-1].noted_on)})" if noted else "",
        "note": f"{here}/impact/{one.line}" if here else "",
    }


def _top_up(one: TopUpYear, here: str) -> dict[str, Any]:
    told = one.told
    acts = {"Change": f"{here}/top-up/{told.top_up}", "Record money": f"{here}/receive/{told.top_up}"}
    return {
        "authority": told.authority,
        "band": told.band,
        "days": f"from {day(told.from_on)}" + (f" to {day(told.until_by)}" if told.until_by else ""),
        "agreed": f"agreed {day(told.agreed_on)}",
        "yearly": pounds(told.yearly_pence),
        "due": pounds(one.due_pence),
        "received": pounds(one.received_pence),
        "left": _left_said(one),
        "acts": [{"text": text, "href": href} for text, href in acts.items()] if here else [],
    }


def _left_said(one: TopUpYear) -> str:
    """What of a top-up goes back, or is still owed, once the pupil has left; "" before."""
    if one.left is None:
        return ""
    back = one.left.repay_pence
    earned = f"{pounds(one.left.earned_pence)} earned in {one.left.days} days"
    if back > 0:
        return f"{earned}: {pounds(back)} goes back"
    return f"{earned}: {pounds(-back)} is still owed" if back else f"{earned}: nothing goes back"


def _request(known: Costs) -> dict[str, Any] | None:
    one = known.request
    if one is None:
        return None
    reviews = [day(each) for each in one.reviewed]
    return {
        "authority": one.authority,
        "written": day(one.written_on),
        "parts": [
            {"label": "Needs", "value": one.needs},
            {"label": "Outcomes", "value": one.outcomes},
            {"label": "Reviews of plan, do, review", "value": reviews or "none recorded"},
            {"label": "What more is needed", "value": one.more},
        ],
    }
