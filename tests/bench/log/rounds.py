"""Rounds in which everyone takes part, in shuffled order, and what is told from them: medians of ratios."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
ROUNDS = 7
Rates = dict[str, list[float]]


def clocked(work: Callable[[], object]) -> float:
    """Seconds, with nothing collected meanwhile."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began
    finally:
        gc.enable()


def each(put: Callable[[T], object], batches: Iterable[T]) -> Callable[[], None]:
    """Work that puts every batch."""

    def work() -> None:
        for batch in batches:
            put(batch)

    return work


def rounds(variants: Mapping[str, Callable[[], float]], times: int = ROUNDS) -> Rates:
    """What each variant gave in each round. Whatever slows the machine for a while slows them all."""
    chance = random.Random(len(variants))  # noqa: S311 - an order, no secret
    found: Rates = {name: [] for name in variants}
    for _ in range(times):
        for name in chance.sample(list(variants), len(variants)):
            found[name].append(variants[name]())
    return found


class Ratio(NamedTuple):
    """How much more one gave than another in the same round: the median, the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}..{self.most:.2f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    paired = [one / other for one, other in zip(ours, theirs, strict=True)]
    return Ratio(statistics.median(paired), min(paired), max(paired))


class Cell(NamedTuple):
    """A line of the table. `gate` and `aim` are zero where none was set."""

    what: str
    ours: str
    other: str
    ratio: Ratio
    gate: float = 0
    aim: float = 0
    more: bool = True
    """Whether more is better: not so for bytes."""

    @property
    def met(self) -> str:
        if not self.gate:
            return ""
        sign = 1 if self.more else -1
        if sign * self.ratio.median >= sign * self.aim:
            return "aim met"
        return "gate met" if sign * self.ratio.median >= sign * self.gate else "**not met**"


def rate(values: Sequence[float], digits: int = 0) -> str:
    return f"{statistics.median(values):,.{digits}f}/s"


def table(cells: Iterable[Cell]) -> str:
    lines = ["| cell | ours | beside | ratio (least..most) | gate | aim | |", "|---|--:|--:|--:|--:|--:|---|"]
    for cell in cells:
        bounds = (f"{cell.gate:g}", f"{cell.aim:g}") if cell.gate else ("", "")
        lines.append(f"| {' | '.join((cell.what, cell.ours, cell.other, str(cell.ratio), *bounds, cell.met))} |")
    return "\n".join(lines)
