"""What a teacher saw a pupil use: one short form, to be filled in between two lessons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.law import in_force
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

from ..codes import ARRANGEMENTS
from ..commands import NoteUse
from ..facts import UseNoted
from ..telling import base
from ..views import working
from .opening import crumbs, home, opened

SETTINGS = {"lesson": "In a lesson", "timed_test": "In a timed test", "mock": "In a mock exam"}
EFFECTS = {"helped": "It helped", "no_difference": "It made no difference", "hindered": "It got in the way"}
MOST_USED = {
    "ET25": "Extra time",
    "RD": "Reader",
    "CR": "Computer reader",
    "SC": "Scribe",
    "WP": "Word processor",
    "SRB": "Rest breaks",
    "PR": "Prompter",
    "BD": "Bilingual dictionary",
}
_LESS = ("mark_with", "mark_without", "out_of", "note")


class Working(Controller):
    """One pupil's normal way of working."""

    path = "/working/{pupil_id:uuid}"

    @get("/", guards=[may("write", "exams.working")])
    def ask(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, with today and the subject this teacher noted last."""
        opened(desk, pupil_id, "write", "exams.working")
        form.fill(used_on=desk.today, taught=_last_taught(desk))
        return _page(desk, pupil_id, form)

    @post("/", guards=[may("write", "exams.working")])
    def record(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        opened(desk, pupil_id, "write", "exams.working")

        def act() -> str:
            desk.do(_read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return home(desk, pupil_id)

        return form.attempt(act, lambda: _page(desk, pupil_id, form), "Recorded.")


def _read(form: Form) -> NoteUse:
    """What was noted; what was used stands among the radios, or in the list beneath them."""
    chosen = [text for name in ("arrangement", "other") if (text := form.text(name))]
    if not chosen:
        form.wrong("arrangement", "Choose what was used.")
    if len(chosen) > 1:
        form.wrong("other", "Choose one thing: above, or from the list.")
    return form.read(NoteUse, arrangement=chosen[0] if chosen else "")


def _last_taught(desk: Desk) -> str:
    """The subject this person noted last, of whichever pupil; "" for the first time."""
    places = desk.log.index.newest_first(actor=desk.person_id, kind_prefix="exams.use_noted")
    place = next(places, None)
    found = desk.log.at([place]) if place is not None else []
    return next((event.fact.taught for event in found if isinstance(event.fact, UseNoted)), "")


def _page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    one = opened(desk, pupil_id, "write", "exams.working")
    known = desk.see(working, pupil_id) if desk.may("read", "exams.working", pupil_id) else None
    subjects = sorted({use.taught for use in known or ()}, key=str.casefold)
    edition = in_force(ARRANGEMENTS, desk.today)
    others = [row for row in (edition.value if edition else ()) if row.key not in MOST_USED]
    return page(
        "exams/working.html",
        crumbs=crumbs(desk, pupil_id, "Note what was used"),
        about=about(one),
        form=form,
        action=f"{base(desk)}/working/{pupil_id}",
        token=form.token(desk.seen_for(NoteUse, pupil_id)),
        used=[{"value": key, "text": text} for key, text in MOST_USED.items()],
        others=[{"value": "", "text": ""}, *({"value": row.key, "text": row.title} for row in others)],
        subjects=subjects,
        settings=[{"value": key, "text": text} for key, text in SETTINGS.items()],
        effects=[{"value": key, "text": text} for key, text in EFFECTS.items()],
        more_is_open=any(form.text(name) or form.error(name) for name in _LESS),
        back_href=home(desk, pupil_id),
    )
