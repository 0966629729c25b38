"""What is decided when applications come, one by one or in a list, and when a gap in a history is explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import NotAllowed, Refused, Stale
from core.roll.importing import digest
from core.roll.views import pupil
from events import Document, New

from ...facts import ApplicationEntered, GapExplained, Job, Referee, Schooling
from ...rules import form_findings
from ...views import Application, Vacancy, applicant_id, applications, known_people, next_number, vacancy

if TYPE_CHECKING:
    from core.desk import Desk

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Short = Annotated[str, Meta(max_length=400)]
Words = Annotated[str, Meta(max_length=4000)]


class EnterApplication(Command, frozen=True):
    """An application came, on the trust's form."""

    vacancy: Annotated[UUID, Meta(title="the vacancy")]
    surname: Annotated[Name, Meta(title="the surname")]
    forename: Annotated[Name, Meta(title="the forename")]
    email: Annotated[str, Meta(title="the e-mail address", max_length=200)]
    made_on: Annotated[date, Meta(title="the day it came")]
    qts: Annotated[bool, Meta(title="whether they are a qualified teacher")]
    award: Annotated[Literal["none", "studying", "nasenco", "npq"], Meta(title="the SENCO qualification")]
    own_form: Annotated[bool, Meta(title="whether it is on the trust's form")]
    statement: Words = ""
    former_names: Short = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    address: Short = ""
    ni_number: Annotated[str, Meta(max_length=20, title="the National Insurance number")] = ""
    trn: Annotated[str, Meta(pattern=r"^(\d{2}/?\d{5})?$", title="the teacher reference number")] = ""
    born_on: Annotated[date | None, Meta(title="the date of birth")] = None
    jobs: Annotated[tuple[Job, ...], Meta(max_length=60)] = ()
    schooling: Annotated[tuple[Schooling, ...], Meta(max_length=40)] = ()
    referees: Annotated[tuple[Referee, ...], Meta(max_length=10)] = ()
    relations: Words = ""
    document: Document | None = None


class TakeApplications(Command, frozen=True):
    """The applications of a list for one vacancy, as a person has looked them through: all of them, or none.

    `previewed` is the digest of what the person confirmed; empty to take it unseen.
    """

    applications: Annotated[tuple[EnterApplication, ...], Meta(min_length=1, max_length=500)]
    previewed: str = ""


class ExplainGap(Command, frozen=True):
    """A stretch that nothing covers was explained."""

    vacancy: UUID
    from_on: Annotated[date, Meta(title="the first day")]
    until_by: Annotated[date, Meta(title="the last day")]
    words: Annotated[Words, Meta(title="what they did", min_length=1)]


@decides(EnterApplication, given={"known": applications}, about="itself")
def enter_application(
    command: EnterApplication, known: Mapping[UUID, Application] | None, today: date, subject: UUID, desk: Desk
) -> ApplicationEntered:
    """Health and convictions have no field: neither may be asked yet.

    Only by who reads applications: a refusal tells whether somebody has applied.
    """
    if not desk.may("read", "recruitment.application", subject):
        raise NotAllowed
    told = desk.log.see(vacancy, command.vacancy)
    if told is None:
        raise Refused("Choose a vacancy.", code="not_in_list", field="vacancy")
    _unless_taken(command, told, known, today)
    if desk.log.see(pupil, subject) is not None:
        raise Refused("A pupil does not apply here.", code="is_pupil")
    return _entered(command, next_number(desk, command.vacancy))


@decides(TakeApplications, given={"known": vacancy}, checks_written=True, about="itself")
def take_applications(
    command: TakeApplications, known: Vacancy | None, today: date, subject: UUID, desk: Desk
) -> list[New]:
    """What is new in it; whoever has applied for this already stays as they are."""
    if not all(desk.may(action, "recruitment.application") for action in ("read", "write")):
        raise NotAllowed
    if known is None:
        raise Refused("Choose a vacancy.", code="not_in_list", field="vacancy")
    if any(one.vacancy != subject for one in command.applications):
        raise Refused("A list is for one vacancy.", code="another_vacancy", field="file")
    facts = new_applications(command.applications, desk)
    for one in command.applications:
        _unless_taken(one, known, None, today)
    if command.previewed and digest(facts) != command.previewed:
        says = "Applications have come since this preview was made. Look at the new preview, then confirm."
        raise Stale([says])
    if not facts:
        raise Refused("Everybody in this list has applied already.", code="no_change", field="file")
    return facts


def new_applications(commands: Iterable[EnterApplication], desk: Desk) -> list[New]:
    """The applications a list adds to what is recorded, numbered on from the last; each person's once.

    Numbers go by the day each came and then by id: a list is mostly in the order of names, which would tell.
    """
    known, found = known_people(desk), dict[UUID, EnterApplication]()
    for one in commands:
        who = applicant_id(desk, one.surname, one.forename, one.email, one.born_on, known)
        if one.vacancy not in (desk.log.see(applications, who) or {}):
            found.setdefault(who, one)
    ordered = sorted(found.items(), key=lambda item: (item[1].made_on, item[0]))
    return [New(who, _entered(one, next_number(desk, one.vacancy) + at)) for at, (who, one) in enumerate(ordered)]


@decides(ExplainGap, given={"known": applications}, about="itself")
def explain_gap(command: ExplainGap, known: Mapping[UUID, Application] | None, today: date) -> GapExplained:
    application_in(known, command.vacancy)
    if command.until_by < command.from_on:
        raise Refused("The last day is before the first.", code="turned_round", field="until_by")
    not_ahead(command.until_by, today, "until_by")
    return GapExplained(command.vacancy, command.from_on, command.until_by, today, command.words)


def application_in(known: Mapping[UUID, Application] | None, wanted: UUID) -> Application:
    """Somebody's application for a vacancy; refuses where there is none."""
    one = (known or {}).get(wanted)
    if one is None:
        raise Refused("There is no such application.", code="no_application")
    return one


def _unless_taken(
    command: EnterApplication, told: Vacancy, known: Mapping[UUID, Application] | None, today: date
) -> None:
    """Refuses an application that cannot be taken, whoever it is from."""
    if command.vacancy in (known or {}):
        raise Refused("They have applied for this already.", code="no_change")
    if not command.surname.strip() or not command.forename.strip():
        raise Refused("Enter the whole name.", code="no_name", field="surname")
    if "@" not in command.email:
        raise Refused("An e-mail address has an @ in it. Correct it.", code="not_an_address", field="email")
    not_ahead(command.made_on, today, "made_on")
    not_ahead(command.born_on, today, "born_on")
    if not told.takes_applications(command.made_on):
        raise Refused("The vacancy was not open on that day.", code="not_open", field="made_on")
    refuse_first(form_findings(command.own_form))
    _in_order(command.jobs, "Job", "jobs")
    _in_order(command.schooling, "Course", "schooling")


def _in_order(rows: Iterable[Job | Schooling], called: str, field: str) -> None:
    """Refuses a stretch that ends before it begins."""
    for number, one in enumerate(rows, start=1):
        if one.until_by is not None and one.until_by < one.from_on:
            raise Refused(f"{called} {number} ends before it begins.", code="turned_round", field=field)


def _entered(command: EnterApplication, number: int) -> ApplicationEntered:
    told = {name: getattr(command, name) for name in command.__struct_fields__}
    for name in ("surname", "forename", "email"):
        told[name] = told[name].strip()
    return ApplicationEntered(number=number, **told)
