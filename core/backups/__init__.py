"""Backups of the log and of its keys, apart; restores; drills: a room of the core, never switched off."""

from core.backups import facts, views
from core.backups.wordings import WORDINGS
from core.manifest import Manifest, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "backups",
        "Backups",
        "That what was recorded can be had again, and what was forgotten cannot.",
        facts=facts,
        views=views,
        wordings=WORDINGS,
    )
