"""What is done about a request: by its clock, and read by two before it goes out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.audit.reasons import REASONS
from core.command import Command, decides, not_ahead, one_of, refuse_all
from core.disposal.standing import kinds
from core.errors import Refused
from core.requests.facts import (
    ClarificationAsked,
    ClarificationGiven,
    IdentityProved,
    Outcome,
    PackSealed,
    PartsDecided,
    RecordLeftOut,
    RequestAcknowledged,
    RequestAnswered,
    RequestExtended,
    RequestReceived,
    SecondRead,
    Sort,
)
from core.requests.rules import extension_findings
from core.requests.views import Request, request
from core.roll.views import pupil

if TYPE_CHECKING:
    from core.desk import Desk

_PART = re.compile(r"by|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9]{1,2}")
Words = Annotated[str, Meta(min_length=1, max_length=2000)]


class ReceiveRequest(Command, frozen=True):
    """Somebody asked for what is kept, or complained."""

    sort: Annotated[Sort, Meta(title="what it is")]
    received_on: Annotated[date, Meta(title="the day it came")]
    whom: Annotated[Words, Meta(title="who asks")]
    asks: Annotated[Words, Meta(title="what they ask")]
    proof_needed: Annotated[bool, Meta(title="whether it is still to be shown who asks")]
    pupil: UUID | None = None


class ProveIdentity(Command, frozen=True):
    """It is shown who asks."""

    proved_on: Annotated[date, Meta(title="the day it was shown")]
    how: Annotated[Words, Meta(title="how it was shown")]


class AskClarification(Command, frozen=True):
    """Ask what they mean. The clock stands still, so only what is needed is asked."""

    asked_on: Annotated[date, Meta(title="the day they were asked")]
    what: Annotated[Words, Meta(title="what was asked")]


class TakeClarification(Command, frozen=True):
    """They said what they mean."""

    given_on: Annotated[date, Meta(title="the day they answered")]


class ExtendRequest(Command, frozen=True):
    """Tell them that it takes longer, and why."""

    told_on: Annotated[date, Meta(title="the day they were told")]
    reason: Annotated[Words, Meta(title="why it takes longer")]


class AcknowledgeComplaint(Command, frozen=True):
    """Tell whoever complained that it has come."""

    acknowledged_on: Annotated[date, Meta(title="the day they were told")]


class DecideParts(Command, frozen=True):
    """Decide for parts of what is kept whether they are given; see `PartsDecided`."""

    parts: Annotated[dict[str, str], Meta(max_length=2000)]


class LeaveOut(Command, frozen=True):
    """Hold back a whole class of record, or give it after all."""

    record: Annotated[str, Meta(title="the record", max_length=80)]
    code: str = ""
    """Why; empty: it is given."""


class ReadSecond(Command, frozen=True):
    """Read, as a second person, what is to be given."""

    remarks: Annotated[str, Meta(max_length=2000)] = ""
    digest: str = ""


class SealPack(Command, frozen=True):
    """Make what two have read into a pack."""

    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    digest: str
    entries: int
    withheld: int


class AnswerRequest(Command, frozen=True):
    """Answer it."""

    answered_on: Annotated[date, Meta(title="the day they were answered")]
    outcome: Annotated[Outcome, Meta(title="what came of it")]
    words: Annotated[Words, Meta(title="what was given and held back")]


@decides(ReceiveRequest, given={"known": request}, about="itself")
def receive_request(command: ReceiveRequest, known: Request | None, today: date, desk: Desk) -> RequestReceived:
    if known is not None:
        raise Refused("This is recorded already.", code="already_here")
    if command.pupil and command.pupil not in desk.see_all(pupil):
        raise Refused("There is no such pupil here.", code="no_pupil", field="pupil")
    not_ahead(command.received_on, today, "received_on")
    return RequestReceived(
        command.sort, command.pupil, command.received_on, command.proof_needed, command.whom, command.asks
    )


@decides(ProveIdentity, given={"known": request}, about="itself")
def prove_identity(command: ProveIdentity, known: Request | None, today: date) -> IdentityProved:
    one = _open(known)
    _on(command.proved_on, one, today, "proved_on")
    if not one.waits_for_proof:
        raise Refused("It is shown already, or was never in doubt.", code="not_waiting")
    return IdentityProved(command.proved_on, command.how)


@decides(AskClarification, given={"known": request}, about="itself")
def ask_clarification(command: AskClarification, known: Request | None, today: date) -> ClarificationAsked:
    one = _access(known)
    _on(command.asked_on, one, today, "asked_on")
    if one.is_paused:
        raise Refused("They were asked already, and have not answered.", code="paused")
    return ClarificationAsked(command.asked_on, command.what)


@decides(TakeClarification, given={"known": request}, about="itself")
def take_clarification(command: TakeClarification, known: Request | None, today: date) -> ClarificationGiven:
    one = _access(known)
    if not one.is_paused:
        raise Refused("They were asked nothing.", code="not_paused")
    _on(command.given_on, one, today, "given_on", since=one.clock.pauses[-1].asked_on)
    return ClarificationGiven(command.given_on)


@decides(ExtendRequest, given={"known": request}, about="itself")
def extend_request(command: ExtendRequest, known: Request | None, today: date) -> RequestExtended:
    one = _access(known)
    _on(command.told_on, one, today, "told_on")
    refuse_all(extension_findings(one.clock, command.told_on), "told_on")
    return RequestExtended(command.told_on, command.reason)


@decides(AcknowledgeComplaint, given={"known": request}, about="itself")
def acknowledge_complaint(command: AcknowledgeComplaint, known: Request | None, today: date) -> RequestAcknowledged:
    one = _open(known)
    _on(command.acknowledged_on, one, today, "acknowledged_on")
    if one.sort != "complaint" or one.acknowledged_on:
        raise Refused("There is nothing to acknowledge.", code="not_waiting")
    return RequestAcknowledged(command.acknowledged_on)


@decides(DecideParts, given={"known": request}, about="itself", by_name=False)
def decide_parts(command: DecideParts, known: Request | None, today: date, desk: Desk) -> PartsDecided:
    one = _access(known)
    for key, code in command.parts.items():
        if not _PART.fullmatch(key) or (code and code not in REASONS):
            raise Refused("Choose a reason from the list.", code="no_reason", field=key)
    changed = {key: code for key, code in command.parts.items() if one.parts.get(key, "") != code}
    if not changed:
        raise Refused("Nothing was changed.", code="nothing")
    return PartsDecided(today, desk.person_id, changed)


@decides(LeaveOut, given={"known": request}, about="itself", by_name=False)
def leave_out(command: LeaveOut, known: Request | None, today: date, desk: Desk) -> RecordLeftOut:
    one = _access(known)
    if command.code and command.code not in REASONS:
        raise Refused("Choose a reason from the list.", code="no_reason", field="code")
    one_of(command.record, kinds(desk), "record", "a record")
    if one.left_out.get(command.record, "") == command.code:
        raise Refused("Nothing was changed.", code="nothing", field="code")
    return RecordLeftOut(today, desk.person_id, command.record, command.code)


@decides(ReadSecond, given={"known": request}, about="itself", by_name=False)
def read_second(command: ReadSecond, known: Request | None, today: date, desk: Desk) -> SecondRead:
    one = _access(known)
    if one.pupil and not command.digest:
        raise Refused("Gather what is kept of the pupil, and read that.", code="not_gathered")
    return SecondRead(today, desk.person_id, command.remarks, command.digest)


@decides(SealPack, given={"known": request}, about="itself", by_name=False)
def seal_pack(command: SealPack, known: Request | None, today: date, desk: Desk) -> PackSealed:
    """What goes out is what a second person read: just that, and not made by them."""
    one = _access(known)
    if one.waits_for_proof:
        raise Refused("It is not shown yet who asks.", code="no_proof")
    if one.read_by in (None, desk.person_id):
        raise Refused("A second person must have read what goes out; not you.", code="not_read")
    if one.digest != command.digest:
        raise Refused("Something was recorded or decided since it was read. It is read again first.", code="moved")
    return PackSealed(today, desk.person_id, command.sha256, command.entries, command.withheld)


@decides(AnswerRequest, given={"known": request}, about="itself")
def answer_request(command: AnswerRequest, known: Request | None, today: date, desk: Desk) -> RequestAnswered:
    """What goes out was read by a second person: not by whoever sends it."""
    one = _open(known)
    _on(command.answered_on, one, today, "answered_on")
    if one.waits_for_proof and command.outcome != "refused":
        raise Refused("It is not shown yet who asks.", code="no_proof")
    if one.sort == "access" and one.read_by in (None, desk.person_id):
        raise Refused("A second person must have read what goes out; not you.", code="not_read")
    if one.pupil and one.sort == "access" and command.outcome != "refused" and not one.pack:
        raise Refused("Make the pack of what was read first: that is what they are given.", code="no_pack")
    _on(command.answered_on, one, today, "answered_on", since=one.read_on or one.clock.proved_on)
    return RequestAnswered(command.answered_on, command.outcome, desk.person_id, command.words)


def _open(known: Request | None) -> Request:
    if known is None or known.answered_on:
        raise Refused("This was answered, or never came.", code="not_open")
    return known


def _access(known: Request | None) -> Request:
    one = _open(known)
    if one.sort != "access":
        raise Refused("This is for requests for what is kept.", code="not_access")
    return one


def _on(day: date, one: Request, today: date, field: str, since: date | None = None) -> None:
    not_ahead(day, today, field)
    first = since or one.clock.received_on
    if day < first:
        raise Refused(f"That was before {first:%-d %B %Y}.", code="too_early", field=field)
