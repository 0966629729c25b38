"""What is decided about people on the single central record: who they are, and what they do here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused
from core.roll.views import pupil

from ..codes import FLAGS, ROLES, standing
from ..facts import (
    EngagementBegan,
    EngagementChanged,
    EngagementEnded,
    PersonNamed,
    TrainingTold,
    VolunteeringTold,
)
from ..views import Engagement, Person, person

if TYPE_CHECKING:
    from core.desk import Desk

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Short = Annotated[str, Meta(max_length=200)]
Flags = Annotated[tuple[str, ...], Meta(max_length=20)]


class NamePerson(Command, frozen=True):
    """Who somebody on the record is."""

    surname: Annotated[Name, Meta(title="the surname")]
    forename: Annotated[Name, Meta(title="the forename")]
    former_names: Short = ""
    born_on: Annotated[date | None, Meta(title="the date of birth")] = None


class BeginEngagement(Command, frozen=True):
    """Somebody is to work, help or govern here."""

    role: Annotated[str, Meta(title="the kind of work")]
    title: Annotated[str, Meta(title="the title", min_length=1, max_length=100)]
    starts_on: Annotated[date, Meta(title="the first day")]
    flags: Flags = ()
    employer: Short = ""


class ChangeEngagement(Command, frozen=True):
    """From a day on it is other work."""

    engagement: UUID
    role: Annotated[str, Meta(title="the kind of work")]
    title: Annotated[str, Meta(title="the title", min_length=1, max_length=100)]
    from_on: Annotated[date, Meta(title="from which day")]
    flags: Flags = ()


class EndEngagement(Command, frozen=True):
    """It ends."""

    engagement: UUID
    ended_on: Annotated[date, Meta(title="the last day")]
    reason: Annotated[str, Meta(max_length=1000)] = ""


class TellVolunteering(Command, frozen=True):
    """When a volunteer helps."""

    engagement: UUID
    weekly: Annotated[bool, Meta(title="whether it is once a week or more")]
    overnight: Annotated[bool, Meta(title="whether it is overnight")]
    supervised: Annotated[bool, Meta(title="whether somebody supervises it")]
    days: Annotated[tuple[date, ...], Meta(max_length=366)] = ()


class TellTraining(Command, frozen=True):
    """Training that the record shows."""

    course: Annotated[Literal["safeguarding", "safer_recruitment", "induction"], Meta(title="the training")]
    done_on: Annotated[date, Meta(title="the day")]


@decides(NamePerson, given={"known": person}, about="itself")
def name_person(command: NamePerson, known: Person | None, today: date, subject: UUID, desk: Desk) -> PersonNamed:
    not_ahead(command.born_on, today, "born_on")
    no_pupil(subject, desk)
    return PersonNamed(
        command.surname.strip(), command.forename.strip(), command.former_names.strip(), command.born_on, today
    )


@decides(BeginEngagement, given={"known": person}, about="itself")
def begin_engagement(command: BeginEngagement, known: Person | None, today: date, command_id: UUID) -> EngagementBegan:
    _here(known)
    fits(command.role, command.flags, command.starts_on)
    return EngagementBegan(
        command_id, command.role, command.title, command.flags, command.employer, None, command.starts_on, today
    )


@decides(ChangeEngagement, given={"known": person}, about="itself")
def change_engagement(command: ChangeEngagement, known: Person | None, today: date) -> EngagementChanged:
    one = engagement_of(known, command.engagement)
    fits(command.role, command.flags, command.from_on)
    if command.from_on < one.told.starts_on:
        raise Refused("That is before it began.", code="before_start", field="from_on")
    return EngagementChanged(command.engagement, command.role, command.title, command.flags, command.from_on, today)


@decides(EndEngagement, given={"known": person}, about="itself")
def end_engagement(command: EndEngagement, known: Person | None, today: date) -> EngagementEnded:
    one = engagement_of(known, command.engagement)
    if one.ended_on is not None:
        raise Refused("It has ended already.", code="no_change")
    if command.ended_on < one.told.starts_on:
        raise Refused("That is before it began.", code="before_start", field="ended_on")
    return EngagementEnded(command.engagement, command.ended_on, today, command.reason)


@decides(TellVolunteering, given={"known": person}, about="itself")
def tell_volunteering(command: TellVolunteering, known: Person | None, today: date) -> VolunteeringTold:
    one = engagement_of(known, command.engagement)
    if not one.role.startswith("volunteer"):
        raise Refused("This is not a volunteer's engagement.", code="not_a_volunteer")
    days = tuple(sorted(set(command.days)))
    return VolunteeringTold(command.engagement, days, command.weekly, command.overnight, command.supervised, today)


@decides(TellTraining, given={"known": person}, about="itself")
def tell_training(command: TellTraining, known: Person | None, today: date) -> TrainingTold:
    _here(known)
    not_ahead(command.done_on, today, "done_on")
    return TrainingTold(command.course, command.done_on, today)


def engagement_of(known: Person | None, wanted: UUID) -> Engagement:
    """An engagement of theirs; refuses one there is not."""
    one = known.engagements.get(wanted) if known else None
    if one is None:
        raise Refused("There is no such engagement.", code="no_engagement")
    return one


def _here(known: Person | None) -> Person:
    if known is None:
        raise Refused("Nobody of that name is on the record. Name them first.", code="nobody")
    return known


def no_pupil(subject: UUID, desk: Desk) -> None:
    """Refuses a pupil, and the academy itself: neither stands on the record."""
    if subject == desk.here or desk.log.see(pupil, subject) is not None:
        raise Refused("A pupil does not stand on the single central record.", code="is_pupil")


def fits(role: str, flags: tuple[str, ...], day: date) -> None:
    """Refuses a kind of work, or something it involves, that is not in the table of that day."""
    one_of(role, standing(ROLES, day).value, "role", "the kind of work")
    if not set(flags) <= FLAGS:
        raise Refused("Choose what the work involves from the list.", code="not_in_list", field="flags")
