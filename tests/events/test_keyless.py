"""Whoever was given the log database alone finds what is other in it, up to the newest checkpoint."""

import os
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from events import Database, Log, Store, verify, verify_without_keys
from events.chain import TILE
from events.open_facts import EpochStarted
from tests.events.home import SENCO, Home, note, notes
from tests.events.verify.breaking import (
    BLOBS,
    NAME,
    NUMBERS,
    OLD,
    SIGNED,
    cut_off,
    emptied,
    flips,
    flips_of_number,
    inserted_below_zero,
    inserted_far_beyond,
    named,
    swapped,
    swapped_seals,
    taken_out,
)


@pytest.fixture
def signed(store: Store, log: Log) -> Log:
    """A log with a checkpoint in the middle, beside another that nobody touches."""
    note(store.create("139205"))
    log.append(notes(SIGNED - 2), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log.append(notes(3), command_id=uuid4(), actor=SENCO)
    return log


def test_it_tells_what_verify_tells_and_how_far_it_is(home: Home, store: Store, signed: Log) -> None:
    told: list[tuple[int, int]] = []
    database = Database(home.url)
    report = verify_without_keys(database, lambda *numbers: told.append(numbers))
    database.close()
    assert report == verify(store)
    assert report.ok
    assert told[-1] == (12, 12)


@pytest.mark.parametrize("column", sorted({*BLOBS, *NUMBERS} - {"mac"}))
def test_one_bit_of_any_column_of_a_signed_entry_is_found(home: Home, store: Store, signed: Log, column: str) -> None:
    ((value, mac),) = home.attack(
        f"SELECT {column}, mac FROM entries WHERE log = :log AND position = :at", log=signed.id, at=OLD
    )
    bits = 32 if column == "flags" and not home.is_sqlite else 64
    change, found = f"UPDATE entries SET {column} = :value WHERE mac = :mac", 0
    for other in flips(value) if column in BLOBS else flips_of_number(value, bits):
        try:
            home.attack(change, value=other, mac=mac)
        except IntegrityError:  # the place of another entry: not even an attacker can have both
            continue
        assert not verify_without_keys(store.database).ok, other
        home.attack(change, value=value, mac=mac)
        found += 1
    assert found > 3
    assert verify_without_keys(store.database).ok


@pytest.mark.parametrize(
    "attack",
    [swapped, swapped_seals, taken_out, cut_off, emptied, inserted_below_zero, inserted_far_beyond],
)
def test_a_row_moved_taken_or_put_in_is_found(
    home: Home, store: Store, signed: Log, attack: Callable[[Home, Log], int]
) -> None:
    attack(home, signed)
    assert {name for name, _ in named(verify_without_keys(store.database))} == {NAME}


@pytest.mark.parametrize("table", ["entries", "tiles", "checkpoints"])
def test_a_row_under_the_id_of_no_log_is_found(home: Home, store: Store, log: Log, table: str) -> None:
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    home.attack(f"UPDATE {table} SET log = :other", other=os.urandom(16))
    report = verify_without_keys(store.database)
    assert f"a row of {table} stands under the id of no log" in {fault.what for fault in report.faults}


def test_stored_tiles_name_the_very_entry_that_is_other(home: Home, store: Store, log: Log) -> None:
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    change = "UPDATE entries SET recorded_at = recorded_at + 1 WHERE log = :log AND position = 77"
    home.attack(change, log=log.id)
    assert (NAME, 77) in named(verify_without_keys(store.database))
    home.attack("UPDATE tiles SET level = 1 WHERE log = :log", log=log.id)
    assert (NAME, None) in named(verify_without_keys(store.database))


def test_an_entry_after_the_checkpoint_may_be_other_and_must_still_be_in_order(
    home: Home, store: Store, signed: Log
) -> None:
    # The limit of it: only the mac, and so a key, or the next checkpoint vouches for what is younger.
    home.attack(
        "UPDATE entries SET commitment = :other WHERE log = :log AND position = 7", log=signed.id, other=bytes(32)
    )
    assert verify_without_keys(store.database).ok
    home.attack("UPDATE entries SET recorded_at = 1 WHERE log = :log AND position = 7", log=signed.id)
    assert named(verify_without_keys(store.database)) == {(NAME, 7)}


def test_a_checkpoint_another_key_signed_is_none(home: Home, store: Store, signed: Log) -> None:
    stolen = "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE log <> :log) WHERE log = :log"
    home.attack(stolen, log=signed.id)
    assert named(verify_without_keys(store.database)) == {(NAME, None)}


def test_it_reads_on_through_epochs_and_new_signing_keys(store: Store, signed: Log) -> None:
    store.add_signer(signed)
    store.sign_all()
    store.retire_signers(signed)
    known = store.sign(signed)
    assert known
    log = store.begin_epoch(NAME, lambda number: EpochStarted(number, known, 0))
    note(log)
    store.sign_all()
    assert verify_without_keys(store.database) == verify(store)
    assert verify(store).ok
