"""What finance sees of pupil premium plus: sums, each beside a name that tells nothing of the child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get

from ..telling import base
from ..views import FundingTold, claims, funding_told

_FUNDING = "lac.funding"
_HEADER = ["Child", "Agreed", "Received", "Spent", "Left to spend"]


class Funding(Controller):
    """Claims as sums, without the children's records."""

    path = "/funding"

    @get("/", guards=[may("read", _FUNDING)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """A row for each child for whom anything was asked."""
        here, found = f"{base(desk)}/funding", _told(desk)
        listing = Listing(desk, here, request.query_params, [])
        keys = {
            "child": lambda pair: pair[0],
            "agreed": lambda pair: -pair[1].agreed_pence,
            "paid": lambda pair: -pair[1].paid_pence,
            "spent": lambda pair: -pair[1].spent_pence,
            "left": lambda pair: pair[1].spent_pence - pair[1].agreed_pence,
        }
        exports = [{"text": text, "href": f"{here}/list.{text.lower()}"} for text in ("CSV", "XLSX")]
        links = [{"text": "Premium for previously looked-after pupils", "href": f"{base(desk)}/premium"}]
        total = FundingTold(
            sum(one.agreed_pence for _, one in found),
            sum(one.paid_pence for _, one in found),
            sum(one.spent_pence for _, one in found),
        )
        return page(
            "lac/funding.html",
            lede="What authorities agreed to pay, paid, and what was spent of it. Each child goes by a name made here, "
            "always the same, which tells nothing. Ask the designated teacher who it is only if you must know.",
            actions=[
                *(links if desk.may("read", "lac.premium") else []),
                *(exports if desk.may("export", _FUNDING) else []),
            ],
            columns=listing.columns(list(zip(_HEADER, keys, strict=True)), "child"),
            rows=[_row(name, one) for name, one in listing.sorted(found, keys, "child")],
            total=_row("Together", total),
        )

    @get("/list.csv", guards=[may("export", _FUNDING)])
    def as_csv(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk), taken=desk.taken), "premium-plus")

    @get("/list.xlsx", guards=[may("export", _FUNDING)])
    def as_xlsx(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Pupil premium plus", *_table(desk), taken=desk.taken), "premium-plus")


def pseudonym(desk: Desk, pupil_id: UUID) -> str:
    """The name a child goes by with finance: always the same at this academy, and without the key it tells nobody of
    whom, nor who came first."""
    told = desk.building.desk_store.new_id(_FUNDING, desk.here, pupil_id).hex[:6].upper()
    return f"Child {told[:3]}-{told[3:]}"


def _told(desk: Desk) -> list[tuple[str, FundingTold]]:
    """Each child's sums under the name that tells nothing; that they were opened is recorded."""
    found = []
    for subject, made in desk.log.see_all(claims).items():
        told = funding_told(made, desk.today) if desk.may("read", _FUNDING, subject) else None
        if told is not None:
            desk.opened(subject, [_FUNDING])
            found.append((pseudonym(desk, subject), told))
    return sorted(found, key=lambda pair: pair[0])


def _row(name: str, one: FundingTold) -> dict[str, str]:
    return {
        "name": name,
        "agreed": pounds(one.agreed_pence),
        "paid": pounds(one.paid_pence),
        "spent": pounds(one.spent_pence),
        "left": pounds(one.agreed_pence - one.spent_pence),
    }


def _table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = [list(_row(name, one).values()) for name, one in _told(desk)]
    desk.exported("Pupil premium plus, as sums", _FUNDING, len(rows))
    return _HEADER, rows
