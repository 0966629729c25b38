"""What `verify` answers."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """One thing that is not as it was written. `position` is None when no single entry is at fault."""

    log: str
    position: int | None
    what: str


class Verified(msgspec.Struct, frozen=True):
    """A log read to its end: how many entries, and the root over them in hex."""

    log: str
    size: int
    root: str


class Report(msgspec.Struct, frozen=True):
    """What `verify` found; `ok` when there is no fault."""

    ok: bool
    logs: list[Verified]
    faults: list[Fault]
