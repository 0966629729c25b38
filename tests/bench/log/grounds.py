"""Fresh databases to measure on: SQLite files and a PostgreSQL of our own, both durable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import NullPool, create_engine, make_url, text

from tests.postgres import Postgres, running_postgres


class Sqlite:
    """SQLite files in a folder."""

    name = "SQLite"
    asked: Sequence[str] = ("PRAGMA journal_mode", "PRAGMA synchronous")  # of every connection: is it durable?

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def fresh(self) -> str:
        """SQLAlchemy's address of a new, empty database."""
        return f"sqlite:///{self._folder / str(next(self._numbers))}.sqlite"

    def drop(self, *urls: str) -> None:
        for url in urls:
            path = Path(str(make_url(url).database))
            for one in path.parent.glob(f"{path.name}*"):
                one.unlink()


class Postgresql:
    """Databases of a server that is told to be durable, as one that is kept must be."""

    name = "PostgreSQL"
    asked: Sequence[str] = ("SHOW fsync", "SHOW synchronous_commit", "SHOW full_page_writes")

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._engine = create_engine(server.database(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with self._engine.connect() as connection:
            for asked in self.asked:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {asked.removeprefix('SHOW ')} = on")
            connection.exec_driver_sql("SELECT pg_reload_conf(), pg_sleep(0.5)")

    def fresh(self) -> str:
        return self._server.database()

    def drop(self, *urls: str) -> None:
        with self._engine.connect() as connection:
            for url in urls:
                connection.execute(text(f"DROP DATABASE {make_url(url).database} WITH (FORCE)"))


Ground = Sqlite | Postgresql


@contextmanager
def sqlite() -> Iterator[Ground]:
    with TemporaryDirectory(prefix="tallystick-bench-") as folder:
        yield Sqlite(Path(folder))


@contextmanager
def postgresql() -> Iterator[Ground]:
    with running_postgres() as server:
        yield Postgresql(server)
