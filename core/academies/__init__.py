"""The trust and its academies: a room of the core, never switched off."""

from core.academies import commands, facts, rules, views
from core.academies.wordings import WORDINGS
from core.manifest import Manifest, RecordClass, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "academies",
        "Academies",
        "The trust, its academies, their calendars, and which plugins each has on.",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        by_name="academy",
        records=(
            RecordClass(
                "core.running",
                "Running of the trust",
                "As long as the trust runs; it names no pupil.",
                "public task",
                of="nobody",
            ),
        ),
        roles={
            "operator": {"core.running": "read write export"},
            "chief_executive": {"core.running": "read count"},
            "send_director": {"core.running": "read write export count"},
            "trust_dsl": {"core.running": "read count"},
            "hr_director": {"core.running": "read count"},
            "finance_director": {"core.running": "read count"},
            "dpo": {"core.running": "read count export"},
            "trustee": {"core.running": "read count"},
            "head": {"core.running": "read write lend"},
            "senco": {"core.running": "read lend"},
            "send_admin": {"core.running": "read"},
            "dsl": {"core.running": "read lend"},
            "designated_teacher": {"core.running": "read lend"},
            "exams_officer": {"core.running": "read"},
            "hr_admin": {"core.running": "read"},
            "panel_member": {"core.running": "read"},
            "business_manager": {"core.running": "read"},
            "head_of_year": {"core.running": "read"},
            "class_teacher": {"core.running": "read"},
            "teaching_assistant": {"core.running": "read"},
            "assessor": {"core.running": "read"},
            "governor": {"core.running": "read"},
            "stand_in": {"core.running": "read"},
            "records_officer": {"core.running": "read"},
            "staff_records_officer": {"core.running": "read"},
            "la_officer": {"core.running": "read"},
            "virtual_school": {"core.running": "read"},
            "specialist": {"core.running": "read"},
            "inspector": {"core.running": "read"},
            "jcq_inspector": {"core.running": "read"},
            "auditor": {"core.running": "read"},
        },
    )
