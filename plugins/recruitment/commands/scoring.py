"""What the panel decides about an applicant: marks, gates, interests, the interview."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_all, refuse_first
from core.errors import NotAllowed, Refused

from ..codes import STATES, STEPS
from ..facts import GateJudged, InterestDeclared, InterviewHeld, Mark, ScoresModerated, SheetScored
from ..rules import Panel, PanelMember, panel_findings, scoring_findings, sheet_findings
from ..views import Application, Scoring, Vacancy, applications, criteria_of, gates_of, scoring, vacancy, version_of

if TYPE_CHECKING:
    from core.desk import Desk

Stage = Annotated[Literal["sift", "interview"], Meta(title="the stage")]
Words = Annotated[str, Meta(max_length=4000)]
AT = {"sift": {"submitted", "longlisted"}, "interview": {"shortlisted", "interview"}}


class ScoreSheet(Command, frozen=True):
    """One scorer's marks for one applicant."""

    vacancy: UUID
    stage: Stage
    marks: Annotated[tuple[Mark, ...], Meta(title="the marks", max_length=100)]
    note: Words = ""


class ModerateScores(Command, frozen=True):
    """Scorers far apart have talked about it."""

    vacancy: UUID
    stage: Stage
    note: Annotated[Words, Meta(title="what was agreed", min_length=1)]


class JudgeGate(Command, frozen=True):
    """Whether an applicant meets a criterion nobody is shortlisted without."""

    vacancy: UUID
    criterion: Annotated[str, Meta(title="the criterion", max_length=60)]
    met: Annotated[bool, Meta(title="whether it is met")]
    reason: Annotated[Words, Meta(title="how you know", min_length=1)]


class DeclareInterest(Command, frozen=True):
    """A member of the panel knows this applicant."""

    vacancy: UUID
    words: Words = ""


class HoldInterview(Command, frozen=True):
    """The panel met the applicant."""

    vacancy: UUID
    appointable: Annotated[bool, Meta(title="whether they could be appointed")]
    held_on: Annotated[date, Meta(title="the day")]
    note: Words = ""


Judged = Mapping[UUID, Scoring]


@decides(ScoreSheet, given={"known": scoring}, about="itself")
def score_sheet(command: ScoreSheet, known: Judged | None, today: date, subject: UUID, desk: Desk) -> SheetScored:
    """By a member of the panel without an interest; not changed any more once a second sheet is there to be seen."""
    told = _member(desk, command.vacancy)
    one = (known or {}).get(command.vacancy, Scoring())
    refuse_first(scoring_findings(str(desk.person_id), tuple(map(str, one.interests))))
    _at(desk, subject, command.vacancy, AT[command.stage])
    if one.by(desk.person_id, command.stage) is not None and len(one.at(command.stage)) > 1:
        raise Refused(
            "Others have scored this applicant, too: what you gave stays as it is. Write a note together.",
            code="sheet_stands",
        )
    keys = tuple(each.key for each in criteria_of(version_of(desk, told), command.stage))
    marks = {mark.criterion: mark.points for mark in command.marks}
    if len(marks) != len(command.marks):
        raise Refused("Give one mark for each criterion.", code="twice", field="marks")
    refuse_all(sheet_findings(marks, keys), field="marks")
    return SheetScored(command.vacancy, desk.person_id, command.stage, command.marks, today, command.note)


@decides(ModerateScores, given={"known": scoring}, about="itself")
def moderate_scores(
    command: ModerateScores, known: Judged | None, today: date, subject: UUID, desk: Desk
) -> ScoresModerated:
    """Written by one of those who scored; the marks stay as they were given."""
    _member(desk, command.vacancy)
    one = (known or {}).get(command.vacancy, Scoring())
    refuse_first(scoring_findings(str(desk.person_id), tuple(map(str, one.interests))))
    _at(desk, subject, command.vacancy, AT[command.stage])
    if one.by(desk.person_id, command.stage) is None:
        raise Refused("Hand in your own marks first; then talk about them.", code="not_scored")
    if len(one.at(command.stage)) < 2:
        raise Refused("Two people score first, each without sight of the other's marks.", code="too_few_scorers")
    return ScoresModerated(command.vacancy, command.stage, today, command.note)


@decides(JudgeGate, given={"known": scoring}, about="itself")
def judge_gate(command: JudgeGate, known: Judged | None, today: date, subject: UUID, desk: Desk) -> GateJudged:
    """By HR, or by a member of the panel without an interest. A fact may be corrected; a gate may not be waived."""
    told = _judge(desk, command.vacancy)
    one = (known or {}).get(command.vacancy, Scoring())
    refuse_first(scoring_findings(str(desk.person_id), tuple(map(str, one.interests))))
    _at(desk, subject, command.vacancy, STEPS)
    if command.criterion not in gates_of(version_of(desk, told)):
        raise Refused("Choose a criterion that is a gate.", code="not_in_list", field="criterion")
    return GateJudged(command.vacancy, command.criterion, command.met, today, command.reason)


@decides(DeclareInterest, given={"known": scoring}, about="itself")
def declare_interest(
    command: DeclareInterest, known: Judged | None, today: date, subject: UUID, desk: Desk
) -> InterestDeclared:
    _member(desk, command.vacancy)
    _at(desk, subject, command.vacancy, STATES)
    one = (known or {}).get(command.vacancy, Scoring())
    if desk.person_id in one.interests:
        raise Refused("You have declared this already.", code="no_change")
    return InterestDeclared(command.vacancy, desk.person_id, today, command.words)


@decides(HoldInterview, given={"known": scoring}, about="itself")
def hold_interview(
    command: HoldInterview, known: Judged | None, today: date, subject: UUID, desk: Desk
) -> InterviewHeld:
    """By two or more, one of them trained, none of whom has an interest."""
    told = _judge(desk, command.vacancy)
    not_ahead(command.held_on, today, "held_on")
    came_on = _at(desk, subject, command.vacancy, {"interview"}).told.made_on
    if command.held_on < came_on:
        raise Refused("That is before the application came.", code="before_application", field="held_on")
    one = (known or {}).get(command.vacancy, Scoring())
    panel = Panel(
        tuple(PanelMember(str(key), each.trained_on) for key, each in told.panel.items()), told.approved is not None
    )
    refuse_all(panel_findings(panel, tuple(map(str, one.interests))))
    return InterviewHeld(command.vacancy, command.appointable, command.held_on, command.note)


def _vacancy(desk: Desk, wanted: UUID) -> Vacancy:
    told = desk.log.see(vacancy, wanted)
    if told is None:
        raise Refused("There is no such vacancy.", code="no_vacancy")
    return told


def _member(desk: Desk, wanted: UUID) -> Vacancy:
    """The vacancy, for a member of its panel; turns everybody else away."""
    told = _vacancy(desk, wanted)
    if desk.person_id not in told.panel:
        raise NotAllowed
    return told


def _judge(desk: Desk, wanted: UUID) -> Vacancy:
    """The vacancy, for a member of its panel or for HR; turns everybody else away."""
    if desk.may("write", "recruitment.application"):
        return _vacancy(desk, wanted)
    return _member(desk, wanted)


def _at(desk: Desk, subject: UUID, wanted: UUID, states: Collection[str]) -> Application:
    """The application; refuses unless it is at one of these steps."""
    one = (desk.log.see(applications, subject) or {}).get(wanted)
    if one is None or one.state not in states:
        raise Refused("The application is not at this step.", code="wrong_step")
    return one
