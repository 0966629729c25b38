"""Whoever else appends: in order, each with an answer of their own."""

import queue
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text

from events import Conflict, Log, Store, verify
from events.seal import seal_open
from events.store import now_us
from events.tables import entries
from events.writing import Appender, Job
from tests.events.appending import FACTS, appending
from tests.events.home import (
    BEN,
    Home,
    note,
)
from tests.events.log.order import ANNS, BENS, in_one_batch, in_order

# Many at once


def test_commands_that_wait_together_share_a_commit_and_keep_their_order(store: Store, log: Log) -> None:
    calls = [lambda one, number=number: note(one, str(number)) for number in range(50)]
    assert in_one_batch(store, log, calls) == list(range(2, 52))
    in_order(log)


def test_the_conflict_of_one_caller_does_not_fail_another(store: Store, log: Log) -> None:
    answers = in_one_batch(
        store,
        log,
        [
            lambda one: note(one, "a"),
            lambda one: note(one, "b", expected={ANNS: 0}),  # the one before was first
            lambda one: note(one, "c", subject=BEN),
            lambda one: note(one, "d", expected={ANNS: 1, BENS: 1}),
        ],
    )
    assert isinstance(answers.pop(1), Conflict)
    assert answers == [2, 3, 4]
    in_order(log)


def test_a_repeated_command_among_others_neither_fails_nor_misleads_them(store: Store, log: Log) -> None:
    command = uuid4()
    note(log, "first", command_id=command)
    answers = in_one_batch(
        store,
        log,
        [
            lambda one: note(one, "first", command_id=command),  # recorded before: it moves nothing on
            lambda one: note(one, "second", expected={ANNS: 1}),
            lambda one: note(one, "other words", command_id=command),
            lambda one: note(one, "third", subject=BEN),
        ],
    )
    assert isinstance(answers.pop(2), Conflict)
    assert answers == [2, 3, 4]
    in_order(log)


def test_a_batch_that_another_process_overtook_is_placed_after_it(home: Home, store: Store, log: Log) -> None:
    other = home.store().log(log.name)
    writer = Appender(store.database, now_us)
    batched = store.reopen(log.name)
    answers: list[object] = []
    with store.database.reading() as connection, ThreadPoolExecutor(1) as pool:
        waiting: queue.Queue[Job] = queue.Queue()
        batched._put = waiting.put
        for number in range(4):
            future = pool.submit(note, batched, str(number), expected={ANNS: 2 * number})
            job = waiting.get()
            writer(connection, [job])  # it knows the end of the log, and then
            answers.append(future.exception() or future.result())
            note(other)  # someone else records something
    assert answers == [2, 4, 6, 8]
    in_order(log)


def test_sixteen_threads_lose_nothing(store: Store, log: Log) -> None:
    def work(thread: int) -> list[int]:
        return [note(log, f"{thread} {number}", subject=uuid4()) for number in range(12)]

    with ThreadPoolExecutor(16) as pool:
        places = [place for places in pool.map(work, range(16)) for place in places]
    assert sorted(places) == list(range(2, 2 + 16 * 12))
    in_order(log)
    assert verify(store).ok


def test_of_sixteen_who_decide_on_one_stream_one_is_first_each_time(store: Store, log: Log) -> None:
    def decide(_: int) -> bool:
        try:
            note(log, expected={ANNS: 0})
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(decide, range(16))) == 1
    assert log.size == 3


def test_two_stores_and_a_second_process_append_at_once_and_lose_nothing(home: Home, store: Store, log: Log) -> None:
    other = home.store().log(log.name)
    with appending(home, log.name, 30) as process, ThreadPoolExecutor(4) as pool:
        assert process.stdout
        theirs = {process.stdout.readline().strip()}  # they have begun
        futures = [
            pool.submit(lambda one: [note(one, command_id=uuid4()) for _ in range(20)], one)
            for one in (log, other, log, other)
        ]
        ours = [place for future in futures for place in future.result()]
        theirs |= set(process.stdout.read().split())
        assert process.wait() == 0
    assert len(set(ours)) == 80
    assert len(theirs) == 30
    assert log.size == 2 + 80 + 30 * FACTS
    assert all(log.find_command(UUID(command), FACTS) for command in theirs)
    in_order(log)
    store.sign_all()
    assert verify(store).ok


def test_logs_of_several_academies_share_the_writers(store: Store) -> None:
    logs = [store.create(str(139200 + number)) for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda log: [note(log) for _ in range(10)], logs))
    for log in logs:
        in_order(log)
        assert log.size == 12


@pytest.mark.parametrize("home", ["postgresql"], indirect=True)
def test_processes_that_append_to_several_logs_at_once_never_wait_in_a_circle(home: Home, store: Store) -> None:
    first, last = sorted((store.create("139204"), store.create("139205")), key=lambda log: log.id)
    opened = [b'{"fact":{"kind":"events.log_opened/1","name":"again"}}']
    jobs = [
        Job(log.tail, [seal_open(log.id, uuid4().bytes, opened, bytes(32))], {}, log._key_id) for log in (last, first)
    ]
    copy = "log, 2, commitment, key_id, 2, recorded_at, flags, commitment, sealed, mac FROM entries"
    take = text(f"INSERT INTO entries ({', '.join(entries.c.keys())}) SELECT {copy} WHERE log = :log AND position = 0")
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    other, pool = create_engine(home.url, poolclass=NullPool), ThreadPoolExecutor(1)
    with pool, other.connect() as process, store.database.reading() as connection:
        process.execute(take, {"log": first.id})
        done = pool.submit(Appender(store.database, now_us), connection, jobs)
        while not process.execute(waiting).scalar_one():
            pass
        process.execute(take, {"log": last.id})  # which nobody holds who waits for the other
        process.rollback()
        done.result()
    assert [job.answer.result().places[0].position for job in jobs] == [2, 2]
