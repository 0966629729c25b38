"""What people ask about their own data, and complaints about it, each by its clock: a room of the core."""

from datetime import date

from core.manifest import Ends, Manifest, RecordClass, manifest
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
        by_name="academy",
        records=(
            RecordClass(
                "core.requests",
                "Requests and complaints about data",
                "Three years after the last thing was done about it (one to three are usual; unverified).",
                "legal obligation",
                restricted=True,
                of="people outside",
                ends=Ends("last_entry", 36, "Domain notes, trust section 6: one to three years", date(2026, 11, 22)),
            ),
        ),
        roles={"dpo": {"core.requests": "read write export"}, "head": {"core.requests": "read write"}},
    )
