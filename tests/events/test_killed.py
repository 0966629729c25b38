"""A process that appends and signs is killed at any moment: what it acknowledged is there once, and all verifies."""

import random
from collections.abc import Sequence
from uuid import UUID

from events import Log, Store, verify
from events.tail import Place
from tests.events.appending import FACTS, appending
from tests.events.home import Home, note


def test_what_was_acknowledged_before_a_kill_is_there_once(home: Home, store: Store, log: Log) -> None:
    chance = random.Random()  # noqa: S311 - a moment, not a secret
    acknowledged: list[UUID] = []
    for _ in range(3):
        before = log.size
        with appending(home, log.name) as process:
            assert process.stdout
            said = [process.stdout.readline() for _ in range(chance.randint(1, 60))]
            process.kill()
            said += process.stdout.read().splitlines(keepends=True)
        said = [line for line in said if line.endswith("\n")]
        acknowledged += [UUID(line.strip()) for line in said]
        recorded = log.size - before
        assert recorded in {FACTS * len(said), FACTS * (len(said) + 1)}  # one more may not have been heard of

    places = [place.position for command in acknowledged for place in found(log, command)]
    assert len(set(places)) == len(places) == FACTS * len(acknowledged)
    store.sign_all()  # as the next start does: what a kill between signing and keeping left undone
    assert verify(home.store()).ok
    assert note(log) == log.size - 1


def found(log: Log, command: UUID) -> Sequence[Place]:
    receipt = log.find_command(command, FACTS)
    assert receipt is not None
    return receipt.places
