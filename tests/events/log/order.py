"""How long two streams are, that a log is in order, and calls that wait together."""

import queue
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from events import Log, Store, Stream
from events.store import now_us
from events.writing import Appender, Job
from tests.events.home import (
    ANN,
    BEN,
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
