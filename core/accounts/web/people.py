"""Who may sign in, and what each has been granted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import AddPerson
from core.accounts.dormant import is_shut
from core.accounts.roles import ROLES, STAND_IN, in_words
from core.accounts.views import GLASS, Grant, Person, Proposal, as_given, last_signed_in, proposals
from core.accounts.web.programs import tokens_of
from core.desk import Desk
from core.errors import NotFound
from core.signing_in.letters import write
from core.signing_in.visiting import visits_until
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import moment


class People(Controller):
    """Who may sign in, and what they hold."""

    path = "/people"

    @post("/", guards=[may("read", "core.people")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, "/people", form, ["q", "role", "academy"])

    @get("/", guards=[may("read", "core.people")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Everyone, with their grants."""
        adds = desk.may("write", "core.people")
        listing = Listing(desk, "/people", request.query_params, ["q", "role", "academy"])
        wanted, role, academy = listing.chosen["q"].casefold(), listing.chosen["role"], listing.chosen["academy"]
        reads, rows = desk.building.reads_log(None), []
        reads.refresh()
        signed_in, grants = reads.see_all(last_signed_in), desk.building.every_grant()
        for key, one in sorted(desk.building.people().items(), key=lambda item: item[1].name.casefold()):
            held = [grant for grant in grants.get(key, ()) if not _is_over(desk, grant)]
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
                        {"role": title_of(one), "where": where_of(desk, one), "until": one.until_by}
                        for one, *_ in as_given(held)
                    ],
                    "tag": _tag(one, bool(held)),
                }
            )
        shown, caption, pages = listing.cut(rows)
        academies = [(str(key), one.name) for key, one in desk.academies.items()]
        return page(
            "accounts/people.html",
            lede="A sign-in opens nothing by itself: a grant says what, of whom, where, why and until when.",
            actions=[
                {"text": "What each role may do", "href": "/people/roles"},
                {"text": "Comings and goings", "href": "/people/report"},
                *([{"text": "Add someone", "href": "/people/add", "main": True}] if adds else []),
            ],
            waiting=[
                {"name": desk.name_of(key), "href": f"/people/{key}"}
                for key, asked in desk.log.see_all(proposals).items()
                if asked
            ],
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
            command = form.read(AddPerson, operator=False, program=form.text("what") == "program")
            if desk.building.person_by_email(command.email):
                form.wrong("email", "Someone with this address is here already.")
                raise Invalid
            subject = desk.building.desk_store.new_id(form.command_id, command.email)
            desk.do(command, subject, command_id=form.command_id)
            if desk.building.settings.smtp and not command.program:
                write(desk.building, subject, desk.actor, invited=True)
            return f"/people/{subject}"

        return form.attempt(act, lambda: _add_page(form), "Recorded. They see nothing until you grant them a role.")

    @get("/{person_id:uuid}", guards=[may("read", "core.people")])
    def one(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """One person and their grants."""
        return person_page(desk, person_id, form)


def _tag(one: Person, holds: bool) -> dict[str, str] | None:
    """What is to be noted about an account in a list."""
    if one.left_on:
        return {"text": "left", "kind": "plain"}
    if not holds:
        return {"text": "sees nothing yet", "kind": "soon"}
    return {"text": "program", "kind": "plain"} if one.program else None


def _add_page(form: Form) -> Page:
    form.fill(what="person")
    return page(
        "accounts/add.html",
        crumbs=[{"text": "People", "href": "/people"}, {"text": "Add someone", "href": None}],
        form=form,
        token=form.token(),
        action="/people/add",
        back_href="/people",
    )


def person_page(desk: Desk, person_id: UUID, form: Form) -> Page:
    one = desk.building.person(person_id)
    if one is None:
        raise NotFound
    grants = as_given(desk.building.grants(person_id))
    writes = desk.may("write", "core.people")
    told = [{"label": "Email", "value": one.email}, {"label": "Added", "value": f"{one.added_on:%-d %B %Y}"}]
    if one.program:
        told.append({"label": "Program", "value": "comes by tokens only"})
    shut = is_shut(desk.building, person_id)
    if shut:
        told.append({"label": "Shut", "value": "Nobody has signed in for long; it opens no more until you say so."})
    if one.operator:
        told.append({"label": "Operator", "value": "runs this installation from its command line"})
    return page(
        "accounts/person.html",
        crumbs=[{"text": "People", "href": "/people"}, {"text": "Person", "href": None}],
        name=one.name,
        lede="What they may do, of whom, where, and why.",
        actions=_actions(desk, person_id, one, shut=shut) if writes and one.left_on is None else [],
        token=form.token(),
        about=told,
        close=[
            {"since": since, "href": f"/people/{person_id}/conflict/{key}/end" if writes else None}
            for key, since in desk.building.conflicts(person_id).items()
        ],
        grants=[_grant(desk, person_id, parts, ends=writes) for parts in grants if not _is_over(desk, parts[0])],
        past=[_grant(desk, person_id, parts, ends=False) for parts in grants if _is_over(desk, parts[0])],
        offer=writes and one.left_on is None,
        waiting=[_proposal(desk, person_id, one) for one in (desk.log.see(proposals, person_id) or {}).values()],
        roles=[{"value": "", "text": "Choose a role"}]
        + [{"value": name, "text": role.title} for name, role in ROLES.items() if name != STAND_IN],
        academies=[{"value": "", "text": "All academies and the trust's pages"}]
        + [{"value": str(key), "text": academy.name} for key, academy in desk.academies.items()],
        tokens=tokens_of(desk, person_id) if one.program and writes else [],
        form=form,
        action=f"/people/{person_id}",
        keep=[],
    )


def _is_over(desk: Desk, grant: Grant) -> bool:
    """Whether it was ended, or has run out."""
    return not grant.runs(desk.building.now) and grant.from_on <= desk.today


def _proposal(desk: Desk, person_id: UUID, one: Proposal) -> dict[str, Any]:
    decides = desk.may("sign", "core.people") and desk.person_id not in (one.by, person_id)
    return {
        "role": title_of(one),
        "where": where_of(desk, one),
        "purpose": one.purpose,
        "until": one.until_by,
        "by": desk.name_of(one.by),
        "on": one.proposed_on,
        "href": f"/people/{person_id}/decide/{one.grant}" if decides else None,
    }


def _actions(desk: Desk, person_id: UUID, one: Person, *, shut: bool) -> list[dict[str, Any]]:
    """What can be done to someone's account: a link needs a mail server, and nobody cuts themselves off."""
    left = {"text": "They have left", "href": f"/people/{person_id}/left"}
    if one.program:
        gone = {"text": "It is used no more", "href": left["href"]}
        return [{"text": "Make a token", "href": f"/people/{person_id}/token", "main": True}, gone]
    visit = {"text": "Make a link for their visit", "href": f"/people/{person_id}/visit"}
    if visits_until(desk.building, person_id):
        return [visit, left]
    invite = {"text": "Send a link to set a password", "href": f"/people/{person_id}/invite", "post": True}
    close = {"text": "Close to a pupil", "href": f"/people/{person_id}/conflict"}
    again = {"text": "Open it again", "href": f"/people/{person_id}/reopen", "post": True, "main": True}
    first = [*([again] if shut else []), *([invite] if desk.building.settings.smtp else [])]
    return [*first, close, *([left] if person_id != desk.person_id else [])]


def title_of(grant: Grant | Proposal) -> str:
    """What a grant is called: by its role."""
    if grant.role == GLASS:
        return "Broke glass"
    return ROLES[grant.role].title if grant.role in ROLES else grant.role


def where_of(desk: Desk, grant: Grant | Proposal) -> str:
    """At which academies it counts, by their names."""
    names = [one.name for key, one in desk.academies.items() if key in grant.academies]
    return ", ".join(names) or "all academies"


def _whom(grant: Grant) -> str:
    return {"all": "all pupils", "caseload": "own caseload", "named": f"{len(grant.named)} named"}[grant.subjects]


def _grant(desk: Desk, person_id: UUID, parts: tuple[Grant, ...], *, ends: bool) -> dict[str, Any]:
    """What was given together, each line that is for the own caseload only saying so."""
    grant = parts[0]
    titles = desk.building.plugins.titles
    may_do = [
        {
            "record": titles.get(record, record),
            "actions": in_words(actions) + ("" if part is grant else f", {_whom(part)} only"),
        }
        for part in parts
        for record, actions in part.allows.items()
    ]
    return {
        "role": title_of(grant),
        "where": where_of(desk, grant),
        "subjects": _whom(grant),
        "may": may_do,
        "purpose": "the reason stands at the academy, for whoever must know" if grant.role == GLASS else grant.purpose,
        "starts": grant.from_on,
        "until": grant.ended_on or grant.until_by,
        "until_at": moment(grant.until_at) if grant.until_at and not grant.ended_on else "",
        "by": f"lent by {desk.name_of(grant.lead)}" if grant.lead else "",
        "end_href": f"/people/{person_id}/end/{grant.grant}" if ends else None,
    }
