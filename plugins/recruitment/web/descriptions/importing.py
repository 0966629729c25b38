"""A job description taken over from a text: pasted or uploaded, looked at as it was read, confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import Refused
from core.ids import uuid_for
from core.roll.web.previewing import counts_told
from core.roll.web.taking import Kept, held, hold
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page, see_other
from core.web.routes import get, post
from core.web.uploads import LARGEST_FORM

from ...commands.describing import as_command
from ...reading import MOST_BYTES, Description, Unreadable, read_description, read_text
from ...telling import base
from ...views import description
from .fields import hold_to_limits
from .pages import RECORD, trail
from .words import body, flags_read

_UNTITLED = "Job description"


class TextKept(Kept):
    """An upload on its way, with its text."""

    text: str


class DescriptionImport(Controller):
    """Taking over a text."""

    path = "/descriptions/import"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("write", RECORD)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file, or pasted text."""
        return _upload_page(desk, form)

    @post("/", guards=[may("write", RECORD)])
    def take(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Takes it, sealed, and goes on to what was read."""

        def act() -> str:
            kept = _taken(form)
            read = read_description(kept.text)
            if not read.duties and not read.purpose:
                says = "We found no duty in this text. Look whether it is a job description; or write one by hand."
                raise Refused(says, code="no_duties", field=_field(form))
            _hold_to_limits(form, read)
            hold(desk, form.command_id, kept)
            return f"{_address(desk)}/{form.command_id}/preview"

        return form.attempt(act, lambda: _upload_page(desk, form))

    @get("/{upload_id:uuid}/preview", guards=[may("write", RECORD)])
    def preview(self, upload_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What was read; nothing is recorded yet."""
        return _preview_page(desk, upload_id, form)

    @post("/{upload_id:uuid}/preview", guards=[may("write", RECORD)])
    def confirm(
        self, upload_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it; the same upload again records nothing more."""
        subject = uuid_for("recruitment.description", upload_id)
        there = f"{base(desk)}/descriptions/{subject}"
        if desk.see(description, subject) is not None:
            return see_other(there)

        def act() -> str:
            kept = held(desk, upload_id, TextKept)
            if not form.text("title"):
                form.wrong("title", "Enter the title.")
                raise Invalid
            document = desk.keep(subject, RECORD, kept.content)
            command = as_command(read_description(kept.text), form.text("title"), kept.filename, document)
            hold_to_limits(form, command)
            desk.do(command, subject, command_id=form.command_id, seen=form.seen)
            desk.building.desk_store.drop_upload(upload_id)
            return there

        return form.attempt(act, lambda: _preview_page(desk, upload_id, form), "The description is recorded.")


def _address(desk: Desk) -> str:
    return f"{base(desk)}/descriptions/import"


def _field(form: Form) -> str:
    """Where the form tells what is wrong with what was sent."""
    return "words" if form.text("words") else "file"


def _taken(form: Form) -> TextKept:
    """What was pasted or uploaded; raises Refused for neither, for both, and for what cannot be read."""
    words, upload = form.text("words"), form.files.get("file")
    sent = upload if upload is not None and upload.content else None
    if words and sent:
        raise Refused("Paste the text or choose a file, not both.", code="both", field="file")
    if not words and sent is None:
        raise Refused("Choose a file, or paste the text.", code="nothing", field="file")
    filename, content = (sent.filename, sent.content) if sent else ("", words.encode())
    try:
        return TextKept(filename, content, read_text(content, filename or "The text"))
    except Unreadable as error:
        raise Refused(error.says, code="unreadable", field=_field(form)) from None


def _hold_to_limits(form: Form, read: Description) -> None:
    """Raises Refused where a part of it is too long to record."""
    trial = Form(b"", 0)
    try:
        hold_to_limits(trial, as_command(read, _UNTITLED))
    except Invalid:
        raise Refused(trial.errors[0].text, code="too_long", field=_field(form)) from None


def _upload_page(desk: Desk, form: Form) -> Page:
    return page(
        "recruitment/description_upload.html",
        crumbs=trail(desk, "Import"),
        form=form,
        token=form.token(),
        action=_address(desk),
        limit=f"{MOST_BYTES // 1_000_000} MB",
        new_href=f"{base(desk)}/descriptions/new",
    )


def _preview_page(desk: Desk, upload_id: UUID, form: Form) -> Page:
    kept = held(desk, upload_id, TextKept)
    read = read_description(kept.text)
    if not form.fields:
        form.fill(title=read.title)
    counts = {
        "Duties": (len(read.duties), "#duties"),
        "Criteria": (len(read.criteria), "#criteria"),
        "Checks": (len(read.checks), "#checks"),
        "To look at": (len(read.flags), "#flags"),
        "Not placed": (len(read.unplaced), "#unplaced"),
    }
    told = as_command(read, read.title or _UNTITLED, kept.filename)
    return page(
        "recruitment/description_preview.html",
        crumbs=trail(desk, "Look before it is recorded"),
        file=kept.filename or "Pasted text",
        counts=counts_told(counts),
        body=body(told),
        flags=flags_read(desk, kept.text, read.flags),
        furniture=read.furniture,
        action=f"{_address(desk)}/{upload_id}/preview",
        token=form.token(0),
        form=form,
        back_href=_address(desk),
    )
