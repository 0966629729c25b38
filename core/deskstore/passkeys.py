"""Passkeys: of each, the public half that tells what the private one has signed, and how often it was used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update

from core.deskstore.sealing import DeskKey
from core.deskstore.tables import passkeys
from events import Database

MOST = 10
"""Of one person, inclusive."""


class Passkey(msgspec.Struct, frozen=True):
    """One passkey of somebody's."""

    name: str
    """By which a page calls it: hex of the SHA-256 of its credential id."""
    credential: bytes
    """What WebAuthn calls attested credential data: its id and its public key."""
    called: str
    """What its owner calls it."""
    added_at: int
    used_at: int
    """Seconds since 1970 UTC; 0 for never."""


class Passkeys:
    """Everyone's passkeys.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def add(self, person: UUID, credential_id: bytes, credential: bytes, called: str, counter: int) -> bool:
        """Keeps a passkey; False where it is known already, or where the person has as many as anybody may."""
        row = {
            "id_hash": hashlib.sha256(credential_id).digest(),
            "person": person.bytes,
            "credential": self._key.seal(credential, person.bytes),
            "called": self._key.seal(called.encode(), person.bytes),
            "counter": counter,
            "added_at": int(self._clock()),
            "used_at": 0,
        }
        with self._database.writing() as connection:
            mine = connection.execute(select(passkeys.c.id_hash).where(passkeys.c.person == person.bytes)).all()
            taken = connection.execute(select(passkeys.c.person).where(passkeys.c.id_hash == row["id_hash"])).first()
            if taken or len(mine) >= MOST:
                return False
            connection.execute(insert(passkeys), row)
        return True

    def of(self, person: UUID) -> list[Passkey]:
        """Those of a person, the oldest first."""
        with self._database.reading() as connection:
            wanted = select(passkeys).where(passkeys.c.person == person.bytes).order_by(passkeys.c.added_at)
            rows = connection.execute(wanted).all()
        return [
            Passkey(
                row.id_hash.hex(),
                self._key.open(row.credential, person.bytes),
                self._key.open(row.called, person.bytes).decode(),
                row.added_at,
                row.used_at,
            )
            for row in rows
        ]

    def use(self, person: UUID, credential_id: bytes, counter: int) -> bool:
        """Notes that it signed once more; False where its counter did not grow, as that of a copy would not.

        Args:
            counter: As the passkey told it; those that are kept in step on several devices always tell 0.
        """
        mine = (passkeys.c.id_hash == hashlib.sha256(credential_id).digest()) & (passkeys.c.person == person.bytes)
        with self._database.writing() as connection:
            row = connection.execute(select(passkeys.c.counter).where(mine).with_for_update()).one_or_none()
            if row is None or (counter <= row.counter and (counter, row.counter) != (0, 0)):
                return False
            connection.execute(update(passkeys).where(mine).values(counter=counter, used_at=int(self._clock())))
        return True

    def remove(self, person: UUID, name: str) -> bool:
        """Takes one of theirs away; whether there was one by this name."""
        try:
            id_hash = bytes.fromhex(name)
        except ValueError:
            return False
        with self._database.writing() as connection:
            mine = (passkeys.c.id_hash == id_hash) & (passkeys.c.person == person.bytes)
            return connection.execute(delete(passkeys).where(mine)).rowcount > 0

    def forget(self, person: UUID) -> None:
        """Takes away all of theirs: they were lost, or the person has left."""
        with self._database.writing() as connection:
            connection.execute(delete(passkeys).where(passkeys.c.person == person.bytes))
