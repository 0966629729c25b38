"""Leaves, the Merkle tree over them (RFC 6962 hashing) and its tiles of 256 hashes."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from events.seal import label

TILE = 256
OPEN_BIT, CLOCK_UNSURE_BIT = 0b01, 0b10
_LEAF = struct.Struct(">BBI16sQQ16s32s32s32s")
_U64 = struct.Struct(">Q")
_MARK, _ROW = label("mark"), label("row")
_sha = hashlib.sha256
_NODE = _sha(b"\x01")


def key_mark(log_id: bytes, key_id: bytes, n: int) -> bytes:
    """Stands in the leaf for stream and n; showing both later proves that nothing between was left out."""
    return _sha(_MARK + log_id + key_id + _U64.pack(n)).digest()


def leaf_data(
    flags: int,
    epoch: int,
    log_id: bytes,
    position: int,
    recorded_us: int,
    event: bytes,
    mark: bytes,
    commit: bytes,
    sealed_hash: bytes,
) -> bytes:
    """The 150 bytes that are hashed into the tree. Never public.

    Raises:
        struct.error: A number does not fit its place.
    """
    return _LEAF.pack(0x01, flags, epoch, log_id, position, recorded_us, event, mark, commit, sealed_hash)


def leaf_hash(data: bytes) -> bytes:
    return _sha(b"\0" + data).digest()


class RowMac:
    """Gives the 16 bytes that vouch for a row younger than the last checkpoint.

    Begun once for a key: working the key in again for each row would cost more than the row.
    """

    def __init__(self, mac_key: bytes) -> None:
        self._begun = HMAC(mac_key, SHA256())
        self._begun.update(_ROW)

    def __call__(self, data: bytes) -> bytes:
        mac = self._begun.copy()
        mac.update(data)
        return mac.finalize()[:16]


def node(left: bytes, right: bytes) -> bytes:
    return _sha(b"\x01" + left + right).digest()


def nodes(hashes: Sequence[bytes]) -> list[bytes]:
    """The node over each two of them, in order; over the last, where it has no partner, there is none yet."""
    found = []
    for left, right in zip(hashes[::2], hashes[1::2], strict=False):
        begun = _NODE.copy()  # shorter than to begin anew
        begun.update(left + right)
        found.append(begun.digest())
    return found


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The tree's root over these hashes, in order; of nothing, the hash of nothing (RFC 6962, 2.1)."""
    if not hashes:
        return _sha(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        level = nodes(level) + level[len(level) & ~1 :]  # the last without a partner goes up as it is
    return level[0]


class Tile(NamedTuple):
    """A full tile: 256 hashes of one level, beginning with its hash 256 x number."""

    level: int
    number: int
    hashes: bytes


class Tree:
    """The growing edge of a log's tree: for each level the hashes no full tile holds yet.

    A level's full tile is handed out once, in `full`, and its root goes one level up; so memory is at most
    255 hashes a level, and an append costs one hash and a push.
    """

    def __init__(self) -> None:
        self.size = 0
        self.full: list[Tile] = []
        self._edge: list[list[bytes]] = [[]]
        self._count = [0]

    def add(self, leaf: bytes) -> None:
        self.size += 1
        self._push(0, leaf)

    @classmethod
    def resume(cls, full: Sequence[int], root: Callable[[int, int], bytes]) -> Tree:
        """The edge as it stands after the stored tiles, before the rows that no tile holds yet.

        Args:
            full: How many full tiles are stored, level by level from 0, each level without a gap.
            root: Gives the root over the tile at (level, index).
        """
        tree = cls()
        tree.size = full[0] * TILE if full else 0
        tree._reach(len(full))
        tree._count = [*(tiles * TILE for tiles in full), 0]
        for level in reversed(range(len(full))):
            above = full[level + 1] if level + 1 < len(full) else 0
            for index in range(above * TILE, full[level]):
                tree._push(level + 1, root(level, index))
        return tree

    def root(self) -> bytes:
        """Root over all leaves added."""
        below: list[bytes] = []
        for edge in self._edge:
            whole = [*edge, *below]
            below = [root_of(whole)] if whole else []
        return below[0] if below else root_of(())

    def _reach(self, level: int) -> None:
        while len(self._edge) <= level:
            self._edge.append([])
            self._count.append(0)

    def _push(self, level: int, value: bytes) -> None:
        self._reach(level)
        edge = self._edge[level]
        edge.append(value)
        self._count[level] += 1
        if len(edge) == TILE:
            self.full.append(Tile(level, self._count[level] // TILE - 1, b"".join(edge)))
            root = root_of(edge)
            edge.clear()
            self._push(level + 1, root)
