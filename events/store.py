"""Where the logs are: one database, one key store, the writers between them, and the signer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import inspect, select

from events.catalog import Catalog
from events.chain import root_of
from events.database import Database, Writer
from events.errors import NotReady, Tampered
from events.facts import LogOpened, SigningKeyAdded
from events.holders import KeyHolder
from events.keys import KeyStore
from events.log import Log
from events.notes import Checkpoint, public_key, signed_note
from events.tables import checkpoints, documents, entries, epochs, held
from events.tail import Tail
from events.writing import Appender

_WELL_KNOWN = ".well-known/tallystick"
_AHEAD_US = 5 * 60 * 1_000_000


def now_us() -> int:
    """Microseconds since 1970 UTC, by the machine's clock."""
    return time.time_ns() // 1000


class Store:
    """All logs of one installation.

    Args:
        host: First part of every log's origin, such as "keystone.example"; fixed for an epoch.
        clock: Gives `recorded_at`; only tests and the made-up trust pass another.

    Raises:
        NotReady: A database is missing its tables, or is not durable.
    """

    def __init__(
        self,
        database: Database,
        key_database: Database,
        holder: KeyHolder,
        catalog: Catalog,
        *,
        host: str,
        clock: Callable[[], int] = now_us,
    ) -> None:
        for one, table in ((database, documents), (key_database, held)):  # the newest table of each
            if not inspect(one.engine).has_table(table.name):
                raise NotReady("The database holds no tables yet, or those of an older version. Run: tallystick init")
        self.database = database
        self.catalog = catalog
        self.keys = KeyStore(key_database, holder, catalog.classes)
        self._host = host
        self._clock = clock
        self._lock = threading.RLock()
        self._logs: dict[str, Log] = {}
        self.appenders = [Appender(database, clock) for _ in range(1 if database.is_sqlite else 4)]
        self._writers = [Writer(database, f"log-writer-{at}", work) for at, work in enumerate(self.appenders)]

    def names(self) -> list[str]:
        """Names of all logs: "trust", "trust-reads", "139204", "139204-reads"."""
        with self.database.reading() as connection:
            origins = connection.execute(select(epochs.c.origin).order_by(epochs.c.origin)).scalars()
            return list(dict.fromkeys(_name(origin) for origin in origins))

    def log(self, name: str) -> Log:
        """A log by its name.

        Raises:
            KeyError: There is none of that name.
            NotReady: Its last entry is more than five minutes ahead of the clock.
        """
        with self._lock:
            if name not in self._logs:
                log = self.reopen(name)
                self._insist_on_clock(log)
                self._logs[name] = log
            return self._logs[name]

    def create(self, name: str) -> Log:
        """A new log: its keys, its first epoch, the two open facts that begin it. Finishes what a crash left undone."""
        with self._lock:
            if name not in self.names():
                log_id = os.urandom(16)
                self.keys.create(log_id)
                origin = f"{self._host}/{_WELL_KNOWN}/{name}/1"
                first = {"log": log_id, "epoch": 1, "first_position": 0, "origin": origin}
                with self.database.writing() as connection:
                    connection.execute(self.database.insert_new(epochs), first)  # no more, if another was first
            log = self.log(name)
            if log.size == 0:
                key = public_key(log.keys.signing_key()).hex()
                log.append_open([LogOpened(name), SigningKeyAdded(log.tail.epoch, key)], UUID(bytes=log.id))
            return log

    def sign(self, log: Log) -> str | None:
        """A new checkpoint when the log has grown since the last, stored before it is returned; None otherwise.

        One that was signed and never stored, because the process ended between, is stored now.

        Raises:
            Tampered: The log is shorter than, or other than, what was signed before; or a row since then is not
                as it was written.
        """
        tail, grown = self.fresh_tail(log), log.size
        before, root = self.keys.signed(log.id, tail.epoch) or (0, root_of(()))
        if grown < before:
            raise Tampered(log.name, grown, f"the log was signed with {before} entries; what follows is cut off")
        if grown == before and (before == 0 or self._is_stored(log, before)):
            return None
        with self.database.reading() as connection:
            tail.catch_up_from(connection, before, root)
        size, root = tail.tree.size, tail.tree.root()
        if not self.keys.remember_signed(log.id, tail.epoch, size, root):
            return None
        note = signed_note(Checkpoint(log.origin, size, root), log.keys.signing_key())
        with self.database.writing() as connection:
            row = {"log": log.id, "epoch": tail.epoch, "size": size, "note": note}
            connection.execute(self.database.insert_new(checkpoints), row)
        return note

    def sign_all(self) -> int:
        """Signs every log that has grown; returns how many checkpoints that made."""
        return sum(self.sign(self.log(name)) is not None for name in self.names())

    def checkpoint(self, log: Log) -> str | None:
        """The newest signed note; None before the first."""
        with self.database.reading() as connection:
            return connection.execute(
                select(checkpoints.c.note)
                .where(checkpoints.c.log == log.id, checkpoints.c.epoch == log.tail.epoch)
                .order_by(checkpoints.c.size.desc())
                .limit(1)
            ).scalar_one_or_none()

    def close(self) -> None:
        """Returns once every waiting command is answered. Does not sign."""
        for writer in self._writers:
            writer.close()
        self.database.close()
        self.keys.database.close()

    def fresh_tail(self, log: Log) -> Tail:
        """Another reading of the log's end, apart from the writer's."""
        return Tail(log.id, log.name, log.tail.epoch, log.keys.mac)

    def reopen(self, name: str) -> Log:
        """Another reading of a log, apart from the one that is served, and whatever the clock says; for `verify`.

        Raises:
            KeyError: There is none of that name.
        """
        with self.database.reading() as connection:
            rows = connection.execute(select(epochs).order_by(epochs.c.epoch.desc()))
            row = next((row for row in rows if _name(row.origin) == name), None)
        if row is None:
            raise KeyError(name)
        keys = self.keys.of(row.log)
        tail = Tail(row.log, name, row.epoch, keys.mac)
        writer = self._writers[row.log[0] % len(self._writers)]
        return Log(self.database, self.catalog, keys, tail, row.origin, writer.put)

    def _is_stored(self, log: Log, size: int) -> bool:
        at = (checkpoints.c.log == log.id, checkpoints.c.epoch == log.tail.epoch, checkpoints.c.size == size)
        with self.database.reading() as connection:
            return connection.execute(select(checkpoints.c.size).where(*at)).first() is not None

    def _insist_on_clock(self, log: Log) -> None:
        newest = select(entries.c.recorded_at).where(entries.c.log == log.id).order_by(entries.c.position.desc())
        with self.database.reading() as connection:
            last = connection.execute(newest.limit(1)).scalar_one_or_none()
        if last is not None and last > self._clock() + _AHEAD_US:
            raise NotReady(
                f"The newest entry of {log.name} was recorded later than this machine's clock says it is now. "
                "Set the clock right, then start again."
            )


def _name(origin: str) -> str:
    """The log's name in its origin: the last part but one."""
    return origin.rpartition("/")[0].rpartition("/")[2]
