"""What every page about one candidate begins with: that this person may, who it is, and the way back."""

from __future__ import annotations

from uuid import UUID

from core.desk import Desk
from core.errors import NotFound
from core.roll.views import Pupil
from core.roll.web.child import child
from core.roll.web.child import crumbs as crumbs_below

from ..telling import base


def opened(desk: Desk, pupil_id: UUID, action: str, record: str, *more: str) -> Pupil:
    """The pupil; that these classes of theirs were opened is recorded.

    Raises:
        NotFound: This person may not do this with the first of them: nothing is recorded then.
    """
    if not desk.may(action, record, pupil_id):
        raise NotFound
    return child(desk, pupil_id, record, *more)


def crumbs_of_papers(desk: Desk, here: str, *between: tuple[str, str]) -> list[dict[str, str | None]]:
    """Crumbs of a page below the papers; whoever keeps only those is not led to the candidates."""
    above = [("Exams", "exams")] if desk.may("read", "exams.arrangements") else []
    return crumbs_below(desk, [*above, ("Papers", "exams/papers"), *between], here)


def home(desk: Desk, pupil_id: UUID) -> str:
    """Where a candidate's page is."""
    return f"{base(desk)}/pupils/{pupil_id}"


def crumbs(desk: Desk, pupil_id: UUID, here: str) -> list[dict[str, str | None]]:
    """Crumbs of a page below a candidate's."""
    return crumbs_below(desk, [("Exams", "exams"), ("Candidate", f"exams/pupils/{pupil_id}")], here)
