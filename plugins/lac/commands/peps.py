"""What is decided about a personal education plan: its beginning, its words and its targets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_first
from core.errors import Refused
from core.roll.views import pupil

from ..codes import PARTS_IN_A_PEP, SECTIONS
from ..facts import (
    AttendanceCounted,
    CareReviewHeld,
    MeetingHeld,
    PepStarted,
    SdqScored,
    SectionWritten,
    TargetJudged,
    TargetSet,
    VoiceGiven,
)
from ..rules import sdq_findings
from ..views import Pep, Peps, Status, authority, authority_id, peps, status

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(max_length=4000)]


class StartPep(Command, frozen=True):
    """A personal education plan is started."""

    why: Annotated[Literal["initial", "termly", "provision", "interim"], Meta(title="which plan it is")]
    started_on: Annotated[date, Meta(title="the day it was started")]
    due_by: Annotated[date | None, Meta(title="the last day")] = None
    follows: UUID | None = None


class HoldMeeting(Command, frozen=True):
    """The PEP meeting was held."""

    pep: UUID
    held_on: Annotated[date, Meta(title="the day of the meeting")]
    attended: Annotated[tuple[str, ...], Meta(title="who was there")]
    next_on: Annotated[date | None, Meta(title="the day of the next meeting")] = None


class GiveVoice(Command, frozen=True):
    """The child said what they think; or it is said why they did not."""

    pep: UUID
    method: Annotated[str, Meta(title="how the child said it", max_length=60)]
    given_on: Annotated[date, Meta(title="the day")]
    words: Annotated[Words, Meta(title="the child's own words, or why there are none", min_length=1)]


class WriteSection(Command, frozen=True):
    """A section of the plan is written."""

    pep: UUID
    section: Annotated[str, Meta(title="a section")]
    contributor: Annotated[str, Meta(title="whose words they are")]
    words: Annotated[Words, Meta(title="what it says", min_length=1)]


class CountAttendance(Command, frozen=True):
    """Sessions the child could attend, and those they missed."""

    pep: UUID
    from_on: Annotated[date, Meta(title="the first day")]
    until_by: Annotated[date, Meta(title="the last day")]
    possible: Annotated[int, Meta(title="the sessions they could attend", ge=1, le=400)]
    missed: Annotated[int, Meta(title="the sessions they missed", ge=0, le=400)]


class SetTarget(Command, frozen=True):
    """A target is agreed."""

    pep: UUID
    need: Annotated[Words, Meta(title="the need it answers", min_length=1)]
    words: Annotated[Words, Meta(title="the target", min_length=1)]
    baseline: Annotated[Words, Meta(title="where the child starts from", min_length=1)]
    owner: Annotated[str, Meta(title="who sees to it", min_length=1, max_length=100)]
    how_often: Annotated[str, Meta(title="how often and how long", min_length=1, max_length=100)]
    by_on: Annotated[date, Meta(title="the day it should be met by")]
    cost_pence: Annotated[int, Meta(title="the cost", ge=0, le=1_000_000_00)] = 0


class JudgeTarget(Command, frozen=True):
    """A target was met, partly met, or not."""

    target: UUID
    outcome: Annotated[Literal["met", "part", "not"], Meta(title="an outcome")]
    judged_on: Annotated[date, Meta(title="the day it was judged")]
    evidence: Annotated[Words, Meta(title="what shows it", min_length=1)]


class HoldCareReview(Command, frozen=True):
    """The authority reviewed the child's care."""

    held_on: Annotated[date, Meta(title="the day of the review")]


class ScoreSdq(Command, frozen=True):
    """Total of the questionnaire, or why there is none."""

    scored_on: Annotated[date, Meta(title="the day")]
    score: Annotated[str, Meta(max_length=10)] = ""
    cause: str = ""


@decides(StartPep, given={"now": status, "plans": peps})
def start_pep(
    command: StartPep, now: Status | None, plans: Peps | None, today: date, subject: UUID, command_id: UUID, desk: Desk
) -> PepStarted:
    """The plan keeps the authority and the version of its settings that hold on the day it is started."""
    not_ahead(command.started_on, today, "started_on")
    episode = now.looked_after_on(command.started_on) if now else None
    if now is None or episode is None:
        raise Refused(
            "The child is not looked after on that day. Record the episode first.",
            code="not_in_care",
            field="started_on",
        )
    named = now.authorities.get("looking_after")
    if named is None or not named.authority:
        raise Refused("Name the looking-after authority first: its clocks count.", code="no_authority")
    if command.follows is not None and (plans is None or command.follows not in plans.plans):
        raise Refused("There is no such plan to follow.", code="no_plan", field="follows")
    if command.follows is None and any(one.state != "agreed" for one in (plans.plans.values() if plans else ())):
        raise Refused("Another plan is in hand. Have it agreed first.", code="in_hand")
    if command.why in {"termly", "interim"} and command.due_by is None:
        raise Refused("Give the last day for this plan.", code="no_day", field="due_by")
    known = desk.log.see(authority, authority_id(named.authority))
    setting = (known.on(command.started_on) or known.versions[0]) if known else None
    who = desk.log.see(pupil, subject)
    came = who.entered_on if who else episode.began_on
    since = max(episode.began_on, came) if command.why == "provision" else episode.began_on
    return PepStarted(
        command_id,
        command.why,
        named.authority,
        setting.setting if setting else None,
        command.started_on if command.why in {"termly", "interim"} else since,
        command.due_by,
        command.follows,
        command.started_on,
    )


@decides(HoldMeeting, given={"plans": peps})
def hold_meeting(command: HoldMeeting, plans: Peps | None, today: date) -> MeetingHeld:
    plan = editable(plans, command.pep)
    within(plan, command.held_on, today, "held_on")
    if not command.attended:
        raise Refused("Choose who was there.", code="nobody", field="attended")
    for part in command.attended:
        one_of(part, PARTS_IN_A_PEP, "attended", "who was there")
    if command.next_on is not None and command.next_on <= command.held_on:
        raise Refused("The next meeting comes after this one.", code="not_after", field="next_on")
    return MeetingHeld(command.pep, command.held_on, command.attended, command.next_on)


@decides(GiveVoice, given={"plans": peps})
def give_voice(command: GiveVoice, plans: Peps | None, today: date) -> VoiceGiven:
    within(editable(plans, command.pep), command.given_on, today, "given_on")
    return VoiceGiven(command.pep, command.method, command.given_on, command.words)


@decides(WriteSection, given={"plans": peps})
def write_section(command: WriteSection, plans: Peps | None, today: date) -> SectionWritten:
    editable(plans, command.pep)
    one_of(command.section, SECTIONS, "section", "a section")
    one_of(command.contributor, PARTS_IN_A_PEP, "contributor", "whose words they are")
    return SectionWritten(command.pep, command.section, command.contributor, today, command.words)


@decides(CountAttendance, given={"plans": peps})
def count_attendance(command: CountAttendance, plans: Peps | None, today: date) -> AttendanceCounted:
    editable(plans, command.pep)
    not_ahead(command.until_by, today, "until_by")
    if command.until_by < command.from_on:
        raise Refused("The last day comes before the first.", code="ends_first", field="until_by")
    if command.missed > command.possible:
        raise Refused("More missed than there were.", code="too_many", field="missed")
    return AttendanceCounted(command.pep, command.from_on, command.until_by, command.possible, command.missed, today)


@decides(SetTarget, given={"plans": peps})
def set_target(command: SetTarget, plans: Peps | None, today: date, command_id: UUID) -> TargetSet:
    plan = editable(plans, command.pep)
    if command.by_on <= plan.told.started_on:
        raise Refused("The day must come after the plan was started.", code="not_after", field="by_on")
    return TargetSet(
        command.pep,
        command_id,
        command.owner,
        command.how_often,
        command.cost_pence,
        command.by_on,
        today,
        command.need,
        command.words,
        command.baseline,
    )


@decides(JudgeTarget, given={"plans": peps})
def judge_target(command: JudgeTarget, plans: Peps | None, today: date) -> TargetJudged:
    plan = plans.holding(command.target) if plans else None
    if plan is None:
        raise Refused("There is no such target.", code="no_target")
    if plan.targets[command.target].judged is not None:
        raise Refused("It is judged already. Withdraw that entry if it was wrong.", code="no_change")
    not_ahead(command.judged_on, today, "judged_on")
    if command.judged_on < plan.targets[command.target].told.set_on:
        raise Refused("That is before the target was set.", code="before_target", field="judged_on")
    return TargetJudged(command.target, command.outcome, command.judged_on, command.evidence)


@decides(HoldCareReview, given={"now": status, "plans": peps})
def hold_care_review(command: HoldCareReview, now: Status | None, plans: Peps | None, today: date) -> CareReviewHeld:
    not_ahead(command.held_on, today, "held_on")
    if now is None or now.looked_after_on(command.held_on) is None:
        raise Refused("The child is not looked after on that day.", code="not_in_care", field="held_on")
    if plans is not None and command.held_on in plans.reviews:
        raise Refused("That review is recorded already.", code="no_change", field="held_on")
    return CareReviewHeld(command.held_on)


@decides(ScoreSdq)
def score_sdq(command: ScoreSdq, today: date) -> SdqScored:
    not_ahead(command.scored_on, today, "scored_on")
    refuse_first(sdq_findings(command.score, command.cause), {"reason": "cause"})
    return SdqScored(int(command.score) if command.score.strip() else None, command.cause, command.scored_on)


def known_plan(plans: Peps | None, pep: UUID) -> Pep:
    """The plan; refused where there is none."""
    plan = plans.plans.get(pep) if plans else None
    if plan is None:
        raise Refused("There is no such plan.", code="no_plan")
    return plan


def editable(plans: Peps | None, pep: UUID) -> Pep:
    """The plan, while the school may still write in it."""
    plan = known_plan(plans, pep)
    if plan.state in {"sent", "agreed"}:
        says = "It is with the virtual school." if plan.state == "sent" else "It is agreed: start a new version."
        raise Refused(f"This plan cannot be changed now. {says}", code="closed")
    return plan


def within(plan: Pep, day: date, today: date, field: str) -> None:
    """Refuses a day before the plan was started, or still to come."""
    not_ahead(day, today, field)
    if day < plan.told.started_on:
        raise Refused("That is before the plan was started.", code="before_plan", field=field)
