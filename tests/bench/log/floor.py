"""The floor: finished rows of our own log, put back by the raw driver into the same tables with the same indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import make_url, select

from events import Database
from events.database import PRAGMAS, WAL_PAGES
from events.migrations import LOG_STEPS, upgrade
from events.tables import entries
from events.writing import INTO_SQLITE, MANY, ONE
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import AT_ONCE
from tests.bench.log.ours import Ours
from tests.bench.log.rounds import each

Rows = list[tuple[Any, ...]]


def finished(ours: Ours) -> tuple[Rows, Rows]:
    """Rows of a log that is there: those it began with, and those that came after."""
    with ours.store.database.reading() as connection:
        found = connection.execute(select(entries).order_by(entries.c.log, entries.c.position)).all()
    rows = [tuple(row) for row in found]
    return rows[: ours.began], rows[ours.began :]


class SqliteFloor:
    """Raw `sqlite3`, with our settings."""

    name = "floor"

    def __init__(self, ground: Ground, first: Rows) -> None:
        self._ground, self._began = ground, len(first)
        self.url = _prepared(ground)
        self._connection = sqlite3.connect(str(make_url(self.url).database), isolation_level=None)
        for name, value in {**PRAGMAS, "wal_autocheckpoint": WAL_PAGES}.items():
            self._connection.execute(f"PRAGMA {name}={value}")
        each(self.put, self.batches(first, AT_ONCE))()

    def batches(self, rows: Rows, size: int) -> list[Rows]:
        return [rows[at : at + size] for at in range(0, len(rows), size)]

    def put(self, rows: Rows) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INTO_SQLITE, rows)
        connection.execute("COMMIT")

    def asked(self, sql: str) -> str:
        return str(self._connection.execute(sql).fetchone()[0])

    def check(self, count: int) -> None:
        _same_count(self.asked, self._began + count)

    def close(self) -> None:
        self._connection.close()
        self._ground.drop(self.url)


class PostgresqlFloor:
    """Raw `psycopg`, one statement a transaction."""

    name = "floor"

    def __init__(self, ground: Ground, first: Rows) -> None:
        self._ground, self._began = ground, len(first)
        self.url = _prepared(ground)
        address = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(address, autocommit=True)
        self._cursor = self._connection.cursor()
        each(self.put, self.batches(first, AT_ONCE))()

    def batches(self, rows: Rows, size: int) -> list[Any]:
        """Columns, as the statement wants them; a row where one goes in at a time."""
        if size == 1:
            return [(ONE, row) for row in rows]
        some = (rows[at : at + size] for at in range(0, len(rows), size))
        return [(MANY, [list(column) for column in zip(*each, strict=True)]) for each in some]

    def put(self, batch: tuple[str, Sequence[Any]]) -> None:
        self._cursor.execute(*batch)

    def asked(self, sql: str) -> str:
        found = self._connection.execute(sql).fetchone()
        return str(found and found[0])

    def check(self, count: int) -> None:
        _same_count(self.asked, self._began + count)

    def close(self) -> None:
        self._connection.close()
        self._ground.drop(self.url)


def floor(ground: Ground, first: Rows) -> SqliteFloor | PostgresqlFloor:
    return SqliteFloor(ground, first) if ground.name == "SQLite" else PostgresqlFloor(ground, first)


def _prepared(ground: Ground) -> str:
    url = ground.fresh()
    database = Database(url)
    upgrade(database, LOG_STEPS)
    database.close()
    return url


def _same_count(asked: Any, count: int) -> None:
    if asked("SELECT count(*) FROM entries") != str(count):
        raise RuntimeError("the floor lacks rows")
