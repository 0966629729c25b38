"""What people ask about their own data, and complaints about it, each by its clock: a room of the core."""

from core.manifest import Manifest, RecordClass, manifest
from core.requests import commands, facts, rules, views
from core.requests.wordings import WORDINGS


def about() -> Manifest:
    """What this room says of itself."""
    return manifest(
        "requests",
        "Requests",
        "Whoever asks what is kept of them, or complains about it, is answered in time, and that can be proved.",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=(
            RecordClass(
                "core.requests",
                "Requests and complaints about data",
                "Six years after it was answered (unverified).",
                "legal obligation",
                restricted=True,
                of="people outside",
            ),
        ),
        roles={"dpo": {"core.requests": "read write export"}, "head": {"core.requests": "read write"}},
    )
