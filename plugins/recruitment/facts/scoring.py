"""How the panel judged an applicant."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from events import Fact, FreeText


class Mark(Struct, frozen=True):
    """Points for one criterion: 0 to 3."""

    criterion: str
    points: int


class SheetScored(Fact, frozen=True, tag="recruitment.sheet_scored/1", record="recruitment.scoring", on="scored_on"):
    """One scorer's marks for one applicant at one stage, given without sight of anybody else's."""

    vacancy: UUID
    scorer: UUID
    stage: str
    """sift or interview."""
    marks: tuple[Mark, ...]
    scored_on: date
    note: FreeText


class ScoresModerated(
    Fact, frozen=True, tag="recruitment.scores_moderated/1", record="recruitment.scoring", on="moderated_on"
):
    """Scorers far apart have talked about it; their marks stay as they were given."""

    vacancy: UUID
    stage: str
    moderated_on: date
    note: FreeText


class GateJudged(Fact, frozen=True, tag="recruitment.gate_judged/1", record="recruitment.scoring", on="judged_on"):
    """Whether an applicant meets a criterion nobody is shortlisted without; the latest stands."""

    vacancy: UUID
    criterion: str
    met: bool
    judged_on: date
    reason: FreeText


class InterestDeclared(
    Fact, frozen=True, tag="recruitment.interest_declared/1", record="recruitment.scoring", on="declared_on"
):
    """A member of the panel knows this applicant, and so does not score them."""

    vacancy: UUID
    member: UUID
    declared_on: date
    words: FreeText


class InterviewHeld(Fact, frozen=True, tag="recruitment.interview_held/1", record="recruitment.scoring", on="held_on"):
    """The panel met the applicant."""

    vacancy: UUID
    appointable: bool
    held_on: date
    note: FreeText
