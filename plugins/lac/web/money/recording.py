"""What is recorded of one child's premium: a claim for a target, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ...commands import AgreeClaim, MakeClaim, ReceiveClaim, RefuseClaim, SpendClaim
from ...telling import base
from ...views import Claim, Peps, claims, term_sum
from ..children import asked, crumbs, known_child, readable
from ..words import WHY
from .showing import MONEY, ceiling, plans_of, setting_of

CLAIM = Question(
    MakeClaim,
    "Ask for premium",
    (
        Ask("target", "Which target does it pay for?", "radios"),
        Ask("item", "What is it for?", hint="For example, tutoring in mathematics, one hour a week."),
        Ask("cost_pence", "Cost", "money"),
        Ask("made_on", "When was it asked for?", "date"),
        Ask("from_on", "From which day will it be used?", "date", "Inside the plan."),
        Ask("until_by", "Until which day?", "date"),
        Ask(
            "approval",
            "Reference of the virtual school's approval",
            hint="Only where it goes over the premium of a term.",
        ),
    ),
    says="The authority is asked to pay for what a target needs. Without a target nothing can be asked for.",
)
ANSWERS = {
    "agree": Question(
        AgreeClaim,
        "Record what was agreed",
        (Ask("agreed_pence", "Amount agreed", "money"), Ask("agreed_on", "When?", "date")),
    ),
    "refuse": Question(
        RefuseClaim,
        "Record that it was refused",
        (Ask("refused_on", "When?", "date"), Ask("reason", "Why?", "words")),
    ),
    "receive": Question(
        ReceiveClaim,
        "Record money received",
        (Ask("paid_pence", "Amount received", "money"), Ask("paid_on", "When?", "date")),
    ),
    "spend": Question(
        SpendClaim,
        "Record money spent",
        (
            Ask("spent_pence", "Amount spent", "money"),
            Ask("spent_on", "When?", "date"),
            Ask("on_what", "On what?"),
        ),
    ),
}
_DAYS = {"agree": "agreed_on", "refuse": "refused_on", "receive": "paid_on", "spend": "spent_on"}


class Claims(Controller):
    """The forms for claims."""

    path = "/money/{pupil_id:uuid}"

    @get("/claim", guards=[may("write", MONEY)])
    def ask_claim(
        self,
        pupil_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a claim; an address may name the target."""
        return _claim_page(desk, pupil_id, form.fill(target=request.query_params.get("target", "")[:40]))

    @post("/claim", guards=[may("write", MONEY)])
    def claim(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records that the authority was asked."""
        known_child(desk, pupil_id, "write", MONEY, *readable(desk, pupil_id, "lac.pep"))

        def act() -> str:
            desk.do(CLAIM.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/money/{pupil_id}"

        return form.attempt(act, lambda: _claim_page(desk, pupil_id, form), "Recorded.")

    @get("/{claim_id:uuid}/{what:str}", guards=[may("write", MONEY)])
    def ask(
        self,
        pupil_id: FromPath[UUID],
        claim_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for what came of a claim."""
        return _answer_page(desk, pupil_id, claim_id, what, form)

    @post("/{claim_id:uuid}/{what:str}", guards=[may("write", MONEY)])
    def answer(
        self,
        pupil_id: FromPath[UUID],
        claim_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records what came of it."""
        known_child(desk, pupil_id, "write", MONEY)
        question, _ = _answered(desk, pupil_id, claim_id, what)

        def act() -> str:
            desk.do(question.read(form, claim=claim_id), pupil_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/money/{pupil_id}"

        return form.attempt(act, lambda: _answer_page(desk, pupil_id, claim_id, what, form), "Recorded.")


def _targets(plans: Peps) -> Options:
    """Every target there is, those of the newest plan first."""
    return [
        {
            "value": str(key),
            "text": target.told.words,
            "hint": f"{WHY[plan.told.why]}, started {day(plan.told.started_on)}; by {day(target.told.by_on)}",
        }
        for plan in reversed(list(plans.plans.values()))
        for key, target in plan.targets.items()
    ]


def _claim_page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    who = known_child(desk, pupil_id, "write", MONEY, *readable(desk, pupil_id, "lac.pep"))
    made, plans = desk.see(claims, pupil_id), plans_of(desk, pupil_id)
    targets, last = _targets(plans), plans.last
    notes = [ceiling(term_sum(made, last.pep), setting_of(desk, last))["says"]] if last else []
    return asked(
        CLAIM,
        form.fill(made_on=desk.today),
        crumbs=crumbs(desk, pupil_id, CLAIM.title, ("Premium", f"lac/money/{pupil_id}")),
        about=about(who),
        action=f"{base(desk)}/money/{pupil_id}/claim",
        seen=desk.seen_for(MakeClaim, pupil_id),
        back_href=f"{base(desk)}/money/{pupil_id}",
        options={"target": targets},
        notes=notes if targets else ["No plan has a target yet. Set one first."],
    )


def _answered(desk: Desk, pupil_id: UUID, claim_id: UUID, what: str) -> tuple[Question, Claim]:
    found = (desk.see(claims, pupil_id) or {}).get(claim_id)
    if found is None or what not in ANSWERS:
        raise NotFound
    return ANSWERS[what], found


def _answer_page(desk: Desk, pupil_id: UUID, claim_id: UUID, what: str, form: Form) -> Page:
    who = known_child(desk, pupil_id, "write", MONEY)
    question, one = _answered(desk, pupil_id, claim_id, what)
    agreed = "waiting" if one.agreed_pence is None else pounds(one.agreed_pence)
    now = [{"label": "For", "value": one.told.item}, {"label": "Asked", "value": pounds(one.told.cost_pence)}]
    now += [{"label": "Agreed", "value": agreed}, {"label": "Received", "value": pounds(one.paid_pence)}]
    return asked(
        question,
        form.fill(**{_DAYS[what]: desk.today}),
        crumbs=crumbs(desk, pupil_id, question.title, ("Premium", f"lac/money/{pupil_id}")),
        about=about(who),
        now=[*now, {"label": "Spent", "value": pounds(one.spent_pence)}],
        action=f"{base(desk)}/money/{pupil_id}/{claim_id}/{what}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=f"{base(desk)}/money/{pupil_id}",
    )
