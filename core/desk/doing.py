"""What a person does: commands decided and recorded, entries taken back, files kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from core.accounts.facts import PersonLeft
from core.command import Command, Decider, Gone
from core.desk.seeing import Seeing
from core.errors import NotAllowed, NotFound, Refused, Stale
from core.ids import uuid7, uuid_for
from events import Conflict, Document, Event, New, Stream, Withdrawn, standing
from events.open_facts import KeyDestroyed


class Desk(Seeing):
    """What one person may see and do at one academy, or at the trust's centre."""

    def do(
        self,
        command: Command,
        subject: UUID | None = None,
        *,
        command_id: UUID | None = None,
        seen: int | Mapping[Stream, int] | None = None,
        why: str = "",
    ) -> list[int]:
        """Records what a command decides; returns the places in the log.

        Args:
            subject: Whom it concerns; the academy or the trust itself when None.
            command_id: From the form; the same again records nothing more.
            seen: How many entries the streams the form was drawn from had, in all or each; a form grown stale is
                refused.

        While a wrong entry is answered (`answering`), it is taken back by the same command, ahead of what is decided
        without it: the right one.

        Raises:
            Refused: It cannot be; says why, and at which field.
            NotAllowed: This person may not record it, or may not know what it rests on.
            Stale: Someone recorded something here first.
        """
        about = self.here if subject is None else subject
        decider = self._decider(type(command), about)
        streams = [Stream(about, view.record) for view in decider.given.values()]
        command_id = command_id or uuid7(self.building.clock())
        read_up_to = self.log.refresh()
        before = self.log.find_command(command_id, 1)
        if before is not None and decider.destroys:  # what it was decided on may be gone for ever
            return [place.position for place in before.places]
        if before is None and isinstance(seen, int) and seen != self.count(streams):
            raise Stale(self._recorded_since(streams, seen))
        if before is None and isinstance(seen, Mapping):
            if grown := [stream for stream, count in seen.items() if self.log.count(stream) != count]:
                raise Stale(self._recorded_since(grown, None))
            streams += seen
        # A command sent again is decided again from what was known then, and must come to the same facts.
        known_at = before.places[0].position - 1 if before else None
        facts = self._decided(decider, command, about, command_id, known_at)
        if self.answering:
            if self.answering.event.subject != about:
                raise NotFound
            facts.insert(0, self._withdrawal(*self.answering, again=before is not None))
            streams.append(facts[0].stream)
        self._insist_on(decider.needs, facts)
        if before is not None:
            return self._append(facts, command_id, None, why)
        streams += [new.stream for new in facts if decider.checks_written]
        streams += decider.beside(self, about) if decider.beside else ()
        expected = {stream: self.log.count(stream) for stream in streams}
        if moved := [stream for stream in streams if self.log.moved_since(stream, read_up_to)]:
            raise Stale(self._recorded_since(moved, None))
        gone = decider.destroys(about, facts) if decider.destroys else None
        return self._append(facts, command_id, expected, why, gone)

    def would(self, command: Command, subject: UUID) -> list[New]:
        """What a command would record, decided and not recorded; raises as `do` does."""
        decider = self._decider(type(command), subject)
        return self._decided(decider, command, subject, uuid7(self.building.clock()), None)

    def _decided(
        self, decider: Decider, command: Command, subject: UUID, command_id: UUID, known_at: int | None
    ) -> list[New]:
        known = {name: self.told(view, subject, known_at=known_at) for name, view in decider.given.items()}
        around = {"today": self.today, "calendar": self.calendar, "command_id": command_id, "desk": self}
        try:
            return decider.decide(command, subject, known, **around)
        except NotAllowed as refusal:
            if refusal.recorded:
                raise
            raise self.turned_away(decider.needs, self.class_of(decider)) from None

    def class_of(self, decider: Decider) -> str:
        """The class of record a command is about: that of the first view it is given, else the first of its plugin."""
        owner, _ = self.building.plugins.decider(decider.command)
        return next((one.record for one in decider.given.values()), next((one.name for one in owner.records), ""))

    def record(
        self, facts: Sequence[New], *, command_id: UUID, expected: Mapping[Stream, int] | None = None, why: str = ""
    ) -> list[int]:
        """Records facts already decided, if this person may write each; see `do`."""
        self._insist_on("write", facts)
        return self._append(facts, command_id, expected, why)

    def _insist_on(self, action: str, facts: Iterable[New]) -> None:
        for stream in {new.stream for new in facts}:
            if not self.may(action, stream.record, stream.subject):
                raise self.turned_away(action, stream.record)

    def _append(
        self,
        facts: Sequence[New],
        command_id: UUID,
        expected: Mapping[Stream, int] | None,
        why: str,
        gone: Gone | None = None,
    ) -> list[int]:
        try:
            if gone:
                receipt = self.log.destroy(
                    gone.streams,
                    backups_until=gone.backups_until,
                    companions=facts,
                    command_id=command_id,
                    actor=self.actor,
                    expected=expected,
                    why=why,
                )
            else:
                receipt = self.log.append(facts, command_id=command_id, actor=self.actor, expected=expected, why=why)
        except Conflict as conflict:
            self.log.refresh()
            raise Stale(self._recorded_since(conflict.streams, None) or [str(conflict)]) from None
        self.log.refresh()
        for new in facts:
            if isinstance(new.fact, PersonLeft):
                self.building.desk_store.let_go(new.subject)
        if gone:
            self.building.let_go(self.here)
            self.destroy_access(dict.fromkeys(gone.access_keys, gone.backups_until))
        return [place.position for place in receipt.places]

    def destroy_access(self, keys: Mapping[str, date]) -> None:
        """Destroys keys of the log of who looked, where they still stand: with what they told of, or after it.

        Args:
            keys: For each key_id, in hex, the last day on which a backup of the key store may still hold it.
        """
        reads = self.building.reads_log(self.academy)
        gone = {fact.key_id for _, fact in reads.said_openly() if isinstance(fact, KeyDestroyed)}
        if left := sorted(set(keys) - gone):
            reads.append_open([KeyDestroyed(key, keys[key]) for key in left], uuid_for(reads.id, *left))
            reads.carry_out()

    def withdraw(self, event: Event, reason: str, command_id: UUID) -> list[int]:
        """Takes an event back: views leave it out from now on, history shows both.

        Raises:
            NotAllowed: This person may not write such a record.
            Refused: It is withdrawn already, or of a class of which nothing is taken back.
        """
        new = self._withdrawal(event, reason, again=self.log.find_command(command_id, 1) is not None)
        return self._append([new], command_id, None, "")

    def _withdrawal(self, event: Event, reason: str, *, again: bool) -> New:
        """What takes an event back; `again` when that was recorded before. Raises as `withdraw` does."""
        if event.subject is None or isinstance(event.fact, Withdrawn):
            raise NotAllowed
        new = New(event.subject, Withdrawn(event.event_id, self.today, reason), event.record)
        self._insist_on("write", [new])
        if event.record in self.building.plugins.final:
            raise Refused("This is ended, or decided again; it is not taken back.", code="final")
        if not again and event not in standing(self.log.stream(*new.stream)):
            raise Refused("This entry is withdrawn already.", code="withdrawn_already")
        return new

    def keep(self, subject: UUID, record: str, content: bytes) -> Document:
        """Seals a file for a fact of this subject and class to name; raises NotAllowed for whoever may not write it."""
        if not self.may("write", record, subject):
            raise self.turned_away("write", record)
        return self.log.keep(Stream(subject, record), content)

    def count(self, streams: Iterable[Stream]) -> int:
        """How many entries these streams have together: what a form remembers to notice that it has grown stale."""
        return sum(self.log.count(stream) for stream in streams)

    def seen_for(self, command: type[Command], subject: UUID) -> int:
        """What a form for this command, about this subject, remembers; raises as `do` does."""
        decider = self._decider(command, subject)
        return self.count([Stream(subject, view.record) for view in decider.given.values()])

    def _decider(self, command: type[Command], subject: UUID) -> Decider:
        """What decides a command, for someone who may know what it rests on: nobody else hears it refused in words.

        Raises:
            NotFound: Its plugin is off here.
            NotAllowed: They may neither read nor write a class it is given; or, where it is given none, write no class
                of its plugin.
        """
        owner, decider = self.building.plugins.decider(command)
        if owner.name in self.building.plugins.manifests and owner.name not in self.on:
            raise NotFound
        given = {view.record for view in decider.given.values()}
        known = all(self.may("read", record, subject) or self.may("write", record, subject) for record in given)
        if not known or not (given or any(self.may("write", one.name, subject) for one in owner.records)):
            raise self.turned_away(decider.needs, self.class_of(decider))
        return decider

    def _recorded_since(self, streams: Iterable[Stream], seen: int | None) -> list[str]:
        told = [one for one in streams if self.may("read", one.record, one.subject)]
        events = [event for one in told for event in self.log.stream(*one)]
        newest = sorted(events, key=lambda event: event.position)[seen if seen is not None else -1 :]
        return [f"{self.sentence(event)}, by {self.name_of(event.actor.by) if event.actor else ''}" for event in newest]
