"""Postings of the trust's ledger: upload, look at what each falls on, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.desk import Desk
from core.errors import Refused
from core.ids import uuid_for
from core.money import pence_in, pounds
from core.roll.limits import Unreadable
from core.roll.sheets import Sheet
from core.roll.web.importing import held, hold
from core.roll.web.previewing import LISTED, NOTED, Mapping, more, note_rows, notes_of
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.web.uploads import LARGEST, LARGEST_FORM
from core.wording import counted, day

from ...codes import FUNDS
from ...commands import TakePostings
from ...reading import POSTING_COLUMNS, Read, Taken, digest_of, posting_sheet, previewed, read_postings
from ...telling import base
from ...views import books
from ..budget_words import crumbs

LEDGER = "finance.ledger"
_NAMING = ("posted_on", "code", "reference")
_TITLE = "Import postings"


class Kept(msgspec.Struct):
    """An upload on its way."""

    filename: str
    content: bytes
    control: str


class LedgerImport(Controller):
    """Taking over what was spent, as the ledger has it."""

    path = "/ledger/import"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("write", LEDGER)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return _upload_page(desk, form)

    @post("/", guards=[may("write", LEDGER)])
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and begins the preview."""

        def act() -> str:
            kept = _taken(form)
            read_as = _sheet(kept)
            hold(desk, form.command_id, kept)
            job = jobs_of(request).start(desk.person_id, lambda _: _read(desk, read_as))
            job.wait(3)
            return f"{_address(desk, form.command_id)}/preview?job={job.job_id}"

        return form.attempt(act, lambda: _upload_page(desk, form))

    @get("/{upload_id:uuid}/preview", guards=[may("write", LEDGER)])
    def preview(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What would be taken, and on which line it falls; nothing has been yet."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page("Reading the postings", work, "Nothing is recorded by this.")
        kept = held(desk, upload_id, Kept)
        return _preview_page(desk, f"{_address(desk, upload_id)}", kept, work.result(), form, job)

    @get("/{upload_id:uuid}/refused.csv", guards=[may("write", LEDGER)])
    def refused(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Response[bytes]:
        """Every refused and every doubtful row, to mend where the list comes from."""
        found: Read = jobs_of(request).find(job, desk.person_id).result()
        rows = note_rows(*_sheet(held(desk, upload_id, Kept)), found, _NAMING)
        desk.exported("refused rows of a list of postings", LEDGER, len(rows))
        return as_csv(csv_bytes(NOTED, rows), "refused-rows")

    @post("/{upload_id:uuid}/confirm", guards=[may("write", LEDGER)])
    def confirm(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes them over, all or none; the same form again records nothing more."""

        def record(_: Progress) -> None:
            found = _read(desk, _sheet(held(desk, upload_id, Kept)))
            if found.rejected:
                raise Refused("Rows of this file are refused: nothing of it can be taken.", code="refused_rows")
            if form.text("previewed") != previewed(found):
                raise Refused("The budget has changed since this preview. Upload the file again.", code="stale")
            control = pence_in(held(desk, upload_id, Kept).control)
            command = TakePostings(tuple(one.posting for one in found.taken), digest_of(found), control)
            desk.do(command, uuid_for(form.command_id, "begins"), command_id=form.command_id)
            desk.building.desk_store.drop_upload(upload_id)

        def act() -> str:
            job = jobs_of(request).start(desk.person_id, record, form.command_id)
            job.wait(60)
            job.result()
            return f"{base(desk)}/ledger"

        return form.attempt(act, lambda: _upload_page(desk, form), "Taken over.")


def _address(desk: Desk, upload_id: UUID) -> str:
    return f"{base(desk)}/ledger/import/{upload_id}"


def _taken(form: Form) -> Kept:
    upload, control = form.files.get("file"), form.text("control")
    if control and pence_in(control) is None:
        raise Refused("Enter an amount in pounds, such as 12,340.50.", code="no_amount", field="control")
    if upload is None or not upload.content:
        raise Refused("Choose a file.", code="no_file", field="file")
    if len(upload.content) > LARGEST:
        raise Refused(f"A file may have {LARGEST // 1_000_000} MB at most.", code="too_large", field="file")
    return Kept(upload.filename, upload.content, control)


def _sheet(kept: Kept) -> tuple[Sheet, Mapping]:
    try:
        return posting_sheet(kept.content, kept.filename)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable", field="file") from None


def _read(desk: Desk, read_as: tuple[Sheet, Mapping]) -> Read:
    one = desk.academy
    called = frozenset({one.name, one.urn, one.laestab} if one else ())
    return read_postings(books(desk), *read_as, called)


def _upload_page(desk: Desk, form: Form) -> Page:
    return page(
        "finance/ledger_upload.html",
        crumbs=crumbs(desk, _TITLE, ("Ledger", "ledger")),
        form=form,
        token=form.token(),
        action=f"{base(desk)}/ledger/import",
        limit=f"{LARGEST // 1_000_000} MB",
        columns=[
            {"name": one.label, "needed": "" if one.required else "may be left out", "also": list(one.aliases[1:5])}
            for one in POSTING_COLUMNS
        ],
    )


def _preview_page(desk: Desk, address: str, kept: Kept, found: Read, form: Form, job: UUID) -> Page:
    sheet, mapping = _sheet(kept)
    control = pence_in(kept.control)
    ties = control is None or control == found.net_pence
    wrong = bool(found.rejected) or not ties
    return page(
        "finance/ledger_preview.html",
        crumbs=crumbs(desk, f"{_TITLE}: preview", ("Ledger", "ledger")),
        file=kept.filename,
        says=f"{len(sheet.rows):,} rows, {sheet.read_as}",
        counts=[
            {"label": "Postings", "value": f"{len(found.taken):,}", "note": None},
            {"label": "Together, net", "value": pounds(found.net_pence), "note": None},
            {"label": "On no line", "value": f"{found.on_no_line:,}", "note": None},
            {"label": "Of other academies", "value": f"{found.elsewhere:,}", "note": "passed over"},
            {"label": "Refused rows", "value": f"{len({one.line for one in found.rejected}):,}", "note": None},
        ],
        unlike=""
        if ties
        else f"The ledger says {pounds(control or 0)}; these rows come to {pounds(found.net_pence)}. Nothing can be "
        "taken until they are one, to the penny.",
        confirm=None if wrong or not found.taken else f"Take over {counted(len(found.taken), 'posting', 'postings')}",
        notes=notes_of(sheet, mapping, found, _NAMING),
        rows=[_row(one) for one in found.taken[:LISTED]],
        more=more(len(found.taken)),
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": previewed(found)}],
        again_href=f"{base(desk)}/ledger/import",
        csv_href=f"{address}/refused.csv?job={job}",
    )


def _row(one: Taken) -> dict[str, Any]:
    told = one.posting
    return {
        "number": one.line,
        "day": day(told.posted_on),
        "what": " · ".join(word for word in (told.supplier, told.reference) if word) or told.sort,
        "code": told.code,
        "fund": FUNDS[told.fund].title,
        "line": one.budget_line.name if one.budget_line else "",
        "net": pounds(told.net_pence),
    }
