"""A loss is no fault only where the log says all of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from events import Log, Store, verify
from events.notes import Checkpoint, NoteSigner, parse_note, signed_note
from events.open_facts import EpochStarted
from tests.events.home import SENCO, Home, note, notes

# A log that does not say what it lost


def cut(home: Home, log: Log, size: int) -> None:
    home.attack("DELETE FROM entries WHERE log = :log AND position >= :size", log=log.id, size=size)
    home.attack("DELETE FROM checkpoints WHERE log = :log AND size > :size", log=log.id, size=size)
    home.attack("DELETE FROM tiles WHERE log = :log", log=log.id)


SIZE, LEFT = 13, 9


def says_nothing(store: Store, log: Log) -> tuple[str, int]:
    return "", 0


def says_less(store: Store, log: Log) -> tuple[str, int]:
    """A checkpoint of fewer entries than were signed."""
    with store.database.reading() as connection:
        known = Checkpoint(log.origin, LEFT, store.fresh_tail(log).root_at(connection, LEFT))
    return signed_note(known, log.keys.signing.signers(log.origin)), 0


def says_fewer_are_missing(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(log) or "", SIZE - LEFT - 1


def says_it_unsigned(store: Store, log: Log) -> tuple[str, int]:
    known = parse_note(store.checkpoint(log) or "")[0]
    return signed_note(known, [NoteSigner(log.origin, 1, bytes(32))]), SIZE - LEFT


def says_of_another_log(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(store.create("139205")) or "", SIZE - LEFT


def says_what_is_no_note(store: Store, log: Log) -> tuple[str, int]:
    return "a note", SIZE - LEFT


def says_it(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(log) or "", SIZE - LEFT


@pytest.mark.parametrize(
    ("says", "ok"),
    [
        (says_it, True),
        (says_nothing, False),
        (says_less, False),
        (says_fewer_are_missing, False),
        (says_it_unsigned, False),
        (says_of_another_log, False),
        (says_what_is_no_note, False),
    ],
)
@pytest.mark.parametrize("more", [0, 20])
def test_a_loss_is_no_fault_only_where_the_log_says_all_of_it(
    home: Home, store: Store, log: Log, says: Callable[[Store, Log], tuple[str, int]], ok: bool, more: int
) -> None:
    log.append(notes(SIZE - 2), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    known, missing = says(store, log)
    cut(home, log, LEFT)
    again = home.store()
    after = again.begin_epoch(log.name, lambda number: EpochStarted(number, known, missing))
    for _ in range(more):  # grown beyond what was signed
        note(after)
    again.sign_all()
    assert verify(home.store()).ok is ok


def test_an_epoch_no_entry_begins_and_an_entry_that_begins_none_are_found(home: Home, store: Store, log: Log) -> None:
    log.append_open([EpochStarted(2, "", 0)], uuid4())
    faults = verify(store).faults
    assert [(one.position, one.what) for one in faults] == [
        (2, "the entry says that an epoch begins here, and none does")
    ]
    row = "INSERT INTO epochs VALUES (:log, 2, :size, 'keystone.example/.well-known/tallystick/139204/2')"
    home.attack(row, log=log.id, size=log.size)
    note(home.store().log("139204"))
    faults = verify(home.store()).faults
    assert (3, "an epoch begins here, and no entry says so") in [(one.position, one.what) for one in faults]


def test_what_was_known_of_the_entries_that_are_left_must_fit_them(home: Home, store: Store, log: Log) -> None:
    log.append(notes(SIZE - 2), command_id=uuid4(), actor=SENCO)
    other = signed_note(Checkpoint(log.origin, LEFT, bytes(32)), log.keys.signing.signers(log.origin))
    store.begin_epoch(log.name, lambda number: EpochStarted(number, other, 0))
    faults = verify(home.store()).faults
    assert [(one.position, one.what) for one in faults] == [
        (SIZE, f"the first {LEFT} entries are not those that were known outside")
    ]


def test_a_checkpoint_by_a_key_that_was_retired_since_is_known_all_the_same(home: Home, store: Store, log: Log) -> None:
    known = store.sign(log)
    assert known
    store.add_signer(log)
    store.retire_signers(log)
    store.sign_all()
    store.begin_epoch(log.name, lambda number: EpochStarted(number, known, 0))
    assert verify(home.store()).ok
