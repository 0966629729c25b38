"""Letting a colleague stand in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.lending import lend, lent, mine, take_back
from core.accounts.web.granting import named_in
from core.desk import Desk
from core.roll.views import pupil
from core.web.forms import Form, Invalid
from core.web.guards import may, proved
from core.web.pages import Page, page, see_other
from core.web.routes import get, post


class Lending(Controller):
    """What one lends to a colleague."""

    path = "/lend"

    @get("/", guards=[may("lend", "core.running"), proved])
    def show(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What is lent, and the form that lends."""
        return _lend_page(desk, form)

    @post("/", guards=[may("lend", "core.running"), proved])
    def lend(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Lends what was ticked."""

        def act() -> str:
            ticked, writes = form.fields.get("records", []), form.text("writes") == "yes"
            pupils = named_in(desk, form, (desk.here,))
            if form.errors:
                raise Invalid
            until, purpose = form.day("until_by"), form.text("purpose")
            lend(desk, form.text("email"), ticked, pupils, until, purpose, form.command_id, writes=writes)
            return f"/{_urn(desk)}/lend"

        return form.attempt(act, lambda: _lend_page(desk, form), "Lent, and recorded. You stay answerable for it.")

    @post("/{grant:uuid}/back", guards=[may("lend", "core.running"), proved])
    def back(self, grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Takes it back, from today."""
        take_back(desk, grant, form.command_id)
        return see_other(f"/{_urn(desk)}/lend", "Taken back, and recorded.")


def _urn(desk: Desk) -> str:
    return desk.academy.urn if desk.academy else ""


def _lend_page(desk: Desk, form: Form) -> Page:
    titles = desk.building.plugins.titles
    here, own, known = f"/{_urn(desk)}", mine(desk), desk.see_all(pupil)
    return page(
        "accounts/lend.html",
        crumbs=[{"text": "What needs doing", "href": here}, {"text": "Stand-ins", "href": None}],
        rows=[
            {
                "who": desk.name_of(who),
                "what": [titles.get(record, record) for record in one.allows if record in own],
                "writes": any("write" in actions for actions in one.allows.values()),
                "whom": [known[key].full_name for key in one.named if key in known] or ["everyone you have it for"],
                "until": one.until_by,
                "why": one.purpose,
                "back_href": f"{here}/lend/{one.grant}/back",
            }
            for who, one in lent(desk)
        ],
        records=[{"value": record, "text": titles.get(record, record)} for record in own],
        form=form,
        token=form.token(),
        action=f"{here}/lend",
        back_href=here,
    )
