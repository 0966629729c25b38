"""What the trust decides about people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.accounts.facts import (
    ConflictEnded,
    ConflictNamed,
    Granted,
    GrantEnded,
    OperatorNamed,
    PersonAdded,
    PersonLeft,
)
from core.accounts.roles import ROLES
from core.accounts.views import Grant, Person, as_given, conflicts, grants, own_part, person
from core.command import Command, decides
from core.errors import Refused
from events import Fact

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(min_length=1, max_length=200)]
Reason = Annotated[str, Meta(max_length=400)]


class AddPerson(Command, frozen=True):
    name: Annotated[Words, Meta(title="a name")]
    email: Annotated[str, Meta(title="an email address", pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
    operator: bool = False


class RemovePerson(Command, frozen=True):
    reason: Reason = ""


class Give(Command, frozen=True):
    """Grant a role. `allows` is what the role's manifests say today."""

    role: Annotated[str, Meta(title="a role")]
    academies: tuple[UUID, ...]
    allows: dict[str, tuple[str, ...]]
    purpose: Annotated[Words, Meta(title="what it is for")]
    subjects: Literal["all", "caseload", "named"] = "all"
    named: tuple[UUID, ...] = ()
    from_on: date | None = None
    until_by: Annotated[date | None, Meta(title="the last day")] = None
    own: dict[str, tuple[str, ...]] = {}
    """What the role may for the person's own caseload only."""


class EndGrant(Command, frozen=True):
    grant: UUID
    reason: Reason = ""


class NameConflict(Command, frozen=True):
    pupil: UUID
    reason: Annotated[Words, Meta(title="what is between them")]


class EndConflict(Command, frozen=True):
    pupil: UUID
    reason: Annotated[Words, Meta(title="why it is over")]


@decides(AddPerson, given={"known": person})
def add_person(command: AddPerson, known: Person | None, today: date) -> list[Fact]:
    if known is not None:
        raise Refused("This person is here already.", code="already_here")
    facts: list[Fact] = [PersonAdded(command.name, command.email, today)]
    return [*facts, OperatorNamed(today)] if command.operator else facts


@decides(RemovePerson, given={"known": person})
def remove_person(command: RemovePerson, known: Person | None, today: date) -> PersonLeft:
    if known is None or known.left_on is not None:
        raise Refused("This person cannot sign in as it is.", code="not_here")
    return PersonLeft(today, command.reason)


@decides(Give, given={"known": person})
def give(
    command: Give, known: Person | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> list[Granted]:
    """Nobody grants to themselves, and only an operator names another: account administration never reads records."""
    role = ROLES.get(command.role)
    if known is None or known.left_on is not None:
        raise Refused("There is no such person.", code="not_here")
    if subject == desk.person_id and not desk.person.operator:
        raise Refused("Nobody grants to themselves. Ask someone else who looks after people.", code="own_grant")
    if command.role == "operator" and not desk.person.operator:
        raise Refused("Only an operator names another operator.", code="operator_only", field="role")
    if role is None:
        raise Refused(f"There is no role {command.role!r}.", code="no_role", field="role")
    if not command.allows and not command.own:
        raise Refused("No plugin here lets this role do anything yet.", code="empty", field="role")
    if role.level == "academy" and not command.academies:
        raise Refused("Choose the academies this role is for.", code="no_academy", field="academy")
    starts = command.from_on or today
    if command.until_by and command.until_by < starts:
        raise Refused("A grant cannot end before it starts.", code="ends_first", field="until_by")
    parts = [(command.subjects, command.named, command.allows), ("caseload", (), command.own)]
    ids = (command_id, own_part(command_id))
    return [
        Granted(grant, command.role, command.academies, *part, starts, command.until_by, command.purpose)
        for grant, part in zip(ids, (part for part in parts if part[2]), strict=False)
    ]


@decides(EndGrant, given={"held": grants})
def end_grant(command: EndGrant, held: Mapping[UUID, Grant] | None, today: date) -> list[GrantEnded]:
    """What was given together ends together."""
    given = (parts for parts in as_given((held or {}).values()) if command.grant in {one.grant for one in parts})
    standing = [one.grant for parts in given for one in parts if one.ended_on is None]
    if not standing:
        raise Refused("This grant has ended already.", code="not_held")
    return [GrantEnded(grant, today, command.reason) for grant in standing]


@decides(NameConflict, given={"known": person, "held": conflicts})
def name_conflict(
    command: NameConflict, known: Person | None, held: Mapping[UUID, date] | None, today: date
) -> ConflictNamed:
    if known is None or known.left_on is not None:
        raise Refused("There is no such person.", code="not_here")
    if command.pupil in (held or {}):
        raise Refused("This stands already.", code="already", field="upn")
    return ConflictNamed(command.pupil, today, command.reason)


@decides(EndConflict, given={"held": conflicts})
def end_conflict(
    command: EndConflict, held: Mapping[UUID, date] | None, today: date, subject: UUID, desk: Desk
) -> ConflictEnded:
    """Nobody lifts what keeps them from a record."""
    if subject == desk.person_id:
        raise Refused("Somebody else has to say that this is over.", code="own_conflict")
    if command.pupil not in (held or {}):
        raise Refused("Nothing stands between them.", code="not_held")
    return ConflictEnded(command.pupil, today, command.reason)
