"""People who sign in, and what each may do: a room of the core, never switched off."""

from core.accounts import commands, facts, rules, views
from core.accounts.wordings import WORDINGS
from core.manifest import Manifest, RecordClass, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "accounts",
        "Accounts",
        "Who may sign in, what each has been granted, and who looked.",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        by_name="centre",
        apart=(views.last_signed_in,),
        records=(
            RecordClass(
                "core.people",
                "People who sign in",
                "As long as anything they recorded or opened is kept, since the trail names them; at least six years "
                "after they leave.",
                "public task",
                final=True,
                of="staff",
                of_each=False,
            ),
            RecordClass(
                "core.trail",
                "The trail",
                "As long as the records it tells of.",
                "legal obligation",
                of="staff",
                of_each=False,
            ),
        ),
        roles={
            "operator": {"core.people": "read write", "core.trail": "read"},
            "identity_admin": {"core.people": "read write"},
            "send_director": {"core.trail": "read"},
            "chief_executive": {"core.people": "read sign"},
            "dpo": {"core.people": "read sign export", "core.trail": "read export"},
            "head": {"core.trail": "read"},
            "senco": {"core.trail": "read"},
            "inspector": {"core.trail": "read"},
            "auditor": {"core.trail": "read"},
        },
    )
