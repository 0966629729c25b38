"""Who may sign in, and what each has been granted. In the trust's log; class core.people, subject the person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from events import GIVEN, Fact, FreeText


class PersonAdded(Fact, frozen=True, tag="accounts.person_added/1", record="core.people", on="added_on"):
    """Someone who may sign in. They see nothing until granted."""

    name: str
    email: str
    added_on: date


class PersonLeft(Fact, frozen=True, tag="accounts.person_left/1", record="core.people", on="left_on"):
    """They may not sign in any more."""

    left_on: date
    reason: FreeText = ""


class AccountReopened(Fact, frozen=True, tag="accounts.reopened/1", record="core.people", on="reopened_on"):
    """They may sign in again, though nobody did for long."""

    reopened_on: date


class ProgramNamed(Fact, frozen=True, tag="accounts.program_named/1", record="core.people", on="named_on"):
    """It is a program of the trust's: it has no password, and comes by tokens that others make for it."""

    named_on: date


class OperatorNamed(Fact, frozen=True, tag="accounts.operator_named/1", record="core.people", on="named_on"):
    """Whoever can read the master key runs the installation from its command line; each use is recorded as theirs."""

    named_on: date


class Granted(Fact, frozen=True, tag="accounts.granted/1", record="core.people", on="from_on"):
    """A person may do these things, with these classes of record, of these pupils, at these academies."""

    grant: UUID
    role: str
    academies: tuple[UUID, ...]
    """Empty: all of them, and the trust's own pages."""
    subjects: Literal["all", "caseload", "named"]
    named: tuple[UUID, ...]
    allows: dict[str, tuple[str, ...]]
    """For each record class, the actions."""
    from_on: date
    until_by: date | None
    """The last day, inclusive; None while it runs."""
    purpose: FreeText
    until_at: datetime | None = None
    """The moment it stops counting, in UTC, where that is within a day."""
    lead: UUID | None = None
    """Who lent it out of what they hold, and stays answerable for it; None when the trust gave it."""


class GrantProposed(Fact, frozen=True, tag="accounts.grant_proposed/1", record="core.people", on="proposed_on"):
    """A grant that opens account administration itself: it counts once a second person agrees."""

    grant: UUID
    role: str
    academies: tuple[UUID, ...]
    allows: dict[str, tuple[str, ...]]
    from_on: date
    until_by: date | None
    purpose: FreeText
    by: UUID
    proposed_on: date


class GrantRefused(Fact, frozen=True, tag="accounts.grant_refused/1", record="core.people", on="refused_on"):
    """The second person did not agree."""

    grant: UUID
    refused_on: date
    reason: FreeText = ""


class RoleProposed(Fact, frozen=True, tag="accounts.role_proposed/1", record="core.people", on="proposed_on"):
    """What a role shall be able to do from now on; it counts once a second person agrees. Of the trust."""

    proposal: UUID
    role: str
    allows: dict[str, tuple[str, ...]]
    """For each record class that changes, the actions as a manifest has them: "own" ahead, or none at all."""
    holders: bool
    """Whether those who hold the role now are granted the same."""
    by: UUID
    proposed_on: date
    reason: FreeText


class RoleSet(Fact, frozen=True, tag="accounts.role_set/1", record="core.people", on="set_on"):
    """A role may do from now on what was proposed. Of the trust."""

    proposal: UUID
    set_on: date


class RoleRefused(Fact, frozen=True, tag="accounts.role_refused/1", record="core.people", on="refused_on"):
    """The second person did not agree. Of the trust."""

    proposal: UUID
    refused_on: date
    reason: FreeText = ""


class GlassBroken(Fact, frozen=True, tag="accounts.glass_broken/1", record="core.people", on="broken_on"):
    """They opened what their role hides of one pupil, because it could not wait."""

    grant: UUID
    academy: UUID
    pupil: UUID
    record_class: str
    broken_on: date
    until_at: datetime
    reason: FreeText


class GrantEnded(Fact, frozen=True, tag="accounts.grant_ended/1", record="core.people", on="ended_on"):
    """A grant was taken back; from this day on it counts no more."""

    grant: UUID
    ended_on: date
    reason: FreeText = ""


class ConflictNamed(Fact, frozen=True, tag="accounts.conflict_named/1", record="core.people", on="named_on"):
    """They are close to this pupil, a parent perhaps, and so open nothing of theirs. It beats every grant."""

    pupil: UUID
    named_on: date
    reason: FreeText = ""


class ConflictEnded(Fact, frozen=True, tag="accounts.conflict_ended/1", record="core.people", on="ended_on"):
    """What was between them and this pupil is over."""

    pupil: UUID
    ended_on: date
    reason: FreeText = ""


class SignedIn(Fact, frozen=True, tag="accounts.signed_in/1", record="core.people", on="signed_in_on"):
    """In the log of who looked."""

    signed_in_on: date
    how: str = ""
    """With what: "password", "password and code", or the provider's name."""


class TurnedAway(Fact, frozen=True, tag="accounts.turned_away/1", record="core.people", on="turned_away_on"):
    """Somebody asked for what they have not been granted. In the log of who looked; of the child, where one was asked
    for, else of themselves."""

    turned_away_on: date
    action: str
    """What they asked to do; "find" a child who is not there for them, "enter" an academy where they have nothing."""
    record_class: str


class Opened(Fact, frozen=True, tag="accounts.opened/1", record=GIVEN, on="opened_on"):
    """They opened a record: one for each person, subject and class in a session and hour. In the log of who looked."""

    opened_on: date
    beside: tuple[str, ...] = ()
    """Classes shown with one that is need to know: apart from it, the look itself would tell that there is such."""


class Exported(Fact, frozen=True, tag="accounts.exported/1", record=GIVEN, on="exported_on"):
    """They took a list out of the program. In the log of who looked."""

    exported_on: date
    what: str
    rows: int


class PackFetched(Fact, frozen=True, tag="accounts.pack_fetched/1", record="core.trail", on="fetched_on"):
    """A pack that was handed over by link was fetched; once an hour at most. In the log of who looked."""

    fetched_on: date
    pack: str
    """SHA-256 of the file, in hex."""


class PackMade(Fact, frozen=True, tag="accounts.pack_made/1", record=GIVEN, on="made_on"):
    """They made a pack for someone outside: one for each subject and class in it. In the log of who looked."""

    made_on: date
    pack: str
    """SHA-256 of the file, in hex."""
    entries: int
    """How many of this subject and class are in it."""
    purpose: FreeText
    """For whom, and why."""
