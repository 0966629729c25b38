"""`python -m tests.bench`: measures everything, and writes the tables into docs/bench.md and docs/performance.md.

With names of parts it measures those: `pages`, `record` and `looks`, which are then printed and not written; `log`;
`growth`, which takes a quarter of an hour and is only measured when named.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import looks, pages, record
from tests.bench.measuring import ROOT, fsyncs, machine, table

PARTS = ("pages", "record", "looks", "log", "growth")
_TEXT = """# How fast it is

Written by `make bench`. No test is timed; these are the numbers of one run on one machine.

{machine}

Pages and imports: `tallystick serve` (uvicorn, one process) over SQLite with every commit synced; seconds as one client
on the same machine sees them, one request after another over one connection, so the client takes its share of the
cores. Forty academies: 1,200 pupils each, two Septembers of changes of year, 240 on the register, 72 with a plan. Of
fewer than 20 runs the slowest stands under p95, and is held to the target. How fast the log itself is, beside a rival
and the bare database, stands in [performance.md](performance.md).

{table}
"""


def main(parts: list[str]) -> None:
    if strange := set(parts) - set(PARTS):
        sys.exit(f"There is no part {min(strange)}; there are {', '.join(PARTS)}.")
    wanted = parts or ["pages", "record", "looks", "log"]
    with TemporaryDirectory(prefix="tallystick-bench-") as folder:
        if {"pages", "record", "looks"} & set(wanted):
            _served(wanted, Path(folder), write=not parts)
        if {"log", "growth"} & set(wanted):
            _log(wanted, Path(folder))


def _served(wanted: list[str], folder: Path, *, write: bool) -> None:
    lines = [*machine(), f"one 4 kB write with fsync: {1e3 * fsyncs(folder):.2f} ms"]
    rows = [*pages.run(folder / "trust")] if "pages" in wanted else []
    rows += record.run(folder / "record") if "record" in wanted else []
    rows += looks.run(folder / "looks") if "looks" in wanted else []
    lines.append(f"load at the end, over five minutes: {os.getloadavg()[1]:.1f}; a run by itself makes about 1")
    text = _TEXT.format(machine="\n".join(f"- {line}" for line in lines), table=table(rows))
    print(text)
    if write:
        (ROOT / "docs/bench.md").write_text(text, "utf-8")


def _log(wanted: list[str], folder: Path) -> None:
    try:
        from tests.bench.log import growth, performance
    except ModuleNotFoundError as error:
        sys.exit(f"The rival is not installed ({error.name}). Run: make bench")
    if "log" in wanted:
        performance.put("log", performance.run(folder))
    if "growth" in wanted:
        performance.put("growth", growth.run(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
