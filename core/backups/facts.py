"""What is done so that nothing is lost. In the trust's log; class core.running, subject the trust."""

from __future__ import annotations

from datetime import date

from events import Fact, FreeText


class BackupMade(Fact, frozen=True, tag="backups.backup_made/1", record="core.running", on="made_on"):
    """The log was backed up to one folder, and its keys, encrypted, to another."""

    made_on: date
    name: str
    """What its files are called, but for their endings."""
    rows: int
    """How many rows the log's backup holds."""
    expired: int
    """How many older backups of the keys were deleted, because their time was over."""


class DrillHeld(Fact, frozen=True, tag="backups.drill_held/1", record="core.running", on="held_on"):
    """The newest backup was restored to a temporary place, read to its end, and removed again."""

    held_on: date
    name: str
    """Of the backup; "" when there was none."""
    ok: bool
    entries: int
    """How many it brought back."""
    seconds: int
    wrong: FreeText = ""
    """What was found wrong, in sentences."""
