"""A data key as this process holds it, and as it goes along to another installation."""

from __future__ import annotations

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.facts import Stream
from events.seal import expand


class EntryKey:
    """What seals and opens the entries of one stream; from its data key come those of its documents and snapshots."""

    __slots__ = ("_cipher", "data_key", "key_id", "stream", "version")

    def __init__(self, key_id: bytes, version: int, stream: Stream, data_key: bytes) -> None:
        self.key_id = key_id
        self.version = version
        self.stream = stream
        self.data_key = data_key
        self._cipher: AESGCM | None = None

    @property
    def cipher(self) -> AESGCM:
        """Made when it is first used: a start from snapshots opens no entry of most streams."""
        if self._cipher is None:
            self._cipher = AESGCM(expand(self.data_key, "entry-key"))
        return self._cipher

    def __repr__(self) -> str:
        return "EntryKey()"  # no key in a traceback


class Carried(msgspec.Struct, frozen=True):
    """The keys of a log on its way to another installation."""

    index: bytes
    mac: bytes
    keys: list[tuple[bytes, int, bytes]]
    """key_id, version, and data key with subject and class, 64 bytes."""
    destroyed: list[bytes]

    @property
    def is_whole(self) -> bool:
        """Whether each of these has the length it must have."""
        lengths = len(self.index) == len(self.mac) == 32 and all(len(one) == 16 for one in self.destroyed)
        return lengths and all(len(one) == 16 and 0 < at < 2**16 and len(key) == 64 for one, at, key in self.keys)

    def __repr__(self) -> str:
        return "Carried()"  # no key in a traceback
