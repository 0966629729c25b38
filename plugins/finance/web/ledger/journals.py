"""Journals for the trust's ledger: what came and is not billed yet, set off on the last day and back on the next."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from litestar import Controller, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.web.exports import Cell, csv_bytes
from core.web.files import as_csv, as_file
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day

from ...rules import JournalLine, journal_files, journal_findings
from ...telling import base
from ...views import Books, books, month_of, owed_on
from ..budget_words import crumbs
from .importing import LEDGER

HEADER = [
    "Narration",
    "Date",
    "Description",
    "AccountCode",
    "TaxRate",
    "Amount",
    "TrackingName1",
    "TrackingOption1",
]
_LONGEST = 20  # characters of an account


class Journals(Controller):
    """Accruals as journals."""

    path = "/ledger/journals"

    @get("/", guards=[may("export", LEDGER)])
    def show(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What is owed for things that came, and the account it is to stand against."""
        return _page(desk, form)

    @post("/", guards=[may("export", LEDGER)])
    def take(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any] | Page:
        """The file; several in a zip where one would be too long. That it was taken is recorded first."""
        form.check_token()
        account = form.text("account").strip()
        if not account or len(account) > _LONGEST:
            form.wrong("account", "Enter the account of your ledger that holds accruals, such as 2109.")
            return _page(desk, form)
        lines = accruals(books(desk), desk.today, account)
        found = journal_findings(lines)
        if not lines or found:
            form.wrong(None, found[0].says if found else "Nothing was owed that was not billed: there is no journal.")
            return _page(desk, form)
        desk.exported("accruals as journals", LEDGER, len(lines))
        files = [csv_bytes(HEADER, [_cells(line) for line in part]) for part in journal_files(lines)]
        if len(files) == 1:
            return as_csv(files[0], "journals")
        return as_file(_zipped(files), "application/zip", "journals.zip")


def accruals(found: Books, today: date, account: str) -> tuple[JournalLine, ...]:
    """A journal for the last day of last month and its mirror on the day after, order by order.

    Args:
        account: Where accruals stand in the ledger.
    """
    next_on = month_of(today)
    last_on = _last_on(today)
    lines: list[JournalLine] = []
    for narration, on_day, sign in (
        (f"SEN accruals {last_on:%B %Y}", last_on, 1),
        (f"SEN accruals {last_on:%B %Y} reversed", next_on, -1),
    ):
        for one in found.orders.values():
            owed, line = owed_on(one, last_on), found.budgets.line(one.told.line)
            if owed and line and one.approved:
                words = f"{one.approved.number} {line[1].name}"
                cost = (line[1].code, sign * owed, words, "", line[1].cost_centre, line[1].fund)
                lines.append(JournalLine(narration, on_day, *cost))
                against = (account, -sign * owed, words, "", line[1].cost_centre, line[1].fund)
                lines.append(JournalLine(narration, on_day, *against))
    return tuple(lines)


def _cells(line: JournalLine) -> list[Cell]:
    return [
        line.narration,
        f"{line.posted_on:%d/%m/%Y}",
        line.description,
        line.account,
        line.tax_rate or "No VAT",
        pounds(line.pence).replace("£", "").replace(",", ""),
        "Cost centre",
        line.cost_centre,
    ]


def _zipped(files: list[bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number, content in enumerate(files, start=1):
            archive.writestr(f"journals-{number}.csv", content)
    return packed.getvalue()


def _page(desk: Desk, form: Form) -> Page:
    found, ends = books(desk), _last_on(desk.today)
    rows = []
    for key, one in found.orders.items():
        owed, line = owed_on(one, ends), found.budgets.line(one.told.line)
        if owed and line and one.approved:
            rows.append(
                {
                    "href": f"{base(desk)}/orders/{key}",
                    "number": one.approved.number,
                    "line": line[1].name,
                    "code": line[1].code,
                    "owed": pounds(owed),
                }
            )
    drawn = page(
        "finance/journals.html",
        crumbs=crumbs(desk, "Journals", ("Ledger", "ledger")),
        lede=f"What had come by {day(ends)} and was not billed by then, taken back on {day(month_of(desk.today))}.",
        form=form,
        token=form.token(),
        action=f"{base(desk)}/ledger/journals",
        rows=rows,
    )
    drawn.status_code = 422 if form.errors else 200
    return drawn


def _last_on(today: date) -> date:
    """The last day of last month."""
    return month_of(today) - timedelta(days=1)
