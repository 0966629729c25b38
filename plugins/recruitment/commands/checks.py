"""What is recorded of a person's checks: of each check what was seen, when and by whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_all, refuse_first
from core.errors import Refused

from ..codes import CHECKS, DEPENDING, ROUTES
from ..facts import (
    CheckRecorded,
    ReferenceReceived,
    ReferenceSettled,
    ScopeAnswered,
    UpdateServiceSeen,
)
from ..rules import (
    UpdateService,
    cell_of,
    request_findings,
    update_service_findings,
)
from ..views import (
    Checks,
    Person,
    applications,
    checks,
    needs_of,
    person,
)

if TYPE_CHECKING:
    from core.desk import Desk

Short = Annotated[str, Meta(max_length=200)]
Who = Annotated[str, Meta(title="who looked", min_length=1, max_length=100)]
Words = Annotated[str, Meta(title="why", min_length=1, max_length=4000)]
ELSEWHERE = ("medical", "references")
"""Checks that have a form of their own."""


class RecordCheck(Command, frozen=True):
    """One check and what came of it."""

    check: Annotated[str, Meta(title="the check")]
    outcome: Annotated[str, Meta(title="what came of it")]
    checked_by: Who
    checked_on: Annotated[date | None, Meta(title="the day")] = None
    evidence: Annotated[str, Meta(max_length=400)] = ""
    requested_on: Annotated[date | None, Meta(title="the day it was asked for")] = None
    certificate_on: Annotated[date | None, Meta(title="the day on the certificate")] = None
    number: Annotated[str, Meta(max_length=40)] = ""
    expires_on: Annotated[date | None, Meta(title="the last day it holds")] = None
    route: str = "seen"
    confirmed_by: Short = ""


class SeeUpdateService(Command, frozen=True):
    """A DBS certificate was looked up in the Update Service."""

    consent: Annotated[bool, Meta(title="whether they agreed to it")]
    original_seen: Annotated[bool, Meta(title="whether the original was seen")]
    identity_checked: Annotated[bool, Meta(title="whether identity was checked")]
    workforce: Annotated[Literal["child", "adult", "other"], Meta(title="the workforce on the certificate")]
    level: Annotated[
        Literal["enhanced_with_list", "enhanced", "standard", "basic"], Meta(title="the level of the certificate")
    ]
    status: Annotated[
        Literal["nothing_current", "information_current", "not_current", "details_differ"],
        Meta(title="what the service answered"),
    ]
    seen_on: Annotated[date, Meta(title="the day")]
    checked_by: Who
    certificate_on: Annotated[date | None, Meta(title="the day on the certificate")] = None


class AnswerScope(Command, frozen=True):
    """Whether a check that some need is needed for this person."""

    check: Annotated[str, Meta(title="the check")]
    needed: Annotated[bool, Meta(title="whether it is needed")]
    reason: Words


class ReceiveReference(Command, frozen=True):
    """A reference came straight from the referee."""

    referee: Annotated[str, Meta(title="the referee", min_length=1, max_length=100)]
    organisation: Short
    received_on: Annotated[date, Meta(title="the day it came")]
    concern: Annotated[Literal["none", "open"], Meta(title="whether it raises a concern")]
    last_employer: Annotated[bool, Meta(title="whether it is the last employer's")]
    with_children: Annotated[bool, Meta(title="whether they worked with children there")]
    email: Short = ""
    verified_on: Annotated[date | None, Meta(title="the day it was verified")] = None
    verified_by: Annotated[str, Meta(max_length=100)] = ""
    verified_how: Short = ""


class SettleReference(Command, frozen=True):
    """A reference was verified, or a concern in it closed."""

    reference: UUID
    concern: Annotated[Literal["none", "open", "resolved"], Meta(title="how the concern stands")]
    verified_on: Annotated[date | None, Meta(title="the day it was verified")] = None
    verified_by: Annotated[str, Meta(max_length=100)] = ""
    verified_how: Short = ""
    words: Annotated[str, Meta(max_length=4000)] = ""


@decides(RecordCheck, given={"known": checks, "who": person}, about="itself")
def record_check(
    command: RecordCheck, known: Checks | None, who: Person | None, today: date, subject: UUID, desk: Desk
) -> CheckRecorded:
    """A barred list is not looked at outside regulated activity; what must not be asked for is refused."""
    somebody(who)
    if command.check in ELSEWHERE:
        raise Refused("This has a form of its own.", code="elsewhere", field="check")
    one_of(command.check, CHECKS.value, "check", "the check")
    kind = CHECKS.value[command.check]
    if kind.outcome(command.outcome) is None:
        raise Refused("Choose what came of it from the list.", code="not_in_list", field="outcome")
    one_of(command.route, ROUTES, "route", "how it was made")
    for field in ("checked_on", "requested_on", "certificate_on"):
        not_ahead(getattr(command, field), today, field)
    awaited = command.outcome == "awaiting"
    if command.checked_on is None and not awaited:
        raise Refused("Give the day it was made.", code="no_day", field="checked_on")
    if awaited and command.requested_on is None:
        raise Refused("Give the day it was asked for.", code="no_day", field="requested_on")
    for one in who.engagements.values() if who else ():
        if one.is_open(today):
            refuse_first(request_findings(needs_of(one, known or Checks(), today), command.check), field="check")
    return CheckRecorded(
        command.check,
        command.outcome,
        command.checked_on,
        command.checked_by,
        command.evidence,
        command.requested_on,
        command.certificate_on,
        command.number,
        command.expires_on,
        command.route,
        command.confirmed_by,
        desk.person_id,
        today,
    )


@decides(SeeUpdateService, given={"known": checks, "who": person}, about="itself")
def see_update_service(
    command: SeeUpdateService, known: Checks | None, who: Person | None, today: date, desk: Desk
) -> list[UpdateServiceSeen | CheckRecorded]:
    """The look-up as it was; with it the check itself, where the certificate may be relied on."""
    somebody(who)
    not_ahead(command.seen_on, today, "seen_on")
    now = [one for one in who.engagements.values() if one.is_open(today)] if who else []
    listed = any(cell_of(needs_of(one, known or Checks(), today), "barred_list") == "M" for one in now)
    told = UpdateService(
        command.consent,
        command.original_seen,
        command.identity_checked,
        command.workforce,
        command.level,
        command.status,
    )
    refuse_all(update_service_findings(told, listed))
    return [
        UpdateServiceSeen(
            command.consent,
            command.original_seen,
            command.identity_checked,
            command.workforce,
            command.level,
            command.status,
            desk.person_id,
            command.seen_on,
        ),
        CheckRecorded(
            "dbs",
            "clear" if command.status == "nothing_current" else "disclosed",
            command.seen_on,
            command.checked_by,
            "DBS Update Service, the original seen",
            None,
            command.certificate_on,
            "",
            None,
            "update_service",
            "",
            desk.person_id,
            today,
        ),
    ]


@decides(AnswerScope, given={"known": checks}, about="itself")
def answer_scope(command: AnswerScope, known: Checks | None, today: date, subject: UUID, desk: Desk) -> ScopeAnswered:
    on_file(desk, subject)
    one_of(command.check, DEPENDING, "check", "the check")
    return ScopeAnswered(command.check, command.needed, today, command.reason)


@decides(ReceiveReference, given={"known": checks}, about="itself")
def receive_reference(
    command: ReceiveReference, known: Checks | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> ReferenceReceived:
    """Of somebody on the record, or of an applicant: references come before the interview."""
    on_file(desk, subject)
    not_ahead(command.received_on, today, "received_on")
    not_ahead(command.verified_on, today, "verified_on")
    return ReferenceReceived(
        command_id,
        command.referee,
        command.organisation,
        command.email,
        command.last_employer,
        command.with_children,
        command.verified_on,
        command.verified_by,
        command.verified_how,
        command.concern,
        desk.person_id,
        command.received_on,
    )


@decides(SettleReference, given={"known": checks}, about="itself")
def settle_reference(command: SettleReference, known: Checks | None, today: date) -> ReferenceSettled:
    one = (known or Checks()).references.get(command.reference)
    if one is None:
        raise Refused("There is no such reference.", code="no_reference")
    not_ahead(command.verified_on, today, "verified_on")
    if command.concern == "resolved" and not command.words.strip():
        raise Refused("Say how the concern was resolved.", code="no_words", field="words")
    if one.concern == "open" and command.concern == "none":
        raise Refused("A concern is resolved with words, or stays open.", code="concern", field="concern")
    return ReferenceSettled(
        command.reference,
        command.verified_on or one.verified_on,
        command.verified_by or one.verified_by,
        command.verified_how or one.verified_how,
        command.concern,
        today,
        command.words,
    )


def somebody(who: Person | None) -> Person:
    """The person; refuses nobody."""
    if who is None:
        raise Refused("Nobody of that name is on the record. Name them first.", code="nobody")
    return who


def on_file(desk: Desk, subject: UUID) -> None:
    """Refuses whoever neither stands on the record nor ever applied."""
    if desk.log.see(person, subject) is None and not desk.log.see(applications, subject):
        raise Refused("Nobody of that name is on the record. Name them first.", code="nobody")
