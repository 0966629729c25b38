"""Requests about data: the list, one of them with its clock, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound, Refused
from core.requests.commands import PromiseRecords, ReceiveRequest
from core.requests.gathering import may_know, whom
from core.requests.telling import SORTS, is_promised, last_days
from core.requests.views import Request, request
from core.requests.web.steps import STEPS, Step
from core.roll.views import pupil, with_upn
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.web.timeline import tally
from core.wording import day

OWN = "core.requests"
_RECEIVED = Question(
    ReceiveRequest,
    "A request or complaint came",
    (
        Ask("sort", "What is it?", "radios", options=[{"value": key, "text": text} for key, text in SORTS.items()]),
        Ask("received_on", "On which day did it come?", "date", "To anyone here, in any form, on any day."),
        Ask("whom", "Who asks?", "words", "Name, and how they are to be answered."),
        Ask("asks", "What do they ask?", "words", "In their own words, as far as you have them."),
        Ask("upn", "About which pupil?", "text", "The UPN; leave it empty for staff, applicants and everybody else."),
        Ask("proof_needed", "Is it still to be shown who asks, or that they may?", "yes_no"),
    ),
    record="Record it",
)
_PROMISED = Question(
    PromiseRecords,
    "Educational records",
    (Ask("promised", "Does this academy give a pupil's educational record in 15 school days?", "yes_no"),),
    says="No law asks it of an academy, which has a month, as for all that is kept. Some promise it all the same.",
)
GATHERED = {
    "gather": ("gather", "Gather what is kept, and decide what is given", "write"),
    "read": ("whole", "Read what is to be given, as the second person", "write"),
    "pack": ("whole", "Make the pack they are given", "export"),
    "whom": ("whom", "Find what is kept of them", "export"),
}
"""What is done on pages of its own: about a request of somebody whose records are known, but for the last."""

_OUTCOMES = {"given": "everything was given", "part": "part of it was given", "refused": "it was refused"}


class Requests(Controller):
    """Requests about data, at one academy."""

    path = "/requests"

    @get("/", guards=[may("read", OWN)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every request, those that are due first."""
        found = sorted(
            ((key, one, due) for key, (one, due) in last_days(desk).items()),
            key=lambda row: (row[1].answered_on is not None, row[2] or desk.today, row[1].clock.received_on),
        )
        return page(
            "requests/list.html",
            actions=[{"text": "Record a request", "href": f"{base(desk)}/new", "main": True}],
            rows=[_row(desk, *row) for row in found],
            promised=is_promised(desk),
            promise_href=f"{base(desk)}/promise" if desk.may("write", OWN) else None,
        )

    @get("/new", guards=[may("write", OWN)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for one that came."""
        return _new_page(desk, form)

    @post("/new", guards=[may("write", OWN)])
    def receive(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records it; its clock begins."""

        def act() -> str:
            upn = form.text("upn")
            whose = with_upn(desk.see_all(pupil), upn) if upn else None
            if upn and whose is None:
                form.wrong("upn", "There is no pupil with this UPN here. Leave it empty for somebody else.")
            command = _RECEIVED.read(form, pupil=whose)
            case = desk.building.desk_store.new_id(form.command_id, "request")
            try:
                desk.do(command, case, command_id=form.command_id)
            except Refused as refusal:
                form.wrong("upn" if refusal.field == "pupil" else refusal.field, str(refusal))
                raise Invalid from None
            return f"{base(desk)}/{case}"

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/promise", guards=[may("write", OWN)])
    def ask_promise(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Whether educational records are given in 15 school days."""
        return _promise_page(desk, form)

    @post("/promise", guards=[may("write", OWN)])
    def promise(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Decides it for this academy."""

        def act() -> str:
            desk.do(_PROMISED.read(form), desk.here, command_id=form.command_id, seen=form.seen)
            return base(desk)

        return form.attempt(act, lambda: _promise_page(desk, form), "Recorded.")

    @get("/{case:uuid}", guards=[may("read", OWN)])
    def one(self, case: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One request: what was asked, its clock, what can be done, and what was."""
        return _case_page(desk, case)

    @get("/{case:uuid}/{step:str}", guards=[may("write", OWN)])
    def ask_step(
        self, case: FromPath[UUID], step: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form of one thing that can be done."""
        return _step_page(desk, case, _step(step), form)

    @post("/{case:uuid}/{step:str}", guards=[may("write", OWN)])
    def do_step(
        self, case: FromPath[UUID], step: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        wanted = _step(step)
        _open_for(desk, case, wanted)

        def act() -> str:
            desk.do(wanted.question.read(form), case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}"

        return form.attempt(act, lambda: _step_page(desk, case, wanted, form), "Recorded.")


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/requests" if desk.academy else ""


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound
    return STEPS[name]


def request_of(desk: Desk, case: UUID) -> Request:
    """Raises NotFound; for a request about a child close to this person, too."""
    one = desk.see(request, case)
    if one is None:
        raise NotFound
    return one


def _stands(one: Request) -> dict[str, str]:
    """Where it stands, as a tag."""
    if one.answered_on:
        return {"text": "answered", "kind": "well"}
    if one.waits_for_proof:
        return {"text": "who asks is to be shown", "kind": "soon"}
    if one.is_paused:
        return {"text": "waits for their answer", "kind": "soon"}
    return {"text": "open", "kind": "plain"}


def _row(desk: Desk, key: UUID, one: Request, due: date | None) -> dict[str, Any]:
    return {
        "text": SORTS[one.sort],
        "href": f"{base(desk)}/{key}",
        "received": one.clock.received_on,
        "due": due,
        "late": due is not None and due < desk.today,
        "tag": _stands(one),
    }


def _case_page(desk: Desk, case: UUID) -> Page:
    one = request_of(desk, case)
    desk.opened(case, [OWN])
    child = desk.see(pupil, one.pupil) if one.pupil else None
    urn = desk.academy.urn if desk.academy else ""
    due = one.due_by(desk.calendar, promised=is_promised(desk))
    told = [
        {"label": "Who asks", "value": one.whom},
        {"label": "What they ask", "value": one.asks},
        {"label": "Came on", "value": day(one.clock.received_on)},
    ]
    told += [{"label": "About", "value": each} for each in whom(desk, one)]
    if one.answered_on and one.outcome:
        told.append({"label": "Answered", "value": f"{day(one.answered_on)}: {_OUTCOMES[one.outcome]}"})
    elif due:
        told.append({"label": "Last day" if one.sort == "complaint" else "Last day to answer", "value": day(due)})
    elif one.is_for_data:
        told.append({"label": "Last day to answer", "value": "The clock stands still."})
    links = []
    if one.is_for_data and not one.answered_on:
        links = [
            (
                "Who saw this child's record",
                f"/{urn}/looks/{one.pupil}",
                bool(child) and desk.may("read", "core.trail"),
            ),
            (
                "What is kept of this child",
                f"/{urn}/disposal/{one.pupil}",
                bool(child) and desk.may("read", "core.disposal"),
            ),
        ]
    return page(
        "requests/request.html",
        crumbs=[{"text": "Requests", "href": base(desk)}, {"text": "Request", "href": None}],
        title=SORTS[one.sort],
        tag=_stands(one),
        late=due is not None and due < desk.today,
        about=told,
        steps=[
            {"text": does, "href": f"{base(desk)}/{case}/{name}"}
            for name, does, action in _steps(desk, one)
            if desk.may(action, OWN)
        ],
        links=[{"text": text, "href": href} for text, href, shown in links if shown],
        entries=tally(desk, desk.history(case), f"/{urn}"),
    )


def _steps(desk: Desk, one: Request) -> Iterator[tuple[str, str, str]]:
    """What can be done next: its address, in words, and what one must be allowed for it."""
    for name in one.can_be_done(desk.person_id):
        if name in GATHERED and (one.subjects or name == "whom"):
            if may_know(desk, one):
                yield GATHERED[name]
        elif name in STEPS:
            yield name, STEPS[name].does, "write"


def _new_page(desk: Desk, form: Form) -> Page:
    return _RECEIVED.shown(
        form,
        crumbs=[{"text": "Requests", "href": base(desk)}, {"text": "Record a request", "href": None}],
        action=f"{base(desk)}/new",
        seen=-1,
        back_href=base(desk),
    )


def _promise_page(desk: Desk, form: Form) -> Page:
    return _PROMISED.shown(
        form,
        crumbs=[{"text": "Requests", "href": base(desk)}, {"text": "Educational records", "href": None}],
        action=f"{base(desk)}/promise",
        seen=desk.seen_for(PromiseRecords, desk.here),
        back_href=base(desk),
    )


def _open_for(desk: Desk, case: UUID, step: Step) -> Request:
    """The request, where a step can be taken by its own form; raises NotFound."""
    one = request_of(desk, case)
    if one.answered_on or (one.subjects and step.name in GATHERED):
        raise NotFound
    return one


def _step_page(desk: Desk, case: UUID, step: Step, form: Form) -> Page:
    one = _open_for(desk, case, step)
    here = f"{base(desk)}/{case}"
    return step.question.shown(
        form,
        crumbs=[{"text": "Request", "href": here}, {"text": step.does, "href": None}],
        about=SORTS[one.sort],
        action=f"{here}/{step.name}",
        seen=desk.seen_for(step.question.command, case),
        back_href=here,
    )
