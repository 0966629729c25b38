"""What is kept of whom a request is about: where it lies, who else may be named, and what of it is given."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.audit.packs import Choice, Draft, Preview, Withholding, preview
from core.audit.packs.documents import documents_in
from core.audit.packs.withholding import Item, items_of
from core.desk import Desk
from core.disposal.standing import Standing, kinds, own, standing
from core.errors import NotFound, Refused
from core.requests.views import Request, request
from core.roll.names import names_here
from core.roll.people import named, number_in
from core.roll.views import pupil
from core.wording import day
from events import Document, Erased, Event, Log, Stream, Withdrawn


class Kept(msgspec.Struct, frozen=True):
    """One class of record that is kept of somebody."""

    record: str
    title: str
    off: bool
    """Whether its plugin is switched off here, or gone: what it recorded is searched all the same."""
    entries: int
    files: int
    first_on: date
    last_on: date
    readable: bool
    """Whether whoever asks may read it; what is given is read by two people who may."""
    left_out: str
    """Code why it is not given; "" where it is."""


def kept(desk: Desk, one: Request) -> list[Kept]:
    """Every class in which anything is kept of them, of rooms and plugins, on, off and gone."""
    found: dict[str, list[tuple[UUID, Standing]]] = {}
    for subject in one.subjects:
        decided = own(desk, subject)
        for each in [*standing(desk, subject), *([decided] if decided else [])]:
            found.setdefault(each.name, []).append((subject, each))
    return [_kept(desk, one, record, told) for record, told in found.items()]


def _kept(desk: Desk, one: Request, record: str, told: Sequence[tuple[UUID, Standing]]) -> Kept:
    """One class of each of their records that holds it."""
    plugins, each = desk.building.plugins, [standing for _, standing in told]
    owner = plugins.owner_of(record)
    is_room = any(owner == room.name for room in plugins.rooms)
    return Kept(
        record,
        each[0].kind.title,
        not is_room and owner not in desk.on,
        sum(standing.entries for standing in each),
        sum(standing.files for standing in each),
        min(standing.first_on for standing in each),
        max(standing.last_on for standing in each),
        all(desk.discloses(desk.log.stream(subject, record)[0]) for subject, _ in told),
        one.left_out.get(record, ""),
    )


def whole(desk: Desk, one: Request) -> Preview:
    """Everything that is given, as it will read.

    Raises:
        Refused: This person may not read all of it, and so cannot say that it may go out.
    """
    given = [each for each in kept(desk, one) if not each.left_out]
    if unread := [each.title for each in given if not each.readable]:
        says = f"You may not read {', '.join(unread)}. Ask to be granted it, as {officer(one)} for this request."
        raise Refused(says, code="not_readable")
    events = [event for each in given for event in _entries(desk, one, each.record)]
    if not events:
        return Preview((), (), None)
    return preview(desk, Draft(desk.log.name, choice_of(one), _withholding(one, events)))


def officer(one: Request) -> str:
    """The role that reads all that is kept of whom a request is about."""
    return "records officer" if one.pupil else "staff records officer"


def choice_of(one: Request) -> Choice:
    """What the pack that answers a request is asked for."""
    purpose = f"Answer to the request of {day(one.clock.received_on)}"
    return Choice(purpose, one.subjects, without=tuple(sorted(one.left_out)), answers=True)


def documents_of(desk: Desk, one: Request, entry: UUID) -> tuple[Stream, list[Document]]:
    """The documents that an entry of theirs names, given or not.

    Raises:
        NotFound: There is no such entry of theirs, or it is not this person's to read.
    """
    try:
        event = desk.log.find(entry)
    except Erased:
        event = None
    if event is None or event.subject not in one.subjects or not desk.discloses(event):
        raise NotFound
    return Stream(event.subject, event.record), documents_in(event)


def items(desk: Desk, one: Request, record: str) -> list[Item]:
    """The entries of one class, with what is held back of each; [] for whoever may not read them."""
    events = [event for event in _entries(desk, one, record) if desk.discloses(event)]
    return items_of(desk, events, _withholding(one, events))


def _entries(desk: Desk, one: Request, record: str) -> list[Event]:
    found = [event for subject in one.subjects for event in desk.log.stream(subject, record)]
    return sorted(found, key=lambda event: event.position)


def whom(desk: Desk, one: Request) -> list[str]:
    """Each person a request is about, with what tells them from another of that name; that they were told is recorded.

    Of a grown person it is told to whoever may know of them alone; see `may_know`.
    """
    told, knows = [], may_know(desk, one)
    for subject in one.subjects:
        known = named(desk, subject) if knows else None
        if known:
            desk.opened(subject, [known.record])
            told.append(f"{known.full_name}, {known.about}")
        else:
            told.append(f"Record {subject.hex[:8]}")
    return told


def may_know(desk: Desk, one: Request) -> bool:
    """Whether this person may know what is kept of whom a request is about.

    That somebody has applied is itself for few to know: whoever gives records out, and whoever reads all of theirs.
    """
    return bool(one.pupil) or desk.may("export", request.record) or all(_reads(desk, each) for each in one.subjects)


def _reads(desk: Desk, subject: UUID) -> bool:
    known = named(desk, subject)
    return known is not None and desk.may("read", known.record, subject)


def _withholding(one: Request, events: Iterable[Event]) -> Withholding:
    """What was decided of these entries; of others, such as what was destroyed since, nothing."""
    known = {str(event.event_id) for event in events}
    single = {key: code for key, code in one.parts.items() if key.partition(".")[0] in known}
    return Withholding(one.parts.get("by", ""), "", single)


def marks(desk: Desk, item: Item, number: int) -> tuple[str, ...]:
    """Words of one part of an entry that may name somebody else; and people it refers to, where it holds their ids."""
    subject = item.event.subject
    known = named(desk, subject) if subject else None
    own, others = (known.forename, known.surname) if known else ("", ""), names_here(desk)
    found: list[str] = []
    for words in _strings(item.parts[number]):
        found += others.found_in(words, *own)
        found += _referred(desk, words, subject)
    return tuple(dict.fromkeys(found))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from _strings(each)
        case list() | tuple():
            for each in value:
                yield from _strings(each)


def _referred(desk: Desk, words: str, subject: UUID | None) -> list[str]:
    """Whom an id stands for; [] for other words, and for whose record it is."""
    key = number_in(words) if len(words) == 36 else None
    if key is None or key == subject:
        return []
    known, account = named(desk, key), desk.building.person(key)
    return [known.full_name] if known else [account.name] if account else []


class Searched:
    """What was found so far of somebody in the records of others; goes on from where it stopped."""

    def __init__(self, marks: Iterable[str]) -> None:
        self._marks = tuple(marks)
        self._upto = -1
        self._lock = threading.Lock()
        self.found: list[Stream] = []

    def goes_on(self, log: Log, records: Iterable[str], own: Collection[UUID]) -> list[Stream]:
        """Whose record it is and of which class, for each entry that names them."""
        with self._lock:
            newer = [at for at in log.index.of_classes(records) if at > self._upto]
            for event in log.at(newer):
                if event.subject and event.subject not in own and not isinstance(event.fact, Withdrawn):
                    told = msgspec.json.encode(event.fact).decode().casefold()
                    if any(mark in told for mark in self._marks):
                        self.found.append(Stream(event.subject, event.record))
            self._upto = max([self._upto, *newer])
            return list(self.found)


def named_elsewhere(desk: Desk, one: Request) -> Mapping[str, int]:
    """For each class of record, how many entries of others refer to whom a request is about by id, UPN or full name;
    without those that leave no trace for whoever asks."""
    marks = tuple(dict.fromkeys(mark for subject in one.subjects for mark in _marks_of(desk, subject)))
    if not marks:
        return {}
    searched = desk.building.kept(("named", desk.here, one.subjects), marks, lambda: Searched(marks))
    return _counted(desk, searched, one.subjects)


def named_as(desk: Desk, words: str) -> Mapping[str, int]:
    """For each class of record, how many entries hold these words of a name, whoever they are of; as above."""
    mark = " ".join(words.split()).casefold()
    if " " not in mark:
        return {}
    searched = desk.building.kept(("named as", desk.here), (mark,), lambda: Searched((mark,)))
    return _counted(desk, searched, ())


def _counted(desk: Desk, searched: Searched, own: tuple[UUID, ...]) -> Mapping[str, int]:
    records = [record for record in kinds(desk) if record != request.record]  # requests name whom they are about
    found: Counter[str] = Counter()
    for whose, record in searched.goes_on(desk.log, records, own):
        of_whom = desk.knows_only_of.get(record)
        if whose not in desk.conflicts and (of_whom is None or whose in of_whom):
            found[record] += 1
    return dict(sorted(found.items()))


def _marks_of(desk: Desk, subject: UUID) -> list[str]:
    """What an entry of somebody else's refers to this one by, in small letters."""
    child, known = desk.log.see(pupil, subject), named(desk, subject)
    told = [*([known.full_name] if known else []), *([child.upn] if child else [])]
    return [str(subject), *(one.casefold() for one in told)]
