"""Passkeys: signing in with one, adding and removing them. The only pages with a script; each has a way without."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.building import Building
from core.deskstore.passkeys import MOST
from core.deskstore.sessions import Session
from core.deskstore.throttle import Limit
from core.errors import NotFound
from core.signing_in import passkeys
from core.signing_in.facts import PasskeyAdded, PasskeyRemoved, SignInRefused
from core.signing_in.web.account import codes_page
from core.signing_in.web.second import code_page, elsewhere, set_up_with
from core.signing_in.web.ways import begun, next_of, record, safe, tell_refused, too_many
from core.web.forms import Form
from core.web.guards import no_visit, on_the_way_in, proved, signed_in
from core.web.pages import Page, page, see_other, with_script
from core.web.routes import get, post

_LONGEST = 40
_HOW = "password and passkey"
_NOT_USED = "No passkey was used. Try again, or type a code instead."
_NOT_MADE = "No passkey was made. Try again in a browser that makes them, or add an authenticator app instead."


class ByPasskey(Controller):
    """The second factor by a passkey."""

    @post("/sign-in/passkey", guards=[on_the_way_in, proved])
    def use(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes what a passkey of theirs signed."""
        session: Session = request.state.session
        if session.strength != "waiting":
            return see_other("/")
        throttle, limit = building.desk_store.throttle, Limit(f"passkey\0{session.person.hex}", 5, 900)
        if not form.text("answer"):
            form.wrong("code", _NOT_USED)
        elif not throttle.try_now(limit):
            form.wrong("code", too_many(throttle.wait(limit)) or _NOT_USED)
        elif not passkeys.proved(building, session.person, form.text("asked"), form.text("answer")):
            tell_refused(building, session.person, SignInRefused(building.today, "passkey"))
            form.wrong("code", _NOT_USED)
        if form.errors:
            shown = code_page(request, form)
            shown.status_code = 422
            return shown
        throttle.clear(limit)
        after = safe(form.text("next")) or building.first_page(session.person)
        return begun(request, building, session.person, "second", after, _HOW)

    @get("/sign-in/set-up/passkey", guards=[on_the_way_in, proved])
    def ask_set_up(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Asks for a passkey instead of an app: of whoever may read restricted records and has no second factor yet."""
        return elsewhere(building, request.state.session) or _set_up_page(request, building, form)

    @post("/sign-in/set-up/passkey", guards=[on_the_way_in, proved])
    def set_up(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Adds it, and shows the recovery codes, this once."""
        session: Session = request.state.session
        if gone := elsewhere(building, session):
            return gone
        codes, redraw = _add(building, session, form), lambda: _set_up_page(request, building, form)
        return set_up_with(request, building, form, codes, redraw, _HOW)


class Passkeys(Controller):
    """One's own passkeys."""

    guards = [no_visit]
    path = "/account/passkeys"

    @get("/new", guards=[signed_in, proved])
    def ask(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Page:
        """Asks what the passkey is called, and the browser for it."""
        return _new_page(request, building, form)

    @post("/new", guards=[signed_in, proved])
    def add(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Adds it; shows recovery codes, where there were none yet."""
        codes = _add(building, request.state.session, form)
        if codes is None:
            shown = _new_page(request, building, form)
            shown.status_code = 422
            return shown
        if not codes:
            return see_other("/account", "The passkey is added.")
        return codes_page(codes)

    @post("/{name:str}/remove", guards=[signed_in, proved])
    def remove(
        self, name: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Takes one away; with the last factor the recovery codes go, and who needs one is asked for another."""
        session: Session = request.state.session
        store = building.desk_store
        found = next((one for one in store.passkeys.of(session.person) if one.name == name), None)
        if found is None or not store.passkeys.remove(session.person, name):
            raise NotFound
        record(building, session, PasskeyRemoved(building.today, found.called))
        store.sessions.end_all(session.person, but=session.token)
        if store.has_second_factor(session.person):
            return see_other("/account", "That passkey opens nothing any more.")
        store.forget_factors(session.person)
        return begun(request, building, session.person, "password", "/account")


def _add(building: Building, session: Session, form: Form) -> list[str] | None:
    """Adds what the browser made: the recovery codes, [] where there are some already; None where it made nothing, and
    then the form says so."""
    store, called = building.desk_store, form.text("called")
    if not 0 < len(called) <= _LONGEST:
        form.wrong("called", f"Say which one it is, in {_LONGEST} characters at most.")
        return None
    if len(store.passkeys.of(session.person)) >= MOST:
        form.wrong("called", f"You have {MOST} passkeys already. Take one away first.")
        return None
    made = passkeys.added(building, session.person, form.text("asked"), form.text("answer"))
    if not made or not store.passkeys.add(session.person, made.credential_id, made.credential, called, made.counter):
        form.wrong("called", _NOT_MADE)
        return None
    store.sessions.end_all(session.person, but=session.token)
    record(building, session, PasskeyAdded(building.today, called))
    return [] if store.factors.codes_left(session.person) else store.factors.new_codes(session.person)


def _new_page(request: Request[Any, Any, Any], building: Building, form: Form) -> Page:
    crumbs: list[dict[str, str | None]] = [
        {"text": "Your account", "href": "/account"},
        {"text": "Passkey", "href": None},
    ]
    return _page(request, building, form, "/account/passkeys/new", crumbs, "/account/app")


def _set_up_page(request: Request[Any, Any, Any], building: Building, form: Form) -> Page:
    return _page(request, building, form, "/sign-in/set-up/passkey", [], "/sign-in/set-up")


def _page(
    request: Request[Any, Any, Any],
    building: Building,
    form: Form,
    action: str,
    crumbs: list[dict[str, str | None]],
    instead: str,
) -> Page:
    """Raises NotFound where browsers make no passkeys for our address."""
    if not passkeys.offered(building.settings):
        raise NotFound
    options, asked = passkeys.to_add(building, request.state.session.person)
    return with_script(
        page(
            "signing_in/passkey.html",
            crumbs=crumbs,
            form=form,
            token=form.token(),
            keep=[*next_of(request, form), {"name": "asked", "value": asked}, {"name": "answer", "value": ""}],
            action=action,
            options=options,
            instead_href=instead,
        )
    )
