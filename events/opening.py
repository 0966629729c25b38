"""From a row back to its event, with every check made that one row allows."""

from __future__ import annotations

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
from events.seal import OPEN, Sealed, key_version, union, unseal
from events.tail import Tail

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def open_row(row: Row[Any], tail: Tail, keys: LogKeys, catalog: Catalog, place: int | None = None) -> Event:
    """The event in a row.

    Args:
        place: Where it must stand; wherever it says when None.

    Raises:
        Tampered: The row is not as it was written.
        Erased: Its key was destroyed.
    """
    leaf = leaf_hash(tail.checked(row, row.position if place is None else place))
    entry = Sealed(row.event_id, row.key_id, row.commitment, row.sealed)
    try:
        alg, version = key_version(row.sealed)
        key = None if alg == OPEN else keys.by_id(row.key_id, version)
        parts = unseal(key.cipher if key else None, tail.log_id, entry)
        return _event(row, tail.log_id, leaf, parts, key, catalog)
    except (ValueError, KeyError, msgspec.MsgspecError) as error:
        raise Tampered(tail.name, row.position, f"the entry cannot be read: {type(error).__name__}") from None
    except Tampered as error:
        raise Tampered(tail.name, row.position, error.what) from None


def _event(
    row: Row[Any], log_id: bytes, leaf: bytes, parts: list[bytes], key: EntryKey | None, catalog: Catalog
) -> Event:
    recorded_at = _EPOCH + timedelta(microseconds=row.recorded_at)
    place = (log_id, row.position, UUID(bytes=row.event_id), row.key_id, row.n, recorded_at)
    if key is None:
        return Event(*place, catalog.open_fact(parts), leaf, row.commitment)
    fact = catalog.fact(parts)
    rest = union(parts[1:])
    rest.pop("fact", None)
    if rest["subject"] != key.stream.subject.hex:
        raise ValueError("the entry speaks of another subject than its key")
    actor = _actor(rest["by"], rest["as"], rest["session"])
    received = rest.get("received")
    first = None if received is None else msgspec.convert(received, Received)
    return Event(*place, fact, leaf, row.commitment, *key.stream, actor, rest.get("why", ""), first)


@lru_cache(maxsize=4096)
def _actor(by: str, role: str, session: str) -> Actor:
    """One object for the many entries of one session."""
    return Actor(UUID(by), role, session)
