"""One log: facts go in sealed and numbered, events and views come out."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from events.errors import Conflict
from events.facts import Actor, New, Stream
from events.folded import Folded
from events.open_facts import KeyDestroyed, OpenFact
from events.seal import Sealed, event_id, event_ids, seal, seal_open
from events.tail import Tail, places
from events.writing import Job, Receipt

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.keys import LogKeys


class Log(Folded):
    """Facts of one academy, or of the trust: sealed, numbered, chained; never changed, never deleted.

    Made by `Store`; many threads may use one Log at once.
    """

    def __init__(
        self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail, put: Callable[[Job], None]
    ) -> None:
        super().__init__(database, catalog, keys, tail)
        self._put = put

    def append(
        self,
        facts: Sequence[New | OpenFact],
        *,
        command_id: UUID,
        actor: Actor,
        expected: Mapping[Stream, int] | None = None,
        why: str = "",
    ) -> Receipt:
        """Records facts, all or none; durable when it returns.

        Args:
            command_id: The same id with the same facts records nothing more and returns the first places.
            expected: For each stream the decision rests on, how many entries it had then.

        Raises:
            Conflict: A stream in `expected` has moved on, or the command id was used for other facts.
            Tampered: A stored row is not as it was written; nothing is recorded from then on.
            DBAPIError: The database is gone, or refuses. Where it went away in between, nobody knows what became of
                the command until it is back; the same command again finds out.
        """
        if not facts:
            raise ValueError("a command records at least one fact")
        keys = self.keys.for_streams({new.stream for new in facts if isinstance(new, New)})
        shared = [msgspec.json.encode({"by": actor.by, "as": actor.role, "session": actor.session})]
        if why:
            shared.append(msgspec.json.encode({"why": why}))
        randoms = os.urandom(44 * len(facts))
        sealed = []
        for at, (new, event) in enumerate(zip(facts, event_ids(command_id, len(facts)), strict=True)):
            random44 = randoms[44 * at : 44 * at + 44]
            if isinstance(new, OpenFact):
                sealed.append(seal_open(self.id, event, [_open_part(new)], random44[:32]))
                continue
            key = keys[new.stream]
            sealed.append(seal(key.cipher, key.version, self.id, event, key.key_id, self._parts(new, shared), random44))
        return self._record(facts, sealed, command_id, dict(expected or {}), why)

    def append_open(self, facts: Sequence[OpenFact], command_id: UUID) -> Receipt:
        """Records facts anyone may read, by nobody; otherwise as `append` does."""
        sealed = [
            seal_open(self.id, event, [_open_part(fact)], os.urandom(32))
            for fact, event in zip(facts, event_ids(command_id, len(facts)), strict=True)
        ]
        return self._record(facts, sealed, command_id, {}, "")

    def _record(
        self,
        facts: Sequence[New | OpenFact],
        sealed: Sequence[Sealed],
        command_id: UUID,
        expected: dict[Stream, int],
        why: str,
    ) -> Receipt:
        job = Job(self.tail, sealed, expected, self._key_id)
        self._put(job)
        receipt = job.answer.result()
        if receipt.repeated:
            self._same_or_conflict(facts, command_id, receipt, why)
        return receipt

    def destroy(
        self,
        streams: Collection[Stream],
        *,
        backups_until: date,
        companions: Sequence[New],
        command_id: UUID,
        actor: Actor,
        expected: Mapping[Stream, int] | None = None,
        why: str = "",
    ) -> Receipt:
        """Destroys the keys of these streams, for ever: said in the open first, then done, then done to what hides.

        A key store that cannot be reached in between does it when the log is next opened. Streams never recorded in
        are passed over.

        Args:
            backups_until: The last day on which a backup of the key store may still hold these keys, inclusive.
            companions: Sealed facts that go with it: who approved, of which class, why.
            expected: As for `append`; raises as it does.
        """
        found = self.find_command(command_id, 1)
        if found is None:
            keys = [key for stream in streams if (key := self.keys.find(stream))]
            said = [KeyDestroyed(key.key_id.hex(), backups_until) for key in keys]
            found = self.append([*companions, *said], command_id=command_id, actor=actor, expected=expected, why=why)
        self.carry_out()
        self.refresh()
        return found

    def carry_out(self) -> None:
        """Destroys every key the log says is destroyed and the key store still holds."""
        said = {bytes.fromhex(fact.key_id) for _, fact in self.said_openly() if isinstance(fact, KeyDestroyed)}
        if left := said - set(self.keys.destroyed()) if said else ():
            for key_id in left:
                self.snapshots.drop(key_id)
            self.keys.destroy(sorted(left))

    def find_command(self, command_id: UUID, count: int) -> Receipt | None:
        """Where a command's facts came to stand; None when the log does not hold it."""
        ids = event_ids(command_id, count)
        with self._database.reading() as connection:
            found = places(connection, self.id, ids)
        return Receipt(tuple(found[one] for one in ids), repeated=True) if len(found) == count else None

    def _parts(self, new: New, shared: list[bytes]) -> list[bytes]:
        coded, texts = self.catalog.fact_parts(new.fact)
        first = [] if new.received is None else [msgspec.json.encode({"received": new.received})]
        return [coded, b'{"subject":"' + new.subject.hex.encode() + b'"}', *shared, *first, *texts]

    def _key_id(self, stream: Stream) -> bytes | None:
        key = self.keys.find(stream)
        return None if key is None else key.key_id

    def _same_or_conflict(self, facts: Sequence[New | OpenFact], command_id: UUID, receipt: Receipt, why: str) -> None:
        recorded = self.events(receipt.places[0].position, receipt.places[-1].position + 1)  # a command's facts adjoin
        told = ((event.fact, event.subject, event.record, event.why) for event in recorded)
        given = ((new, None, "", "") if isinstance(new, OpenFact) else (new.fact, *new.stream, why) for new in facts)
        more = self.find_command(event_id(command_id, len(facts)), 1)
        if more or any(one != other for one, other in zip_longest(told, given)):
            raise Conflict("This form was sent before with other answers, and those were recorded.")


def _open_part(fact: OpenFact) -> bytes:
    return b'{"fact":' + msgspec.json.encode(fact) + b"}"
