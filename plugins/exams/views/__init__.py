"""What is known of candidates and their arrangements, and what follows from it today."""

from .arrangements import Arrangements, Decision, Primary, arrangements
from .attending import Attending, Clash, attending, clashing
from .eligibility import (
    CHECKED,
    PERCENT,
    Case,
    by_subject,
    eligibility,
    in_question,
    measured,
    on_file,
    percent_of,
    primary_takes,
)
from .entering import Fault, faults
from .entries import Candidate, Entry, Paper, candidate, paper, paper_id
from .evidence import Assessor, CaseFile, assessor, case_file, working
from .gathering import case_of, entered, year9_started_on
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
    "in_question",
    "measured",
    "on_file",
    "paper",
    "paper_id",
    "percent_of",
    "primary_takes",
    "reaches",
    "sitting",
    "state_on",
    "title_of",
    "working",
    "year9_started_on",
]
