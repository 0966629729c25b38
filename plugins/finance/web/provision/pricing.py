"""The form that prices a line of provision, for the first time or again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.ids import uuid_for
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ...commands import PriceProvision
from ...facts import ProvisionPriced
from ...telling import base
from ...views import Budgets, authority_on, budgets
from ..budget_words import crumbs
from .showing import AREAS, PROVISION, line_of, posts_of

_PRICE = Question(
    PriceProvision,
    "Price provision",
    (
        Ask("name", "What is the help called?", hint="Name no pupil, such as Talk group, Year 3."),
        Ask("area", "Which area of need is it for?", "select"),
        Ask("post", "Who gives it?", "select", "A post that was costed."),
        Ask("group", "How many pupils together?", "number"),
        Ask("weekly", "Sessions a week", "number"),
        Ask("minutes", "Minutes of one session", "number"),
        Ask("preparation_minutes", "Minutes to prepare one session", "number"),
        Ask("weeks", "Weeks", "number"),
        Ask("bought_pence", "What is bought for it", "money", "Equipment, or the whole of it where it is bought in."),
        Ask("authority", "Which authority's rate stands beside it?", "select"),
        Ask("from_on", "First day", "date"),
        Ask("until_by", "Last day", "date"),
    ),
    record="Price it",
    says="It is priced as posts cost today. What all pupils get is left out.",
)
_AREAS: Options = [{"value": "", "text": "Choose"}, *({"value": key, "text": text} for key, text in AREAS.items())]
_BOUGHT: Options = [{"value": "", "text": "Nobody: it is bought in"}]
_NO_RATE: Options = [{"value": "", "text": "None"}]


class Pricing(Controller):
    """Forms that price provision."""

    path = "/provision"

    @get("/new", guards=[may("write", PROVISION)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a new line."""
        return _page(desk, None, form.fill(group="1", weekly="1"))

    @post("/new", guards=[may("write", PROVISION)])
    def price(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Prices it."""

        def act() -> str:
            line = uuid_for(form.command_id, "begins")
            desk.do(_PRICE.read(form), line, command_id=form.command_id)
            return f"{base(desk)}/provision/{line}"

        return form.attempt(act, lambda: _page(desk, None, form), "Priced. Say who is in it.")

    @get("/{line_id:uuid}/price", guards=[may("write", PROVISION)])
    def ask_again(self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form with the line as it was priced last."""
        return _page(desk, line_id, _fill(form, line_of(desk, line_id)))

    @post("/{line_id:uuid}/price", guards=[may("write", PROVISION)])
    def price_again(
        self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Replaces the price."""
        line_of(desk, line_id)

        def act() -> str:
            desk.do(_PRICE.read(form), line_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/provision/{line_id}"

        return form.attempt(act, lambda: _page(desk, line_id, form), "Priced again. Share it again.")


def _fill(form: Form, one: ProvisionPriced) -> Form:
    numbers = ("group", "weekly", "minutes", "preparation_minutes", "weeks")
    return form.fill(
        name=one.name,
        area=one.area,
        post=str(one.post) if one.post else "",
        bought_pence=pounds(one.bought_pence) if one.bought_pence else "",
        from_on=one.from_on,
        until_by=one.until_by,
        **{name: str(getattr(one, name)) for name in numbers},
    )


def _rated(desk: Desk) -> list[str]:
    """Authorities with a rate of their own: they are told to whoever prices, what else is in the budget is not."""
    known = desk.log.see(budgets, desk.here) or Budgets()
    settings = {name: authority_on(known, name, desk.today) for name in sorted(known.authorities)}
    return [name for name, one in settings.items() if one and one.hour_pence is not None]


def _page(desk: Desk, line_id: UUID | None, form: Form) -> Page:
    rated, posts, here = _rated(desk), posts_of(desk), f"{base(desk)}/provision"
    if len(rated) == 1:
        form.fill(authority=rated[0])
    trail = [("Provision", "provision")]
    if line_id:
        trail.append((line_of(desk, line_id).name, f"provision/{line_id}"))
    return _PRICE.shown(
        form,
        crumbs=crumbs(desk, _PRICE.title, *trail),
        notes=[] if posts else ["No post is costed yet. Have the posts costed first, or price what is bought in."],
        action=f"{here}/{line_id}/price" if line_id else f"{here}/new",
        seen=desk.seen_for(PriceProvision, line_id) if line_id else -1,
        back_href=f"{here}/{line_id}" if line_id else here,
        options={
            "area": _AREAS,
            "post": [*_BOUGHT, *({"value": str(key), "text": title} for key, title in posts.items())],
            "authority": [*_NO_RATE, *({"value": name, "text": name} for name in rated)],
        },
    )
