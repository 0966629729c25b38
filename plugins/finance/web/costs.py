"""What finance sees of pupils' costs: the same sums, each beside a name that tells nothing of the pupil."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import UNSAID, Cell
from core.desk import Desk
from core.money import pounds
from core.roll.views import pupil as roll_pupil
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get

from ..telling import FundingSeen, base
from ..views import costs, this_year
from .budget_words import asked_year, crumbs, year_name, years_of
from .pupils.costed import Costed, costed

COSTS = "finance.costs"
_HEADER = [
    "Pupil",
    "Cost",
    "By the authority's rate",
    "Threshold",
    "The school meets",
    "Above that",
    "Top-up agreed",
    "Due by now",
    "Received",
]


class CostsWithoutNames(Controller):
    """Costs of pupils as sums, without the pupils."""

    path = "/costs"

    @get("/", guards=[may("read", COSTS)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """A row for each pupil with a cost or a top-up, in the order of the made-up names."""
        year, here = asked_year(request, desk), f"{base(desk)}/costs"
        found = _told(desk, year)
        exports = [
            {"text": text, "href": f"{here}/list.{text.lower()}?year={year}", "says": "of these costs"}
            for text in ("CSV", "XLSX")
        ]
        provision = {"text": "Provision", "href": f"{base(desk)}/provision"}
        return page(
            "finance/costs.html",
            crumbs=crumbs(desk, "Costs without names"),
            title=f"Costs without names {year_name(year)}",
            lede="Each pupil goes by a name made here, always the same, which tells nothing. Ask the SENCO who it is "
            "only if you must know.",
            actions=[
                *([provision] if desk.may("read", "finance.provision") else []),
                *(exports if desk.may("export", COSTS) and found else []),
            ],
            years=years_of([], this_year(desk), year, here),
            rows=[_row(name, one) for name, one in found],
            total=_total([one for _, one in found]),
            looked_after=_looked_after(desk),
        )

    @get("/list.csv", guards=[may("export", COSTS)])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, asked_year(request, desk)), taken=desk.taken), "costs-without-names")

    @get("/list.xlsx", guards=[may("export", COSTS)])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        table = _table(desk, asked_year(request, desk))
        return as_xlsx(xlsx_bytes("Costs without names", *table, taken=desk.taken), "costs-without-names")


def pseudonym(desk: Desk, pupil_id: UUID) -> str:
    """The name a pupil goes by with finance: always the same at this academy, and without the key it tells nobody of
    whom, nor who came first."""
    told = desk.building.desk_store.new_id(COSTS, desk.here, pupil_id).hex[:6].upper()
    return f"Pupil {told[:3]}-{told[3:]}"


def _told(desk: Desk, year: int) -> list[tuple[str, Costed]]:
    """Each pupil's costs under the name that tells nothing; that they were opened is recorded."""
    on_roll, found = desk.log.see_all(roll_pupil), []
    for subject, known in desk.log.see_all(costs).items():
        if subject not in on_roll or not desk.may("read", COSTS, subject):
            continue
        one = costed(desk, known, on_roll[subject], year)
        if one.told.lines or one.top_ups:
            desk.opened(subject, [COSTS])
            found.append((pseudonym(desk, subject), one))
    return sorted(found, key=lambda pair: pair[0])


def _row(name: str, one: Costed) -> dict[str, str]:
    told = one.told
    return {
        "name": name,
        "cost": pounds(told.total_pence),
        "authority": "" if told.authority_pence is None else pounds(told.authority_pence),
        "threshold": pounds(told.threshold_pence),
        "school": pounds(told.elements.school_pence),
        "above": pounds(told.elements.top_up_pence),
        "agreed": pounds(one.agreed_pence),
        "due": pounds(one.due_pence),
        "received": pounds(one.received_pence),
    }


def _total(found: Sequence[Costed]) -> dict[str, str]:
    """All of them together; of the authority's rate and the thresholds no sum says anything."""
    return {
        "name": "Together",
        "cost": pounds(sum(one.told.total_pence for one in found)),
        "authority": "",
        "threshold": "",
        "school": pounds(sum(one.told.elements.school_pence for one in found)),
        "above": pounds(sum(one.told.elements.top_up_pence for one in found)),
        "agreed": pounds(sum(one.agreed_pence for one in found)),
        "due": pounds(sum(one.due_pence for one in found)),
        "received": pounds(sum(one.received_pence for one in found)),
    }


def _looked_after(desk: Desk) -> list[dict[str, str]]:
    """Pupil premium plus, all children together: beside no pupil's row, so that none is known to be in care by it."""
    said = [desk.ask("lac.funding", subject, FundingSeen) for subject in desk.log.see_all(roll_pupil)]
    told: list[FundingSeen] = [one.value for one in said if one is not UNSAID and one.value]
    if not said or any(one is UNSAID for one in said):
        return [{"label": label, "value": "not told"} for label in ("Agreed", "Received", "Spent")]
    sums = {
        "Agreed": sum(one.agreed_pence for one in told),
        "Received": sum(one.paid_pence for one in told),
        "Spent": sum(one.spent_pence for one in told),
    }
    return [{"label": label, "value": pounds(pence)} for label, pence in sums.items()]


def _table(desk: Desk, year: int) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = [list(_row(name, one).values()) for name, one in _told(desk, year)]
    desk.exported("Costs of pupils without names", COSTS, len(rows))
    return _HEADER, rows
