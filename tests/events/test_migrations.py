"""The migrations make the tables that the code speaks of, on both databases, once."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from events import Store
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from events.migrations.keys import keys_0001
from events.migrations.log import log_0001
from events.tables import key_tables, log_tables
from tests.events.home import Home


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


@pytest.mark.parametrize("step", [log_0001, keys_0001])
def test_no_step_is_ever_taken_back(step: Any) -> None:
    with pytest.raises(RuntimeError, match="restore"):
        step.downgrade()
