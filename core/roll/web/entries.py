"""One entry of a pupil's, found wrong: taken back, or answered by the right one where its plugin records it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.command import Answer, Withdraw
from core.desk import Desk
from core.errors import NotFound
from core.roll.views import pupil
from core.roll.web.pupils import lede
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.web.timeline import form_for, form_of
from events import Event


class Entries(Controller):
    """What is wrong is answered, never changed."""

    path = "/pupils/{pupil_id:uuid}/entries/{entry:uuid}"

    @get("/withdraw", guards=[may("read", "core.identity")])
    def ask_withdraw(
        self,
        pupil_id: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """Asks why an entry is taken back."""
        return _page(desk, pupil_id, entry, form, answered=False)

    @post("/withdraw", guards=[may("read", "core.identity")])
    def withdraw(
        self,
        pupil_id: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes an entry back; history shows both."""

        def act() -> str:
            desk.withdraw(_entry(desk, pupil_id, entry), form.read(Withdraw).reason, form.command_id)
            here = desk.see(pupil, pupil_id) is not None  # not when it was the enrolment that was wrong
            return f"{_base(desk)}/pupils/{pupil_id}" if here else f"{_base(desk)}/pupils"

        redraw = lambda: _page(desk, pupil_id, entry, form, answered=False)  # noqa: E731
        return form.attempt(act, redraw, "Withdrawn. History shows both.")

    @get("/answer", guards=[may("read", "core.identity")])
    def ask_answer(
        self,
        pupil_id: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """Asks why an entry is wrong, before the right one is recorded."""
        return _page(desk, pupil_id, entry, form, answered=True)

    @post("/answer", guards=[may("read", "core.identity")])
    def answer(
        self,
        pupil_id: FromPath[UUID],
        entry: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Goes on to the form where the right one is recorded; nothing is recorded by this."""

        def act() -> str:
            event = _entry(desk, pupil_id, entry)
            carried = desk.carried(event, form.read(Answer).reason)
            return f"{form_for(desk, event)}?answers={carried}"

        return form.attempt(act, lambda: _page(desk, pupil_id, entry, form, answered=True))


def _base(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""


def _entry(desk: Desk, pupil_id: UUID, entry: UUID) -> Event:
    """An entry of a pupil that this person may take back; what happened to the academy itself is not."""
    if desk.see(pupil, pupil_id) is None:
        raise NotFound
    event = desk.entry(pupil_id, entry)
    if not desk.may("write", event.record, pupil_id):
        raise desk.turned_away("write", event.record)
    return event


def _page(desk: Desk, pupil_id: UUID, entry: UUID, form: Form, *, answered: bool) -> Page:
    event = _entry(desk, pupil_id, entry)
    found = form_for(desk, event) if answered else form_of(desk, event)
    desk.opened(pupil_id, ["core.identity", event.record])
    who = desk.see(pupil, pupil_id)
    base = f"{_base(desk)}/pupils/{pupil_id}"
    return page(
        "roll/answer.html" if answered else "roll/withdraw.html",
        crumbs=[
            {"text": "Pupil", "href": base},
            {"text": "Record the right one" if answered else "Withdraw an entry", "href": None},
        ],
        pupil={"name": who.full_name if who else "", "about": lede(who) if who else ""},
        words=desk.sentence(event),
        form=form,
        token=form.token(),
        action=f"{base}/entries/{entry}/{'answer' if answered else 'withdraw'}",
        answer_href=f"{base}/entries/{entry}/answer" if found else None,
        back_href=base,
    )
