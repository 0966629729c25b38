"""One's own account: password, second factor, recovery codes, and where one is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.building import Building
from core.desk import Desk
from core.deskstore.sessions import Session
from core.signing_in.facts import FactorRemoved, PasswordSet
from core.signing_in.passkeys import offered
from core.signing_in.rules import password_findings
from core.signing_in.web.second import add_app, set_up
from core.signing_in.web.ways import begun, password_of, record
from core.web.forms import Form
from core.web.guards import no_visit, proved, signed_in
from core.web.pages import Page, page, see_other
from core.web.routes import get, post

_BROWSERS = ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
_MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


class Accounts(Controller):
    """One's own account."""

    guards = [no_visit]
    path = "/account"

    @get("/", guards=[signed_in])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """How one signs in, and where one is signed in now."""
        building, session = desk.building, request.state.session
        factors = building.desk_store.factors
        held = building.desk_store.passkeys.of(session.person)
        kept = building.desk_store.sessions.of(session.person, building.settings.idle_minutes * 60)
        return page(
            "signing_in/account.html",
            email=desk.person.email,
            has_app=factors.has(session.person),
            must_have=building.needs_second_factor(session.person),
            passkeys=[
                {
                    "called": one.called,
                    "added": datetime.fromtimestamp(one.added_at, UTC).date(),
                    "used": datetime.fromtimestamp(one.used_at, UTC) if one.used_at else None,
                    "remove_href": f"/account/passkeys/{one.name}/remove",
                }
                for one in held
            ],
            passkey_href="/account/passkeys/new" if offered(building.settings) else None,
            is_last=factors.has(session.person) + len(held) == 1,
            codes_left=factors.codes_left(session.person),
            token=form.token(),
            tokens=[
                {
                    "called": one.called,
                    "writes": one.writes,
                    "reach": ", ".join(building.plugins.title(name) for name in one.reach),
                    "ends": datetime.fromtimestamp(one.ends_at, UTC).date(),
                    "used": datetime.fromtimestamp(one.used_at, UTC) if one.used_at else None,
                    "end_href": f"/account/tokens/{one.name}/end",
                }
                for one in building.desk_store.tokens.of(session.person)
            ],
            sessions=[
                {
                    "where": told(one.browser),
                    "began": datetime.fromtimestamp(one.began_at, UTC),
                    "seen": datetime.fromtimestamp(one.seen_at, UTC),
                    "end_href": None if one.name == session.name else f"/account/sessions/{one.name}/end",
                }
                for one in kept
            ],
        )

    @post("/sessions/{name:str}/end", guards=[signed_in])
    def end(
        self, name: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Ends one of one's sessions; whoever sits there is asked to sign in."""
        building.desk_store.sessions.end_named(request.state.session.person, name)
        return see_other("/account", "That session has ended.")

    @get("/password", guards=[signed_in, proved])
    def ask_password(self, form: NamedDependency[Form]) -> Page:
        """Asks for another password."""
        return _password_page(form)

    @post("/password", guards=[signed_in, proved])
    def password(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Sets another password; every other session ends."""
        session: Session = request.state.session
        typed = password_of(form)
        about = desk.building.known_of(desk.person.name, desk.person.email)
        for finding in password_findings(typed, about, desk.today):
            form.wrong("password", finding.says)
        if form.errors:
            shown = _password_page(form)
            shown.status_code = 422
            return shown
        store = desk.building.desk_store
        store.set_password(desk.person.email, session.person, typed)
        store.sessions.end_all(session.person, but=session.token)
        record(desk.building, session, PasswordSet(desk.today, "own account"))
        return see_other("/account", "Your password is set, and every other session has ended.")

    @get("/app", guards=[signed_in, proved])
    def ask_app(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Page:
        """Shows how an authenticator app is added, or another put in its place."""
        return _app_page(request, building, form)

    @post("/app", guards=[signed_in, proved])
    def app(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Adds the app once a code of it is right, and shows the recovery codes, this once."""
        codes = add_app(building, request.state.session, form)
        if codes is not None:
            return codes_page(codes)
        shown = _app_page(request, building, form)
        shown.status_code = 422
        return shown

    @post("/codes", guards=[signed_in, proved])
    def codes(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Makes fresh recovery codes and shows them, this once; the ones before open nothing more."""
        return codes_page(building.desk_store.factors.new_codes(request.state.session.person))

    @post("/app/remove", guards=[signed_in, proved])
    def remove(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes the app away; who needs a second factor and has no passkey is asked to set up another at once."""
        session: Session = request.state.session
        store = building.desk_store
        keeps = bool(store.passkeys.of(session.person))
        store.factors.forget(session.person, but_codes=keeps)
        store.sessions.end_all(session.person, but=session.token)
        record(building, session, FactorRemoved(building.today))
        if keeps:
            return see_other("/account", "The app is taken away.")
        return begun(request, building, session.person, "password", "/account")


def told(browser: str) -> str:
    """What a browser says it is, in words anyone knows: "Firefox on Windows"."""
    name = next((says for mark, says in _BROWSERS if f"{mark}/" in browser), "A browser")
    machine = next((says for mark, says in _MACHINES if mark in browser), "")
    return f"{name} on {machine}" if machine else name


def codes_page(codes: list[str]) -> Page:
    """Recovery codes, shown this once."""
    return page(
        "signing_in/codes.html",
        codes=codes,
        after="/account",
        crumbs=[{"text": "Your account", "href": "/account"}, {"text": "Recovery codes", "href": None}],
    )


def _password_page(form: Form) -> Page:
    return page(
        "signing_in/password.html",
        crumbs=[{"text": "Your account", "href": "/account"}, {"text": "Password", "href": None}],
        form=form,
        token=form.token(),
        action="/account/password",
    )


def _app_page(request: Request[Any, Any, Any], building: Building, form: Form) -> Page:
    shown = set_up(building, request.state.session.person, form)
    return page(
        "signing_in/set_up.html",
        lede="A code from your phone, beside the password, each time you sign in.",
        crumbs=[{"text": "Your account", "href": "/account"}, {"text": "Authenticator app", "href": None}],
        form=form,
        token=form.token(),
        keep=[{"name": "secret", "value": shown["secret"]}],
        action="/account/app",
        passkey_href=None,
        picture=shown["picture"],
        letters=shown["letters"],
    )
