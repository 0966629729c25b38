"""Somebody new on the record: one by one, or a whole record taken over from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused, Stale
from core.ids import uuid_for
from core.roll.importing import digest
from events import New

from ..codes import CHECKS, ROLES, ROUTES, standing
from ..facts import CheckRecorded, EngagementBegan, PersonNamed, TrainingTold
from ..views import Checks, Person, checks, known_people, person, person_id
from .people import Flags, Name, Short, fits, no_pupil

if TYPE_CHECKING:
    from core.desk import Desk

_COURSES = ("safeguarding", "safer_recruitment", "induction")
Title = Annotated[str, Meta(title="the title", min_length=1, max_length=100)]


class TakenCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """One check as an old record tells it."""

    check: str
    outcome: str
    checked_on: date | None = None
    checked_by: Annotated[str, Meta(max_length=100)] = ""
    evidence: Annotated[str, Meta(max_length=400)] = ""
    requested_on: date | None = None
    certificate_on: date | None = None
    number: Annotated[str, Meta(max_length=40)] = ""
    expires_on: date | None = None
    route: str = "seen"


class TakenTraining(Struct, frozen=True, forbid_unknown_fields=True):
    """Training as an old record tells it."""

    course: str
    done_on: date


class RecordEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of an old record: a person, their work, and the checks it tells of."""

    surname: Name
    forename: Name
    born_on: date | None
    role: str
    title: Title
    starts_on: date
    employer: Short = ""
    checked_by: Annotated[str, Meta(max_length=100)] = ""
    checks: Annotated[tuple[TakenCheck, ...], Meta(max_length=20)] = ()
    training: Annotated[tuple[TakenTraining, ...], Meta(max_length=10)] = ()


class AddPerson(Command, frozen=True):
    """Somebody is to work, help or govern here who is not on the record yet."""

    surname: Annotated[Name, Meta(title="the surname")]
    forename: Annotated[Name, Meta(title="the forename")]
    role: Annotated[str, Meta(title="the kind of work")]
    title: Title
    starts_on: Annotated[date, Meta(title="the first day")]
    born_on: Annotated[date | None, Meta(title="the date of birth")] = None
    former_names: Short = ""
    flags: Flags = ()
    employer: Short = ""


class TakeRecord(Command, frozen=True):
    """A single central record, as a file says and a person has looked through.

    `previewed` is the digest of what the person confirmed; empty to take it unseen.
    """

    entries: Annotated[tuple[RecordEntry, ...], Meta(min_length=1, max_length=10_000)]
    previewed: str = ""


@decides(AddPerson, given={"known": person}, about="itself")
def add_person(
    command: AddPerson, known: Person | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> list[PersonNamed | EngagementBegan]:
    no_pupil(subject, desk)
    if known is not None:
        says = "They are on the record here already. Begin another engagement on their own page."
        raise Refused(says, code="known", field="surname")
    not_ahead(command.born_on, today, "born_on")
    fits(command.role, command.flags, command.starts_on)
    named = PersonNamed(
        command.surname.strip(), command.forename.strip(), command.former_names.strip(), command.born_on, today
    )
    began = EngagementBegan(
        command_id, command.role, command.title, command.flags, command.employer, None, command.starts_on, today
    )
    return [named, began]


@decides(TakeRecord, checks_written=True, about="academy")
def take_record(command: TakeRecord, today: date, desk: Desk) -> list[New]:
    """What is new in it, and nothing else: a person, an engagement, a check; a date it does not give stays a gap."""
    for number, entry in enumerate(command.entries, start=1):
        _readable(entry, number, today)
    facts = taken_in(command.entries, today, desk)
    if command.previewed and digest(facts) != command.previewed:
        raise Stale(["The record has changed since this preview was made. Look at the new preview, then confirm."])
    if not facts:
        raise Refused("Everything in this file is recorded already.", code="no_change", field="file")
    return facts


def taken_in(entries: Sequence[RecordEntry], today: date, desk: Desk) -> list[New]:
    """The facts that rows of an old record add to what is recorded; none where all of it is."""
    known = known_people(desk)
    facts: dict[tuple[object, ...], New] = {}
    for entry in entries:
        subject = person_id(desk, known, entry.surname, entry.forename, entry.born_on)
        who, made = known.people.get(subject), desk.log.see(checks, subject) or Checks()
        for key, fact in (*_of_person(entry, subject, who, today), *_of_checks(entry, made, today, desk)):
            facts.setdefault((subject, *key), New(subject, fact))
    return list(facts.values())


_Keyed = Iterator[tuple[tuple[object, ...], PersonNamed | EngagementBegan | TrainingTold | CheckRecorded]]


def _of_person(entry: RecordEntry, subject: UUID, who: Person | None, today: date) -> _Keyed:
    if who is None or (who.told.born_on is None and entry.born_on is not None):
        former = who.told.former_names if who else ""
        yield ("named",), PersonNamed(entry.surname, entry.forename, former, entry.born_on, today)
    work = (entry.role, entry.title, entry.starts_on)
    begun = {(one.role, one.title, one.told.starts_on) for one in who.engagements.values()} if who else set()
    if work not in begun:
        engagement = uuid_for(subject, *work)
        began = EngagementBegan(engagement, entry.role, entry.title, (), entry.employer, None, entry.starts_on, today)
        yield ("began", *work), began
    for one in entry.training:
        done = who.trained.get(one.course) if who else None
        if done is None or done.done_on < one.done_on:
            yield ("trained", one.course, one.done_on), TrainingTold(one.course, one.done_on, today)


def _of_checks(entry: RecordEntry, made: Checks, today: date, desk: Desk) -> _Keyed:
    recorded = {_told(one) for one in made.recorded}
    for one in entry.checks:
        fact = CheckRecorded(
            one.check,
            one.outcome,
            one.checked_on,
            one.checked_by or entry.checked_by,
            one.evidence,
            one.requested_on,
            one.certificate_on,
            one.number,
            one.expires_on,
            one.route,
            entry.employer if one.route == "confirmed" else "",
            desk.person_id,
            today,
        )
        if _told(fact) not in recorded:
            yield ("check", *_told(fact)), fact


def _told(one: CheckRecorded) -> tuple[object, ...]:
    """What makes a check the same as another one."""
    return one.check, one.outcome, one.checked_on, one.certificate_on, one.expires_on, one.number


def _readable(entry: RecordEntry, number: int, today: date) -> None:
    """Refuses a row that no page could have typed."""
    where = f"Row {number}: "
    one_of(entry.role, standing(ROLES, entry.starts_on).value, "file", f"{where}the kind of work")
    not_ahead(entry.born_on, today, "file")
    for one in entry.checks:
        one_of(one.check, CHECKS.value, "file", f"{where}the check")
        if CHECKS.value[one.check].outcome(one.outcome) is None or one.check == "medical":
            raise Refused(f"{where}choose what came of a check from the list.", code="not_in_list", field="file")
        one_of(one.route, ROUTES, "file", f"{where}how a check was made")
        for day in (one.checked_on, one.requested_on, one.certificate_on):
            not_ahead(day, today, "file")
    for each in entry.training:
        one_of(each.course, _COURSES, "file", f"{where}the training")
        not_ahead(each.done_on, today, "file")
