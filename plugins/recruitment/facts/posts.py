"""The academy's posts: how many, at what pay, filled or not; nobody's name stands in them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact


class PostPlanned(Fact, frozen=True, tag="recruitment.post_planned/1", record="recruitment.posts", on="planned_on"):
    """The academy has, or is to have, a post; planning it again corrects it."""

    post: UUID
    title: str
    role: str
    share: int
    """Of full time, in hundredths."""
    pay_pence: int
    """A year at full time, allowances left out."""
    allowances_pence: int
    """A year."""
    from_on: date
    until_by: date | None
    """The last day, inclusive; None without end."""
    planned_on: date


class PostFilled(Fact, frozen=True, tag="recruitment.post_filled/1", record="recruitment.posts", on="entered_on"):
    """Somebody is in the post from a day on."""

    post: UUID
    from_on: date
    pay_pence: int
    """A year at full time, as it is paid."""
    entered_on: date


class PostLeft(Fact, frozen=True, tag="recruitment.post_left/1", record="recruitment.posts", on="entered_on"):
    """The post is empty from the day after."""

    post: UUID
    left_on: date
    ends: bool
    """Whether the post itself ends."""
    entered_on: date
