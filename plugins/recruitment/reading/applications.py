"""A list of applications, as a recruitment system or a mailbox turned into a spreadsheet gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from core.errors import Refused
from core.law import Finding, errors
from core.roll.columns import plain
from core.roll.importing import digest
from core.roll.reading import ListRead, RowFinding, Table, formula_findings, list_sheet, row_findings
from core.roll.rules import uk_date
from core.roll.sheets import Row, Sheet
from events import New

from ..commands import EnterApplication, new_applications
from ..facts import Job, Referee, Schooling
from ..views import applicant_id, applications, known_people
from .application_columns import APPLICATION_COLUMNS, COURSES, JOBS, REFEREES

if TYPE_CHECKING:
    from core.desk import Desk

MOST_ROWS = 500
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}
_AWARDS = {
    "none": ("", "no", "none", "n"),
    "studying": ("studying", "workingtowards", "inprogress", "enrolled"),
    "nasenco": ("nasenco", "nationalaward", "nasc", "nationalawardforsencoordination", "yes"),
    "npq": ("npq", "npqsenco", "npqforsencos", "npqsen"),
}
_MEANT = {word: code for code, words in _AWARDS.items() for word in words}


class Read(ListRead, frozen=True):
    """What a list of applications says."""

    commands: tuple[EnterApplication, ...]
    """Of the rows that can be read, in the order of the file."""


class Comparison(msgspec.Struct, frozen=True):
    """What would be recorded; nothing is recorded by making one."""

    read: Read
    facts: tuple[New, ...]

    @property
    def digest(self) -> str:
        return digest(self.facts)


def application_sheet(content: bytes, filename: str) -> Table:
    """The table in an uploaded list of applications, as `list_sheet` has it."""
    return list_sheet(content, filename, APPLICATION_COLUMNS, MOST_ROWS)


def compare_applications(desk: Desk, vacancy: UUID, sheet: Sheet, mapping: Sequence[str | None]) -> Comparison:
    """What the rows that can be read would add."""
    read = _Reading(desk, vacancy, mapping).read(sheet)
    return Comparison(read, tuple(new_applications(read.commands, desk)))


class _Reading:
    """One list on its way."""

    def __init__(self, desk: Desk, vacancy: UUID, mapping: Sequence[str | None]) -> None:
        self._desk = desk
        self._vacancy = vacancy
        self._places = {name: at for at, name in enumerate(mapping) if name}
        self._lines: dict[UUID, int] = {}
        self._known = known_people(desk)

    def read(self, sheet: Sheet) -> Read:
        findings: list[RowFinding] = []
        taken: list[EnterApplication] = []
        for row in sheet.rows:
            command, said = self._row(row)
            findings += row_findings(row, said)
            if command is not None and not errors(said):
                taken.append(command)
        return Read(tuple(findings), len(sheet.rows), tuple(taken))

    def _row(self, row: Row) -> tuple[EnterApplication | None, list[Finding]]:
        cells = {name: row.cells[at].strip() for name, at in self._places.items()}
        said = [Finding("error", "shifted", row.problem)] if row.problem else []
        said += formula_findings(cells.values())
        told = _Cells(cells, said)
        fields = self._fields(told)
        if errors(said):
            return None, said
        try:
            command = msgspec.convert(fields, EnterApplication)
        except msgspec.ValidationError as error:
            return None, [*said, Finding("error", "unfit", f"A cell does not fit: {error}. Correct it.")]
        return command, [*said, *self._against(row, command)]

    def _fields(self, told: _Cells) -> dict[str, Any]:
        plain_ones = ("former_names", "phone", "address", "ni_number", "trn", "relations", "statement")
        return {
            "vacancy": self._vacancy,
            **{
                name: told.needed(name, label)
                for name, label in (("surname", "surname"), ("forename", "forename"), ("email", "e-mail address"))
            },
            "made_on": told.day("made_on") or self._desk.today,
            "born_on": told.day("born_on"),
            "qts": told.yes("qts"),
            "award": told.award(),
            "own_form": told.yes("own_form") if told.cells.get("own_form") else True,
            "jobs": told.jobs(),
            "schooling": told.courses(),
            "referees": told.referees(),
            **{name: told.cells.get(name, "") for name in plain_ones},
        }

    def _against(self, row: Row, command: EnterApplication) -> list[Finding]:
        """What stands against an application beside what is recorded and what stood above it."""
        try:
            self._desk.would(command, UUID(int=0))
        except Refused as refusal:
            return [Finding("error", refusal.code, str(refusal), refusal.field)]
        name = (command.surname, command.forename, command.email, command.born_on)
        who = applicant_id(self._desk, *name, self._known)
        first = self._lines.setdefault(who, row.line)
        if first != row.line:
            return [Finding("error", "row_twice", f"The same person stands on line {first}. Take one of the two out.")]
        if command.vacancy in (self._desk.log.see(applications, who) or {}):
            return [Finding("warning", "known", "They have applied for this already: nothing is recorded for them.")]
        return []


class _Cells(msgspec.Struct, frozen=True):
    """One row's cells by column, and what is wrong with them so far."""

    cells: Mapping[str, str]
    said: list[Finding]

    def _wrong(self, name: str, says: str) -> None:
        self.said.append(Finding("error", "unreadable", says, name))

    def needed(self, name: str, label: str) -> str:
        text = self.cells.get(name, "")
        if not text:
            self._wrong(name, f"There is no {label}. Add it.")
        return text

    def day(self, name: str) -> date | None:
        """A day; None where the cell is empty, or with an error where it is none."""
        text = self.cells.get(name, "")
        found = uk_date(text) if text else None
        if text and found is None:
            self._wrong(name, f"{text} is not a day. Write it as 1/9/2026.")
        return found

    def yes(self, name: str) -> bool:
        text = plain(self.cells.get(name, ""))
        if text not in _YES | _NO:
            self._wrong(name, f"{self.cells[name]} is neither yes nor no. Write one of them.")
        return text in _YES

    def award(self) -> str:
        text = self.cells.get("award", "")
        code = _MEANT.get(plain(text))
        if code is None:
            self._wrong("award", f"{text} is no SENCO qualification we know. Write none, studying, NASENCO or NPQ.")
        return code or "none"

    def _filled(self, prefix: str, count: int) -> list[str]:
        """The beginnings of the names of those rows of the form that say something."""
        starts = [f"{prefix}_{at}_" for at in range(1, count + 1)]
        return [one for one in starts if any(text for name, text in self.cells.items() if name.startswith(one))]

    def _day_of(self, name: str, called: str) -> date:
        """A day that must be there; any day, with an error, where it is not."""
        found = self.day(name)
        if found is None and not self.cells.get(name):
            self._wrong(name, f"{called}. Add it.")
        return found or date.min

    def jobs(self) -> tuple[Job, ...]:
        return tuple(
            Job(
                self.cells.get(f"{one}employer", ""),
                self.cells.get(f"{one}title", ""),
                self._day_of(f"{one}from_on", "A job has no first day"),
                self.day(f"{one}until_by"),
                self.yes(f"{one}with_children"),
                self.cells.get(f"{one}reason_left", ""),
            )
            for one in self._filled("job", JOBS)
        )

    def courses(self) -> tuple[Schooling, ...]:
        found = []
        for one in self._filled("course", COURSES):
            from_on = self._day_of(f"{one}from_on", "A course has no first day")
            until_by = self._day_of(f"{one}until_by", "A course has no last day")
            place, award = (self.cells.get(f"{one}{name}", "") for name in ("place", "award"))
            found.append(Schooling(place, award, from_on, until_by))
        return tuple(found)

    def referees(self) -> tuple[Referee, ...]:
        return tuple(
            Referee(
                self.cells.get(f"{one}name", ""),
                self.cells.get(f"{one}organisation", ""),
                self.cells.get(f"{one}email", ""),
                self.cells.get(f"{one}phone", ""),
                self.yes(f"{one}last_employer"),
                self.yes(f"{one}with_children"),
            )
            for one in self._filled("referee", REFEREES)
        )
