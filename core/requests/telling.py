"""What the room says of itself elsewhere: what must be answered, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.answers import Deadline
from core.requests.views import request

if TYPE_CHECKING:
    from core.desk.seeing import Seeing

SORTS = {"access": "Request for what is kept", "complaint": "Complaint about data"}


def deadlines(desk: Seeing, until: date) -> list[Deadline]:
    """Requests to be answered, and complaints to be acknowledged, up to and including a day; nobody is named."""
    base = f"/{desk.academy.urn}" if desk.academy else ""
    return [
        Deadline(
            "Answer what was asked about data" if one.sort == "access" else "Acknowledge a complaint about data",
            due,
            "requests.answer_by" if one.sort == "access" else "requests.acknowledge_by",
            SORTS[one.sort],
            f"{base}/requests/{key}",
        )
        for key, one in desk.see_all(request).items()
        if (due := one.due_by) and due <= until
    ]
