"""The vacancies of an academy by how far they are, and one of them: what is done, what is missing, what is next."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.roll.web.child import crumbs
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.web.timeline import tally
from core.wording import counted, day

from ...codes import CELLS, CHECKS, STATES
from ...codes.statements import OUTCOMES
from ...facts import VacancyDrafted
from ...rules import pay_findings, required
from ...telling import base
from ...views import Vacancy, applicants, vacancies
from .tasks import may_see_applicants, tasks
from .words import RECORD, TAGS, TITLE, address, closing_of, finding_rows, found, lacking, pay_in, summary_of, trail

_ORDER = ("advertised", "approved", "draft", "closed")


class Vacancies(Controller):
    """Posts to be filled."""

    path = "/vacancies"

    @get("/", guards=[may("read", RECORD)])
    def show_all(self, desk: NamedDependency[Desk]) -> Page:
        """Every vacancy: what is open first, each by the day it closes."""
        here = f"{base(desk)}/vacancies"
        known = sorted(vacancies(desk).items(), key=lambda pair: _placed(pair[1]))
        actions: list[dict[str, Any]] = []
        if desk.may("write", RECORD):
            actions.append({"text": "Draft a vacancy", "href": f"{here}/new", "main": True})
        if desk.may("read", "recruitment.description"):
            actions.append({"text": "Job descriptions", "href": f"{base(desk)}/descriptions"})
        count = Counter(one.state for _, one in known)
        return page(
            "recruitment/vacancies.html",
            crumbs=crumbs(desk, [], TITLE),
            actions=actions,
            figures=[
                {"label": TAGS[state]["text"].capitalize(), "value": f"{count[state]:,}", "note": None}
                for state in ("draft", "approved", "advertised", "closed")
            ]
            if known
            else [],
            open=[_row(desk, key, one) for key, one in known if one.state != "closed"],
            closed=[_row(desk, key, one) for key, one in known if one.state == "closed"],
        )

    @get("/{vacancy_id:uuid}", guards=[may("read", RECORD)])
    def show(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One vacancy, with everything it still lacks before it may be advertised."""
        known, here = found(desk, vacancy_id), address(desk, vacancy_id)
        told, steps = known.told, tasks(desk, vacancy_id, known)
        at_work = told.starts_on or desk.today
        return page(
            "recruitment/vacancy.html",
            crumbs=trail(desk, None, told.title),
            title=told.title,
            state=TAGS[known.state],
            says=_says(known, desk.today),
            actions=[{**act, "main": True} for step in steps if step["now"] for act in step["acts"][:1]],
            tasks=steps,
            missing=finding_rows(desk, "advert_findings", lacking(desk, known))
            if known.state in {"draft", "approved"}
            else [],
            pay=finding_rows(desk, "pay_findings", pay_findings(pay_in(told), at_work)),
            rows=summary_of(desk, told),
            states=_states(desk, vacancy_id),
            applicants_href=f"{here}/applicants" if may_see_applicants(desk) else None,
            checks=_checks(told, desk.today),
            advert=known.advertised.advert if known.advertised else None,
            statements=[
                {"title": "On safeguarding", "words": told.safeguarding},
                {"title": "On convictions", "words": told.exempt_notice},
            ],
            entries=[{**entry, "take_back": None} for entry in tally(desk, _history(desk, vacancy_id), _urn(desk))],
        )


def _checks(told: VacancyDrafted, today: date) -> list[dict[str, str]]:
    """The checks that whoever comes will need, by how surely; of which are needed only once something is said, too."""
    needed: dict[str, list[str]] = {}
    for need in required(told.role, frozenset(told.flags), told.starts_on or today):
        if need.cell != "-":
            needed.setdefault(need.cell, []).append(CHECKS.value[need.check].title)
    return [
        {"label": f"{CELLS[cell][0].upper()}{CELLS[cell][1:]}", "value": ", ".join(needed[cell])}
        for cell in CELLS
        if cell in needed
    ]


def _urn(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""


def _history(desk: Desk, vacancy_id: UUID) -> list[Any]:
    return [event for event in desk.history(vacancy_id) if event.record == RECORD]


def _placed(one: Vacancy) -> tuple[int, date, str]:
    return _ORDER.index(one.state), one.told.closes_on or date.max, one.told.title.casefold()


def _row(desk: Desk, key: UUID, one: Vacancy) -> dict[str, Any]:
    came = applicants(desk, key)
    steps = tasks(desk, key, one)
    return {
        "title": one.told.title,
        "href": address(desk, key),
        "state": TAGS[one.state],
        "closes": closing_of(one.told) or "no day set",
        "came": f"{len(came):,}" if may_see_applicants(desk) else "",
        "next": next((step["next"] for step in steps if step["now"]), ""),
        "ended": f"{OUTCOMES[one.closed.outcome]}, {day(one.closed.closed_on)}" if one.closed else "",
    }


def _says(known: Vacancy, today: date) -> str:
    """How far it has come, in a sentence."""
    if known.closed:
        return f"{OUTCOMES[known.closed.outcome]}. Closed on {day(known.closed.closed_on)}."
    if known.advertised:
        if known.takes_applications(today):
            return f"Applications are taken until {day(known.advertised.closes_on)}, {known.advertised.closes_at}."
        return f"Applications closed on {day(known.advertised.closes_on)}."
    if known.approved:
        return f"Approved on {day(known.approved.approved_on)}. It can be advertised once nothing is missing."
    return "It is a draft: it can be changed until somebody approves it."


def _states(desk: Desk, vacancy_id: UUID) -> list[dict[str, str]]:
    """How many applications stand in each state, in the order of the steps; for those who may see them."""
    count = Counter(one.application.state for one in applicants(desk, vacancy_id))
    return [
        {"label": title, "value": counted(count[state], "application", "applications")}
        for state, title in STATES.items()
        if count[state]
    ]
