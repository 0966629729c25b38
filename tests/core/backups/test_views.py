"""What is told of backups and drills, and what is said when there was none for too long."""

from datetime import date, timedelta

import pytest

from core.backups.facts import BackupMade, DrillHeld
from core.backups.views import BACKUP_DAYS, DRILL_DAYS, last_backup, last_drill, missing
from events import Fact

TODAY = date(2026, 11, 16)
BACKUP = BackupMade(TODAY, "tallystick-20261116T013000Z", 12, 0)
DRILL = DrillHeld(TODAY, "tallystick-20261116T013000Z", ok=True, entries=12, seconds=3)


def backup(days_ago: int) -> BackupMade:
    return BackupMade(TODAY - timedelta(days=days_ago), "one", 12, 0)


def drill(days_ago: int, *, ok: bool = True) -> DrillHeld:
    return DrillHeld(TODAY - timedelta(days=days_ago), "one", ok, 12, 3)


@pytest.mark.parametrize(
    ("made", "held", "says"),
    [
        (backup(0), drill(0), []),
        (backup(BACKUP_DAYS), drill(DRILL_DAYS), []),
        (backup(BACKUP_DAYS + 1), drill(0), ["The last backup was made 3 days ago."]),
        (backup(0), drill(DRILL_DAYS + 1), ["The last drill was held 121 days ago; one is due each term."]),
        (backup(0), drill(0, ok=False), ["The last drill found something wrong."]),
        (
            None,
            None,
            ["No backup was ever made.", "No drill was ever held: nobody knows whether a backup can be restored."],
        ),
    ],
)
def test_what_was_left_undone_for_too_long_is_said(
    made: BackupMade | None, held: DrillHeld | None, says: list[str]
) -> None:
    assert missing(made, held, TODAY) == says


def test_the_newest_of_each_is_told() -> None:
    facts: list[Fact] = [backup(3), drill(3), backup(2), drill(1, ok=False)]
    made, held = None, None
    for fact in facts:
        made, held = last_backup.step(made, fact), last_drill.step(held, fact)
    assert (made, held) == (backup(2), drill(1, ok=False))
