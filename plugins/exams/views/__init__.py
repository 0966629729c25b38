"""What is known of candidates and their arrangements, and what follows from it today."""

from .arrangements import Arrangements, Decision, Primary, arrangements
from .attending import Attending, Clash, attending, clashing
from .eligibility import CHECKED, PERCENT, Case, by_subject, eligibility, measured, on_file
from .entering import Fault, faults
from .entries import Candidate, Entry, Paper, candidate, paper, paper_id
from .evidence import Assessor, CaseFile, assessor, case_file, working
from .gathering import case_of, entered
from .sittings import Sitting, clashes, clock, sitting
from .standing import STATES, Cover, arrangements_told, cover, expiry, holding, reaches, state_on, title_of

__all__ = [
    "CHECKED",
    "PERCENT",
    "STATES",
    "Arrangements",
    "Assessor",
    "Attending",
    "Candidate",
    "Case",
    "CaseFile",
    "Clash",
    "Cover",
    "Decision",
    "Entry",
    "Fault",
    "Paper",
    "Primary",
    "Sitting",
    "arrangements",
    "arrangements_told",
    "assessor",
    "attending",
    "by_subject",
    "candidate",
    "case_file",
    "case_of",
    "clashes",
    "clashing",
    "clock",
    "cover",
    "eligibility",
    "entered",
    "expiry",
    "faults",
    "holding",
    "measured",
    "on_file",
    "paper",
    "paper_id",
    "reaches",
    "sitting",
    "state_on",
    "title_of",
    "working",
]
