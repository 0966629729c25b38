"""Health, and what somebody or a certificate disclosed: known to few."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class FitnessTold(Fact, frozen=True, tag="recruitment.fitness_told/1", record="recruitment.health", on="entered_on"):
    """Whether somebody is fit for the post; never why."""

    outcome: str
    """awaiting, fit, fit_with_adjustments or not_fit."""
    checked_on: date
    checked_by: str
    entered_by: UUID
    entered_on: date


class SelfDisclosed(
    Fact, frozen=True, tag="recruitment.self_disclosed/1", record="recruitment.disclosure", on="received_on"
):
    """A shortlisted applicant's own declaration came, on a form that says what is protected."""

    vacancy: UUID
    anything: bool
    """Whether they declared anything."""
    discussed_on: date | None
    discussed_by: str
    received_on: date
    words: FreeText


class OnlineSearched(
    Fact, frozen=True, tag="recruitment.online_searched/1", record="recruitment.disclosure", on="searched_on"
):
    """What is public about a shortlisted applicant was looked at; only what matters for suitability is written down."""

    vacancy: UUID
    searcher: str
    relevant: bool
    searched_on: date
    words: FreeText


class DisclosureWeighed(
    Fact, frozen=True, tag="recruitment.disclosure_weighed/1", record="recruitment.disclosure", on="weighed_on"
):
    """Two people decided whether what was disclosed stands against the post."""

    check: str
    """dbs, self_disclosure or online."""
    accepted: bool
    first: str
    second: str
    weighed_on: date
    reasons: FreeText
