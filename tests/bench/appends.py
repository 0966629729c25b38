"""Appends and verification, in one process: SQLite with synchronous=FULL, PostgreSQL with fsync on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from sqlalchemy import NullPool, create_engine

from events import Actor, Log, New, Report, Store, verify
from plugins.register.facts import NeedsChanged
from tests.bench.made_up import enrolled, open_trust, random_ids
from tests.bench.measuring import Row, row, telling, timed
from tests.postgres import Postgres, running_postgres

MANY = 50_000
_ACTOR = Actor(uuid4(), "SENCO", "bench")


def on_sqlite(folder: Path) -> Iterator[Row]:
    with TemporaryDirectory(dir=folder) as home, telling("appends on SQLite"):
        yield from _appends("SQLite", Path(home))


def on_postgres() -> Iterator[Row]:
    with running_postgres() as server, TemporaryDirectory() as home, telling("appends on PostgreSQL"):
        database, keys = _durable(server), server.database()
        yield from _appends("PostgreSQL", Path(home), database, keys)


def _durable(server: Postgres) -> str:
    """A new database; the server is told to be durable, as one that is kept must be, and is asked whether it is."""
    database = server.database()
    engine = create_engine(database, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    settings = ("fsync", "full_page_writes", "synchronous_commit")
    with engine.connect() as connection:
        for name in settings:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = on")
        connection.exec_driver_sql("SELECT pg_reload_conf(), pg_sleep(0.5)")
    with engine.connect() as connection:
        if {connection.exec_driver_sql(f"SHOW {name}").scalar() for name in settings} != {"on"}:
            raise RuntimeError("PostgreSQL is not durable, so its appends are not worth measuring")
    return database


def _appends(name: str, home: Path, database: str = "", keys: str = "") -> Iterator[Row]:
    building = open_trust(home, database, keys)
    log = building.store.create("140000")
    pupils = random_ids(200)
    _append(log, _changes(pupils))  # their keys are made
    at = iter(range(10**9))
    one = timed(lambda: _append(log, _changes([pupils[next(at) % 200]])), 400)
    yield row(f"{name}: append 1 fact", one, facts=1)
    strangers = iter(random_ids(200))
    new = timed(lambda: _append(log, _changes([next(strangers)])), 200)
    yield row(f"{name}: append 1 fact of a new pupil, whose key is made first", new, facts=1)
    hundred = timed(lambda: _append(log, _changes(pupils[:100])), 60)
    yield row(f"{name}: append 100 facts in one command", hundred, facts=100)
    chance = random.Random(1)  # noqa: S311 - made-up people
    many = [
        New(subject, fact)
        for number, subject in enumerate(random_ids(MANY // 2))
        for fact in (enrolled(chance, number, 7), _change())
    ]
    yield row(
        f"{name}: {MANY:,} facts in one command, {MANY:,} new streams",
        timed(lambda: _append(log, many)),
        "s",
        facts=MANY,
    )
    size = log.size
    fresh = building.store.reopen("140000")
    yield row(f"{name}: replay of {size:,} entries", timed(fresh.refresh), "s", facts=size)
    yield from _verified(name, building.store, size)
    building.close()


def _verified(name: str, store: Store, size: int) -> Iterator[Row]:
    reports: list[Report] = []
    seconds = timed(lambda: reports.append(verify(store)), 3)
    if not all(report.ok for report in reports):
        raise RuntimeError("the log that was just written does not verify")
    yield row(f"{name}: verify {size:,} entries", seconds, "s", facts=size)


def _append(log: Log, facts: Sequence[New]) -> None:
    log.append(facts, command_id=uuid4(), actor=_ACTOR)


def _changes(pupils: Sequence[UUID]) -> list[New]:
    return [New(subject, _change()) for subject in pupils]


def _change() -> NeedsChanged:
    return NeedsChanged(("SEMH", "SPLD"), date(2026, 11, 2), "As the educational psychologist advised")
