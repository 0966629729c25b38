"""What is read of a log, and what is never read over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from events import Erased, Log, NotReady, Store, Stream, Tampered, verify
from events.entries import PAGE
from events.seal import seal
from events.writing import Job
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    SENCO,
    Home,
    Noted,
    erase,
    note,
    notes,
    told,
)
from tests.events.log.order import ANNS

# Reading


def test_events_are_read_in_order_across_pages(log: Log) -> None:
    log.append(notes(2 * PAGE + 10), command_id=uuid4(), actor=SENCO)
    assert [event.position for event in log.events()] == list(range(log.size))
    assert [event.position for event in log.events(PAGE - 1, PAGE + 2)] == [PAGE - 1, PAGE, PAGE + 1]
    assert [event.position for event in log.events(log.size - 1, log.size + 5)] == [log.size - 1]
    assert list(log.events(5, 5)) == []
    wanted = [7, 3, 4000, 3, 10**6]
    assert [event.position for event in log.at(wanted)] == [7, 3, 4000, 3]
    assert [event.position for event in log.at(range(700))] == list(range(700))
    with pytest.raises(IndexError):
        log.event(log.size)


@pytest.mark.parametrize("read", [lambda log: list(log.events()), lambda log: log.refresh()])
def test_a_missing_entry_is_never_read_over(home: Home, log: Log, read: Callable[[Log], object]) -> None:
    for number in range(4):
        note(log, str(number))
    home.attack("DELETE FROM entries WHERE position = 3")
    with pytest.raises(Tampered, match="139204, position 3: the entry is missing"):
        read(log)


def test_an_entry_that_speaks_of_another_child_than_its_key_is_refused(store: Store, log: Log) -> None:
    key = log.keys.for_streams([ANNS])[ANNS]
    parts = [*store.catalog.fact_parts(Noted(MONDAY))[:1], b'{"subject":"%s"}' % BEN.hex.encode()]
    parts.append(b'{"by":"%s","as":"senco","session":""}' % str(SENCO.by).encode())
    sealed = seal(key.cipher, key.version, log.id, uuid4().bytes, key.key_id, parts, bytes(range(44)))
    job = Job(log.tail, [sealed], {}, lambda _: None)
    log._put(job)
    with pytest.raises(Tampered, match="position 2: the entry cannot be read"):
        log.event(job.answer.result().places[0].position)


def test_nothing_is_recorded_over_a_doubtful_log(home: Home, log: Log) -> None:
    note(log, "one")
    home.attack("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 2")
    again = home.store().log(log.name)
    for _ in range(2):
        with pytest.raises(Tampered, match="position 2"):
            note(again, "two")
    assert log.size == 3


def test_what_was_erased_is_left_out_of_what_is_read_and_the_rest_reads(home: Home, log: Log) -> None:
    gone = note(log, "to be forgotten")
    note(log, "kept", subject=BEN)
    erase(log, Stream(ANN, "tests.notes"))
    store = home.store()
    again = store.log(log.name)
    assert [event.position for event in again.events()] == [0, 1, 3, 4]
    assert [event.position for event in again.at([gone, 3])] == [3]
    with pytest.raises(Erased):
        again.event(gone)
    again.refresh()
    assert again.see_all(told) == {BEN: (str(Noted(MONDAY, "kept")),)}
    assert again.stream(ANN, "tests.notes") == []
    assert list(again.index.newest_first()) == [4, 3, 2, 1, 0]
    store.sign(again)
    assert verify(store).ok


# Closing


def test_everything_handed_over_is_answered_before_the_store_closes(home: Home) -> None:
    store = home.store()
    log = store.create("139204")
    note(log)  # its key is at hand from now on, so that only the writer uses a connection while all is closed
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(note, log) for _ in range(40)]
        store.close()
        recorded = [future.result() for future in futures if not isinstance(future.exception(), NotReady)]
    again = home.store().log("139204")
    assert sorted(recorded) == list(range(3, again.size))
    with pytest.raises(NotReady, match="closed"):
        note(log)
