"""One thread that holds a connection, and does in batches what many callers hand it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from events.database import Database
from events.errors import NotReady


class Writer(threading.Thread):
    """Holds one connection and does, one batch after another, what callers hand it.

    A caller who finds nobody at work does its own job at once: to have the thread do it and to be woken again would
    take longer than a small append. Whoever comes meanwhile waits, and the thread then does all that wait, in batches.

    Args:
        work: Called with the connection and up to `batch` waiting jobs; sets each job's result itself. When the
            connection is lost it is called once more, on another, with the jobs not answered yet: what was under way
            may have been done, and `work` must find that out.
    """

    def __init__(
        self, database: Database, name: str, work: Callable[[Connection, list[Any]], None], batch: int = 256
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._database = database
        self._work = work
        self._batch = batch
        self._waiting: deque[Any] = deque()
        self._door = threading.Lock()
        self._called = threading.Semaphore(0)
        self._busy = False  # whether someone works: then whoever works calls the thread when others have come
        self._closed = False
        self._connection: Connection | None = None
        self.start()

    def put(self, job: Any) -> None:
        """Raises NotReady once closed: nobody would answer."""
        with self._door:
            if self._closed:
                raise NotReady("The log is closed; nothing was recorded.")
            if self._busy:
                self._waiting.append(job)
                return
            self._busy = True
        try:
            self._do([job])
        finally:
            with self._door:
                self._busy = bool(self._waiting) or self._closed
                if self._busy:
                    self._called.release()

    def close(self) -> None:
        """Returns once everything handed over has been answered."""
        with self._door:
            self._closed = True
            if not self._busy:
                self._called.release()
        self.join()

    def run(self) -> None:
        done = False
        while not done:
            self._called.acquire()
            while jobs := self._next():
                self._do(jobs)
            with self._door:
                done = self._closed and not self._busy  # a caller may have begun; it calls when it has done its own
        if self._connection is not None:
            self._connection.close()

    def _next(self) -> list[Any]:
        """What waits, up to a batch; when it is nothing, nobody works any more."""
        with self._door:
            jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._batch))]
            self._busy = bool(jobs)
            return jobs

    def _do(self, jobs: list[Any], *, again: bool = True) -> None:
        """Leaves every job answered, and the connection where it can be used again."""
        try:
            self._connection = self._connection or self._database.engine.connect()
            self._work(self._connection, jobs)
        except BaseException as error:  # noqa: BLE001 - a caller must never wait for ever; the error is theirs
            if self._connection is not None:
                with suppress(DBAPIError):
                    self._connection.invalidate()
                    self._connection.close()
                self._connection = None
            left = [job for job in jobs if not job.answer.done()]
            if left and again and isinstance(error, DBAPIError) and error.connection_invalidated:
                self._do(left, again=False)
                return
            for job in left:
                job.answer.set_exception(error)
