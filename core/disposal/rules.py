"""When backups have let go of a destroyed key, and when a hold is looked at again."""

from __future__ import annotations

from datetime import date, timedelta

from core.law import Finding, cites
from core.periods import last_day, months_after

_NOTES = "Domain notes on the oversight of a trust, section 5.3"


@cites(f"{_NOTES}: key backups must expire in a stated window", "", as_at=date(2026, 11, 22), verified=False)
def backups_until(destroyed_on: date, window_days: int) -> date:
    """The last day on which a backup of the key store may still hold a key that was destroyed.

    A backup made on the day itself, an instant before, is kept for as many days as the trust says it keeps such
    backups: 35 days after 16 November 2026 are over at the end of 21 December 2026.

    Args:
        window_days: How long the trust keeps backups of its key store.
    """
    return destroyed_on + timedelta(days=window_days)


@cites(
    "Domain notes on the oversight of a trust, section 6: periods are the trust's own data, each with its reason",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="trust C-23",
)
def kept_no_longer_from(since: date, months: int) -> date:
    """The first day on which a record need not be kept any more, and so should not be.

    The same day after so many months: of a child born on 4 March 1995, 31 years on, it is 4 March 2026. Where that
    month has no such day, the first of the next: six months after 31 August 2026, it is 1 March 2027.
    """
    day = months_after(since, months)
    return day if day.day == since.day else day + timedelta(days=1)


@cites(f"{_NOTES}: a legal hold stops disposal and is reviewed", "", as_at=date(2026, 11, 22), verified=False)
def hold_review_findings(placed_on: date, review_by: date) -> tuple[Finding, ...]:
    """Whether a hold is looked at again soon enough: after the day it is placed, and within a year of it.

    The notes say that a hold is reviewed, not when. We ask for a year at most, so that none is forgotten: one placed on
    1 September 2026 is reviewed by 31 August 2027.
    """
    if review_by <= placed_on:
        return (Finding("error", "review_too_soon", "The day of the review must be in the future.", "review_by"),)
    if review_by > last_day(months=12, starting_with=placed_on):
        says = "A hold is looked at again within a year. It can be left standing then."
        return (Finding("error", "review_too_late", says, "review_by"),)
    return ()
