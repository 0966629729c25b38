"""A request by its clock: that it came, what was asked back, and that it takes longer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_all
from core.errors import Refused
from core.requests.facts import (
    ClarificationAsked,
    ClarificationGiven,
    IdentityProved,
    RecordsPromised,
    RequestAcknowledged,
    RequestExtended,
    RequestReceived,
    Sort,
)
from core.requests.rules import extension_findings
from core.requests.views import Request, promise, request
from core.roll.views import pupil

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(min_length=1, max_length=2000)]


class ReceiveRequest(Command, frozen=True):
    """Somebody asked for what is kept, or complained."""

    sort: Annotated[Sort, Meta(title="what it is")]
    received_on: Annotated[date, Meta(title="the day it came")]
    whom: Annotated[Words, Meta(title="who asks")]
    asks: Annotated[Words, Meta(title="what they ask")]
    proof_needed: Annotated[bool, Meta(title="whether it is still to be shown who asks")]
    pupil: UUID | None = None


class PromiseRecords(Command, frozen=True):
    """Decide whether this academy gives a pupil's educational record in 15 school days; no law asks it of academies."""

    promised: Annotated[bool, Meta(title="whether it does")]


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


@decides(ReceiveRequest, given={"known": request}, about="itself")
def receive_request(command: ReceiveRequest, known: Request | None, today: date, desk: Desk) -> RequestReceived:
    if known is not None:
        raise Refused("This is recorded already.", code="already_here")
    if command.pupil and command.pupil not in desk.see_all(pupil):
        raise Refused("There is no such pupil here.", code="no_pupil", field="pupil")
    if command.sort == "record" and not command.pupil:
        raise Refused("Say which pupil's record it is.", code="no_pupil", field="pupil")
    if command.sort == "information" and command.pupil:
        says = "Freedom of information gives nothing of one pupil. Whoever asks for that asks for what is kept of them."
        raise Refused(says, code="of_nobody", field="pupil")
    if command.sort == "information" and command.proof_needed:
        says = "Whoever asks for information need not show who they are."
        raise Refused(says, code="no_proof_needed", field="proof_needed")
    not_ahead(command.received_on, today, "received_on")
    return RequestReceived(
        command.sort, command.pupil, command.received_on, command.proof_needed, command.whom, command.asks
    )


@decides(PromiseRecords, given={"known": promise}, about="academy")
def promise_records(command: PromiseRecords, known: bool | None, today: date, desk: Desk) -> RecordsPromised:
    if command.promised == bool(known):
        raise Refused("Nothing was changed.", code="nothing", field="promised")
    return RecordsPromised(today, desk.person_id, command.promised)


@decides(ProveIdentity, given={"known": request}, about="itself")
def prove_identity(command: ProveIdentity, known: Request | None, today: date) -> IdentityProved:
    one = open_still(known)
    on_its_day(command.proved_on, one, today, "proved_on")
    if not one.waits_for_proof:
        raise Refused("It is shown already, or was never in doubt.", code="not_waiting")
    return IdentityProved(command.proved_on, command.how)


@decides(AskClarification, given={"known": request}, about="itself")
def ask_clarification(command: AskClarification, known: Request | None, today: date) -> ClarificationAsked:
    one = for_data(known)
    on_its_day(command.asked_on, one, today, "asked_on")
    if one.is_paused:
        raise Refused("They were asked already, and have not answered.", code="paused")
    return ClarificationAsked(command.asked_on, command.what)


@decides(TakeClarification, given={"known": request}, about="itself")
def take_clarification(command: TakeClarification, known: Request | None, today: date) -> ClarificationGiven:
    one = for_data(known)
    if not one.is_paused:
        raise Refused("They were asked nothing.", code="not_paused")
    on_its_day(command.given_on, one, today, "given_on", since=one.clock.pauses[-1].asked_on)
    return ClarificationGiven(command.given_on)


@decides(ExtendRequest, given={"known": request}, about="itself")
def extend_request(command: ExtendRequest, known: Request | None, today: date) -> RequestExtended:
    one = for_data(known)
    on_its_day(command.told_on, one, today, "told_on")
    refuse_all(extension_findings(one.clock, command.told_on), "told_on")
    return RequestExtended(command.told_on, command.reason)


@decides(AcknowledgeComplaint, given={"known": request}, about="itself")
def acknowledge_complaint(command: AcknowledgeComplaint, known: Request | None, today: date) -> RequestAcknowledged:
    one = open_still(known)
    on_its_day(command.acknowledged_on, one, today, "acknowledged_on")
    if one.sort != "complaint" or one.acknowledged_on:
        raise Refused("There is nothing to acknowledge.", code="not_waiting")
    return RequestAcknowledged(command.acknowledged_on)


def open_still(known: Request | None) -> Request:
    """One that is not answered yet."""
    if known is None or known.answered_on:
        raise Refused("This was answered, or never came.", code="not_open")
    return known


def for_data(known: Request | None) -> Request:
    """One that asks for what is kept of somebody, not answered yet."""
    one = open_still(known)
    if not one.is_for_data:
        raise Refused("This is for requests for what is kept of somebody.", code="not_access")
    return one


def on_its_day(day: date, one: Request, today: date, field: str, since: date | None = None) -> None:
    """Refuses a day that lies ahead, or before the request or since."""
    not_ahead(day, today, field)
    first = since or one.clock.received_on
    if day < first:
        raise Refused(f"That was before {first:%-d %B %Y}.", code="too_early", field=field)
