"""What exams answer the core: days to act by, a pupil's panel, counts for the trust, lists to take away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.answers import Deadline, Export, Known, Line, Link, Measure, NavItem, Panel
from core.law import Edition, in_force
from core.manifest import Ask
from core.roll.views import Pupil, year_order
from core.roll.views import pupil as roll_pupil
from core.wording import day

from .codes import SERIES, Kind
from .rules import deadline, deadline_state
from .views import (
    STATES,
    Arrangements,
    Cover,
    Decision,
    arrangements,
    assessor,
    candidate,
    cover,
    entered,
    holding,
    paper,
    reaches,
    state_on,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.desk import Desk
    from core.web.exports import Cell
    from events import Log

ENGLAND = (
    Edition(
        "2024-25",
        date(2024, 9, 1),
        None,
        "Ofqual, access arrangements 2024-25, England, as a range",
        True,
        {"held": "18.0% to 27.7% of learners", "extra_time": "16.6% to 25.5% of learners"},
    ),
)
"""Ofqual withdrew its figures of 2014 to 2024 as overstated: only these are shown, and as ranges."""
DUE: tuple[tuple[Kind, str], ...] = (
    ("modified_papers", "Order modified papers"),
    ("other", "Apply for access arrangements"),
)
"""What a series has a last day for, in words."""
EXAM_YEARS = ("10", "11", "12", "13", "14")


def people(log: Log) -> Mapping[UUID, Known]:
    """Assessors."""
    return {
        key: Known.named(one.name, f"Assessor, appointed {day(one.appointed_on)}", "exams.assessors")
        for key, one in log.see_all(assessor).items()
    }


class NeedsSeen(msgspec.Struct, frozen=True):
    """What the register is asked for: the headline, never a report."""

    provision: str
    needs: tuple[str, ...]
    titles: tuple[str, ...]


ASKS = (
    Ask(
        "register.needs",
        NeedsSeen,
        "So that the SENCO sees whether the need on the register is the one an arrangement is asked for.",
    ),
)


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/exams" if desk.academy else ""


def navigation(desk: Desk) -> list[NavItem]:
    return [
        NavItem("Exams", base(desk), ("read", "exams.arrangements")),
        NavItem("Exam papers", f"{base(desk)}/papers", ("read", "exams.papers")),
    ]


def approvals(desk: Desk) -> list[tuple[UUID, Decision, Cover]]:
    """Every approval this person may see, with how far it reaches over the papers its candidate sits."""
    found = []
    for subject, known in desk.see_all(arrangements).items():
        papers = entered(desk, subject).values()
        reach = reaches(known, papers, desk.today)
        found += [(subject, known.decisions[key], one) for key, one in reach.items()]
    return found


def deadlines(desk: Desk, until: date) -> list[Deadline]:
    """Last days of each series for those who apply, and approvals that lapse before an exam."""
    found = []
    pupils = desk.see_all(roll_pupil)
    for subject, one, reach in approvals(desk):
        if reach.missed and reach.renew_by <= until and subject in pupils:
            first = reach.missed[0]
            text = f"{title_of(one.arrangement, desk.today)}: apply again"
            says = f"It lapses on {day(reach.expires_on)}, before {first.title} on {day(first.sits_on)}."
            href = f"{base(desk)}/pupils/{subject}"
            found.append(Deadline(text, reach.renew_by, "exams.renew_by", says, href, subject))
    if desk.may("write", "exams.arrangements") or desk.may("write", "exams.papers"):
        found += series_deadlines(desk, until)
    return found


def series_deadlines(desk: Desk, until: date) -> list[Deadline]:
    """The last days of each series still to come, where anybody sits exams."""
    if not any(one.year in EXAM_YEARS for one in desk.see_all(roll_pupil).values()):
        return []
    found = []
    for edition in SERIES:
        series = edition.value
        for kind, text in DUE:
            due_by = deadline(series.key, kind)
            if due_by and desk.today <= due_by <= until:
                says = deadline_state(series.key, kind, desk.today).says
                href = f"{base(desk)}/deadlines"
                found.append(Deadline(f"{text}, {series.title}", due_by, "exams.deadline", says, href))
    return found


def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    """What the pupil may use in exams, to whom it is granted; and the way to note that it was used."""
    if not desk.may("read", "exams.arrangements", pupil):
        return []
    known = desk.see(arrangements, pupil)
    lines = [Line(title_of(one.arrangement, desk.today), standing_words(one, desk.today)) for one in _shown(known)]
    actions = [Link("Exam arrangements", f"{base(desk)}/pupils/{pupil}")]
    if desk.may("write", "exams.working", pupil):
        actions.append(Link("Note what was used", f"{base(desk)}/working/{pupil}"))
    return [Panel("Exam arrangements", lines or [Line("Arrangements", "none")], actions, ("exams.arrangements",))]


def standing_words(one: Decision, today: date) -> str:
    """How a decision stands, in words."""
    state = state_on(one, today)
    reach = cover(one, (), today)
    until = f", until {day(reach.expires_on)}" if reach and state == "approved" else ""
    return f"{STATES[state][0].upper()}{STATES[state][1:]}{until}"


def _shown(known: Arrangements | None) -> list[Decision]:
    return [one for one in known.decisions.values() if one.state != "ended"] if known else []


def measures(desk: Desk) -> list[Measure]:
    """Arrangements and extra time as shares of the years that sit exams; approvals that lapse before one."""
    pupils = {key: one for key, one in desk.see_all(roll_pupil).items() if one.is_on_roll(desk.today)}
    years = EXAM_YEARS
    whole = [key for key, one in pupils.items() if one.year in years]
    known = desk.see_all(arrangements)
    held = {key: holding(known.get(key), desk.today) for key in whole}
    lapsing = {subject for subject, _, reach in approvals(desk) if reach.missed and subject in pupils}
    extra = sum(any(one.percent for one in decisions) for decisions in held.values())
    waiting = sum(
        any(one.state in {"applied", "referred"} for one in (known.get(key) or Arrangements()).decisions.values())
        for key in whole
    )
    return [
        _measure(desk, "held", "Exam arrangements", sum(map(bool, held.values())), len(whole)),
        _measure(desk, "lapsing", "Approvals that lapse", len(lapsing), len(whole), gaps=True),
        _measure(desk, "extra_time", "Extra time", extra, len(whole)),
        _measure(desk, "waiting", "Applications waiting", waiting, len(whole), gaps=True),
    ]


def _measure(desk: Desk, name: str, title: str, part: int, whole: int, *, gaps: bool = False) -> Measure:
    edition = in_force(ENGLAND, desk.today)
    return Measure(
        f"exams.{name}",
        title,
        part,
        whole,
        "exams.arrangements",
        shown_as="gaps" if gaps else "share",
        among="pupils in Years 10 to 14",
        full=40,
        source=f"{edition.source}: {edition.value[name]}" if edition and name in edition.value else "",
        href="exams" if gaps else "",
    )


def exports(desk: Desk) -> list[Export]:
    return [
        Export("arrangements", "Access arrangements in force", "exams.arrangements", lambda: arrangements_table(desk)),
        Export("timetable", "Exam timetable", "exams.papers", lambda: timetable(desk)),
    ]


def arrangements_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """Every arrangement that stands, by name of the pupil: codes, never a diagnosis."""
    header = ["Surname", "Forename", "UPN", "Year", "Candidate", "Code", "Arrangement", "State", "From", "Until"]
    rows: list[list[Cell]] = []
    pupils = desk.see_all(roll_pupil)
    for subject, one in sorted(pupils.items(), key=lambda pair: _by_name(pair[1])):
        known = desk.see(arrangements, subject) if desk.may("read", "exams.arrangements", subject) else None
        number = desk.log.see(candidate, subject) if desk.may("read", "exams.entries", subject) else None
        for told in _shown(known):
            reach = cover(told, (), desk.today)
            rows.append(
                [
                    *(one.surname, one.forename, one.upn, one.year, number.number if number else ""),
                    *(told.arrangement, title_of(told.arrangement, desk.today), STATES[state_on(told, desk.today)]),
                    told.decided_on,
                    reach.expires_on if reach else None,
                ]
            )
    return header, rows


def timetable(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """Every paper, by the day it sits."""
    header = ["Series", "Board", "Qualification", "Subject", "Code", "Paper", "Day", "Session", "Start", "Minutes"]
    papers = sorted(desk.see_all(paper).values(), key=lambda one: (one.sits_on, one.start_minutes, one.code))
    return header, [
        [
            *(one.series, one.board, one.level, one.subject, one.code, one.title, one.sits_on, one.session),
            *(f"{one.start_minutes // 60:02}:{one.start_minutes % 60:02}", one.length_minutes),
        ]
        for one in papers
    ]


def _by_name(one: Pupil) -> tuple[int, str]:
    return year_order(one.year), one.name.casefold()
