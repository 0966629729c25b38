"""What is recorded of one pupil's costs: top-ups and what was paid of them, what provision did, a request."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.command import Command
from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.roll.web.child import about, child
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ...commands import AgreeTopUp, NoteImpact, ReceiveTopUp, WriteRequest
from ...telling import base
from ...views import Budgets, Costs, authority_on, budgets, costs, provision
from ..budget_words import crumbs
from .listing import PUPIL

_TOP_UP = Question(
    AgreeTopUp,
    "Agree a top-up",
    (
        Ask("authority", "Which authority pays?", hint="As it is named under Authorities, where it is set up."),
        Ask("band", "Which band?", hint="As the authority calls it, where it has bands."),
        Ask("yearly_pence", "Sum for a year", "money"),
        Ask("from_on", "From which day?", "date"),
        Ask("until_by", "Until which day?", "date", "Leave it empty where it has no end."),
        Ask("agreed_on", "When was it agreed?", "date", "The day on the letter."),
    ),
    says="A top-up needs no EHC plan, and a plan brings no top-up by itself.",
)
_RECEIVE = Question(
    ReceiveTopUp,
    "Record money of a top-up",
    (
        Ask("pence", "Amount received", "money", "With a minus where the authority took some back."),
        Ask("received_on", "When?", "date"),
    ),
)
_IMPACT = Question(
    NoteImpact,
    "Note what came of it",
    (
        Ask("planned", "How many sessions were planned so far?", "number"),
        Ask("attended", "How many did the pupil attend?", "number"),
        Ask("met", "Was the target met?", "yes_no"),
        Ask("measure", "How was that measured?", "words"),
    ),
    says="The last note stands; those before it stay on record.",
)
REVIEWS = 3
"""Days of reviews one form asks for."""
_REQUEST = Question(
    WriteRequest,
    "Write a request",
    (
        Ask("authority", "To which authority?"),
        Ask("needs", "What are the pupil's needs?", "words"),
        Ask("outcomes", "Which outcomes are worked towards?", "words"),
        *(
            Ask(
                f"reviewed-{n}",
                f"Day of the {word} review",
                "date",
                "Of plan, do, review. Two or more are usually asked for." if n == 1 else "",
            )
            for n, word in enumerate(("first", "second", "third"), start=1)
        ),
        Ask("more", "What more is needed, and why?", "words"),
    ),
    says="The costs come with it by themselves. It is never held back for what the help costs: the test is need.",
)


QUESTIONS = {"request": _REQUEST, "top-up": _TOP_UP}
"""What is recorded of the pupil."""
MORE = {"top-up": _TOP_UP, "receive": _RECEIVE, "impact": _IMPACT}
"""What is recorded of a top-up that stands, or of a line of provision."""


class PupilForms(Controller):
    """Forms about one pupil's costs."""

    path = "/pupils/{pupil_id:uuid}"

    @get("/{what:str}", guards=[may("write", PUPIL)])
    def ask(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for a request, with what was written before, or for a new top-up."""
        return _page(desk, pupil_id, what, None, form)

    @post("/{what:str}", guards=[may("write", PUPIL)])
    def record(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, what, None, form)

    @get("/{what:str}/{of:uuid}", guards=[may("write", PUPIL)])
    def ask_more(
        self,
        pupil_id: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a top-up that stands, for money of it, or for what a line of provision did."""
        return _page(desk, pupil_id, what, of, form)

    @post("/{what:str}/{of:uuid}", guards=[may("write", PUPIL)])
    def record_more(
        self,
        pupil_id: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, what, of, form)


def _record(desk: Desk, pupil_id: UUID, what: str, of: UUID | None, form: Form) -> Response[Any]:
    question = _question(_known(desk, pupil_id), what, of)
    child(desk, pupil_id, PUPIL)

    def act() -> str:
        desk.do(_read(question, what, of, form), pupil_id, command_id=form.command_id, seen=form.seen)
        return f"{base(desk)}/pupils/{pupil_id}"

    return form.attempt(act, lambda: _page(desk, pupil_id, what, of, form), "Recorded.")


def _known(desk: Desk, pupil_id: UUID) -> Costs:
    return desk.see(costs, pupil_id) or Costs()


def _question(known: Costs, what: str, of: UUID | None) -> Question:
    """The form that is asked for; raises NotFound for a top-up or a line this pupil has not."""
    if of is None:
        found = QUESTIONS.get(what)
    else:
        found = MORE.get(what) if of in (known.shares if what == "impact" else known.top_ups) else None
    if found is None:
        raise NotFound
    return found


def _read(question: Question, what: str, of: UUID | None, form: Form) -> Command:
    given: dict[str, Any] = {}
    if of is not None:
        given["line" if what == "impact" else "top_up"] = of
    if what == "request":
        given["reviewed"] = _reviews(form)
    command: Command = question.read(form, **given)
    return command


def _reviews(form: Form) -> tuple[date, ...]:
    """The days of reviews as typed; each that is no day is told at its field."""
    found = []
    for n in range(1, REVIEWS + 1):
        if any(form.text(f"reviewed-{n}-{part}") for part in ("year", "month", "day")):
            if typed := form.day(f"reviewed-{n}"):
                found.append(typed)
            else:
                form.wrong(f"reviewed-{n}", "The day of a review must be a real date, such as 27 3 2026.")
    return tuple(found)


def _fill(desk: Desk, known: Costs, what: str, of: UUID | None, form: Form) -> Form:
    """What stands already, and today where a day is asked for."""
    request, top_up = known.request, known.top_ups.get(of) if of else None
    if what == "request":
        form.fill(authority=known.authority)
        if request:
            form.fill(needs=request.needs, outcomes=request.outcomes, more=request.more)
            days = request.reviewed[-REVIEWS:]
            form.fill(**{f"reviewed-{n}": one for n, one in enumerate(days, start=1)})
    elif what == "top-up" and top_up:
        form.fill(
            authority=top_up.authority,
            band=top_up.band,
            yearly_pence=pounds(top_up.yearly_pence),
            from_on=top_up.from_on,
            until_by=top_up.until_by,
            agreed_on=top_up.agreed_on,
        )
    elif what == "top-up":
        form.fill(authority=known.authority, agreed_on=desk.today)
    elif what == "receive":
        form.fill(received_on=desk.today)
    return form


def _now(desk: Desk, known: Costs, what: str, of: UUID | None) -> Options:
    """What the form is about, where it is about one of several."""
    if of is not None and what == "impact":
        line = desk.log.see(provision, of)
        return [{"label": "Help", "value": line.name if line else "A line of provision"}]
    if of is not None:
        one = known.top_ups[of]
        came = sum(told.pence for told in known.receipts.get(of, ()))
        yearly = f"{one.authority}, {pounds(one.yearly_pence)} a year from {day(one.from_on)}"
        return [{"label": "Top-up", "value": yearly}, {"label": "Received so far", "value": pounds(came)}]
    return []


def _notes(desk: Desk, what: str) -> list[str]:
    """What authorities' bands pay, where they have said."""
    if what != "top-up":
        return []
    money = desk.log.see(budgets, desk.here) or Budgets()
    settings = [authority_on(money, name, desk.today) for name in sorted(money.authorities)]
    return [
        f"{one.name}: {'; '.join(f'{band.name}, {pounds(band.pence)}' for band in one.bands)}."
        for one in settings
        if one and one.bands
    ]


def _page(desk: Desk, pupil_id: UUID, what: str, of: UUID | None, form: Form) -> Page:
    known = _known(desk, pupil_id)
    question, here = _question(known, what, of), f"{base(desk)}/pupils/{pupil_id}"
    who = child(desk, pupil_id, PUPIL)
    return question.shown(
        _fill(desk, known, what, of, form),
        crumbs=crumbs(desk, question.title, ("Costs of pupils", "pupils"), (who.full_name, f"pupils/{pupil_id}")),
        about=about(who),
        now=_now(desk, known, what, of),
        notes=_notes(desk, what),
        action=f"{here}/{what}" + (f"/{of}" if of else ""),
        seen=desk.seen_for(question.command, pupil_id),
        back_href=here,
    )
