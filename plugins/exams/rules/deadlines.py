"""The last days to order modified papers and to apply for arrangements, series by series."""

from __future__ import annotations

from datetime import date
from functools import partial

from core.law import Edition, cites, plain
from core.periods import working_day_on_or_before

from ..codes import SERIES, Kind, Series
from .outcome import READ_ON, Outcome

_NEAR_DAYS = 28  # our own setting
_WHAT: dict[Kind, str] = {"modified_papers": "order modified papers", "other": "apply on Access Arrangements Online"}

_cites_deadlines = cites(
    "AQA, exams officers support, 2025-26; Pearson's dates for 2022-23",
    "aqa.org.uk/onboarding-hub-exam-officers/exams-officers-support-december",
    as_at=READ_ON,
    verified=False,
    edition="2026-27",
    rule="exams R14",
)


@_cites_deadlines
def deadline(series: str, kind: Kind) -> date | None:
    """The last day of a series to order modified papers or to apply for anything else; None when it is not held.

    Args:
        series: Year and month, such as 2027-06.
    """
    edition = _series(series)
    return _due_by(edition.value, kind) if edition else None


@_cites_deadlines
def deadline_state(series: str, kind: Kind, today: date) -> Outcome:
    """How far off that day is, and the working day to act by where nobody works on the day itself.

    It is near within 28 days, and past from the day after.

    Args:
        series: Year and month, such as 2027-06.
    """
    edition = _series(series)
    if edition is None:
        says = f"No deadline is held for the series {series}. Ask the exams officer."
        return Outcome("UNKNOWN", "unknown_series", says, rule="R14")
    due_by = _due_by(edition.value, kind)
    act_on = working_day_on_or_before(due_by)
    say = partial(Outcome, rule="R14", edition=edition.name, day=act_on)
    days = (due_by - today).days
    what = f"{_WHAT[kind]} for {edition.value.title}"
    doubt = "" if edition.verified else " The day is not confirmed: look it up at each board."
    if days < 0:
        says = f"The last day to {what} was {plain(due_by)}, {_count(-days)} ago. Say why it comes late."
        return say("WARN", "late", says + doubt)
    says = f"{_count(days)} left to {what}: act by {act_on:%A} {plain(act_on)}.{doubt}"
    return say("WARN", "near", says) if days <= _NEAR_DAYS else say("OK", "ahead", says)


def _series(key: str) -> Edition[Series] | None:
    return next((edition for edition in SERIES if edition.value.key == key), None)


def _due_by(series: Series, kind: Kind) -> date:
    return series.modified_papers_by if kind == "modified_papers" else series.other_by


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
