"""A restore that was broken off leaves nothing, or no trust."""

from contextlib import closing

import pytest

from events import Catalog, Database, MasterKey, NotReady, Store
from events.dumps import Progress
from tests.events.home import Home, erase
from tests.events.restoring.lost import backed_up, filled, half_of, is_left_empty, restored
from tests.events.test_documents import ANNS

# Interrupted

STEPS = [
    "Reading the keys",
    "Destroying the keys that were destroyed since",
    "Reading the log",
    "Comparing with the half",
    "Beginning a new epoch of each log",
    "Reading every entry again",
]


class Interrupted(Exception):
    """Someone pressed a key."""


def test_a_restore_has_these_steps(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    begun: list[str] = []
    ends: dict[str, tuple[int, int]] = {}

    def steps(says: str) -> Progress:
        begun.append(says)
        return lambda done, total: ends.update({says: (done, total)})

    erase(trust.log("139204"), ANNS)
    restored(empty, mine, backed_up(trust), half_of(trust), steps)
    assert begun == STEPS == list(ends)
    assert all(done == total > 0 for done, total in ends.values())


@pytest.mark.parametrize("last", STEPS)
def test_what_was_interrupted_is_empty_or_is_no_trust(mine: Home, elsewhere: Home, last: str) -> None:
    def steps(says: str) -> Progress:
        if says == last:
            raise Interrupted
        return lambda done, total: None

    trust = filled(mine)
    backup, half = backed_up(trust), half_of(trust)
    with pytest.raises(Interrupted):
        restored(elsewhere, mine, backup, half, steps)
    if STEPS.index(last) < STEPS.index("Beginning a new epoch of each log"):
        assert is_left_empty(elsewhere)
        _, found = restored(elsewhere, mine, backup, half)
        assert found.report.ok
        return
    with (
        closing(Database(elsewhere.url)) as rows,
        closing(Database(elsewhere.keys_url)) as keys,
        pytest.raises(NotReady, match="did not finish"),
    ):
        Store(rows, keys, MasterKey(mine.master), Catalog([], []), host="keystone.example")
