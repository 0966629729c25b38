"""What was recorded since a place, for a warehouse of the trust's own: only what this person may take away."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from events import Event
from events.open_facts import KeyDestroyed

if TYPE_CHECKING:
    from core.desk import Desk

_AT_ONCE = 500
_FEED = "changes"  # what a sealed place in the log is for


class Change(msgspec.Struct, frozen=True):
    """One entry."""

    entry: UUID
    kind: str
    record: str
    subject: UUID | None
    day: date
    """When it happened."""
    recorded_at: datetime
    """When it was typed, in UTC."""
    by: UUID | None
    role: str
    why: str
    key: str
    """The key it is under, in hex: it is forgotten when that is destroyed."""
    fact: dict[str, Any]


class Destroyed(msgspec.Struct, frozen=True):
    """A key was destroyed: every entry under it must be forgotten, here and wherever it was taken."""

    destroyed: str
    """The key, in hex."""


class NoPlace(ValueError):
    """What was given is no place of this log."""


def feed(desk: Desk, after: str, most: int) -> tuple[list[Change | Destroyed], str]:
    """At most so many changes behind a place, and the place to go on from; see `changes`.

    Args:
        after: As an earlier call gave it, sealed; "" to begin.

    Raises:
        NoPlace: It is none of this log's.
    """
    store, position = desk.building.desk_store, -1
    if after:
        name, _, place = store.open_words(_FEED, after).rpartition(" ")
        if name != desk.log.name or not place.isdecimal():
            raise NoPlace("Begin with no `after`, or with a `next` of this log's.")
        position = int(place)
    found, reached = changes(desk, position, most)
    return found, store.seal_words(_FEED, f"{desk.log.name} {reached:012}") if reached >= 0 else ""


def changes(desk: Desk, after: int, most: int) -> tuple[list[Change | Destroyed], int]:
    """At most so many changes behind a position, in their order, and the position looked at last. That they were taken
    is recorded, class by class, before they are given."""
    log, size = desk.log, desk.log.refresh()
    records = [one.name for room in desk.building.plugins.everything for one in room.records]
    gone = {at: fact.key_id for at, fact in log.said_openly() if isinstance(fact, KeyDestroyed)}
    places = sorted({*log.index.of_classes(name for name in records if _leaves(desk, name)), *gone})
    places = [at for at in places[bisect_right(places, after) :] if at < size]
    found: list[Change | Destroyed] = []
    reached = size - 1
    for start in range(0, len(places), _AT_ONCE):
        chunk = places[start : start + _AT_ONCE]
        told = {event.position: event for event in log.at([at for at in chunk if at not in gone])}
        for at in chunk:
            if at in gone:
                found.append(Destroyed(gone[at]))
            elif (event := told.get(at)) and desk.may("read", event.record, event.subject):
                found.append(_change(desk, event))
            if len(found) == most:
                reached = at
                break
        if len(found) == most:
            break
    taken = Counter(one.record for one in found if isinstance(one, Change))
    for record, rows in sorted(taken.items()):
        desk.exported("Changes, for a program", record, rows)
    return found, max(after, reached)


def _leaves(desk: Desk, record: str) -> bool:
    """Whether this person may take entries of a class away; reading them on a page is not enough."""
    return desk.may("read", record) and desk.may("export", record)


def _change(desk: Desk, event: Event) -> Change:
    """One entry. Whoever does not find them all is told no fraction of a second: it would tell how many lie between."""

    return Change(
        event.event_id,
        event.kind,
        event.record,
        event.subject,
        event.day,
        event.recorded_at if desk.finds_all else event.recorded_at.replace(microsecond=0),
        event.actor.by if event.actor else None,
        event.actor.role if event.actor else "",
        event.why,
        event.key_id.hex(),
        msgspec.to_builtins(event.fact),
    )
