"""The ranking of a sift, without names, and the decision on the shortlist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.law import errors
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted

from ...commands import DecideShortlist
from ...facts import DescriptionWritten
from ...rules import Ranked, gate_findings, one_decimal, spread_findings
from ...views import (
    IN_SIFT,
    SIFT,
    Applicant,
    Vacancy,
    applicants,
    criteria_of,
    gates_met,
    gates_of,
    is_moderated,
    marks_of,
    ranked_for_shortlist,
    sees_sheets,
    version_of,
)
from ..applicants.opening import APPLICATION, crumbs, href, key_of, list_href, opened, rule, vacancy_of
from ..applicants.words import state_tag

_RULES = {
    "ranking": "How places are counted",
    "goes_forward": "Who goes forward by score",
    "cut_findings": "When a reason is wanted",
    "gate_findings": "What a gate is",
}


class RankingPage(Controller):
    """Who stands where, and who goes forward."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/ranking"

    @get("/", guards=[may("read", "recruitment.sift")])
    def show(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The ranking, once this person may see every sheet in it."""
        return _page(desk, vacancy_id, form)

    @post("/", guards=[may("write", "recruitment.application")])
    def decide(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Decides who goes forward."""
        vacancy_of(desk, vacancy_id)

        def act() -> str:
            people = {str(key_of(desk, vacancy_id, one.person)): one.person for one in applicants(desk, vacancy_id)}
            ticked = form.fields.get("chosen", [])
            chosen = tuple(people[key] for key in ticked if key in people)
            command = form.read(DecideShortlist, chosen=chosen)
            desk.do(command, vacancy_id, command_id=form.command_id, seen=form.seen)
            return list_href(desk, vacancy_id)

        return form.attempt(act, lambda: _page(desk, vacancy_id, form), "The shortlist is decided.")


def _page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    told, found = vacancy_of(desk, vacancy_id), applicants(desk, vacancy_id)
    version = version_of(desk, told)
    sifted = [one for one in found if one.application.state in IN_SIFT]
    unseen = [one for one in sifted if one.scoring.at(SIFT) and not sees_sheets(desk, told, one.scoring, SIFT)]
    places = {one.applicant: one for one in ranked_for_shortlist(version, found)} if not unseen else {}
    rows = [_row(desk, version, vacancy_id, one, places.get(one.called), seen=not unseen) for one in found]
    decides = desk.may("write", APPLICATION) and bool(sifted)
    opened(desk, told, *found)
    return page(
        "recruitment/sift.html",
        crumbs=crumbs(desk, told, vacancy_id, "Ranking"),
        lede=f"{told.told.title} · without names · {counted(len(criteria_of(version, SIFT)), 'criterion', 'criteria')}",
        unseen=_unseen_says(desk, told, unseen),
        rows=sorted(rows, key=lambda row: (row["place"] or len(found) + 1, row["number"])),
        decides=decides,
        form=form,
        token=form.token(desk.seen_for(DecideShortlist, vacancy_id)) if decides else "",
        action=f"{list_href(desk, vacancy_id)}/ranking",
        chosen=form.fields.get("chosen", []),
        rules=[{"text": text, **rule(desk, name)} for name, text in _RULES.items()],
    )


def _unseen_says(desk: Desk, told: Vacancy, unseen: list[Applicant]) -> str:
    """Why no marks are shown yet; "" where they are."""
    if not unseen:
        return ""
    mine = [one.called for one in unseen if one.scoring.by(desk.person_id, SIFT) is None]
    if desk.person_id in told.panel and mine:
        return f"You have still to score {', '.join(mine)}. The ranking shows once your marks are handed in."
    return "The ranking shows once everybody on the panel has scored."


def _row(
    desk: Desk,
    version: DescriptionWritten | None,
    vacancy_id: UUID,
    one: Applicant,
    place: Ranked | None,
    *,
    seen: bool,
) -> dict[str, Any]:
    texts = {each.key: each.text for each in criteria_of(version, SIFT)}
    in_sift = one.application.state in IN_SIFT
    findings = spread_findings(marks_of(one.scoring, SIFT), is_moderated(one.scoring, SIFT)) if seen else ()
    gates = gate_findings(gates_of(version), gates_met(one.scoring)) if in_sift else ()
    return {
        "key": str(key_of(desk, vacancy_id, one.person)),
        "called": one.called,
        "number": one.application.told.number,
        "href": href(desk, vacancy_id, one),
        "state": state_tag(one.application),
        "place": place.place if place else None,
        "score": one_decimal(place.score) if place else "",
        "essential": one_decimal(place.essential) if place else "",
        "unmet": [texts[key] for key in place.unmet] if place else [],
        "doubts": list(dict.fromkeys(finding.says for finding in errors((*findings, *gates)))) if in_sift else [],
        "open": in_sift,
    }
