"""What others may ask of recruitment: the academy's SENCO, and its posts. No name is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

import msgspec

from ..rules import Award, Qualified, Senco, qualification_state, senco_findings
from ..rules.qualification import AwardKind
from .posts import Appointment, Post, sencos

if TYPE_CHECKING:
    from core.desk import Desk


class SencoTold(msgspec.Struct, frozen=True):
    """Offered as `recruitment.senco`: whether there is a SENCO, and how the qualification stands."""

    in_post: bool
    since: date | None
    qualified: str
    """HELD, EXEMPT, REVIEW, BREACH, RED, WARN, UNDER_WAY or IN_TIME; "" while nobody is SENCO."""
    hold_by: date | None


class PostTold(msgspec.Struct, frozen=True):
    """One post of the academy."""

    post: UUID
    title: str
    role: str
    share: int
    """Of full time, in hundredths."""
    pay_pence: int
    """A year at full time: what is paid, or the most that was planned."""
    allowances_pence: int
    from_on: date
    until_by: date | None
    filled_on: date | None
    """Since when somebody is in it; None while it is empty."""


class PostsTold(msgspec.Struct, frozen=True):
    """Offered as `recruitment.posts`: every post that has not ended."""

    posts: tuple[PostTold, ...]


class CoverGap(msgspec.Struct, frozen=True):
    """An academy without a SENCO whose qualification stands, since a day; None where it never had one."""

    since: date | None
    says: str


def as_senco(one: Appointment) -> Senco:
    """An appointment as the rules take it."""
    told = one.told
    awards = tuple(
        Award(cast(AwardKind, award.award), award.begun_on, award.completed_on) for award in one.awards.values()
    )
    return Senco(
        told.first_on, told.from_on, told.served_days, told.qts, told.induction, told.teaches_here, told.head, awards
    )


def qualified(one: Appointment, today: date) -> Qualified:
    """How a SENCO's qualification stands on a day."""
    return qualification_state(as_senco(one), today)


def in_post(known: Mapping[UUID, Appointment] | None, day: date) -> tuple[Appointment, ...]:
    """Whoever is SENCO on a day, the longest first."""
    holding = [one for one in (known or {}).values() if one.holds(day)]
    return tuple(sorted(holding, key=lambda one: one.told.from_on))


def cover_gap(known: Mapping[UUID, Appointment] | None, today: date) -> CoverGap | None:
    """Since when the academy has no SENCO who may be one; None where it has."""
    holding, lasts = in_post(known, today), [_covers_by(one, today) for one in (known or {}).values()]
    covered_by = max((last for last in lasts if last is not None), default=None)
    if covered_by == today:
        return None
    since = covered_by + timedelta(days=1) if covered_by else None
    if not holding:
        return CoverGap(since, "Nobody is SENCO here. Name somebody who may be.")
    first = holding[0]
    wrong = senco_findings(as_senco(first))
    return CoverGap(since or first.told.from_on, wrong[0].says if wrong else qualified(first, today).says)


def _covers_by(one: Appointment, today: date) -> date | None:
    """The last day up to today on which an appointment gave the academy a SENCO who may be one; None for no day."""
    if senco_findings(as_senco(one)):
        return None
    last = min(one.ended_on or today, today)
    state = qualified(one, last)
    if state.state == "BREACH":
        last = state.dates.hold_by
    return last if one.told.from_on <= last else None


def senco_told(known: Mapping[UUID, Appointment] | None, today: date) -> SencoTold:
    """What is offered of the academy's SENCO."""
    holding = in_post(known, today)
    if not holding:
        return SencoTold(False, None, "", None)
    state = qualified(holding[0], today)
    return SencoTold(True, holding[0].told.from_on, state.state, state.dates.hold_by)


def posts_told(known: Mapping[UUID, Post] | None, today: date) -> PostsTold:
    """What is offered of the academy's posts."""
    return PostsTold(
        tuple(
            PostTold(
                key,
                one.told.title,
                one.told.role,
                one.told.share,
                one.filled.pay_pence if one.filled else one.told.pay_pence,
                one.told.allowances_pence,
                one.told.from_on,
                one.ended_on,
                one.filled.from_on if one.filled and one.left_on is None else None,
            )
            for key, one in (known or {}).items()
            if one.ended_on is None or today <= one.ended_on
        )
    )


def sencos_here(desk: Desk) -> Mapping[UUID, Appointment]:
    """The academy's SENCOs, for whoever may read of them."""
    return desk.see(sencos, desk.here) or {}
