"""What help costs, pupil by pupil, and what it is reckoned from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import (
    CostShared,
    ImpactNoted,
    ProvisionPriced,
    RequestWritten,
    StaffCosted,
    TopUpAgreed,
    TopUpReceived,
)


class Costs(msgspec.Struct, frozen=True):
    """What help costs for one pupil, and what an authority pays towards it."""

    shares: Mapping[UUID, CostShared] = {}
    """By line of provision, the latest of each."""
    top_ups: Mapping[UUID, TopUpAgreed] = {}
    receipts: Mapping[UUID, tuple[TopUpReceived, ...]] = {}
    """By top-up, in the order they were recorded."""
    impacts: Mapping[UUID, tuple[ImpactNoted, ...]] = {}
    """By line of provision."""
    request: RequestWritten | None = None

    @property
    def authority(self) -> str:
        """Who pays its top-up, or was asked for it; "" where no authority has to do with it yet."""
        agreed = list(self.top_ups.values())
        if agreed:
            return agreed[-1].authority
        return self.request.authority if self.request else ""

    def received(self, top_up: UUID, first: date, last: date) -> int:
        """What came of a top-up from one day to another, both counted, in pence."""
        return sum(told.pence for told in self.receipts.get(top_up, ()) if first <= told.received_on <= last)

    def met(self, line: UUID) -> bool | None:
        """Whether the target of a line was met, as last noted; None where nothing was noted."""
        noted = self.impacts.get(line)
        return noted[-1].met if noted else None


@folds("finance.pay")
def pay(known: Mapping[UUID, StaffCosted] | None, fact: Fact) -> Mapping[UUID, StaffCosted] | None:
    """What each post costs, by post, the latest of each."""
    return {**(known or {}), fact.post: fact} if isinstance(fact, StaffCosted) else known


@folds("finance.provision")
def provision(known: ProvisionPriced | None, fact: Fact) -> ProvisionPriced | None:
    """One line of provision as last priced; it names no pupil."""
    return fact if isinstance(fact, ProvisionPriced) else known


@folds("finance.pupil")
def costs(known: Costs | None, fact: Fact) -> Costs | None:
    """What one pupil's help costs; None when nothing is known."""
    now, replace = known or Costs(), msgspec.structs.replace
    match fact:
        case CostShared(line):
            return replace(now, shares={**now.shares, line: fact})
        case TopUpAgreed(top_up):
            return replace(now, top_ups={**now.top_ups, top_up: fact})
        case TopUpReceived(top_up):
            return replace(now, receipts={**now.receipts, top_up: (*now.receipts.get(top_up, ()), fact)})
        case ImpactNoted(line):
            return replace(now, impacts={**now.impacts, line: (*now.impacts.get(line, ()), fact)})
        case RequestWritten():
            return replace(now, request=fact)
    return known
