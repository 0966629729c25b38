"""One made-up trust, one server and one browser for all journeys; a fresh window for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visiting import Visitor, launch
from tests.journeys.world import Guest, World

collect_ignore = ["conftest.py", "world.py", "visiting.py", "pictures.py"]
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
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("world") / "home")
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
