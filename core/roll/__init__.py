"""The roll: who is a pupil or a member of staff, and where. A room of the core, never switched off."""

from datetime import date

from core.manifest import Ends, Manifest, RecordClass, manifest
from core.roll import commands, facts, rules, views
from core.roll.wordings import WORDINGS


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "roll",
        "Roll",
        "Pupils and staff of each academy: identity and enrolment only.",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        by_name="academy",
        records=(
            RecordClass(
                "core.identity",
                "Who they are",
                "At least as long as the longest-kept other record of the same person.",
                "public task",
                ends=Ends("born", 12 * 25, "Secondary record (domain notes, trust section 6, S8)", date(2026, 11, 22)),
            ),
        ),
        roles={
            "operator": {"core.identity": "read write"},
            "send_director": {"core.identity": "read export"},
            "trust_dsl": {"core.identity": "read"},
            "dpo": {"core.identity": "read"},  # of whom a question is, and who bears whose name
            "head": {"core.identity": "read write export break"},
            "senco": {"core.identity": "read write export"},
            "send_admin": {"core.identity": "read write"},
            "dsl": {"core.identity": "read break"},
            "designated_teacher": {"core.identity": "read"},
            "assessor": {"core.identity": "read"},
            "exams_officer": {"core.identity": "read"},
            "hr_admin": {"core.identity": "read"},
            "head_of_year": {"core.identity": "read"},
            "class_teacher": {"core.identity": "read"},
            "teaching_assistant": {"core.identity": "read"},
            "la_officer": {"core.identity": "read"},
            "virtual_school": {"core.identity": "read"},
            "specialist": {"core.identity": "read"},
            "inspector": {"core.identity": "read"},
            "jcq_inspector": {"core.identity": "read"},
        },
    )
