"""Guards: who is asking, where, and whether they may. A route without a permission keeps the building shut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from core.desk import Desk
from core.errors import (
    Elsewhere,
    NotFound,
    NotOurForm,
    ProofNeeded,
    SignInNeeded,
    TokenRefused,
    WillNotStart,
)
from core.web.forms import Form, form_key

if TYPE_CHECKING:
    from core.building import Building
    from core.deskstore.sessions import Session

_OWN_BODIES = {"form", "call"}  # read by ourselves: a form with its token, JSON that no other site's form can send
Connection = ASGIConnection[Any, Any, Any, Any]


class Permission:
    """What a route asks for. `action` and `record` empty: only that someone is signed in."""

    def __init__(self, action: str = "", record: str = "") -> None:
        self.action = action
        self.record = record

    def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        if not self.record:
            return
        desk: Desk = connection.state.desk
        if not desk.may(self.action, self.record):
            raise desk.turned_away(self.action, self.record)


class Anyone(Permission):
    """For the few pages without sign-in; says why that is right."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class OnTheWayIn(Permission):
    """For the pages of someone whose session is not good for more yet: the second factor, proving it again."""


def may(action: str, record: str) -> Permission:
    """The person holds this action on this class for anyone here; the desk checks again for the subject."""
    return Permission(action, record)


signed_in = Permission()
on_the_way_in = OnTheWayIn()


def anyone(why: str) -> Anyone:
    return Anyone(why)


def who(connection: Connection, handler: BaseRouteHandler) -> None:
    """First of all guards: finds the session, and that a form comes from our own pages."""
    building = connection.app.state.building
    connection.state.form_key = b""
    connection.state.form = lambda: Form(connection.state.form_key, building.clock())
    if connection.scope.get("method", "GET") not in ("GET", "HEAD") and not _from_our_own_page(connection):
        raise NotOurForm
    if isinstance(permission_of(handler), Anyone):
        return
    if (header := connection.headers.get("authorization", "")) and connection.url.path.startswith("/api/"):
        _by_token(connection, header)
        return
    token = connection.cookies.get(cookie_name(building.settings.secure), "")
    settings = building.settings
    sessions = building.desk_store.sessions
    session = sessions.find(token, settings.idle_minutes * 60, settings.session_hours * 3600) if token else None
    if session is None or session.idle:
        raise SignInNeeded(idle=session is not None, person=session.person if session else None)
    person = building.person(session.person)
    if person is None or not person.signs_in:
        sessions.end(token)
        raise SignInNeeded
    if not isinstance(permission_of(handler), OnTheWayIn):
        _insist_on_proof(building, session)
    connection.state.session = session
    connection.state.person_id, connection.state.person = session.person, person
    connection.state.form_key = form_key(token)


def _by_token(connection: Connection, header: str) -> None:
    """Finds whose token a program sent; raises TokenRefused for one that is none, has run out, or is a leaver's."""
    building: Building = connection.app.state.building
    scheme, _, token = header.partition(" ")
    found = building.desk_store.tokens.find(token) if scheme.lower() == "bearer" else None
    person = building.person(found.session.person) if found else None
    if found is None or person is None or person.left_on is not None:
        raise TokenRefused(building.desk_store.tokens.was_of(token))
    session, connection.state.writes, connection.state.reach = found
    connection.state.session = session
    connection.state.person_id, connection.state.person = session.person, person


def _insist_on_proof(building: Building, session: Session) -> None:
    """Raises ProofNeeded while the session is locked, or lacks the second factor that it needs."""
    if session.locked:
        raise ProofNeeded("/sign-in/again", session.person)
    if session.strength == "waiting":
        raise ProofNeeded("/sign-in/code", session.person)
    if session.strength == "password" and building.needs_second_factor(session.person):
        raise ProofNeeded("/sign-in/set-up", session.person)


def proved(connection: Connection, _: BaseRouteHandler) -> None:
    """For dangerous acts: the page is not hidden, and the person proved who they are a quarter of an hour ago at most;
    half an hour, to send off what they began to type in time."""
    session: Session = connection.state.session
    minutes = 15 if connection.scope.get("method") in ("GET", "HEAD") else 30
    late = connection.app.state.building.clock() / 1e6 - session.proved_at > minutes * 60
    if session.locked or late:
        raise ProofNeeded("/sign-in/again", session.person)


def no_visit(connection: Connection, _: BaseRouteHandler) -> None:
    """404 for whoever is here from outside by link and code: they have no account of their own to look after."""
    if connection.state.session.visits:
        raise NotFound


def _from_our_own_page(connection: Connection) -> bool:
    """What the browser itself says of where a form came from; the token is checked besides."""
    origin = connection.headers.get("origin")
    same = origin is None or urlsplit(origin).netloc == connection.headers.get("host")
    return same and connection.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def at_academy(connection: Connection, _: BaseRouteHandler) -> None:
    """Sets the desk of one academy; 404 when it is none, or the person has nothing there."""
    found = connection.app.state.building.academy(str(connection.path_params["urn"]))
    if found is None:
        raise NotFound
    _sit_down(connection, found[0])


def at_centre(connection: Connection, _: BaseRouteHandler) -> None:
    """Sets the desk at the trust's centre; 404 for those with nothing there, but the first page leads on to theirs."""
    state, building = connection.state, connection.app.state.building
    first = building.first_page(state.person_id)
    if connection.url.path == "/" != first:
        raise Elsewhere(first)
    if connection.url.path == "/" and not building.has_centre(state.person_id):
        raise Elsewhere("/nothing-yet")
    _sit_down(connection, None)


def anywhere(connection: Connection, _: BaseRouteHandler) -> None:
    """Sets a desk where the person's work begins: for pages that are the same for all."""
    state, building = connection.state, connection.app.state.building
    found = building.academy(building.first_page(state.person_id).strip("/"))
    state.desk = Desk(building, state.person_id, state.person, found[0] if found else None, state.session.name)


def is_on(plugin: str) -> Any:
    """404 while the plugin is off at this academy: ahead of every permission."""

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if plugin not in connection.state.desk.on:
            raise NotFound

    return guard


def _sit_down(connection: Connection, academy_id: UUID | None) -> None:
    state = connection.state
    reach: frozenset[str] = getattr(state, "reach", frozenset())
    desk = Desk(connection.app.state.building, state.person_id, state.person, academy_id, state.session.name, reach)
    if not desk.permissions.grants:
        state.missed_at = desk
        raise NotFound
    state.desk = state.missed_at = desk


def cookie_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host over TLS; a plain one for a laptop without."""
    return "__Host-tallystick" if secure else "tallystick"


def permission_of(handler: BaseRouteHandler) -> Permission | None:
    guards = [getattr(guard, "func", guard) for guard in handler.resolve_guards()]
    return next((guard for guard in reversed(guards) if isinstance(guard, Permission)), None)


def handlers(app: Litestar) -> Iterable[tuple[str, HTTPRouteHandler]]:
    """Every route the application has: its path and its handler."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                yield route.path, handler


def insist_on_permissions(app: Litestar) -> None:
    """Refuses to open with a route that names no permission, or that takes a form without checking its token."""
    for path, handler in handlers(app):
        if handler.http_methods == {"OPTIONS"}:
            continue
        if permission_of(handler) is None:
            raise WillNotStart(f"The route {path} names no permission; every route must.")
        if handler.http_methods - {"GET", "HEAD"} and not _OWN_BODIES & handler.parsed_fn_signature.parameters.keys():
            raise WillNotStart(f"The route {path} changes something without reading the form's token.")
