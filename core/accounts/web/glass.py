"""Opening what a role hides of one pupil."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.glass import break_glass, broken, hidden
from core.accounts.rules import terms
from core.desk import Desk
from core.errors import NotFound
from core.roll.views import pupil
from core.web.forms import Form, Invalid
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import moment


class Glass(Controller):
    """Breaking glass, and who did."""

    @get("/pupils/{pupil_id:uuid}/glass", guards=[may("break", "core.identity"), proved])
    def ask(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Asks which record, and why it cannot wait."""
        return _glass_page(desk, pupil_id, form)

    @post("/pupils/{pupil_id:uuid}/glass", guards=[may("break", "core.identity"), proved])
    def open(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Opens it for a while, and tells who must know."""

        if desk.see(pupil, pupil_id) is None:
            raise NotFound

        def act() -> str:
            sent_again = desk.building.trust.find_command(form.command_id, 1)
            if not sent_again and form.text("record") not in {one.name for one in hidden(desk, pupil_id)}:
                form.wrong("record", "Choose what you need to open.")
                raise Invalid
            break_glass(desk, pupil_id, form.text("record"), form.text("reason"), form.command_id)
            return f"/{_urn(desk)}/pupils/{pupil_id}"

        done = f"It is open to you for {terms(desk.today).glass} hours. Whoever must know can see that, and why."
        return form.attempt(act, lambda: _glass_page(desk, pupil_id, form), done)

    @get("/glass", guards=[may("read", "core.identity")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every time glass was broken here, for whoever must know."""
        titles = desk.building.plugins.titles
        known, now = desk.see_all(pupil), desk.building.now
        rows = [
            {
                "who": desk.name_of(who),
                "on": one.from_on,
                "until": moment(one.until_at) if one.until_at else "",
                "open": one.runs(now),
                "what": [titles.get(record, record) for record in one.allows],
                "whom": [known[key].full_name if key in known else "a pupil" for key in one.named],
                "why": one.purpose,
            }
            for who, one in broken(desk)
        ]
        return page(
            "accounts/glass_broken.html",
            crumbs=[{"text": "What needs doing", "href": f"/{_urn(desk)}"}, {"text": "Glass broken", "href": None}],
            rows=rows,
        )


def _urn(desk: Desk) -> str:
    return desk.academy.urn if desk.academy else ""


def _glass_page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    child = desk.see(pupil, pupil_id)
    if child is None or not (offered := hidden(desk, pupil_id)):
        raise NotFound
    back = f"/{_urn(desk)}/pupils/{pupil_id}"
    return page(
        "accounts/glass.html",
        crumbs=[{"text": "Pupil", "href": back}, {"text": "Break glass", "href": None}],
        name=child.full_name,
        hours=terms(desk.today).glass,
        records=[{"value": one.name, "text": one.title} for one in offered],
        form=form,
        token=form.token(),
        action=f"{back}/glass",
        back_href=back,
    )
