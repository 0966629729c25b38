"""What becomes of a child's care, and which authorities have a part in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact


class EpisodeBegan(Fact, frozen=True, tag="lac.episode_began/1", record="lac.status", on="began_on"):
    """An authority began to look after the child, or the child came to live under a kinship arrangement."""

    episode: UUID
    care: str
    """Kind of the episode, such as looked_after."""
    legal: str
    """Code of the legal status; "" when the school has not been told."""
    began_on: date
    told_on: date
    """The day the school was told."""
    source: str
    """Who told the school."""
    dual_from: date | None
    """The first day of being registered at another school as well; None for a child of this one alone."""
    dual_until: date | None
    """Its last day; None while it goes on."""


class LegalStatusChanged(Fact, frozen=True, tag="lac.legal_status_changed/1", record="lac.status", on="changed_on"):
    """The order or agreement became another, the child staying looked after."""

    episode: UUID
    legal: str
    changed_on: date


class EpisodeEnded(Fact, frozen=True, tag="lac.episode_ended/1", record="lac.status", on="ended_on"):
    """The episode ended."""

    episode: UUID
    ended_on: date
    cause: str
    """Code of the reason as the authority gives it; "" when the school has not been told."""


class EvidenceSeen(Fact, frozen=True, tag="lac.evidence_seen/1", record="lac.status", on="seen_on"):
    """A member of staff saw the proof of an episode or an order. No copy of it is kept."""

    episode: UUID | None
    """None for the proof of previous care."""
    evidence: str
    seen_on: date
    seen_by: UUID


class PreviousCareDeclared(
    Fact, frozen=True, tag="lac.previous_care_declared/1", record="lac.status", on="declared_on"
):
    """How the child left care, by the census code; N when the family has not declared it."""

    code: str
    ordered_on: date | None
    """The day of the order; None when it was not told."""
    declared_on: date


class KinshipDeclared(Fact, frozen=True, tag="lac.kinship_declared/1", record="lac.status", on="declared_on"):
    """Whether the child lives with family or friends, by the census code."""

    code: str
    declared_on: date


class AuthorityNamed(Fact, frozen=True, tag="lac.authority_named/1", record="lac.status", on="named_on"):
    """Which authority has one of four parts in the child's life, as a letter says; never worked out."""

    part: str
    """looking_after, school_area, plan or funding."""
    authority: str
    """Its code; "" when it is unknown."""
    source: str
    named_on: date
