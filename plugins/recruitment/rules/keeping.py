"""Until when things are kept, and when a right to work must be looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites
from core.periods import months_after

from ..codes import REMINDER_DAYS, RETENTION, standing

_READ_ON = date(2026, 11, 22)

_cites_copies = cites(
    "KCSIE 2022, para. 276",
    "issuu.com/fsedesign/docs/keeping_children_safe_in_education_2022",
    as_at=_READ_ON,
    edition="2022",
    rule="recruitment R21",
)


class Reminder(Struct, frozen=True):
    """A day on which somebody is reminded that a right to work expires."""

    on_day: date
    days_before: int
    overdue: bool = False  # the day is past; one stands for all that are


@_cites_copies
def delete_copy_on(received_on: date) -> date:
    """The day on which a copy of a DBS certificate is destroyed at the latest: six months after it came.

    Where that month has no such day, its last: from 31 August to the end of February.
    """
    return _kept_until("dbs_copy", received_on)


@_cites_copies
def copy_findings(reason: str) -> tuple[Finding, ...]:
    """Why a copy of a DBS certificate may not be kept; nothing when it may, for a reason that is written down."""
    if reason.strip():
        return ()
    return (Finding("error", "no_reason", "Write down why a copy is kept, or keep none.", "reason"),)


@cites(
    "Juniper Education, recruitment records; a trust may set its own",
    "junipereducation.org",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R22",
)
def erase_on(closed_on: date, hold: bool = False) -> date | None:
    """The day on which what is kept of an unsuccessful applicant is erased: six months after the campaign closed.

    The counts for monitoring stay, as they name nobody.

    Args:
        closed_on: The day of the appointment, or on which the campaign was given up.
        hold: Whether a legal hold stands in the way.

    Returns:
        None as long as the hold lasts.
    """
    return None if hold else _kept_until("unsuccessful", closed_on)


def _kept_until(key: str, from_on: date) -> date:
    return months_after(from_on, standing(RETENTION, from_on).value[key].months)


@cites(
    "Home Office employer's guide, as rtwcomply.co.uk tells it; the days of the reminders are ours",
    "rtwcomply.co.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2026-03-11",
    rule="recruitment R23",
)
def right_to_work_reminders(expires_on: date, today: date) -> tuple[Reminder, ...]:
    """The days on which to remind that a right to work expires: 90, 60, 30, 14 and 7 days before.

    Of the days that are past, one overdue reminder stands for all.

    Args:
        expires_on: The last day it holds; it is checked again before that day ends.
    """
    marks = [Reminder(expires_on - timedelta(days=n), n) for n in sorted(REMINDER_DAYS.value, reverse=True)]
    past = [mark for mark in marks if mark.on_day < today]
    overdue = [Reminder(past[-1].on_day, past[-1].days_before, overdue=True)] if past else []
    return (*overdue, *marks[len(past) :])


@cites(
    "Home Office employer's guide, as rtwcomply.co.uk tells it; the state's name is ours",
    "rtwcomply.co.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2026-03-11",
    rule="recruitment R24",
)
def right_to_work_state(expires_on: date | None, today: date) -> Literal["holds", "expiring", "at_risk"]:
    """Where a right to work stands: holds, expiring from the first reminder on, or at risk once it has expired.

    At risk, HR is told and looks. Nobody is dismissed by it: they may have a right that was not shown yet.

    Args:
        expires_on: The last day it holds; None when it is without limit.
    """
    if expires_on is None or today < expires_on - timedelta(days=max(REMINDER_DAYS.value)):
        return "holds"
    return "expiring" if today <= expires_on else "at_risk"
