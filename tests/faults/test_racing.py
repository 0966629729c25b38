"""Several servers at once on one academy: each entry has one place, and each caller the truth."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from core.building import Building
from tests.faults.callers import Callers
from tests.faults.conftest import Count, Times
from tests.faults.serving import Server
from tests.faults.tally import standing
from tests.faults.trust import ApiDoor, DeskDoor, Trust
from tests.postgres import Postgres


@pytest.mark.parametrize("servers", [2, 4])
def test_servers_race_on_postgresql(
    postgres: Postgres, tmp_path: Path, servers: int, times: Times, count: Count
) -> None:
    trust = Trust(tmp_path / "trust", postgres.database(), postgres.database())
    with ExitStack() as stack:
        ports = [stack.enter_context(Server(trust)).port for _ in range(servers)]
        with Callers(trust, [ApiDoor(trust, port) for port in ports]) as callers:
            callers.send(times(400, 8000))
    count(f"{servers} servers race on one academy", overtakings(callers), callers)


def test_a_server_and_a_command_race_on_sqlite(tmp_path: Path, times: Times, count: Count) -> None:
    trust = Trust(tmp_path / "trust")
    with Server(trust) as server:
        beside = Building(trust.settings, serving=False)  # as the command line opens it
        with Callers(trust, [ApiDoor(trust, server.port), DeskDoor(trust, beside)]) as callers:
            callers.send(times(400, 8000))
    count("a server and a command race on one academy", overtakings(callers), callers)


def overtakings(callers: Callers) -> int:
    """How often an entry of one process follows that of another: without one, nobody raced."""
    doors = [callers.acknowledged.get(sent) for sent in standing(callers.trust)]
    found = sum(one is not other for one, other in pairwise(doors))
    assert found
    return found
