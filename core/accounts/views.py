"""People, and what they may do."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from copy import copy
from datetime import date, datetime
from uuid import UUID

import msgspec

from core.accounts.facts import (
    AccountReopened,
    ConflictEnded,
    ConflictNamed,
    GlassBroken,
    Granted,
    GrantEnded,
    GrantProposed,
    GrantRefused,
    OperatorNamed,
    PersonAdded,
    PersonLeft,
    ProgramNamed,
    RoleProposed,
    RoleRefused,
    RoleSet,
    SignedIn,
)
from core.ids import uuid_for
from core.periods import london_today
from events import Fact, folds

GLASS = "glass"
"""Stands for the role in a grant that somebody took by breaking glass."""


class Person(msgspec.Struct, frozen=True):
    """Someone who may sign in, or a program of the trust's, until they leave."""

    name: str
    email: str
    added_on: date
    left_on: date | None = None
    operator: bool = False
    program: bool = False
    reopened_on: date | None = None
    """When it was opened again after nobody had used it for long."""

    @property
    def signs_in(self) -> bool:
        """Whether a password, a link or the trust's directory lets them in."""
        return self.left_on is None and not self.program


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
    until_at: datetime | None = None
    lead: UUID | None = None

    def covers(self, academy: UUID | None, at: datetime) -> bool:
        """Whether it counts at this academy (None: on the trust's own pages) at this moment."""
        return self.runs(at) and (not self.academies or academy in self.academies)

    def runs(self, at: datetime) -> bool:
        """Whether it counts at this moment, wherever it does. Its days are those of London."""
        day = london_today(at)
        ended = (self.until_by and day > self.until_by) or (self.ended_on and day >= self.ended_on)
        return day >= self.from_on and not ended and not (self.until_at and at >= self.until_at)

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
        case AccountReopened(reopened_on) if known:
            return msgspec.structs.replace(known, reopened_on=reopened_on)
        case ProgramNamed() if known:
            return msgspec.structs.replace(known, program=True)
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
        case Granted(grant, role, academies, subjects, named, allows, from_on, until_by, purpose, until_at, lead):
            new = Grant(
                grant,
                role,
                frozenset(academies),
                subjects,
                frozenset(named),
                {record: frozenset(each) for record, each in allows.items()},
                from_on,
                until_by,
                purpose,
                until_at=until_at,
                lead=lead,
            )
            return {**(known or {}), grant: new}
        case GlassBroken(grant, academy, pupil, record, broken_on, until_at, reason):
            new = Grant(
                grant,
                GLASS,
                frozenset({academy}),
                "named",
                frozenset({pupil}),
                {record: frozenset({"read"})},
                broken_on,
                None,
                reason,
                until_at=until_at,
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


class Proposal(msgspec.Struct, frozen=True):
    """A grant that waits for a second person."""

    grant: UUID
    role: str
    academies: tuple[UUID, ...]
    allows: Mapping[str, tuple[str, ...]]
    from_on: date
    until_by: date | None
    purpose: str
    by: UUID
    proposed_on: date


@folds("core.people")
def proposals(known: Mapping[UUID, Proposal] | None, fact: Fact) -> Mapping[UUID, Proposal] | None:
    """Grants to this person that wait for a second person to agree."""
    match fact:
        case GrantProposed(grant, role, academies, allows, from_on, until_by, purpose, by, proposed_on):
            new = Proposal(grant, role, academies, allows, from_on, until_by, purpose, by, proposed_on)
            return {**(known or {}), grant: new}
        case Granted(grant) | GrantRefused(grant) if known and grant in known:
            return {key: one for key, one in known.items() if key != grant}
    return known


class RoleChange(msgspec.Struct, frozen=True):
    """What a role shall be able to do."""

    proposal: UUID
    role: str
    allows: Mapping[str, tuple[str, ...]]
    holders: bool
    by: UUID
    proposed_on: date
    reason: str


class RolesEdited(msgspec.Struct, frozen=True):
    """What the trust itself decided of its roles; of the trust."""

    waiting: Mapping[UUID, RoleChange] = {}
    allows: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    """For each role, each class that was decided on, its actions as a manifest has them; () for none."""


@folds("core.people")
def roles_edited(known: RolesEdited | None, fact: Fact) -> RolesEdited | None:
    """What the trust decided its roles may do, and what waits for a second person."""
    edited = known or RolesEdited()
    match fact:
        case RoleProposed(proposal, role, allows, holders, by, proposed_on, reason):
            change = RoleChange(proposal, role, allows, holders, by, proposed_on, reason)
            return msgspec.structs.replace(edited, waiting={**edited.waiting, proposal: change})
        case RoleRefused(proposal):
            left = {key: one for key, one in edited.waiting.items() if key != proposal}
            return msgspec.structs.replace(edited, waiting=left)
        case RoleSet(proposal) if proposal in edited.waiting:
            change = edited.waiting[proposal]
            left = {key: one for key, one in edited.waiting.items() if key != proposal}
            after = {**edited.allows.get(change.role, {}), **change.allows}
            return RolesEdited(left, {**edited.allows, change.role: after})
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
    """What one person may do at one academy, or at the trust's centre, at one moment."""

    def __init__(self, held: Iterable[Grant], academy: UUID | None, at: datetime) -> None:
        self.grants = [grant for grant in held if grant.covers(academy, at)]

    @property
    def roles(self) -> list[str]:
        return list(dict.fromkeys(grant.role for grant in self.grants))

    def but(self, roles: Container[str]) -> Permissions:
        """The same without what these roles give."""
        others = copy(self)
        others.grants = [grant for grant in self.grants if grant.role not in roles]
        return others

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
