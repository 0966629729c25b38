"""The panel of a vacancy: who sits on it, who is trained in safer recruitment, who may score."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.views import Permissions
from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ...commands import LeavePanel, NamePanelMember
from ...rules import Panel, panel_findings
from ...views import Vacancy, advert_of
from .words import RECORD, address, finding_rows, found, trail

NAME = Question(
    NamePanelMember,
    "Name a panel member",
    (
        Ask("member", "Who is it?", "select", "From the people who sign in at this academy."),
        Ask("chairs", "Do they chair the panel?", "yes_no"),
        Ask(
            "trained_on",
            "When were they trained in safer recruitment?",
            "date",
            "Leave it empty if they were not. One of the panel must be.",
        ),
    ),
    says="Naming somebody again corrects what was said of them.",
)


class PanelPages(Controller):
    """Who chooses."""

    path = "/vacancies/{vacancy_id:uuid}/panel"

    @get("/", guards=[may("read", RECORD)])
    def show(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The panel, and what it lacks."""
        return _panel_page(desk, vacancy_id, form)

    @get("/new", guards=[may("write", RECORD)])
    def ask(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that names somebody."""
        return _name_page(desk, vacancy_id, form)

    @post("/new", guards=[may("write", RECORD)])
    def name(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Names somebody."""
        found(desk, vacancy_id)

        def act() -> str:
            desk.do(NAME.read(form), vacancy_id, command_id=form.command_id, seen=form.seen)
            return f"{address(desk, vacancy_id)}/panel"

        return form.attempt(act, lambda: _name_page(desk, vacancy_id, form), "Recorded.")

    @post("/{member:uuid}/leave", guards=[may("write", RECORD)])
    def leave(
        self,
        vacancy_id: FromPath[UUID],
        member: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes somebody off the panel."""
        if member not in found(desk, vacancy_id).panel:
            raise NotFound

        def act() -> str:
            desk.do(LeavePanel(member), vacancy_id, command_id=form.command_id, seen=form.seen)
            return f"{address(desk, vacancy_id)}/panel"

        return form.attempt(act, lambda: _panel_page(desk, vacancy_id, form), "They sit on the panel no more.")


def _panel_page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    known, here = found(desk, vacancy_id), f"{address(desk, vacancy_id)}/panel"
    writes = desk.may("write", RECORD) and known.closed is None
    lacking = panel_findings(Panel(advert_of(known, None).panel.members, approved=True))
    return page(
        "recruitment/vacancy_panel.html",
        crumbs=trail(desk, vacancy_id, "Panel"),
        lede=known.told.title,
        actions=[{"text": NAME.title, "href": f"{here}/new", "main": True}] if writes else [],
        findings=finding_rows(desk, "panel_findings", lacking),
        rows=[
            {
                "name": desk.name_of(member),
                "chairs": one.chairs,
                "trained_on": one.trained_on,
                "scores": _may_score(desk, member),
                "leave": f"{here}/{member}/leave" if writes else None,
            }
            for member, one in _by_name(desk, known)
        ],
        form=form,
        token=form.token(desk.seen_for(LeavePanel, vacancy_id)) if writes else "",
    )


def _by_name(desk: Desk, known: Vacancy) -> list[tuple[UUID, Any]]:
    """The chair first, then the others by name."""
    return sorted(known.panel.items(), key=lambda pair: (not pair[1].chairs, desk.name_of(pair[0]).casefold()))


def _may_score(desk: Desk, member: UUID) -> bool:
    held = Permissions(desk.building.in_force(member), desk.academy_id, desk.building.now)
    return held.anywhere("write", "recruitment.scoring")


def _people(desk: Desk) -> Options:
    """Whoever signs in at this academy, by name."""
    here = [
        (one.name, str(key))
        for key, one in desk.building.people().items()
        if one.left_on is None and Permissions(desk.building.in_force(key), desk.academy_id, desk.building.now).grants
    ]
    return [{"value": "", "text": "Choose"}, *({"value": key, "text": name} for name, key in sorted(here))]


def _name_page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    known, here = found(desk, vacancy_id), f"{address(desk, vacancy_id)}/panel"
    return NAME.shown(
        form.fill(chairs="false"),
        crumbs=trail(desk, vacancy_id, NAME.title),
        about=known.told.title,
        action=f"{here}/new",
        seen=desk.seen_for(NamePanelMember, vacancy_id),
        back_href=here,
        options={"member": _people(desk)},
    )
