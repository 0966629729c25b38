"""The primary is killed under load, and its synchronous standby takes its place; a new standby follows that one."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from random import randint

from sqlalchemy import make_url

from tests.faults.callers import Callers
from tests.faults.conftest import DURABLE, Count, Times
from tests.faults.serving import Server
from tests.faults.trust import ApiDoor, Trust
from tests.postgres import Postgres


def test_a_synchronous_standby_is_promoted(tmp_path: Path, times: Times, count: Count) -> None:
    rounds = times(2, 20)
    with ExitStack() as stack:

        def begun(server: Postgres) -> Postgres:
            stack.callback(server.close)
            return server

        primary = begun(Postgres(DURABLE))
        databases = primary.database(), primary.database()
        standby = begun(Postgres(follows=primary))
        trust = Trust(tmp_path / "trust", *(either(url, standby.port) for url in databases))
        with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
            for _ in range(rounds):
                callers.send(randint(1, 150))  # noqa: S311 - a moment, not a secret
                with callers.away():
                    primary.kill()
                    standby.promote()
                primary.close()
                primary, standby = standby, begun(Postgres(follows=standby, port=primary.port))
        count("a synchronous standby is promoted (primary: kill -9)", rounds, callers)


def either(url: str, other: int) -> str:
    """The address of a database on whichever of two servers can be written to."""
    one = make_url(url)
    hosts = [f"{one.host}:{one.port}", f"{one.host}:{other}"]
    query = {"host": hosts, "target_session_attrs": "read-write"}
    return one.set(host=None, port=None, query=query).render_as_string(hide_password=False)
