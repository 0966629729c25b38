"""A candidate in a paper: what they may use there, when they finish, and which papers clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from .. import rules
from ..rules import Outcome, component, day_clash, extra_minutes, finish, session_clash
from .arrangements import Arrangements
from .entries import Candidate, Paper
from .standing import holding, serves


class Sitting(msgspec.Struct, frozen=True):
    """One candidate in one paper."""

    paper_id: UUID
    paper: Paper
    codes: tuple[str, ...]
    """What they may use in it, by code; never why."""
    percent: int
    break_minutes: int
    finish_minutes: int
    """After midnight."""
    notes: tuple[Outcome, ...] = ()
    """What the paper does not allow, or an approval does not reach."""

    @property
    def extra(self) -> int:
        """Minutes of extra time."""
        return extra_minutes(self.paper.length_minutes, self.percent)


def sitting(paper_id: UUID, paper: Paper, known: Arrangements | None, entered: Candidate | None) -> Sitting:
    """What a candidate may use in a paper on the day it sits, and when they finish."""
    codes, notes, percent, breaks = [], [], 0, 0
    for one in holding(known, paper.sits_on):
        said = [
            serves(one, entered, paper),
            component(paper.sits_on, one.arrangement, paper.level, paper.subject, paper.tags),
        ]
        notes += [outcome for outcome in said if outcome.level != "OK"]
        if not any(outcome.level == "BLOCK" for outcome in said):
            codes.append(one.arrangement)
            percent, breaks = max(percent, one.percent or 0), max(breaks, one.break_minutes or 0)
    ends = finish(paper.start_minutes, paper.length_minutes, percent, breaks)
    return Sitting(paper_id, paper, tuple(dict.fromkeys(codes)), percent, breaks, ends, tuple(notes))


def clashes(sittings: Iterable[Sitting]) -> list[tuple[date, str, Outcome]]:
    """What is wrong with one candidate's days: the day, the session or "" for the whole day, and what the rule says."""
    sessions: defaultdict[tuple[date, str], list[rules.Paper]] = defaultdict(list)
    days: defaultdict[date, list[rules.Paper]] = defaultdict(list)
    for one in sittings:
        told = rules.Paper(one.paper.length_minutes, one.percent, one.break_minutes, one.paper.level)
        sessions[one.paper.sits_on, one.paper.session].append(told)
        days[one.paper.sits_on].append(told)
    found = [
        (day, session, session_clash(day, tuple(papers)))
        for (day, session), papers in sessions.items()
        if len(papers) > 1
    ]
    found += [(day, "", day_clash(day, tuple(papers))) for day, papers in days.items()]
    return sorted((one for one in found if one[2].code not in {"no_clash", "fits_a_day"}), key=lambda one: one[:2])


def clock(minutes: int) -> str:
    """A time of day, such as 09:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
