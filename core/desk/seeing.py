"""What a person sees: views, entries, documents, what other plugins say; and that they looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from core.academies.views import marked
from core.accounts.facts import Exported, Opened, PackMade, TurnedAway
from core.accounts.roles import READS_ALL
from core.answers import UNSAID, Deadline, Export, Said
from core.desk.answering import Answering, Carried
from core.desk.sitting import Sitting
from core.disposal.telling import deadlines as holds_to_review
from core.errors import NotAllowed, NotFound
from core.ids import uuid7, uuid_for
from core.requests.telling import deadlines as requests_to_answer
from core.roll.views import pupil
from core.wording import sentence
from events import Document, Erased, Event, Log, New, Stream, View, standing
from events.seal import record_class

T = TypeVar("T")
S = TypeVar("S")


class Seeing(Sitting):
    """One person with what they may read."""

    answers = ""
    """A wrong entry that this person is answering, as an address or a form carries it; "" for none."""

    def see(
        self, view: View[T], subject: UUID, *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> T | None:
        """What a view says of one subject; None when it says nothing.

        Raises:
            NotFound: This person may not read it; told like what is not there.
        """
        if not self.may("read", view.record, subject):
            raise NotFound
        return self.told(view, subject, as_at=as_at, known_at=known_at)

    def told(
        self, view: View[T], subject: UUID, *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> T | None:
        """What a view says, whoever asks; without the entry that is being answered."""
        wrong = self.answering.event if self.answering else None
        if wrong is None or (wrong.subject, wrong.record) != (subject, view.record):
            return self.log.see(view, subject, as_at=as_at, known_at=known_at)
        others = [event for event in self.log.stream(subject, view.record) if event.event_id != wrong.event_id]
        return view.of(standing(others, as_at=as_at, known_at=known_at))

    @cached_property
    def answering(self) -> Answering | None:
        """The wrong entry that is answered by what is recorded next; None for none.

        Raises:
            NotFound: It is not theirs to answer.
        """
        if not self.answers:
            return None
        sealed, self.answers = self.answers, ""  # a page that says it cannot be must not ask again
        try:
            carried = msgspec.json.decode(self.building.desk_store.open_words("answering", sealed), type=Carried)
        except msgspec.DecodeError:
            raise NotFound from None
        if carried.person != self.person_id:
            raise NotFound
        return Answering(self.entry(carried.subject, carried.event), carried.reason)

    def carried(self, event: Event, reason: str) -> str:
        """What an address carries to the form where the right entry is recorded."""
        told = Carried(event.event_id, event.subject or self.here, self.person_id, reason)
        return self.building.desk_store.seal_words("answering", msgspec.json.encode(told).decode())

    def see_all(
        self, view: View[T], *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> dict[UUID, T]:
        """What a view says of every subject this person may read; empty when there is none."""
        if not self.may("read", view.record):
            return {}
        scope, close = self.scope("read", view.record), self.conflicts
        found = self.log.see_all(view, as_at=as_at, known_at=known_at)
        if scope is None and not close:
            return found
        return {key: value for key, value in found.items() if key not in close and (scope is None or key in scope)}

    def history(self, subject: UUID) -> list[Event]:
        """Every event of a subject in the classes this person may read, withdrawn ones too, newest day first."""
        events: list[Event] = []
        for record in self.log.catalog.records:
            if self.may("read", record, subject):
                events += self.log.stream(subject, record)
        return sorted(events, key=lambda event: (event.day, event.position), reverse=True)

    def entry(self, subject: UUID, event_id: UUID) -> Event:
        """An entry of this subject that this person may read; raises NotFound otherwise."""
        try:
            event = self.log.find(event_id)
        except Erased:
            raise NotFound from None
        if event is None or event.subject != subject or not self.may("read", event.record, subject):
            raise NotFound
        return event

    def document(self, subject: UUID, record: str, kept: Document) -> bytes:
        """The file a fact of this subject and class names; raises NotFound for whoever may not read it."""
        if not self.may("read", record, subject):
            raise NotFound
        return self.log.document(Stream(subject, record), kept)

    def sentence(self, event: Event) -> str:
        """What happened, in words; from the plugin's own, or as they stood when its code was here."""
        return sentence(event, self.building.plugins.patterns)

    # Finding entries

    @cached_property
    def need_to_know(self) -> frozenset[str]:
        """Classes whose entries leave no trace for whoever may not read them: of the plugins that are, or ever were, on
        here; at the centre, of all that are installed."""
        plugins = self.building.plugins
        if self.academy_id is None:
            return frozenset().union(*(plugins.need_to_know(name) for name in plugins.manifests))
        ever_on = self.log.see(marked, self.academy_id) or {}
        return frozenset().union(*(stood | plugins.need_to_know(name) for name, stood in ever_on.items()))

    @cached_property
    def knows_only_of(self) -> dict[str, frozenset[UUID]]:
        """For each such class that they may not read for everyone: of whom they may.

        Whether its plugin is on now makes no difference.
        """
        found: dict[str, frozenset[UUID]] = {}
        for record in self.need_to_know:
            scope = self.permissions.scope("read", record, lambda: self.caseload)
            if scope is not None:
                of_whom = scope | ({self.here} if self.permissions.anywhere("read", record) else set())
                # a log calls a class whose plugin is not installed any more by its bytes
                found |= {record: of_whom, record_class(record).hex(): of_whom}
        return found

    @property
    def finds_all(self) -> bool:
        """Whether they may find every entry here, and so may know how many there are."""
        return not self.knows_only_of

    def finds(self, event: Event) -> bool:
        """Whether an entry is there at all, for this person."""
        of_whom = self.knows_only_of.get(event.record)
        return of_whom is None or event.subject in of_whom

    def unfound(self, log: Log) -> frozenset[int]:
        """Places in a log of here that are, for this person, as if they were not there."""
        return log.index.unfound(self.knows_only_of) if self.knows_only_of else frozenset()

    def discloses(self, event: Event, *, alone: bool = False) -> bool:
        """Whether they may read what an entry says though its plugin is off: packs are made of all that is kept.

        Args:
            alone: Whether they may give it out alone: then what they may read as records officer does not count.
        """
        if event.subject is None:
            return False
        held = self.permissions.but(READS_ALL) if alone else self.permissions
        if event.subject == self.here:
            return held.anywhere("read", event.record)
        if event.subject in self.conflicts:
            return False
        if event.record not in self.building.plugins.titles:  # its code is gone, so no role says who may read it
            return any(one.role in READS_ALL and event.subject in one.named for one in held.grants)
        scope = held.scope("read", event.record, lambda: self.caseload)
        return scope is None or event.subject in scope

    # Ask

    def ask(self, name: str, subject: UUID, shape: type[S]) -> Any:
        """Asks another plugin's view: `Said(value)`, or UNSAID.

        Args:
            shape: The asker's own struct of the fields it needs, as its manifest declares it.
        """
        plugins = self.building.plugins
        found, asker = plugins.offer(name), plugins.asker(name, shape)
        if found is None or asker not in self.on or name not in self.on[asker].approved:
            return UNSAID
        owner, offer = found
        if owner not in self.on or not self._hears(offer.read_under, subject):
            return UNSAID
        value = offer.view(self.log.see(offer.told_from, subject), self.today)
        return Said(None if value is None else msgspec.convert(value, shape, from_attributes=True))

    def _hears(self, record: str, subject: UUID) -> bool:
        """Besides the trust's approval, a person's ask needs that person's grant."""
        return self.may("read", record, subject)

    # What is due, taking away, and looking

    def deadlines(self, until: date) -> list[tuple[str, Deadline]]:
        """Every open duty here up to and including a day, with the room or plugin it is of."""
        asked = [*self.ask_all("deadlines", until=until), ("disposal", holds_to_review(self, until))]
        asked.append(("requests", requests_to_answer(self, until)))
        return [(name, one) for name, many in asked for one in many]

    def exports(self) -> list[tuple[str, Export]]:
        """Every list this person may take away, with the plugin it is of."""
        every = [(plugin, one) for plugin, many in self.ask_all("exports") for one in many]
        return [(plugin, one) for plugin, one in every if self.may("export", one.record)]

    def opened(self, subject: UUID, records: Iterable[str], page_of: str = "") -> None:
        """Records that this person opened these classes, before the page is sent; once in a session and hour.

        What is shown on a page of a record that is need to know is told by that look alone, and so is what they may
        read only because of such a record: whoever may not know of it finds no look that would tell.

        Args:
            page_of: The class that the page is about, where it would not be there without it.
        """
        hour = self.building.now.strftime("%Y%m%d%H")
        log = self.building.reads_log(self.academy)
        for record, beside in self._looks(subject, set(records), page_of):
            command_id = uuid_for(log.id, self.person_id, subject, record, self.session, hour, *beside)
            if log.find_command(command_id, 1) is None:
                fact = New(subject, Opened(self.today, beside), record)
                log.append([fact], command_id=command_id, actor=self.actor)

    def _looks(self, subject: UUID, records: set[str], page_of: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each look that is recorded, with the classes it tells of besides."""
        others = records - self.need_to_know
        on_such_a_page = page_of in self.need_to_know
        why, apart = (page_of, others) if on_such_a_page else self.secretly_theirs(subject, others)
        if apart:
            yield why, tuple(sorted(apart))
        yield from ((one, ()) for one in sorted(records - apart) if not (apart and one == why))

    def turned_away(self, action: str, record: str) -> NotAllowed:
        """Records that this person asked for what they have not been granted; what it gives is to be raised.

        Args:
            record: A class of record; one that is none here stands in no log, since whoever asks may have made it up.
        """
        log = self.building.reads_log(self.academy)
        known = record if record in self.building.plugins.titles else ""
        fact = New(self.person_id, TurnedAway(self.today, action, known))
        log.append([fact], command_id=uuid7(self.building.clock()), actor=self.actor)
        refusal = NotAllowed()
        refusal.recorded = True
        return refusal

    def missed(self, asked: Sequence[UUID]) -> None:
        """Records that this person asked for somebody who is not there for them, or where they have nothing; once in a
        session and hour, and one a second at most.

        To whoever may not know every child, one who is there and nobody at all leave one entry each: the log's length
        is published, and would tell.
        """
        asked = asked if self.academy else ()  # the centre has no children
        theirs = self.permissions.scope("read", "core.identity", lambda: self.caseload)
        children = [one for one in asked if self.log.see(pupil, one)]
        known = [one for one in children if one not in self.conflicts and (theirs is None or one in theirs)]
        knows_all = theirs is None and not self.conflicts
        if known or knows_all or (self.permissions.grants and not asked):
            return
        of, action = (children or [self.person_id])[0], "find" if asked else "enter"
        log, hour = self.building.reads_log(self.academy), self.building.now.strftime("%Y%m%d%H")
        command_id = uuid_for(log.id, self.person_id, "missed", *asked, self.session, hour)
        if not log.find_command(command_id, 1) and self.building.desk_store.take_turn(f"missed {self.person_id}", 1):
            fact = TurnedAway(self.today, action, "core.identity" if asked else "core.running")
            log.append([New(of, fact)], command_id=command_id, actor=self.actor)

    def exported(self, what: str, record: str, rows: int) -> None:
        """Records that a list left the program."""
        log = self.building.reads_log(self.academy)
        fact = New(self.here, Exported(self.today, what, rows), record)
        log.append([fact], command_id=uuid7(self.building.clock()), actor=self.actor)

    def packed(self, pack: str, made_on: date, streams: Mapping[Stream, int], purpose: str) -> None:
        """Records that a pack left the program; the same one again records nothing more.

        Args:
            pack: SHA-256 of the file, in hex.
            streams: How many entries of each are in it.

        Raises:
            NotFound: Some of it was destroyed since it was made: it does not leave any more.
        """
        if any(len(self.log.stream(*one)) < count for one, count in streams.items()):
            raise NotFound
        log = self.building.reads_log(self.academy)
        facts = [
            New(one.subject, PackMade(made_on, pack, count, purpose), one.record) for one, count in streams.items()
        ]
        log.append(facts, command_id=uuid_for(log.id, self.person_id, pack), actor=self.actor)
