"""`docs/performance.md`: the tables in it are written anew by each run, the words around them by people."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.bench.log import appends, callers, proving, reading, starting
from tests.bench.log.floor import finished, floor
from tests.bench.log.grounds import Ground, postgresql, sqlite
from tests.bench.log.ours import Ours
from tests.bench.log.rival import Rival
from tests.bench.log.rounds import ROUNDS, Cell, table
from tests.bench.measuring import ROOT, fsyncs, machine, telling

PAGE = ROOT / "docs/performance.md"
_GROUNDS = (sqlite, postgresql)


def run(folder: Path) -> str:
    """Measures the log on both databases; returns what it was measured on, and the table."""
    lines = [*machine(("sqlalchemy", "msgspec", "cryptography", "psycopg", "eventsourcing"))]
    lines.append(f"one 4 kB write with fsync: {1e3 * fsyncs(folder):.2f} ms; {ROUNDS} rounds")
    cells: list[Cell] = []
    for ground_of in _GROUNDS:
        with ground_of() as ground:
            lines.append(_durable(ground))
            for part in (appends, callers, reading, starting, proving):
                with telling(f"log on {ground.name}: {part.__name__.rpartition('.')[2]}"):
                    cells += part.run(ground)
    lines.append(f"load at the end, over five minutes: {os.getloadavg()[1]:.1f}")
    return "\n".join(f"- {line}" for line in lines) + f"\n\n{table(cells)}"


def put(section: str, text: str) -> None:
    """Replaces what stands between the marks of a section."""
    begin, end = f"<!-- {section}: written by `make bench` -->", f"<!-- end of {section} -->"
    page = PAGE.read_text("utf-8")
    marked = re.compile(re.escape(begin) + ".*" + re.escape(end), re.DOTALL)
    if not marked.search(page):
        raise RuntimeError(f"docs/performance.md has no section {section}")
    PAGE.write_text(marked.sub(lambda _: f"{begin}\n\n{text}\n\n{end}", page), "utf-8")


def _durable(ground: Ground) -> str:
    """What a connection of each says of its own durability."""
    ours, rival = Ours(ground, pupils=1), Rival(ground, pupils=1)
    raw = floor(ground, finished(ours)[0])
    told = []
    for who in (ours, rival, raw):
        told.append(f"{who.name} {', '.join(f'{asked.split()[1]}={who.asked(asked)}' for asked in ground.asked)}")
        who.close()
    return f"{ground.name}, read back from a connection of each: {'; '.join(told)}"
