"""What happens to a candidate and to the papers they sit."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class CandidateNumbered(Fact, frozen=True, tag="exams.candidate_numbered/1", record="exams.entries", on="numbered_on"):
    """The pupil became a candidate of a centre, or their numbers there became others."""

    centre: str
    """Five digits."""
    candidate: str
    """Four digits, unique in centre and series."""
    uci: str
    """Unique candidate identifier; "" when none is known."""
    numbered_on: date


class EntryMade(Fact, frozen=True, tag="exams.entry_made/1", record="exams.entries", on="made_on"):
    """The candidate was entered for a paper."""

    paper: UUID
    made_on: date


class EntryEnded(Fact, frozen=True, tag="exams.entry_ended/1", record="exams.entries", on="ended_on"):
    """The candidate was taken out of a paper."""

    paper: UUID
    ended_on: date
    reason: FreeText


class PaperSet(Fact, frozen=True, tag="exams.paper_set/1", record="exams.papers", on="set_on"):
    """A paper got its day and its time, or others than before."""

    series: str
    """Year and month, such as 2027-06."""
    board: str
    level: str
    """Code of the level of qualification, such as GCSE."""
    subject: str
    """Code of the subject where restrictions hang on it, such as ENG-LANG; else its name."""
    code: str
    """The board's own, such as 8300/1F."""
    title: str
    tags: tuple[str, ...]
    """What it tests, where an arrangement may depend on it: tests_reading, tests_practical_skill."""
    sits_on: date
    session: str
    """AM or PM."""
    start_minutes: int
    """Minutes after midnight."""
    length_minutes: int
    set_on: date
