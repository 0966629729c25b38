"""Where the money stands, as the core asks: counts of lines, one pupil's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.answers import Line, Link, Measure, Panel
from core.money import pounds
from core.periods import academic_year
from core.roll.views import pupil as roll_pupil

from ..codes import STRATEGY_DUE
from ..rules import statement_findings
from ..views import (
    Budgets,
    Costs,
    books,
    budgets,
    costs,
    positions,
    provision,
    pupil_cost,
    setting_of,
    strategy,
    this_year,
)
from .places import base

if TYPE_CHECKING:
    from core.desk import Desk


def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    """What the pupil's help costs this year, beside what the school meets itself; for whoever may read the costs."""
    if not desk.may("read", "finance.pupil", pupil):
        return []
    who = desk.see(roll_pupil, pupil)
    if who is None:
        return []
    known = desk.see(costs, pupil) or Costs()
    money = desk.log.see(budgets, desk.here) or Budgets()
    setting = setting_of(known, money, desk.today)
    told = pupil_cost(known, desk.log.see_all(provision), who, setting, this_year(desk))
    lines = [
        Line("This academic year", pounds(told.total_pence)),
        Line("The school meets", f"{pounds(told.elements.school_pence)} of {pounds(told.threshold_pence)}"),
        Line("Above that", pounds(told.elements.top_up_pence)),
    ]
    return [
        Panel("Cost of help", lines, [Link("Costs and top-up", f"{base(desk)}/pupils/{pupil}")], ("finance.pupil",))
    ]


def measures(desk: Desk) -> list[Measure]:
    """Lines heading over their budget, and those without a reason for it; told of the academy, never of a pupil."""
    year = academic_year(desk.today)
    rows = [one.row for one in positions(books(desk), year, desk.today)]
    over = sum(row.rag == "red" for row in rows)
    unexplained = sum(bool(statement_findings(row)) for row in rows)
    among = "budget lines"
    known = desk.see(strategy, desk.here)
    missing = known is None or known.published_of(STRATEGY_DUE.value.year) is None
    return [
        Measure(
            "finance.over",
            "Budget lines over",
            over,
            len(rows),
            "finance.budget",
            shown_as="gaps",
            among=among,
            called=("line", "lines"),
            href="finance",
            of_people=False,
        ),
        Measure(
            "finance.strategy",
            "Inclusion strategy not published",
            int(missing),
            max(len(rows), 1),
            "finance.budget",
            shown_as="gaps",
            among=among,
            called=("", ""),
            href="finance/strategy",
            page="finance.strategy",
            of_people=False,
        ),
        Measure(
            "finance.unexplained",
            "Variances without a reason",
            unexplained,
            len(rows),
            "finance.budget",
            shown_as="gaps",
            among=among,
            called=("line", "lines"),
            href="finance",
            of_people=False,
        ),
    ]
