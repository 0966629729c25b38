"""The timetable with its entries: upload, look at what would be recorded, confirm."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.desk import Desk
from core.errors import Refused
from core.roll.columns import Column, plain
from core.roll.limits import Unreadable
from core.roll.sheets import Sheet
from core.roll.web.child import crumbs
from core.roll.web.importing import held, hold
from core.roll.web.previewing import NOTED, Mapping, imported_page, note_rows
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page, see_other
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.web.uploads import LARGEST, LARGEST_FORM

from ..commands import TakeEntries
from ..reading import ENTRY_COLUMNS, Comparison, compare, entry_sheet, read_entries
from ..rules import centre_number_state
from ..telling import base
from ..views import candidate
from .previewing import NAMING, preview_page


class Kept(msgspec.Struct):
    """An upload on its way."""

    filename: str
    content: bytes
    centre: str


class Importing(Controller):
    """Taking over the exams officer's own timetable."""

    path = "/papers/import"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("write", "exams.entries")])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return _upload_page(desk, form)

    @post("/", guards=[may("write", "exams.entries")])
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and begins the preview."""

        def act() -> str:
            kept = _taken(form)
            sheet, mapping = _sheet(kept)
            hold(desk, form.command_id, kept)

            def preview(_: Progress) -> Comparison:
                return compare(desk, read_entries(desk, sheet, mapping, kept.centre))

            job = jobs_of(request).start(desk.person_id, preview)
            job.wait(3)
            return f"{_address(desk, form.command_id)}/preview?job={job.job_id}"

        return form.attempt(act, lambda: _upload_page(desk, form))

    @get("/{upload_id:uuid}/preview", guards=[may("write", "exams.entries")])
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
            return progress_page("Comparing with what is on record", work, "Nothing is recorded by this.")
        kept = held(desk, upload_id, Kept)
        address = _address(desk, upload_id)
        shown = preview_page(desk, address, kept.filename, _sheet(kept), work.result(), form)
        shown.context["csv_href"] = f"{address}/refused.csv?job={job}"
        return shown

    @get("/{upload_id:uuid}/refused.csv", guards=[may("write", "exams.entries")])
    def refused(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Response[bytes]:
        """Every refused and every doubtful row, to mend where the timetable comes from."""
        found: Comparison = jobs_of(request).find(job, desk.person_id).result()
        rows = note_rows(*_sheet(held(desk, upload_id, Kept)), found.read, NAMING)
        desk.exported("refused rows of a timetable", "exams.entries", len(rows))
        return as_csv(csv_bytes(NOTED, rows), "refused-rows")

    @post("/{upload_id:uuid}/confirm", guards=[may("write", "exams.entries")])
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
            read = read_entries(desk, *_sheet(kept), kept.centre)
            if read.rejected:
                raise Refused("Rows of this file are refused: nothing of it can be recorded.", code="refused_rows")
            command = TakeEntries(kept.centre, read.entries, form.text("previewed"))
            places = desk.do(command, command_id=form.command_id)
            desk.building.desk_store.drop_upload(upload_id)
            return kept.filename, places

        job = jobs_of(request).start(desk.person_id, record, form.command_id)
        if job.wait(10):
            job.result()
        return see_other(f"{_address(desk, upload_id)}/done?job={job.job_id}")

    @get("/{upload_id:uuid}/done", guards=[may("write", "exams.entries")])
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
            return progress_page("Recording the timetable", work, "All of it is recorded, or none.")
        filename, places = work.result()
        return imported_page(desk, filename, places, [{"text": "Look at the papers", "href": f"{base(desk)}/papers"}])


def _address(desk: Desk, upload_id: UUID) -> str:
    return f"{base(desk)}/papers/import/{upload_id}"


def _taken(form: Form) -> Kept:
    """What was sent; raises Refused for a wrong centre number, or without a file."""
    centre, upload = "".join(form.text("centre").split()), form.files.get("file")
    said = centre_number_state(centre)
    if said.level == "BLOCK":
        raise Refused(said.says, code=said.code, field="centre")
    if upload is None or not upload.content:
        raise Refused("Choose a file.", code="no_file", field="file")
    if len(upload.content) > LARGEST:
        raise Refused(f"A file may have {LARGEST // 1_000_000} MB at most.", code="too_large", field="file")
    return Kept(upload.filename, upload.content, centre)


def _sheet(kept: Kept) -> tuple[Sheet, Mapping]:
    try:
        return entry_sheet(kept.content, kept.filename)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable", field="file") from None


def _upload_page(desk: Desk, form: Form) -> Page:
    centres = Counter(one.centre for one in desk.see_all(candidate).values() if one.centre)
    usual = centres.most_common(1)
    return page(
        "exams/upload.html",
        crumbs=crumbs(desk, [("Exams", "exams"), ("Papers", "exams/papers")], "Import a timetable"),
        form=form.fill(centre=usual[0][0] if usual else None),
        token=form.token(),
        action=f"{base(desk)}/papers/import",
        limit=f"{LARGEST // 1_000_000} MB",
        columns=[_column(one) for one in ENTRY_COLUMNS],
    )


def _column(one: Column) -> dict[str, Any]:
    """A column as the page lists it, with some of its other names."""
    needed = "this or a number on record" if one.name == "upn" else "" if one.required else "may be left out"
    also = [alias for alias in one.aliases if plain(alias) != plain(one.label)]
    return {"name": one.label, "needed": needed, "also": also[:4]}
