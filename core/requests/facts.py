"""What became of a request about somebody's data: class core.requests, of the request itself."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from events import Fact, FreeText

Sort = Literal["access", "complaint"]
Outcome = Literal["given", "part", "refused"]


class RequestReceived(Fact, frozen=True, tag="requests.received/1", record="core.requests", on="received_on"):
    """Somebody asked for what is kept, or complained: in any form, to anyone here."""

    sort: Sort
    pupil: UUID | None
    """Whose data it is about; None for somebody who is no pupil here."""
    received_on: date
    proof_needed: bool
    """Whether it is still to be shown who asks, or that they may ask for this child."""
    whom: FreeText
    asks: FreeText


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


class SecondRead(Fact, frozen=True, tag="requests.second_read/1", record="core.requests", on="read_on"):
    """A second person read what is to be given: what it says of others, and what is held back and why."""

    read_on: date
    by: UUID
    remarks: FreeText = ""


class RequestAnswered(Fact, frozen=True, tag="requests.answered/1", record="core.requests", on="answered_on"):
    """They were answered."""

    answered_on: date
    outcome: Outcome
    by: UUID
    words: FreeText
    """What was given, what was held back and why, and that they were told where they can complain."""
