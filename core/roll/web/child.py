"""What every page about one pupil begins with: who it is, the opening recorded before anything is shown."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.desk import Desk
from core.errors import NotFound
from core.roll.views import Pupil, pupil


def child(desk: Desk, pupil_id: UUID, *records: str) -> Pupil:
    """The pupil; that these classes of theirs were opened, of which the first is what the page is about, is recorded.

    Raises:
        NotFound: They are not this person's to know.
    """
    found = desk.see(pupil, pupil_id)
    if found is None:
        raise NotFound
    desk.opened(pupil_id, ["core.identity", *records], page_of=records[0] if records else "")
    return found


def about(one: Pupil) -> str:
    """Whom a page is about: Ada Byron · Year 11, form 11C."""
    return f"{one.full_name} · Year {one.year}" + (f", form {one.form}" if one.form else "")


def crumbs(desk: Desk, trail: Iterable[tuple[str, str]], here: str) -> list[dict[str, str | None]]:
    """Crumbs below the academy.

    Args:
        trail: Words and where they lead, below the academy's own address.
    """
    base = f"/{desk.academy.urn}" if desk.academy else ""
    steps: list[dict[str, str | None]] = [{"text": text, "href": f"{base}/{path}"} for text, path in trail]
    return [*steps, {"text": here, "href": None}]
