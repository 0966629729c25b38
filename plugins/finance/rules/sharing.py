"""One sum over many: academies, pupils, months. Every penny goes somewhere, and once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites
from core.money import at_rate

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class Claimed(Struct, frozen=True):
    """A sum as far as it was claimed, in pence; together the two are the sum."""

    parts: Mapping[str, int]
    left_pence: int


@cites("Tallystick: largest remainder", "", as_at=_READ_ON, verified=False, rule="finance 2")
def shared(pence: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A sum shared by weight, such as pupils or pupil-days, in whole pence that add up to it.

    Each gets the whole pence of its share; the pennies left go to those whose shares were cut by most, and of equals
    to the lowest id. What is taken back is shared as its mirror.

    Args:
        weights: By id, not below zero. All of them are re-based on their sum.

    Raises:
        ValueError: A weight is below zero, or there is no weight to share a sum by.
    """
    whole = sum(weights.values())
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("no weight may be below zero")
    if whole == 0:
        if pence:
            raise ValueError("there must be a weight above zero to share by")
        return dict.fromkeys(weights, 0)
    sums = {key: divmod(abs(pence) * weight, whole) for key, weight in weights.items()}
    left = abs(pence) - sum(each for each, _ in sums.values())
    first = set(sorted(sums, key=lambda key: (-sums[key][1], key))[:left])
    sign = -1 if pence < 0 else 1
    return {key: sign * (each + (key in first)) for key, (each, _) in sums.items()}


@cites("Tallystick: a year's sum by pupil-days", "", as_at=_READ_ON, verified=False, rule="finance 6")
def pupil_days(pupils: int, from_on: date, until_by: date) -> int:
    """What an academy weighs in a sum for the year: its pupils on each day it was in the trust.

    Args:
        from_on: Its first day in the trust that year.
        until_by: Its last, inclusive.
    """
    return pupils * max(0, (until_by - from_on).days + 1)


@cites("Trusts' top slice; that each is rounded is Tallystick's", "", as_at=_READ_ON, verified=False, rule="finance 7")
def top_slice(grants: Mapping[str, int], basis_points: int) -> dict[str, int]:
    """What each academy gives of its core funding for central services, in pence, half a penny up.

    Rounded for each academy, and stored so: what the centre gets is their sum, which a rate of the total may miss.

    Args:
        grants: Core funding by academy, in pence.
        basis_points: Hundredths of a per cent: 500 is 5 %.
    """
    return {academy: at_rate(pence, basis_points) for academy, pence in grants.items()}


@cites("Tallystick: the first months get the pennies left", "", as_at=_READ_ON, verified=False, rule="finance 11")
def by_month(pence: int, months: int = 12) -> tuple[int, ...]:
    """A year's sum over its months, each penny once; the first months get the pennies that are left.

    Raises:
        ValueError: A year has 1 to 12 of them.
    """
    if not 1 <= months <= 12:
        raise ValueError("a year has 1 to 12 months to pay in")
    each, left = divmod(abs(pence), months)
    sign = -1 if pence < 0 else 1
    return tuple(sign * (each + (month < left)) for month in range(months))


_cites_claims = cites("Tallystick: no hour is claimed twice", "", as_at=_READ_ON, verified=False, rule="finance 22")


@_cites_claims
def over_claim_findings(percents: Mapping[str, int]) -> tuple[Finding, ...]:
    """Why these shares of one hour cannot stand: together they claim more than all of it, or one of them is no share.

    Args:
        percents: By pupil, in per cent of the hour.
    """
    claimed_percent = sum(percents.values())
    if any(percent < 0 for percent in percents.values()):
        return (_error("below_nothing", "A share cannot be less than nothing. Give 0 to 100.", "percents"),)
    if claimed_percent > 100:
        says = f"These shares make {claimed_percent}% of the hour. Lower them to 100% or less together."
        return (_error("over_claim", says, "percents"),)
    return ()


@_cites_claims
def claimed(pence: int, percents: Mapping[str, int]) -> Claimed:
    """What each share of an hour costs, and what of it nobody claims.

    Args:
        percents: By pupil, in per cent of the hour.

    Raises:
        ValueError: They claim more than all of it, or one is below zero.
    """
    nobody = ""  # no pupil's id
    parts = shared(pence, {**percents, nobody: 100 - sum(percents.values())})
    left_pence = parts.pop(nobody)
    return Claimed(parts, left_pence)
