"""Every byte of a small log is flipped, one at a time: `verify` says which log, and at what place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import randrange
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, Table, create_engine
from sqlalchemy.exc import DBAPIError

from events import Log, New, Stream, verify
from events.chain import TILE
from events.report import Fault
from events.store import name_of
from events.tables import checkpoints, documents, entries, epochs, tiles
from tests.events.home import ANN, BEN, FACTS, MONDAY, SENCO, Home, note, notes
from tests.events.test_documents import Filed
from tests.faults.conftest import Put, Times
from tests.faults.tally import Row

ROWS = (entries, epochs, checkpoints, documents)


def small(log: Log) -> None:
    """Entries of two subjects, two documents, and a checkpoint over all but the last."""
    for subject in (ANN, BEN):
        kept = log.keep(Stream(subject, "tests.notes"), os.urandom(40))
        log.append([New(subject, Filed(MONDAY, kept))], command_id=uuid4(), actor=SENCO)


def tiled(log: Log) -> None:
    """One full tile."""
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)


@pytest.mark.parametrize(
    ("filled", "tables", "what"),
    [(small, ROWS, "a byte of a row is flipped"), (tiled, (tiles,), "a byte of a tile is flipped")],
)
def test_no_byte_can_be_other_and_nobody_notice(
    home: Home, filled: Any, tables: tuple[Table, ...], what: str, times: Times, put: Put
) -> None:
    store = home.store(facts=[*FACTS, Filed])
    log = store.create("139204")
    filled(log)
    store.sign_all()
    note(log)
    store.close()  # the tiles are stored after the answer
    home.attack("SELECT 1")  # which drops the triggers
    store, step, flipped, unnoticed = home.store(facts=[*FACTS, Filed]), times(60, 1), 0, []
    engine = create_engine(home.url)
    for table, row, changed in changes(engine, tables, step):
        try:
            replace(engine, table, row, changed)
        except DBAPIError:  # the place of another row, or what the column cannot hold: nobody can have it so
            continue
        flipped += 1
        if not any(names(fault, log, table, row, changed) for fault in verify(store).faults):
            unnoticed.append((table.name, row, changed))
        replace(engine, table, changed, row)
    engine.dispose()
    assert verify(store).ok
    put(Row(what, "SQLite" if home.is_sqlite else "PostgreSQL", flipped, log.size, 0, 0, len(unnoticed)))


def names(fault: Fault, log: Log, table: Table, row: dict[str, Any], changed: dict[str, Any]) -> bool:
    """Whether a fault names the log, which is called what the row of its epoch says, and for an entry its place."""
    called = {log.name, "", *([name_of(changed["origin"])] if table is epochs else [])}
    places = {row["position"], changed["position"]} if table is entries else {fault.position}
    return fault.log in called and fault.position in places


def changes(
    engine: Engine, tables: tuple[Table, ...], step: int
) -> Iterator[tuple[Table, dict[str, Any], dict[str, Any]]]:
    """Each row with one bit of one byte other; of every `step` bytes one."""
    skipped = randrange(step)  # noqa: S311 - a place, not a secret
    for table in tables:
        with engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(table.select()).mappings()]
        for row in rows:
            for column, value in row.items():
                for other in others(value):
                    skipped += 1
                    if skipped % step == 0:
                        yield table, row, row | {column: other}


def others(value: bytes | str | int) -> Iterator[Any]:
    """A value with one bit of one byte other, for each of its bytes."""
    raw = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else value.to_bytes(8, "big")
    for at in range(len(raw)):
        other = bytearray(raw)
        other[at] ^= 1 << randrange(7)  # noqa: S311
        if isinstance(value, bytes):
            yield bytes(other)
        elif isinstance(value, str):
            yield other.decode("utf-8", "replace")
        else:
            yield int.from_bytes(other, "big", signed=True)


def replace(engine: Engine, table: Table, one: dict[str, Any], other: dict[str, Any]) -> None:
    """Puts a row where another was."""
    with engine.begin() as connection:
        connection.execute(table.delete().where(*(column == one[column.name] for column in table.primary_key)))
        connection.execute(table.insert(), other)
