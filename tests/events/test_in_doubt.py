"""The connection is lost while entries are being committed: each caller is told what became of their own command."""

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url
from sqlalchemy.exc import OperationalError

from events import Conflict, Log, Store, Stream, verify
from events.batching import Writer
from events.chain import TILE
from events.open_facts import LogOpened
from events.store import now_us
from events.writing import MANY, Appender, Job
from tests.events.home import ANN, BEN, SENCO, Home, note, notes
from tests.events.wire import When, Wire, wired

pytestmark = pytest.mark.parametrize("home", ["postgresql"], indirect=True)

ANNS, BENS = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes")
EVERY: list[When] = ["before", "meanwhile", "after"]
INSERT, SEVERAL = b"INSERT INTO entries", MANY.partition("unnest")[0].encode()


@pytest.fixture
def wire(home: Home) -> Iterator[Wire]:
    port = make_url(home.url).port
    assert port
    with wired(port) as wire:
        yield wire


@pytest.fixture
def far(home: Home, log: Log, wire: Wire) -> Iterator[Store]:
    """What keeps the same log in another process, at the other end of the wire."""
    other = Home(make_url(home.url).set(port=wire.port).render_as_string(hide_password=False), home.keys_url)
    other.master = home.master
    yield other.store()
    other.close()


@contextmanager
def held_up(home: Home) -> Iterator[Connection]:
    """Nobody's entry is committed until the block ends."""
    engine = create_engine(home.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE entries IN EXCLUSIVE MODE")
        yield connection


def wait_for(connection: Connection, count: int, told: "Future[int]") -> list[int]:
    """Returns once so many are held up, or one has been told something; their process ids in the server."""
    waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'entries'::regclass"
    while True:
        found = connection.exec_driver_sql(waiting).scalars().all()
        if len(found) == count or told.done():
            return list(found)


@pytest.mark.parametrize("when", EVERY)
def test_a_caller_does_not_notice(log: Log, far: Store, wire: Wire, when: When) -> None:
    wire.cut_at(INSERT, when)
    command = uuid4()
    assert note(far.log(log.name), "one", command_id=command, expected={ANNS: 0}) == 2
    assert wire.cut
    assert note(log, "one", command_id=command) == 2
    assert log.size == 3


@pytest.mark.parametrize("when", EVERY)
def test_open_facts_are_recorded_once_too(log: Log, far: Store, wire: Wire, when: When) -> None:
    wire.cut_at(INSERT, when)
    receipt = far.log(log.name).append_open([LogOpened("again"), LogOpened("and again")], uuid4())
    assert wire.cut
    assert [place.position for place in receipt.places] == [2, 3]
    assert log.size == 4


@pytest.mark.parametrize("when", EVERY)
def test_a_connection_lost_over_a_tile_is_no_callers_concern(log: Log, far: Store, wire: Wire, when: When) -> None:
    wire.cut_at(b"INSERT INTO tiles", when)
    answers = in_one_commit(
        far,
        log.name,
        [
            lambda one: one.append(notes(TILE), command_id=uuid4(), actor=SENCO).places[0].position,
            lambda one: note(one, "stale", expected={ANNS: 0}),  # looked at alone, after the tile
        ],
    )
    assert wire.cut
    assert answers[0] == 2
    assert isinstance(answers[1], Conflict)
    assert note(far.log(log.name)) == log.size - 1 == TILE + 2


def test_a_commit_that_is_still_under_way_is_waited_for(home: Home, log: Log, far: Store, wire: Wire) -> None:
    note(far.log(log.name))  # so that the next finds its key
    with ThreadPoolExecutor(1) as pool:
        with held_up(home) as connection:
            wire.cut_at(INSERT, "meanwhile")
            told = pool.submit(note, far.log(log.name), "one")
            wait_for(connection, 2, told)  # the one that is lost, and the one that asks after it
        assert told.result() == 3
    assert log.size == 4


def test_a_server_process_ended_over_a_commit_leaves_it_to_be_done_again(home: Home, log: Log) -> None:
    note(log)
    with ThreadPoolExecutor(1) as pool:
        with held_up(home) as connection:
            told = pool.submit(note, log, "one")
            (pid,) = wait_for(connection, 1, told)
            connection.exec_driver_sql("SELECT pg_terminate_backend(%s, 60000)", (pid,))
        assert told.result() == 3
    assert log.size == 4


@pytest.mark.parametrize("when", EVERY)
def test_each_of_those_who_share_a_commit_is_told_of_their_own(
    store: Store, log: Log, far: Store, wire: Wire, when: When
) -> None:
    wire.cut_at(SEVERAL, when)
    answers = in_one_commit(
        far,
        log.name,
        [
            lambda one: note(one, "a"),
            lambda one: note(one, "b", expected={ANNS: 0}),  # the one before was first
            lambda one: note(one, "c", subject=BEN, expected={BENS: 0}),
            lambda one: one.append_open([LogOpened("d")], uuid4()).places[0].position,
        ],
    )
    assert wire.cut
    assert isinstance(answers.pop(1), Conflict)
    assert answers == [2, 3, 4]
    assert log.size == 5
    store.sign_all()
    assert verify(store).ok


def in_one_commit(store: Store, name: str, calls: Sequence[Callable[[Log], int]]) -> list[object]:
    """Makes these calls in this order, so that the writer finds all waiting; what each gave, or the error it got."""
    waiting: queue.Queue[Job] = queue.Queue()
    writer, log = Writer(store.database, "writer", Appender(store.database, now_us)), store.reopen(name)
    log._put = waiting.put
    with ThreadPoolExecutor(len(calls)) as pool:
        futures, jobs = [], []
        for call in calls:
            futures.append(pool.submit(call, log))
            jobs.append(waiting.get())
        writer._busy = True  # as if a caller were at work, for whom all of them wait
        for job in jobs:
            writer.put(job)
        writer._called.release()
        answers: list[object] = [future.exception() or future.result() for future in futures]
    writer.close()
    return answers


@pytest.mark.parametrize("when", EVERY)
def test_while_the_database_is_away_nobody_is_told_anything_and_the_same_command_again_finds_out(
    log: Log, far: Store, wire: Wire, when: When
) -> None:
    command = uuid4()
    wire.cut_at(INSERT, when, dead=True)
    for _ in range(2):
        with pytest.raises(OperationalError):
            note(far.log(log.name), "one", command_id=command)
    wire.dead = False
    assert note(far.log(log.name), "one", command_id=command) == 2
    assert log.size == 3
