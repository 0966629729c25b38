"""What the roles of this trust may do, decided by two people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from core.accounts.commands.people import Words
from core.accounts.facts import Granted, GrantEnded, RoleProposed, RoleRefused, RoleSet
from core.accounts.roles import ADMINISTERS, OWN, ROLES, administers, allowed, takes_two
from core.accounts.views import Grant, RoleChange, RolesEdited, as_given, own_part, roles_edited
from core.command import Command, decides
from core.errors import Refused
from core.ids import uuid_for
from core.manifest import ACTIONS
from events import New, Stream

if TYPE_CHECKING:
    from core.desk import Desk

_BESIDE = {ADMINISTERS, "core.running", "core.trail"}
"""All that whoever looks after accounts may hold."""


class ProposeRole(Command, frozen=True):
    """What a role shall be able to do, for each record class that changes. Counts once a second person agrees."""

    role: Annotated[str, Meta(title="a role")]
    allows: dict[str, tuple[str, ...]]
    """The actions, with "own" ahead for the own caseload only; none at all takes the class away."""
    reason: Annotated[Words, Meta(title="why")]
    holders: bool = False
    """Whether those who hold the role now are granted the same."""


class AgreeToRole(Command, frozen=True):
    """As the second person."""

    proposal: UUID


class RefuseRole(Command, frozen=True):
    """As the second person."""

    proposal: UUID
    reason: Annotated[Words, Meta(title="why not")]


@decides(ProposeRole, given={"edited": roles_edited}, about="academy", by_name=False)
def propose_role(
    command: ProposeRole, edited: RolesEdited | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> list[New]:
    """An operator alone decides alone, while nobody else could agree: an installation begins with one person."""
    titles = {one.name for room in desk.building.plugins.everything for one in room.records}
    if command.role not in ROLES:
        raise Refused(f"There is no role {command.role!r}.", code="no_role", field="role")
    if not command.allows:
        raise Refused("Nothing would change.", code="no_change")
    for record, words in command.allows.items():
        if record not in titles:
            raise Refused(f"There is no class of record {record!r}.", code="no_class")
        if set(words[words[:1] == (OWN,) :]) - set(ACTIONS):
            raise Refused("There is no such action.", code="no_action")
        if ADMINISTERS in command.allows and command.role == "operator":
            raise Refused("The operator looks after people, always.", code="operator_only")
        if record == ADMINISTERS and words[:1] == (OWN,):
            raise Refused("Rights over accounts are held whole or not at all.", code="not_whole")
    after = _after(command, edited or RolesEdited(), desk)
    if administers(after) and command.role != "operator" and after.keys() - _BESIDE:
        raise Refused("Whoever looks after accounts reads no records (trust notes, section 2).", code="never_content")
    if command.holders and takes_two(after):
        raise Refused(
            "Rights over accounts are granted to each person by name. Let those who hold the role keep what they have.",
            code="by_name",
            field="holders",
        )
    proposed = RoleProposed(
        command_id, command.role, command.allows, command.holders, desk.person_id, today, command.reason
    )
    if desk.building.who_agrees(but=(desk.person_id,)):
        return [New(subject, proposed)]
    if not desk.person.operator:
        raise Refused("Nobody here could be the second person. Ask whoever runs Tallystick.", code="nobody_agrees")
    facts = [New(subject, proposed), New(subject, RoleSet(command_id, today))]
    if command.holders:
        change = RoleChange(command_id, command.role, command.allows, True, desk.person_id, today, command.reason)
        facts += _granted_anew(change, edited or RolesEdited(), today, desk)
    return facts


def _after(command: ProposeRole, edited: RolesEdited, desk: Desk) -> dict[str, tuple[str, ...]]:
    """All that the role could do then, whether for everybody or for some."""
    edits = {**edited.allows.get(command.role, {}), **command.allows}
    everything = desk.building.plugins.everything
    return {
        **allowed(command.role, everything, edits, own=True),
        **allowed(command.role, everything, edits),
    }


def _holders(desk: Desk, _: UUID) -> Iterator[Stream]:
    return (Stream(key, ADMINISTERS) for key in desk.building.people())


@decides(AgreeToRole, given={"edited": roles_edited}, about="academy", beside=_holders, needs="sign", by_name=False)
def agree_to_role(
    command: AgreeToRole, edited: RolesEdited | None, today: date, subject: UUID, desk: Desk
) -> list[New]:
    """Where it was asked for, whoever holds the role is granted anew what it may now, as they held it."""
    change = _waiting(command.proposal, edited, desk)
    facts = [New(subject, RoleSet(change.proposal, today))]
    if change.holders:
        facts += _granted_anew(change, edited or RolesEdited(), today, desk)
    return facts


@decides(RefuseRole, given={"edited": roles_edited}, about="academy", needs="sign", by_name=False)
def refuse_role(command: RefuseRole, edited: RolesEdited | None, today: date, desk: Desk) -> RoleRefused:
    return RoleRefused(_waiting(command.proposal, edited, desk).proposal, today, command.reason)


def _waiting(proposal: UUID, edited: RolesEdited | None, desk: Desk) -> RoleChange:
    change = (edited or RolesEdited()).waiting.get(proposal)
    if change is None:
        raise Refused("This was decided already.", code="not_waiting")
    if change.by == desk.person_id:
        raise Refused("Somebody else has to agree to this.", code="same_person")
    return change


def _granted_anew(change: RoleChange, edited: RolesEdited, today: date, desk: Desk) -> Iterator[New]:
    building = desk.building
    edits = {**edited.allows.get(change.role, {}), **change.allows}
    parts = [allowed(change.role, building.plugins.everything, edits, own=own) for own in (False, True)]
    for person, known in building.people().items():
        if known.left_on is not None:
            continue
        held = [one for one in building.grants(person) if one.lead is None]
        for given in as_given(held):
            if given[0].role == change.role and given[0].runs(building.now):
                yield from _anew(person, given, parts, change.proposal, today)


def _anew(
    person: UUID, given: tuple[Grant, ...], parts: list[dict[str, tuple[str, ...]]], proposal: UUID, today: date
) -> Iterator[New]:
    """The end of what was given, and the same again with what the role may now. A grant that ends today counts no
    more from today, and the new one counts from today."""
    yield from (New(person, GrantEnded(one.grant, today, "What the role may do was changed")) for one in given)
    first, beside = given[0], given[-1]
    some = "named" if "named" in (first.subjects, beside.subjects) else "caseload"
    ids = uuid_for(proposal, first.grant.hex), own_part(uuid_for(proposal, first.grant.hex))
    scopes: list[Mapping[str, object]] = [
        {"subjects": first.subjects, "named": tuple(sorted(first.named))},
        {"subjects": some, "named": tuple(sorted(beside.named))},
    ]
    for grant, scope, allows in zip(ids, scopes, parts, strict=True):
        if allows:
            granted = Granted(
                grant, first.role, tuple(sorted(first.academies)), "all", (), allows, today, first.until_by,
                first.purpose, first.until_at,
            )  # fmt: skip
            yield New(person, msgspec.structs.replace(granted, **scope))
