"""What teachers, assessors and the SENCO put on record about how a pupil works."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused
from core.roll.views import pupil
from events import Document

from ..codes import SUB_AREAS, listed, standing
from ..codes.filing import ASSESSOR_ROUTES, BY_SUBJECT, FILED, OF_THE_CENTRE
from ..facts import (
    AssessorAppointed,
    AssessorEnded,
    CandidateTold,
    EvidenceFiled,
    FormPartCompleted,
    LanguageRecorded,
    NeedNamed,
    RestBreaksTried,
    ScoreRecorded,
    UseNoted,
)
from ..rules import band
from ..views import Assessor, CaseFile, assessor, case_file, working

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(max_length=4000)]
Taught = Annotated[str, Meta(title="the subject", min_length=1, max_length=60)]
Mark = Annotated[int, Meta(ge=0, le=1000)] | None


class NoteUse(Command, frozen=True):
    """A pupil used something in class, in a test or in a mock."""

    arrangement: Annotated[str, Meta(title="what was used")]
    taught: Taught
    setting: Annotated[Literal["lesson", "timed_test", "mock"], Meta(title="where it was used")]
    effect: Annotated[Literal["helped", "no_difference", "hindered"], Meta(title="what came of it")]
    used_on: Annotated[date, Meta(title="the day")]
    mark_with: Mark = None
    mark_without: Mark = None
    out_of: Mark = None
    note: Words = ""


class NameNeed(Command, frozen=True):
    """The one principal need that applications rest on."""

    need: Annotated[Literal["learning", "other", "plan"], Meta(title="the principal need")]
    named_on: Annotated[date, Meta(title="the day")]
    picture: Annotated[Words, Meta(title="how it shows in class", min_length=1)]


class RecordScore(Command, frozen=True):
    """An assessor's standardised score."""

    sub_area: Annotated[str, Meta(title="what was measured")]
    score: Annotated[int, Meta(title="the standardised score")]
    test: Annotated[str, Meta(title="the test and its edition", min_length=1, max_length=100)]
    assessed_on: Annotated[date, Meta(title="the day of the assessment")]
    assessor: UUID | None = None
    unrecognisable: bool = False


class CompletePart(Command, frozen=True):
    """A form, or a part of Form 8, was completed and signed."""

    form: Annotated[Literal["8", "9", "note", "BD25"], Meta(title="the form")]
    completed_on: Annotated[date, Meta(title="the day it was signed")]
    part: Annotated[Annotated[int, Meta(ge=1, le=3)] | None, Meta(title="the part")] = None
    document: Document | None = None


class FileEvidence(Command, frozen=True):
    """A piece of evidence was seen and filed."""

    evidence: Annotated[str, Meta(title="what it is")]
    dated_on: Annotated[date, Meta(title="the day on it")]
    taught: Annotated[str, Meta(max_length=60)] = ""
    note: Words = ""
    document: Document | None = None


class TryRestBreaks(Command, frozen=True):
    """Supervised rest breaks were tried in a timed test or mock."""

    taught: Taught
    tried_on: Annotated[date, Meta(title="the day")]
    enough: Annotated[bool, Meta(title="whether they were enough")]
    note: Words = ""


class RecordLanguage(Command, frozen=True):
    """What decides about a bilingual dictionary, alone or with extra time."""

    english_irish_or_welsh: Annotated[bool, Meta(title="whether English, Irish or Welsh is the first language")]
    prior_english: Annotated[bool, Meta(title="whether the pupil had English before")]
    english_at_home: Annotated[bool, Meta(title="whether English is spoken at home")]
    came_on: Annotated[date | None, Meta(title="the day of entry to the United Kingdom")] = None
    band: Annotated[Literal["", "A", "B", "C", "D", "E"], Meta(title="the band on arrival")] = ""


class TellCandidate(Command, frozen=True):
    """The candidate was told how the application is processed."""

    told_on: Annotated[date, Meta(title="the day")]
    told_by: Annotated[str, Meta(title="who told them", min_length=1, max_length=100)]


class AppointAssessor(Command, frozen=True):
    """The head of centre appoints an assessor, having seen the proof."""

    name: Annotated[str, Meta(title="the assessor's name", min_length=1, max_length=100)]
    route: Annotated[str, Meta(title="the qualification")]
    seen_on: Annotated[date, Meta(title="the day the proof was seen")]
    appointed_on: Annotated[date, Meta(title="the day of appointment")]
    valid_by: Annotated[date | None, Meta(title="the last day of the qualification")] = None


class EndAssessor(Command, frozen=True):
    """They assess for the centre no more."""

    ended_on: Annotated[date, Meta(title="the last day")]


@decides(NoteUse, given={"known": working})
def note_use(command: NoteUse, known: tuple[UseNoted, ...] | None, today: date) -> UseNoted:
    """The subject as it was spelt before: "history" is no other subject than "History"."""
    if listed(command.arrangement) is None:
        raise Refused("Choose what was used from the list.", code="not_in_list", field="arrangement")
    not_ahead(command.used_on, today, "used_on")
    if command.out_of is None and (command.mark_with is not None or command.mark_without is not None):
        raise Refused("Say out of how many marks.", code="no_total", field="out_of")
    for mark, field in ((command.mark_with, "mark_with"), (command.mark_without, "mark_without")):
        if mark is not None and mark > (command.out_of or 0):
            raise Refused("The mark is more than there were.", code="too_many", field=field)
    spelt = {use.taught.casefold(): use.taught for use in known or ()}
    return UseNoted(
        command.arrangement,
        spelt.get(command.taught.strip().casefold(), command.taught.strip()),
        command.setting,
        command.effect,
        command.mark_with,
        command.mark_without,
        command.out_of,
        command.used_on,
        command.note,
    )


@decides(NameNeed, given={"known": case_file})
def name_need(command: NameNeed, known: CaseFile | None, today: date) -> NeedNamed:
    """One need: two must never be mixed in an application."""
    not_ahead(command.named_on, today, "named_on")
    return NeedNamed(command.need, command.named_on, command.picture)


@decides(RecordScore, given={"known": case_file})
def record_score(command: RecordScore, known: CaseFile | None, today: date, subject: UUID, desk: Desk) -> ScoreRecorded:
    not_ahead(command.assessed_on, today, "assessed_on")
    measured = next(
        (one for one in standing(SUB_AREAS, command.assessed_on).value if one.key == command.sub_area), None
    )
    if measured is None:
        raise Refused("Choose what was measured from the list.", code="not_in_list", field="sub_area")
    if (said := band(command.score, command.assessed_on)).level == "BLOCK":
        raise Refused(said.says, code=said.code, field="score")
    who = desk.log.see(pupil, subject)
    if who is not None and command.assessed_on < who.born_on:
        raise Refused("That is before the pupil was born.", code="before_birth", field="assessed_on")
    if command.assessor is not None:
        named = desk.log.see(assessor, command.assessor)
        if named is None or not named.may_assess(command.assessed_on):
            raise Refused(
                "No proof of this assessor's qualification was on file that day.", code="no_proof", field="assessor"
            )
    return ScoreRecorded(
        measured.construct,
        command.sub_area,
        command.score,
        command.test,
        command.unrecognisable if measured.construct == "SPELLING" else None,
        command.assessor,
        command.assessed_on,
    )


@decides(CompletePart, given={"known": case_file})
def complete_part(command: CompletePart, known: CaseFile | None, today: date) -> FormPartCompleted:
    not_ahead(command.completed_on, today, "completed_on")
    if (command.part is None) == (command.form == "8"):
        says = "Say which part of Form 8." if command.form == "8" else "Only Form 8 has parts. Leave this empty."
        raise Refused(says, code="no_part", field="part")
    return FormPartCompleted(command.form, command.part, command.completed_on, command.document)


@decides(FileEvidence, given={"known": case_file})
def file_evidence(
    command: FileEvidence, known: CaseFile | None, today: date, subject: UUID, desk: Desk
) -> EvidenceFiled:
    """Of a pupil; or, of the academy itself, what the centre holds for all."""
    one_of(command.evidence, OF_THE_CENTRE if subject == desk.here else FILED, "evidence", "what it is")
    not_ahead(command.dated_on, today, "dated_on")
    if command.evidence in BY_SUBJECT and not command.taught.strip():
        raise Refused("Say in which subject.", code="no_subject", field="taught")
    return EvidenceFiled(command.evidence, command.taught.strip(), command.dated_on, command.document, command.note)


@decides(TryRestBreaks, given={"known": case_file})
def try_rest_breaks(command: TryRestBreaks, known: CaseFile | None, today: date) -> RestBreaksTried:
    not_ahead(command.tried_on, today, "tried_on")
    return RestBreaksTried(command.taught.strip(), command.enough, command.tried_on, command.note)


@decides(RecordLanguage, given={"known": case_file})
def record_language(command: RecordLanguage, known: CaseFile | None, today: date) -> LanguageRecorded:
    not_ahead(command.came_on, today, "came_on")
    return LanguageRecorded(
        command.came_on,
        command.prior_english,
        command.english_at_home,
        command.band,
        today,
        command.english_irish_or_welsh,
    )


@decides(TellCandidate, given={"known": case_file})
def tell_candidate(command: TellCandidate, known: CaseFile | None, today: date) -> CandidateTold:
    not_ahead(command.told_on, today, "told_on")
    return CandidateTold(command.told_on, command.told_by)


@decides(AppointAssessor, given={"known": assessor}, about="itself")
def appoint_assessor(command: AppointAssessor, known: Assessor | None, today: date) -> AssessorAppointed:
    one_of(command.route, ASSESSOR_ROUTES, "route", "the qualification")
    not_ahead(command.seen_on, today, "seen_on")
    not_ahead(command.appointed_on, today, "appointed_on")
    if command.valid_by is not None and command.valid_by < command.seen_on:
        raise Refused("The qualification had run out when it was seen.", code="ran_out", field="valid_by")
    return AssessorAppointed(command.name, command.route, command.seen_on, command.valid_by, command.appointed_on)


@decides(EndAssessor, given={"known": assessor}, about="itself")
def end_assessor(command: EndAssessor, known: Assessor | None) -> AssessorEnded:
    if known is None or known.ended_on is not None:
        raise Refused("They assess no more as it is.", code="no_change", field="ended_on")
    if command.ended_on < known.seen_on:
        raise Refused("That is before the proof of theirs was seen.", code="before_proof", field="ended_on")
    if command.ended_on < known.appointed_on:
        raise Refused("That is before they were appointed.", code="before_appointment", field="ended_on")
    return AssessorEnded(command.ended_on)
