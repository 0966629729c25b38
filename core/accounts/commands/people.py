"""Who may sign in, and of whom somebody opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.accounts.facts import (
    AccountReopened,
    ConflictEnded,
    ConflictNamed,
    OperatorNamed,
    PersonAdded,
    PersonLeft,
    ProgramNamed,
)
from core.accounts.views import Person, conflicts, person
from core.command import Command, decides
from core.errors import Refused
from core.roll.views import pupil
from events import Fact

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(min_length=1, max_length=200)]
Reason = Annotated[str, Meta(max_length=400)]


class AddPerson(Command, frozen=True):
    name: Annotated[Words, Meta(title="a name")]
    email: Annotated[str, Meta(title="an email address", pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
    operator: bool = False
    program: bool = False


class RemovePerson(Command, frozen=True):
    """Cut someone off, at once and for good: they have left."""

    reason: Reason = ""


class ReopenAccount(Command, frozen=True):
    """Let somebody sign in again whose account is shut, since nobody used it for long."""


class NameConflict(Command, frozen=True):
    """Name a pupil close to someone, of whom they open nothing from now on."""

    pupil: UUID
    reason: Annotated[Words, Meta(title="what is between them")]


class EndConflict(Command, frozen=True):
    pupil: UUID
    reason: Annotated[Words, Meta(title="why it is over")]


@decides(AddPerson, given={"known": person}, by_name=False)
def add_person(command: AddPerson, known: Person | None, today: date) -> list[Fact]:
    if known is not None:
        raise Refused("This person is here already.", code="already_here")
    facts: list[Fact] = [PersonAdded(command.name, command.email, today)]
    facts += [ProgramNamed(today)] if command.program else []
    return [*facts, OperatorNamed(today)] if command.operator else facts


@decides(RemovePerson, given={"known": person}, about="itself")
def remove_person(command: RemovePerson, known: Person | None, today: date, subject: UUID, desk: Desk) -> PersonLeft:
    if subject == desk.person_id:
        raise Refused("Nobody cuts themselves off. Ask someone else who looks after people.", code="own_end")
    if known is None or known.left_on is not None:
        raise Refused("This person cannot sign in as it is.", code="not_here")
    return PersonLeft(today, command.reason)


@decides(ReopenAccount, given={"known": person}, about="itself", by_name=False)
def reopen_account(command: ReopenAccount, known: Person | None, today: date) -> AccountReopened:
    """Giving somebody their way in is for a page that asks again who does it, as every right is."""
    if known is None or not known.signs_in:
        raise Refused("There is no such person.", code="not_here")
    return AccountReopened(today)


@decides(NameConflict, given={"known": person, "held": conflicts}, about="itself")
def name_conflict(
    command: NameConflict, known: Person | None, held: Mapping[UUID, date] | None, today: date, desk: Desk
) -> ConflictNamed:
    if known is None or known.left_on is not None:
        raise Refused("There is no such person.", code="not_here")
    rolls = (desk.building.academy_log(one) for one in desk.academies.values())
    if all(roll.see(pupil, command.pupil) is None for roll in rolls):
        raise Refused("There is no such pupil at any academy.", code="no_pupil", field="pupil")
    if command.pupil in (held or {}):
        raise Refused("This stands already.", code="already", field="upn")
    return ConflictNamed(command.pupil, today, command.reason)


@decides(EndConflict, given={"held": conflicts}, by_name=False)
def end_conflict(
    command: EndConflict, held: Mapping[UUID, date] | None, today: date, subject: UUID, desk: Desk
) -> ConflictEnded:
    """Nobody lifts what keeps them from a record."""
    if subject == desk.person_id:
        raise Refused("Somebody else has to say that this is over.", code="own_conflict")
    if command.pupil not in (held or {}):
        raise Refused("Nothing stands between them.", code="not_held")
    return ConflictEnded(command.pupil, today, command.reason)
