"""Checks of a person before and in their work: what was seen, when, by whom, and what was decided on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class CheckRecorded(
    Fact, frozen=True, tag="recruitment.check_recorded/1", record="recruitment.checks", on="entered_on"
):
    """One check and what came of it; what a certificate discloses has no field here."""

    check: str
    outcome: str
    checked_on: date | None
    """None where an old record does not say: a gap that shows."""
    checked_by: str
    """Name or initials of who looked; "" where an old record does not say."""
    evidence: str
    """What was seen, such as "passport, council tax bill"."""
    requested_on: date | None
    certificate_on: date | None
    """The date on the certificate."""
    number: str
    expires_on: date | None
    """The last day it holds, inclusive; None when it runs without end."""
    route: str
    """How it was made: seen, update_service, within_dbs, separate, carried or confirmed."""
    confirmed_by: str
    """Agency, provider or employer whose written word stands for it; "" when it was made here."""
    entered_by: UUID
    entered_on: date


class UpdateServiceSeen(
    Fact, frozen=True, tag="recruitment.update_service_seen/1", record="recruitment.checks", on="seen_on"
):
    """A certificate was looked up in the DBS Update Service, with what makes that look-up count."""

    consent: bool
    original_seen: bool
    identity_checked: bool
    workforce: str
    """child, adult or other."""
    level: str
    """enhanced_with_list, enhanced, standard or basic."""
    status: str
    entered_by: UUID
    seen_on: date


class ScopeAnswered(
    Fact, frozen=True, tag="recruitment.scope_answered/1", record="recruitment.checks", on="answered_on"
):
    """Whether a check that some need is needed for this person."""

    check: str
    needed: bool
    answered_on: date
    reason: FreeText


class ReferenceReceived(
    Fact, frozen=True, tag="recruitment.reference_received/1", record="recruitment.checks", on="received_on"
):
    """A reference came straight from the referee."""

    reference: UUID
    referee: str
    organisation: str
    email: str
    last_employer: bool
    with_children: bool
    verified_on: date | None
    """None until somebody made sure that it is genuine."""
    verified_by: str
    verified_how: str
    concern: str
    """none, open or resolved."""
    entered_by: UUID
    received_on: date


class ReferenceSettled(
    Fact, frozen=True, tag="recruitment.reference_settled/1", record="recruitment.checks", on="settled_on"
):
    """A concern in a reference was closed, or a reference was verified."""

    reference: UUID
    verified_on: date | None
    verified_by: str
    verified_how: str
    concern: str
    settled_on: date
    words: FreeText


class RiskAssessed(Fact, frozen=True, tag="recruitment.risk_assessed/1", record="recruitment.checks", on="signed_on"):
    """How somebody may start while their DBS certificate is awaited."""

    engagement: UUID
    supervisor: str
    review_by: date
    signed_by: UUID
    signed_on: date
    measures: FreeText


class CheckWaived(Fact, frozen=True, tag="recruitment.check_waived/1", record="recruitment.checks", on="waived_on"):
    """A check that should be made, and need not, is done without."""

    engagement: UUID
    check: str
    waived_by: UUID
    waived_on: date
    reason: FreeText


class PersonCleared(
    Fact, frozen=True, tag="recruitment.person_cleared/1", record="recruitment.checks", on="cleared_on"
):
    """A named person decided that somebody may start, with what the rule said that day."""

    engagement: UUID
    verdict: str
    missing: tuple[str, ...]
    """Checks still outstanding."""
    edition: str
    """Of the table of checks."""
    starts_on: date
    cleared_by: UUID
    cleared_on: date
    reason: FreeText


class CopyKept(Fact, frozen=True, tag="recruitment.copy_kept/1", record="recruitment.checks", on="received_on"):
    """A copy of a DBS certificate is kept, and why; for six months at most."""

    copy: UUID
    received_on: date
    reason: FreeText


class CopyDeleted(Fact, frozen=True, tag="recruitment.copy_deleted/1", record="recruitment.checks", on="deleted_on"):
    """The copy was destroyed."""

    copy: UUID
    deleted_on: date
