"""Who is helped by a line of provision: chosen from a year, from the register, and of those who are in it already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import UNSAID
from core.desk import Desk
from core.roll.views import Pupil, year_order
from core.roll.views import pupil as roll_pupil
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

from ...commands import ShareCost
from ...telling import SupportSeen, base
from ..budget_words import crumbs
from .showing import PUPIL, line_of, line_told, posts_of, shares

_REGISTER = "register"


class Sharing(Controller):
    """Who is in a line."""

    path = "/provision/{line_id:uuid}/share"

    @get("/", guards=[may("write", PUPIL)])
    def ask(
        self,
        line_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The pupils of the year the address names, or those on the register; those in it already, ticked."""
        form.fields.setdefault("pupils", [str(key) for key in shares(desk).get(line_id, {})])
        return _page(desk, line_id, form, request.query_params.get("from", ""))

    @post("/", guards=[may("write", PUPIL)])
    def share(
        self,
        line_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Shares the cost among them; whoever is not ticked has no part any more."""
        line_of(desk, line_id)

        def act() -> str:
            desk.do(form.read(ShareCost), line_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/provision/{line_id}"

        return form.attempt(act, lambda: _page(desk, line_id, form, request.query_params.get("from", "")), "Shared.")


def _page(desk: Desk, line_id: UUID, form: Form, asked: str) -> Page:
    one, here = line_of(desk, line_id), f"{base(desk)}/provision/{line_id}"
    everyone = desk.see_all(roll_pupil)
    on_roll = {key: who for key, who in everyone.items() if who.is_on_roll(desk.today)}
    years, supported = sorted({who.year for who in on_roll.values()}, key=year_order), _supported(desk, on_roll)
    sets = {_REGISTER: "On the register"} if supported else {}
    sets |= {year: f"Year {year}" for year in years}
    chosen = asked if asked in sets else next(iter(sets), "")
    listed = supported if chosen == _REGISTER else {key for key, who in on_roll.items() if who.year == chosen}
    ticked = {*form.fields.get("pupils", ()), *map(str, shares(desk).get(line_id, {}))}
    return page(
        "finance/provision_share.html",
        crumbs=crumbs(desk, "Who is in it", ("Provision", "provision"), (one.name, f"provision/{line_id}")),
        line=line_told(one, posts_of(desk)),
        sets=[
            {"text": text, "href": f"{here}/share?from={key}", "current": key == chosen} for key, text in sets.items()
        ],
        options=_options({key: who for key, who in everyone.items() if key in listed or str(key) in ticked}),
        action=f"{here}/share?from={chosen}",
        token=form.token(desk.seen_for(ShareCost, line_id)),
        form=form,
        back_href=here,
    )


def _supported(desk: Desk, on_roll: Mapping[UUID, Pupil]) -> set[UUID]:
    """Whom the register has with support; nobody where it says nothing."""
    said = {key: desk.ask("register.support", key, SupportSeen) for key in on_roll}
    return {key for key, one in said.items() if one is not UNSAID and one.value and one.value.provision != "N"}


def _options(offered: Mapping[UUID, Pupil]) -> list[dict[str, str]]:
    told = sorted(offered.items(), key=lambda one: (year_order(one[1].year), one[1].name.casefold()))
    return [{"value": str(key), "text": who.name, "hint": f"Year {who.year}"} for key, who in told]
