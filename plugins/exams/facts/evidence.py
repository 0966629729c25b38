"""How a pupil works, and what shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Document, Fact, FreeText


class UseNoted(Fact, frozen=True, tag="exams.use_noted/1", record="exams.working", on="used_on"):
    """A teacher saw the pupil use something in class, in a test or in a mock, and what came of it."""

    arrangement: str
    taught: str
    """The subject taught."""
    setting: str
    """lesson, timed_test or mock."""
    effect: str
    """helped, no_difference or hindered."""
    mark_with: int | None
    mark_without: int | None
    out_of: int | None
    """The most marks both pieces of work could get."""
    used_on: date
    note: FreeText


class NeedNamed(Fact, frozen=True, tag="exams.need_named/1", record="exams.evidence", on="named_on"):
    """The SENCO named the one principal need that applications rest on."""

    need: str
    """learning, other or plan: which form and which evidence it takes."""
    named_on: date
    picture: FreeText
    """How it shows in class."""


class ScoreRecorded(Fact, frozen=True, tag="exams.score_recorded/1", record="exams.evidence", on="assessed_on"):
    """An assessor measured the pupil."""

    construct: str
    sub_area: str
    score: int
    """Standardised: mean 100, standard deviation 15."""
    test: str
    """Name and edition."""
    unrecognisable: bool | None
    """Of spelling: whether words could not be recognised; None for any other construct."""
    assessor: UUID | None
    assessed_on: date


class FormPartCompleted(
    Fact, frozen=True, tag="exams.form_part_completed/1", record="exams.evidence", on="completed_on"
):
    """A part of Form 8, Form 9, a file note or the dictionary form was completed and signed."""

    form: str
    """8, 9, note or BD25."""
    part: int | None
    """1 to 3 for Form 8; None for a form without parts."""
    completed_on: date
    document: Document | None


class EvidenceFiled(Fact, frozen=True, tag="exams.evidence_filed/1", record="exams.evidence", on="dated_on"):
    """A piece of evidence was seen and filed: a marked test, a teacher's comment, a specialist's letter."""

    evidence: str
    taught: str
    """The subject taught; "" when it is of none."""
    dated_on: date
    document: Document | None
    note: FreeText


class RestBreaksTried(Fact, frozen=True, tag="exams.rest_breaks_tried/1", record="exams.evidence", on="tried_on"):
    """Supervised rest breaks were tried in a timed test or mock."""

    taught: str
    enough: bool
    """Whether they met the need without more time."""
    tried_on: date
    note: FreeText


class LanguageRecorded(Fact, frozen=True, tag="exams.language_recorded/1", record="exams.evidence", on="recorded_on"):
    """What decides about a bilingual dictionary, alone or with extra time."""

    came_on: date | None
    """The day the pupil came to the United Kingdom; None when it is not known."""
    prior_english: bool
    english_at_home: bool
    band: str
    """Proficiency in English on arrival, A to E; "" when it was not assessed."""
    recorded_on: date
    english_irish_or_welsh: bool = False
    """Whether one of the three is the first language; False also for what was recorded before this was asked."""


class CandidateTold(Fact, frozen=True, tag="exams.candidate_told/1", record="exams.evidence", on="told_on"):
    """The candidate was told that the application is processed, by whom and why."""

    told_on: date
    told_by: FreeText


class AssessorAppointed(
    Fact, frozen=True, tag="exams.assessor_appointed/1", record="exams.assessors", on="appointed_on"
):
    """The head of centre appointed an assessor, and saw the proof of their qualification."""

    name: str
    route: str
    """By which qualification they may assess."""
    seen_on: date
    """The day the proof was seen and filed."""
    valid_by: date | None
    """Its last day; None when it does not run out."""
    appointed_on: date


class AssessorEnded(Fact, frozen=True, tag="exams.assessor_ended/1", record="exams.assessors", on="ended_on"):
    """They assess for the centre no more."""

    ended_on: date
