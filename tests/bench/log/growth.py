"""From ten thousand entries to a million: what an append and a page of entries cost as a log grows."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench.log.chart import Line, chart
from tests.bench.log.grounds import Ground, postgresql, sqlite
from tests.bench.log.made_up import observations
from tests.bench.log.ours import Ours
from tests.bench.log.rounds import Cell, Ratio, clocked, each, rounds, table
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
    """Grows a log on both databases; draws the picture, and returns the tables."""
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
    ours = Ours(ground, pupils=PUPILS, before=1)
    chance = random.Random(4)  # noqa: S311 - which pages are read
    size = ours.log.size
    levels = []

    def put(count: int, at_once: int) -> float:
        nonlocal size
        batches = ours.batches(observations(count, PUPILS, start=size), at_once)
        seconds = clocked(each(ours.put, batches))
        size += count
        return count / seconds

    def page() -> float:
        starts = [chance.randrange(size - _PAGE) for _ in range(5)]
        return len(starts) * _PAGE / clocked(each(lambda start: list(ours.log.events(start, start + _PAGE)), starts))

    for level in LEVELS:
        while size < level:
            put(min(20_000, level - size), _AT_ONCE)
        variants: dict[str, Callable[[], float]] = {
            "append 1": lambda: put(300, 1),
            "append 100": lambda: put(3_000, 100),
            "page of 1,000": page,
        }
        levels.append(Level(level, rounds(variants)))
    ours.check(size - ours.began)
    ours.close()
    return levels


def _cells(grown: dict[str, list[Level]]) -> list[Cell]:
    """The largest size beside the smallest: not paired in time, so the spread is that of the rounds at each."""
    cells = []
    for name, levels in grown.items():
        first, last = levels[0], levels[-1]
        for measure, bounds in _MEASURES.items():
            before, after = first.rates[measure], last.rates[measure]
            middle = statistics.median(before)
            found = Ratio(*(one / middle for one in (statistics.median(after), min(after), max(after))))
            what = f"{name}: {measure}, at {last.size:,} beside {first.size:,}"
            cells.append(Cell(what, f"{statistics.median(after):,.0f}/s", f"{middle:,.0f}/s", found, *bounds))
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
