"""What every page about one child begins with: that this person may, who it is, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.roll.views import Pupil
from core.roll.web.child import child
from core.roll.web.child import crumbs as crumbs_below
from core.web.forms import Form
from core.web.pages import Page
from core.web.questions import Question

from ...telling import base

TITLE = "Looked-after children"


def known_child(desk: Desk, pupil_id: UUID, action: str, record: str, *more: str) -> Pupil:
    """The child; that these classes of theirs were opened is recorded.

    Whoever was not granted this child is turned away, and that is recorded; for an id of nobody just so. Neither answer
    tells whether there is such a child.

    Args:
        more: Classes shown besides, which this person may read.

    Raises:
        NotAllowed: This person may not do this with that class of this child's.
        NotFound: They may for everyone here, and there is no such child.
    """
    if not desk.may(action, record, pupil_id):
        raise desk.turned_away(action, record)
    return child(desk, pupil_id, record, *more)


def readable(desk: Desk, pupil_id: UUID, *records: str) -> tuple[str, ...]:
    """Those of these classes that this person may read of this child."""
    return tuple(record for record in records if desk.may("read", record, pupil_id))


def home(desk: Desk, pupil_id: UUID) -> str:
    """Where the child's page is."""
    return f"{base(desk)}/children/{pupil_id}"


def crumbs(desk: Desk, pupil_id: UUID, here: str, *between: tuple[str, str]) -> list[dict[str, str | None]]:
    """Crumbs of a page below a child's.

    Args:
        between: Words and addresses below the academy's own, after the child.
    """
    trail = [(TITLE, "lac"), ("Child", f"lac/children/{pupil_id}"), *between]
    return crumbs_below(desk, trail if desk.may("read", "lac.status", pupil_id) else between, here)


def asked(question: Question, form: Form, **more: Any) -> Page:
    """The page that asks for one command; its tab says "Child", whatever is asked. See `Question.shown`."""
    shown = question.shown(form, **more)
    shown.template_name = "lac/question.html"
    return shown
