"""Files handed over by link: each sealed so that only the link and the code that goes with it open it."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select

from core.deskstore.sealing import as_spoken, spoken_code, token_hash
from core.deskstore.tables import handovers
from events import Database
from events.seal import expand

LARGEST = 50_000_000
"""Bytes of one file, inclusive."""


class HandedOver(msgspec.Struct, frozen=True):
    """A file as it was handed over."""

    name: str
    sha256: str
    content: bytes


class Handovers:
    """What waits to be fetched. The database and every key of the house together open none of it.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def keep(self, file: HandedOver, place: UUID, ends_at: int) -> tuple[str, str]:
        """The token of a link and the code that goes with it, both good until `ends_at`, exclusive.

        Args:
            place: The academy or the trust it leaves.
        """
        token, code, nonce = secrets.token_urlsafe(32), spoken_code(), os.urandom(12)
        sealed = nonce + _cipher(token, code).encrypt(nonce, msgspec.msgpack.encode(file), place.bytes)
        row = {"token_hash": token_hash(token), "place": place.bytes, "ends_at": ends_at, "sealed": sealed}
        with self._database.writing() as connection:
            connection.execute(delete(handovers).where(handovers.c.ends_at <= int(self._clock())))
            connection.execute(insert(handovers), row)
        return token, code

    def find(self, token: str) -> tuple[UUID, int] | None:
        """Which place a file leaves, and until when it can be fetched; None when it is none, or its time is over."""
        mine = handovers.c.token_hash == token_hash(token)
        with self._database.reading() as connection:
            row = connection.execute(select(handovers.c.place, handovers.c.ends_at).where(mine)).one_or_none()
        return (UUID(bytes=row.place), row.ends_at) if row and row.ends_at > self._clock() else None

    def fetch(self, token: str, code: str) -> HandedOver | None:
        """The file; None where the code does not go with the link."""
        with self._database.reading() as connection:
            row = connection.execute(select(handovers).where(handovers.c.token_hash == token_hash(token))).one_or_none()
        if row is None or row.ends_at <= self._clock():
            return None
        try:
            raw = _cipher(token, code).decrypt(row.sealed[:12], row.sealed[12:], row.place)
        except InvalidTag:
            return None
        return msgspec.msgpack.decode(raw, type=HandedOver)

    def drop(self, place: UUID) -> None:
        """Takes back all that leaves a place: some of it may say what was destroyed there."""
        with self._database.writing() as connection:
            connection.execute(delete(handovers).where(handovers.c.place == place.bytes))


def _cipher(token: str, code: str) -> AESGCM:
    known = hashlib.sha256(f"{token}\0{as_spoken(code)}".encode()).digest()
    return AESGCM(expand(known, "handover"))
