"""Tiles and checkpoints that are not as they were written."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from events import Log, Store, verify
from events.chain import TILE
from tests.events.home import SENCO, Home, notes
from tests.events.verify.breaking import NAME, SIGNED, SIZE, flips, flips_of_number, named

# Tiles


@pytest.fixture
def tiled(store: Store, log: Log) -> Log:
    """A log with two tiles, signed in the second."""
    log.append(notes(300), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log.append(notes(300), command_id=uuid4(), actor=SENCO)
    store.close()  # the tiles are stored after the answer
    return log


@pytest.mark.parametrize("number", [0, 1])
def test_one_bit_of_any_column_of_a_tile_is_found_at_its_first_entry(home: Home, tiled: Log, number: int) -> None:
    store = home.store()
    assert verify(store).ok
    (tile,) = home.attack('SELECT * FROM tiles WHERE "index" = :number', number=number)
    home.attack("DELETE FROM tiles")
    names = ("log", "level", "index", "hashes")
    others: list[tuple[str, Any]] = [
        (name, other) for name in ("log", "hashes") for other in flips(tile[names.index(name)])
    ]
    others += [("level", other) for other in flips_of_number(0, 64 if home.is_sqlite else 32)]
    others += [("index", other) for other in flips_of_number(number, 64)]
    for name, other in others:
        changed = dict(zip(names, tile, strict=True)) | {name: other}
        home.attack("INSERT INTO tiles VALUES (:log, :level, :index, :hashes)", **changed)
        stands = other if name == "index" and other in {0, 1} else number  # it says it is the other one, and is not
        assert named(verify(store)) == {(tiled.name, stands * TILE)}, (name, other)
        home.attack("DELETE FROM tiles")
    assert verify(store).ok


def test_tiles_exchanged_or_made_up_are_found_and_lost_ones_are_not_missed(home: Home, tiled: Log) -> None:
    store = home.store()
    for old, new in ((0, 7), (1, 0), (7, 1)):
        home.attack('UPDATE tiles SET "index" = :new WHERE "index" = :old', old=old, new=new)
    assert named(verify(store)) == {(tiled.name, 0), (tiled.name, TILE)}
    home.attack("DELETE FROM tiles")
    assert verify(store).ok
    home.attack("INSERT INTO tiles VALUES (:log, 3, 9, :hashes)", log=tiled.id, hashes=bytes(32 * TILE))
    assert named(verify(store)) == {(tiled.name, None)}


# Checkpoints


def test_one_bit_of_any_column_of_a_checkpoint_is_found(home: Home, store: Store, filled: Log) -> None:
    store.sign_all()
    rows = home.attack("SELECT log, epoch, size, note FROM checkpoints WHERE log = :log ORDER BY size", log=filled.id)
    assert [row[2] for row in rows] == [SIGNED, SIZE]
    home.attack("ALTER TABLE checkpoints ADD COLUMN mine integer")  # so that a row is found again whatever is changed
    text = "CAST(:other AS TEXT)" if home.is_sqlite else "convert_from(:other, 'UTF8')"
    for log_id, epoch, size, note_text in rows:
        home.attack("UPDATE checkpoints SET mine = :size WHERE log = :log AND size = :size", log=log_id, size=size)
        changes = [
            *(("log", ":other", other, log_id) for other in flips(log_id)),
            *(("epoch", ":other", other, epoch) for other in flips_of_number(epoch, 32)),
            *(("size", ":other", other, size) for other in flips_of_number(size, 64)),
            *(("note", text, other, note_text.encode()) for other in flips(note_text.encode())),
        ]
        for column, value, other, before in changes:
            change = f"UPDATE checkpoints SET {column} = {value} WHERE mine = :size"
            try:
                home.attack(change, other=other, size=size)
            except DBAPIError:  # PostgreSQL keeps no text that is not UTF-8
                assert (column, home.is_sqlite) == ("note", False)
                continue
            assert {log for log, _ in named(verify(store))} == {NAME}, (column, other)
            home.attack(change, other=before, size=size)
    home.attack("ALTER TABLE checkpoints DROP COLUMN mine")
    assert verify(store).ok


def test_the_newest_checkpoint_taken_away_is_missed_until_the_next(home: Home, store: Store, filled: Log) -> None:
    home.attack("DELETE FROM checkpoints WHERE log = :log", log=filled.id)
    report = verify(store)
    assert named(report) == {(NAME, None)}
    assert report.faults[0].what == "the checkpoint of 6 entries is missing"
    store.sign_all()
    assert verify(store).ok


def test_a_checkpoint_signed_with_another_key_is_no_checkpoint(home: Home, store: Store, filled: Log) -> None:
    other = store.log("139205")
    assert other.size < SIGNED
    home.attack(
        "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE log = :other) WHERE log = :log",
        log=filled.id,
        other=other.id,
    )
    assert named(verify(store)) == {(NAME, None)}
