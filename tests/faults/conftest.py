"""Each fault leaves a line of the table, which is printed at the end; `make faults` writes it to docs/faults.md."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.callers import Told
from tests.faults.tally import Row, counted
from tests.faults.trust import Trust
from tests.postgres import Postgres, running_postgres

Times = Callable[[int, int], int]
Count = Callable[[str, int, Told], None]
DURABLE = "fsync = on\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every fault as often as docs/faults.md says")


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
def count(request: pytest.FixtureRequest) -> Count:
    """Counts what a fault did so many times, and insists on zeros."""

    def counts(fault: str, times: int, told: Told) -> None:
        put(request.node, counted(fault, times, told))

    return counts


def put(test: pytest.Item, row: Row) -> None:
    """Puts a line in the table; raises AssertionError when it is not as it must be."""
    test.user_properties.append(("fault", list(row)))
    assert (row.lost, row.twice, row.unnoticed) == (0, 0, 0), row


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes a disk fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":
        pytest.skip("a disk is made to fail by a small C library, on Linux, where there is a compiler")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library
