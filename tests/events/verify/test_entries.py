"""Rows of entries changed, copied, inserted, swapped or cut off: `verify` says which log and which place."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from events import Log, Store, Stream, verify
from tests.events.home import Home, erase
from tests.events.verify.breaking import (
    BLOBS,
    NAME,
    NEWEST,
    NUMBERS,
    OLD,
    copied,
    copied_from_another_log,
    cut_off,
    emptied,
    flips,
    flips_of_number,
    inserted,
    inserted_below_zero,
    inserted_far_beyond,
    longer_id,
    named,
    swapped,
    swapped_seals,
    taken_out,
)


@pytest.mark.parametrize("column", BLOBS + NUMBERS)
def test_one_bit_of_any_column_of_an_entry_is_found_at_its_place(
    home: Home, store: Store, filled: Log, column: str
) -> None:
    name = "mac" if column != "mac" else "commitment"  # by which a row is found again, whatever is changed in it
    for position in (OLD, NEWEST):
        find = f"SELECT {column}, {name} FROM entries WHERE log = :log AND position = :at"
        ((value, row),) = home.attack(find, log=filled.id, at=position)
        bits = 32 if column == "flags" and not home.is_sqlite else 64
        found = 0
        for other in flips(value) if column in BLOBS else flips_of_number(value, bits):
            try:
                home.attack(f"UPDATE entries SET {column} = :other WHERE {name} = :row", other=other, row=row)
            except IntegrityError:  # the place of another entry: not even an attacker can have both
                continue
            faults = named(verify(store))
            assert faults & {(NAME, position), (NAME, other if column == "position" else position)}, other
            assert {log for log, _ in faults} == {NAME}
            found += 1
            home.attack(f"UPDATE entries SET {column} = :value WHERE {name} = :row", value=value, row=row)
        assert found > 3
    assert verify(store).ok


@pytest.mark.parametrize(
    "attack",
    [
        copied,
        copied_from_another_log,
        inserted,
        inserted_below_zero,
        inserted_far_beyond,
        swapped,
        swapped_seals,
        taken_out,
        cut_off,
        emptied,
        longer_id,
    ],
)
def test_a_row_copied_inserted_swapped_or_cut_off_is_found_at_its_place(
    home: Home, store: Store, filled: Log, attack: Callable[[Home, Log], int]
) -> None:
    position = attack(home, filled)
    assert (NAME, position) in named(verify(store))
    assert not verify(home.store()).ok  # also a process that was not there when it happened


def test_an_entry_below_zero_is_the_only_fault_it_makes(home: Home, store: Store, filled: Log) -> None:
    inserted(home, filled, -1)
    assert named(verify(store)) == {(NAME, -1)}


def test_an_entry_changed_to_lie_ahead_of_the_clock_is_still_named(home: Home, filled: Log) -> None:
    later = "UPDATE entries SET recorded_at = recorded_at + 100000000000000 WHERE log = :log AND position = :at"
    home.attack(later, log=filled.id, at=NEWEST)
    assert named(verify(home.store())) == {(NAME, NEWEST)}  # though such a log would not be served


@pytest.mark.parametrize("change", ["event_id", "commitment", "n", "recorded_at", "flags", "sealed", "key_id"])
def test_an_erased_entry_cannot_be_read_and_not_be_changed_either(
    home: Home, store: Store, filled: Log, change: str
) -> None:
    event = filled.event(NEWEST)
    assert event.subject
    erase(filled, Stream(event.subject, event.record))
    assert verify(store).ok
    other = f"{change} + 1"
    if change in BLOBS:  # a byte more: what stands in the leaf may not be cut to length
        other = f"CAST({change} || x'00' AS BLOB)" if home.is_sqlite else f"{change} || '\\x00'::bytea"
    home.attack(f"UPDATE entries SET {change} = {other} WHERE log = :log AND position = :at", log=filled.id, at=NEWEST)
    assert (NAME, NEWEST) in named(verify(store))


def test_the_newest_entries_cut_off_before_any_checkpoint_leave_no_trace(home: Home, store: Store, filled: Log) -> None:
    # The limit of it: only a checkpoint, ours or one outside, proves that there was more.
    home.attack("DELETE FROM entries WHERE log = :log AND position = :at", log=filled.id, at=NEWEST)
    assert verify(store).ok
    store.sign_all()
    home.attack("DELETE FROM entries WHERE log = :log AND position = :at", log=filled.id, at=NEWEST - 1)
    assert named(verify(store)) == {(NAME, NEWEST - 1)}
