"""The desk key at work: what is sealed with it, and what is looked up blind."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.seal import expand

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class DeskKey:
    """The keys told from the desk key. Whoever holds the database alone can open nothing and look nobody up."""

    def __init__(self, key: bytes) -> None:
        self._seal = AESGCM(expand(key, "desk-seal"))
        self._lookup = expand(key, "desk-lookup")

    def seal(self, content: bytes, about: bytes) -> bytes:
        """Sealed for one place; it opens in no other."""
        nonce = os.urandom(12)
        return nonce + self._seal.encrypt(nonce, content, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Raises InvalidTag for what was not sealed for this place."""
        return self._seal.decrypt(sealed[:12], sealed[12:], about)

    def lookup(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._lookup, f"{purpose}\0{text}".encode(), "sha256")


def spoken_code() -> str:
    """A code to be written down or read out: twelve letters and digits, none taken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def as_spoken(code: str) -> str:
    """A code as it was typed, however: without what only helps the eye."""
    return "".join(filter(str.isalnum, code.casefold()))


def token_hash(token: str) -> bytes:
    """What is stored of a token that somebody holds."""
    return hashlib.sha256(token.encode()).digest()
