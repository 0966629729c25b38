"""The keys of one log, as this process holds them: what seals and opens its entries."""

from __future__ import annotations

import hmac
import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Select, bindparam, insert, select, update

from events.errors import Conflict, Erased, Tampered
from events.facts import Stream
from events.keys.entry_keys import Carried, EntryKey
from events.keys.signing import SigningKeys
from events.keys.wrapping import data_aad, held_aad, parent_of, unwrap, wrap
from events.seal import label, record_class
from events.tables import held
from events.tables import keys as data_keys

if TYPE_CHECKING:
    from events.keys.store import KeyStore

_Wrap = tuple[bytes, int, bytes]  # key_id, version, wrapped data key
_NEEDED = {"academy", "index", "mac", "signing"}
_ERASED = "This was erased; its key was destroyed."
_REWRAP = (
    update(data_keys)
    .where(*(column == bindparam(name) for column, name in zip(data_keys.primary_key, ("of", "id", "at"), strict=True)))
    .values(kek_id=bindparam("kek_id"), wrapped=bindparam("wrapped"))
)
_KEPT = 4096  # entry keys held for each log between replays; about 1 kB each


class LogKeys:
    """The keys of one log. Made by `KeyStore`; many threads may use one at once."""

    mac: bytes

    def __init__(self, store: KeyStore, log_id: bytes) -> None:
        self._store = store
        self._log = log_id
        self.signing = SigningKeys(store, log_id)
        self._by_stream: OrderedDict[Stream, EntryKey] = OrderedDict()
        self._by_id: dict[tuple[bytes, int], EntryKey] = {}
        self._gone: set[bytes] = set()  # heard to be destroyed, whether or not the key store has done it yet
        self._lock = threading.RLock()
        columns = (data_keys.c.key_id, data_keys.c.version, data_keys.c.wrapped)
        self._live = select(*columns).where(data_keys.c.log == log_id, data_keys.c.state == "live")
        with store.database.reading() as connection:
            self._load(connection)

    def _load(self, connection: Connection) -> None:
        """Unwraps the academy, index and mac keys as they lie now."""
        wanted = select(held.c.purpose, held.c.own_id, held.c.wrapped).where(
            held.c.log == self._log, held.c.state == "live", held.c.purpose.in_(_NEEDED)
        )
        found = {purpose: (own_id, bytes(wrapped or b"")) for purpose, own_id, wrapped in connection.execute(wanted)}
        if missing := _NEEDED - found.keys():
            raise Tampered("", None, f"the key store lacks the {min(missing)} key of a log; restore its newest backup")
        number, wrapped = found["academy"]
        academy = AESGCM(self._store.under_master(self._log, "academy", number, wrapped))
        self._academy_id, self._academy = number, academy
        self._index, self.mac = (self._under_academy(purpose, *found[purpose]) for purpose in ("index", "mac"))

    def _under_academy(self, purpose: str, own_id: int, wrapped: bytes) -> bytes:
        try:
            return unwrap(self._academy, wrapped, held_aad(self._log, purpose, own_id, parent_of(wrapped)))
        except InvalidTag:
            raise Tampered("", None, "a wrapped key in the key store is not as it was written") from None

    # Sealing and opening

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
            return None if row is None or row.key_id in self._gone else self._keep(*row[1:])

    def by_id(self, key_id: bytes, version: int) -> EntryKey:
        """The key an entry names.

        Raises:
            Erased: It was destroyed.
            Tampered: It never was.
        """
        key = self._by_id.get((key_id, version))
        if key is not None:
            return key
        if key_id in self._gone:
            raise Erased(_ERASED)
        with self._lock, self._store.database.reading() as connection:
            versions = select(data_keys.c.version, data_keys.c.wrapped, data_keys.c.state)
            rows = connection.execute(versions.where(data_keys.c.log == self._log, data_keys.c.key_id == key_id)).all()
            if any(row.state == "destroyed" for row in rows):
                raise Erased(_ERASED)
            for row in rows:
                if row.version == version:
                    return self._keep(key_id, version, row.wrapped)
            raise Tampered("", None, "the entry names a key the key store never held")

    def preload(self) -> None:
        """Unwraps every live key once, in one query: for a full replay."""
        with self._lock, self._store.database.reading() as connection:
            for key_id, version, wrapped in connection.execute(self._live).all():
                if (key_id, version) not in self._by_id and key_id not in self._gone:
                    self._keep(key_id, version, wrapped)

    def trim(self) -> None:
        """Drops all but the keys used last: after a replay, or an import, has brought in thousands."""
        with self._lock:
            while len(self._by_stream) > _KEPT:
                self._by_stream.popitem(last=False)
            kept = self._by_stream.values()
            self._by_id = {(key.key_id, key.version): key for key in kept}

    def blind(self, purpose: str, text: bytes) -> bytes:
        """16 bytes that stand for a text, and say nothing of it to whoever lacks the index key."""
        return hmac.digest(self._index, label(purpose) + text, "sha256")[:16]

    @property
    def own_data_key(self) -> bytes:
        """Stands in for a data key where something is of the log itself and of no stream."""
        return self._index

    def _lookup(self, stream: Stream) -> bytes:
        return self.blind("lookup", stream.subject.bytes + record_class(stream.record))

    def _newest(self, *lookups: bytes) -> Select[Any]:
        return (
            select(data_keys.c.lookup, data_keys.c.key_id, data_keys.c.version, data_keys.c.wrapped)
            .where(data_keys.c.log == self._log, data_keys.c.lookup.in_(lookups))
            .order_by(data_keys.c.version.desc())
        )

    def _load_or_make(self, missing: list[Stream]) -> dict[Stream, EntryKey]:
        by_lookup = dict(sorted((self._lookup(stream), stream) for stream in missing))  # in every process the same way
        with self._store.database.writing() as connection:
            self._hold_academy_key(connection)
            stored = self._stored(connection, by_lookup)
            fresh = {lookup: self._made(stream) for lookup, stream in by_lookup.items() if lookup not in stored}
            if fresh and self._insert(connection, fresh) < len(fresh):
                fresh = self._stored(connection, fresh)  # another process was first: theirs is the key
        if any(key_id in self._gone for key_id, _, _ in stored.values()):
            raise Conflict("This record is being erased; nothing was recorded.")
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
        plain = os.urandom(32) + stream.subject.bytes + record_class(stream.record)
        return key_id, 1, self._wrapped(key_id, 1, plain, self._academy, self._academy_id)

    def _insert(self, connection: Connection, fresh: dict[bytes, _Wrap]) -> int:
        rows = [
            {"log": self._log, "key_id": key_id, "version": version, "kek_id": self._academy_id}
            | {"lookup": lookup, "wrapped": wrapped, "state": "live"}
            for lookup, (key_id, version, wrapped) in fresh.items()
        ]
        return connection.execute(self._store.database.insert_new(data_keys), rows).rowcount

    def _wrapped(self, key_id: bytes, version: int, plain: bytes, academy: AESGCM, academy_id: int) -> bytes:
        return wrap(academy, academy_id, plain, data_aad(self._log, key_id, version, academy_id))

    def _keep(self, key_id: bytes, version: int, wrapped: bytes) -> EntryKey:
        plain = self._opened(key_id, version, wrapped)
        stream = Stream(msgspec.convert(plain[32:48], UUID), self._store.record_name(plain[48:64]))
        key = EntryKey(key_id, version, stream, plain[:32])
        self._by_id[key_id, version] = key
        newest = self._by_stream.get(stream)
        if newest is None or newest.version <= version:
            self._by_stream[stream] = key
        return key

    def _opened(self, key_id: bytes, version: int, wrapped: bytes) -> bytes:
        """Data key, subject and class in a wrap."""
        try:
            if (parent := parent_of(wrapped)) > self._academy_id:  # another process rotated the academy key
                with self._store.database.reading() as connection:
                    self._load(connection)
            return unwrap(self._academy, wrapped, data_aad(self._log, key_id, version, parent))
        except InvalidTag:
            raise Tampered("", None, "a wrapped data key in the key store is not as it was written") from None

    # Rotating and destroying

    def rotate(self) -> None:
        """Puts every key of this log under a new academy key and destroys the old one. No entry changes."""
        self.destroy(())

    def destroy(self, key_ids: Collection[bytes]) -> None:
        """Destroys the data keys of these streams, every version, and then rotates: in one transaction.

        A key this store never held leaves its tombstone too. Old pages, the WAL and backups taken before hold wraps
        that only the old academy key opens, and that is gone from here as well.
        """
        with self._lock:
            with self._store.database.writing() as connection:
                self._hold_academy_key(connection, to_change=True)
                for key_id in key_ids:
                    at = (data_keys.c.log == self._log, data_keys.c.key_id == key_id)
                    tombstone = {"lookup": None, "wrapped": None, "state": "destroyed"}
                    if not connection.execute(update(data_keys).where(*at).values(tombstone)).rowcount:
                        nowhere = {"log": self._log, "key_id": key_id, "version": 1, "kek_id": 0}
                        connection.execute(insert(data_keys), nowhere | tombstone)
                self._rotate(connection)
            with self._store.database.reading() as connection:
                self._load(connection)
            for key_id in key_ids:
                self.forget(key_id)
        self._store.database.scrub(held, data_keys)

    def destroyed(self) -> list[bytes]:
        """The key_ids of every tombstone."""
        gone = select(data_keys.c.key_id).where(data_keys.c.log == self._log, data_keys.c.state == "destroyed")
        with self._store.database.reading() as connection:
            return sorted({bytes(key_id) for key_id in connection.execute(gone).scalars()})

    def streams(self) -> dict[bytes, Stream]:
        """The stream of every live key, by key_id."""
        self.preload()
        with self._lock:
            return {key.key_id: key.stream for key in self._by_id.values()}

    def carried(self) -> Carried:
        """All that opens this log, in clear: only for a file sealed for whoever it moves to."""
        with self._lock, self._store.database.reading() as connection:
            rows = connection.execute(self._live).all()
            keys = [(row.key_id, row.version, self._opened(row.key_id, row.version, row.wrapped)) for row in rows]
            return Carried(self._index, self.mac, keys, self.destroyed())

    def forget(self, key_id: bytes) -> None:
        """Drops a key from memory that is destroyed, or is about to be; it opens nothing here any more."""
        with self._lock:
            self._gone.add(key_id)
            for key in [key for key in self._by_id.values() if key.key_id == key_id]:
                del self._by_id[key.key_id, key.version]
                if self._by_stream.get(key.stream) == key:
                    del self._by_stream[key.stream]

    def _rotate(self, connection: Connection) -> None:
        number, key = self._academy_id + 1, os.urandom(32)
        fresh = AESGCM(key)
        master = self._store.master_id(connection)
        old = update(held).where(held.c.log == self._log, held.c.purpose == "academy", held.c.state == "live")
        connection.execute(old.values(wrapped=None, state="destroyed"))
        connection.execute(
            insert(held), self._store.wrapped(self._log, "academy", number, key, self._store.holder, master)
        )
        for purpose, kept in (("index", self._index), ("mac", self.mac)):
            row = self._store.wrapped(self._log, purpose, 1, kept, fresh, number)
            connection.execute(update(held).where(held.c.log == self._log, held.c.purpose == purpose).values(row))
        rewrapped = [
            {"of": self._log, "id": key_id, "at": version, "kek_id": number}
            | {"wrapped": self._wrapped(key_id, version, self._opened(key_id, version, wrapped), fresh, number)}
            for key_id, version, wrapped in connection.execute(self._live).all()
        ]
        if rewrapped:
            connection.execute(_REWRAP, rewrapped)

    def _hold_academy_key(self, connection: Connection, *, to_change: bool = False) -> None:
        """Makes sure that ours is the academy key in use, and that nobody rotates it before this transaction ends."""
        at = (held.c.log == self._log, held.c.purpose == "index")  # one row, which every rotation changes
        wrapped_by = select(held.c.parent_id).where(*at).with_for_update(read=not to_change)
        if connection.execute(wrapped_by).scalar_one() != self._academy_id:
            self._load(connection)
