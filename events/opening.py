"""From a row back to its event, with every check made that one row allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from events.catalog import Catalog
from events.chain import leaf_hash
from events.errors import Tampered
from events.facts import Actor, Event, Received
from events.keys import EntryKey, LogKeys
from events.seal import OPEN, Sealed, key_version, salts, unseal, unseal_with_seed
from events.tail import Tail

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def open_row(row: Sequence[Any], tail: Tail, keys: LogKeys, catalog: Catalog, place: int | None = None) -> Event:
    """The event in a row.

    Args:
        row: The columns of `entries`, in their order.
        place: Where it must stand; wherever it says when None.

    Raises:
        Tampered: The row is not as it was written.
        Erased: Its key was destroyed.
    """
    _, position, event, key_id, n, recorded_us, _, commitment, sealed, _ = row
    leaf = leaf_hash(tail.checked(row, position if place is None else place))
    try:
        alg, version = key_version(sealed)
        key = None if alg == OPEN else keys.by_id(key_id, version)
        parts = unseal(key.cipher if key else None, tail.log_id, Sealed(event, key_id, commitment, sealed))
        recorded_at = _EPOCH + timedelta(microseconds=recorded_us)
        where = (tail.log_id, position, UUID(bytes=event), key_id, n, recorded_at)
        if key is None:
            return Event(*where, catalog.open_fact(parts), leaf, commitment)
        actor, why, received = _context(key, parts)
        return Event(*where, catalog.fact(parts), leaf, commitment, *key.stream, actor, why, received)
    except (ValueError, KeyError, msgspec.MsgspecError) as error:
        raise Tampered(tail.name, position, f"the entry cannot be read: {type(error).__name__}") from None
    except Tampered as error:
        raise Tampered(tail.name, position, error.what) from None


def open_parts(row: Row[Any], tail: Tail, keys: LogKeys) -> list[tuple[bytes, bytes]]:
    """Each part of an entry after its salt: what shows it to whoever has the leaf.

    Args:
        row: One that `open_row` has found to be as it was written.

    Raises:
        Erased: Its key was destroyed.
    """
    alg, version = key_version(row.sealed)
    cipher = None if alg == OPEN else keys.by_id(row.key_id, version).cipher
    entry = Sealed(row.event_id, row.key_id, row.commitment, row.sealed)
    seed, parts = unseal_with_seed(cipher, tail.log_id, entry)
    return list(zip(salts(seed, len(parts)), parts, strict=True))


class _By(msgspec.Struct, rename={"role": "as"}):
    by: UUID
    role: str
    session: str


class _More(msgspec.Struct):
    why: str = ""
    received: Received | None = None


_by, _more = msgspec.json.Decoder(_By), msgspec.json.Decoder(_More)


def _context(key: EntryKey, parts: Sequence[bytes]) -> tuple[Actor, str, Received | None]:
    """Who recorded a fact, why, and where it was first recorded: what stands between the fact and its texts."""
    _, subject, actor, *rest = parts
    if subject != b'{"subject":"%b"}' % key.stream.subject.hex.encode():
        raise ValueError("the entry speaks of another subject than its key")
    why, received = "", None
    for part in rest:
        if not part.startswith(b'{"fact":'):
            more = _more.decode(part)
            if (why and more.why) or (received and more.received):
                raise ValueError("a name stands twice in the body")
            why, received = why or more.why, received or more.received
    return _actor(actor), why, received


@lru_cache(maxsize=4096)
def _actor(part: bytes) -> Actor:
    """One object for the many entries of one session."""
    told = _by.decode(part)
    return Actor(told.by, told.role, told.session)
