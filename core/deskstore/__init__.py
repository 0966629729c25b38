"""The desk store: sessions, passwords, what is counted against guessing, uploads on their way to a preview, turns."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, insert, select, update

from core.deskstore.tables import credentials, sessions, throttle, turns, uploads
from events import Database
from events.seal import expand

STEPS = Path(__file__).parent / "steps"
UPLOAD_KEPT = 24 * 3600
FREE_TRIES = 5
LONGEST_WAIT = 900


class Session(msgspec.Struct, frozen=True):
    """Someone signed in. `token` is the cookie's; only its hash is stored."""

    token: str
    person: UUID
    idle: bool = False

    @property
    def name(self) -> str:
        """What stands in the log for this session; it gives the token away to nobody."""
        return hashlib.sha256(b"session" + self.token.encode()).hexdigest()[:16]


class DeskStore:
    """The rows that change, sealed with the desk key.

    Args:
        clock: Seconds since 1970 UTC.
        argon2: Passes, KiB of memory, lanes.
    """

    def __init__(
        self, database: Database, key: bytes, clock: Callable[[], float], argon2: tuple[int, int, int]
    ) -> None:
        self._database = database
        self._seal_key = AESGCM(expand(key, "desk-seal"))
        self._lookup_key = expand(key, "desk-lookup")
        self._id_key = expand(key, "desk-ids")
        self._clock = clock
        passes, memory, lanes = argon2
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)
        self._stand_in = self._hasher.hash(secrets.token_urlsafe(16))
        self._hashing = threading.BoundedSemaphore(2)  # each takes 64 MiB

    def new_id(self, *what: object) -> UUID:
        """An id for someone met for the first time: the same for the same things, and without the key it tells nobody
        of whom. So two who meet the same child at once give one id, and the second is told that someone was first.
        """
        raw = bytearray(hmac.digest(self._id_key, "\0".join(map(str, what)).encode(), "sha256")[:16])
        raw[6] = raw[6] & 0x0F | 0x40
        raw[8] = raw[8] & 0x3F | 0x80
        return UUID(bytes=bytes(raw))

    def seal_words(self, words: str) -> str:
        """Words that must not be read in an address, as a text that may stand in one."""
        nonce = os.urandom(12)
        sealed = nonce + self._seal_key.encrypt(nonce, words.encode(), b"words")
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open_words(self, text: str) -> str:
        """The words sealed in an address; "" for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            return self._seal_key.decrypt(raw[:12], raw[12:], b"words").decode()
        except (ValueError, InvalidTag):
            return ""

    # Passwords

    def set_password(self, email: str, person: UUID, password: str) -> None:
        """Sets who signs in by this name, and how; an earlier password no longer opens."""
        with self._hashing:
            hashed = self._hasher.hash(password)
        lookup = self._lookup("name", email.strip().casefold())
        with self._database.writing() as connection:
            connection.execute(delete(credentials).where(credentials.c.name_lookup == lookup))
            connection.execute(
                insert(credentials), {"name_lookup": lookup, "person": person.bytes, "password_hash": hashed}
            )

    def wait_for(self, email: str, address: str) -> int:
        """Seconds before the next try is heard; 0 when it may be now."""
        with self._database.reading() as connection:
            return self._wait(connection, self._pair(email, address))

    def check_password(self, email: str, password: str, address: str) -> UUID | None:
        """The person, when name and password are theirs and the try was heard.

        Every try counts before it is looked at, so that many at once are no faster; a right one clears the count.
        Takes as long for a name nobody has.
        """
        pair, lookup = self._pair(email, address), self._lookup("name", email.strip().casefold())
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(throttle), {"lookup": pair, "failures": 0, "last_at": 0})
            if self._wait(connection, pair):
                return None
            counted = {"failures": throttle.c.failures + 1, "last_at": int(self._clock())}
            connection.execute(update(throttle).where(throttle.c.lookup == pair).values(counted))
            row = connection.execute(select(credentials).where(credentials.c.name_lookup == lookup)).one_or_none()
        try:
            with self._hashing:
                self._hasher.verify(row.password_hash if row else self._stand_in, password)
        except VerifyMismatchError:
            return None
        with self._database.writing() as connection:
            connection.execute(delete(throttle).where(throttle.c.lookup == pair))
        return UUID(bytes=row.person) if row else None

    def _wait(self, connection: Connection, pair: bytes) -> int:
        row = connection.execute(select(throttle).where(throttle.c.lookup == pair).with_for_update()).one_or_none()
        if row is None or row.failures <= FREE_TRIES:
            return 0
        wait = min(2 ** (row.failures - FREE_TRIES), LONGEST_WAIT)
        return max(0, int(row.last_at + wait - self._clock()))

    def _pair(self, email: str, address: str) -> bytes:
        """What guesses are counted against: this name from this address, so that nobody can lock another person out."""
        return self._lookup("pair", f"{email.strip().casefold()}\0{address}")

    # Sessions

    def begin(self, person: UUID) -> Session:
        """A new session with a token nobody chose."""
        token, now = secrets.token_urlsafe(32), int(self._clock())
        with self._database.writing() as connection:
            connection.execute(
                insert(sessions),
                {"token_hash": _hash(token), "person": person.bytes, "began_at": now, "seen_at": now},
            )
        return Session(token, person)

    def session(self, token: str, idle_seconds: int, longest_seconds: int) -> Session | None:
        """The session of a cookie; `idle` when it was left too long, and then it has ended. None when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.token_hash == _hash(token))).one_or_none()
        if row is None:
            return None
        now = int(self._clock())
        if now - row.seen_at > idle_seconds or now - row.began_at > longest_seconds:
            self.end(token)
            return Session(token, UUID(bytes=row.person), idle=True)
        if now - row.seen_at >= 60:  # once a minute is enough
            with self._database.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(seen_at=now))
        return Session(token, UUID(bytes=row.person))

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def end_all(self, person: UUID) -> None:
        """Cuts every session of a person: a leaver, a new password."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.person == person.bytes))

    # Uploads

    def keep_upload(self, upload_id: UUID, person: UUID, content: bytes) -> None:
        """Seals an upload until it is confirmed or a day has gone by; the same id again replaces it."""
        nonce = os.urandom(12)
        sealed = nonce + self._seal_key.encrypt(nonce, content, upload_id.bytes + person.bytes)
        now = int(self._clock())
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.kept_at < now - UPLOAD_KEPT))
            connection.execute(delete(uploads).where(uploads.c.upload_id == upload_id.bytes))
            connection.execute(
                insert(uploads),
                {"upload_id": upload_id.bytes, "person": person.bytes, "kept_at": now, "sealed": sealed},
            )

    def upload(self, upload_id: UUID, person: UUID) -> bytes | None:
        """An upload of this person's; None when there is none, or no more."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(uploads).where(uploads.c.upload_id == upload_id.bytes, uploads.c.person == person.bytes)
            ).one_or_none()
        if row is None or row.kept_at < self._clock() - UPLOAD_KEPT:
            return None
        return self._seal_key.decrypt(row.sealed[:12], row.sealed[12:], upload_id.bytes + person.bytes)

    def drop_upload(self, upload_id: UUID) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.upload_id == upload_id.bytes))

    def drop_uploads_of(self, people: Iterable[UUID]) -> None:
        """Takes every upload of these people away, and what is left of it in the database's files."""
        with self._database.writing() as connection:
            of = uploads.c.person.in_([person.bytes for person in people])
            dropped = connection.execute(delete(uploads).where(of)).rowcount
        if dropped:
            self._database.scrub(uploads)

    # Turns

    def take_turn(self, what: str, seconds: int) -> bool:
        """Whether this process may do now what one server does for all: nobody took that turn so many seconds ago."""
        now = int(self._clock())
        free = (turns.c.what == what, turns.c.taken_at <= now - seconds)
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(turns), {"what": what, "taken_at": 0})
            return connection.execute(update(turns).where(*free).values(taken_at=now)).rowcount > 0

    def _lookup(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._lookup_key, f"{purpose}\0{text}".encode(), "sha256")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
