"""A start from snapshots says what a full replay says, whatever was recorded since."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import Log, New, Store, Tampered, Withdrawn, verify
from events.open_facts import CheckpointSeen
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    SENCO,
    Home,
    Moved,
    Noted,
    balance,
    note,
    told,
)
from tests.events.snapshots.asking import ANNS, replayed, says
from tests.events.test_folds import DAYS, Step, Told, commands

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
