"""Who is close to a pupil, and so opens nothing of theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import EndConflict, NameConflict
from core.desk import Desk
from core.errors import NotFound
from core.roll.views import pupil, with_upn
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day


class Conflicts(Controller):
    """Who is close to a pupil."""

    path = "/people"

    @get("/{person_id:uuid}/conflict", guards=[may("write", "core.people"), proved])
    def ask_conflict(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Asks for the pupil somebody is close to."""
        return _conflict_page(desk, person_id, form)

    @post("/{person_id:uuid}/conflict", guards=[may("write", "core.people"), proved])
    def conflict(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Keeps somebody from the record of a pupil close to them, whatever was granted."""

        def act() -> str:
            found = _pupil(desk, form.text("academy"), form.text("upn"))
            if found is None:
                form.wrong("upn", "There is no pupil with this UPN at this academy.")
            command = form.read(NameConflict, pupil=found or person_id)
            desk.do(command, person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _conflict_page(desk, person_id, form), "Recorded. It beats every grant.")

    @get("/{person_id:uuid}/conflict/{pupil_id:uuid}/end", guards=[may("write", "core.people"), proved])
    def ask_conflict_end(
        self, person_id: FromPath[UUID], pupil_id: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """Asks why it is over."""
        return _conflict_end_page(desk, person_id, pupil_id, form)

    @post("/{person_id:uuid}/conflict/{pupil_id:uuid}/end", guards=[may("write", "core.people"), proved])
    def conflict_end(
        self, person_id: FromPath[UUID], pupil_id: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Lets their grants count for this pupil again."""

        def act() -> str:
            desk.do(form.read(EndConflict, pupil=pupil_id), person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        redraw = lambda: _conflict_end_page(desk, person_id, pupil_id, form)  # noqa: E731
        return form.attempt(act, redraw, "Recorded. Their grants count for this pupil again.")


def _pupil(desk: Desk, academy: str, upn: str) -> UUID | None:
    """The pupil with a UPN at an academy; whoever looks after people need not see who it is."""
    there = next((one for key, one in desk.academies.items() if str(key) == academy), None)
    if there is None:
        return None
    return with_upn(desk.building.academy_log(there).see_all(pupil), upn)


def _conflict_page(desk: Desk, person_id: UUID, form: Form) -> Page:
    one = desk.building.person(person_id)
    if one is None or one.left_on is not None:
        raise NotFound
    return page(
        "accounts/conflict.html",
        crumbs=[{"text": "Person", "href": f"/people/{person_id}"}, {"text": "Close to a pupil", "href": None}],
        name=one.name,
        academies=[{"value": str(key), "text": academy.name} for key, academy in desk.academies.items()],
        form=form,
        token=form.token(),
        action=f"/people/{person_id}/conflict",
        back_href=f"/people/{person_id}",
    )


def _conflict_end_page(desk: Desk, person_id: UUID, pupil_id: UUID, form: Form) -> Page:
    one, since = desk.building.person(person_id), desk.building.conflicts(person_id).get(pupil_id)
    if one is None or since is None:
        raise NotFound
    return page(
        "accounts/end.html",
        title="End what keeps them from a record",
        crumbs=[{"text": "Person", "href": f"/people/{person_id}"}, {"text": "No longer close", "href": None}],
        name=one.name,
        words=f"Opens nothing of one pupil since {day(since)}.",
        after="From today their grants count for this pupil again. That it stood stays in the trail.",
        form=form,
        token=form.token(),
        action=f"/people/{person_id}/conflict/{pupil_id}/end",
        back_href=f"/people/{person_id}",
    )
