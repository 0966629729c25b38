"""Where the logs are: one database, one key store, the writers between them, and the signer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError

from events.batching import Writer
from events.catalog import Catalog
from events.chain import root_of
from events.database import Database
from events.errors import NotReady, Tampered
from events.holders import KeyHolder
from events.keys import KeyStore
from events.log import Log
from events.notes import ED25519, Checkpoint, NoteKey, NoteSigner, signed_note
from events.open_facts import LogOpened, OpenFact, SigningKeyAdded, SigningKeyRetired
from events.tables import checkpoints, cosignatures, entries, epochs, held, unfinished
from events.tail import Epoch, Tail
from events.writing import Appender

_WELL_KNOWN = ".well-known/tallystick"
_UNREAD = 20_000  # entries; to read so many takes about a second
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
        if inspect(database.engine).has_table(unfinished.name):
            raise NotReady("A restore into this database was begun and did not finish. Empty both and restore again.")
        for one, table in ((database, cosignatures), (key_database, held)):  # the newest table of each
            if not inspect(one.engine).has_table(table.name):
                raise NotReady("The database holds no tables yet, or those of an older version. Run: tallystick init")
        self.database = database
        self.catalog = catalog
        self.keys = KeyStore(key_database, holder, catalog.classes)
        self._host = host
        self.clock = clock
        self.distrusted: Tampered | None = None
        self._lock = threading.RLock()
        self._logs: dict[str, Log] = {}
        self.appenders = [Appender(database, clock) for _ in range(1 if database.is_sqlite else 4)]
        self._writers = [Writer(database, f"log-writer-{at}", work) for at, work in enumerate(self.appenders)]

    def names(self) -> list[str]:
        """Names of all logs: "trust", "trust-reads", "139204", "139204-reads"."""
        with self.database.reading() as connection:
            origins = connection.execute(select(epochs.c.origin).order_by(epochs.c.origin)).scalars()
            return list(dict.fromkeys(name_of(origin) for origin in origins))

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
                log.carry_out()
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
                signers = log.keys.signing.signers(log.origin)
                log.append_open([LogOpened(name), *(_added(log, signer) for signer in signers)], UUID(bytes=log.id))
            return log

    def sign(self, log: Log) -> str | None:
        """A new checkpoint when the log has grown since the last, stored before it is returned; None otherwise.

        One that was signed and never stored, because the process ended between, is stored now.

        Raises:
            Tampered: The log is shorter than, or other than, what was signed before; or a row since then is not
                as it was written; or the store is distrusted.
        """
        if self.distrusted:
            raise self.distrusted
        tail, grown, epoch = self.fresh_tail(log), log.size, log.tail.epoch
        before, root = self.keys.signed(log.id, epoch.number) or (0, root_of(()))
        if grown < before:
            raise Tampered(log.name, grown, f"the log was signed with {before} entries; what follows is cut off")
        if grown == before and (before == 0 or self._is_stored(log, before)):
            return None
        with self.database.reading() as connection:
            tail.catch_up_from(connection, before, root)
        size, root = tail.tree.size, tail.tree.root()
        if not self.keys.remember_signed(log.id, epoch.number, size, root):
            return None
        signers = log.keys.signing.signers(epoch.origin)
        note = signed_note(Checkpoint(epoch.origin, size, root), signers, self.clock() // 1_000_000)
        with self.database.writing() as connection:
            row = {"log": log.id, "epoch": epoch.number, "size": size, "note": note}
            connection.execute(self.database.insert_new(checkpoints), row)
        return note

    def sign_all(self) -> int:
        """Signs every log that has grown; returns how many checkpoints that made."""
        return sum(self.sign(self.log(name)) is not None for name in self.names())

    def distrust(self, says: str) -> None:
        """Records and signs nothing more here: what the outside holds shows that a log is not what it was."""
        self.distrusted = Tampered("", None, says)
        for appender in self.appenders:
            appender.doubt = self.distrusted

    def add_signer(self, log: Log, kind: int = ED25519) -> NoteKey:
        """Another key signs beside those there are, from the next checkpoint on; said in the open first."""
        signer = NoteSigner(log.origin, kind, os.urandom(32))
        log.append_open([_added(log, signer)], uuid4())
        log.keys.signing.hold(signer)
        return signer.key

    def retire_signers(self, log: Log) -> list[NoteKey]:
        """Only the newest key of each kind signs from now on; the others are destroyed, and said to be in the open.

        A last checkpoint by all of them comes first: it leads whoever knows an old key to the new one.
        """
        self.sign(log)
        signers = log.keys.signing.signers(log.origin)
        newest = {signer.kind: signer for signer in signers}
        retired = [signer for signer in signers if signer != newest[signer.kind]]
        if retired:
            epoch = log.tail.epoch.number
            gone = [SigningKeyRetired(epoch, signer.key.public.hex(), signer.kind) for signer in retired]
            log.append_open(gone, uuid4())
            log.keys.signing.retire(retired)
        return [signer.key for signer in retired]

    def begin_epoch(self, name: str, begins: Callable[[int], OpenFact], *, again: bool = False) -> Log:
        """The log goes on under another origin and another signing key; what it holds stays.

        Nobody else may have the log open, and nothing must have been recorded under the new epoch.

        Args:
            begins: Makes the entry that says so, the first of the epoch, from its number.
            again: An attempt may have been broken off before it said so; then its epoch is the one that goes on.
        """
        with self._lock:
            self._logs.pop(name, None)
            log = self.reopen(name)
            self._insist_on_clock(log)
            newest = log.tail.epoch
            number = newest.number if again and newest.first_position == log.size else newest.number + 1
            origin = f"{self._host}/{_WELL_KNOWN}/{name}/{number}"
            row = {"log": log.id, "epoch": number, "first_position": log.size, "origin": origin}
            with self.database.writing() as connection:
                connection.execute(self.database.insert_new(epochs), row)
            before = log.keys.signing.signers(log.origin)
            signer = log.keys.signing.add(origin)
            log.keys.signing.retire(before)
            log = self.log(name)
            log.append_open([begins(number), _added(log, signer)], uuid4())
            return log

    def keep_snapshots(self, grown: int) -> None:
        """Keeps snapshots of each log that has grown by so many entries, of those that were read here; and of one that
        is written day by day and read by nobody, once its first reader would have to wait.

        A database that refuses them costs the next start some time, and nothing else.
        """
        with self._lock:
            logs = list(self._logs.values())
        for log in logs:
            with suppress(DBAPIError):
                if log.grown >= grown:
                    log.keep_snapshots()
                elif log.unread >= _UNREAD and log.still_unread() >= _UNREAD:
                    self.reopen(log.name).keep_snapshots()  # what it takes to read all of it is let go again
                    log.still_unread()

    def checkpoint(self, log: Log, epoch: Epoch | None = None) -> str | None:
        """The newest signed note of an epoch, usually the one being written; None before the first."""
        number = (epoch or log.tail.epoch).number
        with self.database.reading() as connection:
            return connection.execute(
                select(checkpoints.c.note)
                .where(checkpoints.c.log == log.id, checkpoints.c.epoch == number)
                .order_by(checkpoints.c.size.desc())
                .limit(1)
            ).scalar_one_or_none()

    def of_origin(self, origin: str) -> tuple[Log, Epoch]:
        """The log and the epoch that sign under an origin.

        Raises:
            KeyError: There is none.
        """
        log = self.log(name_of(origin))
        for epoch in log.tail.epochs:
            if epoch.origin == origin:
                return log, epoch
        raise KeyError(origin)

    def close(self) -> None:
        """Returns once every waiting command is answered. Does not sign."""
        for writer in self._writers:
            writer.close()
        self.database.close()
        self.keys.database.close()

    def fresh_tail(self, log: Log) -> Tail:
        """Another reading of the log's end, apart from the writer's."""
        return Tail(log.id, log.name, log.tail.epochs, log.keys.mac)

    def reopen(self, name: str) -> Log:
        """Another reading of a log, apart from the one that is served, and whatever the clock says; for `verify`.

        Raises:
            KeyError: There is none of that name.
        """
        with self.database.reading() as connection:
            rows = connection.execute(select(epochs).order_by(epochs.c.log, epochs.c.epoch)).all()
        log_id = next((row.log for row in rows if name_of(row.origin) == name), None)
        if log_id is None:
            raise KeyError(name)
        keys = self.keys.of(log_id)
        known = [Epoch(row.epoch, row.first_position, row.origin) for row in rows if row.log == log_id]
        tail = Tail(log_id, name, known, keys.mac)
        writer = self._writers[log_id[0] % len(self._writers)]
        return Log(self.database, self.catalog, keys, tail, writer.put)

    def _is_stored(self, log: Log, size: int) -> bool:
        at = (checkpoints.c.log == log.id, checkpoints.c.epoch == log.tail.epoch.number, checkpoints.c.size == size)
        with self.database.reading() as connection:
            return connection.execute(select(checkpoints.c.size).where(*at)).first() is not None

    def _insist_on_clock(self, log: Log) -> None:
        newest = select(entries.c.recorded_at).where(entries.c.log == log.id).order_by(entries.c.position.desc())
        with self.database.reading() as connection:
            last = connection.execute(newest.limit(1)).scalar_one_or_none()
        if last is not None and last > self.clock() + _AHEAD_US:
            raise NotReady(
                f"The newest entry of {log.name} was recorded later than this machine's clock says it is now. "
                "Set the clock right, then start again."
            )


def name_of(origin: str) -> str:
    """The log's name in its origin: the last part but one."""
    return origin.rpartition("/")[0].rpartition("/")[2]


def _added(log: Log, signer: NoteSigner) -> SigningKeyAdded:
    return SigningKeyAdded(log.tail.epoch.number, signer.key.public.hex(), signer.kind)
