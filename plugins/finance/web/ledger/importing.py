"""Postings of the trust's ledger: upload, look at what each falls on, confirm."""

from __future__ import annotations

from typing import Any

from core.desk import Desk
from core.errors import Refused
from core.ids import uuid_for
from core.money import pence_in, pounds
from core.roll.reading import Table
from core.roll.web.previewing import LISTED, more, notes_of
from core.roll.web.taking import Kept, ListImport, columns_told, file_in, refuse_rejected
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page
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


class PostingsKept(Kept):
    """An upload on its way, with the control total as it was typed."""

    control: str


class LedgerImport(ListImport[PostingsKept, Read]):
    """Taking over what was spent, as the ledger has it."""

    path = "/ledger/import"
    request_max_body_size = LARGEST_FORM
    guards = [may("write", LEDGER)]
    record, kept, exported, naming = LEDGER, PostingsKept, "refused rows of a list of postings", _NAMING
    comparing, recording = "Reading the postings", "Taking over the postings"

    def begins(self, desk: Desk) -> str:
        return f"{base(desk)}/ledger/import"

    def form_page(self, desk: Desk, form: Form) -> Page:
        return page(
            "finance/ledger_upload.html",
            crumbs=crumbs(desk, _TITLE, ("Ledger", "ledger")),
            form=form,
            token=form.token(),
            action=self.begins(desk),
            limit=f"{LARGEST // 1_000_000} MB",
            columns=columns_told(POSTING_COLUMNS),
        )

    def taken(self, desk: Desk, form: Form) -> PostingsKept:
        control = form.text("control")
        if control and pence_in(control) is None:
            raise Refused("Enter an amount in pounds, such as 12,340.50.", code="no_amount", field="control")
        return PostingsKept(*file_in(form), control)

    def table(self, desk: Desk, kept: PostingsKept) -> Table:
        return posting_sheet(kept.content, kept.filename)

    def compare(self, desk: Desk, kept: PostingsKept, table: Table, progress: Progress) -> Read:
        return _read(desk, table)

    def notes(self, found: Read) -> Read:
        return found

    def preview_page(self, desk: Desk, address: str, kept: PostingsKept, table: Table, found: Read, form: Form) -> Page:
        return _preview_page(desk, address, kept, table, found, form)

    def take_over(self, desk: Desk, kept: PostingsKept, table: Table, form: Form) -> list[int]:
        found = _read(desk, table)
        refuse_rejected(found)
        if form.text("previewed") != previewed(found):
            raise Refused("The budget has changed since this preview. Upload the file again.", code="stale")
        postings = tuple(one.posting for one in found.taken)
        command = TakePostings(postings, digest_of(found), pence_in(kept.control))
        return desk.do(command, uuid_for(form.command_id, "begins"), command_id=form.command_id)

    def goes_on(self, desk: Desk) -> list[dict[str, str]]:
        return [{"text": "Look at the ledger", "href": f"{base(desk)}/ledger"}]


def _read(desk: Desk, table: Table) -> Read:
    one = desk.academy
    called = frozenset({one.name, one.urn, one.laestab} if one else ())
    return read_postings(books(desk), *table, called)


def _preview_page(desk: Desk, address: str, kept: PostingsKept, table: Table, found: Read, form: Form) -> Page:
    sheet, mapping = table
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
            {"label": "Refused rows", "value": f"{found.refused_rows:,}", "note": None},
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
        csv_href=None,
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
