"""How a school spends its inclusive mainstream fund: the strategy it publishes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from events import Fact, FreeText


class Activity(Struct, frozen=True):
    """One thing the school does, under one principle of inclusion."""

    principle: str
    what: str
    line: UUID | None
    """The budget line it is paid from; None until it is known."""
    pence: int | None
    """What it is to cost; None until it is known."""
    owner: str
    measure: str
    """How the school will know that it works."""


class StrategyWritten(Fact, frozen=True, tag="finance.strategy_written/1", record="finance.strategy", on="written_on"):
    """A version of the strategy."""

    version: UUID
    year: int
    """The financial year, by the calendar year it began in."""
    activities: tuple[Activity, ...]
    allocation_pence: int
    several_years: bool
    review_by: date | None
    """The last day of its next review, where it covers several years; None where it does not."""
    written_on: date
    introduction: FreeText


class StrategyPublished(
    Fact, frozen=True, tag="finance.strategy_published/1", record="finance.strategy", on="published_on"
):
    """A version went on the school's site."""

    version: UUID
    address: str
    published_by: UUID
    published_on: date
