"""How far the notional SEN budget goes: told from what pupils cost, as sums in which no pupil is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.roll.views import pupil as roll_pupil

from ..rules import Coverage
from ..rules import coverage as coverage_of
from .budgets import Budgets
from .costing import pupil_cost, setting_of
from .pupils import costs, provision

if TYPE_CHECKING:
    from core.desk import Desk


class Covered(msgspec.Struct, frozen=True):
    """What pupils cost that the notional SEN budget is meant for, beside it."""

    high_needs: int
    """Pupils."""
    support: int
    """Pupils with other help that costs."""
    told: Coverage


def covered(
    desk: Desk, known: Budgets, notional_pence: int, year: int, has_plan: Callable[[UUID], bool | None]
) -> Covered | None:
    """The test of an academic year; None while no pupil's help was costed.

    Args:
        has_plan: Whether a pupil has an EHC plan; where nobody says, a top-up that is agreed tells high needs.
    """
    priced, on_roll = desk.log.see_all(provision), desk.log.see_all(roll_pupil)
    high: list[int] = []
    support: list[int] = []
    for subject, told in desk.log.see_all(costs).items():
        who = on_roll.get(subject)
        if who is None:
            continue
        cost = pupil_cost(told, priced, who, setting_of(told, known, desk.today), year)
        if cost.total_pence:
            plan = has_plan(subject)
            (high if (bool(cost.top_ups) if plan is None else plan) else support).append(cost.total_pence)
    if not high and not support:
        return None
    return Covered(len(high), len(support), coverage_of(tuple(high), sum(support), notional_pence))
