"""What is kept and how long, for programs: the record of processing, and what is past its time."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.api.paging import HEADERS, most
from core.desk import Desk
from core.disposal.queue import told
from core.disposal.schedule import due
from core.processing.telling import SAFEGUARDS, processing
from core.web.guards import may
from core.web.routes import get


class Keeping(Controller):
    """What one academy keeps."""

    @get("/processing", guards=[may("read", "core.running")])
    def processing(self, desk: NamedDependency[Desk]) -> Response[dict[str, Any]]:
        """The record of processing, as its page has it; it names no pupil."""
        return Response({"purposes": processing(desk), "safeguards": SAFEGUARDS}, headers=HEADERS)

    @get("/due", guards=[may("write", "core.disposal")])
    def due(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[dict[str, Any]]:
        """Records that need not be kept any more, the longest overdue first. That each was looked at is recorded."""
        at_most, every = most(request), due(desk)
        return Response({"due": told(desk, every[:at_most]), "in_all": len(every)}, headers=HEADERS)
