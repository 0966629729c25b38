"""What a timetable would change, beside what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.roll.importing import digest
from events import New

from ..commands import new_in
from ..facts import CandidateNumbered, EntryMade, PaperSet
from ..views import Candidate, Paper, candidate, paper, paper_id
from .rows import Read

if TYPE_CHECKING:
    from core.desk import Desk


class Comparison(msgspec.Struct, frozen=True):
    """What would be recorded; nothing is recorded by making one."""

    read: Read
    facts: tuple[New, ...]
    papers: dict[UUID, Paper]
    """Every paper of the file, as the file has it."""
    new: list[UUID]
    """Papers that are not on record."""
    changed: dict[UUID, Paper]
    """Papers that would change, as they stand on record."""
    numbered: list[UUID]
    """Pupils who would get their first number."""
    renumbered: dict[UUID, tuple[Candidate, CandidateNumbered]]
    """Candidates whose numbers would change: as they stand, and as they would be."""
    entered: dict[UUID, list[UUID]]
    """For each paper, who would be newly entered."""

    @property
    def digest(self) -> str:
        return digest(self.facts)


def compare(desk: Desk, read: Read) -> Comparison:
    """What the rows that can be read would change."""
    facts = tuple(new_in(read.centre, read.entries, desk.today, desk))
    papers = {paper_id(one.paper): one.paper for one in read.entries}
    told = Comparison(read, facts, papers, [], {}, [], {}, {})
    for subject, fact in ((new.subject, new.fact) for new in facts):
        match fact:
            case PaperSet():
                stands = desk.log.see(paper, subject)
                if stands is None:
                    told.new.append(subject)
                else:
                    told.changed[subject] = stands
            case CandidateNumbered():
                known = desk.log.see(candidate, subject)
                if known is None or not known.number:
                    told.numbered.append(subject)
                else:
                    told.renumbered[subject] = (known, fact)
            case EntryMade(paper=key):
                told.entered.setdefault(key, []).append(subject)
    return told
