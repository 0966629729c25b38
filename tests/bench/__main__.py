"""`python -m tests.bench`: measures everything, prints the table, and writes it to docs/bench.md.

With names of parts (`pages`, `record`, `sqlite`, `postgres`) it measures those and writes nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import appends, pages, record
from tests.bench.measuring import ROOT, Row, fsyncs, machine, table

PARTS = ("pages", "record", "sqlite", "postgres")
_TEXT = """# How fast it is

Written by `make bench`. No test is timed; these are the numbers of one run on one machine.

{machine}

Pages and imports: `tallystick serve` (uvicorn, one process) over SQLite with every commit synced; seconds as one client
on the same machine sees them, one request after another over one connection, so the client takes its share of the
cores. Appends and verification run in one process: SQLite with `synchronous=FULL`, PostgreSQL with `fsync`,
`full_page_writes` and `synchronous_commit` on, read back before it begins. Forty academies: 1,200 pupils each, two
Septembers of changes of year, 240 on the register, 72 with a plan. Of fewer than 20 runs the slowest stands under p95,
and is held to the target.

{table}
"""


def main(parts: list[str]) -> None:
    if strange := set(parts) - set(PARTS):
        sys.exit(f"There is no part {min(strange)}; there are {', '.join(PARTS)}.")
    with TemporaryDirectory(prefix="tallystick-bench-") as folder:
        lines = [*machine(), f"one 4 kB write with fsync: {1e3 * fsyncs(Path(folder)):.2f} ms"]
        rows = list(_rows(parts or list(PARTS), Path(folder)))
        lines.append(f"load at the end, over five minutes: {os.getloadavg()[1]:.1f}; a run by itself makes about 1")
    text = _TEXT.format(machine="\n".join(f"- {line}" for line in lines), table=table(rows))
    print(text)
    if not parts:
        (ROOT / "docs/bench.md").write_text(text, "utf-8")


def _rows(parts: list[str], folder: Path) -> Iterator[Row]:
    if "pages" in parts:
        yield from pages.run(folder / "trust")
    if "record" in parts:
        yield from record.run(folder / "record")
    if "sqlite" in parts:
        yield from appends.on_sqlite(folder)
    if "postgres" in parts:
        yield from appends.on_postgres()


if __name__ == "__main__":
    main(sys.argv[1:])
