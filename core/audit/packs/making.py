"""Making a pack: from what was asked and what is withheld to a file, and the record that it left."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from core.audit.packs.choosing import Choice, chosen
from core.audit.packs.documents import MOST_BYTES, addresses_of, documents_of, named_by
from core.audit.packs.readings import readings
from core.audit.packs.telling import Looked, Record, Told, looked, told
from core.audit.packs.withholding import BY, Item, Withholding, items_of
from core.desk import Desk
from core.errors import Refused
from core.roll.people import named
from core.wording import counted, day, moment
from events import Stream
from events.packs import NotOurs, Pack, held_notes


class Draft(msgspec.Struct, frozen=True):
    """A pack on its way: of which log, what is asked for, and what is withheld."""

    log: str
    choice: Choice
    withholding: Withholding = Withholding()


class Made(msgspec.Struct, frozen=True):
    """A pack, and what is said of it where it is handed over."""

    content: bytes
    name: str
    """Of the file; never of whom."""
    made_on: date
    entries: int
    gaps: int
    keys: tuple[str, ...]
    purpose: str
    streams: Mapping[Stream, int]
    """How many entries of each are in it."""
    answers: bool
    """Whether it answers a request; see `Choice`."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Preview(NamedTuple):
    """What a pack would hold, and how it would read."""

    items: Sequence[Item]
    told: Sequence[Told]
    looks: Sequence[Looked] | None
    """Who looked, as of now."""

    @property
    def digest(self) -> str:
        """Stands for just these entries with just these parts withheld: what was looked at is what is made."""
        seen = [(item.event.event_id, sorted(item.withheld.items())) for item in self.items]
        return hashlib.sha256(msgspec.json.encode(seen)).hexdigest()


def preview(desk: Desk, draft: Draft) -> Preview:
    """What there is now; raises Refused as `chosen` does, and where there is no checkpoint in what the reader holds."""
    _since(desk, draft.choice)
    items = items_of(desk, chosen(desk, draft.choice), draft.withholding)
    given = [item.event for item in items if named_by(item)] if draft.choice.answers else []
    files = {event.event_id: addresses_of(event) for event in given}
    looks = looked(desk, draft.choice, named=not any(BY in item.hidden for item in items))
    return Preview(items, told(desk, items, _whose(desk, draft.choice, items), {}, files), looks)


def make(
    desk: Desk, choice: Choice, items: Sequence[Item], made_at: datetime, progress: Callable[[int, int], None]
) -> Made:
    """Makes the pack; records nothing.

    Args:
        items: As a preview gave them.

    Raises:
        Refused: A checkpoint that the reader holds is none of this log's past; or the documents are too large together.
        Tampered: The log is not as it was written.
    """
    if choice.answers and sum(one.length for item in items for one in named_by(item)) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(f"The documents are larger than {most} MB together. Make it of fewer entries.", code="too_large")
    pack = _proved(desk, choice, items)
    progress(1, 3)
    proofs = {one.event.event_id: one.proof for one in pack.entries if one.event}
    given = items if choice.answers else ()
    documents = {item.event.event_id: documents_of(desk, item, proofs[item.event.event_id]) for item in given}
    names = {key: tuple(found) for key, found in documents.items() if found}
    record = Record(
        title=title(desk, choice),
        trust=desk.building.trust_name,
        where=desk.academy.name if desk.academy else "The trust's centre",
        made=f"Made by {desk.person.name}, {desk.role}, on {moment(made_at)}",
        purpose=choice.purpose,
        asked=asked(desk, choice),
        log=pack.checkpoint.origin,
        size=pack.checkpoint.size,
        keys=tuple(pack.keys),
        runs=tuple(f"{run.what}: {run.says}" for run in pack.runs),
        entries=tuple(told(desk, items, _whose(desk, choice, items), proofs, names)),
        looks=looked(desk, choice, named=not any(BY in item.hidden for item in items)),
    )
    files = readings(record)
    for found in documents.values():
        files |= found
    progress(2, 3)
    content = pack.zip(record.asked, made_at, files)
    streams = Counter(Stream(one.event.subject, one.event.record) for one in items if one.event.subject)
    name = f"pack-{desk.academy.urn if desk.academy else 'trust'}-{desk.today}.zip"
    return Made(
        content, name, desk.today, len(items), record.gaps, record.keys, choice.purpose, dict(streams), choice.answers
    )


def _proved(desk: Desk, choice: Choice, items: Sequence[Item]) -> Pack:
    def called(stream: Stream) -> str:
        return _called(desk, stream.record)

    disclosed, numbered = [item.disclosed for item in items], called if choice.is_numbered else None
    try:
        return Pack(desk.building.store, desk.log, disclosed, called=numbered, since=_since(desk, choice))
    except NotOurs as error:
        raise Refused(str(error), code="not_ours", field="since") from None


def _since(desk: Desk, choice: Choice) -> list[str]:
    notes = held_notes(desk.log, choice.since)
    if choice.since and not notes:
        raise Refused("This holds no checkpoint of this log.", code="no_checkpoint", field="since")
    return notes


def title(desk: Desk, choice: Choice) -> str:
    if choice.of:
        return f"Record of {_name(desk, choice)}"
    room = next((one.title for one in desk.building.plugins.everything if one.name == choice.plugin), "")
    return f"Entries of {room}" if room else "Entries of the log"


def asked(desk: Desk, choice: Choice) -> str:
    """What is asked for, in a sentence."""
    if choice.entries:
        return f"{counted(len(choice.entries), 'entry', 'entries')}, picked one by one."
    room = next((one.title for one in desk.building.plugins.everything if one.name == choice.plugin), "")
    told = f"What is recorded of {_name(desk, choice)}" if choice.of else "What is recorded"
    told += f" in {room}" if room else ""
    told += f", from {day(choice.from_on)}" if choice.from_on else ""
    told += f", up to {day(choice.until_by)}" if choice.until_by else ""
    return f"{told}."


def _name(desk: Desk, choice: Choice) -> str:
    """Whose records they are: of one person, under however many numbers."""
    known = (named(desk, one) for one in choice.of)
    return next((one.full_name for one in known if one), "somebody")


def _called(desk: Desk, record: str) -> str:
    """Title of a record class."""
    return desk.building.plugins.titles.get(record, record)


def _whose(desk: Desk, choice: Choice, items: Sequence[Item]) -> dict[UUID, str]:
    """Whom each entry is about, without a name; nobody where all are of one person."""
    if len(choice.of) == 1:
        return {}
    subjects = {item.event.subject for item in items if item.event.subject}
    here = desk.academy.name if desk.academy else desk.building.trust_name
    return {one: here if one == desk.here else f"Record {str(one)[:8]}" for one in subjects}
