"""The migrations make the tables that the code speaks of, on both databases, once."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text

from core.deskstore import STEPS as DESK_STEPS
from events import Catalog, Database, MasterKey, NotReady, Store, Stream, verify
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from events.migrations.keys import keys_0001
from events.migrations.log import log_0001, log_0002, log_0003, log_0004
from events.tables import checkpoints, entries, epochs, held, key_tables, keys, log_tables, signed
from tests.events.home import ANN, Home, note
from tests.events.test_bytes import golden


def differences(store: Store) -> list[Any]:
    """What Alembic would change to make the databases what events/tables.py says."""
    found = []
    for database, wanted in ((store.database, log_tables), (store.keys.database, key_tables)):
        with database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            found += compare_metadata(context, wanted)
    return found


def test_the_migrations_make_the_tables_the_code_speaks_of(store: Store) -> None:
    assert differences(store) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE tiles ADD COLUMN more integer",
        "DROP INDEX entries_stream",
        "DROP INDEX epochs_origin",
        "ALTER TABLE tiles DROP COLUMN hashes",
        "CREATE TABLE more (id integer)",
    ],
)
def test_a_difference_would_be_noticed(home: Home, store: Store, change: str) -> None:
    home.attack(change)
    assert len(differences(store)) == 1


def schema(home: Home) -> list[Any]:
    """Everything the databases say of themselves."""
    if home.is_sqlite:
        found = "SELECT name, sql FROM sqlite_master ORDER BY name"
    else:
        found = (
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = current_schema() UNION ALL "
            "SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = current_schema() UNION ALL "
            "SELECT event_object_table, trigger_name, event_manipulation, action_timing "
            "FROM information_schema.triggers WHERE trigger_schema = current_schema() ORDER BY 1, 2, 3, 4"
        )
    with home.store().database.reading() as log, home.store().keys.database.reading() as keys:
        return [
            list(connection.execute(text(sql)))
            for connection in (log, keys)
            for sql in (found, "SELECT * FROM alembic_version ORDER BY 1")
        ]


def test_upgrading_again_changes_nothing(home: Home, store: Store) -> None:
    before = schema(home)
    for _ in range(2):
        upgrade(store.database, LOG_STEPS)
        upgrade(store.keys.database, KEY_STEPS)
    assert schema(home) == before


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_every_sqlite_table_is_strict(store: Store) -> None:
    ours = {*log_tables.tables, *key_tables.tables}
    for database in (store.database, store.keys.database):
        with database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list").all()
        assert {strict for name, strict in rows if name in ours} == {1}


@pytest.fixture(params=["sqlite", "postgresql"])
def before_documents(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Home, Path]]:
    """An empty place for a log, and the steps there were before documents were kept."""
    if request.param == "sqlite":
        urls = [f"sqlite:///{tmp_path / part}.sqlite" for part in ("log", "keys")]
    else:
        urls = [request.getfixturevalue("postgres").database() for _ in range(2)]
    steps = tmp_path / "steps"
    steps.mkdir()
    shutil.copy(LOG_STEPS / "log_0001.py", steps)
    home = Home(*urls)
    yield home, steps
    home.close()


@pytest.mark.parametrize("others", [(), (DESK_STEPS,)], ids=["alone", "beside the desk's"])
def test_a_log_that_was_there_before_goes_on_with_documents(
    before_documents: tuple[Home, Path], others: Sequence[Path]
) -> None:
    home, steps = before_documents
    database, key_database = Database(home.url), Database(home.keys_url)
    upgrade(database, steps, *others)
    upgrade(key_database, KEY_STEPS)
    put_there(database, key_database)
    home.master = golden("wrapped_keys")["master"]
    with pytest.raises(NotReady, match="older version"):
        Store(database, key_database, MasterKey(home.master), Catalog([], []), host="keystone.example")
    for _ in range(2):
        upgrade(database, LOG_STEPS, *others)
    database.close()
    key_database.close()
    store = home.store()
    log = store.log("139204")
    assert [event.leaf for event in log.events()] == golden("tree")["leaves"]
    kept = log.keep(Stream(ANN, "tests.notes"), b"a letter")
    note(log)
    assert log.document(Stream(ANN, "tests.notes"), kept) == b"a letter"
    assert verify(store).ok
    if not others:
        assert differences(store) == []


def put_there(database: Database, key_database: Database) -> None:
    """The rows of the golden log."""
    sample, wrapped = golden("log"), golden("wrapped_keys")
    with key_database.writing() as connection:
        for purpose, raw in wrapped["wrapped"].items():
            row = {"log": wrapped["log_id"], "purpose": purpose, "own_id": 1, "parent_id": 1}
            connection.execute(insert(held), row | {"wrapped": raw, "state": "live"})
        connection.execute(insert(keys), sample["keys"])
        connection.execute(insert(signed), sample["signed"])
    with database.writing() as connection:
        connection.execute(insert(epochs), sample["epoch"])
        connection.execute(insert(entries), sample["entries"])
        connection.execute(insert(checkpoints), sample["checkpoint"])


@pytest.mark.parametrize("step", [log_0001, log_0002, log_0003, log_0004, keys_0001])
def test_no_step_is_ever_taken_back(step: Any) -> None:
    with pytest.raises(RuntimeError, match="restore"):
        step.downgrade()
