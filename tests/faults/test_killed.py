"""kill -9, of the server and of its database, while thirty-two record."""

from __future__ import annotations

from pathlib import Path
from random import randint

from tests.faults.callers import Callers
from tests.faults.conftest import Count, Times
from tests.faults.serving import Server
from tests.faults.trust import ApiDoor, Trust
from tests.postgres import Postgres


def test_the_server_is_killed(trust: Trust, times: Times, count: Count) -> None:
    rounds = times(5, 100)
    with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(randint(1, 150))  # noqa: S311 - a moment, not a secret
            with callers.away():
                server.kill()
                server.start()
    count("the server is killed (kill -9)", rounds, callers)


def test_the_database_is_killed(durable: Postgres, tmp_path: Path, times: Times, count: Count) -> None:
    rounds, trust = times(3, 30), Trust(tmp_path / "trust", durable.database(), durable.database())
    with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
        for _ in range(rounds):
            callers.send(randint(1, 150))  # noqa: S311 - a moment, not a secret
            with callers.away():
                durable.kill()
                durable.start()
    count("PostgreSQL itself is killed (kill -9)", rounds, callers)
