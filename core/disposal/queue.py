"""Records whose time is over, as they wait to be decided about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.disposal.commands import held
from core.disposal.schedule import Due, kept_as, reviewer
from core.disposal.standing import OWN
from core.disposal.views import keeping

if TYPE_CHECKING:
    from core.desk import Desk


def stands_in_the_way(desk: Desk, one: Due) -> str:
    """What keeps it from being proposed: "held", or "proposed" already; "" for nothing."""
    name, kept = one.kind.record.name, desk.see(keeping, one.subject)
    if held(desk, one.subject, name):
        return "held"
    return "proposed" if kept and kept.proposal(name) else ""


def told(desk: Desk, shown: Sequence[Due]) -> list[dict[str, Any]]:
    """These of the queue, each by the id of whose it is; that each was looked at is recorded."""
    for one in shown:
        desk.opened(one.subject, [OWN])
    return [
        {
            "subject": one.subject,
            "record": one.kind.record.name,
            "what": one.kind.title,
            "kept": kept_as(desk.building, one.kind.record),
            "over": one.over_on,
            "reviewer": reviewer(desk.building, one.kind.record.name),
            "stands": stands_in_the_way(desk, one),
        }
        for one in shown
    ]
