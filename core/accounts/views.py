"""People, and what they may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.facts import (
    ConflictEnded,
    ConflictNamed,
    Granted,
    GrantEnded,
    OperatorNamed,
    PersonAdded,
    PersonLeft,
    SignedIn,
)
from core.ids import uuid_for
from events import Fact, folds


class Person(msgspec.Struct, frozen=True):
    """Someone who may sign in, until they leave."""

    name: str
    email: str
    added_on: date
    left_on: date | None = None
    operator: bool = False


class Grant(msgspec.Struct, frozen=True):
    """One grant, with the day it was ended, if it was."""

    grant: UUID
    role: str
    academies: frozenset[UUID]
    subjects: str
    named: frozenset[UUID]
    allows: Mapping[str, frozenset[str]]
    from_on: date
    until_by: date | None
    purpose: str
    ended_on: date | None = None

    def covers(self, academy: UUID | None, day: date) -> bool:
        """Whether it counts at this academy (None: on the trust's own pages) on this day."""
        return self.runs(day) and (not self.academies or academy in self.academies)

    def runs(self, day: date) -> bool:
        """Whether it counts on this day, wherever it does."""
        ended = (self.until_by and day > self.until_by) or (self.ended_on and day >= self.ended_on)
        return day >= self.from_on and not ended

    @property
    def opens(self) -> Mapping[str, frozenset[str]]:
        """For each class, what it allows beyond counts and flags, which name nobody's record."""
        return {record: actions - {"count", "flag"} for record, actions in self.allows.items()}

    def allows_any(self, action: str) -> bool:
        """Whether it allows an action with any class of record."""
        return any(action in actions for actions in self.allows.values())


@folds("core.people")
def person(known: Person | None, fact: Fact) -> Person | None:
    """The person; None for nobody."""
    match fact:
        case PersonAdded(name, email, added_on):
            return Person(name, email, added_on, operator=known.operator if known else False)
        case OperatorNamed() if known:
            return msgspec.structs.replace(known, operator=True)
        case PersonLeft(left_on) if known:
            return msgspec.structs.replace(known, left_on=left_on)
    return known


@folds("core.people")
def last_signed_in(known: date | None, fact: Fact) -> date | None:
    """The day they last signed in, told from the log of who looked; None for never."""
    match fact:
        case SignedIn(signed_in_on):
            return signed_in_on
    return known


@folds("core.people")
def grants(known: Mapping[UUID, Grant] | None, fact: Fact) -> Mapping[UUID, Grant] | None:
    """Every grant ever given to the person, by its id."""
    match fact:
        case Granted(grant, role, academies, subjects, named, allows, from_on, until_by, purpose):
            actions = {record: frozenset(each) for record, each in allows.items()}
            new = Grant(
                grant, role, frozenset(academies), subjects, frozenset(named), actions, from_on, until_by, purpose
            )
            return {**(known or {}), grant: new}
        case GrantEnded(grant, ended_on) if known and grant in known:
            return {**known, grant: msgspec.structs.replace(known[grant], ended_on=ended_on)}
    return known


@folds("core.people")
def conflicts(known: Mapping[UUID, date] | None, fact: Fact) -> Mapping[UUID, date] | None:
    """Pupils of whom the person opens nothing, whatever was granted (domain notes, trust C-07); since when."""
    match fact:
        case ConflictNamed(pupil, named_on):
            return {**(known or {}), pupil: named_on}
        case ConflictEnded(pupil) if known:
            return {key: since for key, since in known.items() if key != pupil}
    return known


def own_part(grant: UUID) -> UUID:
    """The id of what was granted with it for the person's own caseload only."""
    return uuid_for(grant, "own caseload")


def as_given(held: Iterable[Grant]) -> list[tuple[Grant, ...]]:
    """Grants as they were given: what is for the own caseload only beside that with which it was given."""
    by_id = {one.grant: one for one in held}
    own = {own_part(key) for key in by_id}
    pairs = [(one, by_id.get(own_part(key))) for key, one in by_id.items() if key not in own]
    return [(one, part) if part else (one,) for one, part in pairs]


class Permissions:
    """What one person may do at one academy, or at the trust's centre, on one day."""

    def __init__(self, held: Iterable[Grant], academy: UUID | None, day: date) -> None:
        self.grants = [grant for grant in held if grant.covers(academy, day)]

    @property
    def roles(self) -> list[str]:
        return list(dict.fromkeys(grant.role for grant in self.grants))

    def anywhere(self, action: str, record: str) -> bool:
        """Whether they hold it for anyone here: what opens a door."""
        return any(action in grant.allows.get(record, ()) for grant in self.grants)

    def scope(self, action: str, record: str, caseload: Callable[[], Iterable[UUID]]) -> frozenset[UUID] | None:
        """For whom they hold it; None for everyone. The caseload is asked for only where a grant needs it."""
        held: set[UUID] = set()
        for grant in self.grants:
            if action in grant.allows.get(record, ()):
                if grant.subjects == "all":
                    return None
                held |= grant.named if grant.subjects == "named" else set(caseload())
        return frozenset(held)
