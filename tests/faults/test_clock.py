"""The machine's clock goes back by a day."""

from __future__ import annotations

import pytest

from core.building import Building
from events import NotReady
from events.store import now_us
from tests.faults.callers import Callers
from tests.faults.conftest import Count, Times
from tests.faults.trust import DAY, DeskDoor, Trust


def test_the_clock_goes_back_a_day(trust: Trust, times: Times, count: Count) -> None:
    rounds, back = times(4, 40), 0

    def clock() -> int:
        return now_us() - back

    with Callers(trust, [DeskDoor(trust, Building(trust.settings, clock=clock))]) as callers:
        for _ in range(rounds):
            callers.send(60)
            back = DAY
            callers.send(60)
            back = 0
    back = DAY
    again = Building(trust.settings, clock=clock, serving=False)
    with pytest.raises(NotReady, match="Set the clock right"):  # and until it is right, nobody starts again
        again.store.log(trust.urn)
    back = 0
    again.close()
    count("the clock goes back a day", rounds, callers)
