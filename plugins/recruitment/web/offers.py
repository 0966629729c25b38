"""An application's way on: the step it takes, the gap that is explained, the offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ..codes import CHECKS, EXITS, STATES
from ..commands import ExplainGap, MakeOffer, MoveApplication
from ..rules import history_findings, next_states
from ..views import Applicant, Vacancy, gaps_of
from .applicants.asking import asked, recorded
from .applicants.opening import applicant_of

_REASON = Ask("reason", "Why?", "words", "The applicant may ask. Names, age and the time of applying are no reasons.")
_NOTE = Ask("reason", "Anything to note?", "words")
_CHECKS: Options = (
    {"value": "", "text": "Choose"},
    *({"value": key, "text": kind.title} for key, kind in CHECKS.value.items()),
)
_CONDITIONS = (
    Ask("check", "Which check failed?", "select", options=_CHECKS),
    Ask("reply", "What did the candidate answer?", "words", "Tell them which check failed, and hear them first."),
    _REASON,
)
OFFER = Question(
    MakeOffer,
    "Make a conditional offer",
    (
        Ask("offered_on", "When is it offered?", "date"),
        Ask("starts_on", "Which is the first day?", "date"),
        Ask("pay_pence", "Pay a year, as this person will work", "money"),
        Ask("in_writing", "Does the letter say that the offer hangs on the checks?", "yes_no"),
    ),
    record="Make the offer",
    says="Only an offer opens questions about health. Until the checks are done it can still end.",
)
GAP = Question(
    ExplainGap,
    "Explain a gap",
    (
        Ask("from_on", "From which day?", "date"),
        Ask("until_by", "Up to which day?", "date"),
        Ask("words", "What did they do?", "words", "As they tell it. Never ask about health."),
    ),
    says="Every stretch since education needs an explanation before an offer is made.",
)


class Offers(Controller):
    """How one application goes on."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}"

    @get("/move/{to:str}", guards=[may("write", "recruitment.application")])
    def ask_move(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        to: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a step that is open now."""
        return _move_page(desk, vacancy_id, key, to, form)

    @post("/move/{to:str}", guards=[may("write", "recruitment.application")])
    def move(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        to: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes the step."""
        question, _ = _step(desk, vacancy_id, key, to)
        return recorded(
            desk, vacancy_id, key, question, form, lambda: _move_page(desk, vacancy_id, key, to, form), to=to
        )

    @get("/offer", guards=[may("write", "recruitment.application")])
    def ask_offer(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for an offer, with what still keeps it from being made."""
        return _offer_page(desk, vacancy_id, key, form)

    @post("/offer", guards=[may("write", "recruitment.application")])
    def offer(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Makes the offer."""
        return recorded(desk, vacancy_id, key, OFFER, form, lambda: _offer_page(desk, vacancy_id, key, form))

    @get("/gap", guards=[may("write", "recruitment.application")])
    def ask_gap(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that explains a gap; the first open one stands in it."""
        return _gap_page(desk, vacancy_id, key, form)

    @post("/gap", guards=[may("write", "recruitment.application")])
    def gap(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records the explanation."""
        return recorded(desk, vacancy_id, key, GAP, form, lambda: _gap_page(desk, vacancy_id, key, form))


def _step(desk: Desk, vacancy_id: UUID, key: UUID, to: str) -> tuple[Question, Applicant]:
    """What is asked for a step, and of whom; raises NotFound for one that is not open."""
    _, one = applicant_of(desk, vacancy_id, key)
    state = one.application.state
    wanted = next((each for each in next_states(state, one.application.came_from) if each == to), None)
    if wanted is None:
        raise NotFound
    title = STATES[wanted]
    asks: tuple[Ask, ...] = (_NOTE,)
    if state in EXITS:
        title, asks = f"Take up again: {title.lower()}", (_REASON,)
    elif wanted == "conditions_not_met":
        asks = _CONDITIONS
    elif wanted in EXITS and EXITS[wanted].by_us:
        asks = (_REASON,)
    return Question(MoveApplication, title, asks), one


def _move_page(desk: Desk, vacancy_id: UUID, key: UUID, to: str, form: Form) -> Page:
    question, one = _step(desk, vacancy_id, key, to)
    now = [{"label": "Now", "value": STATES[one.application.state]}]
    return asked(desk, vacancy_id, key, question, f"move/{to}", form, now=now)


def _offer_page(desk: Desk, vacancy_id: UUID, key: UUID, form: Form) -> Page:
    told, one = applicant_of(desk, vacancy_id, key)
    form.fill(offered_on=desk.today, starts_on=told.told.starts_on)
    return asked(desk, vacancy_id, key, OFFER, "offer", form, now=_advertised(told), notes=_keeps_from_offer(desk, one))


def _advertised(told: Vacancy) -> Options:
    pay = f"{pounds(told.told.pay_from_pence)} to {pounds(told.told.pay_to_pence)} at full time"
    return [{"label": "Advertised pay", "value": pay}, {"label": "Share", "value": f"{told.told.share} per cent"}]


def _keeps_from_offer(desk: Desk, one: Applicant) -> list[str]:
    return [finding.says for finding in history_findings(gaps_of(one.application, desk.today))]


def _gap_page(desk: Desk, vacancy_id: UUID, key: UUID, form: Form) -> Page:
    _, one = applicant_of(desk, vacancy_id, key)
    still = [gap for gap in gaps_of(one.application, desk.today) if not gap.explained]
    if still:
        form.fill(from_on=still[0].from_on, until_by=still[0].until_by)
    return asked(desk, vacancy_id, key, GAP, "gap", form, notes=_keeps_from_offer(desk, one))
