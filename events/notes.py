"""Checkpoints as C2SP signed notes: `<origin> LF <size> LF <base64 root> LF`, a blank line, signature lines."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ED25519 = b"\x01"


class Checkpoint(NamedTuple):
    """The log's name for this epoch, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes


def public_key(seed: bytes) -> bytes:
    """The Ed25519 public key, 32 bytes, of a seed of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_hash(name: str, public: bytes) -> bytes:
    """4 bytes that tell keys of one name apart (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def fingerprint(name: str, public: bytes) -> str:
    """The key as a reader pins it: `name+hash+base64`, C2SP's verifier key."""
    body = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{key_hash(name, public).hex()}+{body}"


def signed_note(checkpoint: Checkpoint, seed: bytes) -> str:
    """The note with its first line of signature."""
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    line = base64.b64encode(key_hash(checkpoint.origin, public_key(seed)) + signature).decode()
    return f"{text}\n— {checkpoint.origin} {line}\n"


def read_note(note: str, origin: str, public: bytes) -> Checkpoint:
    """The checkpoint in a note, signed by this key under this origin; lines of other keys are ignored.

    Raises:
        ValueError: It is no such note, or its signature does not hold.
    """
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not blank or len(lines) != 4 or lines[0] != origin or not note.endswith("\n"):
        raise ValueError("not a checkpoint of this log")
    wanted = key_hash(origin, public)
    for name, raw in [_signature(line) for line in signatures.removesuffix("\n").split("\n")]:
        if name != origin or raw[:4] != wanted:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
        except InvalidSignature:
            raise ValueError("the checkpoint's signature does not hold") from None
        root = base64.b64decode(lines[2], validate=True)
        if not lines[1].isdecimal() or str(int(lines[1])) != lines[1] or len(root) != 32:
            raise ValueError("the checkpoint's size or root is malformed")
        return Checkpoint(lines[0], int(lines[1]), root)
    raise ValueError("no signature by the log's key")


def _signature(line: str) -> tuple[str, bytes]:
    """Key name, and key hash with signature, of a line `— <name> <base64>`; raises ValueError when it is none."""
    match line.split(" "):
        case ["—", name, encoded]:
            raw = base64.b64decode(encoded, validate=True)
            if len(raw) > 4 and base64.b64encode(raw).decode() == encoded:  # no other spelling of the same bytes
                return name, raw
    raise ValueError("a signature line is malformed")
