"""The inclusion strategy: what it costs by its principles, and what stands between it and the school's site."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites, plain
from core.money import pounds
from core.periods import months_after

from ..codes import PRINCIPLES, STRATEGY_DUE

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")
_warning = partial(Finding, "warning")


class Activity(Struct, frozen=True):
    """Something an academy does for inclusion."""

    principle: str
    what: str
    pence: int | None  # as budgeted; 0 when it costs nothing, None while nobody has said


class Tagged(Struct, frozen=True):
    """A budget line of the inclusive mainstream fund, tagged to a principle."""

    principle: str
    pence: int


class Strategy(Struct, frozen=True):
    """An academy's inclusion strategy as it is written down."""

    written_on: date
    allocation_pence: int  # of the inclusive mainstream fund
    activities: tuple[Activity, ...] = ()
    several_years: bool = False
    review_by: date | None = None  # the last day of its next review; None where nobody has said


class PrincipleCost(Struct, frozen=True):
    """What a strategy budgets for a principle beside the budget lines tagged to it, in pence."""

    principle: str
    title: str
    strategy_pence: int
    tagged_pence: int


_cites_strategy = cites(
    "Developing an inclusion strategy using the inclusive mainstream fund",
    "gov.uk",
    as_at=_READ_ON,
    edition="2026-06-25",
    rule="finance 33",
)


@_cites_strategy
def strategy_costs(activities: tuple[Activity, ...], tagged: tuple[Tagged, ...]) -> tuple[PrincipleCost, ...]:
    """What a strategy costs by each of the seven principles, beside the budget; a cost nobody has said adds nothing."""
    planned, budgeted = Counter[str](), Counter[str]()
    for activity in activities:
        planned[activity.principle] += activity.pence or 0
    for line in tagged:
        budgeted[line.principle] += line.pence
    return tuple(
        PrincipleCost(key, principle.title, planned[key], budgeted[key]) for key, principle in PRINCIPLES.value.items()
    )


@cites(
    "Developing an inclusion strategy using the inclusive mainstream fund; what makes it complete is our reading",
    "gov.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2026-06-25",
    rule="finance 33",
)
def strategy_findings(strategy: Strategy, tagged: tuple[Tagged, ...]) -> tuple[Finding, ...]:
    """What keeps an inclusion strategy from being published, and what its readers should know.

    It is complete when each of the seven principles has an activity, each activity its words and its cost, and the
    costs are those of the budget lines tagged to the principle. Over or under the allocation it may be published: it
    then says so.
    """
    found = []
    for number, activity in enumerate(strategy.activities, start=1):
        if activity.principle not in PRINCIPLES.value:
            says = f"Activity {number} is for none of the principles. Choose one of the seven."
            found.append(_error("no_principle", says, "principle"))
        if not activity.what.strip():
            found.append(_error("no_words", f"Say what activity {number} is.", "what"))
        if activity.pence is None:
            found.append(_error("no_cost", f"Give the cost of activity {number}, or 0 when it costs nothing.", "pence"))
    served = {activity.principle for activity in strategy.activities}
    for cost in strategy_costs(strategy.activities, tagged):
        if cost.principle not in served:
            says = f"Say what is done for: {cost.title}. It may cost nothing."
            found.append(_error("no_activity", says, "activities"))
        if cost.strategy_pence != cost.tagged_pence:
            says = (
                f"{cost.title}: {pounds(cost.strategy_pence)} here, {pounds(cost.tagged_pence)} in the budget. "
                "Correct the activity, or the lines tagged to it."
            )
            found.append(_error("not_in_budget", says, "pence"))
    if astray := sum(line.pence for line in tagged if line.principle not in PRINCIPLES.value):
        says = f"{pounds(astray)} of the fund's budget is tagged to none of the principles. Tag its lines."
        found.append(_error("untagged", says, "activities"))
    return (*found, *_review_findings(strategy), *_allocation_findings(strategy))


def _review_findings(strategy: Strategy) -> tuple[Finding, ...]:
    if not strategy.several_years:
        return ()
    if strategy.review_by is None:
        says = "It covers several years. Say by when it is reviewed: within twelve months."
        return (_error("no_review", says, "review_by"),)
    if strategy.review_by > months_after(strategy.written_on, 12):
        says = "A strategy of several years is reviewed each year. Choose a day within twelve months."
        return (_error("no_yearly_review", says, "review_by"),)
    return ()


def _allocation_findings(strategy: Strategy) -> tuple[Finding, ...]:
    over = sum(activity.pence or 0 for activity in strategy.activities) - strategy.allocation_pence
    if not over:
        return ()
    word = "over" if over > 0 else "under"
    says = f"The costs are {pounds(abs(over))} {word} the allocation of {pounds(strategy.allocation_pence)}."
    return (_warning(f"{word}_allocation", f"{says} Say what becomes of it.", "allocation_pence"),)


@_cites_strategy
def strategy_due_findings(
    published_on: date | None, today: date, review_by: date | None = None, due_by: date = STRATEGY_DUE.value
) -> tuple[Finding, ...]:
    """Whether a strategy is late on the school's site, or its review is. Published late it stays late.

    Args:
        published_on: The first time; None while it is not.
        review_by: The last day of its next review; None when there is none to come.
        due_by: The last day by which it is to be published.
    """
    found = []
    if (published_on or today) > due_by:
        then = f"It was published on {plain(published_on)}." if published_on else "Publish it now."
        found.append(_warning("late", f"It was due by {plain(due_by)}. {then}", "published_on"))
    if review_by and review_by < today:
        says = f"Its review was due by {plain(review_by)}. Review it, and write the next version."
        found.append(_warning("review_late", says, "review_by"))
    return tuple(found)
