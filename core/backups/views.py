"""When the trust was last backed up, and when a restore was last rehearsed."""

from __future__ import annotations

from datetime import date

from core.backups.facts import BackupMade, DrillHeld
from core.backups.rules import late_by
from core.wording import counted
from events import Fact, folds


@folds("core.running")
def last_backup(known: BackupMade | None, fact: Fact) -> BackupMade | None:
    """The newest backup; None before the first."""
    return fact if isinstance(fact, BackupMade) else known


@folds("core.running")
def last_drill(known: DrillHeld | None, fact: Fact) -> DrillHeld | None:
    """The newest drill; None before the first."""
    return fact if isinstance(fact, DrillHeld) else known


def undone(backup: BackupMade | None, drill: DrillHeld | None, today: date) -> list[str]:
    """What has been left undone for too long, or went wrong, and what to do; [] when all is as it should be."""
    says = []
    if backup is None:
        says.append("No backup was ever made: run tallystick backup, and let it run every night.")
    elif days := late_by(backup.made_on, today, "backup"):
        says.append(f"The last backup was made {counted(days, 'day', 'days')} ago: run tallystick backup.")
    if drill is None:
        says.append("No drill was ever held, so nobody knows whether a backup can be restored: run tallystick drill.")
    elif not drill.ok:
        says.append("The last drill found something wrong: the list says what. Mend it, then run tallystick drill.")
    elif days := late_by(drill.held_on, today, "drill"):
        says.append(f"The last drill was held {counted(days, 'day', 'days')} ago: run tallystick drill, once a term.")
    return says
