"""The page that brings a pupil's record from another academy of the trust."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.bringing import bring, waiting
from core.roll.views import pupil
from core.roll.web.child import about, child, crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted


class Bringing(Controller):
    """What another academy holds of a pupil who came from there."""

    path = "/pupils/{pupil_id:uuid}/bring"

    @get(guards=[may("read", "core.identity")])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What there is to bring, from where."""
        return _page(desk, pupil_id, form)

    @post("/{academy_id:uuid}", guards=[may("read", "core.identity")])
    def bring(
        self,
        pupil_id: FromPath[UUID],
        academy_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records here what stands there."""
        if desk.see(pupil, pupil_id) is None or academy_id not in desk.academies or academy_id == desk.here:
            raise NotFound

        def act() -> str:
            bring(desk, pupil_id, academy_id, form.command_id)
            return f"/{desk.academy.urn if desk.academy else ''}/pupils/{pupil_id}"

        return form.attempt(act, lambda: _page(desk, pupil_id, form), "The record is here, with its first dates.")


def _page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    who = child(desk, pupil_id)
    here = f"/{desk.academy.urn if desk.academy else ''}/pupils/{pupil_id}"
    return page(
        "roll/bring.html",
        crumbs=crumbs(desk, [("Pupils", "pupils"), ("Pupil", f"pupils/{pupil_id}")], "Bring a record here"),
        whom=about(who),
        waiting=[
            {
                "academy": one.academy,
                "rows": [
                    {"label": title, "value": counted(count, "entry", "entries")}
                    for title, count in one.classes.items()
                ],
                "action": f"{here}/bring/{one.academy_id}",
            }
            for one in waiting(desk, pupil_id)
        ],
        token=form.token(),
        form=form,
        back_href=here,
    )
