"""What waits to be decided and what is held, of one subject; what an academy has destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.disposal.facts import (
    Approval,
    DisposalApproved,
    DisposalProposed,
    DisposalRefused,
    Disposed,
    HoldLifted,
    HoldPlaced,
    RetentionSet,
)
from events import Fact, folds

APPROVERS = 2
"""How many different people must agree."""


class Proposal(msgspec.Struct, frozen=True):
    """What waits to be decided."""

    disposal: UUID
    record_class: str
    ground: str
    reason: str
    proposed_by: UUID
    proposed_on: date
    approvals: tuple[Approval, ...] = ()

    @property
    def approvers(self) -> frozenset[UUID]:
        return frozenset(one.by for one in self.approvals)

    @property
    def wants(self) -> int:
        """How many people have yet to agree."""
        return APPROVERS - len(self.approvers)


class Hold(msgspec.Struct, frozen=True):
    """What must not be destroyed, and the last day by which that is looked at again."""

    hold: UUID
    record_class: str
    reason: str
    placed_on: date
    review_by: date

    def covers(self, record_class: str) -> bool:
        return self.record_class in ("", record_class)


class Keeping(msgspec.Struct, frozen=True):
    """What waits, and what is held."""

    proposals: Mapping[UUID, Proposal] = {}
    holds: Mapping[UUID, Hold] = {}

    def proposal(self, record_class: str) -> Proposal | None:
        return next((one for one in self.proposals.values() if one.record_class == record_class), None)

    def held(self, record_class: str) -> Hold | None:
        return next((one for one in self.holds.values() if one.covers(record_class)), None)


@folds("core.disposal")
def keeping(known: Keeping | None, fact: Fact) -> Keeping | None:
    """What waits and what is held, of one subject; None where nothing was ever decided."""
    now = known or Keeping()
    match fact:
        case DisposalProposed(disposal, record_class, ground, reason, proposed_by, proposed_on):
            new = Proposal(disposal, record_class, ground, reason, proposed_by, proposed_on)
            return msgspec.structs.replace(now, proposals={**now.proposals, disposal: new})
        case DisposalApproved(disposal, by, on) if disposal in now.proposals:
            before = now.proposals[disposal]
            agreed = msgspec.structs.replace(before, approvals=(*before.approvals, Approval(by, on)))
            return _without(now, disposal) if agreed.wants <= 0 else _with(now, agreed)
        case DisposalRefused(disposal):
            return _without(now, disposal)
        case HoldPlaced(hold, record_class, reason, review_by, placed_on):
            placed = Hold(hold, record_class, reason, placed_on, review_by)
            return msgspec.structs.replace(now, holds={**now.holds, hold: placed})
        case HoldLifted(hold):
            return msgspec.structs.replace(now, holds={key: one for key, one in now.holds.items() if key != hold})
    return known


def _with(now: Keeping, one: Proposal) -> Keeping:
    return msgspec.structs.replace(now, proposals={**now.proposals, one.disposal: one})


def _without(now: Keeping, disposal: UUID) -> Keeping:
    left = {key: one for key, one in now.proposals.items() if key != disposal}
    return msgspec.structs.replace(now, proposals=left)


@folds("core.disposal")
def schedule(known: Mapping[str, RetentionSet] | None, fact: Fact) -> Mapping[str, RetentionSet] | None:
    """What the trust itself decided on how long a class is kept, the newest of each; None for nothing."""
    return {**(known or {}), fact.record_class: fact} if isinstance(fact, RetentionSet) else known


@folds("core.disposal")
def disposals(known: tuple[Disposed, ...] | None, fact: Fact) -> tuple[Disposed, ...] | None:
    """What an academy has destroyed, oldest first; None for nothing."""
    return (*(known or ()), fact) if isinstance(fact, Disposed) else known
