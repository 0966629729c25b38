"""What finance asks of other plugins: support, premium and posts, each by its own few fields."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.answers import UNSAID
from core.manifest import Ask

if TYPE_CHECKING:
    from core.desk import Desk


class SupportSeen(msgspec.Struct, frozen=True):
    """What the register is asked for: the kind of provision, K or E, and since when."""

    provision: str
    since: date


class FundingSeen(msgspec.Struct, frozen=True):
    """What is asked of a looked-after child's premium: sums, and nothing of the child."""

    agreed_pence: int
    paid_pence: int
    spent_pence: int


class PostSeen(msgspec.Struct, frozen=True):
    """A post, as recruitment has it."""

    post: UUID
    title: str
    role: str
    share: int
    pay_pence: int
    allowances_pence: int
    from_on: date
    until_by: date | None
    filled_on: date | None


class PostsSeen(msgspec.Struct, frozen=True):
    """The academy's posts."""

    posts: tuple[PostSeen, ...]


ASKS = (
    Ask(
        "register.support",
        SupportSeen,
        "So that the cost of a pupil's help stands beside the support that was decided, and the cover of the notional "
        "SEN budget can be reckoned.",
    ),
    Ask(
        "lac.funding",
        FundingSeen,
        "So that what an authority pays for looked-after children is reconciled, as sums without names.",
    ),
    Ask(
        "recruitment.posts",
        PostsSeen,
        "So that a post which is planned or filled can be costed, and its pay forecast, without typing it again.",
    ),
)


def posts_asked(desk: Desk) -> PostsSeen | None:
    """What recruitment says of the academy's posts; None where it says nothing."""
    said = desk.ask("recruitment.posts", desk.here, PostsSeen)
    return None if said is UNSAID else said.value
