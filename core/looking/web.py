"""Who saw a child's record, and what is worth a second look."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.looking.telling import Visit, asked_and_not_shown, month_before, unusual_since, who_saw
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day, moment

_SHOWN = 500


class Looking(Controller):
    """Who looked, at one academy."""

    path = "/looks"

    @get("/{pupil_id:uuid}", guards=[may("read", "core.trail")])
    def who_saw(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Who saw this child's record, when, and why. That it was asked is itself recorded."""
        child, found = who_saw(desk, pupil_id)
        titles = desk.building.plugins.titles
        people, name_of = len({one.person for one in found}), cache(desk.name_of)
        base = f"/{desk.academy.urn}" if desk.academy else ""
        return page(
            "looking/who_saw.html",
            crumbs=[{"text": "Pupil", "href": f"{base}/pupils/{pupil_id}"}, {"text": "Who saw it", "href": None}],
            name=child.full_name,
            lede=f"{counted(people, 'person', 'people')} on {counted(len(found), 'day', 'days')}, newest first.",
            rows=[_visit(one, name_of(one.person), titles) for one in found[:_SHOWN]],
            more=max(0, len(found) - _SHOWN),
            vain=[
                {"who": name_of(one.person), "role": one.role, "when": moment(one.at)}
                for one in asked_and_not_shown(desk, pupil_id)[:_SHOWN]
            ],
            lists_href=f"{base}/audit?log=reads",
        )

    @get("/unusual", guards=[may("read", "core.trail")])
    def unusual(self, desk: NamedDependency[Desk]) -> Page:
        """What people opened in the last month that is worth a second look."""
        first, base = month_before(desk.today), f"/{desk.academy.urn}" if desk.academy else ""
        return page(
            "looking/unusual.html",
            crumbs=[{"text": "Trail", "href": f"{base}/audit"}, {"text": "Worth a second look", "href": None}],
            since=day(first),
            rows=[
                {
                    "who": desk.name_of(one.person),
                    "role": one.role,
                    "on": one.on,
                    "says": one.says,
                    "href": f"{base}/audit?log=reads&person={one.person}&from={one.on}&to={one.on}",
                }
                for one in unusual_since(desk, first)[:_SHOWN]
            ],
        )


def _visit(one: Visit, who: str, titles: dict[str, str]) -> dict[str, Any]:
    same = moment(one.first) == moment(one.last)
    return {
        "who": who,
        "role": one.role,
        "when": moment(one.first) if same else f"{moment(one.first)} to {moment(one.last)[-5:]}",
        "what": [titles.get(record, record) for record in one.records],
        "why": list(one.purposes) or ["no grant that is known"],
        "packs": counted(one.packs, "pack", "packs") if one.packs else "",
    }
