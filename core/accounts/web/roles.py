"""What each role may do, as a matrix; changed by two people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.commands import AgreeToRole, ProposeRole, RefuseRole
from core.accounts.roles import OWN, ROLES, in_words
from core.accounts.views import RoleChange, RolesEdited, roles_edited
from core.accounts.web.granting import decided
from core.desk import Desk
from core.errors import NotFound
from core.manifest import Manifest
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted

Words = Mapping[str, tuple[str, ...]]
_USUAL = ("count", "flag", "summary", "read", "write", "sign", "export")
_ONLY = {"core.running": (*_USUAL, "lend"), "core.identity": (*_USUAL, "break")}
_BASE = "/people/roles"


class Roles(Controller):
    """What each role may do."""

    path = _BASE

    @get("/", guards=[may("read", "core.people")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The matrix of one room or plugin: a line for each role, a column for each class of record."""
        room = _room(desk, request.query_params.get("of", ""))
        edited = desk.log.see(roles_edited, desk.here) or RolesEdited()
        writes = desk.may("write", "core.people")
        return page(
            "accounts/roles.html",
            crumbs=[{"text": "People", "href": "/people"}, {"text": "What each role may do", "href": None}],
            rooms=[
                {"text": one.title, "href": f"{_BASE}?of={one.name}", "current": one is room}
                for one in desk.building.plugins.everything
                if one.records
            ],
            title=room.title,
            records=[one.title for one in room.records],
            rows=[
                _row(room, name, words, edited.allows.get(name, {}), writes=writes)
                for name, words in _words(desk).items()
            ],
            waiting=[_waiting(desk, one) for one in edited.waiting.values()],
        )

    @get("/{role:str}", guards=[may("write", "core.people"), proved])
    def ask(
        self, role: FromPath[str], request: Request[Any, Any, Any], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """The form on which a role is changed, a room at a time."""
        return _role_page(desk, role, _room(desk, request.query_params.get("of", "")), form)

    @post("/{role:str}", guards=[may("write", "core.people"), proved])
    def propose(self, role: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records what a role shall be able to do; a second person must agree."""
        room = _room(desk, form.text("of"))

        def act() -> str:
            command = form.read(
                ProposeRole, role=role, allows=_changed(desk, role, room, form), holders=form.text("holders") == "yes"
            )
            desk.do(command, command_id=form.command_id, seen=form.seen)
            return f"{_BASE}?of={room.name}"

        return form.attempt(act, lambda: _role_page(desk, role, room, form), "Recorded.")

    @get("/decide/{proposal:uuid}", guards=[may("sign", "core.people"), proved])
    def look(self, proposal: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What a second person is asked to agree to."""
        return _decide_page(desk, proposal, form)

    @post("/decide/{proposal:uuid}", guards=[may("sign", "core.people"), proved])
    def decide(
        self, proposal: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """The second person agrees, and it counts; or does not."""

        def act() -> str:
            command = decided(form, AgreeToRole(proposal), lambda: form.read(RefuseRole, proposal=proposal))
            desk.do(command, command_id=form.command_id)
            return _BASE

        return form.attempt(act, lambda: _decide_page(desk, proposal, form), "Recorded.")


def _room(desk: Desk, name: str) -> Manifest:
    """The room or plugin of this name; the first that keeps records where none is asked for."""
    rooms = [one for one in desk.building.plugins.everything if one.records]
    found = next((one for one in rooms if name in ("", one.name)), None)
    if found is None:
        raise NotFound
    return found


def _words(desk: Desk) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each role may do with each class, as a manifest has it: "own" ahead for the own caseload only."""
    return {
        role: {**{record: (OWN, *actions) for record, actions in own.items()}, **whole}
        for role, (whole, own) in desk.building.every_role().items()
    }


def _said(words: tuple[str, ...]) -> str:
    """In plain words: "read, write; own caseload only"."""
    return f"{in_words(words)}; own only" if words[:1] == (OWN,) else in_words(words)


def _row(room: Manifest, role: str, words: Words, ours: Words, *, writes: bool) -> dict[str, Any]:
    return {
        "role": ROLES[role].title,
        "outside": ROLES[role].is_outside,
        "href": f"{_BASE}/{role}?of={room.name}" if writes else None,
        "cells": [
            {"record": one.title, "says": _said(words.get(one.name, ())), "ours": one.name in ours}
            for one in room.records
        ],
    }


def _waiting(desk: Desk, one: RoleChange) -> dict[str, Any]:
    decides = desk.may("sign", "core.people") and desk.person_id != one.by
    return {
        "role": ROLES[one.role].title,
        "by": desk.name_of(one.by),
        "on": one.proposed_on,
        "href": f"{_BASE}/decide/{one.proposal}" if decides else None,
    }


def _offered(record: str) -> tuple[str, ...]:
    return _ONLY.get(record, _USUAL)


def _changed(desk: Desk, role: str, room: Manifest, form: Form) -> dict[str, tuple[str, ...]]:
    """The classes whose actions are not what they were, with what was ticked."""
    before, after = _words(desk).get(role, {}), {}
    for one in room.records:
        ticked = [action for action in _offered(one.name) if action in form.fields.get(f"may-{one.name}", ())]
        own = (OWN,) if ticked and form.text(f"own-{one.name}") else ()
        if {*own, *ticked} != set(before.get(one.name, ())):
            after[one.name] = (*own, *ticked)
    return after


def _role_page(desk: Desk, role: str, room: Manifest, form: Form) -> Page:
    if role not in ROLES:
        raise NotFound
    words = _words(desk)[role]
    sent = bool(form.fields)
    building = desk.building
    holders = sum(any(one.role == role for one in building.counting(held)) for held in building.every_grant().values())
    return page(
        "accounts/role.html",
        crumbs=[{"text": "What each role may do", "href": f"{_BASE}?of={room.name}"}, {"text": "Change", "href": None}],
        title=ROLES[role].title,
        room=room.title,
        outside=ROLES[role].is_outside,
        records=[
            {
                "name": one.name,
                "title": one.title,
                "restricted": one.restricted,
                "own": bool(form.text(f"own-{one.name}")) if sent else words.get(one.name, ())[:1] == (OWN,),
                "actions": [
                    {
                        "value": action,
                        "on": action in (form.fields.get(f"may-{one.name}", ()) if sent else words.get(one.name, ())),
                    }
                    for action in _offered(one.name)
                ],
            }
            for one in room.records
        ],
        holders=counted(holders, "person holds", "people hold"),
        form=form,
        token=form.token(desk.seen_for(ProposeRole, desk.here)),
        keep=[{"name": "of", "value": room.name}],
        action=f"{_BASE}/{role}",
        back_href=f"{_BASE}?of={room.name}",
    )


def _decide_page(desk: Desk, proposal: UUID, form: Form) -> Page:
    edited = desk.log.see(roles_edited, desk.here) or RolesEdited()
    one = edited.waiting.get(proposal)
    if one is None or one.by == desk.person_id:
        raise NotFound
    before = _words(desk)[one.role]
    titles = desk.building.plugins.titles
    changes = [
        {
            "label": titles.get(record, record),
            "value": f"{_said(before.get(record, ())) or 'nothing'} → {_said(words) or 'nothing'}",
        }
        for record, words in one.allows.items()
    ]
    holders = "are granted the same" if one.holders else "keep what they were granted"
    return page(
        "accounts/decide.html",
        crumbs=[{"text": "What each role may do", "href": _BASE}, {"text": "Agree to a change", "href": None}],
        title="Agree to a change of a role",
        about=ROLES[one.role].title,
        rows=[
            *changes,
            {"label": "Who holds it now", "value": holders},
            {"label": "Why", "value": one.reason},
            {"label": "Asked for by", "value": desk.name_of(one.by)},
        ],
        form=form,
        token=form.token(),
        action=f"{_BASE}/decide/{proposal}",
        back_href=_BASE,
    )
