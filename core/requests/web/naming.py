"""Whose records a request is about that names no pupil: staff, whoever is on the central record, applicants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import Known
from core.desk import Desk
from core.errors import NotFound
from core.requests.commands import NamePeople
from core.requests.views import Request
from core.requests.web.requests import OWN, base, request_of
from core.roll.people import called, people_at
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

_MOST = 50
"""Names that are shown of those that fit."""


class Naming(Controller):
    """Whose records one request is about; for whoever may give records out, since it tells who has applied."""

    path = "/requests/{case:uuid}/whom"

    @get("/", guards=[may("export", OWN)])
    def ask(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Those that were named, and a search by name."""
        return _page(desk, case, form)

    @post("/find", guards=[may("export", OWN)])
    def find(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Whoever bears that name; no address holds it."""

        def check() -> None:
            if not form.text("name"):
                form.wrong("name", "Enter a name, or the beginning of one.")
                raise Invalid

        return form.checked(check, lambda: _page(desk, case, form), lambda: _page(desk, case, form))

    @post("/", guards=[may("export", OWN)])
    def name(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records whose records are gathered."""
        _unnamed(desk, case)

        def act() -> str:
            known = {str(key): key for key in _people(desk)}
            people = tuple(known[one] for one in form.fields.get("people", []) if one in known)
            desk.do(NamePeople(people), case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}"

        return form.attempt(act, lambda: _page(desk, case, form), "Recorded.")


def _people(desk: Desk) -> Mapping[UUID, Known]:
    """Everybody it could be."""
    return people_at(desk.building, desk.academy) if desk.academy else {}


def _unnamed(desk: Desk, case: UUID) -> Request:
    """A request for what is kept of somebody who is no pupil; raises NotFound."""
    one = request_of(desk, case)
    if one.answered_on or not one.is_for_data or one.pupil:
        raise NotFound
    return one


def _page(desk: Desk, case: UUID, form: Form) -> Page:
    one, people = _unnamed(desk, case), _people(desk)
    fits = called(people, form.text("name"))
    form.fields.setdefault("people", [str(key) for key in one.people])
    ticked = [key for key in people if str(key) in form.fields["people"]]
    shown = list(dict.fromkeys([*ticked, *one.people, *fits[:_MOST]]))
    shown = [key for key in shown if key in people]
    for key in shown:
        desk.opened(key, [people[key].record])
    here = f"{base(desk)}/{case}"
    return page(
        "requests/whom.html",
        crumbs=[{"text": "Request", "href": here}, {"text": "Whose records", "href": None}],
        options=[{"value": str(key), "text": people[key].full_name, "hint": people[key].about} for key in shown],
        searched=bool(form.text("name")),
        found=len(fits),
        most=_MOST,
        form=form,
        token=form.token(desk.seen_for(NamePeople, case)),
        find_action=f"{here}/whom/find",
        name_action=f"{here}/whom",
        back_href=here,
    )
