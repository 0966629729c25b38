"""Writing a job description, and changing it: every change is another version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.ids import uuid_for
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

from ...commands import WriteDescription
from ...telling import base
from ...views import Description
from .fields import drawn, fill, read
from .pages import RECORD, found, trail


class DescriptionEditing(Controller):
    """One form for a whole description."""

    path = "/descriptions"

    @get("/new", guards=[may("write", RECORD)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The empty form."""
        return _new_page(desk, form)

    @post("/new", guards=[may("write", RECORD)])
    def write_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records the first version."""
        subject = uuid_for("recruitment.description", form.command_id)

        def act() -> str:
            desk.do(read(form, None), subject, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/descriptions/{subject}"

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/{description_id:uuid}/edit", guards=[may("write", RECORD)])
    def ask(self, description_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, filled with the last version."""
        return _page(desk, description_id, found(desk, description_id), form)

    @post("/{description_id:uuid}/edit", guards=[may("write", RECORD)])
    def change(
        self, description_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records another version; the earlier ones stay."""
        known = found(desk, description_id)

        def act() -> str:
            desk.do(read(form, known), description_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/descriptions/{description_id}"

        return form.attempt(act, lambda: _page(desk, description_id, known, form), "Another version is recorded.")


def _page(desk: Desk, description_id: UUID, known: Description, form: Form) -> Page:
    fill(form, known.now)
    here = f"{base(desk)}/descriptions/{description_id}"
    return page(
        "recruitment/description_form.html",
        crumbs=trail(desk, "Change it", description_id),
        title="Change the job description",
        says="What you record is another version. Vacancies already drafted keep the version they were drafted from.",
        fields=drawn(form),
        action=f"{here}/edit",
        token=form.token(desk.seen_for(WriteDescription, description_id)),
        form=form,
        back_href=here,
    )


def _new_page(desk: Desk, form: Form) -> Page:
    fill(form, None)
    return page(
        "recruitment/description_form.html",
        crumbs=trail(desk, "Write one"),
        title="Write a job description",
        says="Where there is a text already, import it instead: it is read into these boxes for you.",
        fields=drawn(form),
        action=f"{base(desk)}/descriptions/new",
        token=form.token(0),
        form=form,
        back_href=f"{base(desk)}/descriptions",
    )
