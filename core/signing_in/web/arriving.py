"""The way in and out: name and password, and proving again who one is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.building import Building
from core.deskstore.sessions import Session
from core.signing_in.facts import SignInRefused
from core.signing_in.visiting import visits_until
from core.signing_in.web.ways import (
    address_of,
    begun,
    known_browser,
    next_of,
    password_of,
    safe,
    tell_refused,
    then,
    too_many,
)
from core.web.forms import Form
from core.web.guards import anyone, cookie_name, on_the_way_in
from core.web.pages import Page, page, see_other
from core.web.routes import get, post


class SigningIn(Controller):
    """The way in and out."""

    @get("/sign-in", guards=[anyone("nobody is signed in yet")])
    def ask(self, request: Request[Any, Any, Any], form: NamedDependency[Form]) -> Page:
        """The sign-in form."""
        return sign_in_page(request, form)

    @post("/sign-in", guards=[anyone("nobody is signed in yet")])
    def sign_in(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Signs in, under a token the server chose; a wrong name and a wrong password are told alike, and so is someone
        from outside, who comes by link and code alone."""
        email, password = form.text("email"), password_of(form)
        address = address_of(request)
        store = building.desk_store
        known = known_browser(request, building, email)
        wait = store.wait_for(email, address, known)
        person_id = store.check_password(email, password, address, known) if not wait and email else None
        person = building.person(person_id) if person_id else None
        shut = person is None or not person.signs_in or visits_until(building, person_id or building.trust_id)
        if person_id is None or shut:
            building.soon("refused", lambda: _tell_refused(building, email))
            form.wrong("password", too_many(wait) or "That email address and password do not go together.")
            shown = sign_in_page(request, form)
            shown.status_code = 429 if wait > 0 else 422
            return shown
        after = safe(form.text("next"))
        if store.has_second_factor(person_id):
            return begun(request, building, person_id, "waiting", f"/sign-in/code{then(after)}")
        return begun(request, building, person_id, "password", after or building.first_page(person_id))

    @get("/sign-in/again", guards=[on_the_way_in])
    def ask_again(self, request: Request[Any, Any, Any], form: NamedDependency[Form]) -> Page:
        """Asks whoever is signed in to prove it: before a dangerous act, or after the page was hidden."""
        return _again_page(request, form)

    @post("/sign-in/again", guards=[on_the_way_in])
    def again(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes the password again."""
        session: Session = request.state.session
        email, address = request.state.person.email, address_of(request)
        store, known = building.desk_store, f"session {session.name}"
        wait = store.wait_for(email, address, known)
        if wait or store.check_password(email, password_of(form), address, known) != session.person:
            form.wrong("password", too_many(wait) or "That is not your password.")
            shown = _again_page(request, form)
            shown.status_code = 429 if wait else 422
            return shown
        building.desk_store.sessions.prove(session.token)
        return see_other(safe(form.text("next")) or building.first_page(session.person))

    @post("/hide", guards=[on_the_way_in])
    def hide(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Shows nothing more until the password is typed again: for whoever is called away."""
        building.desk_store.sessions.lock(request.state.session.token)
        return see_other(f"/sign-in/again{then(safe(form.text('next')))}")

    @post("/sign-out", guards=[on_the_way_in])
    def sign_out(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Ends this session."""
        name = cookie_name(building.settings.secure)
        building.desk_store.sessions.end(request.cookies.get(name, ""))
        answer = see_other("/sign-in")
        answer.delete_cookie(name)
        return answer


def sign_in_page(request: Request[Any, Any, Any], form: Form) -> Page:
    if request.query_params.get("idle") and not form.errors:
        form.wrong(None, "You were signed out because nothing was done for a while. Sign in to go on.")
    building: Building = request.app.state.building
    return page(
        "signing_in/sign_in.html",
        form=form,
        token=form.token(),
        keep=next_of(request, form),
        action="/sign-in",
        letters=bool(building.settings.smtp),
        providers=_providers(request, form),
    )


def _tell_refused(building: Building, email: str) -> None:
    if known := building.person_by_email(email):
        tell_refused(building, known[0], SignInRefused(building.today, "password"))


def _providers(request: Request[Any, Any, Any], form: Form, *, again: bool = False) -> list[dict[str, str]]:
    """A way in for each of the trust's directories; `again` where it is to ask anew."""
    after, building = next_of(request, form)[0]["value"], request.app.state.building
    asked = urlencode([*([("next", after)] if after else []), *([("again", "1")] if again else [])])
    query = f"?{asked}" if asked else ""
    return [{"text": one.title, "href": f"/sign-in/with/{one.key}{query}"} for one in building.settings.providers]


def _again_page(request: Request[Any, Any, Any], form: Form) -> Page:
    return page(
        "signing_in/again.html",
        providers=_providers(request, form, again=True),
        locked=request.state.session.locked,
        form=form,
        token=form.token(),
        keep=next_of(request, form),
        action="/sign-in/again",
    )
