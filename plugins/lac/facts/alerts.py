"""Suspensions, and who was told of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact


class SuspensionDecided(Fact, frozen=True, tag="lac.suspension_decided/1", record="lac.alerts", on="decided_on"):
    """The head suspended or permanently excluded the child."""

    suspension: UUID
    permanent: bool
    decided_on: date
    decided_minutes: int
    """Minutes after midnight in London."""
    from_on: date
    sessions: int
    """Half days, two for a school day."""
    cause: str


class SuspensionTold(Fact, frozen=True, tag="lac.suspension_told/1", record="lac.alerts", on="told_on"):
    """Someone who must know of a suspension was told."""

    suspension: UUID
    whom: str
    """social_worker, virtual_school or carer."""
    told_on: date
    told_minutes: int
    channel: str


class SessionsLostElsewhere(Fact, frozen=True, tag="lac.sessions_lost_elsewhere/1", record="lac.alerts", on="told_on"):
    """Sessions suspended at other schools in an academic year, in all, as the school has been told."""

    year: int
    """The calendar year the academic year began in."""
    sessions: int
    told_on: date
