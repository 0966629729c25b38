"""Where a trust was, and where it is restored, on SQLite."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.events.home import Home


@pytest.fixture
def mine(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Iterator[Home]:
    """Where a trust is whose database does not matter."""
    mine = Home(*sqlite_urls(tmp_path / "mine"))
    yield mine
    mine.close()


@pytest.fixture
def empty(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Iterator[Home]:
    """Where it is restored."""
    empty = Home(*sqlite_urls(tmp_path / "empty"))
    yield empty
    empty.close()
