"""Many who record one thing after another, and send each again until they are told what became of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.faults.trust import CALLERS, Door, Sent, Trust

_PATIENCE = 20_000  # how often one command is sent before its caller gives up: the test has then failed


class Told:
    """What was said to those who sent something to a trust."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.acknowledged: dict[Sent, Door] = {}
        self.refused: list[Sent] = []

    def hear(self, door: Door, caller: int, sent: Sent) -> bool:
        """Sends a command; whether there was an answer."""
        told = door(caller, sent)
        if told:
            self.acknowledged[sent] = door
        elif told is not None:
            self.refused.append(sent)
        return told is not None


class Callers(Told):
    """Thirty-two at work for as long as a block lasts; at its end every command that was sent has had its answer.

    Args:
        doors: The ways in; callers share them out among themselves.
    """

    def __init__(self, trust: Trust, doors: Sequence[Door]) -> None:
        super().__init__(trust)
        self._doors = doors
        self._commands = trust.commands()
        self._changed = threading.Condition()
        self._open = threading.Event()
        self._sent = self._unanswered = 0
        self._ended = self._failed = False
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(CALLERS)]

    def __enter__(self) -> Self:
        self._open.set()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._ended = True
        self._failed = error is not None
        self._open.set()
        for thread in self._threads:
            thread.join()
        for door in self._doors:
            door.close()
        if self._errors:
            raise self._errors[0]

    def send(self, count: int) -> None:
        """Returns when so many more have been sent, most of which are still under way."""
        upto = self._sent + count
        self._until(lambda: self._sent >= upto)

    def go_unanswered(self, count: int) -> None:
        """Returns when so many more were sent and not answered."""
        upto = self._unanswered + count
        self._until(lambda: self._unanswered >= upto)

    def strike(self, fault: Path) -> None:
        """Wants a fault of the disk, by its file; returns when someone went unanswered."""
        before = self._unanswered
        while self._unanswered == before:
            fault.touch()
            upto = self._sent + 4 * CALLERS  # by then whoever it struck would know; it may have been nobody
            self._until(lambda: self._unanswered > before or (self._sent >= upto and not fault.exists()))  # noqa: B023

    @contextmanager
    def away(self) -> Iterator[None]:
        """Whoever is not answered waits till the end of the block before they send again."""
        self._open.clear()
        yield
        self._open.set()

    def _until(self, happened: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._errors or happened())

    def _run(self, number: int) -> None:
        door = self._doors[number % len(self._doors)]
        try:
            while not self._ended:
                with self._changed:
                    sent = next(self._commands)
                self._send(door, number, sent)
        except BaseException as error:  # noqa: BLE001 - it is raised in the test's own thread
            with self._changed:
                self._errors.append(error)
                self._changed.notify()

    def _send(self, door: Door, number: int, sent: Sent) -> None:
        for _ in range(_PATIENCE):
            with self._changed:
                self._sent += 1
                self._changed.notify()
            if self.hear(door, number, sent) or self._failed:
                break
            with self._changed:
                self._unanswered += 1
                self._changed.notify()
            self._open.wait()
        else:
            raise AssertionError(f"nobody says what became of {sent}")
