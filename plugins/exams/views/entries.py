"""A candidate's numbers and papers, and a paper's day and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.ids import uuid_for
from events import Fact, folds

from ..facts import CandidateNumbered, EntryEnded, EntryMade, PaperSet


class Candidate(msgspec.Struct, frozen=True):
    """A candidate of a centre; the numbers are "" until they are told."""

    centre: str = ""
    number: str = ""
    uci: str = ""
    papers: Mapping[UUID, date] = {}
    """The papers they are entered for, each with the day of the entry."""


class Paper(msgspec.Struct, frozen=True):
    """A paper of a series, with the day and time it sits."""

    series: str
    board: str
    level: str
    subject: str
    code: str
    title: str
    tags: tuple[str, ...]
    sits_on: date
    session: str
    start_minutes: int
    length_minutes: int


class Entry(msgspec.Struct, frozen=True):
    """A row of a timetable: one candidate in one paper."""

    pupil: UUID
    number: str
    uci: str
    paper: Paper


def paper_id(one: Paper) -> UUID:
    """The subject a paper's facts are of: the same paper of a board and series is one."""
    return uuid_for("exams.paper", one.series, one.board, one.code)


@folds("exams.entries")
def candidate(known: Candidate | None, fact: Fact) -> Candidate | None:
    """The candidate; None for a pupil who was never one."""
    now = known or Candidate()
    match fact:
        case CandidateNumbered(centre, number, uci):
            return msgspec.structs.replace(now, centre=centre, number=number, uci=uci)
        case EntryMade(one, made_on):
            return msgspec.structs.replace(now, papers={**now.papers, one: made_on})
        case EntryEnded(one):
            left = {key: made_on for key, made_on in now.papers.items() if key != one}
            return msgspec.structs.replace(now, papers=left)
    return known


@folds("exams.papers")
def paper(known: Paper | None, fact: Fact) -> Paper | None:
    """The paper as last set."""
    if not isinstance(fact, PaperSet):
        return known
    told = msgspec.structs.asdict(fact)
    told.pop("set_on")
    return Paper(**told)
