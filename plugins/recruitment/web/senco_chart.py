"""A SENCO's three years as a line of time: the days that count for the qualification, drawn and in a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.wording import day

from ..rules import Qualified
from ..views import Appointment

_ROOM = 60  # days drawn after the last of them


def timeline(one: Appointment, state: Qualified, today: date) -> dict[str, Any]:
    """For the line: each day as a share of its length, in their order; today among them.

    The stretch runs from the first day as SENCO anywhere to the third anniversary.
    """
    dates, awards = state.dates, one.awards.values()
    told: list[tuple[date | None, str, str]] = [
        (one.told.first_on, "First day as SENCO", "plain"),
        (dates.warn_on, "Prudent to have begun the NPQ", "soon"),
        (dates.red_on, "Latest to begin the NPQ", "late"),
        (dates.course_by, "National Award complete by", "late"),
        (dates.hold_by, "Qualification held by", "late"),
        (today, "Today", "now"),
    ]
    if one.told.from_on != one.told.first_on:
        told.append((one.told.from_on, "First day as SENCO here", "plain"))
    for award in awards:
        name = "NPQ" if award.award == "npq" else "National Award"
        told += [(award.begun_on, f"{name} begun", "well"), (award.completed_on, f"{name} completed", "well")]
    marks = sorted(((on, text, kind) for on, text, kind in told if on is not None), key=lambda mark: mark[0])
    first, last = marks[0][0], marks[-1][0]
    length = (last - first).days + _ROOM
    return {
        "title": "The three years",
        "desc": " ".join(f"{text}: {day(on)}." for on, text, _ in marks),
        "bar": _share(first, one.told.first_on, length),
        "long": _share(one.told.first_on, dates.hold_by, length),
        "done": _share(one.told.first_on, min(today, dates.hold_by), length) if today > one.told.first_on else 0,
        "marks": [
            {"at": _share(first, on, length), "text": text, "on": day(on), "kind": kind, "number": number}
            for number, (on, text, kind) in enumerate(marks, start=1)
        ],
    }


def _share(first: date, on: date, length: int) -> float:
    """How far a day lies along the line, in hundredths of its length."""
    return round(96 * max(0, (on - first).days) / length, 1)
