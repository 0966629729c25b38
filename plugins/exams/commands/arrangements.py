"""What the centre and the awarding bodies decide about arrangements. The program decides none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused
from events import Fact

from ..codes import QUALIFICATIONS, Arrangement, listed
from ..facts import (
    ApplicationReferred,
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    PrimaryArranged,
)
from ..rules import CheckArrangement, edition_on, key_stage_2, multiplication_check, percent_state, worst
from ..views import (
    PERCENT,
    Arrangements,
    Candidate,
    CaseFile,
    Decision,
    arrangements,
    candidate,
    case_file,
    case_of,
    eligibility,
    working,
)

if TYPE_CHECKING:
    from core.desk import Desk

Reason = Annotated[str, Meta(max_length=4000)]
OPEN = ("applied", "referred")


class AgreeArrangement(Command, frozen=True):
    """The SENCO agrees an arrangement that is the centre's own to give."""

    arrangement: Annotated[str, Meta(title="the arrangement")]
    agreed_on: Annotated[date, Meta(title="the day it was agreed")]
    break_minutes: Annotated[Annotated[int, Meta(ge=1, le=120)] | None, Meta(title="minutes of planned breaks")] = None
    reason: Reason = ""


class ApplyForArrangement(Command, frozen=True):
    """The centre applied for an arrangement."""

    arrangement: Annotated[str, Meta(title="the arrangement")]
    level: Annotated[str, Meta(title="the qualification")]
    applied_on: Annotated[date, Meta(title="the day of the application")]
    percent: Annotated[Annotated[int, Meta(ge=1, le=200)] | None, Meta(title="per cent of extra time")] = None
    reference: Annotated[str, Meta(max_length=40)] = ""
    reason: Reason = ""


class ApproveApplication(Command, frozen=True):
    """The awarding bodies approved it. What they print is recorded, not worked out."""

    decision: UUID
    approved_on: Annotated[date, Meta(title="the day of the approval")]
    expires_on: Annotated[date | None, Meta(title="the day it runs out, as printed")] = None
    reference: Annotated[str, Meta(max_length=40)] = ""


class RefuseApplication(Command, frozen=True):
    """The awarding bodies refused it."""

    decision: UUID
    refused_on: Annotated[date, Meta(title="the day of the refusal")]
    reason: Reason = ""


class ReferApplication(Command, frozen=True):
    """It went to an awarding body."""

    decision: UUID
    board: Annotated[str, Meta(title="the awarding body", min_length=1, max_length=40)]
    referred_on: Annotated[date, Meta(title="the day it was referred")]


class EndArrangement(Command, frozen=True):
    """It is no longer used, or no longer wanted."""

    decision: UUID
    ended_on: Annotated[date, Meta(title="the last day")]
    reason: Annotated[Reason, Meta(title="why", min_length=1)]


class ArrangePrimary(Command, frozen=True):
    """An arrangement for a primary test or the multiplication check."""

    assessment: Annotated[Literal["KS2", "MTC"], Meta(title="the assessment")]
    year: Annotated[int, Meta(title="the year", ge=2016, le=2100)]
    arrangement: Annotated[str, Meta(title="the arrangement")]
    arranged_on: Annotated[date, Meta(title="the day")]
    test: Annotated[str, Meta(max_length=20)] = ""
    percent: Annotated[Annotated[int, Meta(ge=1, le=100)] | None, Meta(title="per cent of extra time")] = None
    cause: str = ""
    assistant: Annotated[str, Meta(max_length=100)] = ""


@decides(AgreeArrangement, given={"file": case_file, "uses": working, "held": arrangements})
def agree_arrangement(
    command: AgreeArrangement,
    file: CaseFile | None,
    uses: tuple[Fact, ...] | None,
    held: Arrangements | None,
    today: date,
    command_id: UUID,
    subject: UUID,
    desk: Desk,
) -> ArrangementAgreed:
    not_ahead(command.agreed_on, today, "agreed_on")
    kind = _listed(command.arrangement)
    if kind.routes != ("D",):
        raise Refused(
            f"{kind.title} is not the centre's to give: apply for it.", code="not_delegated", field="arrangement"
        )
    _once(held, command.arrangement, None)
    if (command.break_minutes is None) == (command.arrangement == "SRB"):
        says = (
            "Give the minutes planned in a paper." if command.arrangement == "SRB" else "Only rest breaks take minutes."
        )
        raise Refused(says, code="break_minutes", field="break_minutes")
    checked = worst(eligibility(case_of(desk, subject), command.arrangement, None, command.agreed_on))
    _say_why(checked.level, command.reason)
    return ArrangementAgreed(
        command_id,
        command.arrangement,
        command.break_minutes,
        edition_on(command.agreed_on) or "",
        checked.level,
        command.agreed_on,
        command.reason,
    )


@decides(
    ApplyForArrangement,
    given={"file": case_file, "uses": working, "held": arrangements, "entered": candidate},
)
def apply_for_arrangement(
    command: ApplyForArrangement,
    file: CaseFile | None,
    uses: tuple[Fact, ...] | None,
    held: Arrangements | None,
    entered: Candidate | None,
    today: date,
    command_id: UUID,
    subject: UUID,
    desk: Desk,
) -> ArrangementApplied:
    """What was applied for is recorded even against the check, with why: the SENCO decides, not the program."""
    one_of(command.level, (one.code for one in QUALIFICATIONS), "level", "the qualification")
    not_ahead(command.applied_on, today, "applied_on")
    kind = _listed(command.arrangement)
    if kind.routes == ("D",):
        raise Refused(
            f"{kind.title} needs no application: the centre agrees it.", code="delegated", field="arrangement"
        )
    if command.percent is not None and (said := percent_state(command.percent, command.applied_on)).level == "BLOCK":
        raise Refused(said.says, code=said.code, field="percent")
    if command.arrangement.startswith("ET50") and (command.percent or 0) <= 25:
        raise Refused("Say how much extra time: more than 25 per cent.", code="no_percent", field="percent")
    _once(held, command.arrangement, command.level)
    checked = worst(eligibility(case_of(desk, subject), command.arrangement, command.percent, command.applied_on))
    _say_why(checked.level, command.reason)
    return ArrangementApplied(
        command_id,
        command.arrangement,
        PERCENT.get(command.arrangement, command.percent),
        command.level,
        entered.centre if entered else "",
        edition_on(command.applied_on) or "",
        checked.level,
        command.reference,
        command.applied_on,
        command.reason,
    )


@decides(ApproveApplication, given={"held": arrangements})
def approve_application(command: ApproveApplication, held: Arrangements | None, today: date) -> ArrangementApproved:
    one = _decision(held, command.decision, OPEN)
    _from(one, command.approved_on, today, "approved_on")
    if command.expires_on is not None and command.expires_on <= command.approved_on:
        raise Refused("It cannot run out before it was approved.", code="ends_first", field="expires_on")
    return ArrangementApproved(command.decision, command.approved_on, command.expires_on, command.reference)


@decides(RefuseApplication, given={"held": arrangements})
def refuse_application(command: RefuseApplication, held: Arrangements | None, today: date) -> ArrangementRefused:
    _from(_decision(held, command.decision, OPEN), command.refused_on, today, "refused_on")
    return ArrangementRefused(command.decision, command.refused_on, command.reason)


@decides(ReferApplication, given={"held": arrangements})
def refer_application(command: ReferApplication, held: Arrangements | None, today: date) -> ApplicationReferred:
    one = _decision(held, command.decision, ("applied", "refused"))
    _from(one, command.referred_on, today, "referred_on")
    return ApplicationReferred(command.decision, command.board, command.referred_on)


@decides(EndArrangement, given={"held": arrangements})
def end_arrangement(command: EndArrangement, held: Arrangements | None, today: date) -> ArrangementEnded:
    not_ahead(command.ended_on, today, "ended_on")
    if held is not None and command.decision in held.primary:
        if command.ended_on < held.primary[command.decision].arranged_on:
            raise Refused("That is before it was arranged.", code="before_decision", field="ended_on")
    else:
        one = _decision(held, command.decision, ("agreed", "approved", *OPEN))
        _from(one, command.ended_on, today, "ended_on")
    return ArrangementEnded(command.decision, command.ended_on, command.reason)


@decides(ArrangePrimary, given={"held": arrangements})
def arrange_primary(
    command: ArrangePrimary, held: Arrangements | None, today: date, command_id: UUID
) -> PrimaryArranged:
    not_ahead(command.arranged_on, today, "arranged_on")
    if command.assessment == "MTC":
        asked = CheckArrangement(command.arrangement, command.cause, command.assistant)
        found = multiplication_check(command.arranged_on, (asked,), command.percent is not None)[0]
    else:
        found = key_stage_2(command.arranged_on, command.arrangement, command.test == "reading")
    if found.level == "BLOCK" or found.code == "unknown_arrangement":
        raise Refused(found.says, code=found.code, field="arrangement")
    for one in (held or Arrangements()).primary.values():
        if (one.assessment, one.year, one.arrangement, one.test) == (
            command.assessment,
            command.year,
            command.arrangement,
            command.test,
        ):
            raise Refused("That is arranged already.", code="no_change", field="arrangement")
    return PrimaryArranged(
        command_id,
        command.assessment,
        command.year,
        command.arrangement,
        command.test,
        command.percent,
        command.cause,
        command.arranged_on,
        command.assistant,
    )


def _listed(arrangement: str) -> Arrangement:
    row = listed(arrangement)
    if row is None:
        raise Refused("Choose the arrangement from the list.", code="not_in_list", field="arrangement")
    return row


def _once(held: Arrangements | None, arrangement: str, level: str | None) -> None:
    for one in (held or Arrangements()).decisions.values():
        stands = one.state in {"agreed", *OPEN}
        if stands and one.arrangement == arrangement and (level is None or one.level == level):
            raise Refused("That is agreed or applied for already.", code="no_change", field="arrangement")


def _decision(held: Arrangements | None, decision: UUID, states: tuple[str, ...]) -> Decision:
    one = (held or Arrangements()).decisions.get(decision)
    if one is None or one.state not in states:
        raise Refused("This cannot be recorded of it any more: look how it stands now.", code="not_open")
    return one


def _from(one: Decision, day: date, today: date, field: str) -> None:
    not_ahead(day, today, field)
    if day < max(one.decided_on, one.moved_on):
        raise Refused("That is before what happened to it last.", code="before_decision", field=field)


def _say_why(level: str, reason: str) -> None:
    if level == "BLOCK" and not reason.strip():
        raise Refused(
            "The check says that something is missing. Put that right; or say why it goes on all the same.",
            code="against_the_check",
            field="reason",
        )
