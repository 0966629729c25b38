"""Appends of 1, 10 and 100 facts, one caller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from tests.bench.log.bare import Bare
from tests.bench.log.floor import Rows, finished, floor
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import observations
from tests.bench.log.ours import Ours
from tests.bench.log.rival import Rival
from tests.bench.log.rounds import Cell, clocked, each, rate, ratio, rounds

COUNTS = {1: 1_200, 10: 5_000, 100: 15_000}
# Against the rival, and as a share of the floor: gate and aim.
_BOUNDS = {
    ("SQLite", 1): ((1.25, 1.4), (0.78, 0.88)),
    ("SQLite", 10): ((1.4, 1.7), (0.68, 0.77)),
    ("SQLite", 100): ((1.75, 2.1), (0.60, 0.66)),
    ("PostgreSQL", 1): ((3.0, 3.6), (0, 0)),
    ("PostgreSQL", 10): ((3.0, 3.5), (0, 0)),
    ("PostgreSQL", 100): ((3.2, 4.0), (0, 0)),
}


def run(ground: Ground) -> Iterator[Cell]:
    for size, count in COUNTS.items():
        made = observations(count)
        rows = _rows(ground, size)
        found = rounds(
            {
                "ours": partial(_measured, Ours, ground, made, size),
                "rival": partial(_measured, Rival, ground, made, size),
                "bare": partial(_measured, Bare, ground, made, size),
                "floor": partial(_measured, partial(floor, first=rows[0]), ground, rows[1], size),
            }
        )
        rival, share = _BOUNDS[ground.name, size]
        what, ours = f"{ground.name}: append {size}", rate(found["ours"])
        yield Cell(what, ours, f"rival {rate(found['rival'])}", ratio(found["ours"], found["rival"]), *rival)
        yield Cell(
            f"{what}, share of the floor",
            ours,
            f"floor {rate(found['floor'])}",
            ratio(found["ours"], found["floor"]),
            *share,
        )
        bare, beside = rate(found["bare"]), f"rival {rate(found['rival'])}"
        yield Cell(f"{what}, the bare format", bare, beside, ratio(found["bare"], found["rival"]))


def _rows(ground: Ground, size: int) -> tuple[Rows, Rows]:
    ours = Ours(ground)
    each(ours.put, ours.batches(observations(COUNTS[size]), size))()
    rows = finished(ours)
    ours.close()
    return rows


def _measured(opened: Callable[[Ground], Any], ground: Ground, made: Sequence[Any], size: int) -> float:
    """Events a second."""
    log = opened(ground)
    batches = log.batches(made, size)
    seconds = clocked(each(log.put, batches))
    log.check(len(made))
    log.close()
    return len(made) / seconds
