"""What is written into one plan: voice, sections, attendance, targets, meeting; and what the virtual school said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Options, Question
from core.web.routes import get, post
from core.wording import day

from ...codes import SECTIONS
from ...commands import AgreePep
from ...views import Pep, Peps, by_code, missing_before_ready, peps
from ..children import asked, crumbs, known_child
from ..words import WHY, setting_of
from .parts import address, plan_of
from .questions import QUESTIONS, agreeing


class Writing(Controller):
    """The forms of one plan."""

    path = "/peps/{pupil_id:uuid}/{pep:uuid}"

    @get("/{what:str}", guards=[may("write", "lac.pep")])
    def ask(
        self,
        pupil_id: FromPath[UUID],
        pep: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """A form about the plan."""
        return _page(desk, pupil_id, pep, (what, ""), form)

    @post("/{what:str}", guards=[may("write", "lac.pep")])
    def record(
        self,
        pupil_id: FromPath[UUID],
        pep: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, pep, (what, ""), form)

    @get("/{what:str}/{of:str}", guards=[may("write", "lac.pep")])
    def ask_of(
        self,
        pupil_id: FromPath[UUID],
        pep: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """A form about one target, or one section."""
        return _page(desk, pupil_id, pep, (what, of), form)

    @post("/{what:str}/{of:str}", guards=[may("write", "lac.pep")])
    def record_of(
        self,
        pupil_id: FromPath[UUID],
        pep: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, pep, (what, of), form)


Asked = tuple[str, str]
"""What a form is about, and of which target or section; "" for neither."""


def _record(desk: Desk, pupil_id: UUID, pep: UUID, asked_for: Asked, form: Form) -> Response[Any]:
    known_child(desk, pupil_id, "write", "lac.pep")
    plan = plan_of(desk, pupil_id, pep)
    question, given = _question(desk, plan, asked_for)

    def act() -> str:
        if question.command is AgreePep:
            given["areas"] = _areas_typed(form, question)
        desk.do(question.read(form, **given), pupil_id, command_id=form.command_id, seen=form.seen)
        return address(desk, pupil_id, pep)

    return form.attempt(act, lambda: _page(desk, pupil_id, pep, asked_for, form), "Recorded.")


def _question(desk: Desk, plan: Pep, asked_for: Asked) -> tuple[Question, dict[str, Any]]:
    """What an address asks for, and the fields that the address itself tells; raises NotFound for any other."""
    what, of = asked_for
    if what == "agree" and not of:
        return agreeing(setting_of(plan, by_code(desk))), {"pep": plan.pep}
    if what == "judge":
        target = next((key for key in plan.targets if str(key) == of), None)
        if target is not None:
            return QUESTIONS[what], {"target": target}
    elif what in QUESTIONS and (not of or (what == "section" and of in SECTIONS)):
        return QUESTIONS[what], {"pep": plan.pep}
    raise NotFound


def _areas_typed(form: Form, question: Question) -> tuple[str, ...]:
    """The grade of each area; all of them or none, and those that are missing are told."""
    names = [ask.name for ask in question.asks if ask.name.startswith("area_")]
    typed = tuple(form.text(name) for name in names)
    if any(typed):
        for name, grade in zip(names, typed, strict=True):
            if not grade:
                form.wrong(name, f"Choose the grade of area {name.removeprefix('area_')}, or leave every area empty.")
    return typed if all(typed) else ()


def _page(desk: Desk, pupil_id: UUID, pep: UUID, asked_for: Asked, form: Form) -> Page:
    who = known_child(desk, pupil_id, "write", "lac.pep")
    plan = plan_of(desk, pupil_id, pep)
    question, _ = _question(desk, plan, asked_for)
    what, of = asked_for
    if not form.fields:
        _fill(form, plan, what, of, desk.today)
    here = address(desk, pupil_id, pep)
    return asked(
        question,
        form,
        crumbs=crumbs(desk, pupil_id, question.title, ("PEP", here.partition("/")[2].partition("/")[2])),
        about=about(who),
        action=f"{here}/{what}" + (f"/{of}" if of else ""),
        seen=desk.seen_for(question.command, pupil_id),
        back_href=here,
        now=_standing(plan, what, of),
        notes=_lacking(desk, pupil_id, plan) if what == "ready_on" else [],
    )


def _fill(form: Form, plan: Pep, what: str, of: str, today: date) -> None:
    """What stands already, where a form writes it anew; today, where only a day is asked that is mostly today."""
    if what in {"ready_on", "back_on"}:
        form.fill(ready_on=today, taken_back_on=today)
    if what == "section" and of:
        told = plan.sections.get(of)
        form.fill(section=of, contributor=told.contributor if told else None, words=told.words if told else None)
    if what == "voice" and plan.voice:
        form.fill(method=plan.voice.method, given_on=plan.voice.given_on, words=plan.voice.words)
    if what == "attendance" and plan.attendance:
        one = plan.attendance
        form.fill(from_on=one.from_on, until_by=one.until_by, possible=str(one.possible), missed=str(one.missed))
    if what == "meeting" and plan.meeting:
        form.fill(held_on=plan.meeting.held_on, next_on=plan.meeting.next_on)
        form.fields["attended"] = list(plan.meeting.attended)


def _lacking(desk: Desk, pupil_id: UUID, plan: Pep) -> list[str]:
    """What keeps the plan from being ready, told before anything is sent."""
    plans = desk.see(peps, pupil_id) or Peps()
    return [finding.says for finding in missing_before_ready(plans, plan)]


def _standing(plan: Pep, what: str, of: str) -> Options:
    """Which plan it is; of a target, which."""
    rows = [{"label": "Plan", "value": f"{WHY.get(plan.told.why, plan.told.why)}, started {day(plan.told.started_on)}"}]
    target = next((one for key, one in plan.targets.items() if what == "judge" and str(key) == of), None)
    return [*rows, {"label": "Target", "value": target.told.words}] if target else rows
