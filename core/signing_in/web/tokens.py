"""Tokens for one's own programs: made, shown once, and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from core.building import Building
from core.command import Command
from core.deskstore.sessions import Session
from core.errors import NotFound
from core.signing_in.facts import TokenEnded, TokenMade
from core.signing_in.web.ways import record
from core.web.forms import Form, Invalid
from core.web.guards import no_visit, proved, signed_in
from core.web.pages import Page, page, see_other
from core.web.routes import get, post

_MOST = 20


class MakeToken(Command, frozen=True):
    """What a token is for, whether it writes, and how long it is good."""

    called: Annotated[str, Meta(min_length=1, max_length=80, title="what it is for")]
    may: Annotated[Literal["read", "write"], Meta(title="what it may do")]
    days: Annotated[Literal["30", "90", "365"], Meta(title="how long it is good")]
    reach: tuple[str, ...] = ()


class TokenPages(Controller):
    """Tokens for one's own programs."""

    guards = [no_visit]
    path = "/account/tokens"

    @get("/new", guards=[signed_in, proved])
    def ask(self, building: NamedDependency[Building], form: NamedDependency[Form]) -> Page:
        """Asks what a token is for."""
        return _new_page(building, form)

    @post("/new", guards=[signed_in, proved])
    def make(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Makes a token and shows it, this once. It may what its person may, and no more."""
        session: Session = request.state.session
        tokens = building.desk_store.tokens
        try:
            made = form.read(MakeToken)
            if not set(made.reach) <= building.plugins.by_name.keys():
                form.wrong("reach", "Choose from the list.")
            if len(tokens.of(session.person)) >= _MOST:
                form.wrong(None, f"You have {_MOST} tokens. End one that is not used any more.")
            if form.errors:
                raise Invalid
        except Invalid:
            shown = _new_page(building, form)
            shown.status_code = 422
            return shown
        days, writes, called = int(made.days), made.may == "write", made.called
        token = tokens.make(session.person, called, writes=writes, seconds=days * 86400, reach=made.reach)
        name, until = Session(token, session.person).name, building.today + timedelta(days)
        record(building, session, TokenMade(building.today, name, writes, until, called, made.reach))
        return page(
            "signing_in/token.html",
            crumbs=_crumbs(),
            token=token,
            called=called,
            days=days,
            writes=writes,
            reach=[building.plugins.title(one) for one in made.reach],
        )

    @post("/{name:str}/end", guards=[signed_in])
    def end(
        self,
        name: FromPath[str],
        request: Request[Any, Any, Any],
        building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Ends one of one's tokens: the program that has it is turned away from now on."""
        session: Session = request.state.session
        if not building.desk_store.tokens.end(session.person, name):
            raise NotFound
        record(building, session, TokenEnded(building.today, name))
        return see_other("/account", "That token has ended.")


def _crumbs() -> list[dict[str, str | None]]:
    return [{"text": "Your account", "href": "/account"}, {"text": "Token", "href": None}]


def _new_page(building: Building, form: Form) -> Page:
    return page(
        "signing_in/token_new.html",
        crumbs=_crumbs(),
        rooms=[{"value": name, "text": one.title} for name, one in building.plugins.by_name.items()],
        form=form,
        token=form.token(),
        action="/account/tokens/new",
    )
