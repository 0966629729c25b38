"""Approving a vacancy, and closing it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted

from ...codes import EXITS
from ...codes.statements import OUTCOMES
from ...commands import ApproveVacancy, CloseVacancy
from ...commands.vacancies import approval_findings
from ...rules import pay_findings
from ...views import Vacancy, applicants
from .words import RECORD, address, found, pay_in, summary_of, trail

APPROVE = Question(
    ApproveVacancy,
    "Approve the vacancy",
    (Ask("budget", "Where is the money?", hint="A budget line, or the minute of a meeting."),),
    record="Approve it",
    says="You approve the need, the money, the description and the panel. With it the academy has a post to be filled, "
    "and the draft cannot be changed any more.",
)
_ENDINGS = [{"value": key, "text": text} for key, text in OUTCOMES.items()]
CLOSE = Question(
    CloseVacancy,
    "Close the campaign",
    (
        Ask(
            "outcome",
            "How did it end?",
            "radios",
            options=[{"value": key, "text": text} for key, text in OUTCOMES.items()],
        ),
        Ask("reason", "Why?", "words", "Name no applicant. It may stay empty."),
    ),
    record="Close it",
    says="Unsuccessful applications are kept for six months from today, then erased.",
)


class VacancySteps(Controller):
    """What is decided of a whole vacancy."""

    path = "/vacancies/{vacancy_id:uuid}"

    @get("/approve", guards=[may("sign", RECORD)])
    def ask_approval(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that approves it."""
        return _page(desk, vacancy_id, APPROVE, form)

    @post("/approve", guards=[may("sign", RECORD)])
    def approve(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Approves it."""
        return _record(desk, vacancy_id, APPROVE, form, "The vacancy is approved.")

    @get("/close", guards=[may("write", RECORD)])
    def ask_closing(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that closes it."""
        return _page(desk, vacancy_id, CLOSE, form)

    @post("/close", guards=[may("write", RECORD)])
    def close(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Closes it."""
        return _record(desk, vacancy_id, CLOSE, form, "The campaign is closed.")


def _record(desk: Desk, vacancy_id: UUID, question: Question, form: Form, done: str) -> Response[Any]:
    found(desk, vacancy_id)

    def act() -> str:
        desk.do(question.read(form), vacancy_id, command_id=form.command_id, seen=form.seen)
        return address(desk, vacancy_id)

    return form.attempt(act, lambda: _page(desk, vacancy_id, question, form), done)


def _page(desk: Desk, vacancy_id: UUID, question: Question, form: Form) -> Page:
    known, here = found(desk, vacancy_id), address(desk, vacancy_id)
    approving = question is APPROVE
    return question.shown(
        form,
        crumbs=trail(desk, vacancy_id, question.title),
        about=known.told.title,
        action=f"{here}/approve" if approving else f"{here}/close",
        seen=desk.seen_for(question.command, vacancy_id),
        back_href=here,
        now=[*summary_of(desk, known.told), *_besides(desk, known)] if approving else [],
        notes=_before_approval(desk, known) if approving else _before_closing(desk, vacancy_id),
    )


def _besides(desk: Desk, known: Vacancy) -> list[dict[str, Any]]:
    """What is approved besides the post itself: the panel, and the statements."""
    panel = sorted(desk.name_of(member) for member in known.panel)
    return [
        {"label": "Panel", "value": panel or "nobody yet"},
        {"label": "On safeguarding", "value": known.told.safeguarding or "not written yet"},
        {"label": "On convictions", "value": known.told.exempt_notice or "not written yet"},
    ]


def _before_approval(desk: Desk, known: Vacancy) -> list[str]:
    """Why it cannot be approved yet, all of it at once; and where its pay lies outside the ranges of the day."""
    told = known.told
    if told.drafted_by == desk.person_id:
        return ["You drafted this. Somebody else must approve it."]
    missing = " ".join(one.says for one in approval_findings(desk, known))
    pay = pay_findings(pay_in(told), told.starts_on or desk.today)
    return [f"It cannot be approved yet. {missing}"] * bool(missing) + [one.says for one in pay]


def _before_closing(desk: Desk, vacancy_id: UUID) -> list[str]:
    """How many applications are still on their way, for whoever may see them."""
    count = Counter(one.application.state in {*EXITS, "started"} for one in applicants(desk, vacancy_id))
    if not count[False]:
        return []
    says = counted(count[False], "application has", "applications have")
    return [f"{says} not come to an end. Tell each applicant how it ended before you close."]
