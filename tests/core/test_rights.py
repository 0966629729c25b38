"""The rights in PostgreSQL that docs/running.md gives a server are all it needs, and no more than to append."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Table, make_url

from core.deskstore import tables
from events import Stream
from tests.core.api.test_tokens import call, made
from tests.core.house import NORTH, House, build_template, email_of
from tests.postgres import Postgres

RUNNING = Path(__file__).parents[2] / "docs" / "running.md"
APP, SECRET = "tallystick_app", "of-the-server"


def statements() -> tuple[str, str]:
    """What is run in the database of the log, and in that of the keys."""
    found = re.search(r"```sql\n(.*?)```", RUNNING.read_text(), re.DOTALL)
    assert found
    log, _, keys = found[1].partition("-- in the other database:")
    return log, keys


def run(url: str, statement: str) -> None:
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def served(postgres: Postgres, tmp_path: Path) -> House:
    """A trust made by the owner of both databases, and opened by a role with those rights and no more."""
    owned = {"database": postgres.database(), "keys": postgres.database()}
    build_template(tmp_path / "home", **owned)
    with suppress(psycopg.errors.DuplicateObject):  # the server is the run's, and holds it from the test before
        run(owned["database"], f"CREATE ROLE {APP} LOGIN PASSWORD '{SECRET}'")
    for url, statement in zip(owned.values(), statements(), strict=True):
        run(url, statement)
    ours = {
        part: make_url(url).set(username=APP, password=SECRET).render_as_string(False) for part, url in owned.items()
    }
    return House(tmp_path / "run", tmp_path / "home", **ours)


def test_a_server_needs_no_more(served: House) -> None:
    senco = email_of("senco", NORTH)
    pupil, token = served.pupil(), made(served, whose=senco)
    body = {"subject": str(pupil), "made_on": "2026-09-01"}
    assert call(served, token, f"/api/v1/{NORTH}/register/commands/issue-plan", body).status_code == 200
    served.building.store.sign_all()
    served.building.store.keep_snapshots(1)
    desk = served.desk(senco, NORTH)
    kept = desk.keep(pupil, "register.support", b"%PDF-1.7 a letter")
    assert desk.document(pupil, "register.support", kept).startswith(b"%PDF")
    gone = desk.log.destroy(
        [Stream(pupil, "register.plan")],
        backups_until=date(2026, 12, 31),
        companions=[],
        command_id=uuid4(),
        actor=desk.actor,
    )
    assert gone
    assert not served.building.store.keys.scrub()  # only the owner may: the docs say so, and the program log does
    served.close()


@pytest.mark.parametrize("name", [one.name for one in vars(tables).values() if isinstance(one, Table)])
def test_every_table_of_the_desk_is_named(name: str) -> None:
    log, _ = statements()
    granted = [one for one in log.split(";") if "GRANT SELECT, INSERT, UPDATE, DELETE ON" in one]
    assert name in {word for one in granted for word in re.findall(r"\w+", one.partition(" ON ")[2])}


def test_what_is_only_added_to_cannot_be_changed_by_it(served: House) -> None:
    for table in ("entries", "epochs", "checkpoints", "cosignatures", "documents"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET log = log", f"TRUNCATE {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                run(served.settings.database, statement)
    served.close()
