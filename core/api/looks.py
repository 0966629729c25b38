"""Who saw a pupil's record, for programs: what the page of the same name says."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromPath
from msgspec.structs import asdict

from core.api.paging import HEADERS, MOST, most
from core.desk import Desk
from core.looking.telling import asked_and_not_shown, month_before, unusual_since, who_saw
from core.web.guards import may
from core.web.routes import get


class Looks(Controller):
    """Who looked, at one academy."""

    path = "/looks"

    @get("/", guards=[may("read", "core.trail")])
    def unusual(self, desk: NamedDependency[Desk]) -> Response[dict[str, Any]]:
        """What people opened in the last thirty days that is worth a second look, the newest first."""
        first = month_before(desk.today)
        found = [{**asdict(one), "name": desk.name_of(one.person)} for one in unusual_since(desk, first)[:MOST]]
        return Response({"since": first, "unusual": found}, headers=HEADERS)

    @get("/{subject:uuid}", guards=[may("read", "core.trail")])
    def who_saw(
        self, subject: FromPath[UUID], request: Request[Any, Any, Any], desk: NamedDependency[Desk]
    ) -> Response[dict[str, Any]]:
        """Who opened this pupil's record, a day at a time, the newest first; that it was asked is itself recorded."""
        at_most, before = most(request), _before(request)
        _, every = who_saw(desk, subject)
        found = [one for one in every if before is None or one.day < before]
        last = found[at_most - 1].day if len(found) > at_most else None
        shown = [one for one in found if last is None or one.day >= last]  # a day is told whole
        body: dict[str, Any] = {
            "looks": [one.told(desk.name_of(one.person)) for one in shown],
            "next": last if len(shown) < len(found) else None,
            "not_shown": [one.told(desk.name_of(one.person)) for one in asked_and_not_shown(desk, subject)[:MOST]],
        }
        headers = dict(HEADERS)
        if body["next"]:
            headers["Link"] = f'<{request.url.path}?before={last}&limit={at_most}>; rel="next"'
        return Response(body, headers=headers)


def _before(request: Request[Any, Any, Any]) -> date | None:
    typed = request.query_params.get("before", "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise ClientException("`before` is the `next` of the page before: a day.") from None
