"""What happens to a personal education plan, to reviews of care and to a questionnaire."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class PepStarted(Fact, frozen=True, tag="lac.pep_started/1", record="lac.pep", on="started_on"):
    """A personal education plan was started, under its authority's settings of that day."""

    pep: UUID
    why: str
    """initial, termly, provision or interim."""
    authority: str
    setting: UUID | None
    """Which version of that authority's settings it is under, for good; None when none was known."""
    since_on: date
    """The day its clock counts from."""
    due_by: date | None
    """A termly or interim plan's own last day as planned; None when a clock tells it."""
    follows: UUID | None
    """The plan it is a new version of."""
    started_on: date


class MeetingHeld(Fact, frozen=True, tag="lac.meeting_held/1", record="lac.pep", on="held_on"):
    """The PEP meeting was held."""

    pep: UUID
    held_on: date
    attended: tuple[str, ...]
    """Who was there, by part: child, carer, social_worker, designated_teacher..."""
    next_on: date | None


class VoiceGiven(Fact, frozen=True, tag="lac.voice_given/1", record="lac.pep", on="given_on"):
    """The child said what they think; or it is said why they did not."""

    pep: UUID
    method: str
    """How they said it; "none" when they did not."""
    given_on: date
    words: FreeText


class SectionWritten(Fact, frozen=True, tag="lac.section_written/1", record="lac.pep", on="written_on"):
    """A section of the plan was written, or written anew."""

    pep: UUID
    section: str
    contributor: str
    """Whose words they are, by part."""
    written_on: date
    words: FreeText


class AttendanceCounted(Fact, frozen=True, tag="lac.attendance_counted/1", record="lac.pep", on="counted_on"):
    """Sessions the child could attend and those they missed, over a stretch."""

    pep: UUID
    from_on: date
    until_by: date
    possible: int
    """Without sessions at another school and those not required."""
    missed: int
    counted_on: date


class TargetSet(Fact, frozen=True, tag="lac.target_set/1", record="lac.pep", on="set_on"):
    """A target was agreed."""

    pep: UUID
    target: UUID
    owner: str
    how_often: str
    cost_pence: int
    by_on: date
    set_on: date
    need: FreeText
    words: FreeText
    baseline: FreeText


class TargetJudged(Fact, frozen=True, tag="lac.target_judged/1", record="lac.pep", on="judged_on"):
    """Whether a target was met."""

    target: UUID
    outcome: str
    """met, part or not."""
    judged_on: date
    evidence: FreeText


class PepMadeReady(Fact, frozen=True, tag="lac.pep_made_ready/1", record="lac.pep", on="ready_on"):
    """The designated teacher has done the school's part."""

    pep: UUID
    ready_on: date


class PepTakenBack(Fact, frozen=True, tag="lac.pep_taken_back/1", record="lac.pep", on="taken_back_on"):
    """Work on the plan goes on: it was ready, or had come back."""

    pep: UUID
    taken_back_on: date


class PepSent(Fact, frozen=True, tag="lac.pep_sent/1", record="lac.pep", on="sent_on"):
    """The plan went to the virtual school."""

    pep: UUID
    sent_on: date
    copied: str
    """SHA-256 of the text as it was sent, in hex."""


class PepReturned(Fact, frozen=True, tag="lac.pep_returned/1", record="lac.pep", on="returned_on"):
    """The virtual school wants it changed."""

    pep: UUID
    returned_on: date
    reason: FreeText


class PepAgreed(Fact, frozen=True, tag="lac.pep_agreed/1", record="lac.pep", on="agreed_on"):
    """The virtual school agreed the plan and graded it."""

    pep: UUID
    agreed_on: date
    areas: tuple[str, ...]
    """The grade of each area it looks at, in its scheme's words; empty when it told only one."""
    grade: str
    """As it was told; "" when it grades none."""


class CareReviewHeld(Fact, frozen=True, tag="lac.care_review_held/1", record="lac.pep", on="held_on"):
    """The authority reviewed the child's care."""

    held_on: date


class SdqScored(Fact, frozen=True, tag="lac.sdq_scored/1", record="lac.wellbeing", on="scored_on"):
    """Total of the strengths and difficulties questionnaire, or why there is none."""

    score: int | None
    """0 to 40."""
    cause: str
    """Code of why there is no score; "" when there is one."""
    scored_on: date
