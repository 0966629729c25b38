"""Who holds the master key: this process's memory, a file, a file sealed with age; later a key service."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.errors import NotReady

LENGTH = 32
"""Bytes of a master key."""


class KeyHolder(Protocol):
    """Whoever holds the master key and wraps other keys with it: ours below, or a key service's client."""

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes, /) -> bytes:
        """Raises cryptography's InvalidTag for what another key wrapped."""
        ...


class MasterKey:
    """A master key of 32 bytes in this process's memory: from an environment variable, or just made."""

    def __init__(self, key: bytes) -> None:
        if len(key) != LENGTH:
            raise NotReady("The master key must be exactly 32 bytes. Restore the right file from its safe place.")
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes, /) -> bytes:
        return self._cipher.encrypt(nonce, plain, aad)

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes, /) -> bytes:
        return self._cipher.decrypt(nonce, text, aad)


class KeyFile:
    """A master key in a file its owner alone can read; read again when it no longer opens what it should.

    So a process goes on serving while another one rotates the key: the next one waits beside the old, in a file of the
    same name and `.next`, until every key lies under it.

    Args:
        identity: For a file sealed with age (its name ends in `.age`): the file that holds the age identity.

    Raises:
        NotReady: The file is missing, can be read by others, or is not a key.
    """

    def __init__(self, path: Path, identity: Path | None = None) -> None:
        self.path = path
        self._identity = identity
        self._held = MasterKey(self.read())

    @property
    def next_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.next")

    def read(self) -> bytes:
        """The key in the file; raises NotReady."""
        return self._read(self.path)

    def encrypt(self, nonce: bytes, plain: bytes, aad: bytes, /) -> bytes:
        return self._held.encrypt(nonce, plain, aad)

    def decrypt(self, nonce: bytes, text: bytes, aad: bytes, /) -> bytes:
        try:
            return self._held.decrypt(nonce, text, aad)
        except InvalidTag:
            for path in (self.path, self.next_path):
                if path.exists():
                    other = MasterKey(self._read(path))
                    try:
                        plain = other.decrypt(nonce, text, aad)
                    except InvalidTag:
                        continue
                    self._held = other
                    return plain
            raise

    @contextmanager
    def replaced(self) -> Iterator[MasterKey]:
        """A new key, on disk before the block begins; in the old one's place once the block is through.

        Where a process died in between, the key that waits is taken up again, and no other is made.
        """
        if self.next_path.exists():
            key = self._read(self.next_path)
        else:
            key = os.urandom(LENGTH)
            write_private(self.next_path, self._sealed(key))
        yield MasterKey(key)
        self.next_path.replace(self.path)
        sync_folder(self.path.parent)
        self._held = MasterKey(key)

    def _read(self, path: Path) -> bytes:
        content = read_private(
            path, "master key", "Put it back from its safe place; for a new trust run: tallystick init."
        )
        if self.path.suffix != ".age":
            return content
        if self._identity is None:
            raise NotReady("The master key is sealed with age: say in TALLYSTICK_AGE_IDENTITY where the identity is.")
        try:
            return bytes(pyrage.decrypt(content, [age_identity(self._identity)]))
        except pyrage.DecryptError:
            raise NotReady(f"The age identity {self._identity.name} does not open {path.name}.") from None

    def _sealed(self, key: bytes) -> bytes:
        if self.path.suffix != ".age" or self._identity is None:
            return key
        return bytes(pyrage.encrypt(key, [age_identity(self._identity).to_public()]))


def age_identity(path: Path) -> pyrage.x25519.Identity:
    """The age identity in a file as age-keygen writes it; raises NotReady."""
    text = read_private(path, "age identity", "Put it back from its safe place.").decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0])
    except (IndexError, pyrage.IdentityError):
        raise NotReady(f"{path.name} holds no age identity; its line begins with AGE-SECRET-KEY-1.") from None


def read_private(path: Path, called: str, otherwise: str) -> bytes:
    """What a small secret file holds; raises NotReady when it is missing, too long, or can be read by others."""
    try:
        if path.stat().st_mode & 0o077:
            raise NotReady(f"The {called} {path.name} can be read by others. Run: chmod 600 on it.")
        with path.open("rb") as file:
            return file.read(64 * 1024)
    except FileNotFoundError:
        raise NotReady(f"There is no {called} {path.name}. {otherwise}") from None


def write_private(path: Path, content: bytes) -> None:
    """A new file that its owner alone can read, durable when this returns; raises NotReady when there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NotReady(f"There is a file {path.name} already; it was left as it is.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Makes a file's name durable; a system that has no such thing is passed over."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
