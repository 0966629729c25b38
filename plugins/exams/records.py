"""The classes of record of the exams plugin, and what each role starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.manifest import Ends, RecordClass

_KEPT = "Until six months after the last series it serves, or as the trust's schedule says (unverified)."

_ENDS = Ends(
    "left", 6, "Domain notes, trust section 6: the period is not stated anywhere that was found", date(2026, 11, 22)
)
RECORDS = (
    RecordClass("exams.entries", "Candidate numbers and entries", _KEPT, "public task", ends=_ENDS),
    RecordClass("exams.papers", "Papers, their days and times", _KEPT, "public task, no person", of="nobody"),
    RecordClass("exams.working", "Normal way of working", _KEPT, "public task", ends=_ENDS),
    RecordClass(
        "exams.evidence", "Evidence of need: scores, forms, letters", _KEPT, "public task", restricted=True, ends=_ENDS
    ),
    RecordClass("exams.arrangements", "Access arrangements", _KEPT, "public task", ends=_ENDS),
    RecordClass(
        "exams.assessors",
        "Assessors and their qualifications",
        "As long as they assess, and while a form of theirs is kept.",
        "public task",
        of="staff",
    ),
)

_EVERYTHING = {
    "exams.entries": "read write export",
    "exams.papers": "read write export",
    "exams.working": "read write export",
    "exams.evidence": "read write sign export",
    "exams.arrangements": "read write sign export",
    "exams.assessors": "read write",
}
_IN_CLASS = {"exams.working": "read write", "exams.arrangements": "read"}
_COUNT = {"exams.arrangements": "count"}
ROLES: Mapping[str, Mapping[str, str]] = {  # domain notes, trust section 2: the two columns on arrangements
    "operator": {"exams.papers": "read write", "exams.entries": "read write"},
    "chief_executive": _COUNT,
    "send_director": {"exams.arrangements": "read count"},
    "finance_director": _COUNT,
    "trustee": _COUNT,
    "head": {
        "exams.entries": "read",
        "exams.papers": "read",
        "exams.working": "read",
        "exams.evidence": "read",
        "exams.arrangements": "read sign count",
        "exams.assessors": "read write",
    },
    "senco": _EVERYTHING,
    "send_admin": {
        "exams.entries": "read",
        "exams.papers": "read",
        "exams.working": "read write",
        "exams.evidence": "own read write",
        "exams.arrangements": "read",
        "exams.assessors": "read",
    },
    "designated_teacher": {"exams.arrangements": "own read"},
    "exams_officer": {
        "exams.entries": "read write export",
        "exams.papers": "read write export",
        "exams.evidence": "read",
        "exams.arrangements": "read export",
        "exams.assessors": "read",
    },
    "assessor": {"exams.working": "read", "exams.evidence": "read write", "exams.arrangements": "read"},
    "business_manager": _COUNT,
    "head_of_year": {"exams.working": "read", "exams.arrangements": "read"},
    "class_teacher": _IN_CLASS,
    "teaching_assistant": _IN_CLASS,
    "governor": _COUNT,
    "jcq_inspector": {
        "exams.entries": "read",
        "exams.papers": "read",
        "exams.working": "read",
        "exams.evidence": "read",
        "exams.arrangements": "read",
        "exams.assessors": "read",
    },
}
