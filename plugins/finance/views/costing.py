"""What posts, provision and one pupil's help cost; told from folded values, never stored twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

import msgspec

from core.law import in_force
from core.periods import academic_year, academic_year_dates

from ..codes import INSURANCE, SCHOOL_WEEKS, THRESHOLDS, Basis
from ..facts import AuthoritySet, CostShared, ProvisionPriced, StaffCosted, TopUpAgreed
from ..rules import (
    Elements,
    PartOfYear,
    StaffCost,
    above_threshold,
    authority_cost,
    contact_minutes,
    cost_of_minutes,
    hour_cost,
    line_minutes,
    national_insurance,
    part_of_year,
    pay_for_post,
    staff_cost,
    threshold,
)
from .budgets import Budgets
from .pupils import Costs

if TYPE_CHECKING:
    from core.desk import Desk
    from core.roll.views import Pupil


class Priced(msgspec.Struct, frozen=True):
    """What a line of provision costs, and the same by the authority's rate; in pence."""

    minutes: int
    total_pence: int
    authority_pence: int | None


class CostLine(msgspec.Struct, frozen=True):
    """A pupil's part of one line of provision."""

    line: UUID
    priced: ProvisionPriced
    share: CostShared


class PupilCost(msgspec.Struct, frozen=True):
    """What one pupil's help costs in an academic year, beside what the school meets itself."""

    year: int
    lines: tuple[CostLine, ...]
    total_pence: int
    authority_pence: int | None
    """The same by the authority's rate; None where a line has none."""
    part: PartOfYear
    threshold_pence: int
    elements: Elements
    top_ups: tuple[TopUpAgreed, ...]
    received_pence: int


def year_cost(told: StaffCosted) -> StaffCost:
    """What a post costs in a year, with what the employer pays on top, by the rates of its first day."""
    pay = pay_for_post(
        told.full_time_pence + told.allowances_pence, told.weekly_minutes, told.full_weekly_minutes, told.paid_weeks
    )
    insurance = in_force(INSURANCE, told.from_on)
    return staff_cost(pay, national_insurance(pay, insurance.value) if insurance else 0, told.pension)


class PostCost(msgspec.Struct, frozen=True):
    """A post and what it costs; in pence."""

    told: StaffCosted
    cost: StaffCost
    is_insured: bool
    """Whether the rate of National Insurance of its first day is known; else none is counted."""
    hour_pence: int
    """To be shown, never to be multiplied."""
    weekly_pence: int
    """An hour a week in every school week: what authorities count, too."""


def post_cost(told: StaffCosted) -> PostCost:
    """What a post costs in a year and for an hour with pupils."""
    cost = year_cost(told)
    return PostCost(
        told,
        cost,
        in_force(INSURANCE, told.from_on) is not None,
        hour_cost(cost.total_pence, told.contact_minutes),
        cost_of_minutes(cost.total_pence, told.contact_minutes, contact_minutes(60)),
    )


def price(
    post: StaffCosted | None,
    weeks: int,
    weekly: int,
    minutes: int,
    preparation_minutes: int,
    bought_pence: int,
    hour_pence: int | None,
) -> Priced:
    """What a line of provision costs: staff time from the post's whole year, and what is bought for it."""
    whole = line_minutes(weeks, weekly, minutes, preparation_minutes)
    staff = cost_of_minutes(year_cost(post).total_pence, post.contact_minutes, whole) if post else 0
    own = authority_cost(hour_pence, weekly * minutes) if hour_pence is not None else None
    return Priced(whole, staff + bought_pence, own)


def authority_on(known: Budgets, name: str, day: date) -> AuthoritySet | None:
    """How an authority reckons on a day; None where nobody has said."""
    told = [one for one in known.authorities.get(name, ()) if one.from_on <= day]
    return told[-1] if told else None


def setting_of(known: Costs, money: Budgets, day: date) -> AuthoritySet | None:
    """How the authority that has to do with a pupil's top-up reckons; None where nobody has said."""
    return authority_on(money, known.authority, day) if known.authority else None


def pupil_cost(
    known: Costs, priced: Mapping[UUID, ProvisionPriced], who: Pupil, setting: AuthoritySet | None, year: int
) -> PupilCost:
    """What a pupil's help costs in an academic year.

    Args:
        setting: The authority's; months are counted where it has not said.
    """
    first, last = academic_year_dates(year)
    lines = tuple(
        CostLine(line, priced[line], share)
        for line, share in known.shares.items()
        if share.pence and line in priced and share.from_on <= last and first <= share.until_by
    )
    total = sum(one.share.pence for one in lines)
    rates = [one.share.authority_pence for one in lines]
    part = _on_roll(who, setting, year)
    limit = threshold(_year_threshold(last), part)
    agreed = tuple(one for one in known.top_ups.values() if _in_year(one, first, last))
    return PupilCost(
        year,
        lines,
        total,
        None if None in rates or not rates else sum(rate for rate in rates if rate is not None),
        part,
        limit,
        above_threshold(total, limit),
        agreed,
        sum(known.received(one.top_up, first, last) for one in agreed),
    )


def _in_year(one: TopUpAgreed, first: date, last: date) -> bool:
    return one.from_on <= last and (one.until_by is None or first <= one.until_by)


def _year_threshold(day: date) -> int:
    """What a school meets itself for a whole year: of the edition of that day, else the newest there is."""
    edition = in_force(THRESHOLDS, day)
    return (edition or THRESHOLDS[-1]).value


def _on_roll(who: Pupil, setting: AuthoritySet | None, year: int) -> PartOfYear:
    basis = cast(Basis, setting.basis if setting else "months")
    first, last = academic_year_dates(year)
    if basis != "weeks":
        return part_of_year(year, basis, who.entered_on, who.left_on)
    there = (min(who.left_on or last, last) - max(who.entered_on, first)).days + 1
    weeks = max(0, min(SCHOOL_WEEKS.value, SCHOOL_WEEKS.value * there // ((last - first).days + 1)))
    return part_of_year(year, basis, who.entered_on, who.left_on, school_weeks=weeks)


def this_year(desk: Desk) -> int:
    """The academic year of today, by the calendar year it began in."""
    return academic_year(desk.today)
