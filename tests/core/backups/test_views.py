"""What is told of backups and drills, and what is said when there was none for too long."""

from datetime import date, timedelta

import pytest

from core.backups.facts import BackupMade, DrillHeld
from core.backups.views import last_backup, last_drill, undone
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
        (backup(2), drill(120), []),
        (backup(3), drill(0), ["The last backup was made 3 days ago: run tallystick backup."]),
        (backup(0), drill(121), ["The last drill was held 121 days ago: run tallystick drill, once a term."]),
        (
            backup(0),
            drill(0, ok=False),
            ["The last drill found something wrong: the list says what. Mend it, then run tallystick drill."],
        ),
        (
            None,
            None,
            [
                "No backup was ever made: run tallystick backup, and let it run every night.",
                "No drill was ever held, so nobody knows whether a backup can be restored: run tallystick drill.",
            ],
        ),
    ],
)
def test_what_was_left_undone_for_too_long_is_said(
    made: BackupMade | None, held: DrillHeld | None, says: list[str]
) -> None:
    assert undone(made, held, TODAY) == says


def test_the_newest_of_each_is_told() -> None:
    facts: list[Fact] = [backup(3), drill(3), backup(2), drill(1, ok=False)]
    made, held = None, None
    for fact in facts:
        made, held = last_backup.step(made, fact), last_drill.step(held, fact)
    assert (made, held) == (backup(2), drill(1, ok=False))
