"""The classes of record of recruitment, and what each role starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.manifest import Ends, RecordClass

_LEGAL = "legal obligation, public task"

_SIX_MONTHS = Ends("last_entry", 6, "Six months from the decision (domain notes, trust section 6)", date(2026, 11, 22))
RECORDS = (
    RecordClass(
        "recruitment.description",
        "Job descriptions",
        "While the post exists, then six years (unverified).",
        "public task, no person",
        of="nobody",
    ),
    RecordClass(
        "recruitment.vacancy",
        "Vacancies, panels and advertisements",
        "Six years after the campaign closed (unverified).",
        "public task",
        of="staff",
        of_each=False,
    ),
    RecordClass(
        "recruitment.application",
        "Applications",
        "Six months after the campaign closed; of whoever was appointed, with their file.",
        _LEGAL,
        restricted=True,
        of="applicants",
        ends=_SIX_MONTHS,
    ),
    RecordClass(
        "recruitment.scoring",
        "How applicants were judged",
        "Six months after the campaign closed.",
        "public task",
        of="applicants",
        ends=_SIX_MONTHS,
    ),
    RecordClass(
        "recruitment.sift",
        "Applications as the panel sees them: without a name until somebody is shortlisted",
        "Nothing is kept under it: it is told from applications.",
        "public task",
        restricted=True,
        of="applicants",
    ),
    RecordClass(
        "recruitment.engagement",
        "Who works, helps or governs here",
        "Until the day after they leave, on the record; their file six years more (unverified).",
        _LEGAL,
        of="staff",
    ),
    RecordClass(
        "recruitment.checks",
        "Checks before and in employment",
        "While they work here; then as their file (unverified). Copies of a DBS certificate six months at most.",
        _LEGAL,
        restricted=True,
        of="staff",
    ),
    RecordClass(
        "recruitment.health",
        "Fitness for the post",
        "While they work here (unverified); of unsuccessful candidates six months.",
        "legal obligation, employment law",
        restricted=True,
        need_to_know=True,
        of="staff",
    ),
    RecordClass(
        "recruitment.disclosure",
        "What was declared, found or disclosed",
        "Until six months after it was decided; then the outcome only (unverified).",
        "legal obligation; criminal offence data for safeguarding",
        restricted=True,
        need_to_know=True,
        of="staff",
    ),
    RecordClass(
        "recruitment.senco",
        "Who is SENCO, and their qualification",
        "Six years after they end (unverified).",
        _LEGAL,
        of="staff",
        of_each=False,
    ),
    RecordClass(
        "recruitment.posts",
        "Posts and what they are paid",
        "Six years after the post ends (unverified).",
        "public task, no person",
        of="nobody",
    ),
)

_COUNT = {"recruitment.vacancy": "count", "recruitment.checks": "count", "recruitment.senco": "count"}
# nobody reads marks but on the pages, which show another's only once a scorer's own are handed in: recruitment R34
_PANEL = {
    "recruitment.vacancy": "read",
    "recruitment.description": "read",
    "recruitment.sift": "read",
    "recruitment.scoring": "write",
}
ROLES: Mapping[str, Mapping[str, str]] = {  # domain notes, trust section 2; who sees what is disclosed: recruitment R49
    "operator": {
        "recruitment.engagement": "read write",
        "recruitment.checks": "write",
        "recruitment.description": "read write",
    },
    "chief_executive": _COUNT,
    "trustee": _COUNT,
    "governor": _COUNT,
    "trust_dsl": _COUNT,
    "send_director": {
        "recruitment.senco": "read count",
        "recruitment.vacancy": "read count",
        "recruitment.description": "read write",
        "recruitment.posts": "read",
    },
    "finance_director": {"recruitment.posts": "read write"},
    "business_manager": {"recruitment.posts": "read write", "recruitment.engagement": "read"},
    "dpo": {"recruitment.engagement": "read"},
    "hr_director": {
        "recruitment.description": "read write export",
        "recruitment.vacancy": "read write sign export count",
        "recruitment.application": "read export",
        "recruitment.sift": "read",
        "recruitment.engagement": "read write export",
        "recruitment.checks": "read write sign export count",
        "recruitment.health": "read write",
        "recruitment.disclosure": "read write",
        "recruitment.senco": "read write count",
        "recruitment.posts": "read write",
    },
    "hr_admin": {
        "recruitment.description": "read write export",
        "recruitment.vacancy": "read write export",
        "recruitment.application": "read write export",
        "recruitment.scoring": "write",
        "recruitment.sift": "read",
        "recruitment.engagement": "read write export",
        "recruitment.checks": "read write export",
        "recruitment.health": "read write",
        "recruitment.disclosure": "read write",
        "recruitment.senco": "read write",
        "recruitment.posts": "read write",
    },
    "head": {
        **_PANEL,
        "recruitment.application": "write",
        "recruitment.description": "read write",
        "recruitment.vacancy": "read write sign count",
        "recruitment.engagement": "read write",
        "recruitment.checks": "read write sign export count",
        "recruitment.health": "read",
        "recruitment.disclosure": "read write",
        "recruitment.senco": "read write count",
        "recruitment.posts": "read write",
    },
    "dsl": {
        "recruitment.engagement": "read",
        "recruitment.checks": "read",
        "recruitment.disclosure": "read",
    },
    "senco": {"recruitment.senco": "read"},
    "panel_member": _PANEL,
    "inspector": {"recruitment.engagement": "read", "recruitment.checks": "read"},
    "auditor": {"recruitment.checks": "count"},
}
