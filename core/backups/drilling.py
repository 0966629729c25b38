"""A drill: the newest backup restored to a place of its own, read to its end, timed, and removed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec

from core.backups.places import Places
from core.backups.restoring import Held, Trust, bring_back
from core.errors import Refused
from core.settings import Settings
from events import Erased, NotReady, Tampered, Unusable
from events.dumps import Progress
from events.restoring import Steps


class Drill(msgspec.Struct, frozen=True):
    """What a drill came to."""

    name: str
    """Of the backup; "" when there was none."""
    entries: int
    recorded_since: int
    """How many entries the half knows of that the backup does not hold yet."""
    took: list[tuple[str, float]]
    """Each step in words, and its seconds."""
    wrong: list[str]

    @property
    def ok(self) -> bool:
        return not self.wrong

    @property
    def seconds(self) -> float:
        return sum(seconds for _, seconds in self.took)


class Timed:
    """Steps that are timed: each ends when the next begins."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._now: tuple[str, float] | None = None
        self.took: list[tuple[str, float]] = []

    def __call__(self, says: str) -> Progress:
        self.end()
        self._now = says, perf_counter()
        return self._steps(says)

    def end(self) -> None:
        if self._now:
            says, began = self._now
            self.took.append((says, perf_counter() - began))
        self._now = None


def drill(trust: Trust, places: Places, held: Held, steps: Steps, *, within: Path | None = None) -> Drill:
    """Tries the newest backup; what is wrong is told, not raised. Nothing of it stays.

    Args:
        trust: The one that was backed up, whose master key the backup is under.
        within: The folder to restore in; the system's own for such things when None.
    """
    timed, name = Timed(steps), ""
    try:
        backup = places.newest()
        name = backup.name
        with TemporaryDirectory(prefix="tallystick-drill-", dir=within) as folder:
            found = bring_back(trust._replace(settings=_within(trust.settings, Path(folder))), backup, held, timed)
            timed("Removing it all")
        timed.end()
    except (Refused, Unusable, NotReady, Tampered, Erased) as error:
        timed.end()
        return Drill(name, 0, 0, timed.took, [str(error)])
    entries, since = sum(one.entries for one in found.logs), sum(one.missing for one in found.logs)
    return Drill(name, entries, since, timed.took, [f"{one.log}: {one.what}" for one in found.report.faults])


def _within(settings: Settings, folder: Path) -> Settings:
    """The same trust, on SQLite in another folder."""
    databases = {"database": f"sqlite:///{folder / 'log.db'}", "keys": f"sqlite:///{folder / 'keys.db'}"}
    return msgspec.structs.replace(settings, home=folder, **databases)
