"""Comings and goings: whose account is worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency

from core.accounts.roles import ROLES
from core.accounts.rules import Account, account_findings
from core.accounts.views import Grant, last_signed_in
from core.accounts.web.people import title_of, where_of
from core.desk import Desk
from core.periods import london_today
from core.roll.views import staff
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted

_TITLES = {
    "left": "Left, and can still sign in",
    "moved": "Moved, and still holds what they held",
    "dormant": "Not seen for long",
    "nothing": "See nothing yet",
    "ends": "A grant ends soon",
}


class Report(Controller):
    """Comings and goings."""

    path = "/people/report"

    @get("/", guards=[may("read", "core.people")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Joiners, movers, leavers, accounts nobody uses, and who is here from outside."""
        building = desk.building
        held = {key: building.counting(grants) for key, grants in building.every_grant().items()}
        accounts = dict(_accounts(desk, held))
        found: dict[str, list[dict[str, Any]]] = {code: [] for code in _TITLES}
        for key, account in accounts.items():
            for finding in account_findings(account, desk.today):
                found[finding.code].append({"name": desk.name_of(key), "href": f"/people/{key}", "says": finding.says})
        outside: list[dict[str, Any]] = [
            {
                "name": desk.name_of(key),
                "href": f"/people/{key}",
                "says": f"{title_of(one)}, {where_of(desk, one)}, until {one.until_by or one.from_on:%-d %B %Y}",
            }
            for key in accounts
            for one in held.get(key, ())
            if one.role in ROLES and ROLES[one.role].is_outside
        ]
        return page(
            "accounts/report.html",
            crumbs=[{"text": "People", "href": "/people"}, {"text": "Comings and goings", "href": None}],
            lede=f"{counted(len(accounts), 'person', 'people')} may sign in.",
            parts=[
                {"title": title, "rows": sorted(rows, key=_by_name)}
                for title, rows in [*zip(_TITLES.values(), found.values(), strict=True), ("From outside", outside)]
            ],
        )


def _by_name(row: dict[str, Any]) -> str:
    return str(row["name"]).casefold()


def _last_used(desk: Desk, program: UUID) -> date | None:
    """The day a program last used one of its tokens."""
    used = max((one.used_at for one in desk.building.desk_store.tokens.of(program)), default=0)
    return london_today(datetime.fromtimestamp(used, UTC)) if used else None


def _accounts(desk: Desk, everyone: Mapping[UUID, list[Grant]]) -> Iterator[tuple[UUID, Account]]:
    """Everyone who may sign in, with what is known of them."""
    building = desk.building
    reads = building.reads_log(None)
    reads.refresh()
    signed_in = reads.see_all(last_signed_in)
    works: dict[UUID, dict[UUID, date | None]] = {}
    for academy, one in desk.academies.items():
        for key, member in building.academy_log(one).see_all(staff).items():
            works.setdefault(key, {})[academy] = member.left_on
    for key, person in building.people().items():
        if person.left_on is None:
            held = everyone.get(key, [])
            yield (
                key,
                Account(
                    person.added_on,
                    _last_used(desk, key) if person.program else signed_in.get(key),
                    works.get(key, {}),
                    tuple({academy for one in held for academy in one.academies}),
                    tuple(one.until_by for one in held if one.until_by),
                    bool(held),
                ),
            )
