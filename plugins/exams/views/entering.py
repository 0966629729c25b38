"""What stands against a list of entries: numbers that cannot be right, or that two share, and papers told twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from core.law import Finding

from ..rules import Candidacy, Outcome, candidate_number_state, number_duplicates, uci_state
from .entries import Candidate, Entry, Paper, paper_id

_TOLD = {
    "sits_on": "day",
    "start_minutes": "start",
    "length_minutes": "length",
    "title": "title",
    "level": "qualification",
    "subject": "subject",
    "tags": "tests",
}
"""In what a paper told twice may differ, in words; its session follows from its start."""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one entry, or doubtful."""

    at: int
    """Its place in the list, from 0."""
    finding: Finding
    beside: int | None = None
    """Place of the entry it does not agree with; None where it is wrong by itself, or with what is on record."""


def faults(
    entries: Sequence[Entry], centre: str, known: Mapping[UUID, Candidate], papers: Mapping[UUID, Paper]
) -> list[Fault]:
    """What is wrong with entries of one centre, in their order.

    A candidate number belongs to one candidate of a centre in a series; numbers on record count for whoever is not in
    the list.

    Args:
        known: Every candidate on record.
        papers: Every paper on record.
    """
    return list(_Looking(entries, centre, known, papers).faults())


class _Looking:
    """One list on its way: who was first to have a number, and how a paper was told first."""

    def __init__(
        self, entries: Sequence[Entry], centre: str, known: Mapping[UUID, Candidate], papers: Mapping[UUID, Paper]
    ) -> None:
        self._entries = entries
        self._centre = centre
        listed = {one.pupil for one in entries}
        self._taken = {
            (papers[key].series, one.number)
            for subject, one in known.items()
            if subject not in listed and one.centre == centre
            for key in papers.keys() & one.papers
        }
        self._first: dict[UUID, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._ucis: dict[str, int] = {}
        self._uci_of: dict[UUID, int] = {}
        self._papers: dict[UUID, int] = {}

    def faults(self) -> Iterator[Fault]:
        for at, one in enumerate(self._entries):
            yield from self._of_candidate(at, one)
            yield from self._of_uci(at, one)
            yield from self._of_number(at, one)
            yield from self._of_paper(at, one.paper)

    def _of_candidate(self, at: int, one: Entry) -> Iterator[Fault]:
        yield from _said(at, candidate_number_state(one.number), "number")
        first = self._first.setdefault(one.pupil, at)
        before = self._entries[first].number
        if before != one.number:
            says = f"This candidate has the number {before} as well. Keep one of the two."
            yield _wrong(at, "two_numbers", says, "number", first)

    def _of_uci(self, at: int, one: Entry) -> Iterator[Fault]:
        if not one.uci:
            return
        yield from _said(at, uci_state(one.uci), "uci")
        first = self._ucis.setdefault(one.uci, at)
        if self._entries[first].pupil != one.pupil:
            yield _wrong(at, "uci_twice", "Another candidate has this UCI. Look up whose it is.", "uci", first)
        first = self._uci_of.setdefault(one.pupil, at)
        if self._entries[first].uci != one.uci:
            says = "This candidate has another UCI as well. Look up which is right."
            yield _wrong(at, "two_ucis", says, "uci", first)

    def _of_number(self, at: int, one: Entry) -> Iterator[Fault]:
        key = (one.paper.series, one.number)
        first = self._numbers.setdefault(key, at)
        if self._entries[first].pupil == one.pupil and key not in self._taken:
            return
        twice = number_duplicates((Candidacy(self._centre, *key),) * 2)[0]
        beside = None if key in self._taken else first
        says = twice.says if beside is not None else f"{twice.says} A candidate on record has it, who is not listed."
        yield _wrong(at, twice.code, says, "number", beside)

    def _of_paper(self, at: int, paper: Paper) -> Iterator[Fault]:
        first = self._papers.setdefault(paper_id(paper), at)
        before = self._entries[first].paper
        if differs := [name for name in _TOLD if getattr(before, name) != getattr(paper, name)]:
            called = " and ".join(_TOLD[name] for name in differs)
            says = f"{paper.code} is listed with another {called} as well. A paper has one: correct the rows."
            yield _wrong(at, "paper_twice", says, differs[0], first)


def _said(at: int, said: Outcome, field: str) -> Iterator[Fault]:
    """What a rule says against it: an error where it blocks, else a warning."""
    if said.level != "OK":
        yield Fault(at, Finding("error" if said.level == "BLOCK" else "warning", said.code, said.says, field))


def _wrong(at: int, code: str, says: str, field: str, beside: int | None) -> Fault:
    return Fault(at, Finding("error", code, says, field), beside)
