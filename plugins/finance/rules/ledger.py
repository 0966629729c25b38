"""The ledger and us: one fund for each cost, the same pennies on both sides, closed months, rates that come late."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites
from core.money import pounds
from core.periods import months_after

from ..codes import FUNDS

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class Actual(Struct, frozen=True):
    """What was spent, by where it stands in the ledger and the fund it was spent from."""

    cost_centre: str
    code: str  # ledger code
    fund: str
    net_pence: int


class CentreTotal(Struct, frozen=True):
    """What the ledger says was spent by a cost centre."""

    cost_centre: str
    pence: int


class Balance(Struct, frozen=True):
    """A line of the trial balance."""

    cost_centre: str
    code: str
    pence: int


class Compared(Struct, frozen=True):
    """One code of one cost centre, here and in the ledger, in pence."""

    cost_centre: str
    code: str
    recorded_pence: int
    ledger_pence: int
    gap_pence: int  # what is recorded here and not in the ledger; below zero, the other way round


class Restated(Struct, frozen=True):
    """The months of a year after a rate came late."""

    months_pence: tuple[int, ...]
    catch_up_pence: int  # a line of its own, never spread over the months
    catch_up_in: int | None  # the first open month, from 1; None when every month is closed, and the next year takes it
    total_pence: int


@cites(
    "Academies Accounts Direction: restricted funds; not read in its text",
    "gov.uk",
    as_at=_READ_ON,
    verified=False,
    rule="finance 35",
)
def fund_findings(actuals: tuple[Actual, ...], totals: tuple[CentreTotal, ...]) -> tuple[Finding, ...]:
    """What keeps funds from being pure: a cost without its one fund, or funds that are not the cost centre's total.

    Args:
        totals: Those of the cost centres that are compared, one for each.
    """
    found = []
    for actual in actuals:
        where = f"{actual.cost_centre}, {actual.code}, {pounds(actual.net_pence)}"
        if not actual.fund.strip():
            found.append(_error("no_fund", f"{where}: choose the fund that paid for it.", "fund"))
        elif actual.fund not in FUNDS:
            says = f"{where}: there is no fund '{actual.fund}'. Choose one, and divide what two of them pay."
            found.append(_error("unknown_fund", says, "fund"))
        elif FUNDS[actual.fund].memo:
            says = (
                f"{where}: {FUNDS[actual.fund].title} is a label, and pays for nothing. Choose the fund it is part of."
            )
            found.append(_error("memo_fund", says, "fund"))
    spent = Counter[str]()
    for actual in actuals:
        if actual.fund.strip():
            spent[actual.cost_centre] += actual.net_pence
    for total in totals:
        if gap := spent[total.cost_centre] - total.pence:
            says = (
                f"{total.cost_centre}: the funds come to {pounds(spent[total.cost_centre])} and the ledger to "
                f"{pounds(total.pence)}. Find the {pounds(abs(gap))}."
            )
            found.append(_error("not_the_total", says, "fund"))
    return tuple(found)


_cites_tie_out = cites("Tallystick: to the penny or not at all", "", as_at=_READ_ON, verified=False, rule="finance 36")


@_cites_tie_out
def tie_out(actuals: tuple[Actual, ...], balances: tuple[Balance, ...]) -> tuple[Compared, ...]:
    """What is recorded beside the imported trial balance: each code of each cost centre that either of the two has."""
    here, there = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for actual in actuals:
        here[actual.cost_centre, actual.code] += actual.net_pence
    for balance in balances:
        there[balance.cost_centre, balance.code] += balance.pence
    return tuple(
        Compared(centre, code, here[centre, code], there[centre, code], here[centre, code] - there[centre, code])
        for centre, code in sorted(set(here) | set(there))
    )


@_cites_tie_out
def tie_out_findings(compared: tuple[Compared, ...]) -> tuple[Finding, ...]:
    """The codes that are not reconciled, by a penny or more."""
    return tuple(
        Finding(
            "warning",
            "unreconciled",
            f"{one.cost_centre}, {one.code}: {pounds(one.recorded_pence)} here and {pounds(one.ledger_pence)} in the "
            f"ledger. Find the {pounds(abs(one.gap_pence))}.",
            "code",
        )
        for one in compared
        if one.gap_pence
    )


_cites_lock = cites("Tallystick: a closed month stays as it is", "", as_at=_READ_ON, verified=False, rule="finance 42")


@_cites_lock
def posts_on(cost_on: date, closed: tuple[date, ...]) -> date:
    """The day in the books for a cost: its own, or when its month is closed the first day of the next that is open.

    Args:
        closed: The first day of each closed month.
    """
    while (month := cost_on.replace(day=1)) in closed:
        cost_on = months_after(month, 1)
    return cost_on


@_cites_lock
def period_findings(
    posted_on: date, closed: tuple[date, ...], cost_on: date | None = None, corrects: str = ""
) -> tuple[Finding, ...]:
    """Why something may not be posted: its month is closed, or it corrects one that is and does not say what.

    Args:
        posted_on: Any day of the month of the accounts it is to be in.
        closed: The first day of each closed month.
        cost_on: The day the cost belongs to, when that is another.
        corrects: The id of what it puts right.
    """
    if (opens := posts_on(posted_on, closed)) != posted_on:
        says = f"{posted_on:%B %Y} is closed. Post it in {opens:%B %Y}, with a link to what it corrects."
        return (_error("month_closed", says, "posted_on"),)
    if cost_on is not None and posts_on(cost_on, closed) != cost_on and not corrects.strip():
        says = f"It belongs to {cost_on:%B %Y}, which is closed. Say what it corrects."
        return (_error("no_link", says, "corrects"),)
    return ()


@cites("Tallystick: a late rate is caught up in one line", "", as_at=_READ_ON, verified=False, rule="finance 43")
def restated(old_pence: tuple[int, ...], new_pence: tuple[int, ...], closed: int) -> Restated:
    """A year's costs after a rate changed for months that are over.

    Closed months keep what they cost by the old rate, open ones take the new; what the closed ones are short of is one
    line in the first open month. Together they are what the new rate makes of the whole year.

    Args:
        old_pence: What each month costs by the old rate, the first month first.
        closed: How many of the months are closed.

    Raises:
        ValueError: Old and new are not of the same months, or more months are closed than there are.
    """
    if len(old_pence) != len(new_pence):
        raise ValueError("give the same months by the old rate and by the new")
    if not 0 <= closed <= len(old_pence):
        raise ValueError(f"there are {len(old_pence)} months, and {closed} cannot be closed")
    months = old_pence[:closed] + new_pence[closed:]
    catch_up = sum(new_pence[:closed]) - sum(old_pence[:closed])
    first_open = closed + 1 if closed < len(months) else None
    return Restated(months, catch_up, first_open, sum(months) + catch_up)
