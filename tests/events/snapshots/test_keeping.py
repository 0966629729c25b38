"""Which logs a store keeps snapshots of, and what they tell of their length."""

from uuid import uuid4

import pytest

from events import Log, New, Store, Tampered
from tests.events.home import (
    ANN,
    MONDAY,
    SENCO,
    Home,
    Noted,
    Paid,
    balance,
    note,
    notes,
    told,
)

# When they are kept


def test_a_store_keeps_those_of_logs_that_have_grown_enough_and_were_read(home: Home, store: Store, log: Log) -> None:
    other = store.create("139205")
    note(other)
    log.append(notes(10), command_id=uuid4(), actor=SENCO)
    log.refresh()
    store.keep_snapshots(13)
    assert home.attack("SELECT count(*) FROM snapshots") == [(0,)]
    store.keep_snapshots(12)
    assert {key for (key,) in home.attack("SELECT log FROM snapshots")} == {log.id}
    assert log.grown == 0
    before = home.attack("SELECT count(*) FROM snapshots")
    store.keep_snapshots(1)
    assert home.attack("SELECT count(*) FROM snapshots") == before


def test_a_log_that_is_written_and_never_read_is_kept_too(
    home: Home, store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.store._UNREAD", 10)
    log.append(notes(12), command_id=uuid4(), actor=SENCO)
    store.keep_snapshots(1_000)
    assert (log.grown, log.unread) == (0, 0), "nothing of it is held here"
    again = home.store().log(log.name)
    again.refresh()
    assert (again.grown, again.see(told, ANN)) == (0, tuple(str(Noted(MONDAY, f"note {at}")) for at in range(0, 12, 2)))
    log.append(notes(3), command_id=uuid4(), actor=SENCO)
    before = home.attack("SELECT count(*) FROM snapshots")
    store.keep_snapshots(1_000)
    assert (log.unread, home.attack("SELECT count(*) FROM snapshots")) == (3, before)


def test_a_database_that_refuses_snapshots_costs_nothing_else(home: Home, store: Store, log: Log) -> None:
    log.append(notes(10), command_id=uuid4(), actor=SENCO)
    log.refresh()
    home.attack("ALTER TABLE snapshots RENAME COLUMN upto TO gone")
    store.keep_snapshots(1)
    assert log.grown == 12
    assert log.see(told, ANN)


def test_what_no_snapshot_can_hold_is_told_anew(home: Home, log: Log) -> None:
    """A sum beyond sixty-four bits: of each fact the log can hold the number, of both together a snapshot cannot."""
    paid = [New(ANN, Paid(MONDAY, 2**63)), New(ANN, Paid(MONDAY, 2**63))]
    log.append(paid, command_id=uuid4(), actor=SENCO)
    note(log, "beside")
    log.keep_snapshots()
    again = home.store().log(log.name)
    again.refresh()
    assert again.see(balance, ANN) == 2**64
    assert again.see(told, ANN) == (str(Noted(MONDAY, "beside")),)


def test_they_are_made_again_from_every_entry(home: Home, kept: Log) -> None:
    before = {row[0] for row in home.attack("SELECT sealed FROM snapshots")}
    assert home.store().reopen(kept.name).rebuild_snapshots() == 3
    after = {row[0] for row in home.attack("SELECT sealed FROM snapshots")}
    assert len(after) == len(before) == 7
    assert not after & before
    home.attack("UPDATE entries SET mac = :mac WHERE position = 3", mac=bytes(16))
    with pytest.raises(Tampered):
        home.store().reopen(kept.name).rebuild_snapshots()


def test_all_of_one_log_are_told_apart_from_another_s(home: Home, store: Store, kept: Log) -> None:
    other = store.create("139205")
    note(other, "elsewhere")
    other.keep_snapshots()
    kept.snapshots.drop()
    again = home.store().log(other.name)
    again.refresh()
    assert (again.grown, again.see(told, ANN)) == (0, (str(Noted(MONDAY, "elsewhere")),))


@pytest.mark.parametrize("count", [0, 1, 1900, 8000])
def test_a_snapshot_s_length_tells_only_how_many_times_a_thousand_bytes(home: Home, log: Log, count: int) -> None:
    note(log, "x" * min(count, 4000))
    note(log, "y" * max(count - 4000, 0))
    log.keep_snapshots()
    for (sealed,) in home.attack("SELECT sealed FROM snapshots"):
        assert (len(sealed) - 31) % 1024 == 0
