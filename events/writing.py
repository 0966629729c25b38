"""The append: one writer thread settles place, number and instant of what callers sealed, from committed rows only.

The primary key (log, position) is the lock; there is no head row, no sequence and no notification in here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from events.database import Database
from events.errors import Conflict, Tampered
from events.facts import Stream
from events.seal import ZERO_ID, Sealed
from events.tables import entries, tiles
from events.tail import Place, Tail, places

_PG_TYPES = ("bytea", "bigint", "bytea", "bytea", "bigint", "bigint", "integer", "bytea", "bytea", "bytea")
# No value stands in these texts.
_INTO = f"INSERT INTO entries ({', '.join(entries.c.keys())})"
INTO_SQLITE = f"{_INTO} VALUES ({','.join('?' * len(entries.c))})"
ONE = f"{_INTO} VALUES ({','.join(['%b'] * len(entries.c))})"
MANY = f"{_INTO} SELECT * FROM unnest({','.join(f'%b::{kind}[]' for kind in _PG_TYPES)})"  # noqa: S608
_TRIES = 40


class Receipt(NamedTuple):
    """What a command left in the log. `repeated`: it was there before; the caller must compare its facts."""

    places: tuple[Place, ...]
    repeated: bool


class Job:
    """One command's entries, sealed, waiting to be placed all or not at all."""

    def __init__(
        self,
        tail: Tail,
        sealed: Sequence[Sealed],
        expected: dict[Stream, int],
        key_of: Callable[[Stream], bytes | None],
    ) -> None:
        self.tail = tail
        self.sealed = sealed
        self.expected = expected
        self.key_of = key_of
        self.answer: Future[Receipt] = Future()


class Appender:
    """Places jobs, many to a commit, each with its own answer. Runs in a `Writer`'s thread.

    What each commit needs is said to the driver itself: around statements as short as these, SQLAlchemy takes longer
    than they do.
    """

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._sqlite = database.is_sqlite
        self._errors = database.errors
        self._clock = clock
        self._seen_version: int | None = None
        self._tails: dict[bytes, Tail] = {}
        self.doubt: Tampered | None = None

    def __call__(self, connection: Connection, jobs: list[Job]) -> None:
        if self.doubt is not None:
            raise self.doubt
        jobs.sort(key=lambda job: job.tail.log_id)  # the same in every process, or two wait for each other in a circle
        try:
            self._attempt(connection, jobs)
            for job in jobs:
                self._alone(connection, job)
        except Tampered as doubt:
            self.doubt = doubt
            raise
        except self._errors.Error as error:
            self._forget_all()
            raise self._database.as_dbapi_error(error, connection) from error
        except BaseException:
            self._forget_all()
            raise

    def _alone(self, connection: Connection, job: Job) -> None:
        """Answers a job that could not be placed among the others: stale, recorded before, or another was first."""
        for tried in range(_TRIES):
            if job.answer.done() or self._repeated(connection, job):
                return
            self._attempt(connection, [job], alone=True, queueing=tried > 3)
        if not job.answer.done():
            job.answer.set_exception(Conflict("The log is too busy; nothing was recorded. Try again."))

    def _attempt(
        self, connection: Connection, waiting: list[Job], *, alone: bool = False, queueing: bool = False
    ) -> None:
        """One commit for all that can be placed; for none of them when someone was first.

        Args:
            alone: Read what is committed first: then, and only then, a stale job is certainly stale.
        """
        driver = self._database.driver(connection)
        if self._sqlite or queueing:
            driver.execute("BEGIN IMMEDIATE" if self._sqlite else "BEGIN")
        try:
            if queueing and not self._sqlite:
                lock = int.from_bytes(waiting[0].tail.log_id[:8], "big", signed=True)
                driver.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
            self._catch_up(connection, waiting, alone=alone)
            rows: list[tuple[Any, ...]] = []
            placed: list[tuple[Job, list[Place]]] = []
            for job in waiting:
                if fresh := self._place(connection, job, alone=alone):
                    rows += fresh
                    placed.append((job, [Place(row[1], row[5]) for row in fresh]))
            if rows:
                self._insert(driver, rows)
            if self._sqlite or queueing:
                driver.execute("COMMIT")
        except self._errors.IntegrityError:
            if self._sqlite or queueing:
                driver.execute("ROLLBACK")
            for job in waiting:
                job.tail.forget()
            return
        for job, found in placed:
            job.answer.set_result(Receipt(tuple(found), repeated=False))
        self._store_tiles(connection, waiting)

    def _catch_up(self, connection: Connection, jobs: list[Job], *, alone: bool) -> None:
        for job in jobs:
            self._tails[job.tail.log_id] = job.tail
        if self._sqlite:
            (version,) = self._database.driver(connection).execute("PRAGMA data_version").fetchone()
            if version != self._seen_version:  # another process wrote
                for tail in self._tails.values():
                    if tail.loaded:
                        tail.catch_up(connection)
                self._seen_version = version
        for job in jobs:
            if alone or not job.tail.loaded:
                job.tail.catch_up(connection)

    def _place(self, connection: Connection, job: Job, *, alone: bool) -> list[tuple[Any, ...]]:
        """Rows for one job, or none when a stream it rests on has moved on, as far as is known."""
        keys = {stream: job.key_of(stream) for stream in job.expected}
        job.tail.learn(connection, (key for key in (*keys.values(), *(entry.key_id for entry in job.sealed)) if key))
        if any(entry.key_id in job.tail.condemned for entry in job.sealed):
            job.answer.set_exception(Conflict("This record was erased meanwhile; nothing was recorded."))
            return []
        if job.tail.closed and any(entry.key_id != ZERO_ID for entry in job.sealed):
            job.answer.set_exception(Conflict("This academy has moved to another trust; nothing was recorded."))
            return []
        stale = [stream for stream, n in job.expected.items() if job.tail.count(keys[stream]) != n]
        if stale:
            if alone:
                job.answer.set_exception(Conflict("Someone recorded something here first.", stale))
            return []
        now = self._clock()
        return [job.tail.place(entry, now) for entry in job.sealed]

    def _repeated(self, connection: Connection, job: Job) -> bool:
        """Answers a job whose command is in the log already."""
        ids = [entry.event_id for entry in job.sealed]
        found = places(connection, job.tail.log_id, ids)
        if not found:
            return False
        if len(found) != len(ids):
            job.answer.set_exception(Conflict("This command was recorded before, with other facts."))
        else:
            job.answer.set_result(Receipt(tuple(found[one] for one in ids), repeated=True))
        return True

    def _insert(self, driver: Any, rows: list[tuple[Any, ...]]) -> None:
        if self._sqlite:
            driver.executemany(INTO_SQLITE, rows)
        elif len(rows) == 1:
            driver.execute(ONE, rows[0])
        else:
            driver.execute(MANY, [list(column) for column in zip(*rows, strict=True)])

    def _store_tiles(self, connection: Connection, jobs: list[Job]) -> None:
        """Full tiles follow the append; losing one here costs nothing, the next start makes it again."""
        for tail in {job.tail.log_id: job.tail for job in jobs}.values():
            if tail.tree.full:
                rows = [
                    {"log": tail.log_id, "level": tile.level, "index": tile.number, "hashes": tile.hashes}
                    for tile in tail.tree.full
                ]
                try:
                    connection.execute(self._database.insert_new(tiles), rows)
                except DBAPIError as error:
                    if error.connection_invalidated:  # nothing more can be done over it
                        raise
                    continue
                tail.tree.full.clear()

    def _forget_all(self) -> None:
        self._seen_version = None
        for tail in self._tails.values():
            tail.forget()
