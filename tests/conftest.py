"""Where the log's tests keep their logs: SQLite in a folder of the test's own, and a PostgreSQL of the run's own.

And a whole trust for each test that wants one.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import NullPool, create_engine, event

from events import Database, Log, Store
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from tests.core.house import House, HouseMaker, build_template
from tests.events.home import Home
from tests.postgres import Postgres, running_postgres

settings.register_profile("house", deadline=None)  # no test is timed; what must be fast is measured by `make bench`
settings.load_profile("house")

PARTS = {"log": LOG_STEPS, "keys": KEY_STEPS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stops where two tests share a name: xdist would run one of them, and say that all passed."""
    alike = [name for name, many in Counter(item.nodeid for item in items).items() if many > 1]
    if alike:
        raise pytest.UsageError(f"These tests are there more than once: {', '.join(alike[:5])}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for as long as the run lasts; with xdist, one for each worker."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_urls(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """Makes a log's two databases, with their tables, in a folder."""
    template = tmp_path_factory.mktemp("template")
    for part, steps in PARTS.items():
        database = Database(f"sqlite:///{template / part}.sqlite")
        upgrade(database, steps)
        database.close()

    def made(folder: Path) -> list[str]:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        return [f"sqlite:///{folder / part}.sqlite" for part in PARTS]

    return made


@pytest.fixture(scope="session")
def postgres_urls(postgres: Postgres) -> Callable[[], list[str]]:
    """Makes the two databases in the server: schemas, in truth, which are quicker to make and to clear away.

    The tables are made by what the migrations say, heard once and said again.
    """
    server = create_engine(postgres.database(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    heard: dict[str, list[tuple[str, Any]]] = {part: [] for part in PARTS}
    for part, steps in PARTS.items():
        database = Database(postgres.database())

        def hear(_: object, __: object, sql: str, values: Any, *___: object, to: str = part) -> None:
            if sql.split(maxsplit=1)[0] in {"CREATE", "ALTER", "INSERT", "REVOKE", "UPDATE"}:
                heard[to].append((sql, values))

        event.listen(database.engine, "before_cursor_execute", hear)
        upgrade(database, steps)
        database.close()
    numbers = count(1)

    def made() -> list[str]:
        number, urls = next(numbers), []
        for part, statements in heard.items():
            name = f"{part}_{number}"
            url = server.url.update_query_dict({"options": f"-csearch_path={name}"})
            urls.append(url.render_as_string(hide_password=False))
            with server.begin() as connection:
                connection.exec_driver_sql(f"CREATE SCHEMA {name}")
                connection.exec_driver_sql(f"SET search_path = {name}")
                for sql, values in statements:
                    connection.exec_driver_sql(sql, values or None)
        return urls

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Two databases with their tables and nothing in them."""
    yield from _made(request, tmp_path / "home")


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Another two, of either kind; with `home`, all four directions."""
    yield from _made(request, tmp_path / "elsewhere")


def _made(request: pytest.FixtureRequest, folder: Path) -> Iterator[Home]:
    if request.param == "sqlite":
        urls = request.getfixturevalue("sqlite_urls")(folder)
    else:
        urls = request.getfixturevalue("postgres_urls")()
    home = Home(*urls)
    yield home
    home.close()


@pytest.fixture
def store(home: Home) -> Store:
    return home.store()


@pytest.fixture
def log(store: Store) -> Log:
    """The log of one academy, with its two opening entries."""
    return store.create("139204")


@pytest.fixture(scope="session")
def house_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trust that is copied for each test that wants one."""
    home = tmp_path_factory.mktemp("house")
    build_template(home)
    return home


Ready = Callable[[HouseMaker], House]


@pytest.fixture(scope="session")
def ready_houses(
    house_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Ready], tuple[Path, dict[str, Any]]]:
    """Trusts that many tests begin with, each made ready once for a run: its folder to copy, and its settings."""
    known: dict[Ready, tuple[Path, dict[str, Any]]] = {}

    def made(ready: Ready) -> tuple[Path, dict[str, Any]]:
        if ready not in known:
            home, settings = tmp_path_factory.mktemp("ready"), dict[str, Any]()

            def first(**more: Any) -> House:
                settings.update(more)
                return House(home, house_template, **more)

            ready(first).close()
            known[ready] = home, settings
        return known[ready]

    return made


@pytest.fixture
def make_house(
    house_template: Path, ready_houses: Callable[[Ready], tuple[Path, dict[str, Any]]], tmp_path: Path
) -> Iterator[HouseMaker]:
    """Makes a trust of the test's own, with settings of the test's own; with `like`, as that function makes one."""
    houses: list[House] = []

    def made(like: Ready | None = None, **more: Any) -> House:
        template, usual = ready_houses(like) if like else (house_template, {})
        houses.append(House(tmp_path / f"trust{len(houses)}", template, **(usual | more)))
        return houses[-1]

    yield made
    for house in houses:
        house.close()


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """A trust of the test's own: two academies with the register on, and someone for every role."""
    return make_house()
