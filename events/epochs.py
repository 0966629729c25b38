"""Epochs that have ended: what a log says of them where the next begins, and whether that is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

from sqlalchemy import Connection

from events.errors import Tampered
from events.notes import Checkpoint, parse_note, read_note
from events.open_facts import EpochStarted, LogReceived, OpenFact, note_keys
from events.tail import Epoch, Tail


class Ended:
    """The epochs of a log but the one being written.

    Args:
        said: What the log says of itself, with positions, in their order.

    Attributes:
        known: By epoch, the last checkpoint of it that was known outside when it ended.
        wrong: Where the log says of an epoch what is not so, and what.
    """

    def __init__(self, connection: Connection, tail: Tail, said: Sequence[tuple[int, OpenFact]]) -> None:
        self.known: dict[int, Checkpoint] = {}
        self.wrong: list[tuple[int, str]] = []
        self._ends = {ended.number: after.first_position for ended, after in pairwise(tail.epochs)}
        begun = {place: fact for place, fact in said if isinstance(fact, EpochStarted | LogReceived)}
        for ended, epoch in pairwise(tail.epochs):
            place = epoch.first_position
            try:
                self._begins(connection, tail, said, ended, epoch, begun.pop(place, None))
            except ValueError as error:
                self.wrong.append((place, str(error)))
        self.wrong += [(place, "the entry says that an epoch begins here, and none does") for place in begun]

    def lost(self, epoch: int, size: int) -> bool:
        """Whether so many entries were signed, and those the log lacks of them are said to be missing."""
        return self.knows(epoch, size) and self._ends[epoch] < size

    def knows(self, epoch: int, size: int) -> bool:
        """Whether a checkpoint of so many entries, or more, was known when the epoch ended."""
        return epoch in self.known and size <= self.known[epoch].size

    def _begins(
        self,
        connection: Connection,
        tail: Tail,
        said: Iterable[tuple[int, OpenFact]],
        ended: Epoch,
        epoch: Epoch,
        fact: EpochStarted | LogReceived | None,
    ) -> None:
        """Raises ValueError for what is not so."""
        if fact is None or fact.epoch != epoch.number:
            raise ValueError("an epoch begins here, and no entry says so")
        place, size = epoch.first_position, 0
        if fact.known:
            size = parse_note(fact.known)[0].size
            keys = note_keys(said, ended.number, ended.origin, min(place, size))
            known = self.known[ended.number] = read_note(fact.known, ended.origin, keys)[0]
            if size <= place and _root(connection, tail, size) != known.root:
                raise ValueError(f"the first {size} entries are not those that were known outside")
        if (fact.missing if isinstance(fact, EpochStarted) else 0) != max(0, size - place):
            raise ValueError("the entry says that more entries are missing than are, or fewer")


def _root(connection: Connection, tail: Tail, size: int) -> bytes:
    with suppress(Tampered):  # whoever reads on names the entry
        return tail.root_at(connection, size)
    return b""
