"""What the room says of itself elsewhere: holds that must be looked at again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.answers import Deadline
from core.disposal.standing import kinds
from core.disposal.views import keeping

if TYPE_CHECKING:
    from core.desk.seeing import Seeing


def deadlines(desk: Seeing, until: date) -> list[Deadline]:
    """Holds to be looked at again up to and including a day, for whoever may know of them."""
    found = []
    for subject, kept in desk.see_all(keeping).items():
        for hold in kept.holds.values():
            if hold.review_by <= until:
                kind = kinds(desk).get(hold.record_class)
                found.append(
                    Deadline(
                        "Hold looked at again",
                        hold.review_by,
                        "disposal.hold_review_findings",
                        kind.title if kind else "Everything",
                        f"/{desk.academy.urn if desk.academy else ''}/disposal/{subject}",
                        None if subject == desk.here else subject,
                    )
                )
    return found
