"""What is decided about candidates, their papers, and a timetable read from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused, Stale
from core.roll.importing import digest
from core.roll.views import pupil
from events import New

from ..codes import LONGEST
from ..facts import CandidateNumbered, EntryEnded, EntryMade, PaperSet
from ..rules import Outcome, candidate_number_state, uci_state
from ..views import Candidate, Entry, candidate, faults, paper, paper_id

if TYPE_CHECKING:
    from core.desk import Desk


Centre = Annotated[str, Meta(title="the centre number", pattern=r"^[0-9]{5}$", examples=["10234"])]


class NumberCandidate(Command, frozen=True):
    """The pupil's numbers at a centre."""

    centre: Centre
    number: Annotated[str, Meta(title="the candidate number")]
    uci: Annotated[str, Meta(title="the unique candidate identifier")] = ""


class TakeEntries(Command, frozen=True):
    """A timetable with its entries, as a file says and a person has looked through.

    `previewed` is the digest of what the person confirmed; empty to take it unseen.
    """

    centre: Centre
    entries: tuple[Entry, ...]
    previewed: str = ""


class EndEntry(Command, frozen=True):
    """The candidate is taken out of a paper."""

    paper: UUID
    ended_on: Annotated[date, Meta(title="the day")]
    reason: Annotated[str, Meta(title="why", min_length=1, max_length=400)]


@decides(NumberCandidate, given={"known": candidate})
def number_candidate(
    command: NumberCandidate, known: Candidate | None, today: date, subject: UUID, desk: Desk
) -> CandidateNumbered:
    """A number serves again once whoever had it has left."""
    _unless_blocked(candidate_number_state(command.number), "number")
    if command.uci:
        _unless_blocked(uci_state(command.uci), "uci")
    now = known or Candidate()
    if (now.centre, now.number, now.uci) == (command.centre, command.number, command.uci):
        raise Refused("These are the numbers recorded already.", code="no_change", field="number")
    for other, one in desk.log.see_all(candidate).items():
        if other != subject and (one.centre, one.number) == (command.centre, command.number):
            who = desk.log.see(pupil, other)
            if who is not None and who.is_on_roll(today):
                raise Refused("Another candidate of this centre has that number.", code="number_twice", field="number")
    return CandidateNumbered(command.centre, command.number, command.uci, today)


@decides(TakeEntries, checks_written=True, about="academy")
def take_entries(command: TakeEntries, today: date, desk: Desk) -> list[New]:
    """What is new in it, and nothing else: a paper's time, a candidate's numbers, an entry."""
    told = [entry.paper for entry in command.entries]
    if any(desk.log.see(pupil, one) is None for one in {entry.pupil for entry in command.entries}):
        raise Refused("A candidate in this list is not a pupil here.", code="unknown_pupil", field="file")
    if not all(0 <= one.start_minutes < 24 * 60 and 0 < one.length_minutes <= LONGEST for one in told):
        raise Refused("A paper in this list begins or ends when no paper can.", code="times", field="file")
    found = faults(command.entries, command.centre, desk.log.see_all(candidate), desk.log.see_all(paper))
    refuse_first((fault.finding for fault in found), field="file")
    facts = new_in(command.centre, command.entries, today, desk)
    if command.previewed and digest(facts) != command.previewed:
        says = "Entries or papers have changed since this preview was made. Look at the new preview, then confirm."
        raise Stale([says])
    if not facts:
        raise Refused("Everything in this file is recorded already.", code="no_change", field="file")
    return facts


def new_in(centre: str, entries: Sequence[Entry], today: date, desk: Desk) -> list[New]:
    """The facts that entries add to what is recorded; none where all of it is."""
    facts: list[New] = []
    papers = {paper_id(one.paper): one.paper for one in entries}
    for subject, told in papers.items():
        if desk.log.see(paper, subject) != told:
            facts.append(New(subject, PaperSet(**msgspec.structs.asdict(told), set_on=today)))
    wanted: dict[UUID, dict[UUID, Entry]] = {}
    for one in entries:
        wanted.setdefault(one.pupil, {})[paper_id(one.paper)] = one
    for subject, rows in wanted.items():
        now = desk.log.see(candidate, subject) or Candidate()
        number = next(iter(rows.values())).number
        uci = next((one.uci for one in rows.values() if one.uci), now.uci)
        if (now.centre, now.number, now.uci) != (centre, number, uci):
            facts.append(New(subject, CandidateNumbered(centre, number, uci, today)))
        facts += [New(subject, EntryMade(key, today)) for key in rows if key not in now.papers]
    return facts


@decides(EndEntry, given={"known": candidate})
def end_entry(command: EndEntry, known: Candidate | None, today: date) -> EntryEnded:
    not_ahead(command.ended_on, today, "ended_on")
    if known is None or command.paper not in known.papers:
        raise Refused("The candidate is not entered for that paper.", code="no_entry")
    if command.ended_on < known.papers[command.paper]:
        raise Refused("That is before the entry was made.", code="before_entry", field="ended_on")
    return EntryEnded(command.paper, command.ended_on, command.reason)


def _unless_blocked(said: Outcome, field: str) -> None:
    if said.level == "BLOCK":
        raise Refused(said.says, code=said.code, field=field)
