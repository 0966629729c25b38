"""The academy's posts and its SENCOs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import PostFilled, PostLeft, PostPlanned, SencoAppointed, SencoAwardTold, SencoEnded


class Appointment(msgspec.Struct, frozen=True):
    """Somebody as SENCO of the academy, and their qualification."""

    told: SencoAppointed
    awards: Mapping[str, SencoAwardTold] = {}
    """By award, the latest of each."""
    ended_on: date | None = None
    """The last day, inclusive."""

    def holds(self, day: date) -> bool:
        """Whether they are SENCO on that day."""
        return self.told.from_on <= day and (self.ended_on is None or day <= self.ended_on)


class Post(msgspec.Struct, frozen=True):
    """A post of the academy, filled or not."""

    told: PostPlanned
    filled: PostFilled | None = None
    left_on: date | None = None
    """The last day somebody was in it; None while somebody is, or before anybody was."""
    ended_on: date | None = None
    """The last day of the post itself, inclusive; as planned where it has not ended otherwise."""


@folds("recruitment.senco")
def sencos(known: Mapping[UUID, Appointment] | None, fact: Fact) -> Mapping[UUID, Appointment] | None:
    """The academy's SENCOs, by appointment, oldest first."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case SencoAppointed(appointment):
            return {**now, appointment: Appointment(fact)}
        case SencoAwardTold(appointment, award) if appointment in now:
            one = now[appointment]
            return {**now, appointment: replace(one, awards={**one.awards, award: fact})}
        case SencoEnded(appointment, ended_on) if appointment in now:
            return {**now, appointment: replace(now[appointment], ended_on=ended_on)}
    return known


@folds("recruitment.posts")
def posts(known: Mapping[UUID, Post] | None, fact: Fact) -> Mapping[UUID, Post] | None:
    """The academy's posts, by id, oldest first."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case PostPlanned(post):
            told = replace(now[post], told=fact) if post in now else Post(fact)
            return {**now, post: replace(told, ended_on=fact.until_by)}
        case PostFilled(post) if post in now:
            return {**now, post: replace(now[post], filled=fact, left_on=None)}
        case PostLeft(post, left_on, ends) if post in now:
            ended_on = left_on if ends else now[post].ended_on
            return {**now, post: replace(now[post], left_on=left_on, ended_on=ended_on)}
    return known
