"""A start: every pupil's view from snapshots, and a hundredth of the log that came after them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from datetime import date

from events import Catalog, Fact, Store
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import Observed, observations, tally
from tests.bench.log.ours import Ours
from tests.bench.log.rival import Rival
from tests.bench.log.rounds import Cell, clocked, each, ratio, rounds

KEPT, TAIL = 100_000, 1_000
_GATES = {"SQLite": (10, 15), "PostgreSQL": (30, 40)}


class Unheard(Fact, frozen=True, tag="bench.unheard/1", record="bench.unheard", on="unheard_on"):
    """What never happened: where it is known the code is another, and snapshots are left unread."""

    unheard_on: date


def run(ground: Ground) -> Iterator[Cell]:
    made = observations(KEPT + TAIL)
    ours, rival = Ours(ground), Rival(ground, snapshots=True)
    each(ours.put, ours.batches(made[:KEPT], 500))()
    each(rival.put, rival.batches(made[:KEPT], 500))()
    ours.log.keep_snapshots()
    rival.keep_snapshots()
    each(ours.put, ours.batches(made[KEPT:], 100))()
    each(rival.put, rival.batches(made[KEPT:], 100))()
    ours.check(KEPT + TAIL)
    rival.check(KEPT + TAIL)
    other = ours.beside(Catalog([Observed, Unheard], [tally]))
    seconds = rounds(
        {
            "start": lambda: _start(ours.store, ours, TAIL),
            "replay": lambda: _start(other, ours, ours.log.size),
            "rival": lambda: clocked(rival.start),
        }
    )
    what = f"{ground.name}: start from snapshots and a tail of 1 %, every pupil's view"
    mine, his, whole = (seconds[name] for name in ("start", "rival", "replay"))
    yield Cell(what, _ms(mine), f"rival {_ms(his)}", ratio(his, mine), *_GATES[ground.name])
    what = f"{ground.name}: the same, in hundredths of a replay of the whole log"
    hundredths = [100 * seconds for seconds in mine]
    yield Cell(what, _ms(mine), f"replay {_ms(whole)}", ratio(hundredths, whole), 2.5, 2.0, more=False)
    other.close()
    ours.close()
    rival.close()


def _start(store: Store, ours: Ours, read: int) -> float:
    log = store.reopen(ours.log.name)
    seconds = clocked(lambda: (log.refresh(), log.see_all(tally)))
    if log.grown != read or sum(one.count for one in log.see_all(tally).values()) != ours.observed:
        raise RuntimeError("the start read something else, or lacks observations")
    return seconds


def _ms(seconds: Sequence[float]) -> str:
    return f"{1e3 * statistics.median(seconds):,.0f} ms"
