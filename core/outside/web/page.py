"""The page about the half outside: who got it when, the newest checkpoint, the keys to pin, how to check."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.di import NamedDependency

from core.building import Building
from core.desk import Desk
from core.outside.places import places
from core.outside.sending import last_sent
from core.outside.telling import PATH, TITLES, alarms
from core.outside.views import is_overdue
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from events import Log
from events.halves import TRUST
from events.notes import ML_DSA_44, parse_note

_LONG = 1000  # characters of a line that would fill the page: one of ML-DSA-44


class OutsidePage(Controller):
    """What an outsider needs to check the trust's logs."""

    @get(PATH, guards=[may("read", "core.trail")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        building = desk.building
        trust, *others = _logs(building)
        note = building.store.checkpoint(building.trust) or ""
        short = "".join(line for line in note.splitlines(keepends=True) if len(line) < _LONG)
        return page(
            "outside/half.html",
            crumbs=[{"text": "Trail", "href": "/audit"}, {"text": "The half outside", "href": None}],
            lede="A tally stick was split in two, and each side kept a half. This is what the other side holds.",
            alarms=alarms(building),
            places=_places(building),
            note=short,
            whole=note if note != short else None,
            trust=trust,
            logs=others,
            file="half-….txt",
            actions=[{"text": "Take the checkpoints away", "href": "/audit/checkpoint"}],
        )


def _places(building: Building) -> list[dict[str, Any]]:
    last = last_sent(building)
    rows = []
    for place, title in TITLES.items():
        at, wanted = last.get(place), place in places(building.settings)
        if not wanted and at is None:
            tag = {"text": "not set up", "kind": "plain"}
        elif not wanted:
            tag = {"text": "no longer set up", "kind": "late"}
        else:
            late = is_overdue(at, building.today)
            tag = {"text": "overdue" if late else "as it should be", "kind": "late" if late else "well"}
        rows.append(
            {
                "title": title,
                "sent_on": at.sent_on if at else None,
                "entries": f"{at.entries:,}" if at else "",
                "tag": tag,
            }
        )
    return rows


def _logs(building: Building) -> list[dict[str, Any]]:
    """Every log, the trust's own first."""
    names = {TRUST: "The trust"} | {one.log_name: one.name for one in building.academies().values()}
    wanted = [
        pair for name, title in names.items() for pair in ((name, title), (f"{name}-reads", f"{title}, who looked"))
    ]
    return [_log(building, building.store.log(name), title) for name, title in wanted]


def _log(building: Building, log: Log, title: str) -> dict[str, Any]:
    note = building.store.checkpoint(log)
    keys = log.note_keys(log.tail.epoch, log.size)
    return {
        "title": title,
        "entries": f"{parse_note(note)[0].size:,}" if note else "",
        "href": f"/{log.origin.partition('/')[2]}/checkpoint",
        "pins": [str(key) for key in keys if key.kind != ML_DSA_44],
        "long_pins": [str(key) for key in keys if key.kind == ML_DSA_44],
    }
