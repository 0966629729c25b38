"""Which papers a page is about, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from uuid import UUID

import msgspec

from core.desk import Desk
from core.web.lists import Choices
from core.web.pages import short_day

from ...codes import qualification_named, subject_named
from ...views import Paper, paper, title_of

FILTERS = ["series", "day", "subject"]
LABELS = {"series": "Series", "day": "Day", "subject": "Subject"}
SESSIONS = {"AM": "Morning", "PM": "Afternoon"}
_ALIKE = {"ET25-N": "ET25", "ET25-E": "ET25"}
"""Codes that differ by the need they rest on alone, and the one that is printed for them."""

_TITLES = {"ET25": "25% extra time"}
"""What is printed of a code whose title names the need."""


class Chosen(msgspec.Struct, frozen=True):
    """The papers that were asked for, in the order they sit."""

    every: dict[UUID, Paper]
    """On record here."""
    around: dict[UUID, Paper]
    """Of the series; where none is named, those still to sit. What clashes is looked for among these."""
    shown: dict[UUID, Paper]
    """Of these, those of the day and the subject."""

    def choices(self) -> dict[str, Choices]:
        """For the filters of a page."""
        series = sorted({one.series for one in self.every.values()}, reverse=True)
        days = sorted({one.sits_on for one in self.around.values()})
        subjects = sorted({one.subject for one in self.around.values()}, key=subject_title)
        return {
            "series": [("", "Still to sit"), *((key, series_title(key)) for key in series)],
            "day": [("", "All"), *((day.isoformat(), short_day(day)) for day in days)],
            "subject": [("", "All"), *((code, subject_title(code)) for code in subjects)],
        }

    def days(self) -> list[tuple[date, str, dict[UUID, Paper]]]:
        """Those shown, by day and session: a session is AM or PM."""
        pairs = groupby(self.shown.items(), key=lambda pair: (pair[1].sits_on, pair[1].session))
        return [(day, session, dict(papers)) for (day, session), papers in pairs]


def chosen_papers(desk: Desk, asked: Mapping[str, str]) -> Chosen:
    """The papers of a series, a day and a subject, as the address has them."""
    papers = desk.see_all(paper)
    every = dict(sorted(papers.items(), key=lambda pair: (pair[1].sits_on, pair[1].start_minutes, pair[1].code)))
    series = asked["series"]
    around = {key: one for key, one in every.items() if (one.series == series if series else one.sits_on >= desk.today)}
    shown = {
        key: one
        for key, one in around.items()
        if asked["day"] in {"", one.sits_on.isoformat()} and asked["subject"] in {"", one.subject}
    }
    return Chosen(every, around, shown)


def series_title(key: str) -> str:
    """June 2027, of 2027-06."""
    return f"{date.fromisoformat(f'{key}-01'):%B %Y}"


def subject_title(subject: str) -> str:
    """What a subject is called; one without a code of ours is called as it is written."""
    found = subject_named(subject)
    return found.title if found else subject


def level_title(level: str) -> str:
    found = qualification_named(level)
    return found.title if found else level


def code_told(code: str, day: date) -> dict[str, str]:
    """A code and its title as lists of papers tell them: without the need it rests on."""
    told = _ALIKE.get(code, code)
    return {"code": told, "title": _TITLES.get(told) or title_of(told, day)}
