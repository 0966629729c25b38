"""What is decided about the academy's SENCO and its posts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused

from ..codes import ROLES, standing
from ..facts import PostFilled, PostLeft, PostPlanned, SencoAppointed, SencoAwardTold, SencoEnded
from ..views import Appointment, Post, person, posts, sencos

if TYPE_CHECKING:
    from core.desk import Desk

Pence = Annotated[int, Meta(title="the pay", ge=0, le=1_000_000_00)]


class AppointSenco(Command, frozen=True):
    """The academy names its SENCO."""

    person: Annotated[UUID, Meta(title="who it is")]
    from_on: Annotated[date, Meta(title="the first day here")]
    qts: Annotated[bool, Meta(title="whether they are a qualified teacher")]
    induction: Annotated[bool, Meta(title="whether they passed induction, or needed none")]
    teaches_here: Annotated[bool, Meta(title="whether they teach here")]
    head: Annotated[bool, Meta(title="whether they are head or acting head")] = False
    first_on: Annotated[date | None, Meta(title="the first day as SENCO anywhere")] = None
    served_days: Annotated[int, Meta(title="days as SENCO before", ge=0, le=20_000)] = 0


class TellSencoAward(Command, frozen=True):
    """The SENCO's qualification: begun, or completed."""

    appointment: UUID
    award: Annotated[Literal["nasenco", "npq"], Meta(title="the qualification")]
    begun_on: Annotated[date | None, Meta(title="the day it began")] = None
    completed_on: Annotated[date | None, Meta(title="the day of the outcome")] = None


class EndSenco(Command, frozen=True):
    """They are SENCO no more."""

    appointment: UUID
    ended_on: Annotated[date, Meta(title="the last day")]


class PlanPost(Command, frozen=True):
    """The academy has, or is to have, a post."""

    title: Annotated[str, Meta(title="the title", min_length=1, max_length=100)]
    role: Annotated[str, Meta(title="the kind of post")]
    share: Annotated[int, Meta(title="how much of full time", ge=1, le=100)]
    pay_pence: Pence
    from_on: Annotated[date, Meta(title="the first day")]
    allowances_pence: Pence = 0
    until_by: Annotated[date | None, Meta(title="the last day")] = None
    post: UUID | None = None


class FillPost(Command, frozen=True):
    """Somebody is in a post from a day on."""

    post: UUID
    from_on: Annotated[date, Meta(title="the first day")]
    pay_pence: Pence


class LeavePost(Command, frozen=True):
    """A post is empty from the day after."""

    post: UUID
    left_on: Annotated[date, Meta(title="the last day")]
    ends: Annotated[bool, Meta(title="whether the post itself ends")] = False


@decides(AppointSenco, given={"known": sencos}, about="academy")
def appoint_senco(
    command: AppointSenco, known: Mapping[UUID, Appointment] | None, today: date, command_id: UUID, desk: Desk
) -> SencoAppointed:
    """Of somebody on the record. Whether they may be SENCO is told, not refused: the gap is there either way."""
    if desk.log.see(person, command.person) is None:
        raise Refused("Choose somebody who is on the record here.", code="not_in_list", field="person")
    first_on = command.first_on or command.from_on
    if first_on > command.from_on:
        raise Refused("The first day as SENCO cannot lie after the first here.", code="turned_round", field="first_on")
    holding = [one for one in (known or {}).values() if one.holds(command.from_on)]
    if any(one.told.person == command.person for one in holding):
        raise Refused("They are SENCO here on that day already.", code="no_change", field="person")
    return SencoAppointed(
        command_id,
        command.person,
        command.qts,
        command.induction,
        command.teaches_here,
        command.head,
        first_on,
        command.served_days,
        command.from_on,
        today,
    )


@decides(TellSencoAward, given={"known": sencos}, about="academy")
def tell_senco_award(command: TellSencoAward, known: Mapping[UUID, Appointment] | None, today: date) -> SencoAwardTold:
    _appointment(known, command.appointment)
    if command.begun_on is None and command.completed_on is None:
        raise Refused("Give the day it began, or the day of the outcome.", code="no_day", field="begun_on")
    not_ahead(command.completed_on, today, "completed_on")
    if command.begun_on and command.completed_on and command.completed_on < command.begun_on:
        raise Refused("The outcome came before it began.", code="turned_round", field="completed_on")
    return SencoAwardTold(command.appointment, command.award, command.begun_on, command.completed_on, today)


@decides(EndSenco, given={"known": sencos}, about="academy")
def end_senco(command: EndSenco, known: Mapping[UUID, Appointment] | None, today: date) -> SencoEnded:
    one = _appointment(known, command.appointment)
    if one.ended_on is not None:
        raise Refused("They are SENCO no more as it is.", code="no_change")
    if command.ended_on < one.told.from_on:
        raise Refused("That is before they began.", code="before_start", field="ended_on")
    return SencoEnded(command.appointment, command.ended_on, today)


@decides(PlanPost, given={"known": posts}, about="academy")
def plan_post(command: PlanPost, known: Mapping[UUID, Post] | None, today: date, command_id: UUID) -> PostPlanned:
    one_of(command.role, standing(ROLES, today).value, "role", "the kind of post")
    if command.post is not None:
        _post(known, command.post)
    if command.until_by is not None and command.until_by < command.from_on:
        raise Refused("The last day is before the first.", code="turned_round", field="until_by")
    return PostPlanned(
        command.post or command_id,
        command.title.strip(),
        command.role,
        command.share,
        command.pay_pence,
        command.allowances_pence,
        command.from_on,
        command.until_by,
        today,
    )


@decides(FillPost, given={"known": posts}, about="academy")
def fill_post(command: FillPost, known: Mapping[UUID, Post] | None, today: date) -> PostFilled:
    one = _post(known, command.post)
    if one.filled is not None and one.left_on is None:
        raise Refused("Somebody is in this post.", code="no_change")
    return PostFilled(command.post, command.from_on, command.pay_pence, today)


@decides(LeavePost, given={"known": posts}, about="academy")
def leave_post(command: LeavePost, known: Mapping[UUID, Post] | None, today: date) -> PostLeft:
    one = _post(known, command.post)
    if one.filled is None or one.left_on is not None:
        raise Refused("Nobody is in this post.", code="no_change")
    if command.left_on < one.filled.from_on:
        raise Refused("That is before they began.", code="before_start", field="left_on")
    return PostLeft(command.post, command.left_on, command.ends, today)


def _appointment(known: Mapping[UUID, Appointment] | None, wanted: UUID) -> Appointment:
    one = (known or {}).get(wanted)
    if one is None:
        raise Refused("There is no such appointment.", code="no_appointment")
    return one


def _post(known: Mapping[UUID, Post] | None, wanted: UUID) -> Post:
    one = (known or {}).get(wanted)
    if one is None:
        raise Refused("There is no such post.", code="no_post")
    return one
