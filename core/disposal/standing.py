"""What stands of one subject: each class of record, since when, how much, and how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.academies.facts import PluginSwitchedOn
from core.accounts.facts import Opened
from core.manifest import RecordClass
from core.periods import london_today
from events import Stream

if TYPE_CHECKING:
    from core.desk.seeing import Seeing

IDENTITY, OWN = "core.identity", "core.disposal"


class Kind(msgspec.Struct, frozen=True):
    """A class of record, and the title of the room or plugin it is of."""

    record: RecordClass
    room: str

    @property
    def title(self) -> str:
        return f"{self.room} · {self.record.title}"


class Standing(msgspec.Struct, frozen=True):
    """What is kept of a subject in one class."""

    kind: Kind
    entries: int
    files: int
    first_on: date
    """The day its first entry was typed; `last_on` that of its last."""
    last_on: date
    key_id: str
    """In hex."""

    @property
    def name(self) -> str:
        return self.kind.record.name


def kinds(desk: Seeing) -> dict[str, Kind]:
    """Every class of record this academy may hold, by name; of a plugin whose code is gone, as it stood."""
    return desk.building.kept(("kinds", desk.here), (desk.log.size,), lambda: _kinds(desk))


def _kinds(desk: Seeing) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for event in desk.log.stream(desk.here, "core.running"):
        if isinstance(event.fact, PluginSwitchedOn):
            stood = event.fact.stood
            for one in msgspec.convert(stood.get("records", []), list[RecordClass]):
                found[one.name] = Kind(one, stood.get("title", event.fact.plugin))
    for manifest in desk.building.plugins.everything:
        found |= {one.name: Kind(one, manifest.title) for one in manifest.records}
    return found


def standing(desk: Seeing, subject: UUID) -> list[Standing]:
    """What is kept of a subject, but for what was decided about that; who they are comes last."""
    if subject == desk.here:
        return []
    found = [one for kind in kinds(desk).values() if kind.record.name != OWN for one in _standing(desk, subject, kind)]
    return sorted(found, key=lambda one: (one.name == IDENTITY, one.kind.title))


def own(desk: Seeing, subject: UUID) -> Standing | None:
    """What was decided about keeping what is kept of a subject: itself a record of theirs."""
    return next(_standing(desk, subject, kinds(desk)[OWN]), None)


def _standing(desk: Seeing, subject: UUID, kind: Kind) -> Iterator[Standing]:
    stream = Stream(subject, kind.record.name)
    key = desk.log.keys.find(stream)
    if key and (events := desk.log.stream(*stream)):
        days = [london_today(event.recorded_at) for event in events]
        yield Standing(kind, len(events), desk.log.files(key.key_id), days[0], days[-1], key.key_id.hex())


def taken_out(desk: Seeing, subject: UUID, one: Standing) -> tuple[date, ...]:
    """The day of each list of this class, and each pack of this subject, that left since the record's first entry."""
    reads = desk.building.reads_log(desk.academy)
    left = [*reads.stream(desk.here, one.name), *reads.stream(subject, one.name)]
    days = (london_today(event.recorded_at) for event in left if not isinstance(event.fact, Opened))
    return tuple(sorted(day for day in days if day >= one.first_on))


def access_keys(desk: Seeing, subject: UUID, names: list[str]) -> tuple[str, ...]:
    """Keys under which it was recorded who looked at these classes of a subject, in hex."""
    keys = desk.building.reads_log(desk.academy).keys
    found = (keys.find(Stream(subject, name)) for name in names)
    return tuple(key.key_id.hex() for key in found if key)
