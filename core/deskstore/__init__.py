"""The desk store: passwords, uploads on their way to a preview, turns.

Sessions, second factors, links, accounts elsewhere and what is counted against guessing stand beside, a module each.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, insert, select, update

from core.deskstore.factors import Factors
from core.deskstore.handovers import Handovers
from core.deskstore.identities import Identities
from core.deskstore.links import Links
from core.deskstore.passkeys import Passkeys
from core.deskstore.sealing import DeskKey
from core.deskstore.sessions import Sessions
from core.deskstore.tables import credentials, turns, uploads
from core.deskstore.throttle import Limit, Throttle, by_address, by_name
from core.deskstore.tokens import Tokens
from core.deskstore.visits import Visits
from events import Database
from events.seal import expand

STEPS = Path(__file__).parent / "steps"
UPLOAD_KEPT = 24 * 3600


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
        self._key = DeskKey(key)
        self.sessions = Sessions(database, self._key, clock)
        self.factors = Factors(database, self._key, clock)
        self.passkeys = Passkeys(database, self._key, clock)
        self.links = Links(database, clock)
        self.handovers = Handovers(database, clock)
        self.visits = Visits(database, self._key, clock)
        self.identities = Identities(database, self._key)
        self.tokens = Tokens(database, self._key, clock)
        self.throttle = Throttle(database, self._key, clock)
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

    def seal_words(self, what: str, words: str) -> str:
        """Words that must not be read in an address, as a text that may stand in one; `what` says what they are for,
        and nobody can hand them back as something else."""
        sealed = self._key.seal(words.encode(), f"words\0{what}".encode())
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open_words(self, what: str, text: str) -> str:
        """The words sealed for this; "" for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            return self._key.open(raw, f"words\0{what}".encode()).decode()
        except (ValueError, InvalidTag):
            return ""

    # Passwords

    def set_password(self, email: str, person: UUID, password: str) -> None:
        """Sets who signs in by this name, and how; an earlier password no longer opens."""
        with self._hashing:
            hashed = self._hasher.hash(password)
        lookup = self._key.lookup("name", email.strip().casefold())
        with self._database.writing() as connection:
            connection.execute(delete(credentials).where(credentials.c.name_lookup == lookup))
            connection.execute(
                insert(credentials), {"name_lookup": lookup, "person": person.bytes, "password_hash": hashed}
            )

    def forget_password(self, person: UUID) -> None:
        """They sign in by a password no more."""
        with self._database.writing() as connection:
            connection.execute(delete(credentials).where(credentials.c.person == person.bytes))

    def wait_for(self, email: str, address: str, known: str = "") -> int:
        """Seconds before the next try is heard; 0 when it may be now. See `check_password`."""
        return self.throttle.wait(*_limits(email, address, known))

    def check_password(self, email: str, password: str, address: str, known: str = "") -> UUID | None:
        """The person, when name and password are theirs and the try was heard; a right one clears the count.

        Takes as long for a name nobody has.

        Args:
            known: A browser or session in which they signed in before; its tries count apart, so that nobody else
                behind the same address can make them wait.
        """
        name, *others = _limits(email, address, known)
        lookup = self._key.lookup("name", email.strip().casefold())
        if not self.throttle.try_now(name, *others):
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(credentials).where(credentials.c.name_lookup == lookup)).one_or_none()
        try:
            with self._hashing:
                self._hasher.verify(row.password_hash if row else self._stand_in, password)
        except VerifyMismatchError:
            return None
        if row is None:
            return None
        self.throttle.clear(name)
        for limit in others:
            self.throttle.take_back(limit)
        return UUID(bytes=row.person)

    def has_second_factor(self, person: UUID) -> bool:
        """Whether a password alone does not let them in: they have an app or a passkey."""
        return self.factors.has(person) or bool(self.passkeys.of(person))

    def forget_factors(self, person: UUID) -> None:
        """Takes away app, passkeys and recovery codes: they were lost, or the person has left."""
        self.factors.forget(person)
        self.passkeys.forget(person)

    def let_go(self, person: UUID) -> None:
        """Nothing of a leaver's opens any more: no session, link, token, second factor or account elsewhere."""
        self.sessions.end_all(person)
        self.links.end_all(person)
        self.forget_factors(person)
        self.identities.forget(person)
        self.tokens.end_all(person)
        self.visits.end_all(person)

    # Uploads

    def keep_upload(self, upload_id: UUID, person: UUID, content: bytes) -> None:
        """Seals an upload until it is confirmed or a day has gone by; the same id again replaces it."""
        sealed = self._key.seal(content, upload_id.bytes + person.bytes)
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
        return self._key.open(row.sealed, upload_id.bytes + person.bytes)

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

    def first_time(self, kind: str, what: str, seconds: int) -> bool:
        """Whether this was not asked before; it is remembered for so many seconds, and forgotten after."""
        now, name = int(self._clock()), f"{kind} {what}"
        old = turns.c.what.startswith(f"{kind} ", autoescape=True) & (turns.c.taken_at <= now - seconds)
        with self._database.writing() as connection:
            connection.execute(delete(turns).where(old))
            told = connection.execute(self._database.insert_new(turns), {"what": name, "taken_at": now})
            return told.rowcount > 0

    def take_turn(self, what: str, seconds: int) -> bool:
        """Whether this process may do now what one server does for all: nobody took that turn so many seconds ago."""
        now = int(self._clock())
        free = (turns.c.what == what, turns.c.taken_at <= now - seconds)
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(turns), {"what": what, "taken_at": 0})
            return connection.execute(update(turns).where(*free).values(taken_at=now)).rowcount > 0


def _limits(email: str, address: str, known: str) -> tuple[Limit, ...]:
    """What a try counts against, its name first."""
    return (by_name(email, known),) if known else (by_name(email, address), by_address(address))
