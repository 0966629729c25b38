"""A pupil who came from another academy of the trust: their record comes along, and keeps its first dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from core.desk import Desk
from core.errors import Refused
from core.ids import uuid_for
from core.manifest import RecordClass
from events import Stream, standing
from events.receiving import received


class Waiting(NamedTuple):
    """What another academy holds of a pupil and is not here yet."""

    academy_id: UUID
    academy: str
    classes: dict[str, int]
    """For each record class, by its title, how many entries."""


def waiting(desk: Desk, pupil_id: UUID) -> list[Waiting]:
    """The trust's other academies with a record of this pupil that this person may bring here."""
    building, found = desk.building, []
    if not (records := _brought(desk, pupil_id)):
        return []
    held = [grant for grant in building.in_force(desk.person_id) if grant.allows_any("export")]
    for key, academy in desk.academies.items():
        if key == desk.here or not any(grant.covers(key, building.now) for grant in held):
            continue  # another academy's log is not read for whoever could take nothing from it
        there = desk.at(key)
        counted = {one.title: _new(desk, there, pupil_id, one.name) for one in _there(there, pupil_id, records)}
        if classes := {title: count for title, count in counted.items() if count}:
            found.append(Waiting(key, academy.name, classes))
    return found


def bring(desk: Desk, pupil_id: UUID, academy_id: UUID, command_id: UUID) -> int:
    """Records here what stands of a pupil at another academy; returns how many entries.

    Each class is a command of its own: what was broken off is gone on with by doing it again.

    Raises:
        NotAllowed: This person may not take any of it from there, or may write none of it here.
        Refused: There is nothing new.
    """
    there = desk.at(academy_id)
    records = _there(there, pupil_id, _brought(desk, pupil_id))
    if not records:
        raise desk.turned_away("read", "core.identity")
    count = 0
    for record in (one.name for one in records):
        stream = Stream(pupil_id, record)
        if facts := received(there.log, desk.log, stream):
            there.exported(f"brought to {desk.academy.urn if desk.academy else ''}", record, len(facts))
            # Decided on what stands here; pressed twice, the second finds that someone recorded something first.
            desk.record(facts, command_id=uuid_for(command_id, record), expected={stream: desk.log.count(stream)})
            count += len(facts)
    if not count:
        raise Refused("All of it is here already.", code="nothing_new")
    return count


def _brought(desk: Desk, pupil_id: UUID) -> list[RecordClass]:
    """The plugins' classes this person may write here.

    What is told to few only stays: it is handed over by hand, as a child protection file is.
    """
    return [
        record
        for manifest in desk.building.plugins.manifests.values()
        for record in manifest.records
        if not record.need_to_know and desk.may("write", record.name, pupil_id)
    ]


def _there(there: Desk, pupil_id: UUID, records: Iterable[RecordClass]) -> list[RecordClass]:
    """Those of these classes of which something is there, and which this person may take from there."""
    return [
        record
        for record in records
        if there.log.count(Stream(pupil_id, record.name)) and there.may("export", record.name, pupil_id)
    ]


def _new(desk: Desk, there: Desk, pupil_id: UUID, record: str) -> int:
    here = {one.received.event for one in desk.log.stream(pupil_id, record) if one.received}
    stands = standing(there.log.stream(pupil_id, record))
    return sum((one.received.event if one.received else one.event_id) not in here for one in stands)
