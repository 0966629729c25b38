"""What a pack tells people of its entries, in the timeline's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

import msgspec

from core.audit.packs.choosing import Choice
from core.audit.packs.withholding import BY, FACT, Item
from core.desk import Desk
from core.looking.telling import visits
from core.web.timeline import first, late, split, who
from core.wording import moment
from events import Withdrawn
from events.seal import record_class

_WITHHELD = "[withheld]"


class Gap(msgspec.Struct, frozen=True):
    """What is not shown of an entry, and why."""

    what: str
    why: str


class Told(msgspec.Struct, frozen=True):
    """One entry in words."""

    event: UUID
    proof: str
    """Name of its file in the pack; "" before there is one."""
    whose: str
    title: str
    says: str | None
    happened: date
    typed: datetime
    late: str | None
    first: str | None
    """Where and when it was first typed, when it came from another academy."""
    by: str
    taken_back: str
    """What took it back; "" where it stands."""
    gaps: tuple[Gap, ...]
    recorded: str
    """What is shown of it as the log holds it: JSON, part by part."""
    files: tuple[str, ...] = ()
    """Names in the pack of the documents it names."""

    @property
    def number(self) -> str:
        """Of its proof."""
        return self.proof.partition("/")[2].partition(".")[0].lstrip("0")


class Looked(msgspec.Struct, frozen=True):
    """That somebody opened the record, on one day: as the trust tells it, not proved by the pack."""

    when: str
    who: str
    what: tuple[str, ...]


class Record(msgspec.Struct, frozen=True):
    """All that is told."""

    title: str
    trust: str
    where: str
    made: str
    """When and by whom."""
    purpose: str
    asked: str
    log: str
    size: int
    """Entries that the checkpoint covers."""
    keys: tuple[str, ...]
    runs: tuple[str, ...]
    """Sentences on between which entries none is left out."""
    entries: tuple[Told, ...]
    looks: tuple[Looked, ...] | None = None
    """Who looked, the newest day first; None where that is not told."""

    @property
    def gaps(self) -> int:
        return sum(len(one.gaps) for one in self.entries)


def told(
    desk: Desk,
    items: Sequence[Item],
    whose: Mapping[UUID, str],
    proofs: Mapping[UUID, str],
    files: Mapping[UUID, tuple[str, ...]],
) -> list[Told]:
    """The entries in words, by the day they happened, then as they were recorded.

    Args:
        whose: For each subject, whose record it is, without a name.
        proofs: For each entry, its proof's file in the pack; none before there is one.
        files: For each entry, its documents in the pack.
    """
    taken_back = {item.event.fact.event: item for item in items if isinstance(item.event.fact, Withdrawn)}
    ordered = sorted(items, key=lambda item: (item.event.day, item.event.position))
    known = (whose, proofs, files)
    return [_told(desk, item, taken_back.get(item.event.event_id), *known) for item in ordered]


def looked(desk: Desk, choice: Choice, *, named: bool) -> tuple[Looked, ...] | None:
    """Who opened somebody's record and when; None where that is not told. What each was granted it for is for the trust
    to know: those words may name others.

    Args:
        named: Whether by name; else by role alone.
    """
    if not choice.answers or not choice.of:
        return None
    titles, name_of, found = desk.building.plugins.titles, cache(desk.name_of), []
    without = {
        *choice.without,
        *(record_class(name).hex() for name in choice.without),
    }
    seen = (one for subject in choice.of for one in visits(desk, subject, without))
    for one in sorted(seen, key=lambda one: one.first, reverse=True):
        who = f"{name_of(one.person)}, {one.role}" if named else one.role or "someone who works for the trust"
        found.append(Looked(moment(one.first), who, tuple(titles.get(record, record) for record in one.records)))
    return tuple(found)


def _told(
    desk: Desk,
    item: Item,
    taken_back: Item | None,
    whose: Mapping[UUID, str],
    proofs: Mapping[UUID, str],
    files: Mapping[UUID, tuple[str, ...]],
) -> Told:
    event = item.event
    title, says = split(_sentence(desk, item))
    shown = [part for number, part in enumerate(item.parts) if number not in item.withheld]
    return Told(
        event.event_id,
        proofs.get(event.event_id, ""),
        whose.get(event.subject, "") if event.subject else "",
        title,
        says,
        event.day,
        event.recorded_at,
        late(event),
        None if "received" in item.hidden else first(desk, event),
        "someone whose name is withheld" if BY in item.hidden else who(desk, event),
        _sentence(desk, taken_back) if taken_back else "",
        tuple(Gap(piece.label, item.withheld[piece.number]) for piece in item.pieces if piece.number in item.withheld),
        "\n".join(msgspec.json.format(msgspec.json.encode(part), indent=1).decode() for part in shown),
        files.get(event.event_id, ()),
    )


def _sentence(desk: Desk, item: Item) -> str:
    """The timeline's sentence of what is shown; told from the parts, since an old fact may call them otherwise."""
    if FACT in item.hidden:
        return "What happened is withheld"
    instead = [
        {FACT: {piece.name: _WITHHELD}} if piece.is_field and piece.number in item.withheld else part
        for piece, part in zip(item.pieces, item.parts, strict=True)
    ]
    fact = desk.log.catalog.fact([msgspec.json.encode(part) for part in instead])
    return desk.sentence(msgspec.structs.replace(item.event, fact=fact))
