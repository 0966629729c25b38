"""The rows of a timetable, read against the pupils here: entries, and what is wrong with each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.law import Finding, errors
from core.roll import rules as roll
from core.roll.reading import Headings, ListRead, RowFinding, Table, formula_findings, list_sheet, row_findings
from core.roll.sheets import Row, Sheet
from core.roll.views import Pupil, pupil

from ..views import Candidate, Entry, Fault, Paper, candidate, faults, paper
from .cells import board_in, level_in, minutes_in, number_in, series_in, start_in, subject_in, tags_in, uci_in
from .columns import ENTRY_COLUMNS

if TYPE_CHECKING:
    from core.desk import Desk

MOST_ROWS = 20_000
_NOON = 12 * 60
_LONGEST = 100  # characters of a board, a subject, a code or a title
_LABELS = {column.name: column.label for column in ENTRY_COLUMNS}


class Read(ListRead, frozen=True):
    """What a timetable says."""

    entries: tuple[Entry, ...]
    """Of the rows that can be read, in the order of the file."""
    centre: str


def entry_sheet(content: bytes, filename: str) -> Table:
    """The table in an uploaded timetable, as `list_sheet` has it; a row says who it is by UPN or by number."""

    def also(mapping: Headings) -> list[str]:
        return [] if {"upn", "number"} & set(mapping) else ["UPN"]

    return list_sheet(content, filename, ENTRY_COLUMNS, MOST_ROWS, also)


def read_entries(desk: Desk, sheet: Sheet, mapping: Sequence[str | None], centre: str) -> Read:
    """Reads a timetable of one centre; nothing is recorded by it."""
    reading = _Reading(desk, mapping, centre)
    for row in sheet.rows:
        reading.take(row)
    return reading.read(len(sheet.rows))


class _Reading:
    """One timetable on its way."""

    def __init__(self, desk: Desk, mapping: Sequence[str | None], centre: str) -> None:
        self._desk = desk
        self._places = {name: at for at, name in enumerate(mapping) if name}
        self._centre = centre
        self._pupils: dict[UUID, Pupil] = desk.see_all(pupil)
        self._by_upn = {one.upn: key for key, one in self._pupils.items()}
        self._known: dict[UUID, Candidate] = desk.log.see_all(candidate)
        self._taken: list[tuple[Row, Entry]] = []
        self._findings: list[RowFinding] = []
        self._rows_of: dict[tuple[UUID, str, str, str], int] = {}

    @cached_property
    def _by_number(self) -> dict[str, list[UUID]]:
        """Who has a number at this centre; whoever is on roll before anybody who has left."""
        found: dict[str, list[UUID]] = {}
        for subject, one in self._known.items():
            who = self._pupils.get(subject)
            if who is not None and one.centre == self._centre and who.is_on_roll(self._desk.today):
                found.setdefault(one.number, []).append(subject)
        return found

    def take(self, row: Row) -> None:
        cells = {name: row.cells[at].strip() for name, at in self._places.items()}
        said = [Finding("error", "shifted", row.problem, "")] if row.problem else []
        subject, found = self._subject(cells)
        told, wrong = paper_in(cells)
        said += [*found, *wrong]
        if subject is not None and told is not None:
            number = number_in(cells.get("number", "")) or self._known.get(subject, Candidate()).number
            if not number:
                says = "There is no candidate number, neither here nor on record. Add it."
                said.append(Finding("error", "no_number", says, "number"))
            elif not errors(said):
                entry = Entry(subject, number, uci_in(cells.get("uci", "")), told)
                said += self._again(row, entry)
                self._taken.append((row, entry))
        said += formula_findings(cells.values())
        self._note(row, said)

    def read(self, rows: int) -> Read:
        """All of it, once every row was taken."""
        entries = tuple(entry for _, entry in self._taken)
        for fault in faults(entries, self._centre, self._known, self._desk.log.see_all(paper)):
            self._note(self._taken[fault.at][0], [self._placed(fault)])
        findings = sorted(self._findings, key=lambda one: (one.line, one.level))
        refused = {one.line for one in findings if one.level == "error"}
        good = tuple(entry for row, entry in self._taken if row.line not in refused)
        return Read(tuple(findings), rows, good, self._centre)

    def _subject(self, cells: Mapping[str, str]) -> tuple[UUID | None, list[Finding]]:
        """Whose row it is: by UPN; without one, by a candidate number on record."""
        upn = roll.upn_from(cells.get("upn", ""))
        if upn:
            subject = self._by_upn.get(upn)
            if subject is None:
                wrong = [one.says for one in roll.upn_findings(upn) if one.level == "error"]
                says = wrong[0] if wrong else "No pupil here has this UPN. Import the roll first, or correct it."
                return None, [Finding("error", "unknown_pupil", says, "upn")]
            who = self._pupils[subject]
            if who.is_on_roll(self._desk.today):
                return subject, []
            return subject, [
                Finding("warning", "has_left", "This pupil has left. Look whether the entry stands.", "upn")
            ]
        number = number_in(cells.get("number", ""))
        having = self._by_number.get(number, [])
        if len(having) == 1:
            return having[0], []
        says = "There is no UPN, and this candidate number is nobody's on record. Add the UPN."
        return None, [Finding("error", "unknown_pupil", says, "upn")]

    def _again(self, row: Row, entry: Entry) -> list[Finding]:
        """A doubt about a row that says what an earlier one said."""
        key = (entry.pupil, entry.paper.series, entry.paper.board, entry.paper.code)
        first = self._rows_of.setdefault(key, row.line)
        if first == row.line:
            return []
        return [Finding("warning", "row_twice", f"The same entry stands on line {first}. It is taken once.", "code")]

    def _placed(self, fault: Fault) -> Finding:
        """What is wrong, with the line it does not agree with."""
        if fault.beside is None:
            return fault.finding
        line = self._taken[fault.beside][0].line
        return msgspec.structs.replace(fault.finding, says=f"{fault.finding.says} See line {line}.")

    def _note(self, row: Row, said: Sequence[Finding]) -> None:
        self._findings += row_findings(row, said)


def paper_in(cells: Mapping[str, str]) -> tuple[Paper | None, list[Finding]]:
    """The paper a row tells; None with everything that stands against it."""
    said = [_empty(name) for name in ("board", "subject", "code") if not cells[name]]
    said += [_long(name) for name in ("board", "subject", "code", "title") if len(cells.get(name, "")) > _LONGEST]
    series, level = series_in(cells["series"]), level_in(cells["level"])
    day, start, minutes = roll.uk_date(cells["sits_on"]), start_in(cells["start"]), minutes_in(cells["minutes"])
    tags, odd = tags_in(cells.get("tests", ""))
    said += [
        _unread(name, such)
        for name, value, such in (
            ("series", series, "a series such as June 2027 or 2027-06"),
            ("level", level, "a qualification such as GCSE, AS, A level, Level 2 or Level 3"),
            ("sits_on", day, "a day such as 10/05/2027"),
            ("start", start, "a time such as 09:00 or 13:30"),
            ("minutes", minutes, "a whole number of minutes from 1 to 600"),
        )
        if value is None
    ]
    if odd:
        says = f"No rule looks at {', '.join(odd)}: left out. What counts is reading and practical."
        said.append(Finding("warning", "unknown_tag", says, "tests"))
    if errors(said) or series is None or level is None or day is None or start is None or minutes is None:
        return None, said
    code, subject = "".join(cells["code"].split()).upper(), subject_in(cells["subject"])
    title = " ".join(cells.get("title", "").split()) or f"{' '.join(cells['subject'].split())} {code}"
    told = Paper(
        series, board_in(cells["board"]), level, subject, code, title, tags, day, _session(start), start, minutes
    )
    return told, said


def _session(start: int) -> str:
    return "AM" if start < _NOON else "PM"


def _empty(name: str) -> Finding:
    return Finding("error", "empty", f"{_LABELS[name]} is empty. Fill it in.", name)


def _long(name: str) -> Finding:
    return Finding("error", "too_long", f"{_LABELS[name]} has more than {_LONGEST} characters. Shorten it.", name)


def _unread(name: str, such: str) -> Finding:
    return Finding("error", f"no_{name}", f"{_LABELS[name]} is not {such}. Correct it.", name)
