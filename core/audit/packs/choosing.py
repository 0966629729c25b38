"""Which entries a pack is to hold: of somebody, of a plugin, between days, or a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from core.desk import Desk
from core.disposal.standing import kinds
from core.errors import Refused
from events import Erased, Event, Withdrawn

MOST = 2000
"""Entries a pack is made of here, inclusive: more is more than anyone reads, and one file too large to mail."""
MOST_ANSWERING = 10_000
"""Of a pack that answers a request: whatever there is, somebody is owed it. As many as a pack can hold."""


class Choice(msgspec.Struct, frozen=True):
    """What a pack is asked for. A list of entries goes alone; everything else narrows what there is."""

    purpose: str
    """For whom, and why."""
    of: tuple[UUID, ...] = ()
    """Whose records; () for everybody's."""
    plugin: str = ""
    from_on: date | None = None
    until_by: date | None = None
    entries: tuple[UUID, ...] = ()
    since: str = ""
    """The checkpoints that the reader holds, as they were sent."""
    without: tuple[str, ...] = ()
    """Classes of record that are left out whole."""
    answers: bool = False
    """Whether it answers a request for what is kept: documents and who looked come with it, and what somebody may read
    as records officer goes into it. Two people read it first (`core.requests`)."""

    @property
    def is_numbered(self) -> bool:
        """Whether each entry shows which record it is of, and its number there: not where single ones are picked."""
        return not self.entries


def chosen(desk: Desk, choice: Choice) -> list[Event]:
    """The entries, by position: only those whose class this person may read, and with each what took it back.

    Raises:
        Refused: There are none, or too many; or one of a list is not there, or not theirs to show.
    """
    if choice.entries:
        events = [_entry(desk, event_id) for event_id in dict.fromkeys(choice.entries)]
    else:
        events = [event for event in _of_records(desk, choice) if _within(event, choice)]
    events = _with_what_took_back(desk, events)
    if not events:
        raise Refused("Nothing was recorded that fits, and that you may show.", code="nothing")
    most = MOST_ANSWERING if choice.answers else MOST
    if len(events) > most:
        says = f"These are {len(events):,} entries, and a pack may have {most:,}. Ask for less."
        raise Refused(says, code="too_many")
    return sorted(events, key=lambda event: event.position)


def _entry(desk: Desk, event_id: UUID) -> Event:
    try:
        event = desk.log.find(event_id)
    except Erased:
        event = None
    if event is None or not desk.discloses(event, alone=True):
        raise Refused(f"There is no entry {event_id} here that you may show.", code="no_entry", field="entries")
    return event


def _of_records(desk: Desk, choice: Choice) -> Iterable[Event]:
    rooms = [room for room in desk.building.plugins.everything if choice.plugin in ("", room.name)]
    installed = [one.name for room in rooms for one in room.records]
    records = [name for name in (kinds(desk) if choice.answers else installed) if name not in choice.without]
    if choice.of:
        found = (event for subject in choice.of for record in records for event in desk.log.stream(subject, record))
        return [event for event in found if desk.discloses(event, alone=not choice.answers)]
    mine = [record for record in records if desk.permissions.anywhere("read", record)]
    positions = desk.log.index.of_classes(mine)
    if len(positions) > 50 * MOST:
        raise Refused("These are too many entries to look through. Choose a plugin or a pupil.", code="too_many")
    return [event for event in desk.log.at(positions) if desk.discloses(event, alone=True)]


def _within(event: Event, choice: Choice) -> bool:
    return (choice.from_on or date.min) <= event.day <= (choice.until_by or date.max)


def _with_what_took_back(desk: Desk, events: list[Event]) -> list[Event]:
    """With the withdrawal of each that was withdrawn: nothing is shown as if it stood."""
    known = {event.event_id for event in events}
    streams = {(event.subject, event.record) for event in events if event.subject}
    every = (event for subject, record in streams for event in desk.log.stream(subject, record))
    taking = (event for event in every if isinstance(event.fact, Withdrawn) and event.fact.event in known)
    return [*events, *(event for event in taking if event.event_id not in known)]
