"""When the trust was last backed up, and when a restore was last rehearsed."""

from __future__ import annotations

from datetime import date

from core.backups.facts import BackupMade, DrillHeld
from core.wording import counted
from events import Fact, folds

BACKUP_DAYS = 2
"""Days after which a backup is missing: one is made each night, and one night may fail."""

DRILL_DAYS = 120
"""Days after which a drill is missing: one is held each term."""


@folds("core.running")
def last_backup(known: BackupMade | None, fact: Fact) -> BackupMade | None:
    """The newest backup; None before the first."""
    return fact if isinstance(fact, BackupMade) else known


@folds("core.running")
def last_drill(known: DrillHeld | None, fact: Fact) -> DrillHeld | None:
    """The newest drill; None before the first."""
    return fact if isinstance(fact, DrillHeld) else known


def missing(backup: BackupMade | None, drill: DrillHeld | None, today: date) -> list[str]:
    """What has been left undone for too long, or went wrong, a sentence each; [] when all is as it should be."""
    says = []
    if backup is None:
        says.append("No backup was ever made.")
    elif (days := (today - backup.made_on).days) > BACKUP_DAYS:
        says.append(f"The last backup was made {counted(days, 'day', 'days')} ago.")
    if drill is None:
        says.append("No drill was ever held: nobody knows whether a backup can be restored.")
    elif not drill.ok:
        says.append("The last drill found something wrong.")
    elif (days := (today - drill.held_on).days) > DRILL_DAYS:
        says.append(f"The last drill was held {counted(days, 'day', 'days')} ago; one is due each term.")
    return says
