"""A roll export, read against the roll as it stands: what is new, what changed, what cannot be taken, and the facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.law import Finding, errors
from core.roll import rules
from core.roll.columns import PUPIL_COLUMNS, Column
from core.roll.facts import PupilDetailsChanged, PupilEnrolled, PupilLeft
from core.roll.identity import COMPARED, about, has_left, identity, left_day
from core.roll.reading import RowNote, formula_findings
from core.roll.rows import PupilRows, pupils
from core.roll.sheets import Sheet
from core.roll.views import pupil
from events import Fact, New

if TYPE_CHECKING:
    from core.desk import Desk


class Change(msgspec.Struct, frozen=True):
    """One thing that would be different: what it is, what it was, what it would be."""

    label: str
    old: str
    new: str


class Told(msgspec.Struct, frozen=True):
    """What a reader makes of one pupil's rows: facts, what they change, and what to say of single rows."""

    facts: list[Fact] = []
    changes: list[Change] = []
    rejected: list[RowNote] = []
    warned: list[RowNote] = []
    taken: bool = True
    """False: the pupil cannot be taken from these rows at all."""


class RollReader(msgspec.Struct, frozen=True):
    """A plugin's part in an import: its columns, and what it reads from one pupil's rows."""

    columns: tuple[Column, ...]
    read: Callable[[UUID, PupilRows], Told]


class PupilChange(msgspec.Struct, frozen=True):
    """A line of the preview."""

    pupil: UUID
    name: str
    upn: str
    about: str
    kind: str
    """new, changed, left."""
    changes: list[Change] = []


class Outcome(msgspec.Struct, frozen=True):
    """What an import would record; nothing is recorded by making one."""

    new: int
    changed: int
    unchanged: int
    left: int
    rejected: list[RowNote]
    warned: list[RowNote]
    listed: list[PupilChange]
    facts: list[New]

    @property
    def digest(self) -> str:
        return digest(self.facts)


def digest(facts: Iterable[New]) -> str:
    """Stands for facts a person was shown: a confirmation of a preview that no longer holds is noticed by it."""
    told = msgspec.json.encode([(new.subject, new.fact) for new in facts])
    return hashlib.sha256(told).hexdigest()[:32]


def readers(desk: Desk) -> list[RollReader]:
    """What each plugin that is on can read of a roll export."""
    return [answer for _, answer in desk.ask_all("roll_reader")]


def columns(of: Iterable[RollReader]) -> tuple[Column, ...]:
    return (*PUPIL_COLUMNS, *(column for reader in of for column in reader.columns))


def read_roll(
    desk: Desk,
    sheet: Sheet,
    mapping: Sequence[str | None],
    *,
    whole: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Reads a sheet against the roll.

    Args:
        mapping: For each column of the sheet, the name of ours it is; None for one that is not imported.
        whole: Whether the file holds the whole roll, so that whoever is not in it has left.
        progress: Told (pupils read, pupils in all) now and then.
    """
    reading = _Reading(desk, sheet, mapping)
    groups = pupils(sheet, mapping)
    for at, rows in enumerate(groups):
        reading.take(rows)
        if progress and at % 50 == 0:
            progress(at, len(groups))
    return reading.outcome(whole=whole)


class _Reading:
    """One import on its way."""

    def __init__(self, desk: Desk, sheet: Sheet, mapping: Sequence[str | None]) -> None:
        self._desk = desk
        self._today = desk.today
        self._mapping = mapping
        self._sheet = sheet
        self._readers = readers(desk)
        self._known = desk.see_all(pupil)
        self._by_upn = {one.upn: key for key, one in self._known.items()}
        self._elsewhere = _upns_elsewhere(desk)
        self._met: set[UUID] = set()
        self._facts: list[New] = []
        self._listed: list[PupilChange] = []
        self._counts = {"new": 0, "changed": 0, "unchanged": 0, "left": 0}
        self._rejected: list[RowNote] = []
        self._warned: list[RowNote] = []

    def take(self, rows: PupilRows) -> None:
        first = rows.lines[0]
        problem = rows.problem or next((row.problem for row in rows.lines if row.problem), None)
        values = rows.values
        said = identity(values, self._today)
        if problem or isinstance(said, str):
            self._reject(rows, problem or str(said))
            return
        known_id = self._by_upn.get(said.upn)
        if self._clashes(rows, said, known_id):
            return
        for row in rows.lines:
            self._note(row.line, row.record, formula_findings(row.cells))
        self._note(first.line, first.record, rules.upn_findings(said.upn))
        if values.get("year"):
            self._note(first.line, first.record, rules.nc_year_findings(values["year"]))
        if has_left(values):
            self._warn(first.line, first.record, "This pupil has left: not imported as current.")
            if known_id is not None:
                self._met.add(known_id)
                self._leave(known_id, left_day(values) or self._today)
            return
        subject = known_id or self._elsewhere.get(said.upn, (None,))[0]
        if subject is None:
            subject = self._desk.building.desk_store.new_id("pupil", said.upn)
        told = [reader.read(subject, rows) for reader in self._readers]
        for answer in told:
            self._rejected += answer.rejected
            self._warned += answer.warned
        self._met.add(subject)
        if not all(answer.taken for answer in told):
            return
        facts, changes = self._identity_facts(known_id, said)
        kind = "new" if known_id is None or self._known[known_id].left_on else "changed"
        for answer in told:
            facts += answer.facts
            changes += answer.changes
        self._keep(subject, said, kind, facts, changes)

    def outcome(self, *, whole: bool) -> Outcome:
        if whole:
            for subject, one in self._known.items():
                if subject not in self._met and one.is_on_roll(self._today):
                    self._leave(subject, self._today)
        counts = self._counts
        order = {"new": 0, "changed": 1, "left": 2}
        return Outcome(
            counts["new"],
            counts["changed"],
            counts["unchanged"],
            counts["left"],
            sorted(self._rejected, key=lambda note: note.line),
            sorted(self._warned, key=lambda note: note.line),
            sorted(self._listed, key=lambda line: (order[line.kind], line.name)),
            self._facts,
        )

    def _keep(self, subject: UUID, said: PupilEnrolled, kind: str, facts: list[Fact], changes: list[Change]) -> None:
        if not facts:
            self._counts["unchanged"] += 1
            return
        self._counts[kind] += 1
        self._listed.append(
            PupilChange(subject, f"{said.surname}, {said.forename}", said.upn, about(said), kind, changes)
        )
        self._facts += [New(subject, fact) for fact in facts]

    def _identity_facts(self, known_id: UUID | None, said: PupilEnrolled) -> tuple[list[Fact], list[Change]]:
        if known_id is None or self._known[known_id].left_on:
            return [said], []
        known = self._known[known_id]
        different = {
            name: getattr(said, name)
            for name in COMPARED
            if getattr(said, name) and getattr(said, name) != getattr(known, name)
        }
        if not different:
            return [], []
        changes = [Change(COMPARED[name], str(getattr(known, name)), str(value)) for name, value in different.items()]
        return [PupilDetailsChanged(self._today, **different)], changes

    def _clashes(self, rows: PupilRows, said: PupilEnrolled, known_id: UUID | None) -> bool:
        elsewhere = self._elsewhere.get(said.upn)
        if known_id is None and elsewhere is not None:
            if errors(rules.upn_clash_findings(said.born_on, (elsewhere[1],), dual=True)):
                self._reject(
                    rows,
                    "This UPN is at another academy of the trust too, with another date of birth. Check both.",
                )
                return True
            first = rows.lines[0]
            self._warn(
                first.line,
                first.record,
                "On roll at another academy of the trust too; the same child keeps one record id.",
            )
        return False

    def _leave(self, subject: UUID, day: date) -> None:
        one = self._known[subject]
        if one.left_on is None:
            self._counts["left"] += 1
            self._listed.append(PupilChange(subject, one.name, one.upn, about(one), "left"))
            self._facts.append(New(subject, PupilLeft(day)))

    def _reject(self, rows: PupilRows, why: str) -> None:
        self._rejected += [RowNote(row.line, row.record, row.problem or why) for row in rows.lines]
        known = self._by_upn.get(rules.upn_from(rows.values.get("upn", "")))
        if known is not None:
            self._met.add(known)  # a row that cannot be read does not say that its pupil has left

    def _warn(self, line: int, record: int, why: str) -> None:
        self._warned.append(RowNote(line, record, why))

    def _note(self, line: int, record: int, findings: Iterable[Finding]) -> None:
        self._warned += [RowNote(line, record, one.says) for one in findings if one.level == "warning"]


def _upns_elsewhere(desk: Desk) -> dict[str, tuple[UUID, date]]:
    """UPNs on roll at the trust's other academies: whose, and born when. For matching only; nothing of it is shown."""
    found: dict[str, tuple[UUID, date]] = {}
    for academy_id, academy in desk.academies.items():
        if academy_id != desk.academy_id:
            log = desk.building.academy_log(academy)
            found.update((one.upn, (key, one.born_on)) for key, one in log.see_all(pupil).items())
    return found
