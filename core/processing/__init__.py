"""What is done with personal data here, as law has it written down. A room of the core, never switched off."""

from core.manifest import Manifest, manifest


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "processing",
        "Record of processing",
        "That anyone who must ask can read which records are kept here, of whom, why, how long, and who sees them.",
    )
