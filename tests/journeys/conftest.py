"""One made-up trust and one browser for all journeys, one server for nearly all; a fresh window for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visiting import Visitor, launch
from tests.journeys.world import TUESDAY, Guest, World, make_trust

collect_ignore = ["conftest.py", "world.py", "visiting.py", "applying.py", "pictures.py"]
_HERE = Path(__file__).parent

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trust as it was made: to be copied, never served."""
    home = tmp_path_factory.mktemp("trust") / "home"
    make_trust(home)
    return home


@pytest.fixture(scope="session")
def world(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The trust of all journeys; one that is of its own time has another of this name."""
    home = shutil.copytree(made_up, tmp_path_factory.mktemp("world") / "home")
    world = World(home, TUESDAY)
    yield world
    world.close()


@pytest.fixture(scope="session")
def seen() -> set[int]:
    """Pages checked so far."""
    return set()


@pytest.fixture
def visit(browser: Browser, world: World, seen: set[int]) -> Iterator[Visit]:
    """Opens a window, and signs someone in."""
    visitors: list[Visitor] = []

    def opened(guest: Guest | None = None, *, width: int = 1280, script: bool = True) -> Visitor:
        visitor = Visitor(browser, world.origin, seen, width=width, script=script)
        visitors.append(visitor)
        if guest:
            visitor.signs_in(guest)
        return visitor

    yield opened
    for visitor in visitors:
        visitor.is_sound()
        visitor.close()
