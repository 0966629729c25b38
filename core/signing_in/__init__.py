"""The way in: passwords, second factors, links, sessions. A room of the core, never switched off."""

from core.manifest import Manifest, manifest
from core.signing_in import facts, rules
from core.signing_in.wordings import WORDINGS


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "signing_in",
        "Signing in",
        "That whoever signs in is who they say they are.",
        facts=facts,
        rules=rules,
        wordings=WORDINGS,
    )
