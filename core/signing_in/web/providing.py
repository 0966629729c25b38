"""Signing in by the trust's directory: there, and back again."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.facts import PersonAdded
from core.building import Building
from core.deskstore.sessions import Strength
from core.errors import NotFound
from core.ids import uuid7
from core.signing_in.facts import IdentityLinked
from core.signing_in.oidc import Claims, Client, NotBelieved, Underway, begin
from core.signing_in.web.arriving import sign_in_page
from core.signing_in.web.ways import begun, safe, then
from core.web.forms import Form
from core.web.guards import anyone
from core.web.routes import get
from events import Actor, Fact, New

_COOKIE, _PATH = "tallystick-underway", "/sign-in/with"
_SECONDS = 600
_LONGEST = 4000
_log = structlog.get_logger()


class ByProvider(Controller):
    """Signing in by the trust's directory."""

    path = _PATH

    @get("/{key:str}", guards=[anyone("nobody is signed in yet")])
    def go(
        self, key: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Goes to the provider; what must come back from it waits in a sealed cookie."""
        client = _client(building, key)
        again = "again" in request.query_params
        after = safe(request.query_params.get("next", ""))
        underway = begin(key, after, int(building.clock() / 1e6), again=again)
        try:
            address = client.address(underway)
        except NotBelieved as error:
            return _refused(request, building, form, key, str(error))
        answer: Response[Any] = Response(None, status_code=303, headers={"Location": address})
        sealed = building.desk_store.seal_words(_COOKIE, msgspec.json.encode(underway).decode())
        answer.set_cookie(
            key=_COOKIE, value=sealed, path=_PATH, httponly=True, samesite="lax", secure=building.settings.secure,
            max_age=_SECONDS,
        )  # fmt: skip
        return answer

    @get("/{key:str}/back", guards=[anyone("nobody is signed in yet")])
    def back(
        self, key: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Takes the provider's word for who somebody is, once every part of it is checked."""
        client, now = _client(building, key), int(building.clock() / 1e6)
        underway = _underway(request, building)
        told = request.query_params
        try:
            if underway is None or underway.provider != key or now - underway.began_at > _SECONDS:
                raise NotBelieved("nobody was on the way there, or for too long")
            if not secrets.compare_digest(told.get("state", "").encode(), underway.state.encode()):
                raise NotBelieved("the state is another")
            if told.get("iss", client.provider.issued_by) != client.provider.issued_by:
                raise NotBelieved("the answer is of another issuer")
            if not told.get("code") or len(told["code"]) > _LONGEST:
                raise NotBelieved("the answer has no code")
            claims = client.claims(underway, told["code"], now)
            person = _person(building, client, claims)
        except NotBelieved as error:
            return _refused(request, building, form, key, str(error))
        has_factor = building.desk_store.has_second_factor(person)
        strength: Strength = "second" if claims.second_factor else "waiting" if has_factor else "password"
        after = underway.after or building.first_page(person)
        address = f"/sign-in/code{then(after)}" if strength == "waiting" else after
        answer = begun(request, building, person, strength, address, client.provider.title)
        answer.delete_cookie(_COOKIE, path=_PATH)
        return answer


def _client(building: Building, key: str) -> Client:
    """The provider of this key; raises NotFound."""
    provider = next((one for one in building.settings.providers if one.key == key), None)
    if provider is None:
        raise NotFound

    def made() -> Client:
        return Client(provider, f"{building.settings.origin}{_PATH}/{key}/back")

    return building.kept(("provider", key), (), made)


def _underway(request: Request[Any, Any, Any], building: Building) -> Underway | None:
    try:
        sealed = request.cookies.get(_COOKIE, "")
        return msgspec.json.decode(building.desk_store.open_words(_COOKIE, sealed), type=Underway)
    except msgspec.MsgspecError:
        return None


def _person(building: Building, client: Client, claims: Claims) -> UUID:
    """Whose account it is: linked before, known by this address, or met for the first time, who then sees nothing.

    Raises:
        NotBelieved: They have left, or another signs in with the same account at this very moment.
    """
    store, account = building.desk_store, (claims.issuer, claims.subject)
    known = store.identities.whose(*account)
    if known is None:
        facts: list[Fact] = [IdentityLinked(building.today, client.provider.title)]
        if found := building.person_by_email(claims.email):
            known, command_id = found[0], uuid7(building.clock())
            if not found[1].signs_in:
                raise NotBelieved("they have left, or it is a program")
        else:  # of the same account always the same ids: two at once, or again after a crash, meet one person
            known, command_id = store.new_id("provider", *account), store.new_id("provider", *account, "added")
            facts.insert(0, PersonAdded(claims.name[:200] or claims.email, claims.email, building.today))
        news = [New(known, fact) for fact in facts]
        building.trust.append(news, command_id=command_id, actor=Actor(known, client.provider.title, ""))
        store.identities.link(*account, known)
        if store.identities.whose(*account) != known:
            raise NotBelieved("another links the same account")
    person = building.person(known)
    if person is None or not person.signs_in:
        raise NotBelieved("they have left, or it is a program")
    return known


def _refused(request: Request[Any, Any, Any], building: Building, form: Form, key: str, why: str) -> Response[Any]:
    """The sign-in page again; why, for the operator alone, in the program's log."""
    _log.warning("sign_in_refused", provider=key, why=why)
    form.wrong(
        None, "That account could not be checked, so nobody was signed in. Try again, or ask whoever runs Tallystick."
    )
    shown = sign_in_page(request, form)
    shown.status_code = 403
    shown.delete_cookie(_COOKIE, path=_PATH)
    return shown
