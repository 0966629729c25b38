"""Tokens of the trust's own programs, made by whoever looks after people: they outlast whoever made them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.ids import uuid7
from core.signing_in.facts import TokenEnded
from core.signing_in.web.tokens import asked_for, asking_page, new_token, token_page
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, see_other
from core.web.routes import get, post
from events import New


class Programs(Controller):
    """Tokens of one program."""

    path = "/people/{person_id:uuid}/token"

    @get("/", guards=[may("write", "core.people"), proved])
    def ask(self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Asks what the token is for."""
        return _asking(desk, person_id, form)

    @post("/", guards=[may("write", "core.people"), proved])
    def make(
        self, person_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Makes it and shows it, this once; it may what the program was granted."""
        _is_program(desk, person_id)

        def done() -> Page:
            new = new_token(desk.building, person_id, form)
            desk.record([New(person_id, new.fact)], command_id=uuid7(desk.building.clock()))
            back = f"/people/{person_id}"
            return token_page(
                desk.building, new, crumbs=_crumbs(back), whose="Whoever has it acts as this program", back_href=back
            )

        return form.checked(
            lambda: asked_for(desk.building, person_id, form), done, lambda: _asking(desk, person_id, form)
        )

    @post("/{name:str}/end", guards=[may("write", "core.people"), proved])
    def end(
        self, person_id: FromPath[UUID], name: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Ends one of its tokens: whoever has it is turned away from now on."""
        _is_program(desk, person_id)
        if not desk.building.desk_store.tokens.end(person_id, name):
            raise NotFound
        desk.record([New(person_id, TokenEnded(desk.today, name))], command_id=uuid7(desk.building.clock()))
        return see_other(f"/people/{person_id}", "That token has ended.")


def tokens_of(desk: Desk, person_id: UUID) -> list[dict[str, Any]]:
    """A program's tokens, as its page lists them."""
    building = desk.building
    return [
        {
            "called": one.called,
            "may": ": ".join(
                [
                    "reads and records" if one.writes else "reads only",
                    *([", ".join(building.plugins.title(name) for name in one.reach)] if one.reach else []),
                ]
            ),
            "ends": datetime.fromtimestamp(one.ends_at, UTC).date(),
            "used": datetime.fromtimestamp(one.used_at, UTC) if one.used_at else None,
            "end_href": f"/people/{person_id}/token/{one.name}/end",
        }
        for one in building.desk_store.tokens.of(person_id)
    ]


def _is_program(desk: Desk, person_id: UUID) -> None:
    """Raises NotFound for somebody who makes tokens of their own, and for what is used no more."""
    one = desk.building.person(person_id)
    if one is None or not one.program or one.left_on is not None:
        raise NotFound


def _asking(desk: Desk, person_id: UUID, form: Form) -> Page:
    _is_program(desk, person_id)
    back = f"/people/{person_id}"
    says = "It may what the program was granted, and what it does is recorded as the program's."
    return asking_page(desk.building, form, crumbs=_crumbs(back), says=says, action=f"{back}/token", back_href=back)


def _crumbs(back: str) -> list[dict[str, str | None]]:
    return [{"text": "Program", "href": back}, {"text": "Token", "href": None}]
