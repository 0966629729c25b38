"""One event, found by its id."""

from uuid import UUID, uuid4

import pytest

from events import Erased, Log, Store
from tests.events.home import ANN, BEN, SENCO, Home, note, notes


def test_every_event_is_found_by_its_id(log: Log) -> None:
    log.append(notes(3), command_id=uuid4(), actor=SENCO)
    every = list(log.events())
    assert len(every) == 5
    assert [log.find(event.event_id) for event in every] == every


def test_an_id_the_log_does_not_hold_is_no_event_of_it(store: Store, log: Log) -> None:
    event = log.event(note(log))
    other = store.create("139205")
    assert other.find(event.event_id) is None
    assert log.find(uuid4()) is None
    assert log.find(UUID(int=0)) is None


def test_what_was_erased_is_found_to_be_so(home: Home, log: Log) -> None:
    gone, kept = (log.event(note(log, subject=subject)) for subject in (ANN, BEN))
    destroy = "UPDATE keys SET wrapped = NULL, lookup = NULL, state = 'destroyed' WHERE key_id = :key"
    home.attack(destroy, keys=True, key=gone.key_id)
    again = home.store().log(log.name)
    assert again.find(kept.event_id) == kept
    with pytest.raises(Erased):
        again.find(gone.event_id)
