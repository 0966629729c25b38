"""What became of a request about somebody's data: class core.requests, of the request itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from events import Fact, FreeText

Sort = Literal["access", "record", "information", "complaint"]
"""What is kept of somebody; a pupil's educational record; freedom of information; a complaint about data."""
Outcome = Literal["given", "part", "refused"]


class RequestReceived(Fact, frozen=True, tag="requests.received/1", record="core.requests", on="received_on"):
    """Somebody asked, or complained: in any form, to anyone here."""

    sort: Sort
    pupil: UUID | None
    """Whose data it is about; None for somebody who is no pupil here, whom `PeopleNamed` tells, and for nobody."""
    received_on: date
    proof_needed: bool
    """Whether it is still to be shown who asks, or that they may ask for this child."""
    whom: FreeText
    asks: FreeText


class PeopleNamed(Fact, frozen=True, tag="requests.people_named/1", record="core.requests", on="named_on"):
    """It was decided whose records are gathered for somebody who is no pupil here."""

    named_on: date
    by: UUID
    people: tuple[UUID, ...]
    """Each record of theirs: as staff, on the central record, as an applicant. Empty: none is."""


class RecordsPromised(Fact, frozen=True, tag="requests.records_promised/1", record="core.requests", on="decided_on"):
    """The academy decided whether it gives a pupil's educational record in 15 school days: of the academy."""

    decided_on: date
    by: UUID
    promised: bool


class IdentityProved(Fact, frozen=True, tag="requests.identity_proved/1", record="core.requests", on="proved_on"):
    """It is shown who asks, and that they may."""

    proved_on: date
    how: FreeText


class ClarificationAsked(
    Fact, frozen=True, tag="requests.clarification_asked/1", record="core.requests", on="asked_on"
):
    """They were asked what they mean, since it cannot be answered otherwise: the clock stands still."""

    asked_on: date
    what: FreeText


class ClarificationGiven(
    Fact, frozen=True, tag="requests.clarification_given/1", record="core.requests", on="given_on"
):
    """They said what they mean: the clock goes on."""

    given_on: date


class RequestExtended(Fact, frozen=True, tag="requests.extended/1", record="core.requests", on="told_on"):
    """They were told, and why, that it takes up to two months more."""

    told_on: date
    reason: FreeText


class RequestAcknowledged(
    Fact, frozen=True, tag="requests.acknowledged/1", record="core.requests", on="acknowledged_on"
):
    """They were told that their complaint has come."""

    acknowledged_on: date


class PartsDecided(Fact, frozen=True, tag="requests.parts_decided/1", record="core.requests", on="decided_on"):
    """For parts of what is kept, somebody decided whether they are given."""

    decided_on: date
    by: UUID
    parts: Mapping[str, str]
    """For each, by its entry and number ("<event id>.<number>"), the code why it is held back, "" where it is given.
    "by" stands for the names of all who recorded something."""


class RecordLeftOut(Fact, frozen=True, tag="requests.record_left_out/1", record="core.requests", on="decided_on"):
    """A whole class of record is not given, or is again."""

    decided_on: date
    by: UUID
    record_class: str
    code: str
    """Why; empty: it is given."""


class PackSealed(Fact, frozen=True, tag="requests.pack_sealed/1", record="core.requests", on="sealed_on"):
    """What was read by two was made a pack, to be given as it is."""

    sealed_on: date
    by: UUID
    sha256: str
    """Of the file, in hex."""
    entries: int
    withheld: int
    """Parts of them."""


class SecondRead(Fact, frozen=True, tag="requests.second_read/1", record="core.requests", on="read_on"):
    """A second person read what is to be given: what it says of others, and what is held back and why."""

    read_on: date
    by: UUID
    remarks: FreeText = ""
    digest: str = ""
    """Stands for just the entries, with just the parts held back, that were read; empty where none were gathered."""


class RequestAnswered(Fact, frozen=True, tag="requests.answered/1", record="core.requests", on="answered_on"):
    """They were answered."""

    answered_on: date
    outcome: Outcome
    by: UUID
    words: FreeText
    """What was given, what was held back and why, and that they were told where they can complain."""
