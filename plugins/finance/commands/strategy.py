"""What is decided about the inclusion strategy: written and published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_all
from core.errors import Refused

from ..facts import Activity, StrategyPublished, StrategyWritten
from ..rules import strategy_findings
from ..views import Budgets, Strategy, as_ruled, budgets, strategy, tagged
from .approving import may_sign

if TYPE_CHECKING:
    from core.desk import Desk


class WriteStrategy(Command, frozen=True):
    """A version of the strategy; it may be incomplete until it is published."""

    year: Annotated[int, Meta(title="the financial year", ge=2026, le=2100)]
    activities: Annotated[tuple[Activity, ...], Meta(title="the activities", max_length=100)]
    introduction: Annotated[str, Meta(max_length=4000)] = ""
    several_years: bool = False
    review_by: Annotated[date | None, Meta(title="the day of the next review")] = None


class PublishStrategy(Command, frozen=True):
    """A version is on the school's site."""

    version: UUID
    address: Annotated[
        str,
        Meta(title="where it stands", pattern=r"^https://\S{3,200}$", examples=["https://school.example/inclusion"]),
    ]
    published_on: Annotated[date, Meta(title="the day")]


@decides(WriteStrategy, given={"known": strategy, "money": budgets}, about="academy")
def write_strategy(
    command: WriteStrategy, known: Strategy | None, money: Budgets | None, today: date, command_id: UUID
) -> StrategyWritten:
    """The allocation as it was notified by that day stays with the version."""
    now = money or Budgets()
    for number, one in enumerate(command.activities, start=1):
        if len(one.what) > 1000 or len(one.measure) > 1000 or len(one.owner) > 100:
            raise Refused(f"Activity {number} is too long.", code="too_long", field="activities")
        if one.pence is not None and not 0 <= one.pence <= 1_000_000_00:
            raise Refused(
                f"Activity {number}: this amount is too small or too large.", code="amount", field="activities"
            )
        line = now.line(one.line) if one.line is not None else None
        if one.line is not None and (line is None or line[1].principle != one.principle):
            raise Refused(
                f"Activity {number}: choose a budget line of its principle.", code="not_in_list", field="activities"
            )
    allocation = sum(
        told.pence for told in now.notified.values() if told.fund == "inclusive" and told.year == command.year
    )
    return StrategyWritten(
        command_id,
        command.year,
        command.activities,
        allocation,
        command.several_years,
        command.review_by,
        today,
        command.introduction,
    )


@decides(PublishStrategy, given={"known": strategy, "money": budgets}, about="academy")
def publish_strategy(
    command: PublishStrategy, known: Strategy | None, money: Budgets | None, today: date, desk: Desk
) -> StrategyPublished:
    """Only when complete, its figures those of the budget."""
    may_sign(desk, "finance.strategy")
    one = (known or Strategy()).version(command.version)
    if one is None:
        raise Refused("There is no such version.", code="no_version")
    not_ahead(command.published_on, today, "published_on")
    if command.published_on < one.written_on:
        raise Refused("That is before it was written.", code="before_written", field="published_on")
    refuse_all(strategy_findings(as_ruled(one), tagged(money or Budgets(), one.year)))
    return StrategyPublished(command.version, command.address, desk.person_id, command.published_on)
