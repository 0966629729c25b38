"""What each person is granted, by whom it must be agreed, and when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.accounts.commands.people import Reason, Words
from core.accounts.facts import Granted, GrantEnded, GrantProposed, GrantRefused
from core.accounts.roles import ROLES, STAND_IN, Role, administers, takes_two
from core.accounts.rules import terms
from core.accounts.views import Grant, Person, Proposal, as_given, grants, own_part, person, proposals
from core.command import Command, decides
from core.errors import Refused
from core.periods import london_today

if TYPE_CHECKING:
    from core.desk import Desk


class Give(Command, frozen=True):
    """Grant a role. `allows` is what the role may today."""

    role: Annotated[str, Meta(title="a role")]
    academies: tuple[UUID, ...]
    allows: dict[str, tuple[str, ...]]
    purpose: Annotated[Words, Meta(title="what it is for")]
    subjects: Literal["all", "caseload", "named"] = "all"
    named: tuple[UUID, ...] = ()
    from_on: date | None = None
    until_by: Annotated[date | None, Meta(title="the last day")] = None
    until_at: Annotated[Annotated[datetime, Meta(tz=True)] | None, Meta(title="the moment it ends")] = None
    own: dict[str, tuple[str, ...]] = {}
    """What the role may for the person's own caseload only; for someone from outside, for those named."""


class AgreeToGrant(Command, frozen=True):
    """As the second person."""

    grant: UUID


class RefuseGrant(Command, frozen=True):
    """As the second person."""

    grant: UUID
    reason: Annotated[Words, Meta(title="why not")]


class EndGrant(Command, frozen=True):
    """Take a grant back, at once."""

    grant: UUID
    reason: Reason = ""


@decides(Give, given={"known": person}, by_name=False)
def give(
    command: Give, known: Person | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> list[Granted] | GrantProposed:
    """Nobody grants to themselves, only an operator names another, and rights over accounts are granted by two people
    (domain notes, trust S13); by an operator alone, while there is no second one."""
    role = ROLES.get(command.role)
    if known is None or known.left_on is not None:
        raise Refused("There is no such person.", code="not_here")
    if subject == desk.person_id and not desk.person.operator:
        raise Refused("Nobody grants to themselves. Ask someone else who looks after people.", code="own_grant")
    if command.role == "operator" and not desk.person.operator:
        raise Refused("Only an operator names another operator.", code="operator_only", field="role")
    if role is None:
        raise Refused(f"There is no role {command.role!r}.", code="no_role", field="role")
    if command.role == STAND_IN:
        raise Refused("A stand-in is named by whoever they stand in for.", code="lent_only", field="role")
    if not command.allows and not command.own:
        raise Refused("No plugin here lets this role do anything yet.", code="empty", field="role")
    if role.level == "academy" and not command.academies:
        raise Refused("Choose the academies this role is for.", code="no_academy", field="academy")
    starts = command.from_on or today
    _check_end(command, role, starts, desk)
    if takes_two(command.allows) or takes_two(command.own):
        _check_whole(command)
        if _waits(subject, desk):
            return GrantProposed(
                command_id, command.role, command.academies, command.allows, starts, command.until_by,
                command.purpose, desk.person_id, today,
            )  # fmt: skip
    beside: tuple[Literal["caseload", "named"], tuple[UUID, ...]] = ("caseload", ())
    if role.is_outside:
        beside = ("named", command.named)
    parts = [(command.subjects, command.named, command.allows), (*beside, command.own)]
    ids = (command_id, own_part(command_id))
    return [
        Granted(
            grant, command.role, command.academies, *part, starts, command.until_by, command.purpose, command.until_at
        )
        for grant, part in zip(ids, (part for part in parts if part[2]), strict=False)
    ]


def _check_whole(command: Give) -> None:
    """Rights over accounts are for everybody or for nobody: a caseload or an hour would not bind them."""
    if command.own or command.subjects != "all" or command.until_at:
        raise Refused("Rights over accounts are granted whole, and until the end of a day.", code="not_whole")


def _waits(subject: UUID, desk: Desk) -> bool:
    """Whether a second person is asked; an operator alone decides alone, while there is nobody else.

    Raises:
        Refused: Nobody could agree, and whoever asks is no operator.
    """
    if desk.building.who_agrees(but=(desk.person_id, subject)):
        return True
    if not desk.person.operator:
        raise Refused("Nobody here could be the second person. Ask whoever runs Tallystick.", code="nobody_agrees")
    return False


def _check_end(command: Give, role: Role, starts: date, desk: Desk) -> None:
    """Whoever comes from outside, and whoever looks after accounts, does so for a while."""
    last = command.until_by
    if command.until_at:
        day = london_today(command.until_at)
        if command.until_at <= desk.building.now:
            raise Refused("That moment has gone by.", code="ends_first", field="until_at")
        last = min(last, day) if last else day
    if last and last < starts:
        raise Refused("A grant cannot end before it starts.", code="ends_first", field="until_by")
    if role.subjects == "named" and not command.named:
        raise Refused("Name those this is about.", code="nobody_named", field="upns")
    most = terms(desk.today)
    longest = most.roles.get(command.role)
    if administers(command.allows) and command.role != "operator":
        longest = most.administering
    if longest is None:
        return
    if last is None:
        raise Refused(f"Say until when: {longest} days at most.", code="no_end", field="until_by")
    if (last - starts).days >= longest:
        raise Refused(f"This role is granted for {longest} days at most.", code="too_long", field="until_by")


@decides(AgreeToGrant, given={"known": person, "waiting": proposals}, needs="sign", by_name=False)
def agree_to_grant(
    command: AgreeToGrant,
    known: Person | None,
    waiting: Mapping[UUID, Proposal] | None,
    today: date,
    subject: UUID,
    desk: Desk,
) -> Granted:
    """Whoever asked for it, and whoever it is for, cannot be the second person."""
    one = _waiting(command.grant, waiting, subject, desk)
    if known is None or known.left_on is not None:
        raise Refused("They have left.", code="not_here")
    if one.until_by and one.until_by < today:
        raise Refused("It would have ended by now. Refuse it, and have it asked for again.", code="ends_first")
    return Granted(
        one.grant, one.role, one.academies, "all", (), dict(one.allows), one.from_on, one.until_by, one.purpose
    )


@decides(RefuseGrant, given={"waiting": proposals}, needs="sign", by_name=False)
def refuse_grant(
    command: RefuseGrant, waiting: Mapping[UUID, Proposal] | None, today: date, subject: UUID, desk: Desk
) -> GrantRefused:
    """Whoever asked for it, and whoever it is for, cannot be the second person."""
    one = _waiting(command.grant, waiting, subject, desk)
    return GrantRefused(one.grant, today, command.reason)


def _waiting(grant: UUID, waiting: Mapping[UUID, Proposal] | None, subject: UUID, desk: Desk) -> Proposal:
    one = (waiting or {}).get(grant)
    if one is None:
        raise Refused("This was decided already.", code="not_waiting")
    if desk.person_id in (one.by, subject):
        raise Refused("Somebody else has to agree to this.", code="same_person")
    return one


@decides(EndGrant, given={"held": grants}, about="itself")
def end_grant(command: EndGrant, held: Mapping[UUID, Grant] | None, today: date) -> list[GrantEnded]:
    """What was given together ends together."""
    given = (parts for parts in as_given((held or {}).values()) if command.grant in {one.grant for one in parts})
    standing = [one.grant for parts in given for one in parts if one.ended_on is None]
    if not standing:
        raise Refused("This grant has ended already.", code="not_held")
    return [GrantEnded(grant, today, command.reason) for grant in standing]
