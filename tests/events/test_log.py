"""Appending: all or none, once, in order, whoever else appends."""

import queue
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine, text

from events import Conflict, Erased, Log, New, NotReady, Store, Stream, Tampered, verify
from events.chain import CLOCK_UNSURE_BIT
from events.entries import PAGE
from events.seal import event_id, seal, seal_open
from events.store import now_us
from events.tables import entries
from events.writing import Appender, Job, Receipt
from tests.events.appending import FACTS, appending
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    NOON,
    SENCO,
    Clock,
    Home,
    Looked,
    Noted,
    Paid,
    at,
    erase,
    note,
    notes,
    told,
)

ANNS = Stream(ANN, "tests.notes")
BENS = Stream(BEN, "tests.notes")


def sizes(log: Log) -> tuple[int, int]:
    """How many entries, and in how many places: the same when there is no hole."""
    return log.size, len(list(log.events()))


def in_order(log: Log) -> None:
    """Positions are dense, numbers in each stream too, instants rise."""
    events = list(log.events())
    assert [event.position for event in events] == list(range(log.size))
    assert all(one.recorded_at < other.recorded_at for one, other in pairwise(events))
    numbers: Counter[bytes] = Counter()
    for event in events:
        assert event.n == numbers[event.key_id]
        numbers[event.key_id] += 1


# One command


def test_what_is_recorded_is_read_back_with_who_when_where_and_why(home: Home) -> None:
    clock = Clock()
    log = home.store(clock=clock).create("139204")
    clock.us += 60_000_000
    receipt = log.append(
        [New(ANN, Noted(MONDAY, "hello")), New(BEN, Paid(MONDAY, 120))],
        command_id=(command := uuid4()),
        actor=SENCO,
        why="his mother rang",
    )
    first, second = (log.event(place.position) for place in receipt.places)
    assert (first.fact, first.subject, first.record, first.n) == (Noted(MONDAY, "hello"), ANN, "tests.notes", 0)
    assert (first.actor, first.why, first.event_id) == (SENCO, "his mother rang", command)
    assert (first.log, first.position, first.recorded_at) == (log.id, 2, at(NOON + 60_000_000))
    assert (second.fact, second.subject, second.record, second.position) == (Paid(MONDAY, 120), BEN, "tests.money", 3)
    assert second.recorded_at - first.recorded_at == timedelta(microseconds=1)
    assert not receipt.repeated
    assert [place.recorded_us for place in receipt.places] == [NOON + 60_000_000, NOON + 60_000_001]


def test_a_command_without_facts_is_refused(log: Log) -> None:
    with pytest.raises(ValueError, match="at least one fact"):
        log.append([], command_id=uuid4(), actor=SENCO)


@pytest.mark.parametrize(
    "bad",
    [
        New(ANN, Noted(MONDAY, "x" * 4001)),
        New(ANN, Looked(MONDAY)),
        New(ANN, Noted(MONDAY), "tests.money"),
        New(ANN, Noted(None)),  # type: ignore[arg-type]
    ],
)
def test_one_fact_that_cannot_be_recorded_stops_the_whole_command(log: Log, bad: New) -> None:
    with pytest.raises(ValueError, match="cannot be recorded"):
        log.append([New(BEN, Noted(MONDAY)), bad], command_id=uuid4(), actor=SENCO)
    assert sizes(log) == (2, 2)
    log.refresh()


def test_a_fact_that_takes_a_class_stands_in_the_stream_of_that_class(log: Log) -> None:
    log.append([New(ANN, Looked(MONDAY), "tests.notes")], command_id=uuid4(), actor=SENCO)
    assert [event.fact for event in log.stream(ANN, "tests.notes")] == [Looked(MONDAY)]
    assert log.stream(ANN, "tests.money") == []


# Expected


def test_a_decision_on_what_was_seen_is_recorded(log: Log) -> None:
    note(log, expected={ANNS: 0, BENS: 0})
    note(log, expected={ANNS: 1, BENS: 0})
    assert log.size == 4


@pytest.mark.parametrize("expected", [{ANNS: 0}, {ANNS: 2}, {ANNS: 1, BENS: 1}, {BENS: 1}])
def test_a_decision_on_what_has_moved_on_is_refused_and_says_which_stream(
    log: Log, expected: dict[Stream, int]
) -> None:
    note(log)
    with pytest.raises(Conflict) as refused:
        note(log, subject=BEN, expected=expected)
    actual = {ANNS: 1, BENS: 0}
    assert set(refused.value.streams) == {stream for stream, n in expected.items() if n != actual[stream]}
    assert sizes(log) == (3, 3)


def test_a_stream_nobody_read_is_not_checked(log: Log) -> None:
    note(log)
    note(log, expected={BENS: 0})
    assert log.size == 4


def test_the_expectation_holds_against_what_another_process_recorded(home: Home, log: Log) -> None:
    other = home.store().log(log.name)
    note(log, expected={ANNS: 0})
    note(other, expected={ANNS: 1})
    with pytest.raises(Conflict):
        note(log, expected={ANNS: 1})
    # And who has seen what the other recorded is not refused because this process had not.
    note(log, expected={ANNS: 2})
    note(other)
    note(other)
    note(log, subject=BEN, expected={ANNS: 5})
    in_order(log)


# The same command again


def test_the_same_command_again_records_nothing_and_gives_the_same_places(home: Home, log: Log) -> None:
    command, facts = uuid4(), [*notes(5), New(ANN, Looked(MONDAY), "tests.money")]
    first = log.append(facts, command_id=command, actor=SENCO, why="because")
    for again in (log, home.store().log(log.name)):
        receipt = again.append(facts, command_id=command, actor=SENCO, why="because")
        assert (receipt.places, receipt.repeated) == (first.places, True)
    assert sizes(log) == (8, 8)
    assert log.find_command(command, 6) == (first.places, True)
    assert log.find_command(uuid4(), 1) is None


def test_the_same_command_again_is_no_conflict_though_its_own_facts_moved_the_stream_on(log: Log) -> None:
    command = uuid4()
    assert note(log, "x", command_id=command, expected={ANNS: 0}) == 2
    assert note(log, "x", command_id=command, expected={ANNS: 0}) == 2


FACTS_SENT = [New(ANN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "two"))]


@pytest.mark.parametrize(
    "others",
    [
        [New(ANN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "other"))],
        [New(ANN, Noted(MONDAY, "one"))],  # fewer
        [*FACTS_SENT, New(BEN, Noted(MONDAY, "three"))],  # more
        list(reversed(FACTS_SENT)),
        [New(BEN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "two"))],  # about another child
        [New(ANN, Paid(MONDAY, 1)), New(BEN, Noted(MONDAY, "two"))],
        [New(ANN, Noted(MONDAY, "one")), New(BEN, Looked(MONDAY), "tests.money")],
    ],
)
def test_the_same_command_with_other_facts_is_refused_and_records_nothing(log: Log, others: list[New]) -> None:
    command = uuid4()
    log.append(FACTS_SENT, command_id=command, actor=SENCO)
    with pytest.raises(Conflict, match="before") as refused:
        log.append(others, command_id=command, actor=SENCO)
    assert refused.value.streams == ()
    assert sizes(log) == (4, 4)


def test_the_same_command_for_another_reason_or_class_is_refused(log: Log) -> None:
    command = uuid4()
    log.append([New(ANN, Looked(MONDAY), "tests.money")], command_id=command, actor=SENCO, why="one")
    for record, why in (("tests.money", "two"), ("tests.notes", "one")):
        with pytest.raises(Conflict, match="with other answers"):
            log.append([New(ANN, Looked(MONDAY), record)], command_id=command, actor=SENCO, why=why)
    assert log.size == 3


def test_a_double_click_is_recorded_once(store: Store, log: Log) -> None:
    # Both in one batch, both resting on what was seen before the first.
    command = uuid4()

    def click(one: Log) -> object:
        return one.append(FACTS_SENT, command_id=command, actor=SENCO, expected={ANNS: 0, BENS: 0})

    first, *others = in_one_batch(store, log, [click] * 4)
    assert isinstance(first, Receipt)
    assert not first.repeated
    assert others == [Receipt(first.places, repeated=True)] * 3
    assert sizes(log) == (4, 4)


# Many at once


def in_one_batch(store: Store, log: Log, calls: Sequence[Callable[[Log], object]]) -> list[object]:
    """Makes these calls in this order, so that the writer finds all waiting; what each gave, or the error it got."""
    waiting: queue.Queue[Job] = queue.Queue()
    batched = store.reopen(log.name)
    batched._put = waiting.put
    with ThreadPoolExecutor(len(calls)) as pool, store.database.reading() as connection:
        futures, jobs = [], []
        for call in calls:
            futures.append(pool.submit(call, batched))
            jobs.append(waiting.get())
        Appender(store.database, now_us)(connection, jobs)
        return [future.exception() or future.result() for future in futures]


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


# A whole import


def test_an_import_of_50_000_facts_is_one_command(store: Store, log: Log) -> None:
    command, count = uuid4(), 50_000
    facts = notes(count, subjects=[uuid4() for _ in range(40)])
    receipt = log.append(facts, command_id=command, actor=SENCO)
    assert [place.position for place in receipt.places] == list(range(2, count + 2))
    assert log.size == count + 2
    assert store.sign(log)
    assert verify(store).ok


def test_an_import_sent_again_is_the_one_recorded(log: Log) -> None:
    command, facts = uuid4(), notes(PAGE + 100)
    receipt = log.append(facts, command_id=command, actor=SENCO)
    assert log.append(facts, command_id=command, actor=SENCO) == (receipt.places, True)
    facts[-1] = New(ANN, Noted(MONDAY, "other"))
    with pytest.raises(Conflict):
        log.append(facts, command_id=command, actor=SENCO)
    assert sizes(log) == (PAGE + 102, PAGE + 102)


@pytest.mark.parametrize("taken", [20, 550])
def test_an_import_that_cannot_be_recorded_whole_is_not_recorded_at_all(log: Log, taken: int) -> None:
    command = uuid4()
    log.append([New(BEN, Noted(MONDAY))], command_id=event_id(command, taken), actor=SENCO)  # one place is not free
    with pytest.raises(Conflict):
        log.append(notes(600), command_id=command, actor=SENCO)
    assert sizes(log) == (3, 3)
    log.refresh()
    assert log.see(told, ANN) is None


# The clock


@given(st.lists(st.integers(-3_000_000, 3_000_000), min_size=1, max_size=15))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_recorded_at_rises_strictly_whatever_the_clock_does(clocked: tuple[Clock, Log], steps: list[int]) -> None:
    clock, log = clocked
    last = log.event(log.size - 1)
    last_us = int((last.recorded_at - at(0)) / timedelta(microseconds=1))
    for step in steps:
        clock.us += step
        (place,) = log.append([New(ANN, Noted(MONDAY))], command_id=uuid4(), actor=SENCO).places
        assert place.recorded_us == max(clock.us, last_us + 1)
        last_us = place.recorded_us


@pytest.fixture
def clocked(home: Home) -> tuple[Clock, Log]:
    clock = Clock()
    return clock, home.store(clock=clock).create("139204")


@pytest.mark.parametrize(
    ("back", "unsure"), [(-1, 0), (0, 0), (1_000_000, 0), (1_000_002, CLOCK_UNSURE_BIT), (10**9, CLOCK_UNSURE_BIT)]
)
def test_a_clock_gone_back_more_than_a_second_is_marked(
    home: Home, clocked: tuple[Clock, Log], back: int, unsure: int
) -> None:
    clock, log = clocked
    note(log)
    clock.us = NOON + 2 - back
    position = note(log)
    ((flags,),) = home.attack("SELECT flags FROM entries WHERE position = :position", position=position)
    assert flags == unsure
    assert log.event(position).recorded_at > log.event(position - 1).recorded_at


def test_a_log_whose_newest_entry_lies_ahead_of_the_clock_is_not_served(home: Home) -> None:
    home.store(clock=Clock(NOON)).create("139204")  # its second entry is of one microsecond later
    ahead = NOON + 1 - 5 * 60 * 1_000_000
    assert home.store(clock=Clock(ahead)).log("139204").size == 2
    with pytest.raises(NotReady, match="Set the clock right"):
        home.store(clock=Clock(ahead - 1)).log("139204")


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
