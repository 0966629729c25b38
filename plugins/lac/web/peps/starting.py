"""What is recorded of a child beside any one plan: a plan started, a review of care held, a questionnaire scored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ...codes import SDQ_REASONS
from ...commands import HoldCareReview, ScoreSdq, StartPep
from ...telling import base
from ...views import Peps, peps
from ..children import asked, crumbs, home, known_child
from ..words import WHY, codes_on, options

START = Question(
    StartPep,
    "Start a PEP",
    (
        Ask("why", "Which plan is it?", "radios"),
        Ask("started_on", "When was it started?", "date"),
        Ask("due_by", "Its last day", "date", "For a termly or an interim plan; the other clocks count by themselves."),
        Ask("follows", "Is it a new version of an agreed plan?", "select"),
    ),
    record="Start it",
    says="The plan keeps the clocks and the grades of the looking-after authority as they are on that day, for good.",
)
REVIEW = Question(
    HoldCareReview,
    "Record a review of care",
    (Ask("held_on", "When was it held?", "date", "The authority reviews the child's care, not the school."),),
)
QUESTIONNAIRE = Question(
    ScoreSdq,
    "Record a questionnaire",
    (
        Ask("scored_on", "When was it scored?", "date"),
        Ask("score", "Total", "number", "A whole number from 0 to 40. Only the total is kept, never the answers."),
        Ask("cause", "Or why is there none?", "select"),
    ),
    says="The strengths and difficulties questionnaire: its total, or the reason why there is none.",
)


class Starting(Controller):
    """The forms of one child's plans as a whole."""

    path = "/peps/{pupil_id:uuid}"

    @get("/", guards=[may("write", "lac.pep")])
    def ask(
        self,
        pupil_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that starts a plan; a new version of another, where the address names that."""
        return _start_page(desk, pupil_id, form, request.query_params.get("follows", ""))

    @post("/", guards=[may("write", "lac.pep")])
    def start(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Starts it, and goes on to it."""
        known_child(desk, pupil_id, "write", "lac.pep")
        plan = f"{base(desk)}/peps/{pupil_id}/{form.command_id}"

        def act() -> str:
            desk.do(START.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return plan

        return form.attempt(act, lambda: _start_page(desk, pupil_id, form), "Started.")

    @get("/review", guards=[may("write", "lac.pep")])
    def ask_review(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a review of care."""
        return _page(desk, pupil_id, form, REVIEW, "lac.pep", "review")

    @post("/review", guards=[may("write", "lac.pep")])
    def review(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records that it was held."""
        return _record(desk, pupil_id, form, REVIEW, "lac.pep", "review")

    @get("/questionnaire", guards=[may("write", "lac.wellbeing")])
    def ask_questionnaire(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for a questionnaire's total."""
        return _page(desk, pupil_id, form, QUESTIONNAIRE, "lac.wellbeing", "questionnaire")

    @post("/questionnaire", guards=[may("write", "lac.wellbeing")])
    def questionnaire(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the total, or the reason."""
        return _record(desk, pupil_id, form, QUESTIONNAIRE, "lac.wellbeing", "questionnaire")


def _record(desk: Desk, pupil_id: UUID, form: Form, question: Question, record: str, path: str) -> Response[Any]:
    known_child(desk, pupil_id, "write", record)

    def act() -> str:
        desk.do(question.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
        return home(desk, pupil_id)

    return form.attempt(act, lambda: _page(desk, pupil_id, form, question, record, path), "Recorded.")


def _start_page(desk: Desk, pupil_id: UUID, form: Form, follows: str = "") -> Page:
    """The form.

    Args:
        follows: The id of an agreed plan that this is to be a new version of.
    """
    who = known_child(desk, pupil_id, "write", "lac.pep")
    known = (desk.see(peps, pupil_id) if desk.may("read", "lac.pep", pupil_id) else None) or Peps()
    before = next((one for one in known.plans.values() if str(one.pep) == follows), None)
    if before is not None:
        form.fill(follows=follows, why=before.told.why)
    return asked(
        START,
        form,
        crumbs=crumbs(desk, pupil_id, START.title),
        about=about(who),
        action=f"{base(desk)}/peps/{pupil_id}",
        seen=desk.seen_for(StartPep, pupil_id),
        back_href=home(desk, pupil_id),
        options={
            "why": [{"value": why, "text": text} for why, text in WHY.items()],
            "follows": [{"value": "", "text": "No, a plan of its own"}, *_agreed(known)],
        },
    )


def _agreed(known: Peps) -> Options:
    """The agreed plans, each of which a new version may follow."""
    return [
        {"value": str(one.pep), "text": f"{WHY.get(one.told.why, one.told.why)}, started {day(one.told.started_on)}"}
        for one in known.plans.values()
        if one.state == "agreed"
    ]


def _page(desk: Desk, pupil_id: UUID, form: Form, question: Question, record: str, path: str) -> Page:
    who = known_child(desk, pupil_id, "write", record)
    return asked(
        question,
        form,
        crumbs=crumbs(desk, pupil_id, question.title),
        about=about(who),
        action=f"{base(desk)}/peps/{pupil_id}/{path}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=home(desk, pupil_id),
        options={"cause": options(codes_on([SDQ_REASONS], desk.today), ("", "There is a total"), coded=True)},
    )
