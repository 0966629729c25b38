"""The inclusion strategy, version after version."""

from __future__ import annotations

from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import StrategyPublished, StrategyWritten
from ..rules import Activity, Tagged
from ..rules import Strategy as Ruled
from .budgets import Budgets


class Strategy(msgspec.Struct, frozen=True):
    """Every version, oldest first, and which of them the public has seen."""

    versions: tuple[StrategyWritten, ...] = ()
    published: tuple[StrategyPublished, ...] = ()

    def now(self, year: int) -> StrategyWritten | None:
        """The version of a financial year that was written last."""
        written = [one for one in self.versions if one.year == year]
        return written[-1] if written else None

    def version(self, wanted: UUID) -> StrategyWritten | None:
        return next((one for one in self.versions if one.version == wanted), None)

    def published_of(self, year: int) -> tuple[StrategyWritten, StrategyPublished] | None:
        """What was published last for a financial year, and when."""
        for told in reversed(self.published):
            version = self.version(told.version)
            if version is not None and version.year == year:
                return version, told
        return None

    def first_published(self, year: int) -> StrategyPublished | None:
        """The first time a version of a financial year went on the school's site."""
        of_year = {one.version for one in self.versions if one.year == year}
        return next((told for told in self.published if told.version in of_year), None)


@folds("finance.strategy")
def strategy(known: Strategy | None, fact: Fact) -> Strategy | None:
    """The academy's inclusion strategy; None before anything was written."""
    now, replace = known or Strategy(), msgspec.structs.replace
    match fact:
        case StrategyWritten():
            return replace(now, versions=(*now.versions, fact))
        case StrategyPublished():
            return replace(now, published=(*now.published, fact))
    return known


def tagged(known: Budgets, year: int) -> tuple[Tagged, ...]:
    """The budget lines of the inclusive fund, by principle, for a financial year.

    They stand in the budget of the academic year that begins within it.
    """
    standing = known.standing(year)
    lines = standing.told.lines if standing else ()
    return tuple(
        Tagged(line.principle, line.pence + known.moved(line.line)) for line in lines if line.fund == "inclusive"
    )


def as_ruled(one: StrategyWritten) -> Ruled:
    """A version as the rules take it."""
    return Ruled(
        one.written_on,
        one.allocation_pence,
        tuple(Activity(told.principle, told.what, told.pence) for told in one.activities),
        one.several_years,
        one.review_by,
    )
