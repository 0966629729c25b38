"""The bytes of one snapshot. Layout: README.md, "The bytes"."""

from __future__ import annotations

import struct
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.seal import AES_GCM, HEAD, expand, label, padded, unpadded

_STEP = 1024
_AAD = struct.Struct(">3s16s16s16sIQ32s")
_SNAP = label("snap")


class Bound(NamedTuple):
    """What a snapshot is sealed to beside its key: whose and of what it is, by which code, up to which leaf."""

    log_id: bytes
    key_id: bytes
    view: str
    version: int
    upto: int
    leaf: bytes


@cache
def _view_hash(view: str) -> bytes:
    return sha256(view.encode()).digest()[:16]


def _aad(head: bytes, bound: Bound) -> bytes:
    log_id, key_id, view, version, upto, leaf = bound
    return _SNAP + _AAD.pack(head, log_id, key_id, _view_hash(view), version, upto, leaf)


def snapshot_cipher(data_key: bytes) -> AESGCM:
    return AESGCM(expand(data_key, "snap-key"))


def seal_snapshot(cipher: AESGCM, key_version: int, bound: Bound, body: bytes, random44: bytes) -> bytes:
    """Seals a body under the snapshot key of a stream; `random44` as for an entry."""
    head, seed, nonce = HEAD.pack(AES_GCM, key_version), random44[:32], random44[32:]
    return head + nonce + cipher.encrypt(nonce, padded(seed, body, _STEP), _aad(head, bound))


def open_snapshot(cipher: AESGCM, bound: Bound, sealed: bytes) -> bytes:
    """The body; raises ValueError when it is not what was sealed, or was sealed to something else."""
    try:
        return unpadded(cipher.decrypt(sealed[3:15], sealed[15:], _aad(sealed[:3], bound)), _STEP)[1]
    except InvalidTag:
        raise ValueError("the seal is broken") from None
