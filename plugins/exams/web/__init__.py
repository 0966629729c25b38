"""Pages of exam arrangements."""

from collections.abc import Mapping

from events import Fact

from ..facts import (
    CandidateNumbered,
    CandidateTold,
    EvidenceFiled,
    FormPartCompleted,
    LanguageRecorded,
    NeedNamed,
    RestBreaksTried,
    ScoreRecorded,
    UseNoted,
)
from .assessors import Assessors
from .candidates import CandidatePages
from .checking import Checking
from .deadlines import Deadlines
from .decisions import Decisions, Numbers
from .evidence import Evidence
from .importing import Importing
from .listing import Candidates
from .papers import OnePaper, Papers, Printing
from .policy import Policy
from .working import Working

CONTROLLERS = (
    Assessors,
    CandidatePages,
    Candidates,
    Checking,
    Deadlines,
    Decisions,
    Evidence,
    Importing,
    Numbers,
    OnePaper,
    Papers,
    Policy,
    Printing,
    Working,
)

FORMS: Mapping[type[Fact], str] = {
    NeedNamed: "evidence/{subject}/need",
    ScoreRecorded: "evidence/{subject}/score",
    FormPartCompleted: "evidence/{subject}/form",
    EvidenceFiled: "evidence/{subject}/piece",
    RestBreaksTried: "evidence/{subject}/breaks",
    LanguageRecorded: "evidence/{subject}/language",
    CandidateTold: "evidence/{subject}/told",
    UseNoted: "working/{subject}",
    CandidateNumbered: "numbers/{subject}",
}
"""Where each is recorded, and a wrong one answered."""
