"""What pages of the strategy say alike: its years, its principles with their figures, what stands in its way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from litestar import Request

from core.desk import Desk
from core.money import pounds
from core.wording import day

from ...codes import PRINCIPLES, STRATEGY_DUE
from ...facts import StrategyWritten
from ...rules import PrincipleCost, strategy_costs, year_beginning
from ...telling import base
from ...views import Budgets, Strategy, as_ruled, budgets, strategy, tagged

STRATEGY = "finance.strategy"


def known_of(desk: Desk) -> Strategy:
    return desk.see(strategy, desk.here) or Strategy()


def money_of(desk: Desk) -> Budgets:
    """The academy's money: the strategy shows its figures to whoever may read it, budget or not."""
    return desk.log.see(budgets, desk.here) or Budgets()


def asked_year(request: Request[Any, Any, Any]) -> int:
    """The financial year an address asks for; that of the first day due where it asks for none."""
    typed = request.query_params.get("year", "")
    return int(typed) if re.fullmatch("[0-9]{4}", typed) and 2026 <= int(typed) <= 2100 else STRATEGY_DUE.value.year


def year_name(year: int) -> str:
    """A financial year as people write it: 2026-27."""
    return year_beginning("financial", year).name


def years_of(desk: Desk, known: Strategy, shown: int) -> list[dict[str, Any]]:
    """For the chooser of years: those that were written, the first and the next."""
    first = STRATEGY_DUE.value.year
    found = {one.year for one in known.versions} | {first, first + 1, shown}
    return [
        {"text": year_name(year), "href": f"{base(desk)}/strategy?year={year}", "current": year == shown}
        for year in sorted(found)
    ]


def costs_of(desk: Desk, one: StrategyWritten | None, year: int) -> tuple[PrincipleCost, ...]:
    """What each principle costs, in the strategy and in the budget."""
    return strategy_costs(as_ruled(one).activities if one else (), tagged(money_of(desk), year))


def over_or_under(one: StrategyWritten) -> str:
    """The costs beside the allocation: £120.00 over; as much as the allocation."""
    over = sum(activity.pence or 0 for activity in one.activities) - one.allocation_pence
    return (
        f"{pounds(abs(over))} {'over' if over > 0 else 'under'} the allocation" if over else "the allocation, exactly"
    )


def activities_told(desk: Desk, one: StrategyWritten) -> list[dict[str, Any]]:
    """The principles in their order, each with its activities and their cost."""
    money = money_of(desk)
    told = []
    for cost in costs_of(desk, one, one.year):
        rows = []
        for activity in one.activities:
            if activity.principle != cost.principle:
                continue
            line = money.line(activity.line) if activity.line else None
            rows.append(
                {
                    "what": activity.what,
                    "line": line[1].name if line else "",
                    "pence": "not said" if activity.pence is None else pounds(activity.pence),
                    "owner": activity.owner,
                    "measure": activity.measure,
                }
            )
        told.append({"title": cost.title, "pence": pounds(cost.strategy_pence), "rows": rows})
    return told


def paragraphs(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def review_said(one: StrategyWritten) -> str:
    """How long it holds and when it is looked at again."""
    if one.several_years and one.review_by:
        return f"It covers several years and is reviewed each year: next by {day(one.review_by)}."
    return f"It is for {year_name(one.year)}."


def principle_options() -> Sequence[dict[str, str]]:
    return [
        {"value": "", "text": "Choose"},
        *({"value": key, "text": one.title} for key, one in PRINCIPLES.value.items()),
    ]
