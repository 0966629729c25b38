"""Measurements and what they were taken on."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_UNITS = {"ms": (1e3, 1), "s": (1.0, 2)}


class Row(NamedTuple):
    """A line of the table; `target` is empty where none was set."""

    what: str
    median: str
    p95: str
    runs: str
    target: str = ""


def timed(work: Callable[[], object], times: int = 1) -> list[float]:
    """Seconds of each run."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def row(what: str, seconds: Sequence[float], unit: str = "ms", *, facts: int = 0, most: float = 0) -> Row:
    """A line from the seconds of each run.

    Args:
        facts: How many facts a run handled, where their rate says more.
        most: The target, in `unit`; for many runs the 95th percentile is held to it, for a few the slowest.
    """
    factor, digits = _UNITS[unit]
    middle = statistics.median(seconds)
    few = len(seconds) < 20
    high = max(seconds) if few else statistics.quantiles(seconds, n=20)[-1]
    rate = f" ({facts / middle:,.0f} facts/s)" if facts else ""
    target = f"{most:g} {unit}: {'met' if high * factor < most else '**missed**'}" if most else ""
    shown = "-" if len(seconds) == 1 else f"{high * factor:,.{digits}f} {unit}{' (slowest)' if few else ''}"
    return Row(what, f"{middle * factor:,.{digits}f} {unit}{rate}", shown, f"{len(seconds):,}", target)


def memory(pid: int | str = "self") -> tuple[float, float]:
    """Resident megabytes of a process: now, and at the most."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    now, most = (int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def fsyncs(folder: Path) -> float:
    """Seconds of one 4 kB write with its fsync, on the disk of a folder: no durable append is faster."""
    with NamedTemporaryFile(dir=folder) as file:

        def write() -> None:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())

        return statistics.median(timed(write, 200))


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Says what is under way, and how long it took."""
    print(f"{what} …", end=" ", flush=True)
    began = time.perf_counter()
    yield
    print(f"{time.perf_counter() - began:.1f} s", flush=True)


def machine(packages: Sequence[str] = ("litestar", "uvicorn", "sqlalchemy", "msgspec", "cryptography")) -> list[str]:
    """What it ran on, as lines of text; `packages` are those whose versions matter."""
    cpu = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[0]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    changed = " with changes not committed" if _git("status", "--porcelain", "core", "events", "plugins") else ""
    when = time.strftime("%d %B %Y, %H:%M UTC", time.gmtime())
    return [
        f"{cpu}, {os.cpu_count()} cores, {pages:.0f} GB; {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}",
        f"commit {_git('rev-parse', '--short', 'HEAD')}{changed}, {when}",
    ]


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def table(rows: Sequence[Row]) -> str:
    lines = ["| what | median | p95 | runs | target |", "|---|---|---|---|---|"]
    return "\n".join(lines + [f"| {' | '.join(one)} |" for one in rows])
