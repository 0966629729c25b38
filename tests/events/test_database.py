"""One database: append-only by itself, durable or refused, its connections alive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from events import Database, Log, NotReady, Store, Stream
from events.tables import APPEND_ONLY, epochs, tiles
from events.witnesses import keep_cosignatures
from tests.events.home import ANN, Home, note
from tests.events.test_witnesses import KNOWN, ROWAN, cosigned, signed
from tests.postgres import Postgres

FIRST = "SELECT event_id FROM entries WHERE log = {} AND position = {}"
CUT_OFF = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.parametrize("table", APPEND_ONLY, ids=str)
def test_the_database_itself_refuses_to_change_what_was_written(home: Home, store: Store, log: Log, table: Any) -> None:
    keep_cosignatures(store, cosigned(signed(store, log), [ROWAN]), KNOWN)
    log.keep(Stream(ANN, "tests.notes"), b"a letter")
    before = rows(store.database, table)
    assert before
    key = ", ".join(column.name for column in table.primary_key)
    again = f"INTO {table} SELECT * FROM {table} WHERE true"
    changes = [
        f"UPDATE {table} SET log = log",
        f"DELETE FROM {table}",
        f"INSERT {again} ON CONFLICT ({key}) DO UPDATE SET log = excluded.log",
        f"INSERT OR REPLACE {again}" if home.is_sqlite else f"TRUNCATE {table}",
    ]
    for change in changes:
        with store.database.writing() as connection, pytest.raises(DBAPIError, match=f"{table} is append-only"):
            connection.exec_driver_sql(change)
        assert rows(store.database, table) == before


def rows(database: Database, table: Any) -> list[Any]:
    with database.reading() as connection:
        return list(connection.execute(table.select()))


def test_whoever_drops_the_triggers_first_can_and_the_tests_would_see_it(home: Home, store: Store, log: Log) -> None:
    for table in APPEND_ONLY:
        home.attack(f"DELETE FROM {table.name}")
        assert rows(store.database, table) == []


def test_tiles_may_be_dropped(store: Store, log: Log) -> None:
    with store.database.writing() as connection:
        connection.execute(store.database.insert_new(tiles), {"log": log.id, "level": 0, "index": 0, "hashes": b""})
        connection.execute(tiles.delete())
    assert rows(store.database, tiles) == []


def test_a_block_that_raises_writes_nothing(store: Store, log: Log) -> None:
    row = {"log": log.id, "level": 0, "index": 0, "hashes": b""}
    with pytest.raises(DBAPIError), store.database.writing() as connection:
        connection.execute(tiles.insert(), [row, row])
    assert rows(store.database, tiles) == []
    with store.database.writing() as connection:
        connection.execute(tiles.insert(), row)
    assert len(rows(store.database, tiles)) == 1


def test_an_insert_of_what_is_there_passes_over_it_and_says_how_many_were_new(store: Store, log: Log) -> None:
    new = [{"log": log.id, "level": 0, "index": index, "hashes": b""} for index in range(5)]
    with store.database.writing() as connection:
        for upto, count in ((2, 2), (5, 3), (5, 0)):
            assert connection.execute(store.database.insert_new(tiles), new[:upto]).rowcount == count
        assert connection.execute(store.database.insert_new(epochs), rows_of(epochs, connection)).rowcount == 0


def rows_of(table: Any, connection: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(table.select()).mappings()]


# Durable or refused


def test_every_sqlite_connection_is_set_to_be_durable(tmp_path: Path) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 15000,
    }
    for serving, checkpoints in ((True, 4000), (False, 0)):  # a process beside the server leaves the WAL alone
        database = Database(f"sqlite:///{tmp_path / 'some' / 'where' / 'log.sqlite'}", serving=serving)
        with database.reading() as one, database.reading() as other:
            for connection in (one, other):
                found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
                assert found == wanted
                assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == checkpoints
        database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_sqlite_that_cannot_be_durable_is_refused(url: str) -> None:
    database = Database(url)
    with pytest.raises(NotReady, match="SQLite refuses journal_mode=wal"), database.reading():
        pass
    database.close()


@pytest.mark.parametrize("url", ["mysql+pymysql://root@127.0.0.1/x", "oracle://x"])
def test_any_other_database_is_refused(url: str) -> None:
    with pytest.raises(NotReady, match="sqlite:/// or a postgresql"):
        Database(url)


def test_text_that_is_no_utf8_is_read_as_such_and_not_fallen_over(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'log.sqlite'}")
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT CAST(x'e4bda0ff' AS TEXT)").scalar() == "你\ufffd"
    database.close()


SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")


@pytest.fixture
def strict(postgres: Postgres) -> Iterator[Any]:
    """A database in the tests' server that does not say it is thrown away; and how to set the server."""
    url = postgres.database()
    admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def settings(**wanted: str) -> str:
        with admin.connect() as connection:
            for name, value in wanted.items():
                connection.execute(text(f"ALTER SYSTEM SET {name} = {value}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        for name, value in wanted.items():
            while True:
                with admin.connect() as connection:
                    if connection.execute(text(f"SHOW {name}")).scalar() == value:
                        break
        return url

    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {admin.url.database} SET tallystick.throwaway = 'no'"))
    yield settings
    settings(**dict.fromkeys(SETTINGS, "off"))


@pytest.mark.parametrize(("setting", "value"), [*((one, "off") for one in SETTINGS), ("synchronous_commit", "local")])
def test_postgresql_that_is_not_durable_is_refused_by_the_name_of_the_setting(
    strict: Any, setting: str, value: str
) -> None:
    database = Database(strict(**(dict.fromkeys(SETTINGS, "on") | {setting: value})))
    with pytest.raises(NotReady, match=f"runs with {setting}={value}"), database.reading():
        pass
    database.close()


def test_postgresql_that_is_durable_is_taken(strict: Any) -> None:
    database = Database(strict(**dict.fromkeys(SETTINGS, "on")))
    with database.reading() as connection:
        assert connection.execute(text("SHOW fsync")).scalar() == "on"
    database.close()


# The writer


@pytest.mark.parametrize("home", ["postgresql"], indirect=True)
def test_a_connection_lost_between_commands_is_not_noticed(home: Home, log: Log) -> None:
    note(log, "one")
    home.attack(CUT_OFF)
    assert [note(log, "two"), note(log, "three")] == [3, 4]
    assert [event.position for event in log.events()] == [0, 1, 2, 3, 4]


def test_what_the_driver_is_asked_itself_is_found_or_is_not(log: Log, store: Store) -> None:
    with store.database.reading() as connection:
        assert Database.bytes_found(connection, FIRST, (log.id, 0)) == log.event(0).event_id.bytes
        assert Database.bytes_found(connection, FIRST, (log.id, 99)) is None
        with pytest.raises(DBAPIError) as refused:
            Database.bytes_found(connection, "SELECT nothing FROM nowhere", ())
        assert not refused.value.connection_invalidated


@pytest.mark.parametrize("home", ["postgresql"], indirect=True)
def test_a_connection_lost_under_the_driver_is_said(home: Home, log: Log, store: Store) -> None:
    with store.database.reading() as connection:
        home.attack(CUT_OFF)
        with pytest.raises(DBAPIError) as lost:
            Database.bytes_found(connection, FIRST, (log.id, 0))
    assert lost.value.connection_invalidated
    with store.database.reading() as connection:
        assert Database.bytes_found(connection, FIRST, (log.id, 0)) is not None


@pytest.mark.parametrize("home", ["postgresql"], indirect=True)
def test_a_reader_never_meets_a_connection_the_server_closed(home: Home, log: Log) -> None:
    note(log, "one")
    for _ in range(3):
        log.refresh()  # leaves a connection behind that was used just now
        home.attack(CUT_OFF)
        assert [event.position for event in log.events()] == [0, 1, 2]
