"""Pupils and staff, as last told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.roll.facts import PupilDetailsChanged, PupilEnrolled, PupilLeft, StaffJoined, StaffLeft
from events import Fact, Log, folds

YEARS = ("N1", "N2", "R", *map(str, range(1, 15)), "X")


class Pupil(msgspec.Struct, frozen=True):
    """A pupil; on roll until `left_on`."""

    upn: str
    surname: str
    forename: str
    born_on: date
    year: str
    form: str
    entered_on: date
    left_on: date | None = None

    @property
    def name(self) -> str:
        """As a list shows it: surname first."""
        return f"{self.surname}, {self.forename}"

    @property
    def full_name(self) -> str:
        return f"{self.forename} {self.surname}"

    def is_on_roll(self, day: date) -> bool:
        return self.left_on is None or day <= self.left_on


class Staff(msgspec.Struct, frozen=True):
    """A member of staff."""

    name: str
    job: str
    form: str
    joined_on: date
    left_on: date | None = None


def with_upn(pupils: Mapping[UUID, Pupil], upn: str) -> UUID | None:
    """Which of these pupils has a UPN, however it was typed; None when none has."""
    wanted = upn.replace(" ", "").upper()
    return next((key for key, one in pupils.items() if one.upn == wanted), None)


@folds("core.identity")
def pupil(known: Pupil | None, fact: Fact) -> Pupil | None:
    """The pupil; None for someone who never was one here."""
    match fact:
        case PupilEnrolled(upn, surname, forename, born_on, year, form, entered_on):
            return Pupil(upn, surname, forename, born_on, year, form, entered_on)
        case PupilDetailsChanged() if known:
            told = msgspec.structs.asdict(fact)
            told.pop("changed_on")
            return msgspec.structs.replace(known, **{name: value for name, value in told.items() if value is not None})
        case PupilLeft(left_on) if known:
            return msgspec.structs.replace(known, left_on=left_on)
    return known


@folds("core.identity")
def staff(known: Staff | None, fact: Fact) -> Staff | None:
    """The member of staff; None for someone who never was one here."""
    match fact:
        case StaffJoined(name, job, form, joined_on):
            return Staff(name, job, form, joined_on)
        case StaffLeft(left_on) if known:
            return msgspec.structs.replace(known, left_on=left_on)
    return known


def year_order(year: str) -> int:
    """Where a year stands in a list of years."""
    return YEARS.index(year) if year in YEARS else len(YEARS)


def tutor_group(log: Log, person: UUID) -> frozenset[UUID]:
    """Pupils of the form a member of staff is tutor of; nobody for anyone else."""
    who = log.see(staff, person)
    if who is None or not who.form:
        return frozenset()
    return frozenset(subject for subject, one in log.see_all(pupil).items() if one.form == who.form)
