"""The timetable with its entries: upload, look at what would be recorded, confirm."""

from __future__ import annotations

from collections import Counter

from core.desk import Desk
from core.errors import Refused
from core.roll.reading import Table
from core.roll.web.taking import Kept, ListImport, columns_told, file_in, refuse_rejected
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page
from core.web.uploads import LARGEST, LARGEST_FORM

from ..commands import TakeEntries
from ..reading import ENTRY_COLUMNS, Comparison, Read, compare, entry_sheet, read_entries
from ..rules import centre_number_state
from ..telling import base
from ..views import candidate
from .opening import crumbs_of_papers
from .previewing import NAMING, preview_page

_ENTRIES = "exams.entries"


class TimetableKept(Kept):
    """An upload on its way, with the centre it is for."""

    centre: str


class Importing(ListImport[TimetableKept, Comparison]):
    """Taking over the exams officer's own timetable."""

    path = "/papers/import"
    request_max_body_size = LARGEST_FORM
    guards = [may("write", _ENTRIES)]
    record, kept, exported, naming = _ENTRIES, TimetableKept, "refused rows of a timetable", NAMING
    recording = "Recording the timetable"

    def begins(self, desk: Desk) -> str:
        return f"{base(desk)}/papers/import"

    def form_page(self, desk: Desk, form: Form) -> Page:
        centres = Counter(one.centre for one in desk.see_all(candidate).values() if one.centre)
        usual = centres.most_common(1)
        return page(
            "exams/upload.html",
            crumbs=crumbs_of_papers(desk, "Import a timetable"),
            form=form.fill(centre=usual[0][0] if usual else None),
            token=form.token(),
            action=self.begins(desk),
            limit=f"{LARGEST // 1_000_000} MB",
            columns=columns_told(ENTRY_COLUMNS, {"upn": "this or a number on record"}),
        )

    def taken(self, desk: Desk, form: Form) -> TimetableKept:
        centre = "".join(form.text("centre").split())
        said = centre_number_state(centre)
        if said.level == "BLOCK":
            raise Refused(said.says, code=said.code, field="centre")
        return TimetableKept(*file_in(form), centre)

    def table(self, desk: Desk, kept: TimetableKept) -> Table:
        return entry_sheet(kept.content, kept.filename)

    def compare(self, desk: Desk, kept: TimetableKept, table: Table, progress: Progress) -> Comparison:
        return compare(desk, read_entries(desk, *table, kept.centre))

    def notes(self, found: Comparison) -> Read:
        return found.read

    def preview_page(
        self, desk: Desk, address: str, kept: TimetableKept, table: Table, found: Comparison, form: Form
    ) -> Page:
        return preview_page(desk, address, kept.filename, table, found, form)

    def take_over(self, desk: Desk, kept: TimetableKept, table: Table, form: Form) -> list[int]:
        read = read_entries(desk, *table, kept.centre)
        refuse_rejected(read)
        return desk.do(TakeEntries(kept.centre, read.entries, form.text("previewed")), command_id=form.command_id)

    def goes_on(self, desk: Desk) -> list[dict[str, str]]:
        return [{"text": "Look at the papers", "href": f"{base(desk)}/papers"}]
