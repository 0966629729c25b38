"""What is done again and again goes on, whatever stopped a round."""

from __future__ import annotations

import threading

from structlog.testing import capture_logs

from tests.core.house import House


def test_a_round_that_fails_in_a_way_nobody_thought_of_is_logged_and_the_next_one_comes(house: House) -> None:
    rounds, third = [0], threading.Event()

    def work() -> None:
        rounds[0] += 1
        if rounds[0] > 2:
            third.set()
        raise TimeoutError("the pool is exhausted")

    with capture_logs() as logs:
        house.building.every("signer of a test", 0.01, work)
        assert third.wait(30)
    assert {"event": "round_failed", "work": "signer of a test", "error": "TimeoutError", "log_level": "error"} in logs
