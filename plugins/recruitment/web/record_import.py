"""The record an academy keeps now: upload, look at what would be recorded, confirm."""

from __future__ import annotations

from typing import Any

from core.desk import Desk
from core.roll.reading import Table
from core.roll.web.child import crumbs
from core.roll.web.previewing import LISTED, counts_told, more, notes_of
from core.roll.web.taking import Kept, ListImport, columns_told, file_in, refuse_rejected
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page
from core.web.uploads import LARGEST, LARGEST_FORM
from core.wording import counted, day

from ..codes import ROLES, standing
from ..commands import RecordEntry, TakeRecord
from ..facts import CheckRecorded, EngagementBegan, PersonNamed
from ..reading.records import RECORD_COLUMNS, Comparison, Read, compare, read_record, record_sheet
from ..telling import base

CHECKS = "recruitment.checks"
NAMING = ("name", "surname", "forename", "title")
_TRAIL = [("Single central record", "recruitment/record")]
_NEEDED = {"name": "or surname and forename", "title": "needed", "starts_on": "needed"}


class RecordImport(ListImport[Kept, Comparison]):
    """Taking over an existing single central record."""

    path = "/record/import"
    request_max_body_size = LARGEST_FORM
    guards = [may("write", CHECKS)]
    record, exported, naming = CHECKS, "refused rows of a central record", NAMING
    recording = "Recording the central record"

    def begins(self, desk: Desk) -> str:
        return f"{base(desk)}/record/import"

    def form_page(self, desk: Desk, form: Form) -> Page:
        return page(
            "recruitment/record_upload.html",
            crumbs=crumbs(desk, _TRAIL, "Import a record"),
            form=form,
            token=form.token(),
            action=self.begins(desk),
            limit=f"{LARGEST // 1_000_000} MB",
            columns=columns_told(RECORD_COLUMNS, _NEEDED),
        )

    def taken(self, desk: Desk, form: Form) -> Kept:
        return Kept(*file_in(form))

    def table(self, desk: Desk, kept: Kept) -> Table:
        return record_sheet(kept.content, kept.filename)

    def compare(self, desk: Desk, kept: Kept, table: Table, progress: Progress) -> Comparison:
        return compare(desk, read_record(desk, *table))

    def notes(self, found: Comparison) -> Read:
        return found.read

    def preview_page(self, desk: Desk, address: str, kept: Kept, table: Table, found: Comparison, form: Form) -> Page:
        return _preview_page(desk, address, kept.filename, table, found, form)

    def take_over(self, desk: Desk, kept: Kept, table: Table, form: Form) -> list[int]:
        read = read_record(desk, *table)
        refuse_rejected(read)
        return desk.do(TakeRecord(read.entries, form.text("previewed")), command_id=form.command_id)

    def goes_on(self, desk: Desk) -> list[dict[str, str]]:
        return [{"text": "Look at the record and its gaps", "href": f"{base(desk)}/record?sort=gaps"}]


def _preview_page(desk: Desk, address: str, filename: str, table: Table, found: Comparison, form: Form) -> Page:
    """The preview of an upload at this address; the form confirms just this comparison, known by its digest."""
    sheet, mapping = table
    refused, facts = found.read.rejected, len(found.facts)
    told = {
        "New people": (found.count(PersonNamed), None),
        "New engagements": (found.count(EngagementBegan), "#new"),
        "Checks": (found.count(CheckRecorded), None),
        "Checks without a day": (found.undated, None),
        "Refused rows": (found.read.refused_rows, "#rejected"),
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
        counts=counts_told(told),
        confirm=f"Record {counted(facts, 'entry', 'entries')}" if facts and not refused else None,
        refused=bool(refused),
        notes=notes_of(sheet, mapping, found.read, NAMING),
        new=[_new(one) for one in rows[:LISTED]],
        more=more(len(rows)),
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": found.digest}],
        again_href=f"{base(desk)}/record/import",
        csv_href=None,
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
