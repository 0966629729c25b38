"""What of an entry is withheld from whoever a pack is for, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from core.audit.reasons import REASONS
from core.desk import Desk
from core.errors import Refused
from events import Event
from events.packs import Disclosed, parts_of

FACT, BY = "fact", "by"
_CALLED = {
    FACT: "What happened",
    "subject": "Whose record it is",
    BY: "Who recorded it",
    "why": "Why it was recorded",
    "received": "Where it was first recorded",
}


class Piece(NamedTuple):
    """A part of an entry: shown whole, or not at all."""

    number: int
    name: str
    """"fact" for the first, "subject", "by", "why", "received", or the name of a free-text field."""
    words: str
    """What a person typed; "" where it is no such text."""

    @property
    def is_field(self) -> bool:
        """Whether it is a field of the fact, which a person typed."""
        return bool(self.words) and self.name not in _CALLED

    @property
    def label(self) -> str:
        return _CALLED.get(self.name) or self.name.replace("_", " ").capitalize()


class Withholding(msgspec.Struct, frozen=True):
    """What is withheld, by the code of its reason; "" where it is shown."""

    by: str = ""
    """Who recorded each entry."""
    texts: str = ""
    """Everything a person typed in their own words."""
    single: Mapping[str, str] = {}
    """Single parts, by entry and number: "<event id>.<number>"."""

    def code(self, event: Event, piece: Piece) -> str:
        """Why a part is withheld; "" where it is shown."""
        of_all = self.by if piece.name == BY else self.texts if piece.words else ""
        return self.single.get(field_of(event, piece)) or of_all


class Item(NamedTuple):
    """An entry that is to go into a pack."""

    event: Event
    parts: Sequence[Mapping[str, Any]]
    pieces: Sequence[Piece]
    withheld: Mapping[int, str]
    """Why parts are withheld, in a sentence, by their number."""

    @property
    def hidden(self) -> set[str]:
        """Names of the parts that are withheld."""
        return {piece.name for piece in self.pieces if piece.number in self.withheld}

    @property
    def disclosed(self) -> Disclosed:
        return Disclosed(self.event.event_id, self.withheld)


def field_of(event: Event, piece: Piece) -> str:
    """How a form calls a part of an entry."""
    return f"{event.event_id}.{piece.number}"


def items_of(desk: Desk, events: Sequence[Event], withholding: Withholding) -> list[Item]:
    """The entries with their parts, and what is withheld of each; raises Refused where a single part is not there."""
    parts = parts_of(desk.building.store, desk.log, [event.event_id for event in events])
    items: list[Item] = []
    for event in events:
        pieces = [_piece(number, part) for number, part in enumerate(parts[event.event_id])]
        codes = {piece.number: withholding.code(event, piece) for piece in pieces}
        withheld = {number: REASONS[code] for number, code in codes.items() if code}
        items.append(Item(event, parts[event.event_id], pieces, withheld))
    known = {field_of(item.event, piece) for item in items for piece in item.pieces}
    if strange := sorted(withholding.single.keys() - known):
        raise Refused(f"No part of these entries is called {strange[0]}.", code="no_part")
    return items


def _piece(number: int, part: Mapping[str, Any]) -> Piece:
    if number == 0:
        return Piece(number, FACT, "")
    name = BY if BY in part else next(iter(part))
    if name == FACT:
        ((field, words),) = part[name].items()
        return Piece(number, field, str(words))
    return Piece(number, name, str(part[name]) if name == "why" else "")
