"""What a school meets itself of a pupil's extra support, and what an authority pays above it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Finding, cites
from core.money import half_up, pounds

from ..codes import UNIT_PLACES, Places
from .years import PartOfYear

_READ_ON = date(2026, 11, 22)


class Elements(Struct, frozen=True):
    """A pupil's cost, in pence, in the two parts that pay for it."""

    school_pence: int  # element 2: out of the school's own budget
    top_up_pence: int  # element 3: above the threshold


class Leaver(Struct, frozen=True):
    """A top-up that ends before its year does."""

    days: int
    earned_pence: int
    repay_pence: int  # below zero: the authority still owes it


_cites_threshold = cites(
    "The notional SEN budget: operational guidance",
    "gov.uk",
    as_at=_READ_ON,
    edition="2025 to 2026",
    rule="finance 8",
)


@cites("Authorities' own terms for part years", "", as_at=_READ_ON, verified=False, rule="finance 9, 10")
def threshold(year_pence: int, part: PartOfYear) -> int:
    """What the school meets itself for a pupil who was on roll for part of the year, in pence.

    Args:
        year_pence: What it meets for a whole year, such as 600000.
        part: Counted by months, days or school weeks as the authority has it; the report says which.
    """
    return half_up(year_pence * part.count, part.of)


@_cites_threshold
def above_threshold(cost_pence: int, threshold_pence: int) -> Elements:
    """A pupil's cost up to the threshold, and above it."""
    school_pence = min(cost_pence, threshold_pence)
    return Elements(school_pence, cost_pence - school_pence)


@cites(
    "Children and Families Act 2014, s.36(8)",
    "legislation.gov.uk/ukpga/2014/6/section/36",
    as_at=_READ_ON,
    verified=False,
    rule="finance section 9",
)
def request_findings(cost_pence: int, threshold_pence: int) -> tuple[Finding, ...]:
    """What to say of a request whose cost lies below the threshold. It is never a reason to hold a request back.

    The test of the law is need, not spending.
    """
    if cost_pence > threshold_pence:
        return ()
    short = threshold_pence - cost_pence
    below = f"{pounds(short)} below" if short else "no more than"
    says = f"The cost is {below} the {pounds(threshold_pence)} a school meets itself. Say why more is needed."
    return (Finding("note", "below_threshold", says, "cost_pence"),)


@cites("Tallystick: a leaver's top-up is earned by days", "", as_at=_READ_ON, verified=False, rule="finance 12")
def leaver(year_pence: int, from_on: date, until_by: date, last_on: date, received_pence: int) -> Leaver:
    """What was earned of a top-up by the pupil's last day, and what of it goes back.

    Args:
        year_pence: For the whole time from from_on to until_by, both inclusive.
        last_on: The pupil's last day on roll.

    Raises:
        ValueError: It ends before it begins.
    """
    whole = (until_by - from_on).days + 1
    if whole < 1:
        raise ValueError("the top-up ends before it begins")
    days = min(max((last_on - from_on).days + 1, 0), whole)
    earned = half_up(year_pence * days, whole)
    return Leaver(days, earned, received_pence - earned)


@cites("Place funding of units: general knowledge", "", as_at=_READ_ON, verified=False, rule="finance 16")
def unit_places(places: int, filled: int, each: Places = UNIT_PLACES.value) -> int:
    """What the places of a unit or resourced provision bring in a year, in pence.

    What counts is the census. A place emptied after it is not taken back, and a pupil over the places, or one who
    comes later, brings none.

    Args:
        filled: Places filled at the census by pupils on the school's roll.
    """
    filled = min(filled, places)
    return filled * each.filled_pence + (places - filled) * each.empty_pence
