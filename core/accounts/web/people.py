"""Who may sign in, and what each has been granted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import AddPerson, EndGrant, Give
from core.accounts.roles import ROLES, allowed
from core.accounts.views import Grant, Person, as_given, last_signed_in
from core.desk import Desk
from core.errors import NotFound
from core.signing_in.letters import write
from core.web.forms import Form, Invalid
from core.web.guards import may, proved
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post


class People(Controller):
    """Who may sign in, and what they hold."""

    path = "/people"

    @post("/", guards=[may("read", "core.people")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, "/people", form, ["q", "role", "academy"])

    @get("/", guards=[may("read", "core.people")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Everyone, with their grants."""
        listing = Listing(desk, "/people", request.query_params, ["q", "role", "academy"])
        wanted, role, academy = listing.chosen["q"].casefold(), listing.chosen["role"], listing.chosen["academy"]
        reads, rows = desk.building.reads_log(None), []
        reads.refresh()
        signed_in = reads.see_all(last_signed_in)
        for key, one in sorted(desk.building.people().items(), key=lambda item: item[1].name.casefold()):
            held = [grant for grant in desk.building.grants(key) if grant.ended_on is None]
            if wanted and wanted not in f"{one.name} {one.email}".casefold():
                continue
            if role and all(grant.role != role for grant in held):
                continue
            if academy and all(academy not in {str(where) for where in grant.academies} for grant in held):
                continue
            rows.append(
                {
                    "name": one.name,
                    "href": f"/people/{key}",
                    "email": one.email,
                    "signed_in": signed_in.get(key),
                    "grants": [
                        {"role": _title(one), "where": _where(desk, one), "until": one.until_by}
                        for one, *_ in as_given(held)
                    ],
                    "tag": {"text": "left", "kind": "plain"}
                    if one.left_on
                    else None
                    if held
                    else {"text": "sees nothing yet", "kind": "soon"},
                }
            )
        shown, caption, pages = listing.cut(rows)
        academies = [(str(key), one.name) for key, one in desk.academies.items()]
        return page(
            "accounts/people.html",
            lede="A sign-in opens nothing by itself: a grant says what, of whom, where, why and until when.",
            actions=[{"text": "Add someone", "href": "/people/add", "main": True}]
            if desk.may("write", "core.people")
            else [],
            filters=listing.filters(
                form,
                {"q": "Name or email", "role": "Role", "academy": "Academy"},
                {
                    "role": [("", "All"), *((name, one.title) for name, one in ROLES.items())],
                    "academy": [("", "All"), *academies],
                },
            ),
            caption=caption,
            rows=shown,
            empty={"says": "Nobody fits these filters.", "next": "Remove a filter, or add someone."},
            pages=pages,
        )

    @get("/add", guards=[may("write", "core.people")])
    def ask(self, form: NamedDependency[Form]) -> Page:
        """The form that adds someone."""
        return _add_page(form)

    @post("/add", guards=[may("write", "core.people")])
    def add(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Adds someone and mails them a link to set a password; they see nothing until granted."""

        def act() -> str:
            command = form.read(AddPerson, operator=False)
            if desk.building.person_by_email(command.email):
                form.wrong("email", "Someone with this address is here already.")
                raise Invalid
            subject = desk.building.desk_store.new_id(form.command_id, command.email)
            desk.do(command, subject, command_id=form.command_id)
            if desk.building.settings.smtp:
                write(desk.building, subject, desk.actor, invited=True)
            return f"/people/{subject}"

        return form.attempt(act, lambda: _add_page(form), "Recorded. They see nothing until you grant them a role.")

    @get("/{person_id:uuid}", guards=[may("read", "core.people")])
    def one(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """One person and their grants."""
        return _person_page(desk, person_id, form)

    @post("/{person_id:uuid}", guards=[may("write", "core.people"), proved])
    def give(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Grants a role."""

        def act() -> str:
            role = form.text("role")
            where = form.text("academy")
            chosen = (UUID(where),) if where in {str(key) for key in desk.academies} else ()
            subjects = ROLES[role].subjects if role in ROLES else "all"
            command = form.read(
                Give,
                academies=chosen,
                allows=allowed(role, desk.building.plugins.everything),
                own=allowed(role, desk.building.plugins.everything, own=True),
                subjects=subjects,
                named=(),
            )
            desk.do(command, person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _person_page(desk, person_id, form), "Granted, and recorded.")

    @get("/{person_id:uuid}/end/{grant:uuid}", guards=[may("write", "core.people"), proved])
    def ask_end(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """Asks why a grant is taken back."""
        return _end_page(desk, person_id, grant, form)

    @post("/{person_id:uuid}/end/{grant:uuid}", guards=[may("write", "core.people"), proved])
    def end(
        self, person_id: FromPath[UUID], grant: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a grant back."""

        def act() -> str:
            desk.do(form.read(EndGrant, grant=grant), person_id, command_id=form.command_id)
            return f"/people/{person_id}"

        return form.attempt(act, lambda: _end_page(desk, person_id, grant, form), "Ended, and recorded.")


def _add_page(form: Form) -> Page:
    return page(
        "accounts/add.html",
        crumbs=[{"text": "People", "href": "/people"}, {"text": "Add someone", "href": None}],
        form=form,
        token=form.token(),
        action="/people/add",
        back_href="/people",
    )


def _person_page(desk: Desk, person_id: UUID, form: Form) -> Page:
    one = desk.building.person(person_id)
    if one is None:
        raise NotFound
    grants = as_given(desk.building.grants(person_id))
    writes = desk.may("write", "core.people")
    told = [{"label": "Email", "value": one.email}, {"label": "Added", "value": f"{one.added_on:%-d %B %Y}"}]
    if one.operator:
        told.append({"label": "Operator", "value": "runs this installation from its command line"})
    return page(
        "accounts/person.html",
        crumbs=[{"text": "People", "href": "/people"}, {"text": "Person", "href": None}],
        name=one.name,
        lede="What they may do, of whom, where, and why.",
        actions=_actions(desk, person_id, one) if writes and one.left_on is None else [],
        token=form.token(),
        about=told,
        close=[
            {"since": since, "href": f"/people/{person_id}/conflict/{key}/end" if writes else None}
            for key, since in desk.building.conflicts(person_id).items()
        ],
        grants=[_grant(desk, person_id, parts, ends=writes) for parts in grants if parts[0].ended_on is None],
        past=[_grant(desk, person_id, parts, ends=False) for parts in grants if parts[0].ended_on is not None],
        offer=writes and one.left_on is None,
        roles=[{"value": "", "text": "Choose a role"}]
        + [{"value": name, "text": role.title} for name, role in ROLES.items()],
        academies=[{"value": "", "text": "All academies and the trust's pages"}]
        + [{"value": str(key), "text": academy.name} for key, academy in desk.academies.items()],
        form=form,
        action=f"/people/{person_id}",
        keep=[],
    )


def _actions(desk: Desk, person_id: UUID, one: Person) -> list[dict[str, Any]]:
    """What can be done to someone's account: a link needs a mail server, and nobody cuts themselves off."""
    invite = {"text": "Send a link to set a password", "href": f"/people/{person_id}/invite", "post": True}
    close = {"text": "Close to a pupil", "href": f"/people/{person_id}/conflict"}
    left = {"text": "They have left", "href": f"/people/{person_id}/left"}
    return [*([invite] if desk.building.settings.smtp else []), close, *([left] if person_id != desk.person_id else [])]


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
        words=f"{_title(held)}, {_where(desk, held)}: {held.purpose}",
        form=form,
        token=form.token(),
        action=f"{back}/end/{grant_id}",
        back_href=back,
    )


def _title(grant: Grant) -> str:
    return ROLES[grant.role].title if grant.role in ROLES else grant.role


def _where(desk: Desk, grant: Grant) -> str:
    names = [one.name for key, one in desk.academies.items() if key in grant.academies]
    return ", ".join(names) or "all academies"


def _grant(desk: Desk, person_id: UUID, parts: tuple[Grant, ...], *, ends: bool) -> dict[str, Any]:
    """What was given together, each line that is for the own caseload only saying so."""
    grant = parts[0]
    subjects = {"all": "all pupils", "caseload": "own caseload", "named": f"{len(grant.named)} named"}[grant.subjects]
    titles = {one.name: one.title for room in desk.building.plugins.everything for one in room.records}
    may_do = [
        {
            "record": titles.get(record, record),
            "actions": ", ".join(sorted(actions)) + ("" if part is grant else ", own caseload only"),
        }
        for part in parts
        for record, actions in part.allows.items()
    ]
    return {
        "role": _title(grant),
        "where": _where(desk, grant),
        "subjects": subjects,
        "may": may_do,
        "purpose": grant.purpose,
        "starts": grant.from_on,
        "until": grant.until_by or grant.ended_on,
        "by": "",
        "end_href": f"/people/{person_id}/end/{grant.grant}" if ends else None,
    }
