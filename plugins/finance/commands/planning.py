"""What is planned, explained, closed and agreed beside an academy's budget."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, one_of
from core.errors import Refused
from core.periods import academic_year

from ..codes import BASES, SPENDING_LIMITS
from ..facts import (
    AuthoritySet,
    Band,
    LimitSet,
    MonthClosed,
    SpendPlanned,
    TradeAgreed,
    VarianceExplained,
)
from ..views import Budgets, budgets, month_of, months_of, order
from .approving import limit_of, may_sign
from .fields import MOST_OF_BAND, Name, Pence, Sum, Words

if TYPE_CHECKING:
    from core.desk import Desk


class SetLimit(Command, frozen=True):
    """The most that a role may approve here at once."""

    role: Annotated[str, Meta(title="the role")]
    order_pence: Annotated[Sum, Meta(title="the most in one order")]
    virement_pence: Annotated[Sum, Meta(title="the most in one virement")]


class CloseMonth(Command, frozen=True):
    """Nothing is posted into a month any more."""

    month: Annotated[date, Meta(title="the month")]


class PlanSpend(Command, frozen=True):
    """Something still to come; nothing takes it back."""

    line: Annotated[UUID, Meta(title="the line")]
    pence: Sum
    month: Annotated[date, Meta(title="the month it is expected in")]
    words: Annotated[str, Meta(title="what it is", min_length=1, max_length=400)]
    plan: UUID | None = None
    order: UUID | None = None
    """The order it became, on the same line."""
    post: UUID | None = None
    """The post whose pay it is: planned once in a year, whatever the line."""


class ExplainVariance(Command, frozen=True):
    """Why a line is heading away from its budget."""

    line: UUID
    reason: Words
    action: Annotated[str, Meta(title="what is done about it", max_length=400)] = ""
    owner: Annotated[str, Meta(title="who does it", max_length=100)] = ""


class AgreeTrade(Command, frozen=True):
    """This academy does something for another of the trust, or the other way round; each records its own side."""

    other: Annotated[UUID, Meta(title="the other academy")]
    sells: Annotated[bool, Meta(title="who sells")]
    pence: Pence
    what: Annotated[str, Meta(title="what it is for", min_length=1, max_length=400)]
    line: UUID | None = None
    trade: UUID | None = None


class SetAuthority(Command, frozen=True):
    """How an authority reckons top-up, from a day on."""

    name: Annotated[Name, Meta(title="the authority")]
    basis: Annotated[Literal["months", "days", "weeks"], Meta(title="how a part of a year is counted")]
    from_on: Annotated[date, Meta(title="the first day it holds")]
    source: Annotated[Name, Meta(title="where it says so")]
    hour_pence: Annotated[Pence | None, Meta(title="what it counts for an hour a week")] = None
    bands: Annotated[tuple[Band, ...], Meta(max_length=60)] = ()


@decides(SetLimit, given={"known": budgets}, about="academy")
def set_limit(command: SetLimit, known: Budgets | None, today: date, desk: Desk) -> LimitSet:
    """Nobody lets themselves approve more: a role's limit is raised by somebody who does not act in it."""
    may_sign(desk, "finance.budget")
    one_of(command.role, SPENDING_LIMITS.value, "role", "the role")
    own = limit_of(known or Budgets(), desk)
    if command.role in desk.permissions.roles and (
        command.order_pence > own.order_pence or command.virement_pence > own.virement_pence
    ):
        raise Refused("Somebody else must raise the limit of your own role.", code="same_person", field="role")
    return LimitSet(command.role, command.order_pence, command.virement_pence, today)


@decides(CloseMonth, given={"known": budgets}, about="academy")
def close_month(command: CloseMonth, known: Budgets | None, today: date, desk: Desk) -> MonthClosed:
    month = month_of(command.month)
    if month >= month_of(today):
        raise Refused("A month is closed when it is over.", code="in_future", field="month")
    if month in (known or Budgets()).closed:
        raise Refused("This month is closed already.", code="no_change", field="month")
    return MonthClosed(month, desk.person_id, today)


@decides(PlanSpend, given={"known": budgets}, about="academy")
def plan_spend(command: PlanSpend, known: Budgets | None, today: date, command_id: UUID, desk: Desk) -> SpendPlanned:
    """Planning the same again replaces it; planned at nothing, it is planned no more."""
    now = known or Budgets()
    line = now.line(command.line)
    if line is None:
        raise Refused("Choose a line of a budget.", code="not_in_list", field="line")
    if command.plan is not None and command.plan not in now.planned:
        raise Refused("There is no such plan.", code="no_plan")
    if command.plan is None and command.pence == 0:
        raise Refused("Give the amount.", code="no_amount", field="pence")
    if month_of(command.month) not in months_of(line[0]):
        raise Refused("Choose a month of the line's own year.", code="other_year", field="month")
    ordered = desk.log.see(order, command.order) if command.order is not None else None
    if command.order is not None and (ordered is None or ordered.told.line != command.line):
        raise Refused("Choose an order of this line.", code="not_in_list", field="order")
    plan = command.plan or (plan_of_post(desk, command.post, line[0]) if command.post else command_id)
    return SpendPlanned(plan, command.line, command.pence, month_of(command.month), command.order, today, command.words)


def plan_of_post(desk: Desk, post: UUID, year: int) -> UUID:
    """What the pay of a post in an academic year is planned under: always the same, so that it is planned once."""
    return desk.building.desk_store.new_id("post", desk.here, post, year)


@decides(ExplainVariance, given={"known": budgets}, about="academy")
def explain_variance(command: ExplainVariance, known: Budgets | None, today: date) -> VarianceExplained:
    if (known or Budgets()).line(command.line) is None:
        raise Refused("There is no such line.", code="no_line")
    return VarianceExplained(command.line, command.action, command.owner, today, command.reason)


@decides(AgreeTrade, given={"known": budgets}, about="academy")
def agree_trade(command: AgreeTrade, known: Budgets | None, today: date, command_id: UUID, desk: Desk) -> TradeAgreed:
    """The side that pays says out of which line of this year's budget."""
    now = known or Budgets()
    if command.other not in desk.academies or command.other == desk.here:
        raise Refused("Choose another academy of the trust.", code="not_in_list", field="other")
    pays = now.line(command.line) if command.line is not None else None
    if not command.sells and (pays is None or pays[0] != academic_year(today)):
        raise Refused("Say which line of this year's budget pays for it.", code="not_in_list", field="line")
    line = None if command.sells else command.line
    return TradeAgreed(
        command.trade or command_id, command.other, command.sells, line, command.pence, today, command.what
    )


@decides(SetAuthority, given={"known": budgets}, about="academy")
def set_authority(command: SetAuthority, known: Budgets | None, today: date) -> AuthoritySet:
    one_of(command.basis, BASES, "basis", "how a part of a year is counted")
    if len({band.name.casefold() for band in command.bands}) != len(command.bands):
        raise Refused("Two bands have one name.", code="twice", field="bands")
    if not all(0 <= band.pence <= MOST_OF_BAND and len(band.name) <= 100 for band in command.bands):
        raise Refused("The amount of a band is too small or too large.", code="amount", field="bands")
    return AuthoritySet(
        command.name.strip(), command.basis, command.hour_pence, command.bands, command.source, command.from_on
    )
