"""A link for whoever comes, and an end for whoever goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import RemovePerson
from core.accounts.dormant import reopen
from core.desk import Desk
from core.errors import NotFound
from core.signing_in.letters import write
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page, see_other
from core.web.routes import get, post


class Leaving(Controller):
    """A link for whoever comes, and an end for whoever goes."""

    path = "/people"

    @post("/{person_id:uuid}/invite", guards=[may("write", "core.people"), proved])
    def invite(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Mails a link to set a password, to the person alone: whoever looks after people never sees it."""
        if not desk.building.settings.smtp or desk.building.person(person_id) is None:
            raise NotFound
        reopen(desk, person_id)
        write(desk.building, person_id, desk.actor, invited=True)
        return see_other(f"/people/{person_id}", "A letter with a link is on its way to them.")

    @post("/{person_id:uuid}/reopen", guards=[may("write", "core.people"), proved])
    def open_again(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Opens an account that is shut since nobody used it for long."""
        if desk.building.person(person_id) is None:
            raise NotFound
        reopen(desk, person_id)
        return see_other(f"/people/{person_id}", "They may sign in again, and it is recorded.")

    @get("/{person_id:uuid}/left", guards=[may("write", "core.people"), proved])
    def ask_left(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Asks whether someone shall sign in no more."""
        return _left_page(desk, person_id, form)

    @post("/{person_id:uuid}/left", guards=[may("write", "core.people"), proved])
    def left(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Cuts someone off: every session, link, token and second factor of theirs, at once."""

        def act() -> str:
            desk.do(form.read(RemovePerson), person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _left_page(desk, person_id, form), "They are cut off, and it is recorded.")


def _left_page(desk: Desk, person_id: UUID, form: Form) -> Page:
    one = desk.building.person(person_id)
    if one is None or one.left_on is not None or person_id == desk.person_id:
        raise NotFound
    return page(
        "accounts/left.html",
        crumbs=[{"text": "Person", "href": f"/people/{person_id}"}, {"text": "They have left", "href": None}],
        name=one.name,
        form=form,
        token=form.token(),
        action=f"/people/{person_id}/left",
        back_href=f"/people/{person_id}",
    )
