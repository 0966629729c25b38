"""Where a request stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.periods import Calendar
from core.requests.facts import (
    ClarificationAsked,
    ClarificationGiven,
    IdentityProved,
    Outcome,
    PackSealed,
    PartsDecided,
    PeopleNamed,
    RecordLeftOut,
    RecordsPromised,
    RequestAcknowledged,
    RequestAnswered,
    RequestExtended,
    RequestReceived,
    SecondRead,
    Sort,
)
from core.requests.rules import Clock, Pause, acknowledge_by, answer_by, information_by, record_by
from events import Fact, folds

_NOTHING = hashlib.sha256(b"[]").hexdigest()
"""What was read where nothing is given; see `SecondRead.digest`."""


class Request(msgspec.Struct, frozen=True):
    """One request, with everything its clock is told from."""

    sort: Sort
    pupil: UUID | None
    whom: str
    asks: str
    clock: Clock
    acknowledged_on: date | None = None
    read_by: UUID | None = None
    read_on: date | None = None
    digest: str = ""
    """Of what was read; see `SecondRead`."""
    parts: Mapping[str, str] = {}
    """Parts that are held back, with the codes why; see `PartsDecided`."""
    left_out: Mapping[str, str] = {}
    """Classes of record that are not given, with the codes why."""
    pack: str = ""
    """SHA-256 of the pack that was made of what was read."""
    answered_on: date | None = None
    outcome: Outcome | None = None
    people: tuple[UUID, ...] = ()
    """Records that are gathered of somebody who is no pupil here."""

    @property
    def is_for_data(self) -> bool:
        """Whether it asks for what is kept of somebody. At an academy a request for an educational record does."""
        return self.sort in ("access", "record")

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Whose records are gathered for it."""
        return (self.pupil,) if self.pupil else self.people

    @property
    def gives_something(self) -> bool:
        """Whether a pack is owed: not where everything is left out, or nothing is kept any more."""
        return self.is_for_data and bool(self.subjects) and self.digest != _NOTHING

    @property
    def waits_for_proof(self) -> bool:
        return self.clock.proof_needed and self.clock.proved_on is None

    @property
    def is_paused(self) -> bool:
        return any(one.given_on is None for one in self.clock.pauses)

    def due_by(self, calendar: Calendar, *, promised: bool) -> date | None:
        """The last day of what is to be done next; None when nothing is, or the clock does not run.

        Args:
            promised: Whether the academy gives educational records in 15 school days.
        """
        if self.answered_on:
            return None
        match self.sort:
            case "complaint":
                return None if self.acknowledged_on else acknowledge_by(self.clock.received_on)
            case "information":
                return information_by(self.clock.received_on, calendar)
            case "record" if promised:
                return record_by(self.clock, calendar)
        return answer_by(self.clock)

    def can_be_done(self, me: UUID) -> list[str]:
        """What this person can do now, the next thing first."""
        if self.answered_on:
            return []
        proof = ["proved"] if self.waits_for_proof else []
        if self.sort == "complaint":
            return [*([] if self.acknowledged_on else ["acknowledge"]), *proof, "answer"]
        if self.sort == "information":
            return ["answer"]
        runs = not (self.waits_for_proof or self.is_paused)
        return [
            *proof,
            "clarified" if self.is_paused else "clarify",
            *(["extend"] if runs and not self.clock.extended else []),
            *([] if self.pupil else ["whom"]),
            *(["gather"] if self.subjects else []),
            *([] if self.read_by else ["read"]),
            *(["pack"] if self.digest and self.gives_something and self.read_by != me else []),
            *(["answer"] if self.read_by not in (None, me) else []),
        ]


_UNREAD: Mapping[str, Any] = {"read_by": None, "read_on": None, "digest": "", "pack": ""}
"""What was read is not what would be given any more."""


@folds("core.requests")
def request(known: Request | None, fact: Fact) -> Request | None:
    """The request; None for none."""
    if isinstance(fact, RequestReceived):
        clock = Clock(fact.received_on, fact.proof_needed)
        return Request(fact.sort, fact.pupil, fact.whom, fact.asks, clock)
    if known is None:
        return None
    change = msgspec.structs.replace
    match fact:
        case PeopleNamed(people=people):
            return change(known, people=people, **_UNREAD)
        case IdentityProved() | ClarificationAsked() | ClarificationGiven() | RequestExtended():
            return change(known, clock=_clocked(known.clock, fact))
        case RequestAcknowledged(acknowledged_on):
            return change(known, acknowledged_on=acknowledged_on)
        case PartsDecided(parts=decided):
            parts = {key: code for key, code in {**known.parts, **decided}.items() if code}
            return change(known, parts=parts, **_UNREAD)
        case RecordLeftOut(record_class=record, code=code):
            left = {key: why for key, why in {**known.left_out, record: code}.items() if why}
            return change(known, left_out=left, **_UNREAD)
        case SecondRead(read_on, by, digest=digest):
            return change(known, read_by=by, read_on=read_on, digest=digest, pack="")
        case PackSealed(sha256=sha256):
            return change(known, pack=sha256)
        case RequestAnswered(answered_on, outcome):
            return change(known, answered_on=answered_on, outcome=outcome)
    return known


def _clocked(clock: Clock, fact: Fact) -> Clock:
    change = msgspec.structs.replace
    match fact:
        case IdentityProved(proved_on):
            return change(clock, proved_on=proved_on)
        case ClarificationAsked(asked_on):
            return change(clock, pauses=(*clock.pauses, Pause(asked_on)))
        case ClarificationGiven(given_on):
            return change(clock, pauses=tuple(Pause(one.asked_on, one.given_on or given_on) for one in clock.pauses))
    return change(clock, extended=True)


@folds("core.requests")
def promise(known: bool | None, fact: Fact) -> bool | None:
    """Of the academy: whether it gives educational records in 15 school days; None where it never said."""
    return fact.promised if isinstance(fact, RecordsPromised) else known
