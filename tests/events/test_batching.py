"""One thread that writes: each caller its own answer, an error its caller's alone."""

import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from events import Database, NotReady, Store
from events.batching import Writer
from events.tables import tiles


class Task:
    """Something for a writer to do."""

    def __init__(self, sql: str = "SELECT 1") -> None:
        self.sql = sql
        self.answer: Future[object] = Future()


def work(connection: Connection, tasks: list[Task]) -> None:
    for task in tasks:
        task.answer.set_result(connection.exec_driver_sql(task.sql).scalar())


def test_an_error_is_its_callers_and_the_writer_goes_on(store: Store) -> None:
    writer = Writer(store.database, "writer", work)
    for _ in range(3):
        bad, good = Task("no such statement"), Task()
        writer.put(bad)
        assert isinstance(bad.answer.exception(), DBAPIError)
        writer.put(good)
        assert good.answer.result() == 1
    writer.close()


def test_a_transaction_that_fails_in_the_middle_holds_nobody_up(store: Store) -> None:
    writer = Writer(store.database, "writer", work)
    begun, bad = Task("BEGIN"), Task("no such statement")
    writer.put(begun)
    begun.answer.exception()  # it has no rows to give; the transaction is open all the same
    writer.put(bad)
    assert isinstance(bad.answer.exception(), DBAPIError)
    for _ in range(3):
        with store.database.writing() as connection:
            connection.execute(tiles.delete())
    writer.close()


def test_what_waits_together_is_done_together_up_to_a_batch(store: Store) -> None:
    held, taken_up, batches = threading.Event(), threading.Event(), []

    def counted(connection: Connection, tasks: list[Task]) -> None:
        taken_up.set()
        held.wait()
        batches.append(len(tasks))
        work(connection, tasks)

    writer = Writer(store.database, "writer", counted, batch=3)
    first, *others = [Task(), Task(), Task("no such statement"), Task(), Task(), Task()]
    caller = threading.Thread(target=writer.put, args=(first,))
    caller.start()
    taken_up.wait()  # the first, alone, by whoever brought it
    for task in others:
        writer.put(task)
    held.set()
    writer.close()
    caller.join()
    assert batches == [1, 3, 2]
    # Whoever was answered before the error has an answer; whoever was not has the error.
    assert [task.answer.exception() is None for task in (first, *others)] == [True, True, False, False, True, True]


def test_who_finds_nobody_at_work_does_it_and_who_comes_meanwhile_is_served(store: Store) -> None:
    alone, during, workers = Task(), Task(), []

    def told(connection: Connection, tasks: list[Task]) -> None:
        workers.append(threading.current_thread())
        if tasks == [alone]:
            writer.put(during)
        work(connection, tasks)

    writer = Writer(store.database, "writer", told)
    writer.put(alone)
    assert during.answer.result() == 1
    writer.close()
    assert workers == [threading.current_thread(), writer]


def test_a_writer_that_cannot_connect_says_so_each_time(tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'a folder'}")
    writer = Writer(database, "writer", work)
    for _ in range(2):
        task = Task()
        writer.put(task)
        assert isinstance(task.answer.exception(), OperationalError)
    writer.close()


def test_a_closed_writer_takes_nothing_more(store: Store) -> None:
    writer = Writer(store.database, "writer", work)
    task = Task()
    writer.put(task)
    writer.close()
    assert task.answer.result() == 1
    assert not writer.is_alive()
    with pytest.raises(NotReady, match="closed"):
        writer.put(Task())
