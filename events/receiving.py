"""A child's record that goes with them to another academy: each fact again, saying where it was first recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec

from events.documents import Document
from events.facts import Event, Fact, New, Received, Stream
from events.folds import standing
from events.log import Log


def received(came_from: Log, into: Log, stream: Stream) -> list[New]:
    """What of a stream stands in another log and has not come here yet, to be recorded here.

    Each keeps its own day and where it was first recorded: which log, entry, place and instant. So a pack of this log
    and one of the other together prove the first date. Files the facts name are kept here too, sealed anew.

    Raises:
        Erased, Tampered: The other log's entries cannot be read.
    """
    here = {one.received.event for one in into.stream(*stream) if one.received} | {
        one.event_id for one in into.stream(*stream)
    }
    return [
        New(stream.subject, _kept_here(event.fact, came_from, into, stream), stream.record, first)
        for event in sorted(standing(came_from.stream(*stream)), key=lambda event: event.position)
        if isinstance(event.fact, Fact) and (first := _first(event)).event not in here
    ]


def _first(event: Event) -> Received:
    return event.received or Received(UUID(bytes=event.log), event.event_id, event.position, event.recorded_at)


def _kept_here(fact: Fact, came_from: Log, into: Log, stream: Stream) -> Fact:
    moved: Fact = _replaced(fact, lambda kept: into.keep(stream, came_from.document(stream, kept)))
    return moved


def _replaced(value: Any, keep: Callable[[Document], Document]) -> Any:
    """The value with every document in it kept anew."""
    match value:
        case Document():
            return keep(value)
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changed = {name: new for name, old in fields.items() if (new := _replaced(old, keep)) is not old}
            return msgspec.structs.replace(value, **changed) if changed else value
        case tuple() if any(isinstance(one, msgspec.Struct) for one in value):
            return tuple(_replaced(one, keep) for one in value)
    return value
