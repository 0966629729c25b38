"""The desk: one person, one academy, one day. Pages, API and command line all come here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from core.academies.views import Academy, PluginOn, calendar, closed_days, terms
from core.accounts.facts import Exported, Opened
from core.accounts.roles import ROLES
from core.accounts.views import Permissions, Person
from core.answers import UNSAID, Said
from core.building import Building
from core.command import Command, Decider
from core.errors import NotAllowed, NotFound, Refused, Stale
from core.ids import uuid7, uuid_for
from core.periods import Calendar
from core.roll.views import tutor_group
from core.wording import sentence
from events import Actor, Conflict, Erased, Event, Log, New, Stream, View, Withdrawn, standing

T = TypeVar("T")
S = TypeVar("S")


class Desk:
    """What one person may see and do at one academy, or at the trust's centre.

    Args:
        academy_id: None at the trust's centre.
        session: Name of the sign-in session, for the log.
    """

    def __init__(
        self, building: Building, person_id: UUID, person: Person, academy_id: UUID | None = None, session: str = ""
    ) -> None:
        self.building = building
        self.person_id = person_id
        self.person = person
        self.academy_id = academy_id
        self.session = session
        self.today = building.today
        self.academies = building.academies()
        self.academy: Academy | None = self.academies[academy_id] if academy_id else None
        self.log: Log = building.academy_log(self.academy) if self.academy else building.trust
        self.on: dict[str, PluginOn] = building.plugins_on(academy_id, self.log) if academy_id else {}
        self.permissions = Permissions(building.grants(person_id), academy_id, self.today)
        self._caseload: frozenset[UUID] | None = None
        self._scopes: dict[tuple[str, str], frozenset[UUID] | None] = {}

    @property
    def role(self) -> str:
        """Title of the role they act in."""
        titles = [ROLES[role].title for role in self.permissions.roles if role in ROLES]
        return titles[0] if titles else ""

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.role, self.session)

    @property
    def here(self) -> UUID:
        """The subject of facts about no person: the academy, or the trust."""
        return self.academy_id or self.building.trust_id

    @property
    def calendar(self) -> Calendar:
        return calendar(self.log.see(terms, self.here), self.log.see(closed_days, self.here))

    # May

    def may(self, action: str, record: str, subject: UUID | None = None) -> bool:
        """Whether they may, for this subject; without one, for anyone here at all."""
        if not self._is_on(record):
            return False
        if subject is None or subject == self.here:
            return self.permissions.anywhere(action, record)
        scope = self._scope(action, record)
        return scope is None or subject in scope

    def _is_on(self, record: str) -> bool:
        owner = self.building.plugins.owner_of(record)
        return owner not in self.building.plugins.manifests or owner in self.on

    def _scope(self, action: str, record: str) -> frozenset[UUID] | None:
        key = (action, record)
        if key not in self._scopes:
            self._scopes[key] = self.permissions.scope(action, record, self.caseload)
        return self._scopes[key]

    @property
    def caseload(self) -> frozenset[UUID]:
        """Pupils in their own care or classes: what the rooms and plugins say, together."""
        if self._caseload is None:
            self._caseload = tutor_group(self.log, self.person_id)  # what plugins that are asked may read meanwhile
            self._caseload = self._caseload.union(*(answer for _, answer in self.ask_all("caseload")))
        return self._caseload

    # See

    def see(
        self, view: View[T], subject: UUID, *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> T | None:
        """What a view says of one subject; None when it says nothing.

        Raises:
            NotFound: This person may not read it; told like what is not there.
        """
        if not self.may("read", view.record, subject):
            raise NotFound
        return self.log.see(view, subject, as_at=as_at, known_at=known_at)

    def see_all(
        self, view: View[T], *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> dict[UUID, T]:
        """What a view says of every subject this person may read; empty when there is none."""
        if not self._is_on(view.record) or not self.permissions.anywhere("read", view.record):
            return {}
        scope = self._scope("read", view.record)
        found = self.log.see_all(view, as_at=as_at, known_at=known_at)
        return found if scope is None else {subject: value for subject, value in found.items() if subject in scope}

    def history(self, subject: UUID) -> list[Event]:
        """Every event of a subject in the classes this person may read, withdrawn ones too, newest day first."""
        events: list[Event] = []
        for record in self.log.catalog.records:
            if self.may("read", record, subject):
                events += self.log.stream(subject, record)
        return sorted(events, key=lambda event: (event.day, event.position), reverse=True)

    def entry(self, subject: UUID, position: int) -> Event:
        """An entry of this subject that this person may read; raises NotFound otherwise."""
        try:
            event = self.log.event(position)
        except (IndexError, Erased):
            raise NotFound from None
        if event.subject != subject or not self.may("read", event.record, subject):
            raise NotFound
        return event

    def sentence(self, event: Event) -> str:
        """What happened, in words; from the plugin's own, or as they stood when its code was here."""
        return sentence(event, self.building.plugins.patterns)

    # Do

    def do(
        self,
        command: Command,
        subject: UUID | None = None,
        *,
        command_id: UUID | None = None,
        seen: int | None = None,
        why: str = "",
    ) -> list[int]:
        """Records what a command decides; returns the places in the log.

        Args:
            subject: Whom it concerns; the academy or the trust itself when None.
            command_id: From the form; the same again records nothing more.
            seen: How many entries the streams the form was drawn from had; a form grown stale is refused.

        Raises:
            Refused: It cannot be; says why, and at which field.
            NotAllowed: This person may not record it.
            Stale: Someone recorded something here first.
        """
        about = self.here if subject is None else subject
        decider = self._decider(command)
        streams = [Stream(about, view.record) for view in decider.given.values()]
        command_id = command_id or uuid7(self.building.clock())
        read_up_to = self.log.refresh()
        before = self.log.find_command(command_id, 1)
        if before is None and seen is not None and seen != self.count(streams):
            raise Stale(self._recorded_since(streams, seen))
        # A command sent again is decided again from what was known then, and must come to the same facts.
        known_at = before.places[0].position - 1 if before else None
        facts = self._decided(decider, command, about, command_id, known_at)
        if before is not None:
            return self.record(facts, command_id=command_id, why=why)
        streams += [new.stream for new in facts if decider.checks_written]
        expected = {stream: self.log.count(stream) for stream in streams}
        if moved := [stream for stream in streams if self.log.moved_since(stream, read_up_to)]:
            raise Stale(self._recorded_since(moved, None))
        return self.record(facts, command_id=command_id, expected=expected, why=why)

    def would(self, command: Command, subject: UUID) -> list[New]:
        """What a command would record, decided and not recorded; raises as `do` does."""
        return self._decided(self._decider(command), command, subject, uuid7(self.building.clock()), None)

    def _decided(
        self, decider: Decider, command: Command, subject: UUID, command_id: UUID, known_at: int | None
    ) -> list[New]:
        known = {name: self.log.see(view, subject, known_at=known_at) for name, view in decider.given.items()}
        around = {"today": self.today, "calendar": self.calendar, "command_id": command_id, "desk": self}
        return decider.decide(command, subject, known, **around)

    def record(
        self, facts: Sequence[New], *, command_id: UUID, expected: Mapping[Stream, int] | None = None, why: str = ""
    ) -> list[int]:
        """Records facts already decided, if this person may write each; see `do`."""
        for stream in {new.stream for new in facts}:
            if not self.may("write", stream.record, stream.subject):
                raise NotAllowed
        try:
            receipt = self.log.append(facts, command_id=command_id, actor=self.actor, expected=expected, why=why)
        except Conflict as conflict:
            self.log.refresh()
            raise Stale(self._recorded_since(conflict.streams, None)) from None
        self.log.refresh()
        return [place.position for place in receipt.places]

    def withdraw(self, event: Event, reason: str, command_id: UUID) -> list[int]:
        """Takes an event back: views leave it out from now on, history shows both.

        Raises:
            NotAllowed: This person may not write such a record.
            Refused: It is withdrawn already.
        """
        if event.subject is None or isinstance(event.fact, Withdrawn):
            raise NotAllowed
        stands = standing(self.log.stream(event.subject, event.record))
        if event not in stands and self.log.find_command(command_id, 1) is None:
            raise Refused("This entry is withdrawn already.", code="withdrawn_already")
        fact = Withdrawn(event.event_id, self.today, reason)
        return self.record([New(event.subject, fact, event.record)], command_id=command_id)

    def count(self, streams: Iterable[Stream]) -> int:
        """How many entries these streams have together: what a form remembers to notice that it has grown stale."""
        return sum(self.log.count(stream) for stream in streams)

    def seen_for(self, command: type[Command], subject: UUID) -> int:
        """What a form for this command, about this subject, remembers."""
        decider = self._decider(command)
        return self.count([Stream(subject, view.record) for view in decider.given.values()])

    def _decider(self, command: Command | type[Command]) -> Decider:
        owner, decider = self.building.plugins.decider(command if isinstance(command, type) else type(command))
        if owner in self.building.plugins.manifests and owner not in self.on:
            raise NotFound
        return decider

    def _recorded_since(self, streams: Iterable[Stream], seen: int | None) -> list[str]:
        told = [one for one in streams if self.may("read", one.record, one.subject)]
        events = [event for one in told for event in self.log.stream(*one)]
        newest = sorted(events, key=lambda event: event.position)[seen if seen is not None else -1 :]
        return [f"{self.sentence(event)}, by {self.name_of(event.actor.by) if event.actor else ''}" for event in newest]

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

    def ask_all(self, question: str, **arguments: Any) -> list[tuple[str, Any]]:
        """Asks every plugin that is on here."""
        return self.building.plugins.ask_all(question, self.on, desk=self, **arguments)

    # Looking

    def opened(self, subject: UUID, records: Iterable[str]) -> None:
        """Records that this person opened these classes, before the page is sent; once in a session and hour."""
        hour = self.building.now.strftime("%Y%m%d%H")
        log = self.building.reads_log(self.academy)
        for record in sorted(set(records)):
            command_id = uuid_for(log.id, self.person_id, subject, record, self.session, hour)
            if log.find_command(command_id, 1) is None:
                log.append([New(subject, Opened(self.today), record)], command_id=command_id, actor=self.actor)

    def exported(self, what: str, record: str, rows: int) -> None:
        """Records that a list left the program."""
        log = self.building.reads_log(self.academy)
        fact = New(self.here, Exported(self.today, what, rows), record)
        log.append([fact], command_id=uuid7(self.building.clock()), actor=self.actor)

    def name_of(self, person_id: UUID) -> str:
        """Name of someone who signs in; for the trail."""
        found = self.building.person(person_id)
        return found.name if found else "someone no longer known"
