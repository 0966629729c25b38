"""Links with which a person sets a password, once and before they run out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, insert, select

from core.deskstore.sealing import token_hash
from core.deskstore.tables import links
from events import Database


class Links:
    """The links that are out. A person has one at a time: the newest.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def make(self, person: UUID, seconds: int) -> str:
        """The token of a new link, good for so many seconds."""
        token = secrets.token_urlsafe(32)
        row = {"token_hash": token_hash(token), "person": person.bytes, "ends_at": int(self._clock()) + seconds}
        with self._database.writing() as connection:
            connection.execute(delete(links).where(links.c.person == person.bytes))
            connection.execute(insert(links), row)
        return token

    def whose(self, token: str) -> UUID | None:
        """Whose link it is; None when it is none, was used or has run out."""
        with self._database.reading() as connection:
            row = connection.execute(select(links).where(links.c.token_hash == token_hash(token))).one_or_none()
        return UUID(bytes=row.person) if row and row.ends_at > self._clock() else None

    def use(self, token: str) -> bool:
        """Whether the link was still good; of two who use it at once, one is told so."""
        good = (links.c.token_hash == token_hash(token), links.c.ends_at > int(self._clock()))
        with self._database.writing() as connection:
            return connection.execute(delete(links).where(*good)).rowcount > 0

    def end_all(self, person: UUID) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(links).where(links.c.person == person.bytes))
