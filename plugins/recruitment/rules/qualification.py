"""The SENCO of an academy: whether they may be it, and by when they must hold the qualification."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites, plain
from core.periods import months_after

from ..codes import COURSE_MONTHS

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)
_TIMED_SINCE = date(2009, 9, 1)
_NPQ_SINCE = date(2024, 9, 1)
_NASENCO_BEFORE = date(2027, 9, 1)
_error = partial(Finding, "error")
_cites_regulation = partial(
    cites,
    address="legislation.gov.uk/uksi/2014/1530/regulation/49",
    as_at=_READ_ON,
    edition="SI 2024/535, 2024-09-01",
)

AwardKind = Literal["nasenco", "npq"]
State = Literal["HELD", "EXEMPT", "REVIEW", "BREACH", "RED", "WARN", "UNDER_WAY", "IN_TIME"]


class Award(Struct, frozen=True):
    """A qualification for SENCOs that somebody began or holds."""

    award: AwardKind
    begun_on: date | None = None
    completed_on: date | None = None  # the day of the outcome; None until it came


class Senco(Struct, frozen=True):
    """Somebody as SENCO of one academy."""

    first_on: date  # the first day as SENCO, here or at another relevant school
    from_on: date  # the first day as SENCO of this academy
    served_days: int = 0  # as SENCO elsewhere before, in all
    qts: bool = False  # not by paragraph 8A alone, which does not count
    induction: bool = False  # passed, or none was required
    teaches_here: bool = False
    head: bool = False  # or acting head
    awards: tuple[Award, ...] = ()


class SencoDates(Struct, frozen=True):
    """The days that count for a SENCO's qualification."""

    hold_by: date  # the third anniversary, inclusive
    breach_on: date  # the day after
    course_by: date | None  # the last day on which a National Award that was begun may be completed
    alarm_by: date  # the earlier of the two
    warn_on: date  # the NPQ is to be begun by then
    red_on: date  # begun later it will hardly be done in time


class Qualified(Struct, frozen=True):
    """Where a SENCO stands with the qualification."""

    state: State
    says: str
    dates: SencoDates


@_cites_regulation("SEND Regulations 2014, reg. 49(4); the leap day is our choice", rule="recruitment R15")
def qualified_by(first_senco_on: date) -> date:
    """The last day on which somebody may be SENCO without the qualification: the third anniversary.

    It must be held after that day. Who began on 29 February has until 28 February, the prudent reading.
    """
    return months_after(first_senco_on, 36)


@_cites_regulation("SEND Regulations 2014, reg. 49(7) to (9)", rule="recruitment R16")
def qualification_accepted(award: AwardKind, begun_on: date | None, completed_on: date | None) -> bool:
    """Whether a qualification counts: by when its course was begun, and for the National Award also completed.

    The National Award counts when begun before 1 September 2024 and completed before 1 September 2027; the NPQ when
    begun from 1 September 2024 on and passed. Where it is not known when it was begun, a National Award completed
    before September 2024 was begun before it too.

    Args:
        completed_on: The day of the outcome, not of the last session; None until it came.
    """
    if completed_on is None:
        return False
    if award == "npq":
        return begun_on is not None and begun_on >= _NPQ_SINCE
    return (begun_on or completed_on) < _NPQ_SINCE and completed_on < _NASENCO_BEFORE


@_cites_regulation("SEND Regulations 2014, reg. 49(4) and (7)", rule="recruitment R17")
def senco_dates(first_senco_on: date, nasenco_begun_on: date | None = None) -> SencoDates:
    """The third anniversary, the day by which a National Award must be completed, and the earlier as the alarm.

    Args:
        nasenco_begun_on: The day a National Award was begun; None when none is under way.
    """
    hold_by = qualified_by(first_senco_on)
    runs = nasenco_begun_on is not None and nasenco_begun_on < _NPQ_SINCE
    course_by = _NASENCO_BEFORE - _DAY if runs else None
    warn_on, red_on = latest_npq_start(hold_by)
    return SencoDates(hold_by, hold_by + _DAY, course_by, min(hold_by, course_by or hold_by), warn_on, red_on)


@cites(
    "Strictly Education on NPQs, 13 September 2024: 18 to 22 months with assessment",
    "strictlyeducationhr.co.uk",
    as_at=_READ_ON,
    edition="2024-09-13",
    rule="recruitment R18",
)
def latest_npq_start(hold_by: date) -> tuple[date, date]:
    """The days by which it is prudent to begin the NPQ: 22 months before the deadline, and at the very last 18.

    The duty is met when the outcome comes, not when the course ends.
    """
    months = COURSE_MONTHS.value
    return months_after(hold_by, -months.warn), months_after(hold_by, -months.red)


@cites(
    "SEND Regulations 2014, reg. 49(4): how earlier service counts is our reading",
    "legislation.gov.uk/uksi/2014/1530/regulation/49",
    as_at=_READ_ON,
    verified=False,
    edition="SI 2024/535, 2024-09-01",
    rule="recruitment R19",
)
def qualification_state(senco: Senco, today: date) -> Qualified:
    """Where a SENCO stands: held, exempt, to be looked at by a person, out of time, or how the time runs.

    Exempt is who was SENCO before 1 September 2009. More than twelve months as SENCO before, in all, without the
    qualification, is for a person to review; so is a clock that has run out only by earlier service.
    """
    begun = next((one.begun_on for one in senco.awards if one.award == "nasenco" and not one.completed_on), None)
    dates = senco_dates(senco.first_on, begun)
    if any(qualification_accepted(one.award, one.begun_on, one.completed_on) for one in senco.awards):
        return Qualified("HELD", "Holds the qualification.", dates)
    if senco.first_on < _TIMED_SINCE:
        return Qualified("EXEMPT", "Was SENCO before 1 September 2009: the rule does not apply.", dates)
    twelve_months = (months_after(senco.first_on, 12) - senco.first_on).days
    if senco.served_days > twelve_months or dates.hold_by < today <= qualified_by(senco.from_on):
        says = "Was SENCO before without the qualification. Ask the trust's adviser whether the three years run."
        return Qualified("REVIEW", says, dates)
    return _clock(senco, dates, today)


def _clock(senco: Senco, dates: SencoDates, today: date) -> Qualified:
    """How the three years run for a SENCO who does not hold the qualification yet."""
    if today > dates.hold_by:
        says = f"Has not held the qualification since {plain(dates.breach_on)}. Name another SENCO."
        return Qualified("BREACH", says, dates)
    if dates.course_by and today <= dates.course_by:
        says = f"The National Award must be completed by {plain(dates.alarm_by)}."
        return Qualified("UNDER_WAY", says, dates)
    if any(one.award == "npq" and one.begun_on and one.begun_on >= _NPQ_SINCE for one in senco.awards):
        return Qualified("UNDER_WAY", f"The outcome of the NPQ must come by {plain(dates.hold_by)}.", dates)
    if today >= dates.red_on:
        says = f"The NPQ may not be done by {plain(dates.hold_by)}. Begin it now and tell the trust."
        return Qualified("RED", says, dates)
    if today >= dates.warn_on:
        return Qualified("WARN", f"Begin the NPQ now, and by {plain(dates.red_on)} at the latest.", dates)
    return Qualified("IN_TIME", f"Begin the NPQ by {plain(dates.warn_on)}.", dates)


@_cites_regulation("SEND Regulations 2014, reg. 49(1) to (3)", rule="recruitment R20")
def senco_findings(senco: Senco) -> tuple[Finding, ...]:
    """Why somebody may not be the SENCO of this academy; nothing when they may. Ask it for each academy.

    They are a qualified teacher with induction passed, where it was required, who works as a teacher at this academy;
    or its head or acting head.
    """
    if senco.head:
        return ()
    wanted = (
        (senco.qts, "no_qts", "A SENCO has qualified teacher status. Name another.", "qts"),
        (senco.induction, "no_induction", "A SENCO has passed induction. Name another until they have.", "induction"),
        (senco.teaches_here, "not_teaching_here", "A SENCO works as a teacher at this academy.", "teaches_here"),
    )
    return tuple(_error(code, says, field) for there, code, says, field in wanted if not there)
