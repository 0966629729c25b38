"""A log with snapshots."""

from uuid import uuid4

import pytest

from events import Log, New
from tests.events.home import (
    ANN,
    BEN,
    SENCO,
    Home,
    Looked,
    Moved,
    Noted,
    Paid,
)
from tests.events.test_folds import DAYS


@pytest.fixture
def kept(home: Home, log: Log) -> Log:
    """A log with snapshots of all it holds."""
    facts = [
        New(ANN, Noted(DAYS[1], "Ann was upset.")),
        New(BEN, Noted(DAYS[1], "Ben was not.")),
        New(ANN, Paid(DAYS[1], 500)),
        New(ANN, Looked(DAYS[2]), "tests.money"),
        New(ANN, Moved(DAYS[2], "3B")),
    ]
    log.append(facts, command_id=uuid4(), actor=SENCO)
    assert log.keep_snapshots() == 3
    return log
