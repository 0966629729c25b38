"""Numbers and entries: what is recorded of them, and what is refused by its code."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.command import Command
from core.errors import NotAllowed, Stale
from core.roll.facts import PupilLeft
from core.roll.importing import digest
from plugins.exams.commands import (
    EndEntry,
    NumberCandidate,
    TakeEntries,
    new_in,
)
from plugins.exams.facts import (
    CandidateNumbered,
    EntryEnded,
    EntryMade,
    PaperSet,
)
from plugins.exams.views import Entry, paper_id
from tests.core.house import House

from . import test_commands
from .doing import do, refusal
from .timetables import CENTRE, UCIS, desk_of, paper, year_11

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 16), date(2026, 11, 15), date(2026, 11, 17)


# Numbers and entries


def test_a_number_is_of_one_candidate_as_long_as_they_are_here(house: House) -> None:
    first, second = year_11(house)
    do(house, NumberCandidate(CENTRE, "0417"), first)
    assert refusal(house, NumberCandidate(CENTRE, "0417"), second) == "number_twice"
    do(house, NumberCandidate("54321", "0417"), second)  # another centre counts for itself
    house.tell(first, PupilLeft(YESTERDAY))
    assert do(house, NumberCandidate(CENTRE, "0417"), second)


def entry(subject: UUID, number: str = "0001", uci: str = "", **about: Any) -> Entry:
    return Entry(subject, number, uci, paper(**about))


def test_a_timetable_is_one_command_and_records_what_is_new_alone(house: House) -> None:
    first, second = year_11(house)
    entries = (entry(first), entry(second, "0002"), entry(first, code="8702/2"))
    facts = do(house, TakeEntries(CENTRE, entries), role="exams_officer")
    kinds = [type(fact) for fact in facts]
    assert [kinds.count(kind) for kind in (PaperSet, CandidateNumbered, EntryMade)] == [2, 2, 3]
    assert refusal(house, TakeEntries(CENTRE, entries)) == "no_change"
    more = (*entries[:2], entry(second, "0002", code="8702/2"), entry(first, uci=UCIS[0], code="8702/2"))
    again = do(house, TakeEntries(CENTRE, more), role="exams_officer")
    assert {type(fact) for fact in again} == {CandidateNumbered, EntryMade}
    assert len(again) == 2


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"number": "0000"}, "candidate_number"),
        ({"number": "0001"}, "number_twice"),
        ({"uci": "681990012058H"}, "uci_letter"),
        ({"start_minutes": 810}, "paper_twice"),
    ],
)
def test_a_timetable_with_one_fault_is_refused_whole(house: House, about: dict[str, Any], code: str) -> None:
    first, second = year_11(house)
    wrong = entry(second, **({"number": "0002"} | about))
    assert refusal(house, TakeEntries(CENTRE, (entry(first), wrong))) == code


def test_a_timetable_names_pupils_of_here(house: House) -> None:
    assert refusal(house, TakeEntries(CENTRE, (entry(uuid4()),))) == "unknown_pupil"


def test_a_preview_that_no_longer_holds_is_not_recorded(house: House) -> None:
    first, second = year_11(house)
    desk, entries = desk_of(house, "exams_officer"), (entry(first), entry(second, "0002"))
    shown = digest(new_in(CENTRE, entries, desk.today, desk))
    do(house, TakeEntries(CENTRE, entries[:1]), role="exams_officer")
    with pytest.raises(Stale):
        desk_of(house, "exams_officer").do(TakeEntries(CENTRE, entries, shown))
    desk = desk_of(house, "exams_officer")
    assert desk.do(TakeEntries(CENTRE, entries, digest(new_in(CENTRE, entries, desk.today, desk))))


def test_who_may_not_write_entries_takes_no_timetable(house: House) -> None:
    first, _ = year_11(house)
    for role in ("class_teacher", "head"):
        with pytest.raises(NotAllowed):
            desk_of(house, role).do(TakeEntries(CENTRE, (entry(first),)))


def test_a_candidate_is_taken_out_of_a_paper_once(house: House) -> None:
    first, _ = year_11(house)
    do(house, TakeEntries(CENTRE, (entry(first),)))
    command = EndEntry(paper_id(paper()), TODAY, "Withdrawn from the subject")
    assert refusal(house, EndEntry(paper_id(paper()), YESTERDAY, "Withdrawn"), first) == "before_entry"
    assert isinstance(do(house, command, first)[0], EntryEnded)
    assert refusal(house, command, first) == "no_entry"
    again = do(house, TakeEntries(CENTRE, (entry(first),)))
    assert [type(fact) for fact in again] == [EntryMade]


def test_every_command_of_the_plugin_is_decided_here_or_there(house: House) -> None:
    names = (globals() | vars(test_commands)).values()
    tried = {value for value in names if isinstance(value, type) and issubclass(value, Command)}
    decided = {decider.command for decider in house.building.plugins.manifests["exams"].deciders}
    assert decided == tried - {Command}
