"""What is forgotten is in no snapshot; what cannot come back as it is, is not kept."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from events import Catalog, Fact, Log, New, Stream, folds, verify
from tests.events.home import (
    ANN,
    BEN,
    FACTS,
    MONDAY,
    SENCO,
    Home,
    Looked,
    Moved,
    Noted,
    Paid,
    balance,
    erase,
    note,
    told,
)
from tests.events.snapshots.asking import ANNS, BENS, replayed, says
from tests.events.test_folds import DAYS


def test_a_value_that_would_not_come_back_as_it_is_is_not_kept(home: Home, log: Log) -> None:
    @folds("tests.notes")
    def days(known: tuple[date, ...] | None, fact: Fact) -> tuple[date, ...] | None:
        """Says that it folds to a tuple, and makes a list."""
        return [*(known or ()), fact.day]  # type: ignore[return-value]

    @folds("tests.money")
    def who(_: complex | None, fact: Fact) -> complex | None:
        """What no snapshot can hold."""
        return complex(fact.pence) if isinstance(fact, Paid) else None

    writing = home.store(views=[days, who]).log(log.name)
    writing.append([New(ANN, Noted(MONDAY)), New(ANN, Paid(MONDAY, 5))], command_id=uuid4(), actor=SENCO)
    writing.keep_snapshots()
    started = home.store(views=[days, who]).log(log.name)
    started.refresh()
    assert started.see(days, ANN) == [MONDAY]  # type: ignore[comparison-overlap]
    assert started.see(who, ANN) == 5
    assert started.count(ANNS) == 1


def test_a_view_must_say_what_it_folds_to() -> None:
    @folds("tests.notes")
    def silent(known, fact):  # type: ignore[no-untyped-def]
        return known

    with pytest.raises(ValueError, match="silent does not say"):
        Catalog(FACTS, [silent])


def test_a_class_whose_code_is_gone_is_counted_from_snapshots_too(home: Home, kept: Log) -> None:
    without = home.store(facts=[Noted, Moved, Looked])
    log = without.log(kept.name)
    log.keep_snapshots()
    again = home.store(facts=[Noted, Moved, Looked]).log(kept.name)
    again.refresh()
    assert again.grown == 0
    for record in log._streams:
        assert again.count(Stream(ANN, record)) == log.count(Stream(ANN, record)) > 0
    assert len(log._streams) == 2
    assert verify(without).ok


# Forgotten


def rows_of(home: Home, key_id: bytes) -> list[Any]:
    return home.attack("SELECT key_id, view, upto, sealed FROM snapshots WHERE key_id = :key", key=key_id)


@pytest.mark.parametrize("put_back", [False, True])
def test_what_is_forgotten_is_in_no_snapshot_and_comes_back_from_none(home: Home, kept: Log, put_back: bool) -> None:
    key = kept.keys.find(ANNS)
    assert key
    stolen = rows_of(home, key.key_id)
    assert len(stolen) == 2
    beside = home.store().log(kept.name)  # another process, which started from the same snapshots
    beside.refresh()
    erase(kept, ANNS)
    assert rows_of(home, key.key_id) == []
    if put_back:  # from a backup of the database
        for key_id, view, upto, sealed in stolen:
            insert = "INSERT INTO snapshots VALUES (:log, :key, :view, :upto, :sealed)"
            home.attack(insert, log=kept.id, key=key_id, view=view, upto=upto, sealed=sealed)
    started = home.store().log(kept.name)
    for log in (kept, beside, started):
        log.refresh()
        assert (log.see(told, ANN), log.count(ANNS), list(log.see_all(told))) == (None, 0, [BEN])
        assert (log.see(balance, ANN), log.count(BENS)) == (500, 1)
        assert list(log.index.newest_first(subject=ANN)) == [5, 4]
        assert list(log.index.newest_first(subject=BEN)) == [3]
        assert list(log.index.newest_first(kind_prefix="tests.moved")) == []
        assert {2, 6} <= log.index.unfound({})
    assert verify(home.store()).ok
    assert says(started, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))


def test_a_forgotten_stream_that_began_anew_is_kept_under_its_new_key(home: Home, kept: Log) -> None:
    old = kept.keys.find(ANNS)
    assert old
    beside = home.store().log(kept.name)
    beside.refresh()
    erase(kept, ANNS)
    note(kept, "Ann is back.")
    kept.keep_snapshots()
    assert rows_of(home, old.key_id) == []
    for log in (beside, home.store().log(kept.name)):
        log.refresh()
        assert log.see(told, ANN) == (str(Noted(MONDAY, "Ann is back.")),)
        log.keep_snapshots()
        assert rows_of(home, old.key_id) == []
        assert old.key_id not in log.snapshots.kept().streams


def test_what_a_slow_process_still_held_is_not_kept_under_the_new_key(home: Home, kept: Log) -> None:
    slow = home.store().log(kept.name)
    slow.refresh()
    note(slow, "Ann was here.", on=DAYS[4])
    held = [(ANNS, slow._streams["tests.notes"][ANN], slow.index.columns([ANNS])[ANNS])]
    before, size = slow.snapshots.kept(), slow.size
    erase(kept, ANNS)
    note(kept, "Ann is back.", on=DAYS[5])
    slow.keys.forget(held[0][1].key_id)
    slow.snapshots.keep(before, size, held)  # what it had gathered before
    assert rows_of(home, held[0][1].key_id) == []
    started = home.store().log(kept.name)
    started.refresh()
    assert started.see(told, ANN) == (str(Noted(DAYS[5], "Ann is back.")),)
