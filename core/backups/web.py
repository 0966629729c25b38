"""The page of backups and drills."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.di import NamedDependency

from core.backups.facts import BackupMade, DrillHeld
from core.backups.views import last_backup, last_drill, undone
from core.desk import Desk
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

_SHOWN = 30


class Backups(Controller):
    """When the trust was last backed up, and when a restore was last rehearsed."""

    path = "/audit/backups"

    @get("/", guards=[may("read", "core.running")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """The newest of both, what has been left undone, and what was done before."""
        backup, drill = desk.see(last_backup, desk.here), desk.see(last_drill, desk.here)
        events = desk.log.stream(desk.here, "core.running")
        done = [event for event in reversed(events) if isinstance(event.fact, BackupMade | DrillHeld)]
        return page(
            "backups/backups.html",
            crumbs=[{"text": "Trail", "href": "/audit"}, {"text": "Backups", "href": None}],
            undone=undone(backup, drill, desk.today),
            figures=[_backup_figure(backup), _drill_figure(drill)],
            rows=[
                {"at": one.recorded_at, "says": desk.sentence(one), "wrong": getattr(one.fact, "ok", True) is False}
                for one in done[:_SHOWN]
            ],
            window=desk.building.settings.key_backup_days,
        )


def _backup_figure(backup: BackupMade | None) -> dict[str, Any]:
    note = f"{backup.rows:,} rows" if backup else "made each night, by tallystick backup"
    return {"label": "Last backup", "value": day(backup.made_on) if backup else "none", "note": note}


def _drill_figure(drill: DrillHeld | None) -> dict[str, Any]:
    told = "held each term, by tallystick drill"
    if drill:
        entries = counted(drill.entries, "entry", "entries")
        told = (
            f"{entries} back in {counted(drill.seconds, 'second', 'seconds')}" if drill.ok else "found something wrong"
        )
    return {"label": "Last drill", "value": day(drill.held_on) if drill else "none", "note": told}
