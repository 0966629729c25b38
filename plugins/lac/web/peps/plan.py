"""One plan: how far it is, what it still lacks, its parts, its text for a portal, and its way to the virtual school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day

from ...commands import MakeReady, TakeBack
from ...facts import AuthoritySet
from ...rules import portal_copy_is_current
from ...telling import base
from ...views import Pep, Peps, by_code, child, dues, peps, written_out
from ..children import crumbs, known_child
from ..due import drawn
from ..words import WHY, grade_of, name_of, setting_of, state_tag
from .parts import address, attendance, journey, meeting, missing, plan_of, sections, state_says, targets, voice

_WRITABLE = {"drafting", "ready", "returned"}
_READY_ON = {"path": "ready_on", "text": "It was ready on an earlier day"}
_EARLIER = {
    "drafting": _READY_ON,
    "returned": _READY_ON,
    "ready": {"path": "back_on", "text": "It was taken up again on an earlier day"},
}
"""By state: the form for what the button of the page records as of today."""


class Plan(Controller):
    """One plan of one child's."""

    path = "/peps/{pupil_id:uuid}/{pep:uuid}"

    @get("/", guards=[may("read", "lac.pep")])
    def show(
        self, pupil_id: FromPath[UUID], pep: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The plan with all its parts."""
        return _page(desk, pupil_id, pep, form)

    @post("/ready", guards=[may("write", "lac.pep")])
    def ready(
        self, pupil_id: FromPath[UUID], pep: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """The school's part is done, today; refused while something is missing."""
        return _move(desk, pupil_id, MakeReady(pep), form, "Ready to send.")

    @post("/back", guards=[may("write", "lac.pep")])
    def back(
        self, pupil_id: FromPath[UUID], pep: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Work on it goes on, from today."""
        return _move(desk, pupil_id, TakeBack(pep), form, "Taken up again.")


def _move(desk: Desk, pupil_id: UUID, command: MakeReady | TakeBack, form: Form, done: str) -> Response[Any]:
    known_child(desk, pupil_id, "write", "lac.pep")
    plan_of(desk, pupil_id, command.pep)

    def act() -> str:
        desk.do(command, pupil_id, command_id=form.command_id, seen=form.seen)
        return address(desk, pupil_id, command.pep)

    return form.attempt(act, lambda: _page(desk, pupil_id, command.pep, form), done)


def _page(desk: Desk, pupil_id: UUID, pep: UUID, form: Form) -> Page:
    who = known_child(desk, pupil_id, "read", "lac.pep")
    plan, plans, authorities = plan_of(desk, pupil_id, pep), desk.see(peps, pupil_id) or Peps(), by_code(desk)
    writes, setting = desk.may("write", "lac.pep", pupil_id), setting_of(plan, authorities)
    writable = writes and plan.state in _WRITABLE
    lacking = missing(desk, pupil_id, plans, plan) if plan.state in _WRITABLE else []
    copy = written_out(plan)
    return page(
        "lac/pep.html",
        crumbs=crumbs(desk, pupil_id, "PEP"),
        title=WHY.get(plan.told.why, plan.told.why),
        about=about(who),
        state=state_tag(plan),
        says=state_says(plan),
        actions=_actions(desk, pupil_id, plan, not lacking) if writes else [],
        token=form.token(desk.seen_for(MakeReady, pupil_id)) if writes else "",
        form=form,
        here=address(desk, pupil_id, pep),
        earlier=_EARLIER.get(plan.state) if writes else None,
        writes=writable,
        dues=_dues(desk, pupil_id, plan),
        missing=lacking,
        under=_under(plan, setting, name_of(authorities, plan.told.authority)),
        voice=voice(plan),
        sections=[one for one in sections(desk, pupil_id, plan) if one["words"]],
        unwritten=_unwritten(sections(desk, pupil_id, plan)) if writable else [],
        targets=targets(desk, pupil_id, plan, writes),
        attendance=attendance(plan),
        meeting=meeting(plan),
        journey=journey(plan),
        stale=_stale(plan, copy.text),
        copy=copy.text,
        lines=copy.text.count("\n") + 1,
    )


def _unwritten(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sections still to be written, for a summary that leads to each."""
    action = "Write"
    return [
        {"label": one["name"], "value": "not written", "action": {"text": action, "href": one["href"]}}
        for one in parts
        if not one["words"]
    ]


def _stale(plan: Pep, text: str) -> str:
    """That the portal's copy is out of date; "" while it is right, or there is none."""
    if plan.sent is None or portal_copy_is_current(plan.sent.copied, text):
        return ""
    return f"The plan was changed after it was sent on {day(plan.sent.sent_on)}. Copy the text below into it again."


def _dues(desk: Desk, pupil_id: UUID, plan: Pep) -> list[dict[str, Any]]:
    """The days this plan is due by; told only with the child's status."""
    together = child(desk, pupil_id) if desk.may("read", "lac.status", pupil_id) else None
    if together is None:
        return []
    desk.opened(pupil_id, ["lac.status"])
    rules, found = desk.building.plugins.rules(), dues(together, desk.calendar, desk.today)
    return [drawn(due, desk.today, rules) for due in found if due.plan is not None and due.plan.pep == plan.pep]


def _under(plan: Pep, setting: AuthoritySet | None, authority: str) -> list[dict[str, Any]]:
    """The authority and the version of its settings that the plan keeps; and its grade."""
    rows: list[dict[str, Any]] = [
        {"label": "Started", "value": day(plan.told.started_on)},
        {"label": "Authority", "value": [authority or "unknown"]},
    ]
    if setting is not None:
        rows[1]["value"].append(f"as it worked from {day(setting.from_on)}, graded by {setting.scheme}")
        if setting.portal:
            rows.append({"label": "Portal", "value": setting.portal})
    grade = grade_of(plan, setting)
    return [*rows, {"label": "Grade", "value": grade}] if grade else rows


def _actions(desk: Desk, pupil_id: UUID, plan: Pep, is_whole: bool) -> list[dict[str, Any]]:
    """What comes next by the plan's state.

    Args:
        is_whole: Nothing is missing before it is ready.
    """
    here = address(desk, pupil_id, plan.pep)
    ready = {"text": "Make it ready", "href": f"{here}/ready", "post": True, "main": is_whole}
    back = {"text": "Take it up again", "href": f"{here}/back", "post": True}
    again = f"{base(desk)}/peps/{pupil_id}?follows={plan.pep}"
    by_state: dict[str, list[dict[str, Any]]] = {
        "drafting": [ready],
        "ready": [{"text": "Record that it was sent", "href": f"{here}/send", "main": True}, back],
        "sent": [
            {"text": "Record that it was agreed", "href": f"{here}/agree", "main": True},
            {"text": "Record that it came back", "href": f"{here}/return"},
        ],
        "returned": [ready, back],
        "agreed": [{"text": "Start a new version", "href": again}],
    }
    return by_state[plan.state]
