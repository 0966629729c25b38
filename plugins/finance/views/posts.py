"""What a post costs for the rest of a year: pay still to come, to be planned on a line."""

from __future__ import annotations

from datetime import date

import msgspec

from core.money import half_up
from core.wording import day

from ..facts import StaffCosted
from ..rules import PayStep, pay_in_year, year_beginning
from .costing import year_cost


class PostRest(msgspec.Struct, frozen=True):
    """A post's pay from a day to the end of its year, in pence."""

    title: str
    """What it is, with its days."""
    pence: int
    says: str
    """What it was reckoned from."""


def post_rest(
    title: str,
    share: int,
    full_time_pence: int,
    costed: StaffCosted | None,
    year: int,
    from_on: date,
    until_by: date | None = None,
) -> PostRest:
    """What a post is still paid in an academic year, by days.

    Args:
        share: Of full time, in hundredths.
        full_time_pence: A year's pay and allowances at full time.
        costed: What was worked out of the post with what the employer pays on top; where nobody has, pay alone counts.
        from_on: The first day that is still to come.
        until_by: Its last, inclusive; None where it has none.
    """
    whole = year_cost(costed).total_pence if costed else half_up(full_time_pence * share, 100)
    first, last = year_beginning("academic", year).from_on, year_beginning("academic", year).until_by
    from_on, until_by = max(from_on, first), min(until_by or last, last)
    pence = pay_in_year(year, "days", (PayStep(from_on, whole),), from_on, until_by) if from_on <= until_by else 0
    says = "With what the employer pays on top." if costed else "Pay alone: cost the post to add what is paid on top."
    return PostRest(f"Pay of {title}, {day(from_on)} to {day(until_by)}", pence, says)
