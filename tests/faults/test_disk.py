"""The disk: full, read-only, or one that says it could not sync."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit
from typing import Any

import pytest
from sqlalchemy import event

from core.building import Building
from tests.faults.callers import Callers, Told
from tests.faults.conftest import DURABLE, Count, Times
from tests.faults.serving import Server
from tests.faults.trust import CALLERS, ApiDoor, DeskDoor, Trust
from tests.postgres import Postgres, running_postgres

on_sqlite = pytest.mark.parametrize("trust", ["SQLite"], indirect=True)


# Full


@on_sqlite
def test_the_disk_is_full(trust: Trust, times: Times, count: Count) -> None:
    rounds = times(3, 30)
    with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(100)
            prlimit(server.pid, RLIMIT_FSIZE, (4096, RLIM_INFINITY))
            callers.go_unanswered(2 * CALLERS)
            prlimit(server.pid, RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))
    count("the disk is full (RLIMIT_FSIZE)", rounds, callers)


def test_the_disk_of_postgresql_is_full(disk: Path, tmp_path: Path, times: Times, count: Count) -> None:
    with running_postgres(DURABLE, preload=disk) as postgres:
        rounds, trust = times(3, 30), Trust(tmp_path / "trust", postgres.database(), postgres.database())
        with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
            for _ in range(rounds):
                callers.send(100)
                with callers.away():
                    callers.strike(postgres.data / "full")
                    postgres.wait()
        count("the disk is full (ENOSPC)", rounds, callers)


@on_sqlite
def test_the_database_is_as_large_as_it_may_be(trust: Trust, times: Times, count: Count) -> None:
    rounds, building = times(3, 30), Building(trust.settings)
    engine = building.store.database.engine
    with engine.connect() as connection:
        most = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    @event.listens_for(engine, "connect")
    def hold_to_it(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={most}")

    engine.dispose()
    with Callers(trust, [DeskDoor(trust, building)]) as callers:
        for _ in range(rounds):
            callers.go_unanswered(2 * CALLERS)
            most += 50
        most *= 1000
    count("the database is full (max_page_count)", rounds, callers)


# Read-only


@on_sqlite
def test_the_disk_can_only_be_read(trust: Trust, disk: Path, times: Times, count: Count) -> None:
    rounds, home = times(3, 30), trust.settings.home
    with Server(trust, disk) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(100)
            (home / "readonly").touch()
            callers.go_unanswered(2 * CALLERS)
            (home / "readonly").unlink()
    count("the disk can only be read (EROFS)", rounds, callers)


def test_the_database_can_only_be_read(durable: Postgres, tmp_path: Path, times: Times, count: Count) -> None:
    rounds, trust = times(3, 30), Trust(tmp_path / "trust", durable.database(), durable.database())
    with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(100)
            durable.execute("ALTER SYSTEM SET default_transaction_read_only = on")
            durable.execute("SELECT pg_reload_conf()")
            callers.go_unanswered(2 * CALLERS)
            durable.execute("ALTER SYSTEM RESET default_transaction_read_only")
            durable.execute("SELECT pg_reload_conf()")
    count("the database can only be read (default_transaction_read_only)", rounds, callers)


# A sync that fails


@pytest.fixture
def synced(trust: Trust) -> Path:
    """Where the trust's files are kept as they were at their last sync."""
    synced = trust.settings.home / "synced"
    synced.mkdir()
    for file in trust.settings.home.glob("*.db"):
        shutil.copy(file, synced)
    return synced


def cut_the_power(server: Server, synced: Path) -> None:
    """Starts the server again over nothing but what was synced."""
    server.kill()
    for file in synced.parent.glob("*.db*"):
        file.unlink()
    for file in synced.glob("*.db*"):
        shutil.copy(file, synced.parent)
    server.start()


@on_sqlite
def test_a_sync_fails_and_then_the_power(trust: Trust, disk: Path, synced: Path, times: Times, count: Count) -> None:
    rounds = times(5, 100)
    with Server(trust, disk) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(100)
            callers.strike(trust.settings.home / "fail")
            callers.send(50)
            with callers.away():
                cut_the_power(server, synced)
    count("a sync fails (EIO), then the power", rounds, callers)


@on_sqlite
def test_the_server_is_killed_over_a_sync_and_then_the_power_fails(
    trust: Trust, disk: Path, synced: Path, times: Times, count: Count
) -> None:
    # The file holds the commit, which was never synced, and whoever opens it next reads it: a key, then an entry.
    rounds, told, commands = times(2, 40), Told(trust), trust.commands()
    with Server(trust, disk) as server, closing(ApiDoor(trust, server.port)) as door:
        for _ in range(rounds):
            sent = next(commands)
            (trust.settings.home / "die").touch()
            assert not told.hear(door, 0, sent)
            server.kill()
            server.start()
            assert told.hear(door, 0, sent)
            cut_the_power(server, synced)
            door.close()
    count("the server is killed over a sync, then the power", rounds, told)


def test_a_sync_of_postgresql_fails(disk: Path, tmp_path: Path, times: Times, count: Count) -> None:
    with running_postgres(DURABLE, preload=disk) as postgres:
        rounds, trust = times(3, 30), Trust(tmp_path / "trust", postgres.database(), postgres.database())
        with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
            for _ in range(rounds):
                callers.send(100)
                with callers.away():
                    callers.strike(postgres.data / "fail")
                    postgres.wait()
        count("a sync fails (EIO)", rounds, callers)
