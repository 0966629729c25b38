"""Ids: of commands, ordered by time; of what must be recorded once."""

from __future__ import annotations

import hashlib
import os
from uuid import UUID


def uuid7(now_us: int) -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random; until Python's own comes with 3.14."""
    raw = bytearray((now_us // 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw))


def uuid_for(*what: object) -> UUID:
    """The same id for the same things, as a UUIDv8: what was recorded under it is not recorded twice."""
    raw = bytearray(hashlib.sha256("\0".join(map(str, what)).encode()).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw))
