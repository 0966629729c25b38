"""Everybody who applied for a vacancy: by name for HR, by a number for a blind panel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted

from ...rules import spread_findings
from ...views import (
    IN_SIFT,
    SIFT,
    Applicant,
    Vacancy,
    applicants,
    is_hidden,
    is_moderated,
    marks_of,
    sees_sheets,
)
from .opening import APPLICATION, called, href, list_crumbs, list_href, opened, vacancy_of
from .words import state_tag


class ApplicantList(Controller):
    """Who applied, how far each has come, and what is still to be done."""

    path = "/vacancies/{vacancy_id:uuid}/applicants"

    @get("/", guards=[may("read", "recruitment.sift")])
    def show(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """A row for each application; that named ones were opened is recorded."""
        told, found = vacancy_of(desk, vacancy_id), applicants(desk, vacancy_id)
        opened(desk, told, *(one for one in found if desk.may("read", APPLICATION, one.person)))
        return page(
            "recruitment/applicants.html",
            crumbs=list_crumbs(desk, told, vacancy_id),
            lede=f"{told.told.title} · {counted(len(found), 'application', 'applications')}",
            actions=_actions(desk, vacancy_id),
            says=_blind_says(desk, told, found),
            rows=[_row(desk, told, vacancy_id, one) for one in found],
            mine=desk.person_id in told.panel,
            whole=desk.may("read", APPLICATION),
            empty=_empty(desk, told),
        )


def _actions(desk: Desk, vacancy_id: UUID) -> list[dict[str, Any]]:
    """What may be done with the list as a whole."""
    here = list_href(desk, vacancy_id)
    enters = desk.may("read", APPLICATION) and desk.may("write", APPLICATION)
    told = [
        (enters, "Enter an application", f"{here}/new", True),
        (enters, "Import a list", f"{here}/import", False),
        (True, "Ranking and shortlist", f"{here}/ranking", not enters),
    ]
    return [{"text": text, "href": to, "main": main} for shown, text, to, main in told if shown]


def _blind_says(desk: Desk, told: Vacancy, found: tuple[Applicant, ...]) -> str:
    """That names are hidden, and until when; "" where none is."""
    if not any(is_hidden(told, one.application) for one in found):
        return ""
    if desk.may("read", APPLICATION):
        return "The panel reads these applications without names until somebody is shortlisted. Keep names to yourself."
    return "Names are hidden until somebody is shortlisted. Whoever is not stays hidden."


def _row(desk: Desk, told: Vacancy, vacancy_id: UUID, one: Applicant) -> dict[str, Any]:
    sheets = one.scoring.at(SIFT)
    return {
        "name": called(desk, told, one),
        "number": one.called if called(desk, told, one) != one.called else "",
        "href": href(desk, vacancy_id, one),
        "state": state_tag(one.application),
        "made_on": one.application.told.made_on,
        "scored": counted(len(sheets), "sheet", "sheets"),
        "mine": _mine(desk, told, one, f"{href(desk, vacancy_id, one)}/score/{SIFT}"),
        "todo": _todo(desk, told, one),
    }


def _mine(desk: Desk, told: Vacancy, one: Applicant, sheet_href: str) -> dict[str, str]:
    """What this member of the panel has still to do for an applicant."""
    if desk.person_id in one.scoring.interests:
        return {"text": "interest declared", "href": ""}
    if one.scoring.by(desk.person_id, SIFT) is not None:
        return {"text": "scored", "href": ""}
    if one.application.state in IN_SIFT and desk.person_id in told.panel:
        return {"text": "Score", "href": sheet_href}
    return {"text": "", "href": ""}


def _todo(desk: Desk, told: Vacancy, one: Applicant) -> str:
    """What stands between the sheets and a decision, as far as this person may know of it."""
    if one.application.state not in IN_SIFT:
        return ""
    if len(one.scoring.at(SIFT)) > 1 and not sees_sheets(desk, told, one.scoring, SIFT):
        return ""
    findings = spread_findings(marks_of(one.scoring, SIFT), is_moderated(one.scoring, SIFT))
    return findings[0].says if findings else "Ready to be decided on."


def _empty(desk: Desk, told: Vacancy) -> str:
    if told.advertised is None:
        return "This vacancy is not advertised yet. Applications come once it is."
    if desk.may("write", APPLICATION):
        return "Nobody has applied yet. Enter an application when one comes, or import a list."
    return "Nobody has applied yet. HR enters applications as they come."
