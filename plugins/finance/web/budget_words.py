"""What pages of a budget say alike: years, colours in words, sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from litestar import Request

from core.desk import Desk
from core.money import pounds
from core.periods import academic_year

from ..rules import StatementRow, year_beginning
from ..telling import base, tenths
from ..views import Budgets

BUDGET = "finance.budget"
_TAGS = {
    ("red", True): ("over budget", "late"),
    ("amber", True): ("a little over", "soon"),
    ("amber", False): ("well under", "soon"),
}


def year_name(year: int) -> str:
    """An academic year as people write it: 2026-27."""
    return year_beginning("academic", year).name


def asked_year(request: Request[Any, Any, Any], desk: Desk) -> int:
    """The academic year an address asks for; today's where it asks for none."""
    typed = request.query_params.get("year", "")
    return int(typed) if re.fullmatch("[0-9]{4}", typed) and 2014 <= int(typed) <= 2100 else academic_year(desk.today)


def years_of(known: Iterable[Budgets], today: int, shown: int, here: str, more: str = "") -> list[dict[str, Any]]:
    """For the chooser of years: those with a budget, this one and the next.

    Args:
        here: Address of the page.
        more: What else stands in it, such as "&fund=core".
    """
    found = {one.told.year for each in known for one in each.versions.values()} | {today, today + 1, shown}
    return [
        {"text": year_name(year), "href": f"{here}?year={year}{more}", "current": year == shown}
        for year in sorted(found)
    ]


def tag_of(row: StatementRow) -> dict[str, str]:
    """How a line is heading, in words; the colour says the same."""
    text, kind = _TAGS.get((row.rag, row.variance_pence < 0), ("on course", "well"))
    return {"text": text, "kind": kind}


def over_or_under(pence: int) -> str:
    """A variance in words: £120.00 over; nothing of either is "on budget"."""
    return f"{pounds(abs(pence))} {'over' if pence < 0 else 'under'}" if pence else "on budget"


def sentences(*parts: str) -> str:
    """What was typed piece by piece, as sentences; empty pieces left out."""
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts if part.strip())


def share_said(row: StatementRow) -> str:
    """How large a variance is beside its budget: 13.1 % over."""
    if not row.variance_tenths:
        return ""
    return f"{tenths(abs(row.variance_tenths))} {'over' if row.variance_tenths < 0 else 'under'}"


def row_sums(row: StatementRow) -> dict[str, str]:
    """A row of the statement as its cells."""
    return {
        "budget": pounds(row.current_pence),
        "spent": pounds(row.actual_pence),
        "owed": pounds(row.accruals_pence),
        "ordered": pounds(row.commitments_pence),
        "planned": pounds(planned_of(row)),
        "left": pounds(row.available_pence),
        "outturn": pounds(row.outturn_pence),
        "variance": over_or_under(row.variance_pence),
        "share": share_said(row),
    }


def planned_of(row: StatementRow) -> int:
    """What of an outturn is in no order yet, in pence."""
    return row.outturn_pence - row.actual_pence - row.accruals_pence - row.commitments_pence


def crumbs(desk: Desk, here: str, *between: tuple[str, str]) -> list[dict[str, str | None]]:
    """Crumbs below the academy's SEN budget, for whoever may read it; what lies between by its words and its address
    below that."""
    steps: list[dict[str, str | None]] = []
    if desk.may("read", BUDGET):
        steps.append({"text": "SEN budget", "href": base(desk)})
    steps += [{"text": text, "href": f"{base(desk)}/{path}"} for text, path in between]
    return [*steps, {"text": here, "href": None}]
