"""Sixteen callers, one fact each at a time, over four academies."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import observations
from tests.bench.log.ours import Ours
from tests.bench.log.rival import Rival
from tests.bench.log.rounds import Cell, Rates, clocked, rate, ratio, rounds

CALLERS, ACADEMIES, EACH = 16, 4, 150
_PUPILS = 400
_BOUNDS = {"SQLite": (3.5, 4.5), "PostgreSQL": (8, 10)}


def run(ground: Ground) -> Iterator[Cell]:
    waits: Rates = {"ours": [], "rival": []}  # the p99 of ours and the p50 of the rival, round by round
    made = observations(CALLERS * EACH, _PUPILS)

    def ours() -> float:
        log = Ours(ground, academies=ACADEMIES, pupils=_PUPILS)
        each = [
            [(log.put, (command, log.logs[caller % ACADEMIES])) for command in log.batches(_share(made, caller), 1)]
            for caller in range(CALLERS)
        ]
        return _measured(log, each, waits["ours"], 99)

    def rival() -> float:
        log = Rival(ground, callers=CALLERS, pupils=_PUPILS)
        batches = log.batches(made, 1)
        each = [[(log.put, (batch,)) for batch in _share(batches, caller)] for caller in range(CALLERS)]
        return _measured(log, each, waits["rival"], 50)

    found = rounds({"ours": ours, "rival": rival})
    what = f"{ground.name}: {CALLERS} callers over {ACADEMIES} academies"
    bounds = _BOUNDS[ground.name]
    yield Cell(
        what, rate(found["ours"]), f"rival {rate(found['rival'])}", ratio(found["ours"], found["rival"]), *bounds
    )
    slow, usual = (1e3 * statistics.median(waits[who]) for who in ("ours", "rival"))
    shorter = ratio(waits["rival"], waits["ours"])
    yield Cell(f"{what}: p99, the rival's p50", f"{slow:.1f} ms", f"rival {usual:.1f} ms", shorter, 1, 1)


def _share(all_of_it: list[Any], caller: int) -> list[Any]:
    return all_of_it[caller * EACH : (caller + 1) * EACH]


def _measured(log: Any, calls: list[list[tuple[Callable[..., None], Any]]], waits: list[float], percent: int) -> float:
    """Events a second; notes how long a caller waited for one."""
    taken: list[float] = []

    def caller(mine: list[tuple[Callable[..., None], Any]]) -> None:
        own = []
        for put, arguments in mine:
            began = time.perf_counter()
            put(*arguments)
            own.append(time.perf_counter() - began)
        taken.extend(own)

    def all_at_once() -> None:
        threads = [threading.Thread(target=caller, args=(mine,)) for mine in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    seconds = clocked(all_at_once)
    count = CALLERS * EACH
    if len(taken) != count:
        raise RuntimeError("a caller was not answered")
    log.check(count)
    log.close()
    waits.append(statistics.quantiles(taken, n=100)[percent - 1])
    return count / seconds
