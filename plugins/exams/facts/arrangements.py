"""What becomes of an arrangement."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class ArrangementAgreed(
    Fact, frozen=True, tag="exams.arrangement_agreed/1", record="exams.arrangements", on="agreed_on"
):
    """The centre agreed an arrangement that is its own to give."""

    decision: UUID
    arrangement: str
    break_minutes: int | None
    """Planned rest breaks in a paper."""
    edition: str
    """The edition of the regulations it was decided under."""
    checked: str
    """What the check said that day: OK, WARN, BLOCK, REFER or UNKNOWN."""
    agreed_on: date
    reason: FreeText


class ArrangementApplied(
    Fact, frozen=True, tag="exams.arrangement_applied/1", record="exams.arrangements", on="applied_on"
):
    """The centre applied for an arrangement."""

    decision: UUID
    arrangement: str
    percent: int | None
    """Extra time, where that is what is asked for."""
    level: str
    centre: str
    edition: str
    checked: str
    reference: str
    applied_on: date
    reason: FreeText


class ArrangementApproved(
    Fact, frozen=True, tag="exams.arrangement_approved/1", record="exams.arrangements", on="approved_on"
):
    """The awarding bodies approved what was applied for."""

    decision: UUID
    approved_on: date
    expires_on: date | None
    """The day the approval itself prints; None when it prints none."""
    reference: str


class ArrangementRefused(
    Fact, frozen=True, tag="exams.arrangement_refused/1", record="exams.arrangements", on="refused_on"
):
    """The awarding bodies refused what was applied for."""

    decision: UUID
    refused_on: date
    reason: FreeText


class ApplicationReferred(
    Fact, frozen=True, tag="exams.application_referred/1", record="exams.arrangements", on="referred_on"
):
    """What was applied for went to an awarding body, with a detailed picture of need."""

    decision: UUID
    board: str
    referred_on: date


class ArrangementEnded(Fact, frozen=True, tag="exams.arrangement_ended/1", record="exams.arrangements", on="ended_on"):
    """An arrangement is no longer used, or what was applied for is no longer wanted."""

    decision: UUID
    ended_on: date
    reason: FreeText


class PrimaryArranged(Fact, frozen=True, tag="exams.primary_arranged/1", record="exams.arrangements", on="arranged_on"):
    """An arrangement for a primary test or the multiplication check was decided."""

    decision: UUID
    assessment: str
    """KS2 or MTC."""
    year: int
    """The calendar year of the test."""
    arrangement: str
    test: str
    """The test it is for, such as reading; "" for all."""
    percent: int | None
    cause: str
    """Code of the reason, where the service asks for one."""
    arranged_on: date
    assistant: FreeText
    """Who helps with input, where the service asks for the name."""
