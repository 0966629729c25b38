"""From ten thousand entries to a million: what an append and a page of entries cost as a log grows."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.bench.log.chart import Line, chart
from tests.bench.log.grounds import Ground, postgresql, sqlite
from tests.bench.log.made_up import observations
from tests.bench.log.ours import Ours
from tests.bench.log.rounds import Cell, clocked, each, rate, ratio, rounds, table
from tests.bench.measuring import ROOT, fsyncs, machine, telling

LEVELS = (10_000, 100_000, 1_000_000)
PUPILS = 5_000
PICTURE = ROOT / "docs/pictures/growth.svg"
_AT_ONCE = 500
_PAGE = 1_000
_MEASURES = {"append 1": (0.8, 0.95), "append 100": (0.75, 0.95), "page of 1,000": (0.8, 0.95)}


class Level(NamedTuple):
    """What was measured at a size: entries a second of each measure, round by round."""

    size: int
    rates: dict[str, list[float]]


def run(folder: Path) -> str:
    """Grows logs on both databases; draws the picture, and returns the tables."""
    lines = [*machine(("sqlalchemy", "msgspec", "cryptography", "psycopg"))]
    lines.append(f"one 4 kB write with fsync: {1e3 * fsyncs(folder):.2f} ms")
    grown: dict[str, list[Level]] = {}
    for ground_of in (sqlite, postgresql):
        with ground_of() as ground, telling(f"growth on {ground.name}"):
            grown[ground.name] = _grown(ground)
    lines.append(f"load at the end, over five minutes: {os.getloadavg()[1]:.1f}")
    PICTURE.write_text(_picture(grown), "utf-8")
    picture = f"![Entries a second as a log grows to a million entries](pictures/{PICTURE.name})"
    parts = ["\n".join(f"- {line}" for line in lines), picture, _rates(grown), table(_cells(grown))]
    return "\n\n".join(parts)


def _grown(ground: Ground) -> list[Level]:
    """A log of each size beside the others, so that all sizes are measured in every round."""
    logs = {level: _Log(ground, level) for level in LEVELS}
    variants: dict[str, Callable[[], float]] = {}
    for level, log in logs.items():
        variants[f"append 1 at {level}"] = partial(log.put, 300, 1)
        variants[f"append 100 at {level}"] = partial(log.put, 3_000, 100)
        variants[f"page of 1,000 at {level}"] = log.page
    found = rounds(variants)
    for log in logs.values():
        log.close()
    return [Level(level, {measure: found[f"{measure} at {level}"] for measure in _MEASURES}) for level in LEVELS]


class _Log:
    """Our log, grown to a size."""

    def __init__(self, ground: Ground, size: int) -> None:
        self._ours = Ours(ground, pupils=PUPILS, before=1)
        self._size = self._ours.log.size
        self._chance = random.Random(4)  # noqa: S311 - which pages are read
        while self._size < size:
            self.put(min(20_000, size - self._size), _AT_ONCE)

    def put(self, count: int, at_once: int) -> float:
        """Entries a second."""
        batches = self._ours.batches(observations(count, PUPILS, start=self._size), at_once)
        seconds = clocked(each(self._ours.put, batches))
        self._size += count
        return count / seconds

    def page(self) -> float:
        """Entries a second."""
        log, starts = self._ours.log, [self._chance.randrange(self._size - _PAGE) for _ in range(5)]
        return len(starts) * _PAGE / clocked(each(lambda start: list(log.events(start, start + _PAGE)), starts))

    def close(self) -> None:
        self._ours.check(self._size - self._ours.began)
        self._ours.close()


def _cells(grown: dict[str, list[Level]]) -> list[Cell]:
    """The largest size beside the smallest, round by round."""
    cells = []
    for name, (first, *_, last) in grown.items():
        for measure, bounds in _MEASURES.items():
            large, small = last.rates[measure], first.rates[measure]
            what = f"{name}: {measure}, at {last.size:,} beside {first.size:,}"
            cells.append(Cell(what, rate(large), rate(small), ratio(large, small), *bounds))
    return cells


def _rates(grown: dict[str, list[Level]]) -> str:
    """Entries a second at each size: the table behind the picture."""
    sizes = [level.size for level in next(iter(grown.values()))]
    lines = [f"| entries a second | {' | '.join(f'{size:,}' for size in sizes)} |", f"|---|{'--:|' * len(sizes)}"]
    for name, levels in grown.items():
        for measure in _MEASURES:
            rates = (f"{statistics.median(level.rates[measure]):,.0f}" for level in levels)
            lines.append(f"| {name}: {measure} | {' | '.join(rates)} |")
    return "\n".join(lines)


def _picture(grown: dict[str, list[Level]]) -> str:
    """Each measure beside what it was at the smallest size."""
    lines = []
    for name, levels in grown.items():
        for measure in _MEASURES:
            first = statistics.median(levels[0].rates[measure])
            points = [(level.size, statistics.median(level.rates[measure]) / first) for level in levels]
            lines.append(Line(f"{name}: {measure}", points, dashed=name != "SQLite"))
    said = ", ".join(f"{line.name} {line.points[-1][1]:.2f}" for line in lines)
    return chart(
        "Speed as a log grows from 10,000 to 1,000,000 entries",
        f"Entries a second beside those at 10,000 entries. At 1,000,000 entries: {said}.",
        lines,
    )
