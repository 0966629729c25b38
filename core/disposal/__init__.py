"""How long records are kept, and how they are destroyed by two people: a room of the core, never switched off."""

from core.disposal import commands, facts, rules, views
from core.disposal.wordings import WORDINGS
from core.manifest import Manifest, RecordClass, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "disposal",
        "Disposal",
        "What is kept of each person, and until when; what is held; what two people destroyed, with its certificate.",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        by_name="academy",
        records=(
            RecordClass(
                "core.disposal",
                "What is kept and destroyed",
                "As long as anything else of the same person; what was destroyed, as long as the trust runs.",
                "legal obligation",
                restricted=True,
            ),
        ),
        roles={
            "dpo": {"core.disposal": "read write sign"},
            "head": {"core.disposal": "read write sign"},
        },
    )
