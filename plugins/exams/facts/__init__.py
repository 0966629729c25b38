"""What happens to a candidate, to an arrangement, to an exam paper and to an assessor."""

from .arrangements import (
    ApplicationReferred,
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    PrimaryArranged,
)
from .entries import (
    CandidateNumbered,
    EntryEnded,
    EntryMade,
    PaperSet,
)
from .evidence import (
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

__all__ = [
    "ApplicationReferred",
    "ArrangementAgreed",
    "ArrangementApplied",
    "ArrangementApproved",
    "ArrangementEnded",
    "ArrangementRefused",
    "AssessorAppointed",
    "AssessorEnded",
    "CandidateNumbered",
    "CandidateTold",
    "EntryEnded",
    "EntryMade",
    "EvidenceFiled",
    "FormPartCompleted",
    "LanguageRecorded",
    "NeedNamed",
    "PaperSet",
    "PrimaryArranged",
    "RestBreaksTried",
    "ScoreRecorded",
    "UseNoted",
]
