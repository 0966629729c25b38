"""What the panel says of an applicant beside its marks: gates, interests, notes written together, the interview."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post

from ...commands import DeclareInterest, HoldInterview, JudgeGate, ModerateScores
from ...views import gates_of, sees_sheets, version_of, wants_moderation
from ..applicants.asking import asked, recorded
from ..applicants.judged import STAGES
from ..applicants.opening import applicant_of

GATE = Question(
    JudgeGate,
    "Judge a gate",
    (
        Ask("met", "Is it met?", "yes_no"),
        Ask("reason", "How do you know?", "words", "Such as the line of the form, or the register you looked at."),
    ),
    says="Without this nobody is shortlisted. The fact may be corrected later; the gate may not be waived.",
)
MODERATE = Question(
    ModerateScores,
    "Write a note together",
    (Ask("note", "What did you agree?", "words", "Marks stay as they were given."),),
)
QUESTIONS = {
    "interest": Question(
        DeclareInterest,
        "I know this applicant",
        (Ask("words", "How do you know them?", "words", "Only HR reads this. You may leave it empty."),),
        record="Declare it",
        says="You will not score this applicant. The others see that you declared an interest, and not which.",
    ),
    "interview": Question(
        HoldInterview,
        "Record the interview",
        (
            Ask("held_on", "When was it held?", "date"),
            Ask("appointable", "Could they be appointed?", "yes_no"),
            Ask("note", "What did the panel find?", "words", "Against the person specification."),
        ),
    ),
}


class Judging(Controller):
    """The panel's other forms about one applicant."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}"

    @get("/gate/{place:str}", guards=[may("write", "recruitment.scoring")])
    def ask_gate(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        place: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for one gate."""
        return _gate_page(desk, vacancy_id, key, place, form)

    @post("/gate/{place:str}", guards=[may("write", "recruitment.scoring")])
    def judge(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        place: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records whether it is met."""
        criterion, _ = _gate(desk, vacancy_id, key, place)
        return recorded(
            desk,
            vacancy_id,
            key,
            GATE,
            form,
            lambda: _gate_page(desk, vacancy_id, key, place, form),
            criterion=criterion,
        )

    @get("/moderate/{stage:str}", guards=[may("write", "recruitment.scoring")])
    def ask_note(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        stage: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a note on marks far apart."""
        return _note_page(desk, vacancy_id, key, stage, form)

    @post("/moderate/{stage:str}", guards=[may("write", "recruitment.scoring")])
    def moderate(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        stage: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records the note."""
        return recorded(
            desk,
            vacancy_id,
            key,
            MODERATE,
            form,
            lambda: _note_page(desk, vacancy_id, key, stage, form),
            stage=_known_stage(stage),
        )

    @get("/interest", guards=[may("write", "recruitment.scoring")])
    def ask_interest(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that declares an interest."""
        return asked(desk, vacancy_id, key, QUESTIONS["interest"], "interest", form)

    @post("/interest", guards=[may("write", "recruitment.scoring")])
    def declare(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Declares it."""
        question = QUESTIONS["interest"]
        return recorded(
            desk, vacancy_id, key, question, form, lambda: asked(desk, vacancy_id, key, question, "interest", form)
        )

    @get("/interview", guards=[may("write", "recruitment.scoring")])
    def ask_interview(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for the interview."""
        form.fill(held_on=desk.today)
        return asked(desk, vacancy_id, key, QUESTIONS["interview"], "interview", form)

    @post("/interview", guards=[may("write", "recruitment.scoring")])
    def interview(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records what the panel found."""
        question = QUESTIONS["interview"]
        return recorded(
            desk, vacancy_id, key, question, form, lambda: asked(desk, vacancy_id, key, question, "interview", form)
        )


def _gate(desk: Desk, vacancy_id: UUID, key: UUID, place: str) -> tuple[str, str]:
    """A gate's key and its words, by its place among the gates; raises NotFound for none."""
    told, _ = applicant_of(desk, vacancy_id, key)
    version = version_of(desk, told)
    keys = {str(at): key for at, key in enumerate(gates_of(version))}
    if version is None or place not in keys:
        raise NotFound
    return keys[place], next(each.text for each in version.criteria if each.key == keys[place])


def _gate_page(desk: Desk, vacancy_id: UUID, key: UUID, place: str, form: Form) -> Page:
    _, text = _gate(desk, vacancy_id, key, place)
    now = [{"label": "Criterion", "value": text}]
    return asked(desk, vacancy_id, key, GATE, f"gate/{place}", form, now=now)


def _known_stage(stage: str) -> str:
    if stage not in STAGES:
        raise NotFound
    return stage


def _note_page(desk: Desk, vacancy_id: UUID, key: UUID, stage: str, form: Form) -> Page:
    told, one = applicant_of(desk, vacancy_id, key)
    version, sees = version_of(desk, told), sees_sheets(desk, told, one.scoring, _known_stage(stage))
    apart = wants_moderation(one.scoring, stage) if sees else ()
    texts = {each.key: each.text for each in version.criteria} if version else {}
    now = [{"label": "Two marks or more apart", "value": [texts[each] for each in apart]}] if apart else []
    return asked(desk, vacancy_id, key, MODERATE, f"moderate/{stage}", form, now=now)
