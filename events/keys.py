"""Keys: master, then one academy key for each log, then one data key for each subject and record class.

The key store is a database of its own, backed up apart from the log, so that a destroyed key is soon nowhere.
"""

from __future__ import annotations

import hmac
import os
import struct
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Select, and_, insert, select, update

from events import tables
from events.database import Database
from events.errors import Erased, NotReady, Tampered
from events.facts import Stream
from events.holders import KeyHolder
from events.seal import expand, label, record_class

_Wrap = tuple[bytes, int, bytes]  # key_id, version, wrapped data key
_U16, _U32 = struct.Struct(">H"), struct.Struct(">I")
_NO_LOG = bytes(16)
_KEPT = 4096  # entry keys held for each log between replays; about 1 kB each


class EntryKey(NamedTuple):
    """What seals and opens the entries of one stream; from its data key come those of its documents."""

    key_id: bytes
    version: int
    cipher: AESGCM
    stream: Stream
    data_key: bytes

    def __repr__(self) -> str:
        return "EntryKey()"  # no key in a traceback


def parent_of(wrapped: bytes) -> int:
    """Id of the key a wrapped key was wrapped with; raises InvalidTag for another layout than ours."""
    if len(wrapped) < 17 or wrapped[0] != 0x01:
        raise InvalidTag
    (parent_id,) = _U32.unpack_from(wrapped, 1)
    return int(parent_id)


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
        rows = [self._wrap(log_id, "academy", academy, self.holder, self.holder.key_id)]
        rows.append(self._wrap(log_id, "signing", os.urandom(32), self.holder, self.holder.key_id))
        rows += [self._wrap(log_id, purpose, os.urandom(32), AESGCM(academy), 1) for purpose in ("index", "mac")]
        with self.database.writing() as connection:
            connection.execute(insert(tables.held), rows)
        return self.of(log_id)

    def desk_key(self) -> bytes:
        """The key of the desk store: sessions, uploads and drafts. Made on first use."""
        fresh = self._wrap(_NO_LOG, "desk", os.urandom(32), self.holder, self.holder.key_id)
        at = (tables.held.c.log == _NO_LOG, tables.held.c.purpose == "desk")
        with self.database.writing() as connection:
            connection.execute(self.database.insert_new(tables.held), fresh)
            found = connection.execute(select(tables.held.c.wrapped).where(*at)).scalar_one()
        return self.unwrap(_NO_LOG, "desk", found, self.holder)

    def signed(self, log_id: bytes, epoch: int) -> tuple[int, bytes] | None:
        """Size and root the signer last put its name to; None before the first."""
        at = (tables.signed.c.log == log_id, tables.signed.c.epoch == epoch)
        with self.database.reading() as connection:
            row = connection.execute(select(tables.signed.c.size, tables.signed.c.root).where(*at)).one_or_none()
        return None if row is None else (row.size, row.root)

    def all_signed(self) -> list[tuple[bytes, int, int, bytes]]:
        """(log, epoch, size, root) for every log ever signed: `verify` compares, so that a cut-off log is noticed."""
        with self.database.reading() as connection:
            return [(row.log, row.epoch, row.size, row.root) for row in connection.execute(select(tables.signed))]

    def remember_signed(self, log_id: bytes, epoch: int, size: int, root: bytes) -> bool:
        """Keeps what is about to be signed; False, and nothing kept, when more was signed meanwhile."""
        now = {"log": log_id, "epoch": epoch, "size": size, "root": root}
        at = and_(tables.signed.c.log == log_id, tables.signed.c.epoch == epoch, tables.signed.c.size <= size)
        with self.database.writing() as connection:
            if connection.execute(self.database.insert_new(tables.signed), now).rowcount:
                return True
            return connection.execute(update(tables.signed).where(at).values(size=size, root=root)).rowcount > 0

    def record_name(self, raw: bytes) -> str:
        """Name of a record class; its hex where no installed plugin knows it."""
        return self._names.get(raw, raw.hex())

    @staticmethod
    def _aad(log_id: bytes, purpose: str, own_id: int, parent_id: int) -> bytes:
        return label(f"wrap-{purpose}") + log_id + _U32.pack(own_id) + _U32.pack(parent_id)

    def _wrap(
        self, log_id: bytes, purpose: str, key: bytes, parent: KeyHolder | AESGCM, parent_id: int
    ) -> dict[str, object]:
        nonce = os.urandom(12)
        wrapped = b"\x01" + _U32.pack(parent_id) + nonce
        wrapped += parent.encrypt(nonce, key, self._aad(log_id, purpose, 1, parent_id))
        names = ("log", "purpose", "own_id", "parent_id", "wrapped", "state")
        return dict(zip(names, (log_id, purpose, 1, parent_id, wrapped, "live"), strict=True))

    def unwrap(self, log_id: bytes, purpose: str, wrapped: bytes, parent: KeyHolder | AESGCM) -> bytes:
        try:
            parent_id = parent_of(wrapped)
            return parent.decrypt(wrapped[5:17], wrapped[17:], self._aad(log_id, purpose, 1, parent_id))
        except InvalidTag:
            if parent is self.holder:
                raise NotReady(
                    "The master key is not the one this trust was set up with. "
                    "Put the right one back from its safe place."
                ) from None
            raise Tampered("", None, "a wrapped key in the key store is not as it was written") from None


class LogKeys:
    """The keys of one log."""

    def __init__(self, store: KeyStore, log_id: bytes) -> None:
        self._store = store
        self._log = log_id
        with store.database.reading() as connection:
            rows = connection.execute(
                select(tables.held.c.purpose, tables.held.c.wrapped).where(tables.held.c.log == log_id)
            )
            wrapped: dict[str, bytes] = {purpose: bytes(text) for purpose, text in rows}
        if missing := {"academy", "index", "mac", "signing"} - wrapped.keys():
            raise Tampered("", None, f"the key store lacks the {min(missing)} key of a log; restore its newest backup")
        self._academy = AESGCM(store.unwrap(log_id, "academy", wrapped["academy"], store.holder))
        self._index = store.unwrap(log_id, "index", wrapped["index"], self._academy)
        self.mac = store.unwrap(log_id, "mac", wrapped["mac"], self._academy)
        self._signing = wrapped["signing"]
        self._by_stream: OrderedDict[Stream, EntryKey] = OrderedDict()
        self._by_id: dict[tuple[bytes, int], EntryKey] = {}
        self._lock = threading.Lock()

    def signing_key(self) -> bytes:
        """The Ed25519 seed, 32 bytes; unwrapped for each use."""
        return self._store.unwrap(self._log, "signing", self._signing, self._store.holder)

    def for_streams(self, streams: Iterable[Stream]) -> dict[Stream, EntryKey]:
        """The newest key of each stream; a key not there yet is made, durable before this returns."""
        wanted = set(streams)
        with self._lock:
            found = {stream: key for stream in wanted if (key := self._by_stream.get(stream))}
            missing = [stream for stream in wanted if stream not in found]
            if missing:
                found.update(self._load_or_make(missing))
            return found

    def find(self, stream: Stream) -> EntryKey | None:
        """The newest key of a stream; None when nothing was ever recorded there.

        Raises:
            Erased: The stream's key was destroyed.
        """
        with self._lock:
            if key := self._by_stream.get(stream):
                return key
            with self._store.database.reading() as connection:
                row = connection.execute(self._newest(self._lookup(stream))).first()
            return None if row is None else self._keep(row.key_id, row.version, row.wrapped)

    def by_id(self, key_id: bytes, version: int) -> EntryKey:
        """The key an entry names.

        Raises:
            Erased: It was destroyed.
            Tampered: It never was.
        """
        key = self._by_id.get((key_id, version))
        if key is not None:
            return key
        with self._lock, self._store.database.reading() as connection:
            row = connection.execute(
                select(tables.keys.c.wrapped, tables.keys.c.state).where(
                    tables.keys.c.log == self._log, tables.keys.c.key_id == key_id, tables.keys.c.version == version
                )
            ).one_or_none()
            if row is None:
                raise Tampered("", None, "the entry names a key the key store never held")
            if row.state == "destroyed":
                raise Erased("This was erased; its key was destroyed.")
            return self._keep(key_id, version, row.wrapped)

    def preload(self) -> None:
        """Unwraps every live key once, in one query: for a full replay."""
        with self._lock, self._store.database.reading() as connection:
            rows = connection.execute(
                select(tables.keys.c.key_id, tables.keys.c.version, tables.keys.c.wrapped).where(
                    tables.keys.c.log == self._log, tables.keys.c.state == "live"
                )
            )
            for row in rows:
                if (row.key_id, row.version) not in self._by_id:
                    self._keep(row.key_id, row.version, row.wrapped)

    def trim(self) -> None:
        """Drops all but the keys used last: after a replay, or an import, has brought in thousands."""
        with self._lock:
            while len(self._by_stream) > _KEPT:
                self._by_stream.popitem(last=False)
            kept = self._by_stream.values()
            self._by_id = {(key.key_id, key.version): key for key in kept}

    def _lookup(self, stream: Stream) -> bytes:
        text = label("lookup") + stream.subject.bytes + record_class(stream.record)
        return hmac.digest(self._index, text, "sha256")[:16]

    def _newest(self, *lookups: bytes) -> Select[Any]:
        return (
            select(tables.keys.c.lookup, tables.keys.c.key_id, tables.keys.c.version, tables.keys.c.wrapped)
            .where(tables.keys.c.log == self._log, tables.keys.c.lookup.in_(lookups))
            .order_by(tables.keys.c.version.desc())
        )

    def _load_or_make(self, missing: list[Stream]) -> dict[Stream, EntryKey]:
        by_lookup = {self._lookup(stream): stream for stream in missing}
        with self._store.database.writing() as connection:
            stored = self._stored(connection, by_lookup)
            fresh = {lookup: self._made(stream) for lookup, stream in by_lookup.items() if lookup not in stored}
            if fresh and self._insert(connection, fresh) < len(fresh):
                fresh = self._stored(connection, fresh)  # another process was first: theirs is the key
        # Only now: a key that was never committed must not seal anything.
        stored |= fresh
        return {stream: self._keep(*stored[lookup]) for lookup, stream in by_lookup.items()}

    def _stored(self, connection: Connection, lookups: Iterable[bytes]) -> dict[bytes, _Wrap]:
        """The newest key under each look-up that has one."""
        wanted = list(lookups)
        found: dict[bytes, _Wrap] = {}
        for start in range(0, len(wanted), 500):
            for row in connection.execute(self._newest(*wanted[start : start + 500])):
                found.setdefault(bytes(row.lookup), (row.key_id, row.version, row.wrapped))
        return found

    def _made(self, stream: Stream) -> _Wrap:
        key_id = os.urandom(16)
        return key_id, 1, self._wrap_data(key_id, 1, os.urandom(32), stream)

    def _insert(self, connection: Connection, fresh: dict[bytes, _Wrap]) -> int:
        rows = [
            {"log": self._log, "key_id": key_id, "version": version, "kek_id": 1}
            | {"lookup": lookup, "wrapped": wrapped, "state": "live"}
            for lookup, (key_id, version, wrapped) in fresh.items()
        ]
        return connection.execute(self._store.database.insert_new(tables.keys), rows).rowcount

    def _wrap_data(self, key_id: bytes, version: int, key: bytes, stream: Stream) -> bytes:
        nonce = os.urandom(12)
        plain = key + stream.subject.bytes + record_class(stream.record)
        return b"\x01" + _U32.pack(1) + nonce + self._academy.encrypt(nonce, plain, self._data_aad(key_id, version, 1))

    def _data_aad(self, key_id: bytes, version: int, kek_id: int) -> bytes:
        return label("wrap-data") + self._log + key_id + _U16.pack(version) + _U32.pack(kek_id)

    def _keep(self, key_id: bytes, version: int, wrapped: bytes) -> EntryKey:
        try:
            aad = self._data_aad(key_id, version, parent_of(wrapped))
            plain = self._academy.decrypt(wrapped[5:17], wrapped[17:], aad)
        except InvalidTag:
            raise Tampered("", None, "a wrapped data key in the key store is not as it was written") from None
        stream = Stream(UUID(bytes=plain[32:48]), self._store.record_name(plain[48:64]))
        key = EntryKey(key_id, version, AESGCM(expand(plain[:32], "entry-key")), stream, plain[:32])
        self._by_id[key_id, version] = key
        newest = self._by_stream.get(stream)
        if newest is None or newest.version <= version:
            self._by_stream[stream] = key
        return key
