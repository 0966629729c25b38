"""Epochs that have ended: what a log says of them where the next begins, and whether that is so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from events.errors import Tampered
from events.notes import Checkpoint, parse_note, read_note
from events.open_facts import EpochStarted, LogReceived, OpenFact, note_keys
from events.tail import Epoch


class Ended:
    """The epochs of a log but the one being written.

    Args:
        epochs: From the first to the one being written.
        said: What the log says of itself, with positions, in their order.
        root_at: The root over so many of the entries there are; None, and nothing is compared, where it is not known.

    Attributes:
        known: By epoch, the last checkpoint of it that was known outside when it ended.
        wrong: Where the log says of an epoch what is not so, and what.
    """

    def __init__(
        self,
        epochs: Sequence[Epoch],
        said: Sequence[tuple[int, OpenFact]],
        root_at: Callable[[int], bytes | None] = lambda size: None,
    ) -> None:
        self.known: dict[int, Checkpoint] = {}
        self.wrong: list[tuple[int, str]] = []
        self._ends = {ended.number: after.first_position for ended, after in pairwise(epochs)}
        begun = {place: fact for place, fact in said if isinstance(fact, EpochStarted | LogReceived)}
        if (first := epochs[0]).first_position != 0:
            self.wrong.append((0, f"the first epoch is said to begin with entry {first.first_position}"))
        for ended, epoch in pairwise(epochs):
            fact = begun.pop(epoch.first_position, None)
            try:
                self._compare(said, ended, epoch, fact, root_at)
            except ValueError as error:
                self.wrong.append((epoch.first_position, str(error)))
        self.wrong += [(place, "the entry says that an epoch begins here, and none does") for place in begun]

    def knows(self, epoch: int, size: int) -> bool:
        """Whether a checkpoint of so many entries, or more, was known when the epoch ended."""
        return epoch in self.known and size <= self.known[epoch].size

    def lost(self, epoch: int, size: int) -> bool:
        """Whether so many entries were signed, and the log says that it lost those it lacks of them."""
        return self.knows(epoch, size) and self._ends[epoch] < size

    def _compare(
        self,
        said: Iterable[tuple[int, OpenFact]],
        ended: Epoch,
        epoch: Epoch,
        fact: EpochStarted | LogReceived | None,
        root_at: Callable[[int], bytes | None],
    ) -> None:
        """Raises ValueError for what is not so."""
        if fact is None or fact.epoch != epoch.number:
            raise ValueError("an epoch begins here, and no entry says so")
        place, size = epoch.first_position, 0
        if fact.known:
            size = parse_note(fact.known)[0].size
            keys = note_keys(said, ended.number, ended.origin, min(place, size))
            known = self.known[ended.number] = read_note(fact.known, ended.origin, keys)[0]
            if size <= place and not _fits(known, root_at):
                raise ValueError(f"the first {size} entries are not those that were known outside")
        if (fact.missing if isinstance(fact, EpochStarted) else 0) != max(0, size - place):
            raise ValueError("the entry says that more entries are missing than are, or fewer")


def _fits(known: Checkpoint, root_at: Callable[[int], bytes | None]) -> bool:
    try:
        return root_at(known.size) in (known.root, None)
    except Tampered:  # whoever reads on names the entry
        return True
