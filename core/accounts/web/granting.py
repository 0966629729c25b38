"""What somebody is granted, the second person who agrees to it, and its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import AgreeToGrant, EndGrant, Give, RefuseGrant
from core.accounts.roles import ROLES, in_words
from core.accounts.views import Proposal, proposals
from core.accounts.web.people import person_page, title_of, where_of
from core.command import Command
from core.desk import Desk
from core.errors import NotFound, Refused
from core.periods import LONDON
from core.roll.people import records_of
from core.web.forms import Form, Invalid
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.routes import get, post

_MOST_NAMED = 50


class Granting(Controller):
    """What somebody is granted."""

    path = "/people/{person_id:uuid}"

    @post("/", guards=[may("write", "core.people"), proved])
    def give(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Grants a role, or proposes it where it takes two people."""

        def act() -> str:
            role, building = form.text("role"), desk.building
            chosen = tuple(key for key in desk.academies if str(key) == form.text("academy"))
            names = role in ROLES and ROLES[role].names
            named = named_in(desk, form, chosen) if names else ()
            if form.text("upns") and not names:
                form.wrong("upns", "This role is for everyone it can be for. Leave this empty.")
            command = form.read(
                Give,
                academies=chosen,
                allows=building.role_allows(role),
                own=building.role_allows(role, own=True),
                subjects=ROLES[role].subjects if role in ROLES else "all",
                named=named,
                from_on=None,
                until_at=_moment(form),
            )
            desk.do(command, person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: person_page(desk, person_id, form), "Recorded.")

    @get("/decide/{grant:uuid}", guards=[may("sign", "core.people"), proved])
    def look(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """What a second person is asked to agree to."""
        return _decide_page(desk, person_id, grant, form)

    @post("/decide/{grant:uuid}", guards=[may("sign", "core.people"), proved])
    def agree(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """The second person agrees, and it counts; or does not."""

        def act() -> str:
            command = decided(form, AgreeToGrant(grant), lambda: form.read(RefuseGrant, grant=grant))
            desk.do(command, person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _decide_page(desk, person_id, grant, form), "Recorded.")

    @get("/end/{grant:uuid}", guards=[may("write", "core.people"), proved])
    def ask_end(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """Asks why a grant is taken back."""
        return _end_page(desk, person_id, grant, form)

    @post("/end/{grant:uuid}", guards=[may("write", "core.people"), proved])
    def end(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a grant back."""

        def act() -> str:
            desk.do(form.read(EndGrant, grant=grant), person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _end_page(desk, person_id, grant, form), "Ended, and recorded.")


def decided(form: Form, agree: Command, refuse: Callable[[], Command]) -> Command:
    """What the second person decided; raises Invalid where they did not say."""
    match form.text("decision"):
        case "agree":
            return agree
        case "refuse":
            return refuse()
    form.wrong("decision", "Say whether you agree.")
    raise Invalid


def named_in(desk: Desk, form: Form, academies: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those whose UPNs, or numbers of records, were typed; whoever looks after people need not see who they are."""
    typed = [one for one in re.split(r"[\s,;]+", form.text("upns")) if one]
    if len(typed) > _MOST_NAMED:
        form.wrong("upns", f"Name {_MOST_NAMED} people at most.")
        return ()
    try:
        return records_of(desk.building, [desk.academies[key] for key in academies], typed)
    except Refused as refusal:
        form.wrong(refusal.field, str(refusal))
        return ()


def _moment(form: Form) -> datetime | None:
    """The last day's hour at which it ends, where one was typed; London's clock."""
    typed = form.text("until_clock")
    if not typed:
        return None
    given = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", typed)
    day = form.day("until_by")
    if given is None:
        form.wrong("until_clock", "Enter a time such as 16:30.")
    elif day is None:
        form.wrong("until_by", "Enter the day on which it ends at that time.")
    else:
        return datetime.combine(day, time(int(given[1]), int(given[2])), LONDON)
    return None


def _decide_page(desk: Desk, person_id: UUID, grant: UUID, form: Form) -> Page:
    one: Proposal | None = (desk.log.see(proposals, person_id) or {}).get(grant)
    known = desk.building.person(person_id)
    if one is None or known is None or desk.person_id in (one.by, person_id):
        raise NotFound
    back = f"/people/{person_id}"
    titles = desk.building.plugins.titles
    return page(
        "accounts/decide.html",
        crumbs=[{"text": "Person", "href": back}, {"text": "Agree to a grant", "href": None}],
        title="Agree to a grant",
        about=f"{known.name} · {title_of(one)}, {where_of(desk, one)}",
        rows=[
            {"label": "What for", "value": one.purpose},
            {"label": "Asked for by", "value": desk.name_of(one.by)},
            {"label": "Counts until", "value": f"{one.until_by:%-d %B %Y}" if one.until_by else "it is ended"},
            *(
                {"label": titles.get(record, record), "value": in_words(actions)}
                for record, actions in one.allows.items()
            ),
        ],
        form=form,
        token=form.token(),
        action=f"{back}/decide/{grant}",
        back_href=back,
    )


def _end_page(desk: Desk, person_id: UUID, grant_id: UUID, form: Form) -> Page:
    one = desk.building.person(person_id)
    held = next((grant for grant in desk.building.grants(person_id) if grant.grant == grant_id), None)
    if one is None or held is None:
        raise NotFound
    back = f"/people/{person_id}"
    return page(
        "accounts/end.html",
        title="End a grant",
        after="It counts no more from today; what they did under it stays in the trail.",
        crumbs=[{"text": "Person", "href": back}, {"text": "End a grant", "href": None}],
        name=one.name,
        words=f"{title_of(held)}, {where_of(desk, held)}: {held.purpose}",
        form=form,
        token=form.token(),
        action=f"{back}/end/{grant_id}",
        back_href=back,
    )
