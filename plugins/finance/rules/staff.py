"""What an hour of a member of staff costs: pay and what the employer adds, over the time spent with pupils."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Finding, cites, in_force
from core.money import at_rate, half_up, pounds

from ..codes import ALLOWANCES, SCHOOL_WEEKS, YEAR_WEEKS, Allowance, Award, Insurance
from .sharing import shared

_READ_ON = date(2026, 11, 22)


class StaffCost(Struct, frozen=True):
    """What a post costs its employer in a year, in pence."""

    pay_pence: int
    insurance_pence: int
    pension_pence: int
    levy_pence: int

    @property
    def total_pence(self) -> int:
        """All of it."""
        return self.pay_pence + self.insurance_pence + self.pension_pence + self.levy_pence


@cites(
    "Devon, communications to schools: a year's pay by 52.143 weeks of 37 hours",
    "devon.gov.uk",
    as_at=_READ_ON,
    edition="2016",
    rule="finance 17",
)
def pay_for_post(
    full_time_pence: int,
    weekly_minutes: int,
    full_weekly_minutes: int,
    paid_weeks: int = YEAR_WEEKS.value,
    year_weeks: int = YEAR_WEEKS.value,
) -> int:
    """A year's pay for a post of fewer hours or weeks than full time, in pence.

    Args:
        full_time_pence: A full-time year, with allowances.
        paid_weeks: In thousandths of a week, holidays with them: 44600 is 44.6 weeks.
        year_weeks: Of the whole year, in thousandths.

    Raises:
        ValueError: The full-time week or year has no length.
    """
    if full_weekly_minutes < 1 or year_weeks < 1:
        raise ValueError("a full-time week and year must have a length")
    return half_up(full_time_pence * weekly_minutes * paid_weeks, full_weekly_minutes * year_weeks)


_cites_insurance = cites(
    "Employer National Insurance from April 2025: posts on the Budget of 2024",
    "barnett-waddingham.co.uk",
    as_at=_READ_ON,
    edition="2025-26",
    rule="finance 25",
)


@_cites_insurance
def national_insurance(pay_pence: int, rate: Insurance) -> int:
    """What the employer pays for one person in a whole year, in pence: nothing up to the floor, never below zero.

    Args:
        pay_pence: From all of the person's posts with this employer; there is one floor for the person.
    """
    return at_rate(max(0, pay_pence - rate.floor_pence), rate.basis_points)


@_cites_insurance
def insurance_by_post(pay: Mapping[str, int], rate: Insurance) -> dict[str, int]:
    """One person's National Insurance, shared by what each post pays.

    Args:
        pay: A year's pay by post, in pence, none below zero.
    """
    return shared(national_insurance(sum(pay.values()), rate), pay)


@cites("Tallystick: pay and on-costs, each to a penny", "", as_at=_READ_ON, verified=False, rule="finance 17")
def staff_cost(
    pay_pence: int, insurance_pence: int, pension_basis_points: int, levy_basis_points: int = 0
) -> StaffCost:
    """What a post costs in a year.

    Args:
        insurance_pence: This post's part of the person's National Insurance.
        pension_basis_points: What the employer pays, in hundredths of a per cent of pay: 2868 is 28.68 %.
        levy_basis_points: The apprenticeship levy; 0 where the employer's pay bill is too small for it.
    """
    pension, levy = at_rate(pay_pence, pension_basis_points), at_rate(pay_pence, levy_basis_points)
    return StaffCost(pay_pence, insurance_pence, pension, levy)


@cites("Tallystick: the hours with pupils", "", as_at=_READ_ON, verified=False, rule="finance 17")
def contact_minutes(weekly_minutes: int, weeks: int = SCHOOL_WEEKS.value) -> int:
    """The minutes a post has with pupils in a year."""
    return weekly_minutes * weeks


_cites_fraction = cites(
    "Tallystick: the fraction is kept until the end", "", as_at=_READ_ON, verified=False, rule="finance 18"
)


@_cites_fraction
def hour_cost(year_pence: int, year_minutes: int) -> int:
    """What an hour costs, to the nearest penny: to be shown, never to be multiplied.

    Args:
        year_pence: What the post costs in a year.
        year_minutes: The minutes it has with pupils in that year.
    """
    return cost_of_minutes(year_pence, year_minutes, 60)


@_cites_fraction
def cost_of_minutes(year_pence: int, year_minutes: int, minutes: int) -> int:
    """What some minutes of a post cost, to the nearest penny, from the year and not from an hour rounded already.

    Raises:
        ValueError: The post has no minutes with pupils.
    """
    if year_minutes < 1:
        raise ValueError("the post must have minutes with pupils")
    return half_up(year_pence * minutes, year_minutes)


@cites("Durham, guide to costed provision maps", "docsbay.net", as_at=_READ_ON, edition="2015-16", rule="finance 18")
def line_minutes(weeks: int, sessions: int, minutes: int, preparation_minutes: int = 0) -> int:
    """The staff minutes of a line of provision, preparation with them.

    Args:
        sessions: In a week.
        minutes: Of one session.
        preparation_minutes: For one session.
    """
    return weeks * sessions * (minutes + preparation_minutes)


@cites("An authority's method, as SENCOs tell it", "sencoforum.com", as_at=_READ_ON, verified=False, rule="finance 21")
def authority_cost(hour_pence: int, weekly_minutes: int) -> int:
    """What a line of provision costs at the authority's own rate, in pence, whoever gives it.

    Args:
        hour_pence: What it counts for one hour a week, all through the year.
    """
    return half_up(hour_pence * weekly_minutes, 60)


@cites("Support staff's award of 2025", "derbyshirealc.gov.uk", as_at=_READ_ON, edition="2025-26", rule="finance 23")
def awarded(year_pence: int, award: Award) -> int:
    """A year's pay after an award, in pence: its share, or its least sum where that is more."""
    return year_pence + max(at_rate(year_pence, award.basis_points), award.least_pence)


@cites("Teachers' pay document: SEN allowance", "docsbay.net", as_at=_READ_ON, edition="2010", rule="finance section 8")
def allowance_findings(allowance: Allowance, year_pence: int, on_day: date) -> tuple[Finding, ...]:
    """Whether a full-time year's allowance lies in its range. There is one SEN allowance, from a least to a most.

    Being the SENCO does not itself earn it.
    """
    edition = in_force(ALLOWANCES, on_day)
    if edition is None:
        says = f"The range of the {allowance} allowance is not known for that day. Check it in the pay document."
        return (Finding("note", "range_not_known", says, "year_pence"),)
    least, most = edition.value[allowance].least_pence, edition.value[allowance].most_pence
    if least <= year_pence <= most:
        return ()
    says = f"The {allowance} allowance is {pounds(least)} to {pounds(most)} in {edition.name}. Check the amount."
    return (Finding("warning", "outside_range", says, "year_pence"),)
