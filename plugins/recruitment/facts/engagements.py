"""Who works, helps or governs here: one person, and every engagement they have."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class PersonNamed(
    Fact, frozen=True, tag="recruitment.person_named/1", record="recruitment.engagement", on="entered_on"
):
    """Who somebody on the single central record is; naming them again corrects it."""

    surname: str
    forename: str
    former_names: str
    born_on: date | None
    entered_on: date


class EngagementBegan(
    Fact, frozen=True, tag="recruitment.engagement_began/1", record="recruitment.engagement", on="entered_on"
):
    """Somebody is to work, help or govern here."""

    engagement: UUID
    role: str
    """Row of the table of checks."""
    title: str
    flags: tuple[str, ...]
    """What the work involves, as the table of checks asks."""
    employer: str
    """Agency, contractor or training provider; "" when it is the trust."""
    vacancy: UUID | None
    starts_on: date
    entered_on: date


class EngagementChanged(
    Fact, frozen=True, tag="recruitment.engagement_changed/1", record="recruitment.engagement", on="entered_on"
):
    """From a day on it is other work: what must be checked follows the new."""

    engagement: UUID
    role: str
    title: str
    flags: tuple[str, ...]
    from_on: date
    entered_on: date


class EngagementEnded(
    Fact, frozen=True, tag="recruitment.engagement_ended/1", record="recruitment.engagement", on="entered_on"
):
    """It ended; the record no longer shows it from the day after."""

    engagement: UUID
    ended_on: date
    """The last day, inclusive."""
    entered_on: date
    reason: FreeText


class VolunteeringTold(
    Fact, frozen=True, tag="recruitment.volunteering_told/1", record="recruitment.engagement", on="entered_on"
):
    """When a volunteer helps: what decides whether it is regulated activity. The latest of an engagement stands."""

    engagement: UUID
    days: tuple[date, ...]
    weekly: bool
    overnight: bool
    """Between 2 and 6 in the morning."""
    supervised: bool
    entered_on: date


class TrainingTold(
    Fact, frozen=True, tag="recruitment.training_told/1", record="recruitment.engagement", on="entered_on"
):
    """Training that the record may show."""

    course: str
    """safeguarding, safer_recruitment or induction."""
    done_on: date
    entered_on: date
