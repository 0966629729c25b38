"""How a pupil works and what shows it, as the file holds it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events import Document, Fact, folds

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


class CaseFile(msgspec.Struct, frozen=True):
    """Everything held about one pupil's need, in the order of its days."""

    need: NeedNamed | None = None
    scores: tuple[ScoreRecorded, ...] = ()
    forms: tuple[FormPartCompleted, ...] = ()
    pieces: tuple[EvidenceFiled, ...] = ()
    trials: tuple[RestBreaksTried, ...] = ()
    language: LanguageRecorded | None = None
    told_on: date | None = None

    def documents(self) -> dict[UUID, Document]:
        """Every document filed, by its id."""
        filed = [*(one.document for one in self.forms), *(one.document for one in self.pieces)]
        return {one.document_id: one for one in filed if one is not None}


class Assessor(msgspec.Struct, frozen=True):
    """Someone who may assess for the centre, as long as the proof holds."""

    name: str
    route: str
    seen_on: date
    valid_by: date | None
    appointed_on: date
    ended_on: date | None = None

    def may_assess(self, day: date) -> bool:
        """Whether the proof was on file, and held, that day."""
        gone = self.ended_on is not None and day > self.ended_on
        return self.seen_on <= day and not gone and (self.valid_by is None or day <= self.valid_by)


@folds("exams.working")
def working(known: tuple[UseNoted, ...] | None, fact: Fact) -> tuple[UseNoted, ...] | None:
    """What teachers saw the pupil use, oldest first."""
    return (*(known or ()), fact) if isinstance(fact, UseNoted) else known


@folds("exams.evidence")
def case_file(known: CaseFile | None, fact: Fact) -> CaseFile | None:
    """The pupil's file; None when nothing was ever put into one."""
    now = known or CaseFile()
    match fact:
        case NeedNamed():
            return msgspec.structs.replace(now, need=fact)
        case ScoreRecorded():
            return msgspec.structs.replace(now, scores=(*now.scores, fact))
        case FormPartCompleted():
            return msgspec.structs.replace(now, forms=(*now.forms, fact))
        case EvidenceFiled():
            return msgspec.structs.replace(now, pieces=(*now.pieces, fact))
        case RestBreaksTried():
            return msgspec.structs.replace(now, trials=(*now.trials, fact))
        case LanguageRecorded():
            return msgspec.structs.replace(now, language=fact)
        case CandidateTold(told_on):
            return msgspec.structs.replace(now, told_on=told_on)
    return known


@folds("exams.assessors")
def assessor(known: Assessor | None, fact: Fact) -> Assessor | None:
    """The assessor; None for someone never appointed."""
    match fact:
        case AssessorAppointed(name, route, seen_on, valid_by, appointed_on):
            return Assessor(name, route, seen_on, valid_by, appointed_on)
        case AssessorEnded(ended_on) if known:
            return msgspec.structs.replace(known, ended_on=ended_on)
    return known
