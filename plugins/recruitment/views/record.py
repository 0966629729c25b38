"""The single central record: a row for each engagement of whoever works, helps or governs here now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.answers import Cell

from ..codes import APPEARS, CHECKS, ROLES, ROUTES, standing
from ..facts import CheckRecorded
from ..rules import RecordGap, is_shown, record_columns
from ..rules.record import Grade
from .clearing import File, gaps_in, is_regulated, on_record
from .people import Engagement

if TYPE_CHECKING:
    from core.desk import Desk

    from ..codes import Column


class RecordRow(msgspec.Struct, frozen=True):
    """One engagement on the record, and what is wrong with it."""

    subject: UUID
    engagement: UUID
    name: str
    role: str
    """A key of the table of roles."""
    title: str
    starts_on: date
    cells: tuple[Cell, ...]
    """One for each of `columns`."""
    gaps: tuple[RecordGap, ...]

    @property
    def worst(self) -> str:
        """major, minor, late, or "" where nothing is wrong."""
        levels = {gap.level for gap in self.gaps}
        return next((level for level in LEVELS if level in levels), "")


LEVELS: tuple[Grade, ...] = ("major", "minor", "late")


def columns(day: date) -> tuple[Column, ...]:
    """The columns of the record, without those that tell of health, or of what was found out about somebody."""
    return tuple(column for column in record_columns(day) if column.key not in {"medical", "online_search"})


def record_rows(desk: Desk, *, day: date | None = None) -> tuple[RecordRow, ...]:
    """Everybody on the record of this academy on a day, by name; none for whoever may not read the checks."""
    return tuple(row for row in rows_here(desk, day=day) if row.role not in LEFT_OUT)


def rows_here(desk: Desk, *, day: date | None = None) -> tuple[RecordRow, ...]:
    """As `record_rows`, and those besides whom the record leaves out: occasional volunteers, parents at an event."""
    on_day = day or desk.today
    shown = columns(on_day)
    rows = [
        _row(desk, shown, subject, file, one, on_day)
        for subject, file in on_record(desk).items()
        for one in file.person.engagements.values()
        if is_shown(one.ended_on, on_day)
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.title)))


LEFT_OUT = frozenset(role for role, appears in APPEARS.value.items() if appears == "no")
"""Roles that do not stand on the record."""


def role_of(one: Engagement, day: date) -> str:
    """The row of the table of checks that counts: regular help lifts a volunteer over the threshold."""
    if one.role == "volunteer_occasional" and is_regulated(one, day):
        return "volunteer_regular"
    return one.role


def _row(desk: Desk, shown: tuple[Column, ...], subject: UUID, file: File, one: Engagement, day: date) -> RecordRow:
    academy = desk.academy.name if desk.academy else ""
    cells = tuple(_cell(column, academy, file, one, day) for column in shown)
    title = one.title or standing(ROLES, day).value[one.role].title
    return RecordRow(
        subject,
        one.id,
        file.person.name,
        role_of(one, day),
        title,
        one.told.starts_on,
        cells,
        gaps_in(file, one, day),
    )


def _cell(column: Column, academy: str, file: File, one: Engagement, day: date) -> Cell:
    made = _MADE.get(column.key)
    if made is not None:
        return made(file, one)
    if column.key == "academy":
        return academy
    if column.key == "role":
        return one.title or standing(ROLES, day).value[one.role].title
    return _check_cell(file.checks.latest(column.check)) if column.check else ""


def _check_cell(told: CheckRecorded | None) -> Cell:
    """The day of a check; words where an old record gives none, or where it does not apply."""
    if told is None:
        return ""
    outcome = CHECKS.value[told.check].outcome(told.outcome)
    if outcome is not None and outcome.answers_no:
        return outcome.title
    if told.route == "within_dbs":
        return ROUTES["within_dbs"]
    return told.checked_on or "yes, no date"


def _dbs(file: File) -> CheckRecorded | None:
    return file.checks.latest("dbs")


def _dbs_made(file: File, _: Engagement) -> Cell:
    told = _dbs(file)
    if told is None:
        return ""
    return "awaited" if told.outcome == "awaiting" else told.certificate_on or told.checked_on or "yes, no date"


def _confirmed(file: File) -> list[CheckRecorded]:
    return [one for one in file.checks.recorded if one.route == "confirmed"]


def _references(file: File, _: Engagement) -> Cell:
    days = [one.told.received_on for one in file.checks.references.values()]
    return max(days) if days else _check_cell(file.checks.latest("references"))


def _trained(course: str) -> Callable[[File, Engagement], Cell]:
    def told(file: File, _: Engagement) -> Cell:
        done = file.person.trained.get(course)
        return done.done_on if done else ""

    return told


def _last_of(file: File, field: str) -> Cell:
    """Who looked last, or what was seen, over the statutory checks, each once."""
    words = [getattr(one, field) for one in file.checks.recorded if CHECKS.value[one.check].statutory]
    return "; ".join(dict.fromkeys(word for word in words if word))


def _updated(file: File, _: Engagement) -> Cell:
    days = [one.checked_on for one in file.checks.recorded if one.route == "update_service" and one.checked_on]
    return max(days) if days else ""


def _right_until(file: File, _: Engagement) -> Cell:
    told = file.checks.latest("right_to_work")
    return told.expires_on if told else ""


def _supply_confirmed(file: File, _: Engagement) -> Cell:
    days = [one.checked_on for one in _confirmed(file) if one.checked_on]
    return max(days) if days else ""


def _supply_seen(file: File, _: Engagement) -> Cell:
    told = _dbs(file)
    return "yes" if told and told.route == "confirmed" and told.evidence else ""


def _supply_certificate(file: File, _: Engagement) -> Cell:
    told = _dbs(file)
    return told.certificate_on if told and told.route == "confirmed" else ""


_MADE: dict[str, Callable[[File, Engagement], Cell]] = {
    "name": lambda file, _: file.person.name,
    "starts_on": lambda _, one: one.told.starts_on,
    "dbs_requested_on": lambda file, _: told.requested_on if (told := _dbs(file)) else "",
    "dbs": _dbs_made,
    "dbs_number": lambda file, _: told.number if (told := _dbs(file)) else "",
    "supply_confirmed_on": _supply_confirmed,
    "supply_certificate_seen": _supply_seen,
    "supply_certificate_on": _supply_certificate,
    "checked_by": lambda file, _: _last_of(file, "checked_by"),
    "evidence": lambda file, _: _last_of(file, "evidence"),
    "update_service_on": _updated,
    "references": _references,
    "safeguarding_training": _trained("safeguarding"),
    "safer_recruitment_training": _trained("safer_recruitment"),
    "induction": _trained("induction"),
    "right_to_work_expires_on": _right_until,
}
