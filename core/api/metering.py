"""How many calls a program may make in a minute, told in the headers of each answer. Each server counts for itself."""

from __future__ import annotations

import threading
from collections import Counter
from typing import NamedTuple

from litestar.handlers import BaseRouteHandler

from core.errors import TooMany
from core.web.guards import Connection

_MINUTE = 60


class Left(NamedTuple):
    """What is left of this minute."""

    most: int
    calls: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft on RateLimit header fields has them (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"calls";q={self.most};w={_MINUTE}',
            "RateLimit": f'"calls";r={self.calls};t={self.seconds}',
        }


class Meter:
    """Counts calls by session or token, minute by minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._minute = 0
        self._calls: Counter[str] = Counter()

    def take(self, who: str, now: int) -> Left:
        """Counts one call, at a second since 1970 UTC; raises TooMany when none was left."""
        minute, second = divmod(now, _MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._calls = minute, Counter()
            self._calls[who] += 1
            left = Left(self._most, max(0, self._most - self._calls[who]), _MINUTE - second)
            if self._calls[who] > self._most:
                raise TooMany(left.seconds, left.headers)
        return left


def metered(connection: Connection, _: BaseRouteHandler) -> None:
    """Counts the call against whoever makes it; ahead of every permission."""
    now = int(connection.app.state.building.clock() / 1e6)
    connection.state.left = connection.app.state.meter.take(connection.state.session.name, now)
