"""What is given to whoever asked: whose records, which parts, and read by two before it goes out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.audit.reasons import REASONS
from core.command import Command, decides, one_of
from core.disposal.standing import kinds
from core.errors import Refused
from core.requests.commands.clock import Words, for_data, on_its_day, open_still
from core.requests.facts import (
    Outcome,
    PackSealed,
    PartsDecided,
    PeopleNamed,
    RecordLeftOut,
    RequestAnswered,
    SecondRead,
)
from core.requests.views import Request, request
from core.roll.people import is_somebody

if TYPE_CHECKING:
    from core.desk import Desk

MOST_PEOPLE = 20
"""Records that are gathered for one person."""
_PART = re.compile(r"by|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9]{1,2}")


class NamePeople(Command, frozen=True):
    """Say whose records are gathered, where it is about no pupil; see `PeopleNamed`."""

    people: tuple[UUID, ...]


class DecideParts(Command, frozen=True):
    """Decide for parts of what is kept whether they are given; see `PartsDecided`."""

    parts: Annotated[dict[str, str], Meta(max_length=2000)]


class LeaveOut(Command, frozen=True):
    """Hold back a whole class of record, or give it after all."""

    record: Annotated[str, Meta(title="the record", max_length=80)]
    code: str = ""
    """Why; empty: it is given."""


class ReadSecond(Command, frozen=True):
    """Read, as a second person, what is to be given."""

    remarks: Annotated[str, Meta(max_length=2000)] = ""
    digest: str = ""


class SealPack(Command, frozen=True):
    """Make what two have read into a pack."""

    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    digest: str
    entries: int
    withheld: int


class AnswerRequest(Command, frozen=True):
    """Answer it."""

    answered_on: Annotated[date, Meta(title="the day they were answered")]
    outcome: Annotated[Outcome, Meta(title="what came of it")]
    words: Annotated[Words, Meta(title="what was given and held back")]


@decides(NamePeople, given={"known": request}, about="itself", needs="export", by_name=False)
def name_people(command: NamePeople, known: Request | None, today: date, desk: Desk) -> PeopleNamed:
    """Only whoever may give records out is told who works here or has applied."""
    one = for_data(known)
    if one.pupil:
        raise Refused("This is about a pupil.", code="of_a_pupil")
    if len(command.people) > MOST_PEOPLE:
        raise Refused(f"Choose {MOST_PEOPLE} records at most.", code="too_many", field="people")
    if not all(desk.academy and is_somebody(desk.building, desk.academy, key) for key in command.people):
        raise Refused("One of these is not kept here any more. Look again.", code="nobody", field="people")
    if set(command.people) == set(one.people):
        raise Refused("Nothing was changed.", code="nothing", field="people")
    return PeopleNamed(today, desk.person_id, tuple(dict.fromkeys(command.people)))


@decides(DecideParts, given={"known": request}, about="itself", by_name=False)
def decide_parts(command: DecideParts, known: Request | None, today: date, desk: Desk) -> PartsDecided:
    one = for_data(known)
    for key, code in command.parts.items():
        if not _PART.fullmatch(key) or (code and code not in REASONS):
            raise Refused("Choose a reason from the list.", code="no_reason", field=key)
    changed = {key: code for key, code in command.parts.items() if one.parts.get(key, "") != code}
    if not changed:
        raise Refused("Nothing was changed.", code="nothing")
    return PartsDecided(today, desk.person_id, changed)


@decides(LeaveOut, given={"known": request}, about="itself", by_name=False)
def leave_out(command: LeaveOut, known: Request | None, today: date, desk: Desk) -> RecordLeftOut:
    one = for_data(known)
    if command.code and command.code not in REASONS:
        raise Refused("Choose a reason from the list.", code="no_reason", field="code")
    one_of(command.record, kinds(desk), "record", "a record")
    if one.left_out.get(command.record, "") == command.code:
        raise Refused("Nothing was changed.", code="nothing", field="code")
    return RecordLeftOut(today, desk.person_id, command.record, command.code)


@decides(ReadSecond, given={"known": request}, about="itself", by_name=False)
def read_second(command: ReadSecond, known: Request | None, today: date, desk: Desk) -> SecondRead:
    one = for_data(known)
    _by_another(one, desk)
    if one.subjects and not command.digest:
        raise Refused("Gather what is kept of them, and read that.", code="not_gathered")
    return SecondRead(today, desk.person_id, command.remarks, command.digest)


@decides(SealPack, given={"known": request}, about="itself", by_name=False)
def seal_pack(command: SealPack, known: Request | None, today: date, desk: Desk) -> PackSealed:
    """What goes out is what a second person read: just that, and not made by them."""
    one = for_data(known)
    _by_another(one, desk)
    if one.waits_for_proof:
        raise Refused("It is not shown yet who asks.", code="no_proof")
    if one.read_by in (None, desk.person_id):
        raise Refused("A second person must have read what goes out; not you.", code="not_read")
    if one.digest != command.digest:
        raise Refused("Something was recorded or decided since it was read. It is read again first.", code="moved")
    return PackSealed(today, desk.person_id, command.sha256, command.entries, command.withheld)


@decides(AnswerRequest, given={"known": request}, about="itself")
def answer_request(command: AnswerRequest, known: Request | None, today: date, desk: Desk) -> RequestAnswered:
    """What goes out was read by a second person: not by whoever sends it."""
    one = open_still(known)
    _by_another(one, desk)
    on_its_day(command.answered_on, one, today, "answered_on")
    if one.waits_for_proof and command.outcome != "refused":
        raise Refused("It is not shown yet who asks.", code="no_proof")
    if one.is_for_data and one.read_by in (None, desk.person_id):
        raise Refused("A second person must have read what goes out; not you.", code="not_read")
    if one.gives_something and command.outcome != "refused" and not one.pack:
        raise Refused("Make the pack of what was read first: that is what they are given.", code="no_pack")
    on_its_day(command.answered_on, one, today, "answered_on", since=one.read_on or one.clock.proved_on)
    return RequestAnswered(command.answered_on, command.outcome, desk.person_id, command.words)


def _by_another(one: Request, desk: Desk) -> None:
    """Nobody reads or gives out their own file."""
    if desk.person_id in one.subjects:
        raise Refused("This is about you. Somebody else does it.", code="own_file")
