"""The second factor: asked for, and set up by whoever must have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pyotp
import segno
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from markupsafe import Markup

from core.building import Building
from core.deskstore.sessions import Session
from core.deskstore.throttle import Limit
from core.signing_in.facts import FactorAdded, SignInRefused
from core.signing_in.passkeys import offered, to_prove
from core.signing_in.web.ways import begun, next_of, record, safe, tell_refused, then, too_many, under_a_new_session
from core.web.forms import Form
from core.web.guards import on_the_way_in, proved
from core.web.pages import Page, page, see_other, with_script
from core.web.routes import get, post

_APP = "app"  # what a sealed secret is for
WRONG_CODE = "That is not the code it shows now. Wait for the next one and type all six digits."


class SecondFactor(Controller):
    """The second factor."""

    @get("/sign-in/code", guards=[on_the_way_in, proved])
    def ask_code(self, request: Request[Any, Any, Any], form: NamedDependency[Form]) -> Page:
        """Asks for the second factor."""
        return code_page(request, form)

    @post("/sign-in/code", guards=[on_the_way_in, proved])
    def code(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a code of the app, or a recovery code, which is then used up."""
        session: Session = request.state.session
        if session.strength != "waiting":
            return see_other("/")
        if says := wrong_code(building, session.person, form.text("code")):
            form.wrong("code", says)
            shown = code_page(request, form)
            shown.status_code = 422
            return shown
        after = safe(form.text("next")) or building.first_page(session.person)
        return begun(request, building, session.person, "second", after)

    @get("/sign-in/set-up", guards=[on_the_way_in, proved])
    def ask_set_up(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Shows how an authenticator app is added: for whoever may read restricted records and has none yet."""
        return elsewhere(building, request.state.session) or _set_up_page(request, building, form)

    @post("/sign-in/set-up", guards=[on_the_way_in, proved])
    def set_up(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Adds the app once a code of it is right, and shows the recovery codes, this once."""
        session: Session = request.state.session
        if gone := elsewhere(building, session):
            return gone
        codes = add_app(building, session, form)
        return set_up_with(request, building, form, codes, lambda: _set_up_page(request, building, form))


def set_up_with(
    request: Request[Any, Any, Any],
    building: Building,
    form: Form,
    codes: list[str] | None,
    redraw: Callable[[], Page],
    how: str = "",
) -> Response[Any]:
    """Goes on under a new session with the recovery codes, shown this once; or asks again where there are none, since
    nothing was added."""
    if codes is None:
        shown = redraw()
        shown.status_code = 422
        return shown
    person = request.state.session.person
    after = safe(form.text("next")) or building.first_page(person)
    shown = page("signing_in/codes.html", codes=codes, after=after, crumbs=[])
    return under_a_new_session(request, building, person, "second", shown, how)


def wrong_code(building: Building, person: UUID, typed: str) -> str:
    """What is wrong with a code for the second factor, in words; "" when it was right."""
    store, limit = building.desk_store, Limit(f"code\0{person.hex}", 5, 900)
    if not store.throttle.try_now(limit):
        return too_many(store.throttle.wait(limit)) or WRONG_CODE
    if store.factors.check_app(person, digits(typed)) or store.factors.use_code(person, typed):
        store.throttle.clear(limit)
        return ""
    tell_refused(building, person, SignInRefused(building.today, "code"))
    return WRONG_CODE


def add_app(building: Building, session: Session, form: Form) -> list[str] | None:
    """The recovery codes, once a code of the app was right: it is added, and the person's other sessions have ended.

    None when it was wrong, and then the form says so.
    """
    store = building.desk_store
    secret = store.open_words(_APP, form.text("secret"))
    step = store.factors.fits(secret, digits(form.text("code"))) if secret else None
    if step is None:
        form.wrong("code", WRONG_CODE)
        return None
    store.factors.set_app(session.person, secret, step)
    store.sessions.end_all(session.person, but=session.token)
    record(building, session, FactorAdded(building.today))
    return store.factors.new_codes(session.person)


def set_up(building: Building, person: UUID, form: Form) -> dict[str, Any]:
    """What shows an app how to begin: the secret as a picture and as letters, and sealed for the form."""
    store = building.desk_store
    secret = store.open_words(_APP, form.text("secret")) or pyotp.random_base32()
    known = building.person(person)
    address = pyotp.TOTP(secret).provisioning_uri(name=known.email if known else "", issuer_name="Tallystick")
    drawn = segno.make(address, error="m").svg_inline(
        omitsize=True, border=2, dark="#12343b", light="#fff", title="Code for your app"
    )
    return {
        "picture": Markup(drawn),  # noqa: S704 - drawn here, of nothing but dots
        "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "secret": store.seal_words(_APP, secret),
    }


def digits(typed: str) -> str:
    return "".join(typed.split())


def elsewhere(building: Building, session: Session) -> Response[Any] | None:
    """Where someone goes on to who has an app already; a session without its code ends."""
    if session.strength != "password":
        return see_other("/")
    if building.desk_store.has_second_factor(session.person):  # added from another browser at this very moment
        building.desk_store.sessions.end(session.token)
        return see_other("/sign-in")
    return None


def code_page(request: Request[Any, Any, Any], form: Form) -> Page:
    """Asks for the second factor: a passkey, where there is one, or a code of the app, or a recovery code."""
    building: Building = request.app.state.building
    person, keep = request.state.session.person, next_of(request, form)
    has_passkey = offered(building.settings) and bool(building.desk_store.passkeys.of(person))
    options, sealed = to_prove(building, person) if has_passkey else ("", "")
    shown = page(
        "signing_in/code.html",
        form=form,
        token=form.token(),
        keep=keep,
        action="/sign-in/code",
        has_app=building.desk_store.factors.has(person),
        passkey={"options": options, "keep": [*keep, {"name": "asked", "value": sealed}], "action": "/sign-in/passkey"}
        if has_passkey
        else None,
    )
    return with_script(shown) if has_passkey else shown


def _set_up_page(request: Request[Any, Any, Any], building: Building, form: Form) -> Page:
    told = set_up(building, request.state.session.person, form)
    return page(
        "signing_in/set_up.html",
        lede="Your role opens records that a password alone is not enough for.",
        form=form,
        token=form.token(),
        keep=[*next_of(request, form), {"name": "secret", "value": told["secret"]}],
        passkey_href=f"/sign-in/set-up/passkey{then(next_of(request, form)[0]['value'])}"
        if offered(building.settings)
        else None,
        action="/sign-in/set-up",
        picture=told["picture"],
        letters=told["letters"],
        crumbs=[],
    )
