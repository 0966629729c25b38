"""Who is SENCO of an academy, and their qualification; no name stands in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact


class SencoAppointed(
    Fact, frozen=True, tag="recruitment.senco_appointed/1", record="recruitment.senco", on="entered_on"
):
    """The academy named its SENCO."""

    appointment: UUID
    person: UUID
    qts: bool
    induction: bool
    """Has passed induction, or needed none."""
    teaches_here: bool
    head: bool
    """Is the head or acting head."""
    first_on: date
    """The first day as SENCO, here or at another relevant school."""
    served_days: int
    """As SENCO elsewhere before, in all."""
    from_on: date
    entered_on: date


class SencoAwardTold(
    Fact, frozen=True, tag="recruitment.senco_award_told/1", record="recruitment.senco", on="entered_on"
):
    """The SENCO's qualification: begun, or completed. The latest of each kind stands."""

    appointment: UUID
    award: str
    """nasenco or npq."""
    begun_on: date | None
    completed_on: date | None
    """The day of the outcome; None until it came."""
    entered_on: date


class SencoEnded(Fact, frozen=True, tag="recruitment.senco_ended/1", record="recruitment.senco", on="entered_on"):
    """They are SENCO up to this day, inclusive."""

    appointment: UUID
    ended_on: date
    entered_on: date
