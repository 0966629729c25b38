"""The way in and out."""

from __future__ import annotations

import re
from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.accounts.facts import SignedIn
from core.building import Building
from core.ids import uuid7
from core.web.forms import Form
from core.web.guards import anyone, cookie_name, signed_in
from core.web.pages import Page, page, see_other
from core.web.routes import get, post
from events import Actor, New

_LONGEST_PASSWORD = 1000
_OURS = re.compile(r"/(?![/\\])[!-~]*")


class SigningIn(Controller):
    """The way in and out."""

    @get("/sign-in", guards=[anyone("nobody is signed in yet")])
    def ask(self, request: Request[Any, Any, Any], form: NamedDependency[Form]) -> Page:
        """The sign-in form."""
        return _sign_in_page(request, form)

    @post("/sign-in", guards=[anyone("nobody is signed in yet")])
    def sign_in(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Signs in, under a token the server chose; a wrong name and a wrong password are told alike."""
        email, password = form.text("email"), form.fields.get("password", [""])[-1][:_LONGEST_PASSWORD]
        address = request.client.host if request.client else ""
        store = building.desk_store
        wait = store.wait_for(email, address)
        person_id = store.check_password(email, password, address) if not wait and email else None
        person = building.person(person_id) if person_id else None
        if person_id is None or person is None or person.left_on is not None:
            form.wrong(
                "password",
                f"Too many tries. Wait {wait} seconds, then try again."
                if wait > 0
                else "That email address and password do not go together.",
            )
            shown = _sign_in_page(request, form)
            shown.status_code = 429 if wait > 0 else 422
            return shown
        old = request.cookies.get(cookie_name(building.settings.secure), "")
        if old:
            store.end(old)
        session = store.begin(person_id)
        fact = New(person_id, SignedIn(building.today))
        building.reads_log(None).append(
            [fact], command_id=uuid7(building.clock()), actor=Actor(person_id, "", session.name)
        )
        answer = see_other(_safe(form.text("next")) or building.first_page(person_id))
        answer.set_cookie(
            key=cookie_name(building.settings.secure),
            value=session.token,
            path="/",
            httponly=True,
            samesite="lax",
            secure=building.settings.secure,
            max_age=building.settings.session_hours * 3600,
        )
        return answer

    @post("/sign-out", guards=[signed_in])
    def sign_out(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Ends this session."""
        name = cookie_name(building.settings.secure)
        building.desk_store.end(request.cookies.get(name, ""))
        answer = see_other("/sign-in")
        answer.delete_cookie(name)
        return answer


def _safe(address: str) -> str:
    """A page of our own to go on to; nothing else. Browsers leave out a tab, so that "/", tab, "/" leads elsewhere."""
    ours = _OURS.fullmatch(address) and not address.startswith("/sign-") and len(address) < 500
    return address if ours else ""


def _sign_in_page(request: Request[Any, Any, Any], form: Form) -> Page:
    after = form.text("next") or request.query_params.get("next", "")
    if request.query_params.get("idle") and not form.errors:
        form.wrong(None, "You were signed out because nothing was done for a while. Sign in to go on.")
    return page(
        "sign_in.html", form=form, token=form.token(), keep=[{"name": "next", "value": _safe(after)}], action="/sign-in"
    )
