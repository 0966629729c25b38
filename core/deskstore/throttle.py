"""What is counted against guessing. Nobody can lock another person out: guesses count against whoever makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, case, delete, select, update

from core.deskstore.sealing import DeskKey
from core.deskstore.tables import throttle
from events import Database

_FORGOTTEN = 24 * 3600  # seconds; no limit's quiet is longer


class Limit(NamedTuple):
    """So many tries of one thing are free; after them each waits twice as long as the one before."""

    what: str
    free: int
    longest: int
    """The longest wait, in seconds."""
    quiet: int = 24 * 3600
    """After so many seconds without a try, the count begins anew."""


def by_name(email: str, address: str) -> Limit:
    """One name from one address, or from one browser that is known."""
    return Limit(f"pair\0{email.strip().casefold()}\0{address}", 5, 900)


def by_address(address: str) -> Limit:
    """All names from one address; a whole school may stand behind it, so that it is slowed late and little."""
    return Limit(f"address\0{address}", 100, 60, quiet=600)


class Throttle:
    """Tries that failed, each under a name that tells nothing.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def wait(self, *limits: Limit) -> int:
        """Seconds before the next try is heard; 0 when it may be now."""
        with self._database.reading() as connection:
            return max(self._wait(connection, limit) for limit in limits)

    def try_now(self, *limits: Limit) -> bool:
        """Whether the try is heard now. It counts before it is looked at, so that many at once are no faster."""
        now = int(self._clock())
        with self._database.writing() as connection:
            connection.execute(delete(throttle).where(throttle.c.last_at < now - _FORGOTTEN))
            for limit in limits:
                row = {"lookup": self._lookup(limit), "failures": 0, "last_at": now}
                connection.execute(self._database.insert_new(throttle), row)
            if any(self._wait(connection, limit) for limit in limits):
                return False
            for limit in limits:
                anew = throttle.c.last_at < now - limit.quiet
                counted = {"failures": case((anew, 1), else_=throttle.c.failures + 1), "last_at": now}
                connection.execute(update(throttle).where(throttle.c.lookup == self._lookup(limit)).values(counted))
            return True

    def take_back(self, limit: Limit) -> None:
        """Counts one try less: it was right, and others behind the same address may be wrong."""
        mine = (throttle.c.lookup == self._lookup(limit), throttle.c.failures > 0)
        with self._database.writing() as connection:
            connection.execute(update(throttle).where(*mine).values(failures=throttle.c.failures - 1))

    def clear(self, limit: Limit) -> None:
        """Forgets the tries: the last was right."""
        with self._database.writing() as connection:
            connection.execute(delete(throttle).where(throttle.c.lookup == self._lookup(limit)))

    def _wait(self, connection: Connection, limit: Limit) -> int:
        mine = select(throttle).where(throttle.c.lookup == self._lookup(limit))
        row = connection.execute(mine.with_for_update()).one_or_none()
        if row is None or row.failures <= limit.free:
            return 0
        wait = min(2 ** min(row.failures - limit.free, 30), limit.longest)
        return max(0, int(row.last_at + wait - self._clock()))

    def _lookup(self, limit: Limit) -> bytes:
        return self._key.lookup("throttle", limit.what)
