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
from core.disposal.standing import kinds
from core.errors import NotFound
from core.requests.commands import NamePeople
from core.requests.gathering import named_as
from core.requests.views import Request
from core.requests.web.requests import OWN, base, request_of
from core.roll.people import called, is_somebody, number_in, people_at
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted

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
        """Records whose are gathered."""
        _unnamed(desk, case)

        def act() -> str:
            ticked = [number_in(one) for one in form.fields.get("people", [])]
            people = tuple(one for one in ticked if one)
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


def _is_kept(desk: Desk, key: UUID) -> bool:
    return desk.academy is not None and is_somebody(desk.building, desk.academy, key)


def _option(key: UUID, known: Known | None) -> dict[str, str]:
    if known is None:
        return {"value": str(key), "text": f"Record {key}", "hint": "No name is kept for it any more."}
    return {"value": str(key), "text": known.full_name, "hint": known.about}


def _page(desk: Desk, case: UUID, form: Form) -> Page:
    one, people, typed = _unnamed(desk, case), _people(desk), form.text("name")
    if not form.fields:  # nothing was sent yet: then what stands is ticked
        form.fields["people"] = [str(key) for key in one.people]
    number = number_in(typed)
    fits = [number] if number and _is_kept(desk, number) else called(people, typed)
    ticked = [key for text in form.fields.get("people", []) if (key := number_in(text)) and _is_kept(desk, key)]
    shown = list(dict.fromkeys([*ticked, *one.people, *fits[:_MOST]]))
    for key in shown:
        desk.opened(key, [people[key].record if key in people else "core.identity"])
    elsewhere, every = {} if fits else named_as(desk, typed), kinds(desk)
    here = f"{base(desk)}/{case}"
    return page(
        "requests/whom.html",
        crumbs=[{"text": "Request", "href": here}, {"text": "Whose records", "href": None}],
        options=[_option(key, people.get(key)) for key in shown],
        elsewhere=[
            {"what": every[record].title, "entries": counted(count, "entry", "entries")}
            for record, count in elsewhere.items()
        ],
        searched=bool(typed),
        found=len(fits),
        most=_MOST,
        form=form,
        token=form.token(desk.seen_for(NamePeople, case)),
        find_action=f"{here}/whom/find",
        name_action=f"{here}/whom",
        back_href=here,
    )
