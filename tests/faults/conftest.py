"""Each fault leaves a line of the table, which is printed at the end; `make faults` writes it to docs/faults.md."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter

from tests.bench.measuring import ROOT
from tests.faults.callers import Told
from tests.faults.tally import Row, counted, page, table
from tests.faults.trust import Trust
from tests.postgres import Postgres, running_postgres

Times = Callable[[int, int], int]
Count = Callable[[str, int, Told], None]
Put = Callable[[Row], None]
DURABLE = "fsync = on\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every fault as often as docs/faults.md says")


def pytest_terminal_summary(terminalreporter: TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """Prints the table, and writes it down after a full run in which nothing failed and nothing was left out."""
    told: list[tuple[Any, Any]] = [
        (one.location[:2], row)
        for one in reports(terminalreporter)
        for name, row in one.user_properties
        if name == "fault"
    ]
    lines = table([Row(*row) for _, row in sorted(told)])
    terminalreporter.write("\n" + lines)
    left_out = terminalreporter.stats.keys() & {"failed", "error", "skipped", "deselected"}
    if config.getoption("full") and exitstatus == 0 and not left_out:
        (ROOT / "docs/faults.md").write_text(page(lines), "utf-8")


def reports(terminal: TerminalReporter) -> list[pytest.TestReport]:
    return [one for outcome in ("passed", "failed") for one in terminal.stats.get(outcome, ()) if one.when == "call"]


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    """How often: the first number in `make test`, the second in `make faults`."""
    return lambda few, many: many if request.config.getoption("full", default=False) else few


@pytest.fixture
def durable() -> Iterator[Postgres]:
    """A PostgreSQL of the test's own that syncs what it writes."""
    with running_postgres(DURABLE) as server:
        yield server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def trust(request: pytest.FixtureRequest, tmp_path: Path) -> Trust:
    if request.param == "SQLite":
        return Trust(tmp_path / "trust")
    server: Postgres = request.getfixturevalue("postgres")
    return Trust(tmp_path / "trust", server.database(), server.database())


@pytest.fixture
def count(put: Put) -> Count:
    """Counts what a fault did so many times, and puts it in the table."""
    return lambda fault, times, told: put(counted(fault, times, told))


@pytest.fixture
def put(request: pytest.FixtureRequest) -> Put:
    """Puts a line in the table, and insists on zeros."""

    def puts(row: Row) -> None:
        request.node.user_properties.append(("fault", list(row)))
        assert (row.lost, row.twice, row.unnoticed) == (0, 0, 0), f"{row}: the last three must be zero"

    return puts


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes a disk fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":  # CI has both; elsewhere every other fault is tried all the same
        pytest.skip("a disk is made to fail by a small C library, on Linux, where there is a compiler")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library
