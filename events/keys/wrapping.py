"""How one key lies under another: README.md, "The bytes", Keys."""

from __future__ import annotations

import os
import struct
from typing import Protocol

from cryptography.exceptions import InvalidTag

from events.seal import label

_U32, _TWO, _VERSION = struct.Struct(">I"), struct.Struct(">II"), struct.Struct(">HI")


class Cipher(Protocol):
    """What wraps and unwraps: the holder of the master key, or AES-GCM under an academy key."""

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes, /) -> bytes: ...


def held_aad(log_id: bytes, purpose: str, own_id: int, parent_id: int) -> bytes:
    """Binds an academy, index, mac, signing or desk key to its log, its purpose, its number and its parent."""
    return label(f"wrap-{purpose}") + log_id + _packed(_TWO, own_id, parent_id)


def data_aad(log_id: bytes, key_id: bytes, version: int, kek_id: int) -> bytes:
    """Binds a data key to its log, its stream and the academy key it lies under."""
    return label("wrap-data") + log_id + key_id + _packed(_VERSION, version, kek_id)


def _packed(numbers: struct.Struct, *values: int) -> bytes:
    try:
        return numbers.pack(*values)
    except struct.error:
        raise InvalidTag from None  # no key of ours has such a number


def wrap(parent: Cipher, parent_id: int, plain: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(12)
    return b"\x01" + _U32.pack(parent_id) + nonce + parent.encrypt(nonce, plain, aad)


def unwrap(parent: Cipher, wrapped: bytes | None, aad: bytes) -> bytes:
    """The key; raises InvalidTag under another parent, in another place, or in another layout."""
    if wrapped is None or len(wrapped) < 17 or wrapped[0] != 0x01:
        raise InvalidTag
    return parent.decrypt(wrapped[5:17], wrapped[17:], aad)


def parent_of(wrapped: bytes | None) -> int:
    """Number of the key a wrapped key lies under; raises InvalidTag for another layout than ours."""
    if wrapped is None or len(wrapped) < 17 or wrapped[0] != 0x01:
        raise InvalidTag
    (parent_id,) = _U32.unpack_from(wrapped, 1)
    return int(parent_id)
