"""What the room says of itself elsewhere: what must be answered, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

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
    "access": "Answer what was asked about data",
    "record": "Give an educational record",
    "information": "Answer a freedom of information request",
    "complaint": "Acknowledge a complaint about data",
}
_RULES = {"information": "requests.information_by", "complaint": "requests.acknowledge_by"}


def is_promised(desk: Seeing) -> bool:
    """Whether educational records are given here in 15 school days."""
    return desk.log.see(promise, desk.here) is True


def last_days(desk: Seeing) -> dict[UUID, tuple[Request, date | None]]:
    """Every request that this person may read, with the last day of what is to be done next; see `Request.due_by`."""
    calendar, promised = desk.calendar, is_promised(desk)
    return {key: (one, one.due_by(calendar, promised=promised)) for key, one in desk.see_all(request).items()}


def deadlines(desk: Seeing, until: date) -> list[Deadline]:
    """Requests to be answered, and complaints to be acknowledged, up to and including a day; nobody is named."""
    base = f"/{desk.academy.urn}" if desk.academy else ""
    rules = _RULES | ({"record": "requests.record_by"} if is_promised(desk) else {})
    return [
        Deadline(
            _DUTIES[one.sort],
            due,
            rules.get(one.sort, "requests.answer_by"),
            SORTS[one.sort],
            f"{base}/requests/{key}",
        )
        for key, (one, due) in last_days(desk).items()
        if due and due <= until
    ]
