"""The building: the trust, and what goes on in it while it is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from importlib.metadata import EntryPoint
from typing import Any, TypeVar
from uuid import UUID

import structlog

from core.deskstore import STEPS as DESK_STEPS
from core.mailing import letter, send
from core.settings import Settings
from core.trust import Trust
from events import Database
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from events.store import now_us

T = TypeVar("T")
_log = structlog.get_logger()
_GROWN_MUCH, _GROWN_SOME = 1000, 100
"""Entries the next start would have to read: so many are worth keeping snapshots for while serving, and at the end."""


def prepare(settings: Settings) -> None:
    """Makes the home folder and brings both databases up to the newest tables; harmless when they are."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for url, steps in ((settings.database, (LOG_STEPS, DESK_STEPS)), (settings.keys, (KEY_STEPS,))):
        database = Database(url)
        try:
            upgrade(database, *steps)
        finally:
            database.close()


class Building(Trust):
    """Everything the pages, the API and the command line stand on; one for each process.

    Args and errors: as `Trust`.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], int] = now_us,
        serving: bool = True,
        found: Iterable[EntryPoint] | None = None,
    ) -> None:
        super().__init__(settings, clock, serving=serving, found=found)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._soon = ThreadPoolExecutor(2, "soon")
        self._underway: set[Future[object]] = set()
        self._kept: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}

    def keep_signed(self, seconds: float = 30) -> None:
        """Signs every log that has grown, now and then, until `close`; keeps snapshots of what has grown much."""

        def sign() -> None:
            self.store.sign_all()
            self.store.keep_snapshots(_GROWN_MUCH)

        def scrub() -> None:
            if not self.store.keys.database.scrub_left():
                _log.error("keys_not_scrubbed")  # what is destroyed may still lie in the key store's files

        self.every("signer", seconds, sign)
        if self.store.keys.destroyed():  # a process may have ended before it came to it
            self.soon("scrubber", self.store.keys.scrub)
        self.every("scrubber", 60, scrub)

    def soon(self, name: str, work: Callable[[], object]) -> None:
        """Does something once, beside, so that whoever asked need not wait and cannot tell by the time it takes what
        was done; what fails is logged."""

        def ended(future: Future[object]) -> None:
            if error := future.exception():
                _log.error("work_failed", work=name, error=type(error.__cause__ or error).__name__)
            self._underway.discard(future)

        future = self._soon.submit(work)
        self._underway.add(future)
        future.add_done_callback(ended)

    def mail(self, to: Iterable[str], subject: str, text: str) -> None:
        """Sends a letter soon; none where there is no mail server, or nobody to send it to. `subject` never holds a
        personal word."""
        if self.settings.smtp and (wanted := list(to)):
            made = letter(self.settings, wanted, subject, text, self.now)
            self.soon("letter", lambda: send(self.settings, made))

    def settle(self) -> None:
        """Waits until nothing that was to be done soon is left."""
        while self._underway:
            wait([*self._underway])

    def every(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        """Does something again and again until `close`, in a thread of its own; what stops it once is logged."""

        def run() -> None:
            while not self._stop.wait(seconds):
                try:
                    work()
                except Exception as error:  # noqa: BLE001 - whatever stopped this round, the next must come
                    _log.error("round_failed", work=name, error=type(error).__name__)

        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def kept(self, what: tuple[object, ...], told_at: tuple[object, ...], make: Callable[[], T]) -> T:
        """A value told from the logs, kept until it is told at another position or day; of each, the newest only."""
        held = self._kept.get(what)
        if held is None or held[0] != told_at:
            held = self._kept[what] = (told_at, make())
        found: T = held[1]
        return found

    def let_go(self, academy_id: UUID) -> None:
        """Drops what was told from an academy's log, files on their way from those who work there, and what was handed
        over: a key of that log was destroyed, and some of it may say the same."""
        self._kept.clear()
        here = [key for key in self.people() if any(one.covers(academy_id, self.now) for one in self.grants(key))]
        self.desk_store.drop_uploads_of(here)
        self.desk_store.handovers.drop(academy_id)

    def close(self) -> None:
        """Answers what waits, signs what has grown and keeps snapshots of it, lets go of the databases.

        Raises:
            Tampered: A log is doubtful.
        """
        self._stop.set()
        self.settle()
        self._soon.shutdown()
        for thread in self._threads:
            thread.join()
        try:
            if all(appender.doubt is None for appender in self.store.appenders):
                self.store.sign_all()
                self.store.keep_snapshots(_GROWN_SOME)
        finally:
            self.store.close()
