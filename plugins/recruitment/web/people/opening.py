"""What every page about one person on the record begins with: that this person may, who it is, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs as crumbs_below
from core.web.forms import Form
from core.web.pages import Page
from core.web.questions import Options, Question

from ...codes import CONDITIONS, OTHER_FLAGS, ROLES, SENCO_FACTS, standing
from ...telling import base
from ...views import Checks, Disclosures, Engagement, File, Person, checks, disclosures, fitness, person

ENGAGEMENT, CHECKS = "recruitment.engagement", "recruitment.checks"
HEALTH, DISCLOSURE = "recruitment.health", "recruitment.disclosure"


def known_person(desk: Desk, subject: UUID, action: str = "read", record: str = ENGAGEMENT, *more: str) -> Person:
    """Somebody on the record; that these classes of theirs were opened is recorded.

    Args:
        more: Classes shown besides, which this person may read.

    Raises:
        NotAllowed: This person may not do this with that class of theirs.
        NotFound: There is nobody of that id.
    """
    if not desk.may(action, record, subject):
        raise desk.turned_away(action, record)
    found = desk.see(person, subject)
    if found is None:
        raise NotFound
    desk.opened(subject, [record, *more])
    return found


def file_seen(desk: Desk, subject: UUID, who: Person) -> File:
    """A person's file as far as this person may read it; what they may not is as if there were none."""

    def reads(record: str) -> bool:
        return desk.may("read", record, subject)

    return File(
        who,
        (desk.see(checks, subject) if reads(CHECKS) else None) or Checks(),
        desk.see(fitness, subject) if reads(HEALTH) else None,
        (desk.see(disclosures, subject) if reads(DISCLOSURE) else None) or Disclosures(),
    )


def engagement_of(who: Person, wanted: UUID) -> Engagement:
    """An engagement of theirs; raises NotFound for one there is not."""
    if wanted not in who.engagements:
        raise NotFound
    return who.engagements[wanted]


def home(desk: Desk, subject: UUID) -> str:
    """Where the person's page is."""
    return f"{base(desk)}/people/{subject}"


def crumbs(desk: Desk, subject: UUID, here: str, *between: tuple[str, str]) -> list[dict[str, str | None]]:
    """Crumbs of a page below a person's; nobody's name stands in them.

    Args:
        between: Words and addresses below the academy's own, after the person.
    """
    trail = [("Single central record", "recruitment/record")] if desk.may("read", CHECKS) else []
    return crumbs_below(desk, [*trail, ("Person", f"recruitment/people/{subject}"), *between], here)


def recorded(
    desk: Desk, form: Form, question: Question, subject: UUID, back: str, redraw: Callable[[], Page], **given: Any
) -> Response[Any]:
    """Records what a question asked about a person, and goes back; or shows the form again with what is wrong."""

    def act() -> str:
        desk.do(question.read(form, **given), subject, command_id=form.command_id, seen=form.seen)
        return back

    return form.attempt(act, redraw, "Recorded.")


def role_options(desk: Desk) -> Options:
    """The kinds of work in the table of today."""
    roles = standing(ROLES, desk.today).value
    return [{"value": "", "text": "Choose"}, *({"value": key, "text": role.title} for key, role in roles.items())]


FLAG_OPTIONS: Options = [
    *({"value": key, "text": f"The person {one.title}"} for key, one in CONDITIONS.items()),
    *({"value": key, "text": f"As SENCO {title}"} for key, title in SENCO_FACTS.items()),
    *({"value": key, "text": title} for key, title in OTHER_FLAGS.items()),
]
"""What the work may involve; whether a check that depends on it is needed follows."""
