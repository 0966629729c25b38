"""A school's own single central record, read against the one here: rows, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from core.law import Finding, errors
from core.roll.columns import plain
from core.roll.importing import digest
from core.roll.reading import Headings, ListRead, RowFinding, Table, formula_findings, list_sheet, row_findings
from core.roll.rules import uk_date
from core.roll.sheets import Row, Sheet
from core.wording import day as said_day
from events import New

from ..commands import RecordEntry, TakenTraining, taken_in
from ..facts import CheckRecorded, EngagementBegan, PersonNamed
from ..views import KnownPeople, known_people
from .record_cells import names_in, role_in
from .record_checks import TRAINING, checks_of
from .record_columns import RECORD_COLUMNS

if TYPE_CHECKING:
    from core.desk import Desk

__all__ = ["RECORD_COLUMNS", "Comparison", "Read", "RowFinding", "compare", "read_record", "record_sheet"]

MOST_ROWS = 5_000
_LONGEST = 100  # characters of a name, a title or whoever looked
_LABELS = {column.name: column.label for column in RECORD_COLUMNS}


class Read(ListRead, frozen=True):
    """What an old record says."""

    entries: tuple[RecordEntry, ...]
    """Of the rows that can be read, in the order of the file."""


class Comparison(msgspec.Struct, frozen=True):
    """What would be recorded; nothing is recorded by making one."""

    read: Read
    facts: tuple[New, ...]

    @property
    def digest(self) -> str:
        return digest(self.facts)

    def count(self, kind: type[PersonNamed | EngagementBegan | CheckRecorded]) -> int:
        return sum(isinstance(one.fact, kind) for one in self.facts)

    @property
    def undated(self) -> int:
        """Checks that the file says were made, and not when."""
        made = (one.fact for one in self.facts if isinstance(one.fact, CheckRecorded))
        return sum(one.checked_on is None and one.outcome != "awaiting" for one in made)


def record_sheet(content: bytes, filename: str) -> Table:
    """The table in an uploaded record, as `list_sheet` has it; a name may stand in one column or in two."""

    def also(mapping: Headings) -> list[str]:
        unnamed = "name" not in mapping and not {"surname", "forename"} <= set(mapping)
        needed = (["name"] if unnamed else []) + [name for name in ("title", "starts_on") if name not in mapping]
        return [_LABELS[name] for name in needed]

    return list_sheet(content, filename, RECORD_COLUMNS, MOST_ROWS, also)


def compare(desk: Desk, read: Read) -> Comparison:
    """What the rows that can be read would add."""
    return Comparison(read, tuple(taken_in(read.entries, desk.today, desk)))


def read_record(desk: Desk, sheet: Sheet, mapping: Sequence[str | None]) -> Read:
    """Reads an old record; nothing is recorded by it."""
    reading = _Reading(desk, mapping)
    for row in sheet.rows:
        reading.take(row)
    return Read(tuple(reading.findings), len(sheet.rows), tuple(reading.entries))


class _Reading:
    """One old record on its way."""

    def __init__(self, desk: Desk, mapping: Sequence[str | None]) -> None:
        self._today = desk.today
        self._places = {name: at for at, name in enumerate(mapping) if name}
        self._known: KnownPeople = known_people(desk)
        self._unborn: dict[tuple[str, str], int] = {}
        self.entries: list[RecordEntry] = []
        self.findings: list[RowFinding] = []

    def take(self, row: Row) -> None:
        cells = {name: " ".join(row.cells[at].split()) for name, at in self._places.items()}
        said = [_error("shifted", row.problem, "")] if row.problem else []
        left_on = uk_date(cells.get("left_on", ""))
        if left_on is not None and left_on < self._today:
            says = f"Left on {said_day(left_on)}: leavers do not stand on the record. Not taken over."
            self._note(row, [Finding("warning", "left", says, "left_on")])
            return
        entry, found = entry_in(cells, self._today)
        said += found
        if entry is not None:
            said += self._who(row, entry)
        said += formula_findings(cells.values())
        if entry is not None and not errors(said):
            self.entries.append(entry)
        self._note(row, said)

    def _who(self, row: Row, entry: RecordEntry) -> list[Finding]:
        """What stands against telling one person from another by a row without a date of birth."""
        if entry.born_on is not None:
            return []
        name = plain(entry.surname), plain(entry.forename)
        first = self._unborn.setdefault(name, row.line)
        if first != row.line:
            says = (
                f"Line {first} has this name too, and neither has a date of birth. Add it, so that nobody is mixed up."
            )
            return [_error("same_name", says, "born_on")]
        if self._known.called(entry.surname, entry.forename, with_birth=True):
            says = (
                "Somebody of this name is on the record with a date of birth. Add it here, to tell whether it is them."
            )
            return [_error("same_name", says, "born_on")]
        says = "No date of birth: at another academy they would stand as somebody else."
        return [Finding("warning", "no_birth", says, "born_on")]

    def _note(self, row: Row, said: Sequence[Finding]) -> None:
        self.findings += row_findings(row, said)


def entry_in(cells: Mapping[str, str], today: date) -> tuple[RecordEntry | None, list[Finding]]:
    """The engagement a row tells of; None with everything that stands against it."""
    surname, forename = cells.get("surname", ""), cells.get("forename", "")
    if not surname and not forename:
        surname, forename = names_in(cells.get("name", ""))
    title, starts_on = cells.get("title", ""), uk_date(cells.get("starts_on", ""))
    born_on = uk_date(cells.get("born_on", ""))
    said = [_error("no_name", "There is no surname or no forename. Fill in both.", "name")] * (
        not (surname and forename)
    )
    if not title:
        said.append(_error("no_title", "Role is empty. Fill it in.", "title"))
    if starts_on is None:
        said.append(_error("no_start", "Start date is not a day such as 01/09/2023. Correct it.", "starts_on"))
    if cells.get("born_on") and (born_on is None or born_on >= today):
        said.append(_error("no_birth", "Date of birth is not a day such as 14/03/1984. Correct it.", "born_on"))
    texts = (surname, forename, title, cells.get("employer", ""), cells.get("checked_by", ""))
    if any(len(text) > _LONGEST for text in texts):
        said.append(_error("too_long", f"A name or a title has more than {_LONGEST} characters. Shorten it.", ""))
    role = role_in(title)
    if role is None and title:
        says = f"{title} is not a kind of work we know: taken as other school staff. Change it afterwards if it is not."
        said.append(Finding("warning", "other_work", says, "title"))
    made, wrong = checks_of(role or "other_staff", cells, today)
    trained, wrong_too = _trained(cells, today)
    said += [*wrong, *wrong_too]
    if errors(said) or starts_on is None:
        return None, said
    checked_by, employer = cells.get("checked_by", ""), cells.get("employer", "")
    entry = RecordEntry(
        surname, forename, born_on, role or "other_staff", title, starts_on, employer, checked_by, made, trained
    )
    return entry, said


def _trained(cells: Mapping[str, str], today: date) -> tuple[tuple[TakenTraining, ...], list[Finding]]:
    """Training that has a day; what has none is left out and told."""
    found, said = [], []
    for course in TRAINING:
        cell = cells.get(course, "")
        day = uk_date(cell)
        if day is not None and day <= today:
            found.append(TakenTraining(course, day))
        elif cell:
            says = f"{_LABELS[course]} is no day in the past such as 01/09/2023: left out."
            said.append(Finding("warning", "no_training", says, course))
    return tuple(found), said


def _error(code: str, says: str, field: str) -> Finding:
    return Finding("error", code, says, field)
