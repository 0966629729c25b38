"""The way in of someone from outside: a link they were sent and a code they were told, until their time is over."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, insert, select

from core.deskstore.sealing import DeskKey, as_spoken, spoken_code, token_hash
from core.deskstore.tables import visits
from events import Database


class Visits:
    """The visits that are open. A person has one at a time: the newest.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def open(self, person: UUID, ends_at: int) -> tuple[str, str]:
        """The token of a link and the code that goes with it, both good until `ends_at`, exclusive."""
        token = secrets.token_urlsafe(32)
        code = spoken_code()
        row = {
            "token_hash": token_hash(token),
            "person": person.bytes,
            "code": self._lookup(token, code),
            "ends_at": ends_at,
        }
        with self._database.writing() as connection:
            connection.execute(delete(visits).where(visits.c.person == person.bytes))
            connection.execute(insert(visits), row)
        return token, code

    def find(self, token: str) -> tuple[UUID, int] | None:
        """Whose link it is, and until when; None when it is none or its time is over."""
        with self._database.reading() as connection:
            row = connection.execute(select(visits).where(visits.c.token_hash == token_hash(token))).one_or_none()
        return (UUID(bytes=row.person), row.ends_at) if row and row.ends_at > self._clock() else None

    def fits(self, token: str, code: str) -> bool:
        """Whether this is the code that goes with the link."""
        with self._database.reading() as connection:
            wanted = select(visits.c.code).where(visits.c.token_hash == token_hash(token))
            right = connection.execute(wanted).scalar_one_or_none()
        return right is not None and secrets.compare_digest(right, self._lookup(token, code))

    def end_all(self, person: UUID) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(visits).where(visits.c.person == person.bytes))

    def _lookup(self, token: str, code: str) -> bytes:
        return self._key.lookup("visit", f"{token}\0{as_spoken(code)}")
