"""A start from snapshots says what a full replay says, whatever was recorded since and whatever became of them."""

import shutil
import sys
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import Catalog, Fact, Log, New, Store, Stream, Tampered, Withdrawn, folds, verify
from events.catalog import _source
from events.open_facts import CheckpointSeen
from events.snapshots import TRAIL
from tests.events.home import (
    ANN,
    BEN,
    FACTS,
    MONDAY,
    SENCO,
    VIEWS,
    Home,
    Looked,
    Moved,
    Noted,
    Paid,
    balance,
    erase,
    note,
    notes,
    told,
)
from tests.events.test_folds import DAYS, Step, Told, commands

ANNS, BENS, MONEY = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes"), Stream(ANN, "tests.money")
FAULT = "the snapshot of a stream up to here is not as it was written"


def says(log: Log, people: tuple[UUID, ...], moments: tuple[Any, ...] = (None,)) -> dict[Any, Any]:
    """What a log can be asked of its views and its trail."""
    size = log.refresh()
    index = log.index
    found: dict[Any, Any] = {"size": size, "instants": list(index.recorded_us), "length": len(index)}
    for view, as_at, known_at in product(VIEWS, (None, DAYS[2]), moments):
        found[view, as_at, known_at] = log.see_all(view, as_at=as_at, known_at=known_at)
    for who, view in product(people, VIEWS):
        stream = Stream(who, view.record)
        found[who, view] = log.see(view, who), log.count(stream), index.unfound({view.record: [who]})
        found[stream] = [log.moved_since(stream, at) for at in range(size + 1)]
    for whom, kind, day in product((None, *people), ("", "tests.noted", "tests.moved"), (None, DAYS[2])):
        found[whom, kind, day] = list(index.newest_first(subject=whom, kind_prefix=kind, from_on=day))
    found["by"] = list(index.newest_first(actor=SENCO.by)), list(index.newest_first(actor=uuid4()))
    found["columns"] = index.columns(Stream(who, view.record) for who, view in product(people, VIEWS))
    return found


def replayed(store: Store, name: str = "139204") -> Log:
    """A reading that has nothing to start from."""
    log = store.reopen(name)
    log.snapshots.drop()
    log.refresh()
    return log


@pytest.fixture
def kept(home: Home, log: Log) -> Log:
    """A log with snapshots of all it holds."""
    facts = [
        New(ANN, Noted(DAYS[1], "Ann was upset.")),
        New(BEN, Noted(DAYS[1], "Ben was not.")),
        New(ANN, Paid(DAYS[1], 500)),
        New(ANN, Looked(DAYS[2]), "tests.money"),
        New(ANN, Moved(DAYS[2], "3B")),
    ]
    log.append(facts, command_id=uuid4(), actor=SENCO)
    assert log.keep_snapshots() == 3
    return log


# Equal to a full replay


@given(commands, st.sets(st.integers(0, 6), min_size=1))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_start_from_snapshots_says_what_a_full_replay_says(
    store: Store, groups: list[tuple[list[Step], bool]], keeping: set[int]
) -> None:
    log = store.create(str(uuid4()))
    log.keep_snapshots()
    told_of = Told(log)
    for number, (steps, _) in enumerate(groups):
        told_of.record(steps)
        if number in keeping:
            log.keep_snapshots()
    middle = told_of.events[len(told_of.events) // 2]
    moments = (None, middle.position, middle.recorded_at)
    started = store.reopen(log.name)
    started.refresh()
    assert started.grown < started.size  # it did not read all
    assert says(started, told_of.people, moments) == says(replayed(store, log.name), told_of.people, moments)


def test_a_start_reads_only_what_came_after(home: Home, kept: Log) -> None:
    home.attack("UPDATE entries SET mac = :mac WHERE position = 3", mac=bytes(16))
    started = home.store().log(kept.name)
    note(kept, "later")
    assert started.refresh() == 8
    assert started.grown == 1
    assert started.see(balance, ANN) == 500
    assert [fault.position for fault in verify(home.store()).faults] == [3]
    with pytest.raises(Tampered):
        replayed(home.store())


def test_what_stands_is_read_into_the_trail_only_when_it_is_asked_for(home: Home, kept: Log) -> None:
    kept.append_open([CheckpointSeen("a note")], uuid4())
    kept.keep_snapshots()
    note(kept, "later")
    started = home.store().log(kept.name)
    started.refresh()
    home.attack("UPDATE entries SET mac = :mac WHERE position = 7", mac=bytes(16))  # no stream's, so it is read again
    with pytest.raises(Tampered):
        _ = started.index
    home.attack("DELETE FROM entries WHERE position = 7")
    with pytest.raises(Tampered, match="missing"):
        _ = started.index


def test_what_came_late_or_was_withdrawn_since_is_told_anew(home: Home, kept: Log) -> None:
    first = kept.stream(*ANNS)[0]
    note(kept, "late", subject=BEN, on=DAYS[0])
    withdrawn = New(ANN, Withdrawn(first.event_id, MONDAY, "typed wrongly"), "tests.notes")
    kept.append([withdrawn], command_id=uuid4(), actor=SENCO)
    started = home.store().log(kept.name)
    started.refresh()
    assert started.see(told, BEN) == (str(Noted(DAYS[0], "late")), str(Noted(DAYS[1], "Ben was not.")))
    assert started.see(told, ANN) == (str(Moved(DAYS[2], "3B")),)
    assert started.see(told, ANN, known_at=first.position) == (str(first.fact),)


def test_only_streams_that_moved_on_are_written_again(home: Home, kept: Log) -> None:
    before = dict(home.attack("SELECT view, sealed FROM snapshots"))
    assert kept.keep_snapshots() == 0
    assert dict(home.attack("SELECT view, sealed FROM snapshots")) == before
    note(kept, "later", subject=BEN)
    assert home.store().log(kept.name).keep_snapshots() == 1
    assert says(home.store().log(kept.name), (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))


def test_two_processes_may_keep_in_turns(home: Home, kept: Log) -> None:
    one, other = (home.store().log(kept.name) for _ in range(2))
    for number in range(6):
        note(one, str(number), subject=(ANN, BEN)[number % 2])
        (one, other)[number % 2].keep_snapshots()
    started = home.store().log(kept.name)
    started.refresh()
    assert started.grown == 0
    assert verify(home.store()).ok
    assert says(started, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))


def test_a_process_that_died_while_it_kept_costs_a_start_those_streams_only(home: Home, kept: Log) -> None:
    (old,) = home.attack("SELECT upto, sealed FROM snapshots WHERE key_id = :zero", zero=bytes(16))
    note(kept, "later", subject=BEN)
    kept.keep_snapshots()
    put = "UPDATE snapshots SET upto = :upto, sealed = :sealed WHERE key_id = :zero"
    home.attack(put, upto=old[0], sealed=old[1], zero=bytes(16))  # the list comes last, and did not come
    assert verify(home.store()).ok
    started = home.store().log(kept.name)
    assert says(started, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))
    started.keep_snapshots()
    again = home.store().log(kept.name)
    again.refresh()
    assert again.grown == 0


# Left unread


def test_snapshots_of_other_code_are_left_unread_and_replaced(home: Home, kept: Log) -> None:
    @folds("tests.notes")
    def told(known: tuple[str, ...] | None, fact: Fact) -> tuple[str, ...] | None:
        """As before, but in capitals."""
        return (*(known or ()), str(fact).upper())

    store = home.store(views=[told])
    other = store.log(kept.name)
    assert other.refresh() == other.grown
    assert other.see(told, BEN) == (str(Noted(DAYS[1], "Ben was not.")).upper(),)
    assert verify(store).ok  # not as this code would write it, and not a fault
    assert other.keep_snapshots() == 3
    again = home.store(views=[told]).log(kept.name)
    again.refresh()
    assert (again.grown, again.see(told, BEN)) == (0, other.see(told, BEN))
    assert home.store().log(kept.name).keep_snapshots() == 3


def test_the_version_is_told_from_every_source_that_folds_could_rest_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a_diary_of_ours"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "words.py").write_text("WORD = 'one'\n")
    (package / "views.py").write_text(
        "from events import folds\nfrom a_diary_of_ours.words import WORD\n"
        "@folds('tests.notes')\ndef word(known: str | None, fact: object) -> str | None:\n    return WORD\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    from a_diary_of_ours.views import word  # type: ignore[import-not-found]

    def version() -> int:
        _source.cache_clear()  # as another process would find it
        return Catalog(FACTS, [word]).version

    before = version()
    assert version() == before < 2**32
    assert Catalog(FACTS, []).version != before
    (package / "words.py").write_text("WORD = 'two'\n")
    changed = version()
    assert changed != before
    shutil.rmtree(package)
    monkeypatch.delitem(sys.modules, "a_diary_of_ours")
    assert version() != version()  # what cannot be read is never taken for the same


def test_snapshots_beyond_the_log_or_of_another_history_are_left_unread(home: Home, kept: Log) -> None:
    home.attack("DELETE FROM entries WHERE position >= 5")  # as a restore of an older backup leaves it
    store = home.store()
    shorter = store.log(kept.name)
    assert shorter.refresh() == shorter.grown == 5
    assert shorter.see(balance, ANN) == 500
    for number in range(4):
        note(shorter, str(number), subject=BEN)
    other = home.store().log(kept.name)
    assert other.refresh() == other.grown == 9
    assert says(other, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))
    other.keep_snapshots()
    assert verify(home.store()).ok


def swapped(home: Home, mine: bytes, other: bytes) -> None:
    for old, new in ((mine, b"-"), (other, mine), (b"-", other)):
        home.attack("UPDATE snapshots SET key_id = :new WHERE key_id = :old", old=old, new=new)


DAMAGES: dict[str, Callable[[Home, bytes, bytes], Any]] = {
    "a byte of the seal": lambda home, mine, _: flipped(home, mine, 20),
    "the last byte": lambda home, mine, _: flipped(home, mine, -1),
    "the algorithm": lambda home, mine, _: flipped(home, mine, 0),
    "the key version": lambda home, mine, _: flipped(home, mine, 2),
    "nothing left of it": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET sealed = :none WHERE key_id = :mine", none=b"", mine=mine
    ),
    "cut short": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET sealed = substr(sealed, 1, 40) WHERE key_id = :mine", mine=mine
    ),
    "up to an earlier entry": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET upto = upto - 1 WHERE key_id = :mine", mine=mine
    ),
    "up to an entry there is not": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET upto = 9999999999 WHERE key_id = :mine", mine=mine
    ),
    "of another view": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET view = substr(view, 1, 15) WHERE key_id = :mine", mine=mine
    ),
    "of another stream": swapped,
    "of no key": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET key_id = :none WHERE key_id = :mine", none=b"x" * 16, mine=mine
    ),
    "under the zero key": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET key_id = :zero WHERE key_id = :mine", zero=bytes(16), mine=mine
    ),
}


ELSEWHERE = {"of another view", "of no key", "under the zero key"}
"""What leaves a row behind that only making all again takes away."""


def flipped(home: Home, key_id: bytes, at: int) -> None:
    for view, sealed in home.attack("SELECT view, sealed FROM snapshots WHERE key_id = :key", key=key_id):
        other = bytearray(sealed)
        other[at] ^= 1
        put = "UPDATE snapshots SET sealed = :sealed WHERE key_id = :key AND view = :view"
        home.attack(put, sealed=bytes(other), key=key_id, view=view)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_snapshot_that_is_not_as_it_was_written_is_never_believed_and_verify_names_it(
    home: Home, kept: Log, damage: str
) -> None:
    mine, other = (key.key_id for stream in (ANNS, BENS) if (key := kept.keys.find(stream)))
    expected = says(kept, (ANN, BEN))
    DAMAGES[damage](home, mine, other)
    faults = verify(home.store()).faults
    assert {fault.log for fault in faults} == {kept.name}
    assert {fault.what for fault in faults} == {FAULT}
    started = home.store().log(kept.name)
    assert says(started, (ANN, BEN)) == expected
    assert started.grown == 0
    started.keep_snapshots()  # and makes it again
    if damage not in ELSEWHERE:
        assert verify(home.store()).ok
    again = home.store().log(kept.name)
    assert says(again, (ANN, BEN)) == expected
    assert again.keep_snapshots() == 0
    again.rebuild_snapshots()
    assert verify(home.store()).ok


@pytest.mark.parametrize("damage", ["sealed", "upto", "gone", "zeros"])
def test_a_list_that_is_not_as_it_was_written_costs_a_replay(home: Home, kept: Log, damage: str) -> None:
    expected, zero = says(kept, (ANN, BEN)), bytes(16)
    match damage:
        case "sealed":
            flipped(home, zero, 30)
        case "upto":
            home.attack("UPDATE snapshots SET upto = upto - 1 WHERE key_id = :zero", zero=zero)
        case "zeros":
            home.attack("UPDATE snapshots SET sealed = :none WHERE key_id = :zero", none=bytes(10), zero=zero)
        case "gone":
            home.attack("DELETE FROM snapshots WHERE key_id = :zero", zero=zero)
    faults = [] if damage == "gone" else ["the list of snapshots is not as it was written"]
    assert [fault.what for fault in verify(home.store()).faults] == faults
    started = home.store().log(kept.name)
    assert started.refresh() == started.grown
    assert says(started, (ANN, BEN)) == expected
    assert started.keep_snapshots() == 3
    assert verify(home.store()).ok


def test_of_a_broken_trail_the_entries_are_read_again(home: Home, kept: Log) -> None:
    expected = says(kept, (ANN, BEN))
    trail = kept.keys.blind("view", TRAIL.encode())
    home.attack("UPDATE snapshots SET sealed = :none WHERE view = :trail", none=bytes(1100), trail=trail)
    started = home.store().log(kept.name)
    started.refresh()
    assert started.keep_snapshots() == 0  # nobody asked for the trail, so nobody knows
    assert says(started, (ANN, BEN)) == expected
    assert started.keep_snapshots() == 3
    assert verify(home.store()).ok


def test_a_trail_another_process_kept_meanwhile_is_filled_in_once(home: Home, kept: Log) -> None:
    started = home.store().log(kept.name)
    note(kept, "later")
    started.refresh()
    kept.keep_snapshots()  # the trail that it finds goes further than it began
    assert says(started, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))


def test_a_snapshot_taken_away_is_missed_and_the_stream_told_anew(home: Home, kept: Log) -> None:
    key = kept.keys.find(ANNS)
    assert key
    expected = says(kept, (ANN, BEN))
    home.attack("DELETE FROM snapshots WHERE key_id = :key", key=key.key_id)
    assert verify(home.store()).ok  # a lost one is no fault
    assert says(home.store().log(kept.name), (ANN, BEN)) == expected


def test_an_older_snapshot_put_back_is_not_believed(home: Home, kept: Log) -> None:
    old = home.attack("SELECT key_id, view, upto, sealed FROM snapshots WHERE key_id <> :zero", zero=bytes(16))
    note(kept, "later")
    note(kept, "later", subject=BEN)
    kept.keep_snapshots()
    expected = says(kept, (ANN, BEN))
    for key_id, view, upto, sealed in old:
        put = "UPDATE snapshots SET upto = :upto, sealed = :sealed WHERE key_id = :key AND view = :view"
        home.attack(put, upto=upto, sealed=sealed, key=key_id, view=view)
    assert says(home.store().log(kept.name), (ANN, BEN)) == expected


def test_a_snapshot_under_the_id_of_no_log_is_found(home: Home, kept: Log) -> None:
    home.attack("UPDATE snapshots SET log = :none", none=b"x" * 16)
    assert [fault.what for fault in verify(home.store()).faults] == ["a row of snapshots stands under the id of no log"]


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
