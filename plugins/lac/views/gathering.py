"""One child put together from every class of record the clocks look at; and what is offered to others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.roll.views import pupil

from ..rules import is_previously_looked_after
from .dues import Child
from .money import Claim
from .peps import Peps, peps
from .setting import Authority, authority
from .status import Status, status

if TYPE_CHECKING:
    from core.desk import Desk


class CareTold(msgspec.Struct, frozen=True):
    """Offered as `lac.care`; an asker gets those fields its own approved shape names."""

    looked_after: bool
    since: date | None
    previously: bool | None
    """None: not declared, which is never no."""
    has_social_worker: bool


class FundingTold(msgspec.Struct, frozen=True):
    """Offered as `lac.funding`: sums in pence, and nothing of the child."""

    agreed_pence: int
    paid_pence: int
    spent_pence: int


def child(desk: Desk, subject: UUID, authorities: dict[str, Authority] | None = None) -> Child | None:
    """The child, of those classes this person may read; None where the roll knows no such pupil.

    Args:
        authorities: By code, where the caller has read them already.
    """
    who = desk.see(pupil, subject)
    if who is None:
        return None
    now = desk.see(status, subject) or Status()
    plans = (desk.see(peps, subject) if desk.may("read", "lac.pep", subject) else None) or Peps()
    known = by_code(desk) if authorities is None else authorities
    return Child(who.born_on, who.entered_on, now, plans, known)


def by_code(desk: Desk) -> dict[str, Authority]:
    """Every authority set up here, by its code."""
    return {one.now.code: one for one in desk.see_all(authority).values()}


def care_told(now: Status | None, today: date) -> CareTold | None:
    """What is offered of a child's care; None for a pupil of whom nothing was ever told."""
    if now is None:
        return None
    episode = now.looked_after_on(today)
    previously = is_previously_looked_after(now.previous.code) if now.previous else None
    worker = now.has_social_worker_on(today)
    return CareTold(episode is not None, episode.began_on if episode else None, previously, worker)


def funding_told(made: Mapping[UUID, Claim] | None, _: date) -> FundingTold | None:
    """What is offered of a child's premium; None where nothing was ever asked for."""
    if not made:
        return None
    every = list(made.values())
    return FundingTold(
        sum(one.agreed_pence or 0 for one in every),
        sum(one.paid_pence for one in every),
        sum(one.spent_pence for one in every),
    )
