"""What happens to the half of the stick that is kept outside."""

from __future__ import annotations

from datetime import date
from typing import Literal

from events import Fact

Place = Literal["mail", "second place"]


class HalfSent(Fact, frozen=True, omit_defaults=True, tag="outside.half_sent/1", record="core.running", on="sent_on"):
    """A place outside got the half. Recorded in the trust's log, of the trust."""

    place: Place
    entries: int
    """How many entries of the trust's log its checkpoint covers."""
    sent_on: date
    destroyed: int = 0
    """How many destroyed keys it names."""
