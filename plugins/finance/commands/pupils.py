"""What is decided about posts, provision, and one pupil's costs and top-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead
from core.errors import Refused
from core.roll.views import pupil
from events import New

from ..facts import (
    CostShared,
    ImpactNoted,
    ProvisionPriced,
    RequestWritten,
    StaffCosted,
    TopUpAgreed,
    TopUpReceived,
)
from ..rules import shared
from ..views import Budgets, Costs, authority_on, budgets, costs, pay, price, provision

if TYPE_CHECKING:
    from core.desk import Desk

Pence = Annotated[int, Meta(title="the amount", ge=1, le=1_000_000_00)]
Sum = Annotated[int, Meta(title="the amount", ge=0, le=1_000_000_00)]
Words = Annotated[str, Meta(max_length=4000)]
Minutes = Annotated[int, Meta(title="minutes", ge=0, le=120_000)]


class CostPost(Command, frozen=True):
    """What a post costs in a year, and how long it is with pupils."""

    title: Annotated[str, Meta(title="the post", min_length=1, max_length=100)]
    staff: Annotated[Literal["teacher", "support"], Meta(title="the kind of post")]
    full_time_pence: Annotated[Pence, Meta(title="a year's pay at full time")]
    weekly_minutes: Annotated[Minutes, Meta(title="minutes a week")]
    full_weekly_minutes: Annotated[int, Meta(title="minutes of a full week", ge=1, le=6000)]
    pension: Annotated[int, Meta(title="the employer's pension rate", ge=0, le=6000)]
    contact_minutes: Annotated[int, Meta(title="minutes with pupils in a year", ge=1, le=200_000)]
    from_on: Annotated[date, Meta(title="from which day")]
    allowances_pence: Sum = 0
    paid_weeks: Annotated[int, Meta(title="paid weeks", ge=1, le=53_000)] = 52_143
    post: UUID | None = None


class PriceProvision(Command, frozen=True):
    """What one kind of help costs. Its name names no pupil."""

    name: Annotated[str, Meta(title="the name", min_length=1, max_length=100)]
    area: Annotated[Literal["communication", "cognition", "social", "sensory", "other"], Meta(title="the area of need")]
    group: Annotated[int, Meta(title="pupils in a group", ge=1, le=60)]
    weekly: Annotated[int, Meta(title="sessions a week", ge=0, le=50)]
    minutes: Annotated[int, Meta(title="minutes of a session", ge=0, le=600)]
    weeks: Annotated[int, Meta(title="weeks", ge=1, le=53)]
    from_on: Annotated[date, Meta(title="the first day")]
    until_by: Annotated[date, Meta(title="the last day")]
    preparation_minutes: Annotated[int, Meta(title="minutes of preparation", ge=0, le=600)] = 0
    bought_pence: Sum = 0
    post: UUID | None = None
    authority: Annotated[str, Meta(max_length=100)] = ""


class ShareCost(Command, frozen=True):
    """Who is helped by a line of provision: each pays their part of it."""

    pupils: Annotated[tuple[UUID, ...], Meta(title="the pupils", max_length=60)] = ()
    """Nobody, once it helps nobody any more."""


class AgreeTopUp(Command, frozen=True):
    """An authority pays towards what a pupil's help costs."""

    authority: Annotated[str, Meta(title="the authority", min_length=1, max_length=100)]
    yearly_pence: Annotated[Pence, Meta(title="the sum for a year")]
    from_on: Annotated[date, Meta(title="the first day")]
    agreed_on: Annotated[date, Meta(title="the day it was agreed")]
    band: Annotated[str, Meta(max_length=60)] = ""
    until_by: Annotated[date | None, Meta(title="the last day")] = None
    top_up: UUID | None = None


class ReceiveTopUp(Command, frozen=True):
    """The authority paid some of it."""

    top_up: UUID
    pence: Annotated[int, Meta(title="the amount", ge=-1_000_000_00, le=1_000_000_00)]
    received_on: Annotated[date, Meta(title="the day")]


class NoteImpact(Command, frozen=True):
    """What a line of provision did for a pupil."""

    line: UUID
    planned: Annotated[int, Meta(title="sessions planned", ge=0, le=1000)]
    attended: Annotated[int, Meta(title="sessions attended", ge=0, le=1000)]
    met: Annotated[bool, Meta(title="whether its target was met")]
    measure: Annotated[Words, Meta(title="how it was measured", min_length=1)]


class WriteRequest(Command, frozen=True):
    """What a request to an authority says in words."""

    authority: Annotated[str, Meta(title="the authority", min_length=1, max_length=100)]
    needs: Annotated[Words, Meta(title="the needs", min_length=1)]
    outcomes: Annotated[Words, Meta(title="the outcomes", min_length=1)]
    more: Annotated[Words, Meta(title="what more is needed", min_length=1)]
    reviewed: Annotated[tuple[date, ...], Meta(title="the reviews", max_length=20)] = ()


@decides(CostPost, given={"known": pay}, about="academy")
def cost_post(
    command: CostPost, known: Mapping[UUID, StaffCosted] | None, today: date, command_id: UUID
) -> StaffCosted:
    """One of the academy's own posts, or another that has no other record."""
    if command.weekly_minutes > command.full_weekly_minutes:
        raise Refused("That is more than a full week.", code="too_many", field="weekly_minutes")
    return StaffCosted(
        command.post or command_id,
        command.title.strip(),
        command.staff,
        command.full_time_pence,
        command.allowances_pence,
        command.weekly_minutes,
        command.full_weekly_minutes,
        command.paid_weeks,
        command.pension,
        command.contact_minutes,
        command.from_on,
        today,
    )


@decides(PriceProvision, given={"known": provision}, about="itself")
def price_provision(command: PriceProvision, known: ProvisionPriced | None, today: date, desk: Desk) -> ProvisionPriced:
    """The cost as it is reckoned today: a pay award later does not change it by itself."""
    if command.until_by < command.from_on:
        raise Refused("The last day is before the first.", code="turned_round", field="until_by")
    posts = desk.log.see(pay, desk.here) or {}
    if command.post is not None and command.post not in posts:
        raise Refused("Choose a post that was costed.", code="not_in_list", field="post")
    if command.post is None and not command.bought_pence:
        raise Refused("Say who gives it, or what is bought for it.", code="no_cost", field="post")
    setting = authority_on(desk.log.see(budgets, desk.here) or Budgets(), command.authority, command.from_on)
    cost = price(
        posts.get(command.post) if command.post else None,
        command.weeks,
        command.weekly,
        command.minutes,
        command.preparation_minutes,
        command.bought_pence,
        setting.hour_pence if setting else None,
    )
    return ProvisionPriced(
        command.name.strip(),
        command.area,
        command.post,
        command.group,
        command.weekly,
        command.minutes,
        command.preparation_minutes,
        command.weeks,
        command.bought_pence,
        cost.total_pence,
        cost.authority_pence,
        command.from_on,
        command.until_by,
        today,
    )


@decides(ShareCost, given={"known": provision}, about="itself", checks_written=True)
def share_cost(command: ShareCost, known: ProvisionPriced | None, today: date, subject: UUID, desk: Desk) -> list[New]:
    """Each penny of the line falls on one pupil; whoever is no longer in it has no part any more."""
    if known is None:
        raise Refused("There is no such line of provision.", code="no_line")
    wanted = {str(one): one for one in command.pupils}
    if len(wanted) > known.group:
        raise Refused(
            f"This is for {known.group} at a time. Price it for a larger group, or make a second line.",
            code="too_many",
            field="pupils",
        )
    if any(desk.see(pupil, one) is None for one in wanted.values()):
        raise Refused("Choose pupils of this academy.", code="not_in_list", field="pupils")
    alike = dict.fromkeys(wanted, 1)
    parts = shared(known.total_pence, alike) if alike else {}
    rates = shared(known.authority_pence, alike) if alike and known.authority_pence is not None else None
    left = [
        key
        for key, told in desk.see_all(costs).items()
        if str(key) not in wanted and subject in told.shares and told.shares[subject].pence
    ]
    if not wanted and not left:
        raise Refused("Choose at least one pupil.", code="nobody", field="pupils")
    return [
        *(
            New(
                one,
                CostShared(subject, parts[key], rates[key] if rates else None, known.from_on, known.until_by, today),
            )
            for key, one in wanted.items()
        ),
        *(New(key, CostShared(subject, 0, None, known.from_on, known.until_by, today)) for key in left),
    ]


@decides(AgreeTopUp, given={"known": costs})
def agree_top_up(command: AgreeTopUp, known: Costs | None, today: date, command_id: UUID) -> TopUpAgreed:
    """With a plan or without one: the one does not follow from the other."""
    not_ahead(command.agreed_on, today, "agreed_on")
    if command.until_by is not None and command.until_by < command.from_on:
        raise Refused("The last day is before the first.", code="turned_round", field="until_by")
    if command.top_up is not None and command.top_up not in (known or Costs()).top_ups:
        raise Refused("There is no such top-up.", code="no_top_up")
    return TopUpAgreed(
        command.top_up or command_id,
        command.authority.strip(),
        command.band,
        command.yearly_pence,
        command.from_on,
        command.until_by,
        command.agreed_on,
    )


@decides(ReceiveTopUp, given={"known": costs})
def receive_top_up(command: ReceiveTopUp, known: Costs | None, today: date) -> TopUpReceived:
    """Less than nothing where the authority took some back."""
    if command.top_up not in (known or Costs()).top_ups:
        raise Refused("There is no such top-up.", code="no_top_up")
    not_ahead(command.received_on, today, "received_on")
    if not command.pence:
        raise Refused("Give the amount.", code="no_amount", field="pence")
    return TopUpReceived(command.top_up, command.pence, command.received_on)


@decides(NoteImpact, given={"known": costs})
def note_impact(command: NoteImpact, known: Costs | None, today: date) -> ImpactNoted:
    if command.line not in (known or Costs()).shares:
        raise Refused("This pupil is not helped by that.", code="no_line", field="line")
    if command.attended > command.planned:
        raise Refused("More sessions than were planned. Correct one of the two.", code="too_many", field="attended")
    return ImpactNoted(command.line, command.planned, command.attended, command.met, today, command.measure)


@decides(WriteRequest, given={"known": costs})
def write_request(command: WriteRequest, known: Costs | None, today: date) -> RequestWritten:
    """Never refused for what it costs: the test is need, not spending."""
    for number, day in enumerate(command.reviewed, start=1):
        not_ahead(day, today, f"reviewed-{number}")
    return RequestWritten(
        command.authority.strip(),
        tuple(sorted(command.reviewed)),
        today,
        command.needs,
        command.outcomes,
        command.more,
    )
