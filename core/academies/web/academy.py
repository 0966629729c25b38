"""One academy's first page: what needs doing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import Deadline
from core.desk import Desk
from core.roll.views import pupil
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted


class AcademyPages(Controller):
    """One academy: what needs doing."""

    @post("/", guards=[may("read", "core.running")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"/{desk.academy.urn if desk.academy else ''}", form, ["plugin", "until"])

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Every open duty of the plugins that are on, the late ones first."""
        assert desk.academy is not None  # noqa: S101 - the guard sets it
        ahead = {"30": 30, "90": 90, "365": 365}
        listing = Listing(desk, f"/{desk.academy.urn}", request.query_params, ["plugin", "until"])
        days = ahead.get(listing.chosen["until"], 60)
        found = desk.deadlines(desk.today + timedelta(days=days))
        if listing.chosen["plugin"]:
            found = [(name, one) for name, one in found if name == listing.chosen["plugin"]]
        found.sort(key=lambda pair: (pair[1].due_by, pair[1].text, str(pair[1].subject)))
        late = [pair for pair in found if pair[1].due_by < desk.today]
        soon = [pair for pair in found if 0 <= (pair[1].due_by - desk.today).days <= 30]
        later = [pair for pair in found if (pair[1].due_by - desk.today).days > 30]
        groups = [
            ("late", "Late", "late", late),
            ("soon", "In the next 30 days", "soon", soon),
            ("later", "Later", "plain", later),
        ]
        asked = [*desk.on, *(["disposal"] if desk.may("read", "core.disposal") else [])]
        titles = [(name, desk.building.plugins.title(name)) for name in asked]
        return page(
            "academies/academy.html",
            title="What needs doing",
            lede=f"{len(late)} late, {len(soon)} in the next 30 days. Each day says by which rule it was counted.",
            actions=[],
            figures=[],
            groups=[
                {"id": key, "title": title, "kind": kind, "rows": [_due(desk, name, one) for name, one in pairs]}
                for key, title, kind, pairs in groups
                if pairs
            ],
            filters=listing.filters(
                form,
                {"plugin": "Plugin", "until": "Looking ahead"},
                {
                    "plugin": [("", "All"), *titles],
                    "until": [("", "60 days"), ("30", "30 days"), ("90", "90 days"), ("365", "a year")],
                },
            ),
            ics_href=None,
            charts=[],
            empty="Nothing is due in the days ahead, in the plugins you can see.",
        )


def _due(desk: Desk, plugin: str, one: Deadline) -> dict[str, Any]:
    left = (one.due_by - desk.today).days
    tag = (
        {"text": f"{counted(-left, 'day', 'days')} over", "kind": "late"}
        if left < 0
        else {"text": counted(left, "day", "days") if left else "today", "kind": "soon" if left <= 30 else "plain"}
    )
    rule = desk.building.plugins.rules().get(one.rule)
    return {
        "by": one.due_by,
        "text": one.text,
        "href": one.href or None,
        "who": _who(desk, one.subject),
        "says": one.says or None,
        "source": rule.citation.source if rule else None,
        "rule_href": f"/rules/{one.rule}" if rule else None,
        "plugin": desk.building.plugins.title(plugin),
        "tag": tag,
    }


def _who(desk: Desk, subject: UUID | None) -> dict[str, str] | None:
    """The pupil a duty is about, for whoever may know."""
    if subject is None or desk.academy is None or not desk.may("read", "core.identity", subject):
        return None
    found = desk.see(pupil, subject)
    return {"name": found.full_name, "href": f"/{desk.academy.urn}/pupils/{subject}"} if found else None
