"""A wrong entry that is being answered: what an address and a form carry of it, and what was known without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec

from events import Event, Withdrawn
from events.seal import event_id


class Answering(NamedTuple):
    """An entry that is taken back as the right one is recorded, and why."""

    event: Event
    reason: str


class Carried(msgspec.Struct, frozen=True):
    """The same on its way from page to page, sealed, and good for one person."""

    event: UUID
    subject: UUID
    person: UUID
    reason: str


def answers_of(events: Iterable[Event]) -> Mapping[UUID, UUID]:
    """For each entry that was answered, the id its answer bears where there is one: a withdrawal and what was recorded
    right after it by the same command."""
    return {one.fact.event: event_id(one.event_id, 1) for one in events if isinstance(one.fact, Withdrawn)}
