"""The bytes of one entry: body, commitment, seal. Layout: README.md, "The bytes"."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

OPEN, AES_GCM = 0x00, 0x01
ZERO_ID = bytes(16)
HEAD = struct.Struct(">BH")  # alg, key_version
_AAD_TAIL = struct.Struct(">BH16s16s16s32s")
_U16, _U32, _U64 = struct.Struct(">H"), struct.Struct(">I"), struct.Struct(">Q")
_STEP = 128


@cache
def label(name: str) -> bytes:
    """T(x) of the format: what a hash or key is for, so that no two uses can be confused."""
    return b"tallystick/v1/" + name.encode("ascii") + b"\0"


_PART, _SALT, _COMMIT, _ENTRY, _EVENT = (label(name) for name in ("part", "salt", "commit", "entry", "event"))


@cache
def record_class(record: str) -> bytes:
    """16 bytes that stand for a record class such as "register.plan"."""
    return hashlib.sha256(label("class") + record.encode()).digest()[:16]


def event_id(command_id: UUID, index: int) -> UUID:
    """Fact 0 bears the command's own id; the others a UUIDv8 told from it, so a retry finds them all."""
    return UUID(bytes=event_ids(command_id, index + 1, start=index)[0])


def event_ids(command_id: UUID, stop: int, *, start: int = 0) -> list[bytes]:
    """The ids of a command's facts, 16 bytes each, from `start` up to, not including, `stop`.

    Each begins as the command's own, with its instant: so they stand together in the index of ids, and it grows at its
    end. Drawn over the whole range, as they were at first, they took a fifth of the time of an append of a hundred.
    """
    command, pack, found = command_id.bytes, _U32.pack, []
    for index in range(start, stop):
        if index == 0:
            found.append(command)
            continue
        raw = bytearray(command[:6] + hashlib.sha256(_EVENT + command + pack(index)).digest()[6:16])
        raw[6] = raw[6] & 0x0F | 0x80
        raw[8] = raw[8] & 0x3F | 0x80
        found.append(bytes(raw))
    return found


def expand(key: bytes, name: str) -> bytes:
    """HKDF-Expand with SHA-256 to 32 bytes (RFC 5869): one block, so one HMAC."""
    return hmac.digest(key, label(name) + b"\x01", "sha256")


def pack_body(parts: Sequence[bytes]) -> bytes:
    pack = _U32.pack
    return b"".join((_U16.pack(len(parts)), *[pack(len(part)) + part for part in parts]))


def unpack_body(body: bytes) -> list[bytes]:
    """The parts, verbatim.

    Raises:
        ValueError: The lengths do not add up exactly.
    """
    parts, at, unpack = [], 2, _U32.unpack_from
    try:
        for _ in range(*_U16.unpack_from(body)):
            start = at + 4
            at = start + unpack(body, at)[0]
            parts.append(body[start:at])
    except struct.error:
        at = -1
    if at != len(body):
        raise ValueError("the body's lengths do not add up")
    return parts


def union(parts: Sequence[bytes]) -> dict[str, Any]:
    """The body: all parts as one object, one level deep inside "fact".

    Raises:
        ValueError: A name stands twice, or a part is no JSON object.
    """
    whole: dict[str, Any] = {}
    for part in parts:
        for name, value in msgspec.json.decode(part, type=dict[str, Any]).items():
            if name == "fact" and "fact" in whole:
                if whole["fact"].keys() & value.keys():
                    raise ValueError("a name stands twice in the body")
                whole["fact"].update(value)
            elif name in whole:
                raise ValueError("a name stands twice in the body")
            else:
                whole[name] = value
    return whole


def salts(seed: bytes, count: int) -> list[bytes]:
    sha, begun, pack = hashlib.sha256, _SALT + seed, _U16.pack
    return [sha(begun + pack(index)).digest() for index in range(count)]


def commitment(log_id: bytes, event: bytes, seed: bytes, parts: Sequence[bytes]) -> bytes:
    """What pins one plaintext, part by part; the salts die with the key, so nothing can be guessed from it."""
    sha, begun, pack = hashlib.sha256, _SALT + seed, _U16.pack  # as in `salts`, without a list of them
    pinned = [_COMMIT, log_id, event, pack(len(parts))]
    for index, part in enumerate(parts):
        pinned.append(sha(_PART + sha(begun + pack(index)).digest() + part).digest())
    return sha(b"".join(pinned)).digest()


def padded(seed: bytes, body: bytes, step: int = _STEP) -> bytes:
    """Seed, length, body, and zeros up to a multiple of `step`."""
    bare = seed + _U32.pack(len(body)) + body
    return bare + bytes(-len(bare) % step)


def unpadded(plaintext: bytes, step: int = _STEP) -> tuple[bytes, bytes]:
    """Seed and body; raises ValueError unless lengths are exact and the padding is zero."""
    (length,) = _U32.unpack_from(plaintext, 32)
    end = 36 + length
    if len(plaintext) < end or plaintext[end:] != bytes(-end % step):
        raise ValueError("the padding is not as it was written")
    return plaintext[:32], plaintext[36:end]


def _aad(alg: int, version: int, log_id: bytes, event: bytes, key_id: bytes, commit: bytes) -> bytes:
    return _ENTRY + _AAD_TAIL.pack(alg, version, log_id, event, key_id, commit)


class Sealed(NamedTuple):
    """An entry's own bytes, before its place is settled."""

    event_id: bytes
    key_id: bytes
    commitment: bytes
    sealed: bytes


def seal(
    cipher: AESGCM, version: int, log_id: bytes, event: bytes, key_id: bytes, parts: Sequence[bytes], random44: bytes
) -> Sealed:
    """Seals parts under a stream's entry key.

    Args:
        version: Key version, 1 to 65,535.
        random44: Fresh random bytes: a seed of 32 and a nonce of 12.
    """
    seed, nonce = random44[:32], random44[32:]
    commit = commitment(log_id, event, seed, parts)
    text = cipher.encrypt(nonce, padded(seed, pack_body(parts)), _aad(AES_GCM, version, log_id, event, key_id, commit))
    return Sealed(event, key_id, commit, HEAD.pack(AES_GCM, version) + nonce + text)


def seal_open(log_id: bytes, event: bytes, parts: Sequence[bytes], seed: bytes) -> Sealed:
    """The same layout without a key: for the few facts anyone may read."""
    commit = commitment(log_id, event, seed, parts)
    return Sealed(event, ZERO_ID, commit, HEAD.pack(OPEN, 0) + bytes(12) + padded(seed, pack_body(parts)))


def unpack_open(sealed: bytes) -> list[bytes]:
    """The parts of an open entry's sealed bytes, nothing else of it checked; raises ValueError."""
    return unpack_body(unpadded(sealed[15:])[1])


def key_version(sealed: bytes) -> tuple[int, int]:
    """Algorithm and key version of a sealed entry.

    Raises:
        ValueError: Too short, or an algorithm this version does not know.
    """
    if len(sealed) < 15 + _STEP:
        raise ValueError("the sealed bytes are cut short")
    alg: int
    version: int
    alg, version = HEAD.unpack_from(sealed)
    if alg not in (OPEN, AES_GCM):
        raise ValueError("the sealing is of an unknown kind")
    return alg, version


def unseal(cipher: AESGCM | None, log_id: bytes, entry: Sealed) -> list[bytes]:
    """The parts of an entry; otherwise as `unseal_with_seed`."""
    return unseal_with_seed(cipher, log_id, entry)[1]


def unseal_with_seed(cipher: AESGCM | None, log_id: bytes, entry: Sealed) -> tuple[bytes, list[bytes]]:
    """Seed and parts of an entry, every check made: tag, lengths, padding, commitment.

    Args:
        cipher: The stream's entry key; None for an open entry.

    Raises:
        ValueError: Any of the checks fails; the message says which.
    """
    event, key_id, commit, sealed = entry
    alg, version = key_version(sealed)
    if (alg == OPEN) != (cipher is None):
        raise ValueError("the sealing is not of the kind the entry says")
    if cipher is None:
        if version or any(sealed[3:15]) or key_id != ZERO_ID:
            raise ValueError("an open entry names a key")
        plaintext = sealed[15:]
    else:
        try:
            plaintext = cipher.decrypt(sealed[3:15], sealed[15:], _aad(alg, version, log_id, event, key_id, commit))
        except InvalidTag:
            raise ValueError("the seal is broken") from None
    seed, body = unpadded(plaintext)
    parts = unpack_body(body)
    if commitment(log_id, event, seed, parts) != commit:
        raise ValueError("the commitment is to other words")
    return seed, parts


def part_hash(salt: bytes, part: bytes) -> bytes:
    """What stands for a part in the commitment."""
    return hashlib.sha256(_PART + salt + part).digest()
