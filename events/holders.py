"""Who holds the master key: a file, an environment variable, later a key service."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.errors import NotReady


class KeyHolder(Protocol):
    """Whoever holds the master key: a file, an environment variable, later a key service."""

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes, /) -> bytes: ...


class MasterKey:
    """A master key of 32 bytes in this process's memory."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise NotReady("The master key must be exactly 32 bytes. Restore the right file from its safe place.")
        self._cipher = AESGCM(key)

    @classmethod
    def from_file(cls, path: Path) -> MasterKey:
        """Raises NotReady when the file is missing, readable by others, or of another length."""
        try:
            if path.stat().st_mode & 0o077:
                raise NotReady(f"The master key {path.name} can be read by others. Run: chmod 600 on it.")
            return cls(path.read_bytes())
        except FileNotFoundError:
            raise NotReady(
                f"There is no master key {path.name}. Put it back from its safe place; "
                "for a new trust run: tallystick init."
            ) from None

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
        return self._cipher.encrypt(nonce, plain, aad)

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes) -> bytes:
        return self._cipher.decrypt(nonce, text, aad)
