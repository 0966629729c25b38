"""A destroyed key: its class is readable nowhere, everything else is, and the log still verifies."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import make_url, select

from events import Conflict, Database, Erased, Log, New, Store, Stream, verify
from events.open_facts import KeyDestroyed
from events.tables import keys as data_keys
from tests.events.home import ANN, BEN, MONDAY, SENCO, Home, Noted, Paid, balance, erase, note, told

ANNS, BENS, MONEY = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes"), Stream(ANN, "tests.money")


@pytest.fixture
def filled(log: Log) -> Log:
    facts = [
        New(ANN, Noted(MONDAY, "Ann was upset.")),
        New(BEN, Noted(MONDAY, "Ben was not.")),
        New(ANN, Paid(MONDAY, 500)),
        New(ANN, Noted(MONDAY, "Ann is better.")),
    ]
    log.append(facts, command_id=uuid4(), actor=SENCO)
    log.refresh()
    return log


def test_one_class_of_one_person_is_gone_and_all_else_reads_on(home: Home, store: Store, filled: Log) -> None:
    positions = [event.position for event in filled.stream(*ANNS)]
    log_ids = [filled.event(at).event_id for at in positions]
    store.sign_all()
    erase(filled, ANNS)
    for log in (filled, home.store().log(filled.name)):
        log.refresh()
        assert log.see(told, ANN) is None
        assert log.count(ANNS) == 0
        assert ANN not in log.see_all(told)
        assert log.stream(*ANNS) == []
        for at, event in zip(positions, log_ids, strict=True):
            with pytest.raises(Erased):
                log.event(at)
            with pytest.raises(Erased):
                log.find(event)
            assert at in log.index.unfound({})
        assert list(log.index.newest_first(subject=ANN, kind_prefix="tests.noted")) == []
        assert log.see(balance, ANN) == 500
        assert log.see(told, BEN)
    assert store.sign(filled)
    report = verify(home.store())
    assert report.ok
    assert report.logs[0].size == filled.size


def test_what_is_destroyed_is_said_in_the_open_with_the_day_backups_hold_it(filled: Log) -> None:
    key = filled.keys.find(ANNS)
    assert key
    until = MONDAY + timedelta(days=35)
    companion = New(BEN, Paid(MONDAY, 1))
    receipt = filled.destroy([ANNS], backups_until=until, companions=[companion], command_id=uuid4(), actor=SENCO)
    approved, destroyed = (filled.event(place.position) for place in receipt.places)
    assert approved.fact == companion.fact
    assert (destroyed.fact, destroyed.subject) == (KeyDestroyed(key.key_id.hex(), until), None)
    assert filled.keys.destroyed() == [key.key_id]


def test_nothing_is_destroyed_by_who_decided_on_less_than_there_is(filled: Log) -> None:
    with pytest.raises(Conflict) as conflict:
        filled.destroy([ANNS], backups_until=MONDAY, companions=[], command_id=uuid4(), actor=SENCO, expected={ANNS: 1})
    assert conflict.value.streams == (ANNS,)
    assert filled.keys.destroyed() == []
    assert filled.see(told, ANN)


def test_where_a_forgotten_stream_stood_and_how_many_files_it_had_is_still_known(filled: Log) -> None:
    filled.keep(ANNS, b"a letter")
    key = filled.keys.find(ANNS)
    assert key
    assert (filled.positions(key.key_id), filled.files(key.key_id)) == ([2, 5], 1)
    erase(filled, ANNS)
    assert (filled.positions(key.key_id), filled.files(key.key_id)) == ([2, 5], 1)
    assert (filled.positions(os.urandom(16)), filled.files(os.urandom(16))) == ([], 0)


def test_a_stream_that_was_forgotten_begins_anew_under_another_key(home: Home, filled: Log) -> None:
    erase(filled, ANNS)
    note(filled, "Ann is back.")
    for log in (filled, home.store().log(filled.name)):
        log.refresh()
        assert [event.n for event in log.stream(*ANNS)] == [0]
        assert log.see(told, ANN) == (str(Noted(MONDAY, "Ann is back.")),)
    assert verify(home.store()).ok


def test_another_process_forgets_before_it_answers_anything_later(home: Home, filled: Log) -> None:
    other = home.store().log(filled.name)
    other.refresh()
    assert other.see(told, ANN)
    erase(filled, ANNS)
    note(filled, "later", subject=BEN)
    other.refresh()
    assert other.see(told, ANN) is None
    assert len(other.stream(*BENS)) == 2
    with pytest.raises(Erased):
        other.event(2)


def test_nothing_is_recorded_under_a_key_that_is_to_be_destroyed(home: Home, filled: Log) -> None:
    other = home.store().log(filled.name)
    note(other, "its key is in memory there", subject=ANN)
    erase(filled, ANNS)
    size = filled.size
    with pytest.raises(Conflict, match="erased"):
        note(other, "too late")
    assert filled.size == size
    other.refresh()
    note(other, "under a new key")
    assert verify(home.store()).ok


def test_what_was_said_and_not_done_is_done_when_the_log_is_next_opened(home: Home, filled: Log) -> None:
    key = filled.keys.find(ANNS)
    assert key
    filled.append_open([KeyDestroyed(key.key_id.hex(), MONDAY)], uuid4())  # and here the process died
    (fault,) = verify(home.store()).faults
    assert fault.what == "the key this entry says is destroyed is still there"
    again = home.store().log(filled.name)
    assert again.stream(*ANNS) == []
    assert home.attack("SELECT state, wrapped, lookup FROM keys WHERE key_id = :id", keys=True, id=key.key_id) == [
        ("destroyed", None, None)
    ]
    assert verify(home.store()).ok


def test_the_same_command_again_destroys_nothing_more(filled: Log) -> None:
    command = uuid4()
    first, again = (
        filled.destroy([ANNS], backups_until=MONDAY, companions=[], command_id=command, actor=SENCO) for _ in range(2)
    )
    assert again.places == first.places
    assert len(filled.keys.destroyed()) == 1


def test_a_key_destroyed_in_silence_is_a_fault(home: Home, filled: Log) -> None:
    key = filled.keys.find(ANNS)
    assert key
    filled.keys.destroy([key.key_id])
    assert [(fault.position, fault.what) for fault in verify(home.store()).faults] == [
        (2, "the key of this entry is destroyed, and no entry says that it should be")
    ]


def test_a_key_this_store_never_held_leaves_its_tombstone(home: Home, filled: Log) -> None:
    strange = os.urandom(16)
    filled.keys.destroy([strange])
    assert filled.keys.destroyed() == [strange]
    with pytest.raises(Erased):
        filled.keys.by_id(strange, 3)


def test_the_wrapped_bytes_are_nowhere_in_the_key_stores_files(home: Home, filled: Log) -> None:
    with filled.keys._store.database.reading() as connection:
        wraps = {bytes(row.key_id): bytes(row.wrapped) for row in connection.execute(select(data_keys))}
    academy = home.attack("SELECT wrapped FROM held WHERE purpose = 'academy' AND log = :log", keys=True, log=filled.id)
    key = filled.keys.find(ANNS)
    assert key
    if home.is_sqlite:
        assert wraps[key.key_id] in on_disk(home)
    erase(filled, ANNS)
    if home.is_sqlite:
        left = on_disk(home)
        for gone in (wraps[key.key_id], academy[0][0], *wraps.values()):  # the others lie under a new academy key
            assert bytes(gone)[5:] not in left
    rows = home.attack("SELECT wrapped FROM keys WHERE key_id = :id", keys=True, id=key.key_id)
    assert rows == [(None,)]


def test_a_reader_in_another_process_holds_the_wiping_up_and_not_for_ever(home: Home, filled: Log) -> None:
    key, keys = filled.keys.find(ANNS), filled.keys._store.database
    assert key
    with keys.reading() as connection:
        (wrapped,) = connection.execute(select(data_keys.c.wrapped).where(data_keys.c.key_id == key.key_id)).scalars()
    other = Database(home.keys_url, serving=False)
    with other.frozen() as connection:  # as a backup reads
        connection.execute(select(data_keys)).all()
        erase(filled, ANNS)
        assert not keys.scrub_left()
        if home.is_sqlite:
            assert bytes(wrapped)[5:] in on_disk(home)
    other.close()
    assert keys.scrub_left()
    if home.is_sqlite:
        assert bytes(wrapped)[5:] not in on_disk(home)


def on_disk(home: Home) -> bytes:
    path = Path(make_url(home.keys_url).database or "")
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


# Rotation


def test_an_academy_key_rotates_while_others_read_and_write(home: Home, filled: Log) -> None:
    other = home.store().log(filled.name)
    note(other, "before")
    for _ in range(3):
        filled.keys.rotate()
    note(other, "a key made under the newest academy key", subject=UUID(int=7))
    note(other, "and one it held")
    again = home.store().log(filled.name)
    again.refresh()
    assert again.count(ANNS) == 4
    assert again.see(told, UUID(int=7))
    live = home.attack("SELECT DISTINCT kek_id FROM keys WHERE state = 'live'", keys=True)
    assert live == [(4,)]
    academy = home.attack("SELECT own_id, state, wrapped IS NULL FROM held WHERE purpose = 'academy'", keys=True)
    assert {tuple(row) for row in academy} == {
        (number, "live" if number == 4 else "destroyed", number != 4) for number in (1, 2, 3, 4)
    }
    assert verify(home.store()).ok


def test_rotating_under_writers_in_other_processes_loses_no_key(home: Home, filled: Log) -> None:
    script = (
        "import sys\nfrom uuid import uuid4\nfrom tests.events.home import Home, note\n"
        "home = Home(sys.argv[1], sys.argv[2])\nhome.master = bytes.fromhex(sys.argv[3])\n"
        "log = home.store().log(sys.argv[4])\n"
        "for number in range(60):\n    note(log, str(number), subject=uuid4())\nhome.close()\n"
    )
    given = [home.url, home.keys_url, home.master.hex(), filled.name]
    writers = [subprocess.Popen([sys.executable, "-c", script, *given]) for _ in range(2)]
    while any(writer.poll() is None for writer in writers):
        filled.keys.rotate()
    assert [writer.wait() for writer in writers] == [0, 0]
    again = home.store()
    assert len(list(again.log(filled.name).events())) == filled.size
    assert verify(again).ok


def test_the_master_key_rotates_under_every_log_and_the_desk(home: Home, store: Store, filled: Log) -> None:
    from events import MasterKey, NotReady

    desk = store.keys.desk_key()
    other = store.create("139205")
    new = os.urandom(32)
    assert store.keys.rotate_master(MasterKey(new)) == 5
    note(filled, "after")
    assert store.sign(filled)
    store.create("139206")
    with pytest.raises(NotReady, match="master key"):
        home.store().log(filled.name)
    again = home.store(master=new)
    assert again.keys.desk_key() == desk
    assert [again.log(name).size for name in again.names()] == [filled.size, other.size, 2]
    assert verify(again).ok
    assert home.attack("SELECT DISTINCT parent_id FROM held WHERE purpose IN ('academy', 'desk')", keys=True) == [(2,)]
