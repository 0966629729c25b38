"""What the room says of itself elsewhere: what must be answered, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.answers import Deadline
from core.requests.views import Request, promise, request

if TYPE_CHECKING:
    from core.desk.seeing import Seeing

SORTS = {
    "access": "Request for what is kept",
    "record": "Request for a pupil's educational record",
    "information": "Freedom of information request",
    "complaint": "Complaint about data",
}
_DUTIES = {
    "access": ("Answer what was asked about data", "requests.answer_by"),
    "record": ("Give an educational record", "requests.record_by"),
    "information": ("Answer a freedom of information request", "requests.information_by"),
    "complaint": ("Acknowledge a complaint about data", "requests.acknowledge_by"),
}


def due_of(desk: Seeing, one: Request) -> date | None:
    """The last day of what is to be done next about a request here; see `Request.due_by`."""
    return one.due_by(desk.calendar, promised=desk.log.see(promise, desk.here) is True)


def deadlines(desk: Seeing, until: date) -> list[Deadline]:
    """Requests to be answered, and complaints to be acknowledged, up to and including a day; nobody is named."""
    base = f"/{desk.academy.urn}" if desk.academy else ""
    return [
        Deadline(
            _DUTIES[one.sort][0],
            due,
            _DUTIES[one.sort][1],
            SORTS[one.sort],
            f"{base}/requests/{key}",
        )
        for key, one in desk.see_all(request).items()
        if (due := due_of(desk, one)) and due <= until
    ]
