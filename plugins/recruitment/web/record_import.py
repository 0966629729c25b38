"""The record an academy keeps now: upload, look at what would be recorded, confirm."""

from __future__ import annotations

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
from core.roll.web.previewing import LISTED, NOTED, Mapping, imported_page, more, note_rows, notes_of
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page, see_other
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.web.uploads import LARGEST, LARGEST_FORM
from core.wording import counted, day

from ..codes import ROLES, standing
from ..commands import RecordEntry, TakeRecord
from ..facts import CheckRecorded, EngagementBegan, PersonNamed
from ..reading.records import RECORD_COLUMNS, Comparison, compare, read_record, record_sheet
from ..telling import base

CHECKS = "recruitment.checks"
NAMING = ("name", "surname", "forename", "title")
_TRAIL = [("Single central record", "recruitment/record")]


class Kept(msgspec.Struct):
    """An upload on its way."""

    filename: str
    content: bytes


class RecordImport(Controller):
    """Taking over an existing single central record."""

    path = "/record/import"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("write", CHECKS)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return _upload_page(desk, form)

    @post("/", guards=[may("write", CHECKS)])
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and begins the preview."""

        def act() -> str:
            kept = _taken(form)
            read_as = _sheet(kept)
            hold(desk, form.command_id, kept)

            def preview(_: Progress) -> Comparison:
                return compare(desk, read_record(desk, *read_as))

            job = jobs_of(request).start(desk.person_id, preview)
            job.wait(3)
            return f"{_address(desk, form.command_id)}/preview?job={job.job_id}"

        return form.attempt(act, lambda: _upload_page(desk, form))

    @get("/{upload_id:uuid}/preview", guards=[may("write", CHECKS)])
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
        return _preview_page(desk, address, kept.filename, _sheet(kept), work.result(), form, job)

    @get("/{upload_id:uuid}/refused.csv", guards=[may("write", CHECKS)])
    def refused(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Response[bytes]:
        """Every refused and every doubtful row, to mend in the file it comes from."""
        found: Comparison = jobs_of(request).find(job, desk.person_id).result()
        rows = note_rows(*_sheet(held(desk, upload_id, Kept)), found.read, NAMING)
        desk.exported("refused rows of a central record", CHECKS, len(rows))
        return as_csv(csv_bytes(NOTED, rows), "refused-rows")

    @post("/{upload_id:uuid}/confirm", guards=[may("write", CHECKS)])
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
            read = read_record(desk, *_sheet(kept))
            if read.rejected:
                raise Refused("Rows of this file are refused: nothing of it can be recorded.", code="refused_rows")
            places = desk.do(TakeRecord(read.entries, form.text("previewed")), command_id=form.command_id)
            desk.building.desk_store.drop_upload(upload_id)
            return kept.filename, places

        job = jobs_of(request).start(desk.person_id, record, form.command_id)
        if job.wait(10):
            job.result()
        return see_other(f"{_address(desk, upload_id)}/done?job={job.job_id}")

    @get("/{upload_id:uuid}/done", guards=[may("write", CHECKS)])
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
            return progress_page("Recording the central record", work, "All of it is recorded, or none.")
        filename, places = work.result()
        then = [{"text": "Look at the record and its gaps", "href": f"{base(desk)}/record?sort=gaps"}]
        return imported_page(desk, filename, places, then)


def _address(desk: Desk, upload_id: UUID) -> str:
    return f"{base(desk)}/record/import/{upload_id}"


def _taken(form: Form) -> Kept:
    """What was sent; raises Refused without a file."""
    upload = form.files.get("file")
    if upload is None or not upload.content:
        raise Refused("Choose a file.", code="no_file", field="file")
    if len(upload.content) > LARGEST:
        raise Refused(f"A file may have {LARGEST // 1_000_000} MB at most.", code="too_large", field="file")
    return Kept(upload.filename, upload.content)


def _sheet(kept: Kept) -> tuple[Sheet, Mapping]:
    try:
        return record_sheet(kept.content, kept.filename)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable", field="file") from None


def _upload_page(desk: Desk, form: Form) -> Page:
    return page(
        "recruitment/record_upload.html",
        crumbs=crumbs(desk, _TRAIL, "Import a record"),
        form=form,
        token=form.token(),
        action=f"{base(desk)}/record/import",
        limit=f"{LARGEST // 1_000_000} MB",
        columns=[_column(one) for one in RECORD_COLUMNS],
    )


def _column(one: Column) -> dict[str, Any]:
    """A column as the page lists it, with some of its other names."""
    needed = {"name": "or surname and forename", "title": "needed", "starts_on": "needed"}.get(one.name, "")
    return {"name": one.label, "needed": needed, "also": [a for a in one.aliases if plain(a) != plain(one.label)][:4]}


def _preview_page(
    desk: Desk, address: str, filename: str, read_as: tuple[Sheet, Mapping], found: Comparison, form: Form, job: UUID
) -> Page:
    """The preview of an upload at this address; the form confirms just this comparison, known by its digest."""
    sheet, mapping = read_as
    refused, facts = found.read.rejected, len(found.facts)
    told = {
        "New people": (found.count(PersonNamed), None),
        "New engagements": (found.count(EngagementBegan), "#new"),
        "Checks": (found.count(CheckRecorded), None),
        "Checks without a day": (found.undated, None),
        "Refused rows": (len({one.line for one in refused}), "#rejected"),
        "With a doubt": (len(found.read.warned), "#warned"),
    }
    begun = [one.fact for one in found.facts if isinstance(one.fact, EngagementBegan)]
    new = {(one.role, one.title, one.starts_on) for one in begun}
    rows = [one for one in found.read.entries if (one.role, one.title, one.starts_on) in new]
    return page(
        "recruitment/record_preview.html",
        crumbs=crumbs(desk, _TRAIL, "Import: preview"),
        file=filename,
        says=f"{len(sheet.rows):,} rows, {sheet.read_as}",
        counts=[
            {"label": label, "value": f"{count:,}", "note": None, "href": href if count else None}
            for label, (count, href) in told.items()
        ],
        confirm=f"Record {counted(facts, 'entry', 'entries')}" if facts and not refused else None,
        refused=bool(refused),
        notes=notes_of(sheet, mapping, found.read, NAMING),
        new=[_new(one) for one in rows[:LISTED]],
        more=more(len(rows)),
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": found.digest}],
        again_href=f"{base(desk)}/record/import",
        csv_href=f"{address}/refused.csv?job={job}",
    )


def _new(one: RecordEntry) -> dict[str, Any]:
    undated = sum(made.checked_on is None and made.outcome != "awaiting" for made in one.checks)
    return {
        "name": f"{one.surname}, {one.forename}",
        "born": day(one.born_on) if one.born_on else "",
        "title": one.title,
        "role": standing(ROLES, one.starts_on).value[one.role].title,
        "starts_on": one.starts_on,
        "checks": str(len(one.checks)),
        "undated": f"{undated} without a day" if undated else "",
    }
