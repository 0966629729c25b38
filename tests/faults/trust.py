"""A trust with one academy, what its callers send to be recorded there, and the two ways in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

import msgspec
from sqlalchemy.exc import DBAPIError

from core.building import Building
from core.desk import Desk
from core.errors import Refused, Stale
from core.ids import uuid7
from core.roll.views import pupil
from core.settings import Settings
from events.store import now_us
from plugins.register.commands import IssuePlan
from tests.bench.made_up import add_academy, open_trust

PUPILS, CALLERS = 40, 32
DAY = 24 * 3600 * 1_000_000  # microseconds
_FIRST = date(2015, 1, 1)  # when all of them were born


class Sent(NamedTuple):
    """A command to record a pupil's plan. No two are of the same pupil and day."""

    command_id: UUID
    pupil: UUID
    made_on: date


class Trust:
    """On databases of its own: SQLite in its home, unless others are named. Founded a week ago."""

    def __init__(self, home: Path, database: str = "", keys: str = "") -> None:
        self.database = "PostgreSQL" if database else "SQLite"
        building = open_trust(home, database, keys, clock=lambda: now_us() - 7 * DAY)
        self.settings: Settings = msgspec.structs.replace(building.settings, plugins=("register",))
        self.urn = add_academy(building, 0, pupils=PUPILS)
        building.close()
        building = Building(self.settings)
        (person,) = building.people()
        self.sessions = [building.desk_store.sessions.begin(person).token for _ in range(CALLERS)]
        self.pupils = list(desk_in(building, self.urn).see_all(pupil))
        self.began = building.store.log(self.urn).size  # what callers record stands from here on
        self._numbers = count()
        building.close()

    def commands(self) -> Iterator[Sent]:
        """What to send, without end; each is given out once."""
        for number in self._numbers:
            later, whose = divmod(number, PUPILS)
            yield Sent(uuid7(0), self.pupils[whose], _FIRST + timedelta(days=later))


def desk_in(building: Building, urn: str) -> Desk:
    """The operator's desk at an academy."""
    ((person_id, person),) = building.people().items()
    there = building.academy(urn)
    assert there
    return Desk(building, person_id, person, there[0], "faults")


class Door(Protocol):
    """A way into the trust."""

    def __call__(self, caller: int, sent: Sent, /) -> bool | None:
        """True: it is acknowledged. False: it is refused, so it must not stand. None: nobody says what became of it."""

    def close(self) -> None: ...


class ApiDoor:
    """By HTTP, at a server; each caller over a connection of its own, under a session of its own."""

    def __init__(self, trust: Trust, port: int) -> None:
        self._port = port
        self._path = f"/api/v1/{trust.urn}/register/commands/issue-plan"
        self._cookies = [f"tallystick={token}" for token in trust.sessions]
        self._connections = [HTTPConnection("127.0.0.1", port, timeout=120) for _ in trust.sessions]

    def __call__(self, caller: int, sent: Sent) -> bool | None:
        body = json.dumps({"subject": str(sent.pupil), "made_on": str(sent.made_on)})
        headers = {"Content-Type": "application/json", "Cookie": self._cookies[caller]}
        connection = self._connections[caller]
        try:
            connection.request("POST", self._path, body, headers | {"Idempotency-Key": str(sent.command_id)})
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            connection.close()
            return None
        if answer.status >= 500:
            return None
        if answer.status in (409, 422):
            return False
        assert (answer.status, json.loads(said)) == (200, {"entries": [str(sent.command_id)]}), said
        return True

    def close(self) -> None:
        for connection in self._connections:
            connection.close()


class DeskDoor:
    """In this process, at the desk in a building."""

    def __init__(self, trust: Trust, building: Building) -> None:
        self._urn = trust.urn
        self._building = building

    def __call__(self, _: int, sent: Sent) -> bool | None:
        try:
            desk_in(self._building, self._urn).do(IssuePlan(sent.made_on), sent.pupil, command_id=sent.command_id)
        except (Stale, Refused):
            return False
        except DBAPIError:
            return None
        return True

    def close(self) -> None:
        self._building.close()
