"""The key store: a database of its own, backed up apart from the log, so that a destroyed key is soon nowhere."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from events.database import Database
from events.errors import NotReady
from events.holders import KeyHolder
from events.keys.entry_keys import Carried
from events.keys.log_keys import LogKeys
from events.keys.signing import SIGNING
from events.keys.wrapping import data_aad, held_aad, parent_of, unwrap, wrap
from events.seal import label, record_class
from events.tables import held, keys, signed

NO_LOG = bytes(16)
UNDER_MASTER = ("academy", "desk", *SIGNING.values())
WRONG_MASTER = "The master key is not the one this trust was set up with. Put the right one back from its safe place."


class KeyStore:
    """The key store's rows, and what this process holds unwrapped.

    Args:
        records: Names of the record classes this installation knows, to tell them from their 16 bytes.
    """

    def __init__(self, database: Database, holder: KeyHolder, records: Iterable[str]) -> None:
        self.database = database
        self.holder = holder
        self._names = {record_class(name): name for name in records}

    def of(self, log_id: bytes) -> LogKeys:
        """The keys of one log; they must have been made by `create`.

        Raises:
            NotReady: The master key is not the one they were wrapped with.
            Tampered: The key store holds no keys for this log.
        """
        return LogKeys(self, log_id)

    def create(self, log_id: bytes) -> LogKeys:
        """Makes a new log's academy, index, mac and signing keys, durable when this returns."""
        academy = os.urandom(32)
        with self.database.writing() as connection:
            master = self.master_id(connection)
            rows = [self.wrapped(log_id, "academy", 1, academy, self.holder, master)]
            rows.append(self.wrapped(log_id, "signing", 1, os.urandom(32), self.holder, master))
            under = AESGCM(academy)
            rows += [self.wrapped(log_id, purpose, 1, os.urandom(32), under, 1) for purpose in ("index", "mac")]
            connection.execute(insert(held), rows)
        return self.of(log_id)

    def adopt(self, log_id: bytes, carried: Carried) -> None:
        """Takes up the keys of a log that came from elsewhere, under an academy key of our own.

        Nothing of that log may be in use here. Its signing key stays with the sender; `Store.begin_epoch` makes ours,
        and until then one that signs nothing stands in its place.
        """
        academy = os.urandom(32)
        under = AESGCM(academy)
        with self.database.writing() as connection:
            for table in (held, keys):  # what an attempt that was broken off has left
                connection.execute(delete(table).where(table.c.log == log_id))
            master = self.master_id(connection)
            rows = [
                self.wrapped(log_id, "academy", 1, academy, self.holder, master),
                self.wrapped(log_id, "signing", 1, os.urandom(32), self.holder, master),
                self.wrapped(log_id, "index", 1, carried.index, under, 1),
                self.wrapped(log_id, "mac", 1, carried.mac, under, 1),
            ]
            connection.execute(insert(held), rows)
            for key_id, version, plain in carried.keys:
                lookup = hmac.digest(carried.index, label("lookup") + plain[32:], "sha256")[:16]
                text = wrap(under, 1, plain, data_aad(log_id, key_id, version, 1))
                row = {"log": log_id, "key_id": key_id, "version": version, "kek_id": 1}
                connection.execute(insert(keys), row | {"lookup": lookup, "wrapped": text, "state": "live"})
            for key_id in carried.destroyed:
                gone = {"log": log_id, "key_id": key_id, "version": 1, "kek_id": 0}
                connection.execute(insert(keys), gone | {"lookup": None, "wrapped": None, "state": "destroyed"})

    def abandon(self, log_id: bytes) -> None:
        """Takes away what `adopt` took up: the log was not received after all."""
        with self.database.writing() as connection:
            for table in (held, keys):
                connection.execute(delete(table).where(table.c.log == log_id))

    def desk_key(self) -> bytes:
        """The key of the desk store: sessions, uploads and drafts. Made on first use."""
        at = (held.c.log == NO_LOG, held.c.purpose == "desk")
        with self.database.writing() as connection:
            fresh = self.wrapped(NO_LOG, "desk", 1, os.urandom(32), self.holder, self.master_id(connection))
            connection.execute(self.database.insert_new(held), fresh)
            found = connection.execute(select(held.c.wrapped).where(*at)).scalar_one()
        return self.under_master(NO_LOG, "desk", 1, found)

    def rotate_master(self, new: KeyHolder) -> int:
        """Puts every key that lies under the master key under another one, all or none; returns how many.

        No entry changes: only the outermost wraps do. From then on `new` is the holder here; a server beside this
        process goes on with the keys it has, and must find the new master key where it found the old.
        """
        with self.database.writing() as connection:
            parent_id = self.master_id(connection) + 1
            rows = connection.execute(select(held).where(held.c.purpose.in_(UNDER_MASTER), held.c.state == "live"))
            found = [(row, self.under_master(row.log, row.purpose, row.own_id, row.wrapped)) for row in rows.all()]
            for row, key in found:
                fresh = self.wrapped(row.log, row.purpose, row.own_id, key, new, parent_id)
                at = (held.c.log == row.log, held.c.purpose == row.purpose, held.c.own_id == row.own_id)
                connection.execute(update(held).where(*at).values(fresh))
        self.holder = new
        self.database.scrub(held)
        return len(found)

    def scrub(self) -> bool:
        """Leaves no byte of destroyed or replaced keys in the store's own files; whether it could, see there."""
        return self.database.scrub(held, keys)

    def destroyed(self) -> int:
        """How many keys are destroyed, of all logs together."""
        with self.database.reading() as connection:
            gone = select(keys.c.log, keys.c.key_id).where(keys.c.state == "destroyed").distinct().subquery()
            return int(connection.execute(select(func.count()).select_from(gone)).scalar_one())

    def opened_by(self, holder: KeyHolder) -> int:
        """How many keys lie under the master key, all of which another holder opens too; raises NotReady when not."""
        live = select(held).where(held.c.purpose.in_(UNDER_MASTER), held.c.state == "live")
        with self.database.reading() as connection:
            rows = connection.execute(live).all()
        try:
            for row in rows:
                unwrap(holder, row.wrapped, held_aad(row.log, row.purpose, row.own_id, row.parent_id))
        except InvalidTag:
            raise NotReady(WRONG_MASTER) from None
        return len(rows)

    # What was signed

    def signed(self, log_id: bytes, epoch: int) -> tuple[int, bytes] | None:
        """Size and root the signer last put its name to; None before the first."""
        at = (signed.c.log == log_id, signed.c.epoch == epoch)
        with self.database.reading() as connection:
            row = connection.execute(select(signed.c.size, signed.c.root).where(*at)).one_or_none()
        return None if row is None else (row.size, row.root)

    def all_signed(self) -> list[tuple[bytes, int, int, bytes]]:
        """(log, epoch, size, root) for every log ever signed: `verify` compares, so that a cut-off log is noticed."""
        with self.database.reading() as connection:
            return [(row.log, row.epoch, row.size, row.root) for row in connection.execute(select(signed))]

    def remember_signed(self, log_id: bytes, epoch: int, size: int, root: bytes) -> bool:
        """Keeps what is about to be signed; False, and nothing kept, when more was signed meanwhile."""
        now = {"log": log_id, "epoch": epoch, "size": size, "root": root}
        at = and_(signed.c.log == log_id, signed.c.epoch == epoch, signed.c.size <= size)
        with self.database.writing() as connection:
            if connection.execute(self.database.insert_new(signed), now).rowcount:
                return True
            return connection.execute(update(signed).where(at).values(size=size, root=root)).rowcount > 0

    def record_name(self, raw: bytes) -> str:
        """Name of a record class; its hex where no installed plugin knows it."""
        return self._names.get(raw, raw.hex())

    # Wraps

    def master_id(self, connection: Connection) -> int:
        """Number of the master key in use, and a check that it is the one we hold.

        Raises:
            NotReady: It is another.
        """
        rows = select(held).where(held.c.purpose.in_(UNDER_MASTER), held.c.state == "live")
        # Held until the end of the transaction, so that nobody rotates while a key is being wrapped.
        row = connection.execute(rows.order_by(held.c.log, held.c.purpose).limit(1).with_for_update()).first()
        if row is None:
            return 1
        self.under_master(row.log, row.purpose, row.own_id, row.wrapped)
        return parent_of(row.wrapped)

    def under_master(self, log_id: bytes, purpose: str, own_id: int, wrapped: bytes) -> bytes:
        """A key that lies under the master key; raises NotReady when ours is another."""
        try:
            return unwrap(self.holder, wrapped, held_aad(log_id, purpose, own_id, parent_of(wrapped)))
        except InvalidTag:
            raise NotReady(WRONG_MASTER) from None

    @staticmethod
    def wrapped(
        log_id: bytes, purpose: str, own_id: int, key: bytes, parent: KeyHolder | AESGCM, parent_id: int
    ) -> dict[str, Any]:
        """The row of a key."""
        text = wrap(parent, parent_id, key, held_aad(log_id, purpose, own_id, parent_id))
        names = ("log", "purpose", "own_id", "parent_id", "wrapped", "state")
        return dict(zip(names, (log_id, purpose, own_id, parent_id, text, "live"), strict=True))
