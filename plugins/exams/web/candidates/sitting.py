"""The papers a candidate sits: from when to when, with what, and what is not allowed there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.trying import Rule
from core.wording import counted
from core.wording import day as said_day

from ...codes import qualification_named
from ...views import Arrangements, Sitting, arrangements, candidate, clashes, clock, entered, reaches, sitting, title_of
from ..checking import rule_of


def sitting_part(desk: Desk, pupil: UUID, rules: dict[str, Rule]) -> dict[str, Any]:
    """The papers still to sit, with how many were sat before today, and the days on which two of them meet."""
    held, known = desk.see(arrangements, pupil), desk.see(candidate, pupil)
    papers = entered(desk, pupil)
    told = held or Arrangements()
    lapsed = {
        title_of(told.decisions[key].arrangement, desk.today): reach.missed
        for key, reach in reaches(told, papers.values(), desk.today).items()
    }
    ahead = [sitting(key, one, held, known) for key, one in papers.items() if one.sits_on >= desk.today]
    before = len(papers) - len(ahead)
    return {
        "rows": [_row(one, [title for title, missed in lapsed.items() if one.paper in missed], rules) for one in ahead],
        "before": f"{counted(before, 'paper', 'papers')} sat before today." if before else "",
        "clashes": [
            {
                "when": f"{said_day(day)}, {session}" if session else said_day(day),
                "says": said.says,
                "rule": rule_of(said.rule, rules, "" if session else "day"),
            }
            for day, session, said in clashes(ahead)
        ],
    }


def _row(one: Sitting, lapsed: list[str], rules: dict[str, Rule]) -> dict[str, Any]:
    """One paper.

    Args:
        lapsed: What was approved and lapses before it.
    """
    paper = one.paper
    level = qualification_named(paper.level)
    return {
        "day": paper.sits_on,
        "title": paper.title,
        "about": " · ".join((paper.board, level.title if level else paper.level, paper.code)),
        "start": clock(paper.start_minutes),
        "finish": clock(one.finish_minutes),
        "session": paper.session,
        "length": _length(one),
        "codes": [{"code": code, "title": title_of(code, paper.sits_on)} for code in one.codes],
        "notes": [
            *({"says": f"{title}: lapses before.", "rule": rule_of("R12", rules)} for title in lapsed),
            *({"says": note.says, "rule": rule_of(note.rule, rules)} for note in one.notes),
        ],
    }


def _length(one: Sitting) -> str:
    """How the finish comes about: 105 minutes, 27 extra, 10 of breaks."""
    told = [f"{one.paper.length_minutes} minutes"]
    told += [f"{one.extra} extra"] if one.extra else []
    told += [f"{one.break_minutes} of breaks"] if one.break_minutes else []
    return ", ".join(told)
