"""Logs, epochs and keys taken away or exchanged; what others do meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from events import Log, Store, verify, verify_without_keys
from events.open_facts import LogOpened
from tests.events.home import SENCO, Home, notes
from tests.events.verify.breaking import NAME, SIZE, named

# Whole logs and keys


def test_a_log_taken_away_whole_is_missed(home: Home, store: Store, filled: Log) -> None:
    for table in ("entries", "epochs", "checkpoints"):
        home.attack(f"DELETE FROM {table} WHERE log = :log", log=filled.id)
    report = verify(home.store())
    assert [fault.what for fault in report.faults] == ["a log that was signed with 6 entries is gone"]
    assert [one.log for one in report.logs] == ["139205"]


def test_rows_of_a_log_that_is_not_there_are_told_of(home: Home, store: Store, filled: Log) -> None:
    home.attack("DELETE FROM epochs WHERE log = :log", log=filled.id)
    assert {fault.what for fault in verify(home.store()).faults} == {
        "a log that was signed with 6 entries is gone",
        "a row of entries stands under the id of no log",
        "a row of checkpoints stands under the id of no log",
    }


@pytest.mark.parametrize(
    "change", ["epoch = 2", "epoch = 4294967297", "first_position = 1", "origin = replace(origin, 'key', 'tree')"]
)
def test_another_epoch_or_origin_is_found(home: Home, store: Store, filled: Log, change: str) -> None:
    if not home.is_sqlite and "4294967297" in change:
        change = "epoch = 2147483647"
    home.attack(f"UPDATE epochs SET {change} WHERE log = :log", log=filled.id)
    assert NAME in {log for log, _ in named(verify(home.store()))}
    assert NAME in {log for log, _ in named(verify_without_keys(store.database))}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        *((table, change) for table in ("keys", "held") for change in ("wrapped = :other", "wrapped = NULL")),
        ("keys", "version = version + 70000"),
        ("held", "own_id = own_id + 4294967296"),
    ],
)
def test_a_wrapped_key_that_is_other_is_found_and_the_other_logs_are_read(
    home: Home, store: Store, filled: Log, table: str, change: str
) -> None:
    other = {"other": bytes(97)} if ":other" in change else {}
    home.attack(f"UPDATE {table} SET {change} WHERE log = :log", keys=True, log=filled.id, **other)
    report = verify(home.store())
    assert named(report) == {(NAME, None)}
    assert [one.log for one in report.logs] == ["139205"]


# While it is in use


def test_what_others_append_and_sign_meanwhile_is_no_fault(home: Home, store: Store, filled: Log) -> None:
    reading = home.store()
    with ThreadPoolExecutor(2) as pool:

        def appended() -> None:
            for _ in range(6):
                filled.append(notes(150), command_id=uuid4(), actor=SENCO)
                store.create(str(uuid4().int % 10**6))

        busy = pool.submit(appended)
        reports = [verify(reading)]
        while not busy.done():
            reports.append(verify(reading))
        busy.result()
    assert [report.faults for report in reports if not report.ok] == []
    sizes = {one.log: one.size for one in verify(reading).logs}
    assert (sizes[NAME], len(sizes)) == (SIZE + 900, 8)


def test_verify_tells_how_far_it_is_and_what_it_read(store: Store, filled: Log) -> None:
    steps: list[tuple[int, int]] = []
    report = verify(store, lambda done, total: steps.append((done, total)))
    assert steps == [(SIZE, SIZE + 3), (SIZE + 3, SIZE + 3)]
    with store.database.reading() as connection:
        root = store.fresh_tail(filled).root_at(connection, SIZE)
    assert (report.logs[0].log, report.logs[0].size, report.logs[0].root) == (NAME, SIZE, root.hex())
    assert report.ok
    assert LogOpened(NAME) == filled.event(0).fact
