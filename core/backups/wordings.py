"""Sentences for backups and drills."""

from core.backups import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.BackupMade: "Backup made: {name}, {rows} rows",
    facts.DrillHeld: "Drill held with the backup {name}: {entries} entries in {seconds} seconds[. Wrong: {wrong}]",
}
