"""The way in of someone from outside, and the page that makes their link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.building import Building
from core.desk import Desk
from core.deskstore.throttle import Limit, by_address
from core.errors import NotFound
from core.signing_in.facts import SignInRefused
from core.signing_in.visiting import in_words, open_visit, visits_until
from core.signing_in.web.ways import address_of, begun, tell_refused, too_many
from core.web.forms import Form
from core.web.guards import anyone, may, proved
from core.web.pages import Page, by_link, page
from core.web.routes import get, post

_WRONG = "That code does not go with this link."


class Visits(Controller):
    """The way in of someone from outside."""

    path = "/sign-in/visit"

    @get("/{token:str}", guards=[anyone("whoever has the link is not signed in yet")])
    def ask(self, token: FromPath[str], building: NamedDependency[Building], form: NamedDependency[Form]) -> Page:
        """Asks for the code that goes with the link."""
        return _visit_page(building, token, form)

    @post("/{token:str}", guards=[anyone("whoever has the link is not signed in yet")])
    def enter(
        self, token: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Lets them in until their time is over, whatever they do."""
        store, found = building.desk_store, building.desk_store.visits.find(token)
        until = visits_until(building, found[0]) if found else None
        if found is None or until is None:
            return _visit_page(building, token, form)
        person, ends_at = found
        limit, address = Limit(f"visit\0{person.hex}", 5, 900), by_address(address_of(request))
        if not store.throttle.try_now(limit, address):
            form.wrong("code", too_many(store.throttle.wait(limit, address)) or _WRONG)
        elif not store.visits.fits(token, form.text("code")):
            building.soon("refused", lambda: tell_refused(building, person, SignInRefused(building.today, "code")))
            form.wrong("code", _WRONG)
        if form.errors:
            shown = _visit_page(building, token, form)
            shown.status_code = 422
            return shown
        store.throttle.clear(limit)
        last = min(ends_at, int(until.timestamp()))
        return begun(request, building, person, "second", building.first_page(person), "link and code", ends_at=last)


class Visitors(Controller):
    """Letting somebody from outside in."""

    path = "/people/{person_id:uuid}/visit"

    @get("/", guards=[may("write", "core.people"), proved])
    def ask(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Says what a link opens, and until when."""
        return _making_page(desk, person_id, form)

    @post("/", guards=[may("write", "core.people"), proved])
    def make(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Makes the link and the code, and shows them this once."""
        until = visits_until(desk.building, person_id)
        if until is None:
            raise NotFound
        link, code = open_visit(desk.building, person_id, desk.actor, until)
        mailed = bool(desk.building.settings.smtp)
        return _making_page(desk, person_id, form, link="" if mailed else link, code=code)


def _visit_page(building: Building, token: str, form: Form) -> Page:
    found = building.desk_store.visits.find(token)
    good = found is not None and visits_until(building, found[0]) is not None
    shown = page(
        "signing_in/visit.html",
        good=good,
        until=in_words(datetime.fromtimestamp(found[1], UTC)) if found and good else "",
        trust=building.trust_name,
        form=form if good else None,
        token=form.token(),
        action=f"/sign-in/visit/{token}",
        crumbs=[],
    )
    return by_link(shown, good=good)


def _making_page(desk: Desk, person_id: UUID, form: Form, *, link: str = "", code: str = "") -> Page:
    one, until = desk.building.person(person_id), visits_until(desk.building, person_id)
    if one is None or until is None:
        raise NotFound
    return page(
        "signing_in/visitor.html",
        crumbs=[{"text": "Person", "href": f"/people/{person_id}"}, {"text": "Their visit", "href": None}],
        name=one.name,
        email=one.email,
        until=in_words(until),
        mails=bool(desk.building.settings.smtp),
        link=link,
        code=code,
        token=form.token(),
        action=f"/people/{person_id}/visit",
        back_href=f"/people/{person_id}",
    )
