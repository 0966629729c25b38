"""A person's history, and taking back an entry of it that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.command import Answer, Withdraw
from core.desk import Desk
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.web.timeline import form_for, form_of, tally
from events import Event, Withdrawn

from ...telling import base
from ...views import person
from .opening import ENGAGEMENT, crumbs, home, known_person

WITHDRAW = Question(
    Withdraw,
    "Withdraw an entry",
    (Ask("reason", "Why was it wrong?", "words", "They, inspectors and colleagues may read this."),),
    "Withdraw it",
    "Nothing is rubbed out. Views leave the entry out from now on; history shows it, with your reason and your name.",
)


ANSWER = Question(
    Answer,
    "Record the right one",
    (Ask("reason", "Why was it wrong?", "words", "They, inspectors and colleagues may read this."),),
    "Go on",
    "The form it is recorded with comes next: what you record there takes its place, and history shows both. Nothing "
    "is recorded yet.",
)


class PersonHistory(Controller):
    """What was recorded wrong of a person: taken back, or answered by the right one."""

    path = "/people/{person_uid:uuid}/entries/{entry:uuid}"

    @get("/withdraw", guards=[may("read", ENGAGEMENT)])
    def ask(
        self,
        person_uid: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """Asks why an entry is taken back."""
        return _page(desk, person_uid, entry, form, WITHDRAW)

    @post("/withdraw", guards=[may("read", ENGAGEMENT)])
    def withdraw(
        self,
        person_uid: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes an entry back; history shows both."""

        def act() -> str:
            desk.withdraw(_entry(desk, person_uid, entry), WITHDRAW.read(form).reason, form.command_id)
            here = desk.see(person, person_uid) is not None  # not when it was the name that was wrong
            return home(desk, person_uid) if here else f"{base(desk)}/record"

        redraw = lambda: _page(desk, person_uid, entry, form, WITHDRAW)  # noqa: E731
        return form.attempt(act, redraw, "Withdrawn. History shows both.")

    @get("/answer", guards=[may("read", ENGAGEMENT)])
    def ask_answer(
        self,
        person_uid: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """Asks why an entry is wrong, before the right one is recorded."""
        form_for(desk, _entry(desk, person_uid, entry))
        return _page(desk, person_uid, entry, form, ANSWER)

    @post("/answer", guards=[may("read", ENGAGEMENT)])
    def answer(
        self,
        person_uid: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Goes on to the form where the right one is recorded; nothing is recorded by this."""

        def act() -> str:
            event = _entry(desk, person_uid, entry)
            return f"{form_for(desk, event)}?answers={desk.carried(event, ANSWER.read(form).reason)}"

        return form.attempt(act, lambda: _page(desk, person_uid, entry, form, ANSWER))


def entries(desk: Desk, subject: UUID, events: Sequence[Event]) -> list[dict[str, Any]]:
    """For `ui.tally`: the events, each with the page that takes it back, for whoever may."""
    gone = {event.fact.event for event in events if isinstance(event.fact, Withdrawn)}
    told = [event for event in events if not isinstance(event.fact, Withdrawn)]
    drawn = tally(desk, events, f"/{desk.academy.urn}" if desk.academy else "")
    return [
        line
        | {
            "take_back": f"{home(desk, subject)}/entries/{event.event_id}/withdraw"
            if event.event_id not in gone and desk.may("write", event.record, subject)
            else None
        }
        for line, event in zip(drawn, told, strict=True)
    ]


def _entry(desk: Desk, subject: UUID, entry: UUID) -> Event:
    """An entry of theirs that this person may take back."""
    known_person(desk, subject)
    event = desk.entry(subject, entry)
    if not desk.may("write", event.record, subject):
        raise desk.turned_away("write", event.record)
    return event


def _page(desk: Desk, subject: UUID, entry: UUID, form: Form, question: Question) -> Page:
    event = _entry(desk, subject, entry)
    desk.opened(subject, [event.record])
    here = f"{home(desk, subject)}/entries/{entry}"
    may_answer = question is WITHDRAW and form_of(desk, event) is not None
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=known_person(desk, subject).full_name,
        now=[{"label": "Entry", "value": desk.sentence(event)}],
        links=[{"text": "Record the right one instead", "href": f"{here}/answer"}] if may_answer else [],
        action=f"{here}/{'withdraw' if question is WITHDRAW else 'answer'}",
        seen=-1,
        back_href=home(desk, subject),
    )
