"""The documents that entries of a pack name: given with the entry, where what happened is not withheld."""

from __future__ import annotations

import msgspec

from core.audit.packs.withholding import FACT, Item
from core.desk import Desk
from core.web.files import ENDINGS
from core.web.uploads import media_type_of
from events import Document, Event, Fact, Stream

MOST_BYTES = 100_000_000
"""Of all documents of a pack together, inclusive."""


def documents_in(event: Event) -> list[Document]:
    """The documents an entry names."""
    if not isinstance(event.fact, Fact):
        return []
    return [one for one in msgspec.structs.astuple(event.fact) if isinstance(one, Document)]


def named_by(item: Item) -> list[Document]:
    """Those that go with it; none where it is withheld what happened."""
    return [] if FACT in item.hidden else documents_in(item.event)


def addresses_of(event: Event) -> tuple[str, ...]:
    """Where the pages of a request show each document that an entry names."""
    return tuple(f"documents/{event.event_id}/{at}" for at, _ in enumerate(documents_in(event), 1))


def documents_of(desk: Desk, item: Item, proof: str) -> dict[str, bytes]:
    """The files of an entry whose proof has this name, by their own names in the pack."""
    if item.event.subject is None:
        return {}
    stream, number = Stream(item.event.subject, item.event.record), proof[len("proofs/") :].partition(".")[0]
    found = {}
    for at, kept in enumerate(named_by(item), 1):
        content = desk.log.document(stream, kept)
        found[f"documents/{number}-{at}{ENDINGS[media_type_of(content)]}"] = content
    return found
