"""One applicant: what they told, how they were judged, how far they have come and what may come next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.web.files import as_document
from core.web.forms import Upload
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.web.uploads import document_in

from ...codes import EXITS, STATES, STEPS
from ...rules import next_states
from ...telling import base
from ...views import Applicant, Vacancy, is_hidden, is_named, scorers_of, version_of
from . import judged, shown
from .opening import APPLICATION, applicant_of, called, crumbs, href, list_href, opened, rule
from .taking_back import is_untouched
from .words import state_tag, steps_of

_RULES = {
    "masked": "What is hidden, and until when",
    "spread_findings": "Two scorers who do not see each other's marks",
    "gate_findings": "What a gate is",
    "next_states": "Which steps there are",
}


class ApplicantPage(Controller):
    """One applicant for one vacancy."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}"

    @get("/", guards=[may("read", "recruitment.sift")])
    def show(self, vacancy_id: FromPath[UUID], key: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """All that this person may know of the applicant; that it was opened is recorded."""
        told, one = applicant_of(desk, vacancy_id, key)
        opened(desk, told, one)
        here, whole = href(desk, vacancy_id, one), desk.may("read", APPLICATION, one.person)
        named, version = is_named(desk, told, one), version_of(desk, told)
        writes = desk.may("write", APPLICATION, one.person)
        member = desk.person_id in told.panel
        return page(
            "recruitment/applicant.html",
            crumbs=crumbs(desk, told, vacancy_id, one.called),
            title=called(desk, told, one),
            lede=f"{told.told.title} · {one.called}" if named else told.told.title,
            state=state_tag(one.application),
            steps=steps_of(one.application, hidden=not named),
            says=_hidden_says(told, one, named=named),
            form=None,
            told=shown.application(one, hidden=not named),
            contact=shown.contact(one.application) if whole else [],
            referees=shown.referees(one.application) if whole else [],
            gaps=shown.gaps(one.application, desk.today) if whole else [],
            gap_href=f"{here}/gap" if whole and writes else "",
            document_href=f"{here}/form" if whole and one.application.told.document else "",
            moves=shown.moves(one.application) if whole else [],
            hints=shown.hints(desk, told, one) if whole else [],
            stages=judged.stages(desk, told, version, one, here, hidden=not named),
            gates=judged.gates(desk, version, one, here, hidden=not named, judges=_judges(desk, told, one)),
            interview=judged.interview(one, hidden=not named),
            interests=judged.interests(desk, one, told_words=whole),
            acts=_panel_acts(desk, told, one, here) if member or writes else [],
            next=_next(desk, vacancy_id, one, here) if writes else [],
            back_href=f"{here}/take-back" if whole and writes and is_untouched(one) else "",
            offer=shown.offer(one.application) if whole else [],
            person_href=_person_href(desk, one),
            disclosed=shown.disclosed(desk, told, one, here),
            rules=[{"text": text, "href": rule(desk, name)["href"]} for name, text in _RULES.items()],
        )

    @get("/form", guards=[may("read", "recruitment.application")])
    def document(self, vacancy_id: FromPath[UUID], key: FromPath[UUID], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The form as it came."""
        told, one = applicant_of(desk, vacancy_id, key)
        kept = one.application.told.document
        if kept is None:
            raise NotFound
        opened(desk, told, one)
        content = desk.document(one.person, APPLICATION, kept)
        _, media_type = document_in(Upload("form", content))
        return as_document(content, media_type, "application-form")


def _hidden_says(told: Vacancy, one: Applicant, *, named: bool) -> str:
    if not is_hidden(told, one.application):
        return ""
    if named:
        return "The panel does not know who this is. Keep the name to yourself until the shortlist is decided."
    if one.application.state in EXITS:
        return "This application has ended. The name stays hidden."
    return "The name, and whatever else tells who this is, is hidden until the shortlist is decided."


def _judges(desk: Desk, told: Vacancy, one: Applicant) -> bool:
    """Whether this person may say if a gate is met."""
    interested = desk.person_id in one.scoring.interests
    return not interested and (desk.person_id in told.panel or desk.may("write", APPLICATION, one.person))


def _panel_acts(desk: Desk, told: Vacancy, one: Applicant, here: str) -> list[dict[str, str]]:
    """What may be done about an applicant beside the score sheets."""
    scores = str(desk.person_id) in scorers_of(told, one.scoring) and one.application.state in STEPS
    acts = [{"text": "I know this applicant", "href": f"{here}/interest"}] if scores else []
    if one.application.state == "interview":
        acts.append({"text": "Record the interview", "href": f"{here}/interview"})
    return acts


def _next(desk: Desk, vacancy_id: UUID, one: Applicant, here: str) -> list[dict[str, Any]]:
    """The steps that are open now: the next, the ways to end, the way back."""
    state, found = one.application.state, []
    for to in next_states(state, one.application.came_from):
        back, way = state in EXITS, f"{here}/move/{to}"
        if to == "shortlisted" and not back:
            way = f"{list_href(desk, vacancy_id)}/ranking"
        if to == "offer_conditional" and not back:
            way = f"{here}/offer"
        text = f"Take up again: {STATES[to].lower()}" if back else STATES[to]
        found.append({"text": text, "href": way, "main": to not in EXITS})
    return found


def _person_href(desk: Desk, one: Applicant) -> str:
    """Where the checks of somebody who accepted are; "" before that, or where they may not be read."""
    accepted = "accepted_pending_checks" in one.application.states
    return f"{base(desk)}/people/{one.person}" if accepted and desk.may("read", "recruitment.checks") else ""
