"""The half of the stick outside: a room of the core, never switched off."""

from core.manifest import Manifest, manifest
from core.outside import facts, views
from core.outside.wordings import WORDINGS


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "outside",
        "The half outside",
        "Checkpoints that anyone may fetch, and the half that is sent where the trust cannot change it.",
        facts=facts,
        views=views,
        wordings=WORDINGS,
    )
