"""Assessors: who may assess today, by which qualification, and when the proof of it was seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted
from core.wording import day as said_day

from ..codes.filing import ASSESSOR_ROUTES
from ..commands import AppointAssessor, EndAssessor
from ..telling import base
from ..views import Assessor, assessor

_ROUTES = tuple({"value": code, "text": title} for code, title in ASSESSOR_ROUTES.items())
_SOON = 60  # days
_APPOINT = Question(
    AppointAssessor,
    "Appoint an assessor",
    (
        Ask("name", "Name"),
        Ask("route", "By which qualification?", "radios", options=_ROUTES),
        Ask("seen_on", "When was the proof seen and filed?", "date"),
        Ask("valid_by", "Until when is it valid?", "date", "The last day. Leave empty if it does not run out."),
        Ask("appointed_on", "When did the head of centre appoint them?", "date"),
    ),
    record="Appoint",
    says="The head of centre appoints. Proof must be on file when they assess. For new proof, appoint them again.",
)
_END = Question(EndAssessor, "Assesses no more", (Ask("ended_on", "What was or is the last day?", "date"),))


class Assessors(Controller):
    """Who assesses for this centre."""

    path = "/assessors"

    @get("/", guards=[may("read", "exams.assessors")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Everyone ever appointed, those who may assess today first."""
        everyone = desk.see_all(assessor)
        may_write = desk.may("write", "exams.assessors")
        rows = sorted(
            everyone.items(), key=lambda pair: (not pair[1].may_assess(desk.today), pair[1].name.casefold(), pair[0])
        )
        today = sum(one.may_assess(desk.today) for one in everyone.values())
        appoint = {"text": "Appoint an assessor", "href": f"{base(desk)}/assessors/appoint", "main": True}
        may_file = desk.may("write", "exams.evidence")
        policy = [{"text": "Word processor policy", "href": f"{base(desk)}/policy"}] if may_file else []
        return page(
            "exams/assessors.html",
            crumbs=crumbs(desk, [("Exams", "exams")], "Assessors"),
            lede=f"{counted(today, 'person', 'people')} may assess today. A score needs proof on file that day.",
            actions=[*([appoint] if may_write else []), *policy],
            rows=[_row(desk, key, one, may_write) for key, one in rows],
            may_write=may_write,
        )

    @get("/appoint", guards=[may("write", "exams.assessors")])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that appoints someone."""
        return _appoint_page(desk, form)

    @post("/appoint", guards=[may("write", "exams.assessors")])
    def appoint(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Appoints someone, met for the first time."""

        def act() -> str:
            command = _APPOINT.read(form)
            subject = desk.building.desk_store.new_id(form.command_id, command.name)
            desk.do(command, subject, command_id=form.command_id)
            return f"{base(desk)}/assessors"

        return form.attempt(act, lambda: _appoint_page(desk, form), "Appointed.")

    @get("/{assessor_id:uuid}/end", guards=[may("write", "exams.assessors")])
    def ask_end(self, assessor_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that ends it."""
        return _end_page(desk, assessor_id, form)

    @post("/{assessor_id:uuid}/end", guards=[may("write", "exams.assessors")])
    def end(
        self, assessor_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """They assess no more."""

        def act() -> str:
            desk.do(_END.read(form), assessor_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/assessors"

        return form.attempt(act, lambda: _end_page(desk, assessor_id, form), "Recorded.")


def _row(desk: Desk, key: UUID, one: Assessor, may_write: bool) -> dict[str, Any]:
    open_ended = one.ended_on is None
    return {
        "name": one.name,
        "route": ASSESSOR_ROUTES.get(one.route, one.route),
        "seen_on": one.seen_on,
        "valid_by": one.valid_by,
        "ended_on": one.ended_on,
        "tag": _tag(desk, one),
        "end_href": f"{base(desk)}/assessors/{key}/end" if may_write and open_ended else None,
    }


def _tag(desk: Desk, one: Assessor) -> dict[str, str]:
    if one.ended_on is not None and one.ended_on < desk.today:
        return {"text": "assesses no more", "kind": "plain"}
    if not one.may_assess(desk.today):
        return {"text": "proof has run out", "kind": "late"}
    left = (one.valid_by - desk.today).days if one.valid_by else None
    if left is not None and left <= _SOON:
        return {"text": f"runs out in {counted(left, 'day', 'days')}" if left else "runs out today", "kind": "soon"}
    return {"text": "may assess", "kind": "well"}


def _appoint_page(desk: Desk, form: Form) -> Page:
    return _APPOINT.shown(
        form.fill(seen_on=desk.today, appointed_on=desk.today),
        crumbs=crumbs(desk, [("Exams", "exams"), ("Assessors", "exams/assessors")], _APPOINT.title),
        action=f"{base(desk)}/assessors/appoint",
        seen=-1,
        back_href=f"{base(desk)}/assessors",
    )


def _end_page(desk: Desk, assessor_id: UUID, form: Form) -> Page:
    one = desk.see(assessor, assessor_id)
    if one is None:
        raise NotFound
    return _END.shown(
        form.fill(ended_on=desk.today),
        crumbs=crumbs(desk, [("Exams", "exams"), ("Assessors", "exams/assessors")], _END.title),
        about=one.name,
        now=[
            {"label": "Qualification", "value": ASSESSOR_ROUTES.get(one.route, one.route)},
            {"label": "Proof seen", "value": said_day(one.seen_on)},
        ],
        action=f"{base(desk)}/assessors/{assessor_id}/end",
        seen=desk.seen_for(EndAssessor, assessor_id),
        back_href=f"{base(desk)}/assessors",
    )
