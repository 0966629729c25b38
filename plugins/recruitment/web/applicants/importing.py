"""A list of applications: upload, look at what would be recorded, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import Refused
from core.roll.limits import Unreadable
from core.roll.reading import Table
from core.roll.web.previewing import NOTED, counts_told, note_rows, notes_of
from core.roll.web.taking import Kept, columns_told, file_in, held, hold, refuse_rejected
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.web.uploads import LARGEST, LARGEST_FORM
from core.wording import counted

from ...commands import TakeApplications
from ...facts import ApplicationEntered
from ...reading.application_columns import APPLICATION_COLUMNS
from ...reading.applications import Comparison, application_sheet, compare_applications
from .opening import APPLICATION, crumbs, list_href, vacancy_of

_TITLE = "Import a list"


class ApplicationImport(Controller):
    """Taking over a list of applications for one vacancy."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/import"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("read", "recruitment.application")])
    def ask(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return _upload_page(desk, vacancy_id, form)

    @post("/", guards=[may("write", "recruitment.application")])
    def take(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and goes on to the preview."""
        vacancy_of(desk, vacancy_id)

        def act() -> str:
            kept = Kept(*file_in(form))
            _sheet(kept)
            hold(desk, form.command_id, kept)
            return f"{_address(desk, vacancy_id)}/{form.command_id}"

        return form.attempt(act, lambda: _upload_page(desk, vacancy_id, form))

    @get("/{upload_id:uuid}", guards=[may("read", "recruitment.application")])
    def preview(
        self,
        vacancy_id: FromPath[UUID],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What would be recorded; nothing has been yet."""
        return _preview_page(desk, vacancy_id, upload_id, form)

    @get("/{upload_id:uuid}/refused.csv", guards=[may("read", "recruitment.application")])
    def refused(
        self, vacancy_id: FromPath[UUID], upload_id: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """Every refused and every doubtful row, to mend where the list comes from."""
        (sheet, mapping), found = _compared(desk, vacancy_id, held(desk, upload_id, Kept))
        rows = note_rows(sheet, mapping, found.read)
        desk.exported("refused rows of a list of applications", APPLICATION, len(rows))
        return as_csv(csv_bytes(NOTED, rows, taken=desk.taken), "refused-rows")

    @post("/{upload_id:uuid}", guards=[may("write", "recruitment.application")])
    def confirm(
        self,
        vacancy_id: FromPath[UUID],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it, all or nothing; the same form again records nothing more."""

        def act() -> str:
            _, found = _compared(desk, vacancy_id, held(desk, upload_id, Kept))
            refuse_rejected(found.read)
            command = TakeApplications(found.read.commands, form.text("previewed"))
            desk.do(command, vacancy_id, command_id=form.command_id)
            desk.building.desk_store.drop_upload(upload_id)
            return list_href(desk, vacancy_id)

        return form.attempt(act, lambda: _preview_page(desk, vacancy_id, upload_id, form), "The list is recorded.")


def _address(desk: Desk, vacancy_id: UUID) -> str:
    return f"{list_href(desk, vacancy_id)}/import"


def _sheet(kept: Kept) -> Table:
    try:
        return application_sheet(kept.content, kept.filename)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable", field="file") from None


def _compared(desk: Desk, vacancy_id: UUID, kept: Kept) -> tuple[Table, Comparison]:
    vacancy_of(desk, vacancy_id)
    sheet = _sheet(kept)
    return sheet, compare_applications(desk, vacancy_id, *sheet)


def _upload_page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    told = vacancy_of(desk, vacancy_id)
    return page(
        "recruitment/applicant_upload.html",
        crumbs=crumbs(desk, told, vacancy_id, _TITLE),
        lede=told.told.title,
        form=form,
        token=form.token(),
        action=_address(desk, vacancy_id),
        back_href=list_href(desk, vacancy_id),
        limit=f"{LARGEST // 1_000_000} MB",
        columns=columns_told(
            one for one in APPLICATION_COLUMNS if "_1_" in one.name or not any(figure.isdigit() for figure in one.name)
        ),
    )


def _preview_page(desk: Desk, vacancy_id: UUID, upload_id: UUID, form: Form) -> Page:
    kept = held(desk, upload_id, Kept)
    told = vacancy_of(desk, vacancy_id)
    (sheet, mapping), found = _compared(desk, vacancy_id, kept)
    refused, new = found.read.rejected, [one.fact for one in found.facts]
    address = _address(desk, vacancy_id)
    counts = {
        "New applications": (len(new), "#new"),
        "Refused rows": (found.read.refused_rows, "#rejected"),
        "With a doubt": (len(found.read.warned), "#warned"),
    }
    many = counted(len(new), "application", "applications")
    return page(
        "recruitment/applicant_preview.html",
        crumbs=crumbs(desk, told, vacancy_id, "Preview", (_TITLE, "import")),
        file=kept.filename,
        says=f"{counted(len(sheet.rows), 'row', 'rows')}, {sheet.read_as}, for {told.told.title}",
        counts=counts_told(counts),
        confirm=f"Record {many}" if new and not refused else None,
        refused=bool(refused),
        notes=notes_of(sheet, mapping, found.read),
        rows=[_row(one) for one in new if isinstance(one, ApplicationEntered)],
        form=form,
        token=form.token(),
        action=f"{address}/{upload_id}",
        keep=[{"name": "previewed", "value": found.digest}],
        again_href=address,
        csv_href=f"{address}/{upload_id}/refused.csv",
    )


def _row(one: ApplicationEntered) -> dict[str, Any]:
    told = (
        ("job", "jobs", len(one.jobs)),
        ("course", "courses", len(one.schooling)),
        ("referee", "referees", len(one.referees)),
    )
    return {
        "name": f"{one.surname}, {one.forename}",
        "number": one.number,
        "email": one.email,
        "made_on": one.made_on,
        "holds": ", ".join(counted(count, single, many) for single, many, count in told),
    }
