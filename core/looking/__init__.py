"""Who looked at what, when and why: told from the logs of who looked. A room of the core, never switched off."""

from core.looking import rules
from core.manifest import Manifest, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "looking",
        "Who looked",
        "That whoever may ask can see who opened a child's record, when and why; and what is looked at again.",
        rules=rules,
    )
