"""The keys that sign a log's checkpoints: one or more at a time, added and retired in the open."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, insert, select, update

from events.errors import Tampered
from events.notes import ED25519, ML_DSA_44, NoteSigner
from events.tables import held

if TYPE_CHECKING:
    from events.keys.store import KeyStore

SIGNING = {ED25519: "signing", ML_DSA_44: "signing-ml-dsa"}
"""What each kind of signing key is held as."""

_KINDS = {purpose: kind for kind, purpose in SIGNING.items()}


class SigningKeys:
    """Signing keys of one log; each is unwrapped when it is used, and not kept in memory."""

    def __init__(self, store: KeyStore, log_id: bytes) -> None:
        self._store = store
        self._log = log_id
        self._live = select(held).where(held.c.log == log_id, held.c.purpose.in_(_KINDS), held.c.state == "live")

    def signers(self, origin: str) -> list[NoteSigner]:
        """Whoever signs now, oldest first, Ed25519 before ML-DSA-44; raises Tampered when nobody can."""
        with self._store.database.reading() as connection:
            rows = connection.execute(self._live.order_by(held.c.purpose, held.c.own_id)).all()
        found = [NoteSigner(origin, _KINDS[row.purpose], self._seed(row)) for row in rows]
        if not any(signer.kind == ED25519 for signer in found):
            raise Tampered("", None, "the key store lacks the signing key of a log; restore its newest backup")
        return found

    def add(self, origin: str, kind: int = ED25519) -> NoteSigner:
        """Makes another key, which signs from now on."""
        signer = NoteSigner(origin, kind, os.urandom(32))
        self.hold(signer)
        return signer

    def hold(self, signer: NoteSigner) -> None:
        """Takes up a key that was made, and said in the open, before: it signs from now on."""
        purpose = SIGNING[signer.kind]
        newest = select(func.max(held.c.own_id)).where(held.c.log == self._log, held.c.purpose == purpose)
        with self._store.database.writing() as connection:
            master = self._store.master_id(connection)
            number = (connection.execute(newest).scalar_one() or 0) + 1
            row = self._store.wrapped(self._log, purpose, number, signer.seed, self._store.holder, master)
            connection.execute(insert(held), row)

    def retire(self, retired: Collection[NoteSigner]) -> None:
        """Destroys these keys: they sign nothing from now on."""
        seeds = {(signer.kind, signer.seed) for signer in retired}
        with self._store.database.writing() as connection:
            for row in connection.execute(self._live).all():
                if (_KINDS[row.purpose], self._seed(row)) in seeds:
                    at = (held.c.log == self._log, held.c.purpose == row.purpose, held.c.own_id == row.own_id)
                    connection.execute(update(held).where(*at).values(wrapped=None, state="retired"))
        self._store.database.scrub(held)

    def _seed(self, row: Row[Any]) -> bytes:
        return self._store.under_master(self._log, row.purpose, row.own_id, row.wrapped)
