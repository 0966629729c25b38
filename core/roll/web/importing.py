"""The import: upload, say what each column is, look at what would be recorded, confirm."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.desk import Desk
from core.errors import NotFound, Refused
from core.roll.columns import match, missing
from core.roll.commands import ImportRoll
from core.roll.importing import Outcome, columns, read_roll, readers
from core.roll.limits import Unreadable
from core.roll.sheets import Sheet, read_sheet
from core.roll.web.previewing import NOTED, imported_page, note_rows, preview_page
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page, see_other
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post

K = TypeVar("K", bound=msgspec.Struct)


class Kept(msgspec.Struct):
    """An upload on its way: the file, what each column is, and the preview that was shown."""

    filename: str
    content: bytes
    mapping: tuple[str | None, ...]
    whole: bool = True


class Importing(Controller):
    """Taking over the school's own list."""

    path = "/import"

    @get("/", guards=[may("write", "core.identity")])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return _upload_page(request, desk, form)

    @post("/", guards=[may("write", "core.identity")])
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and goes on to its columns."""

        def act() -> str:
            upload = form.files.get("file")
            if upload is None or not upload.content:
                raise Refused("Choose a file.", code="no_file", field="file")
            sheet = _sheet(desk, upload.content, upload.filename)
            kept = Kept(upload.filename, upload.content, match(sheet.header, columns(readers(desk))))
            hold(desk, form.command_id, kept)
            return f"{_base(desk)}/{form.command_id}"

        return form.attempt(act, lambda: _upload_page(request, desk, form))

    @get("/{upload_id:uuid}", guards=[may("write", "core.identity")])
    def map(self, upload_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What each column is."""
        return _mapping_page(desk, upload_id, held(desk, upload_id, Kept), form)

    @post("/{upload_id:uuid}", guards=[may("write", "core.identity")])
    def compare(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes the columns and begins the preview."""
        kept = held(desk, upload_id, Kept)
        known = {column.name for column in columns(readers(desk))}
        told = [form.text(f"column_{at}") for at in range(len(kept.mapping))]
        kept.mapping = tuple(name if name in known else None for name in told)
        kept.whole = form.text("whole") != "part"

        def act() -> str:
            if lacking := missing(kept.mapping, columns(readers(desk))):
                raise Refused(f"No column is marked as {lacking[0].label}.", code="no_column", field="column_0")
            hold(desk, upload_id, kept)
            sheet = _sheet(desk, kept.content, kept.filename)

            def preview(progress: Progress) -> Outcome:
                return read_roll(desk, sheet, kept.mapping, whole=kept.whole, progress=progress)

            job = jobs_of(request).start(desk.person_id, preview)
            job.wait(3)
            return f"{_base(desk)}/{upload_id}/preview?job={job.job_id}"

        return form.attempt(act, lambda: _mapping_page(desk, upload_id, kept, form))

    @get("/{upload_id:uuid}/preview", guards=[may("write", "core.identity")])
    def preview(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What would be recorded; nothing has been yet."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page("Comparing with the roll", work, "Nothing is recorded by this.")
        kept = held(desk, upload_id, Kept)
        sheet = _sheet(desk, kept.content, kept.filename)
        address = f"{_base(desk)}/{upload_id}"
        shown = preview_page(address, kept.filename, sheet, kept.mapping, work.result(), form)
        shown.context["csv_href"] = f"{address}/refused.csv?job={job}"
        return shown

    @get("/{upload_id:uuid}/refused.csv", guards=[may("write", "core.identity")])
    def refused(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Response[bytes]:
        """Every refused and every doubtful row of a preview, to mend in the school's own system."""
        kept, outcome = held(desk, upload_id, Kept), jobs_of(request).find(job, desk.person_id).result()
        rows = note_rows(_sheet(desk, kept.content, kept.filename), kept.mapping, outcome)
        desk.exported("refused rows of an import", "core.identity", len(rows))
        return as_csv(csv_bytes(NOTED, rows), "refused-rows")

    @post("/{upload_id:uuid}/confirm", guards=[may("write", "core.identity")])
    def confirm(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it, all or nothing; the same form again records nothing more."""

        def record(_: Progress) -> tuple[str, list[int]]:
            kept = held(desk, upload_id, Kept)
            command = ImportRoll(kept.filename, kept.content, kept.mapping, kept.whole, form.text("previewed"))
            places = desk.do(command, command_id=form.command_id)
            desk.building.desk_store.drop_upload(upload_id)
            return kept.filename, places

        job = jobs_of(request).start(desk.person_id, record, form.command_id)
        if job.wait(10):
            job.result()
        return see_other(f"{_base(desk)}/{upload_id}/done?job={job.job_id}")

    @get("/{upload_id:uuid}/done", guards=[may("write", "core.identity")])
    def done(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Page:
        """It is recorded."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page("Recording the import", work, "All of it is recorded, or none.")
        filename, places = work.result()
        urn = desk.academy.urn if desk.academy else ""
        return imported_page(desk, filename, places, [{"text": "Look at the pupils", "href": f"/{urn}/pupils"}])


def _base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/import" if desk.academy else ""


def _sheet(desk: Desk, content: bytes, filename: str) -> Sheet:
    try:
        return read_sheet(content, filename, columns(readers(desk)))
    except Unreadable as error:
        raise Refused(str(error), code="unreadable", field="file") from None


def hold(desk: Desk, upload_id: UUID, upload: msgspec.Struct) -> None:
    """Keeps an upload on its way, sealed, for this person alone."""
    desk.building.desk_store.keep_upload(upload_id, desk.person_id, msgspec.msgpack.encode(upload))


def held(desk: Desk, upload_id: UUID, kind: type[K]) -> K:
    """An upload on its way, as it was kept; raises NotFound when there is none of theirs, or no more."""
    content = desk.building.desk_store.upload(upload_id, desk.person_id)
    if content is None:
        raise NotFound
    return msgspec.msgpack.decode(content, type=kind)


def _upload_page(request: Request[Any, Any, Any], desk: Desk, form: Form) -> Page:
    megabytes = request.app.state.building.settings.upload_megabytes
    return page(
        "roll/upload.html",
        form=form,
        token=form.token(),
        keep=[],
        action=_base(desk),
        limit=f"{megabytes} MB",
        kinds=[],
        last=[],
    )


def _mapping_page(desk: Desk, upload_id: UUID, kept: Kept, form: Form) -> Page:
    every = columns(readers(desk))
    sheet = _sheet(desk, kept.content, kept.filename)
    guessed = match(sheet.header, every)
    samples = [
        [row.cells[at] for row in sheet.rows[:400] if at < len(row.cells) and row.cells[at]]
        for at in range(len(sheet.header))
    ]
    return page(
        "roll/mapping.html",
        file=kept.filename,
        says=f"{len(sheet.rows):,} rows, {sheet.read_as}; headings on line {sheet.header_line}",
        columns=[
            {
                "name": f"column_{at}",
                "head": head or f"Column {at + 1}",
                "samples": list(dict.fromkeys(samples[at]))[:3],
                "chosen": kept.mapping[at] or "",
                "sure": kept.mapping[at] is not None and kept.mapping[at] == guessed[at],
            }
            for at, head in enumerate(sheet.header)
        ],
        fields=[
            {"value": "", "text": "not imported"},
            *({"value": column.name, "text": column.label} for column in every),
        ],
        missing=[column.label for column in missing(kept.mapping, every)],
        whole={
            "chosen": "whole" if kept.whole else "part",
            "options": [
                {"value": "whole", "text": "The whole roll: whoever is not in it has left"},
                {"value": "part", "text": "A part of it: the others stay as they are"},
            ],
        },
        action=f"{_base(desk)}/{upload_id}",
        token=form.token(),
        keep=[],
        form=form,
        back_href=_base(desk),
    )
