"""Setting a password by a link, and asking for one."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.building import Building
from core.deskstore.throttle import Limit, by_address
from core.ids import uuid7
from core.signing_in.facts import PasswordSet
from core.signing_in.letters import write
from core.signing_in.rules import password_findings
from core.signing_in.web.ways import address_of, password_of
from core.web.forms import Form
from core.web.guards import anyone
from core.web.pages import Page, by_link, page, see_other
from core.web.routes import get, post
from events import Actor, New


class Links(Controller):
    """Setting a password by a link, and asking for one."""

    @get("/sign-in/forgotten", guards=[anyone("whoever forgot a password cannot sign in")])
    def ask(self, form: NamedDependency[Form]) -> Page:
        """Asks for the address to which a link goes."""
        return _forgotten_page(form)

    @post("/sign-in/forgotten", guards=[anyone("whoever forgot a password cannot sign in")])
    def forgotten(
        self, request: Request[Any, Any, Any], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Sends a link to whoever has this address; the answer is the same when nobody has it."""
        email = form.text("email")
        if not email:
            form.wrong("email", "Enter your email address.")
            shown = _forgotten_page(form)
            shown.status_code = 422
            return shown
        limits = Limit(f"letter\0{email.casefold()}", 3, 3600), by_address(address_of(request))
        heard = building.desk_store.throttle.try_now(*limits)

        def tell() -> None:
            if known := building.person_by_email(email):
                write(building, known[0], Actor(known[0], "nobody signed in", ""), invited=False)

        if heard and building.settings.smtp:
            building.soon("forgotten", tell)
        return see_other(
            "/sign-in", "If that address is known here, a letter is on its way. The link in it works for an hour."
        )

    @get("/sign-in/link/{token:str}", guards=[anyone("whoever has the link is not signed in yet")])
    def open(self, token: FromPath[str], building: NamedDependency[Building], form: NamedDependency[Form]) -> Page:
        """Asks for the new password; opening the page uses nothing up, since mail programs open links too."""
        return _link_page(building, token, form)

    @post("/sign-in/link/{token:str}", guards=[anyone("whoever has the link is not signed in yet")])
    def use(
        self, token: FromPath[str], building: NamedDependency[Building], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Sets the password, ends every session and token of theirs, and uses the link up."""
        links = building.desk_store.links
        person_id = links.whose(token)
        person = building.person(person_id) if person_id else None
        if person_id is None or person is None or not person.signs_in:
            return _link_page(building, token, form)
        password = password_of(form)
        for finding in password_findings(password, building.known_of(person.name, person.email), building.today):
            form.wrong("password", finding.says)
        if form.errors or not links.use(token):
            shown = _link_page(building, token, form)
            shown.status_code = 422
            return shown
        building.desk_store.set_password(person.email, person_id, password)
        building.desk_store.sessions.end_all(person_id)
        building.desk_store.tokens.end_all(person_id)
        fact = New(person_id, PasswordSet(building.today, "link"))
        actor = Actor(person_id, "", "")
        building.trust.append([fact], command_id=uuid7(building.clock()), actor=actor)
        return see_other("/sign-in", "Your password is set. Sign in with it.")


def _forgotten_page(form: Form) -> Page:
    return page("signing_in/forgotten.html", form=form, token=form.token(), action="/sign-in/forgotten", crumbs=[])


def _link_page(building: Building, token: str, form: Form) -> Page:
    person_id = building.desk_store.links.whose(token)
    person = building.person(person_id) if person_id else None
    good = person is not None and person.signs_in
    shown = page(
        "signing_in/link.html",
        good=good,
        email=person.email if person and good else "",
        form=form if good else None,
        token=form.token(),
        action=f"/sign-in/link/{token}",
        crumbs=[],
    )
    return by_link(shown, good=good)
