"""Tokens for one's own programs: made, shown once, and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

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
    """What a token is for, whether it writes, what it reaches, and how long it is good."""

    called: Annotated[str, Meta(min_length=1, max_length=80, title="what it is for")]
    may: Annotated[Literal["read", "write"], Meta(title="what it may do")]
    days: Annotated[Literal["30", "90", "365"], Meta(title="how long it is good")]
    reach: tuple[str, ...] = ()


class NewToken(NamedTuple):
    """A token that was just made, and the fact that tells of it."""

    token: str
    fact: TokenMade


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

        def done() -> Page:
            new = new_token(building, session.person, form)
            record(building, session, new.fact)
            return token_page(building, new, crumbs=_crumbs(), whose="Whoever has it acts as you", back_href="/account")

        return form.checked(lambda: asked_for(building, session.person, form), done, lambda: _new_page(building, form))

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


def asked_for(building: Building, person: UUID, form: Form) -> MakeToken:
    """What was asked for, where it can be made; raises Invalid."""
    asked = form.read(MakeToken)
    if not set(asked.reach) <= building.plugins.by_name.keys():
        form.wrong("reach", "Choose from the list.")
    if len(building.desk_store.tokens.of(person)) >= _MOST:
        form.wrong(None, f"There are {_MOST} tokens. End one that is not used any more.")
    if form.errors:
        raise Invalid
    return asked


def new_token(building: Building, person: UUID, form: Form) -> NewToken:
    """Makes the token that was asked for; raises Invalid."""
    asked = asked_for(building, person, form)
    days, writes, reach = int(asked.days), asked.may == "write", tuple(sorted(set(asked.reach)))
    token = building.desk_store.tokens.make(person, asked.called, writes=writes, seconds=days * 86400, reach=reach)
    name, until = Session(token, person).name, building.today + timedelta(days)
    return NewToken(token, TokenMade(building.today, name, writes, until, asked.called, reach))


def asking_page(building: Building, form: Form, **around: Any) -> Page:
    """The form that asks what a token is for.

    Args:
        around: crumbs, says, action, back_href.
    """
    return page(
        "signing_in/token_new.html",
        rooms=[{"value": name, "text": one.title} for name, one in building.plugins.by_name.items()],
        form=form,
        token=form.token(),
        **around,
    )


def token_page(building: Building, new: NewToken, **around: Any) -> Page:
    """The token, this once.

    Args:
        around: crumbs, whose, back_href.
    """
    fact = new.fact
    return page(
        "signing_in/token.html",
        token=new.token,
        called=fact.called,
        until=fact.until_by,
        writes=fact.writes,
        reach=[building.plugins.title(one) for one in fact.reach],
        **around,
    )


def _crumbs() -> list[dict[str, str | None]]:
    return [{"text": "Your account", "href": "/account"}, {"text": "Token", "href": None}]


def _new_page(building: Building, form: Form) -> Page:
    says = "For a program of yours. It may what you may, and what it does is recorded as yours."
    return asking_page(building, form, crumbs=_crumbs(), says=says, action="/account/tokens/new", back_href="/account")
