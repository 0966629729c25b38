"""A log to be broken."""

import pytest

from events import Log, Store, verify
from tests.events.home import ANN, BEN, note
from tests.events.verify.breaking import SIGNED, SIZE


@pytest.fixture
def filled(store: Store, log: Log) -> Log:
    """A log with a checkpoint in the middle, beside another that nobody touches."""
    note(store.create("139205"))
    for number in range(SIZE - 2):
        note(log, str(number), subject=(ANN, BEN)[number % 2])
        if log.size == SIGNED:
            store.sign_all()
    assert verify(store).ok
    return log
