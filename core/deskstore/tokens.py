"""Tokens with which a person's programs act as that person, until they run out or are ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, insert, select, update

from core.deskstore.sealing import DeskKey, token_hash
from core.deskstore.sessions import Session
from core.deskstore.tables import tokens
from events import Database

_BEGINS = "tally_"
"""So that whoever finds one in a file knows what it is."""
_REMEMBERED = 92 * 86400  # seconds for which a token that ended is known for one


class Token(msgspec.Struct, frozen=True):
    """A token as its person sees it in a list; the token itself is shown once, when it is made."""

    name: str
    """As what is done with it stands in the log."""
    called: str
    writes: bool
    made_at: int
    ends_at: int
    used_at: int
    """When it was last used, to the minute; 0 for never."""
    reach: tuple[str, ...]
    """Rooms and plugins whose records it opens; () for all that its person does."""


class Found(NamedTuple):
    """A token that is good: as a session that needs no more proof, and how far it goes."""

    session: Session
    writes: bool
    reach: frozenset[str]


class Tokens:
    """The tokens of everyone.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def make(self, person: UUID, called: str, *, writes: bool, seconds: int, reach: Iterable[str] = ()) -> str:
        """A new token, good for so many seconds."""
        token, now = _BEGINS + secrets.token_urlsafe(32), int(self._clock())
        row = {
            "token_hash": token_hash(token),
            "name": Session(token, person).name,
            "person": person.bytes,
            "called": self._key.seal(called.encode(), person.bytes),
            "writes": int(writes),
            "made_at": now,
            "ends_at": now + seconds,
            "used_at": 0,
            "reach": " ".join(sorted(reach)),
        }
        with self._database.writing() as connection:
            connection.execute(delete(tokens).where(tokens.c.ends_at < now - _REMEMBERED))
            connection.execute(insert(tokens), row)
        return token

    def was_of(self, token: str) -> UUID | None:
        """Whose a token was that is no good any more; None for one that never was, or is long forgotten."""
        with self._database.reading() as connection:
            found = connection.execute(select(tokens.c.person).where(tokens.c.token_hash == token_hash(token)))
            row = found.one_or_none()
        return UUID(bytes=row.person) if row else None

    def find(self, token: str) -> Found | None:
        """Whose it is, and how far it goes; None when it is no good."""
        mine, now = tokens.c.token_hash == token_hash(token), int(self._clock())
        with self._database.reading() as connection:
            row = connection.execute(select(tokens).where(mine)).one_or_none()
        if row is None or row.ends_at <= now:
            return None
        if now - row.used_at >= 60:
            with self._database.writing() as connection:
                connection.execute(update(tokens).where(mine).values(used_at=now))
        session = Session(token, UUID(bytes=row.person), "second", now)
        return Found(session, bool(row.writes), frozenset(row.reach.split()))

    def of(self, person: UUID) -> list[Token]:
        """A person's tokens that are good, the newest first."""
        good = (tokens.c.person == person.bytes, tokens.c.ends_at > int(self._clock()))
        with self._database.reading() as connection:
            newest = select(tokens).where(*good).order_by(tokens.c.made_at.desc(), tokens.c.name)
            rows = connection.execute(newest).all()
        return [
            Token(
                row.name,
                self._key.open(row.called, row.person).decode(),
                bool(row.writes),
                row.made_at,
                row.ends_at,
                row.used_at,
                tuple(row.reach.split()),
            )
            for row in rows
        ]

    def end(self, person: UUID, name: str) -> bool:
        """Whether a token of this person's by this name was there to end."""
        return self._end(person, tokens.c.name == name)

    def end_all(self, person: UUID) -> None:
        self._end(person)

    def _end(self, person: UUID, *where: ColumnElement[bool]) -> bool:
        """It is kept for a while as one that ended: whoever tries it then is told of."""
        now = int(self._clock())
        good = (tokens.c.person == person.bytes, tokens.c.ends_at > now, *where)
        with self._database.writing() as connection:
            return connection.execute(update(tokens).where(*good).values(ends_at=now)).rowcount > 0
