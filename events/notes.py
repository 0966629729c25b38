"""Checkpoints as C2SP signed notes: `<origin> LF <size> LF <base64 root> LF`, a blank line, signature lines.

Sources: C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature (its ML-DSA-44 text as of November 2026).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

ED25519, COSIGNATURE, ML_DSA_44 = 0x01, 0x04, 0x06
"""How a line is signed: by a log; by a witness, with the time; by either with ML-DSA-44, with the time."""

LONGEST = 64 * 1024
"""Characters of a note, inclusive; twenty lines of ML-DSA-44 fit."""

_LENGTHS = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
_U64 = struct.Struct(">Q")


class Checkpoint(NamedTuple):
    """The log's name for this epoch, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed: three lines, each with its line feed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class NoteKey(NamedTuple):
    """A public key by which a line of a note can be checked."""

    name: str
    kind: int
    public: bytes

    @property
    def hash(self) -> bytes:
        """4 bytes that tell keys of one name apart."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as a reader pins it, C2SP's verifier key: `name+hash+base64`."""
        return f"{self.name}+{self.hash.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> NoteKey:
        """The key in a verifier key; raises ValueError when it is none, or of a kind unknown here."""
        try:
            name, _, rest = text.strip().partition("+")  # base64 may hold a plus, a name may not
            told, _, encoded = rest.partition("+")
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raw, name, told = b"", "", ""
        key = cls(name, raw[0] if raw else 0, raw[1:])
        if not name or " " in name or _LENGTHS.get(key.kind) != len(key.public) or key.hash.hex() != told:
            raise ValueError("this is no verifier key")
        return key

    def holds(self, checkpoint: Checkpoint, signature: bytes) -> bool:
        """Whether a signature, as it stands in a line after the key's hash, is this key's of this checkpoint."""
        try:
            if self.kind == ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, checkpoint.text.encode())
            elif self.kind == COSIGNATURE:
                public = Ed25519PublicKey.from_public_bytes(self.public)
                public.verify(signature[8:], _cosigned(checkpoint, signature[:8]))
            else:
                message = _subtree(self.name, checkpoint, signature[:8])
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature[8:], message)
        except (InvalidSignature, ValueError, struct.error):
            return False
        return True


class NoteSigner(NamedTuple):
    """A private key that signs notes: its seed of 32 bytes."""

    name: str
    kind: int
    seed: bytes

    def __repr__(self) -> str:
        return f"NoteSigner({self.name!r})"  # no key in a traceback

    @property
    def key(self) -> NoteKey:
        if self.kind == ML_DSA_44:
            public = MLDSA44PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw()
        else:
            public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return NoteKey(self.name, self.kind, public)

    def line(self, checkpoint: Checkpoint, at: int = 0) -> str:
        """The line that signs a checkpoint, with its line feed.

        Args:
            at: Seconds since 1970 UTC, for the kinds that hold a time; 0 makes no statement of it.
        """
        if self.kind == ED25519:
            return self.text_line(checkpoint.text)
        if self.kind == COSIGNATURE:
            signer = Ed25519PrivateKey.from_private_bytes(self.seed)
            signature = _U64.pack(at) + signer.sign(_cosigned(checkpoint, _U64.pack(at)))
        else:
            message = _subtree(self.name, checkpoint, _U64.pack(at))
            signature = _U64.pack(at) + MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message)
        return self._line(signature)

    def text_line(self, text: str) -> str:
        """The line by which a key of Ed25519 signs any text, with its line feed.

        No text but a checkpoint's may be three lines of origin, size and root.
        """
        return self._line(Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode()))

    def _line(self, signature: bytes) -> str:
        return str(Line(self.name, self.key.hash, signature))


class Line(NamedTuple):
    """A signature line: whose it says it is, the hash of that key, and the signature."""

    name: str
    key_hash: bytes
    signature: bytes

    def __str__(self) -> str:
        """As it stands in a note, with its line feed."""
        return f"— {self.name} {base64.b64encode(self.key_hash + self.signature).decode()}\n"


def signed_note(checkpoint: Checkpoint, signers: Iterable[NoteSigner], at: int = 0) -> str:
    """The note, with a line of each signer in their order."""
    return checkpoint.text + "\n" + "".join(signer.line(checkpoint, at) for signer in signers)


def parse_note(note: str) -> tuple[Checkpoint, list[Line]]:
    """What a note says, and its lines, none of them checked; raises ValueError when it is no checkpoint."""
    text, blank, signatures = note.rpartition("\n\n")
    lines = text.split("\n")
    if not blank or len(lines) != 3 or not lines[0] or not note.endswith("\n") or len(note) > LONGEST:
        raise ValueError("this is no checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        root = b""
    size = int(lines[1]) if lines[1].isascii() and lines[1].isdecimal() and len(lines[1]) < 20 else -1
    checkpoint = Checkpoint(lines[0], size, root)
    if len(root) != 32 or checkpoint.text != f"{text}\n":  # one spelling only
        raise ValueError("the checkpoint's size or root is malformed")
    return checkpoint, [parse_line(f"{line}\n") for line in signatures.removesuffix("\n").split("\n")]


def read_note(note: str, origin: str, keys: Iterable[NoteKey]) -> tuple[Checkpoint, list[NoteKey]]:
    """The checkpoint in a note, and which of these keys signed it; lines of other keys are ignored.

    Raises:
        ValueError: It is no checkpoint of this origin, a line of one of these keys does not hold, or none of them
            signed it.
    """
    checkpoint, lines = parse_note(note)
    if checkpoint.origin != origin:
        raise ValueError("this is no checkpoint of this log")
    known = {(key.name, key.hash): key for key in keys}
    signed = []
    for line in lines:
        if key := known.get((line.name, line.key_hash)):
            if not key.holds(checkpoint, line.signature):
                raise ValueError("the checkpoint's signature does not hold")
            signed.append(key)
    if not signed:
        raise ValueError("no signature by a key known here")
    return checkpoint, signed


def parse_line(text: str) -> Line:
    """A signature line, with its line feed, unchecked; raises ValueError when it is none."""
    match text.removesuffix("\n").split(" "):
        case ["—", name, encoded] if name:
            raw = base64.b64decode(encoded, validate=True)
            line = Line(name, raw[:4], raw[4:])
            if line.signature and str(line) == text:  # no other spelling of the same bytes
                return line
    raise ValueError("a signature line is malformed")


def _cosigned(checkpoint: Checkpoint, at: bytes) -> bytes:
    (seconds,) = _U64.unpack(at)
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.text}".encode()


def _subtree(name: str, checkpoint: Checkpoint, at: bytes) -> bytes:
    """tlog-cosignature's `cosigned_message` of the whole tree, from its first leaf on."""
    names = [bytes([len(one)]) + one for one in (name.encode(), checkpoint.origin.encode())]
    return b"subtree/v1\n\0" + names[0] + at + names[1] + bytes(8) + _U64.pack(checkpoint.size) + checkpoint.root
