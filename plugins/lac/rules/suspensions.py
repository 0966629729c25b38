"""Suspensions: who is told, by when, and how many sessions there may be in a school year."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites

from ..codes import WHO_IS_TOLD

_READ_ON = date(2026, 11, 22)
MOST_SESSIONS = 90  # 45 school days
_error = partial(Finding, "error")


class Telling(Struct, frozen=True):
    """Someone who must be told of a suspension or permanent exclusion."""

    whom: str  # social_worker, virtual_school or carer
    due_by: date


_cites_telling = cites(
    "Suspension and permanent exclusion guidance, September 2022, as Bradford gives it; the day is our reading",
    "bso.bradford.gov.uk",
    as_at=_READ_ON,
    edition="2022-09",
    rule="lac 26",
)


@_cites_telling
def suspension_tasks(
    decided_on: date, has_social_worker: bool = True, looked_after: bool = True
) -> tuple[Telling, ...]:
    """Who is told of a suspension or permanent exclusion, and by the end of which day.

    The social worker if there is one, the virtual school head if the child is looked after, and always the parent or
    carer. "Without delay" is read as: on the day of the decision.
    """
    told = {"social_worker": has_social_worker, "virtual_school": looked_after, "carer": True}
    return tuple(Telling(whom, decided_on) for whom in WHO_IS_TOLD if told[whom])


@_cites_telling
def telling_findings(
    decided_on: date, decided_minutes: int, told_on: date | None, told_minutes: int | None, channel: str
) -> tuple[Finding, ...]:
    """What the proof still lacks that someone was told: the day and time, and by which channel.

    Args:
        decided_minutes: Minutes after midnight, as told_minutes are.
        channel: Such as telephone or secure mail.
    """
    found = []
    if told_on is None or told_minutes is None:
        found.append(_error("no_time", "Give the day and the time at which they were told.", "told_at"))
    elif (told_on, told_minutes) < (decided_on, decided_minutes):
        says = "They cannot have been told before it was decided. Correct the day or the time."
        found.append(_error("told_before_decision", says, "told_at"))
    if not channel.strip():
        found.append(_error("no_channel", "Say how they were told, such as by telephone.", "channel"))
    return tuple(found)


@_cites_telling
def telling_is_overdue(decided_on: date, told_on: date | None, today: date) -> bool:
    """Whether someone was told too late, or is still to be told and the day of the decision is over."""
    return (told_on or today) > decided_on


@cites(
    "Suspension guidance, as Hillingdon gives it",
    "leap.hillingdon.gov.uk",
    as_at=_READ_ON,
    rule="lac 27",
)
def suspension_cap_findings(sessions_used: int, sessions_new: int, sessions_elsewhere: int = 0) -> tuple[Finding, ...]:
    """Whether a suspension goes beyond the 45 school days of a school year.

    Args:
        sessions_used: Sessions, two for a school day, of earlier suspensions in this school year.
        sessions_elsewhere: Those at other academies and schools in the same year, if they are not in it yet.
    """
    used = sessions_used + sessions_elsewhere
    if used + sessions_new <= MOST_SESSIONS:
        return ()
    says = (
        f"{_days(used)} school days of this year are used, and {_days(sessions_new)} more make "
        f"{_days(used + sessions_new)}. At most {_days(MOST_SESSIONS)} are allowed. Shorten it."
    )
    return (_error("over_45_days", says, "sessions"),)


def _days(sessions: int) -> str:
    """Sessions as school days: 87 are 43.5."""
    return f"{sessions // 2}{'.5' if sessions % 2 else ''}"
