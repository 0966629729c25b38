"""Who is signed in: from which browser, how well they proved who they are, and when they last did."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from core.deskstore.sealing import DeskKey, token_hash
from core.deskstore.tables import sessions
from events import Database

Strength = Literal["password", "waiting", "second"]
"""By the password alone; by the password, and the second factor is still to come; by both."""

_LONGEST_BROWSER = 300


class Session(msgspec.Struct, frozen=True):
    """Someone signed in. `token` is the cookie's; only its hash is stored."""

    token: str
    person: UUID
    strength: Strength = "password"
    proved_at: int = 0
    """When they last proved who they are, in seconds since 1970 UTC."""
    locked: bool = False
    idle: bool = False
    visits: bool = False
    """Of someone from outside, who came by link and code: they have no account of their own to look after."""

    @property
    def name(self) -> str:
        """What stands in the log for this session; it gives the token away to nobody."""
        return hashlib.sha256(b"session" + self.token.encode()).hexdigest()[:16]


class Kept(msgspec.Struct, frozen=True):
    """A session as its person sees it in a list."""

    name: str
    browser: str
    began_at: int
    seen_at: int


class Sessions:
    """The sessions of everyone.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def begin(self, person: UUID, strength: Strength = "password", browser: str = "", ends_at: int = 0) -> Session:
        """A new session with a token nobody chose. It ends at `ends_at` at the latest, if that is not 0."""
        now = int(self._clock())
        session = Session(secrets.token_urlsafe(32), person, strength, now)
        row = {
            "token_hash": token_hash(session.token),
            "name": session.name,
            "person": person.bytes,
            "strength": strength,
            "began_at": now,
            "seen_at": now,
            "proved_at": now,
            "locked": 0,
            "browser": self._key.seal(browser[:_LONGEST_BROWSER].encode(), person.bytes),
            "ends_at": ends_at,
        }
        with self._database.writing() as connection:
            connection.execute(insert(sessions), row)
        return session

    def find(self, token: str, idle_seconds: int, longest_seconds: int) -> Session | None:
        """The session of a cookie; `idle` when it was left too long, and then it has ended. None when there is none."""
        mine = sessions.c.token_hash == token_hash(token)
        with self._database.reading() as connection:
            row = connection.execute(select(sessions).where(mine)).one_or_none()
        if row is None:
            return None
        now = int(self._clock())
        if row.ends_at and now >= row.ends_at:
            self.end(token)
            return None
        if now - row.seen_at > idle_seconds or now - row.began_at > longest_seconds:
            self.end(token)
            return Session(token, UUID(bytes=row.person), idle=True)
        if now - row.seen_at >= 60:  # once a minute is enough
            self._set(token, seen_at=now)
        return Session(
            token, UUID(bytes=row.person), row.strength, row.proved_at, bool(row.locked), visits=bool(row.ends_at)
        )

    def prove(self, token: str) -> None:
        """The person has just proved who they are: what was locked is open."""
        now = int(self._clock())
        self._set(token, proved_at=now, seen_at=now, locked=0)

    def lock(self, token: str) -> None:
        """Shows nothing more until the person proves who they are."""
        self._set(token, locked=1)

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash(token)))

    def end_named(self, person: UUID, name: str) -> None:
        """Ends a session of this person by its name."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == person.bytes, sessions.c.name == name))

    def end_all(self, person: UUID, but: str = "") -> None:
        """Cuts every session of a person, but the one of this token: a leaver, a new password."""
        with self._database.writing() as connection:
            others = (sessions.c.person == person.bytes, sessions.c.token_hash != token_hash(but))
            connection.execute(delete(sessions).where(*others))

    def of(self, person: UUID, idle_seconds: int) -> list[Kept]:
        """A person's sessions that have not been left too long, the one seen last first."""
        since = int(self._clock()) - idle_seconds
        wanted = select(sessions).where(sessions.c.person == person.bytes, sessions.c.seen_at >= since)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(sessions.c.seen_at.desc(), sessions.c.name)).all()
        return [Kept(row.name, self._browser(row), row.began_at, row.seen_at) for row in rows]

    def _browser(self, row: Row[Any]) -> str:
        return self._key.open(row.browser, row.person).decode("utf-8", "replace")

    def _set(self, token: str, **values: int) -> None:
        with self._database.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.token_hash == token_hash(token)).values(values))
