"""One SQLite file or one PostgreSQL database: how it is opened, that it is durable, who writes to it."""

from __future__ import annotations

import os
import select
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, DisconnectionError

from events.errors import NotReady

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL
    "secure_delete": "1",
    "temp_store": "2",  # MEMORY
    "foreign_keys": "1",
    "recursive_triggers": "1",  # or INSERT OR REPLACE would walk round the append-only triggers
    "busy_timeout": "15000",
}

WAL_PAGES = 4000
"""So many pages the write-ahead log holds before they are carried over: 16 MB, written anew from its beginning then."""


_DURABLE = ("on", "remote_apply")  # less would acknowledge what a standby that is promoted may not hold

_OTHERS_OPEN = (  # every open transaction holds the lock of its own number
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE locktype = 'virtualxid' AND datname = current_database() AND pid <> pg_backend_pid()"
)

_IDLE = 30.0  # seconds; what stands between may forget a connection that is quiet for longer


class Database:
    """Connections to one database, each with the settings that make a commit durable, read back and insisted on.

    Args:
        url: `sqlite:////path/to/file` or `postgresql+psycopg://…`.
        serving: Whether this process is the server. Another process beside it leaves WAL checkpoints to the server.

    Raises:
        NotReady: The database is neither, or it says that it is not durable.
    """

    def __init__(self, url: str, *, serving: bool = True) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise NotReady("TALLYSTICK_DATABASE must be a sqlite:/// or a postgresql+psycopg:// address.")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self._serving = serving
        self._unscrubbed: set[Table] = set()
        self._scrubbing = threading.Lock()
        if self.is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            _sync(Path(f"{parsed.database}-wal"))
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_use_lifo": True, "pool_size": 10}
        # AUTOCOMMIT hands transactions to us: BEGIN IMMEDIATE on SQLite, one-statement appends on PostgreSQL.
        self.engine: Engine = create_engine(parsed, isolation_level="AUTOCOMMIT", hide_parameters=True, **options)
        event.listen(self.engine, "connect", self._prepare)
        if not self.is_sqlite:
            event.listen(self.engine, "before_cursor_execute", _in_binary)
            event.listen(self.engine, "checkin", _put_back)
            event.listen(self.engine, "checkout", self._insist_alive)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; rolled back when the block raises."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(DBAPIError):
                    connection.exec_driver_sql("ROLLBACK")
                raise

    @contextmanager
    def frozen(self) -> Iterator[Connection]:
        """Everything read in the block is of one instant, whatever others write meanwhile."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
            finally:
                with suppress(DBAPIError):
                    connection.exec_driver_sql("ROLLBACK")

    def insert_new(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An insert that passes over what is there already; its result's rowcount says how many were new."""
        insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        return insert.on_conflict_do_nothing().execution_options(preserve_rowcount=True)

    @staticmethod
    def driver(connection: Connection) -> Any:
        """What is beneath a connection: `sqlite3` or `psycopg`, for the few statements of every append and proof."""
        return connection.connection.driver_connection

    @staticmethod
    def bytes_found(connection: Connection, question: str, values: Sequence[Any]) -> bytes | None:
        """The one value a question finds, asked of the driver itself; None where it finds nothing.

        Args:
            question: SQL that gives one column of bytes of one row at most, with {} wherever a value goes.

        Raises:
            DBAPIError: As SQLAlchemy would raise it.
        """
        driver, is_sqlite = Database.driver(connection), connection.dialect.name == "sqlite"
        sql = question.replace("{}", "?" if is_sqlite else "%b")
        try:
            found = (driver.execute(sql, values) if is_sqlite else driver.execute(sql, values, binary=True)).fetchone()
        except connection.dialect.loaded_dbapi.Error as error:
            raise Database.as_dbapi_error(error, connection) from error
        return found[0] if found else None

    @property
    def errors(self) -> Any:
        """The driver's module, for the classes of its errors."""
        return self.engine.dialect.loaded_dbapi

    @staticmethod
    def as_dbapi_error(error: Any, connection: Connection) -> Exception:
        """A driver's error, as SQLAlchemy would have raised it: it says whether the connection is lost."""
        dialect = connection.dialect
        lost = dialect.is_disconnect(error, Database.driver(connection), None)
        driver_errors = dialect.loaded_dbapi.Error
        told: Exception = DBAPIError.instance(
            None, None, error, driver_errors, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        )
        return told

    def scrub(self, *changed: Table) -> bool:
        """Leaves no old byte of these tables behind: the WAL is cut, dead rows are cleared away.

        Returns whether it could: a reader in another process may hold the WAL, and on PostgreSQL a role that owns no
        table may not. What was left is done by `scrub_left`. Disks, and PostgreSQL's own WAL, keep copies for a while.
        """
        with self._scrubbing:
            self._unscrubbed.update(changed)
            return self._scrub_left()

    def scrub_left(self) -> bool:
        """Tries again what others stood in the way of; whether nothing is left to do."""
        with self._scrubbing:
            return self._scrub_left()

    def _scrub_left(self) -> bool:
        if not self._unscrubbed:
            return True
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA busy_timeout=1000")  # whoever forgets someone waits for this
                try:
                    done = bool(connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0] == 0)
                finally:
                    connection.exec_driver_sql(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
            else:
                done = self._vacuumed(connection, sorted(table.name for table in self._unscrubbed))
        if done:
            self._unscrubbed.clear()
        return done

    def _vacuumed(self, connection: Connection, names: Sequence[str]) -> bool:
        """Whether no dead row is left: a table that is another's is passed over with a warning, and a row that an open
        transaction may still see stays without one."""
        others = connection.exec_driver_sql(_OTHERS_OPEN).scalar()  # before: whoever begins later cannot see them
        said: list[Any] = []
        self.driver(connection).add_notice_handler(said.append)
        try:
            connection.exec_driver_sql(f"VACUUM {', '.join(names)}")
        finally:
            self.driver(connection).remove_notice_handler(said.append)
        return not said and not others

    def replace(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An insert that takes the place of what is there already under the same primary key."""
        insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        rest = {column.name: insert.excluded[column.name] for column in table.c if not column.primary_key}
        return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)

    def close(self) -> None:
        self.engine.dispose()

    def _prepare(self, connection: Any, _: object) -> None:
        """Sets up a new connection and reads it back; one that is refused is closed, for nobody else will."""
        try:
            (self._prepare_sqlite if self.is_sqlite else self._check_postgresql)(connection)
        except BaseException:
            connection.close()
            raise

    def _prepare_sqlite(self, connection: sqlite3.Connection) -> None:
        connection.text_factory = _text
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
            (found,) = connection.execute(f"PRAGMA {name}").fetchone()
            if str(found) != value:
                raise NotReady(f"SQLite refuses {name}={value} on this file; a durable local disk is needed.")
        connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES if self._serving else 0}")

    def _check_postgresql(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"SHOW {name}")
                (found,) = cursor.fetchone()
                if found not in _DURABLE and not self._is_for_tests(cursor):
                    raise NotReady(
                        f"PostgreSQL runs with {name}={found}, so an acknowledged record could be lost; turn it on."
                    )

    def _insist_alive(self, connection: Any, record: Any, _: object) -> None:
        """Asks a connection whether it still is one, where it lay idle for long, or the server said something unasked.

        A server that goes says so, or closes: the socket can then be read. To ask before every use would take as long
        as the use.
        """
        idle = time.monotonic() - record.info.get("put_back", -_IDLE)
        heard = select.poll()
        heard.register(connection.fileno(), select.POLLIN)
        if idle < _IDLE and not heard.poll(0):
            return
        try:
            self.engine.dialect.do_ping(connection)
        except self.errors.Error as error:
            raise DisconnectionError("The server closed this connection.") from error  # the pool opens another

    @staticmethod
    def _is_for_tests(cursor: Any) -> bool:
        """A throw-away server says so in its own configuration. Whoever sets up the database could claim it too."""
        cursor.execute("SELECT current_setting('tallystick.throwaway', true)")
        return bool(cursor.fetchone()[0] == "yes")


def _put_back(_: object, record: Any) -> None:
    record.info["put_back"] = time.monotonic()


def _in_binary(_: object, cursor: Any, __: object, ___: object, context: Any, ____: object) -> None:
    """Has psycopg fetch bytes as they are, where a statement asks for it; in hexadecimal they are twice as long."""
    if context and context.execution_options.get("in_binary"):
        cursor.format = 1  # psycopg.pq.Format.BINARY


def _sync(wal: Path) -> None:
    """Makes durable what SQLite recovers: commits that a process wrote and was killed before it synced.

    Whoever opens the file next reads them as any other, and an answer may rest on them.
    """
    with suppress(FileNotFoundError):
        handle = os.open(wal, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _text(raw: bytes) -> str:
    """Text that is no UTF-8 was never written by us: it is for `verify` to name, not for the driver to fall over."""
    return raw.decode("utf-8", "replace")
