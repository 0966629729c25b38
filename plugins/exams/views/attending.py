"""Who sits a paper, in the order of their numbers, as far as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.roll.views import Pupil
from core.roll.views import pupil as roll_pupil

from ..rules import Outcome
from .arrangements import arrangements
from .entries import Candidate, Paper, candidate
from .sittings import Sitting, clashes, sitting

if TYPE_CHECKING:
    from core.desk import Desk


class Attending(msgspec.Struct, frozen=True):
    """One candidate in one paper."""

    pupil: UUID
    who: Pupil
    entered: Candidate
    sitting: Sitting | None
    """What they may use there and when they finish; None where that is not for this person to see."""


class Clash(msgspec.Struct, frozen=True):
    """What is wrong with one candidate's day."""

    pupil: UUID
    who: Pupil
    number: str
    sits_on: date
    session: str
    """AM or PM; "" for the whole day."""
    said: Outcome


def attending(desk: Desk, papers: Mapping[UUID, Paper]) -> dict[UUID, list[Attending]]:
    """Who is entered for each of these papers."""
    people, held = desk.see_all(roll_pupil), desk.see_all(arrangements)
    found: dict[UUID, list[Attending]] = {key: [] for key in papers}
    for subject, entered in sorted(desk.see_all(candidate).items(), key=lambda pair: pair[1].number):
        who = people.get(subject)
        wanted = papers.keys() & entered.papers
        if who is None or not wanted:
            continue
        known, told = held.get(subject), desk.may("read", "exams.arrangements", subject)
        for key in wanted:
            sat = sitting(key, papers[key], known, entered) if told else None
            found[key].append(Attending(subject, who, entered, sat))
    return found


def clashing(attended: Iterable[Attending]) -> list[Clash]:
    """Every day on which papers of one candidate meet, in the order of days and numbers."""
    everyone: dict[UUID, list[Attending]] = {}
    for one in attended:
        everyone.setdefault(one.pupil, []).append(one)
    found = [
        Clash(subject, rows[0].who, rows[0].entered.number, day, session, said)
        for subject, rows in everyone.items()
        for day, session, said in clashes(row.sitting for row in rows if row.sitting is not None)
    ]
    return sorted(found, key=lambda one: (one.sits_on, one.session or "whole", one.number))
