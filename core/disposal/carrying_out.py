"""What a disposal destroys besides the record itself, and whether it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.disposal.facts import Disposed
from core.disposal.views import disposals
from events import Erased, Log

if TYPE_CHECKING:
    from core.desk import Desk


def carry_out(desk: Desk) -> None:
    """Destroys what a process that ended in between did not come to: keys of who looked at what is gone."""
    told = desk.see(disposals, desk.here) or ()
    desk.destroy_access({key: one.backups_until for one in told for key in one.access_keys})


def opens(log: Log, one: Disposed) -> list[int]:
    """Positions of what still opens of a destroyed record, each of its entries tried: none should be."""
    return [at for at in log.positions(bytes.fromhex(one.key_id)) if _opens(log, at)]


def _opens(log: Log, position: int) -> bool:
    try:
        log.event(position)
    except Erased:
        return False
    return True
