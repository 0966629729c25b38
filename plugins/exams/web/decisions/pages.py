"""One candidate's arrangements and numbers: a decision is asked for, checked by the rules, and recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.periods import academic_year
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Options, Question
from core.web.routes import get, post
from core.wording import day as said_day

from ...commands import NumberCandidate
from ...telling import base
from ...views import (
    STATES,
    Arrangements,
    Decision,
    Primary,
    arrangements,
    candidate,
    case_of,
    eligibility,
    state_on,
    title_of,
)
from ..checking import apart, tag_of
from ..opening import crumbs, home, opened
from .questions import NEW, NEXT, NUMBERS, arrangement_options, primary_options, primary_title


class Decisions(Controller):
    """What becomes of one candidate's arrangements."""

    path = "/decisions/{pupil_id:uuid}"

    @get("/{what:str}", guards=[may("write", "exams.arrangements")])
    def ask_new(
        self,
        pupil_id: FromPath[UUID],
        what: FromPath[str],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a new decision; the address may name the arrangement by its code."""
        if what == "primary":
            form.fill(year=str(academic_year(desk.today) + 1))
        if wanted := request.query_params.get("arrangement", ""):
            form.fill(arrangement=wanted[:10])
        return _new_page(desk, pupil_id, what, form)

    @post("/{what:str}", guards=[may("write", "exams.arrangements")])
    def record_new(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        question = _named(NEW, what)
        opened(desk, pupil_id, "write", "exams.arrangements")

        def act() -> str:
            desk.do(question.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return home(desk, pupil_id)

        return form.attempt(act, lambda: _new_page(desk, pupil_id, what, form), "Recorded.")

    @get("/{decision:uuid}/{what:str}", guards=[may("write", "exams.arrangements")])
    def ask_next(
        self,
        pupil_id: FromPath[UUID],
        decision: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for what came of a decision."""
        return _next_page(desk, pupil_id, decision, what, form)

    @post("/{decision:uuid}/{what:str}", guards=[may("write", "exams.arrangements")])
    def record_next(
        self,
        pupil_id: FromPath[UUID],
        decision: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        question = _named(NEXT, what)
        _standing(desk, pupil_id, decision, what)

        def act() -> str:
            command = question.read(form, decision=decision)
            desk.do(command, pupil_id, command_id=form.command_id, seen=form.seen)
            return home(desk, pupil_id)

        return form.attempt(act, lambda: _next_page(desk, pupil_id, decision, what, form), "Recorded.")


class Numbers(Controller):
    """One candidate's numbers."""

    path = "/numbers/{pupil_id:uuid}"

    @get("/", guards=[may("write", "exams.entries")])
    def ask(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, filled with the numbers as they are, or with the centre's."""
        known = desk.log.see(candidate, pupil_id)
        if known and known.number:
            form.fill(centre=known.centre, number=known.number, uci=known.uci)
        else:
            form.fill(centre=next((one.centre for one in desk.see_all(candidate).values() if one.centre), ""))
        return _numbers_page(desk, pupil_id, form)

    @post("/", guards=[may("write", "exams.entries")])
    def record(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records them."""
        opened(desk, pupil_id, "write", "exams.entries")

        def act() -> str:
            desk.do(NUMBERS.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return home(desk, pupil_id)

        return form.attempt(act, lambda: _numbers_page(desk, pupil_id, form), "Recorded.")


def _named(questions: dict[str, Question], what: str) -> Question:
    if what not in questions:
        raise NotFound
    return questions[what]


def _new_page(desk: Desk, pupil_id: UUID, what: str, form: Form) -> Page:
    question, one = _named(NEW, what), opened(desk, pupil_id, "write", "exams.arrangements")
    return question.shown(
        form,
        crumbs=crumbs(desk, pupil_id, question.title),
        about=about(one),
        action=f"{base(desk)}/decisions/{pupil_id}/{what}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=home(desk, pupil_id),
        options={
            "arrangement": primary_options(desk.today)
            if what == "primary"
            else arrangement_options(desk.today, centre_gives=what == "agree")
        },
        notes=[] if what == "primary" else _check_notes(desk, pupil_id, form),
    )


def _check_notes(desk: Desk, pupil_id: UUID, form: Form) -> list[str]:
    """What the check says now of the arrangement that is asked about."""
    key, percent = form.text("arrangement"), form.text("percent")
    if not key:
        return []
    asked = int(percent) if percent.isdecimal() and len(percent) < 4 else None
    own, edition = apart(eligibility(case_of(desk, pupil_id), key, asked, desk.today))
    told = [f"{tag_of(outcome)['text']}. {outcome.says}" for outcome in (*own, *edition)]
    return [
        f"Today's check of {title_of(key, desk.today)}: {told[0]}",
        *(f"{text[0].upper()}{text[1:]}" for text in told[1:]),
    ]


def _standing(desk: Desk, pupil_id: UUID, decision: UUID, what: str) -> Decision | Primary:
    """The decision that is gone on from; raises NotFound where this pupil has none of that id that `what` is for."""
    opened(desk, pupil_id, "write", "exams.arrangements")
    held = desk.see(arrangements, pupil_id) or Arrangements()
    one = held.decisions.get(decision) or (held.primary.get(decision) if what == "end" else None)
    if one is None:
        raise NotFound
    return one


def _next_page(desk: Desk, pupil_id: UUID, decision: UUID, what: str, form: Form) -> Page:
    question, standing = _named(NEXT, what), _standing(desk, pupil_id, decision, what)
    one = opened(desk, pupil_id, "write", "exams.arrangements")
    return question.shown(
        form,
        crumbs=crumbs(desk, pupil_id, question.title),
        about=about(one),
        now=_now(desk, standing),
        action=f"{base(desk)}/decisions/{pupil_id}/{decision}/{what}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=home(desk, pupil_id),
    )


def _now(desk: Desk, one: Decision | Primary) -> Options:
    if isinstance(one, Primary):
        return [{"label": "Arrangement", "value": primary_title(one)}]
    state = STATES[state_on(one, desk.today)]
    rows = [
        {"label": "Arrangement", "value": f"{title_of(one.arrangement, one.decided_on)} ({one.arrangement})"},
        {"label": "As it stands", "value": f"{state[0].upper()}{state[1:]}, first on {said_day(one.decided_on)}"},
    ]
    return [*rows, {"label": "Reference", "value": one.reference}] if one.reference else rows


def _numbers_page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    one = opened(desk, pupil_id, "write", "exams.entries")
    return NUMBERS.shown(
        form,
        crumbs=crumbs(desk, pupil_id, NUMBERS.title),
        about=about(one),
        action=f"{base(desk)}/numbers/{pupil_id}",
        seen=desk.seen_for(NumberCandidate, pupil_id),
        back_href=home(desk, pupil_id),
    )
