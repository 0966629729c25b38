"""The hashes of one log's tree: full tiles as stored, its growing edge from the rows. Proofs come from here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from events.chain import TILE, nodes
from events.proofs import consistency, inclusion

_KEPT = 256  # pyramids; about 33 kB each
_HEIGHT = 8

Reading = Callable[[int, int, int, int], Sequence[bytes]]
"""Gives hashes (level of tile, number of tile, from, to) of one tile; `to` is not included."""


class _Pyramid:
    """A tile's hashes and every node over them that is complete: 511 when the tile is full."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[] for _ in range(_HEIGHT + 1)]

    def extend(self, values: Sequence[bytes]) -> None:
        """More hashes, and the nodes they complete."""
        for level in self.levels:
            unpaired = len(level) & ~1
            level.extend(values)
            values = nodes(level[unpaired:])


class Tiles:
    """Subtrees, proofs and published tiles of one log, from tiles of 256 hashes, those used last kept in memory.

    A hash once committed never changes, so what is kept is never stale; a tile on the edge only grows.
    Whoever asks must not ask beyond what is committed. Many threads may ask at once.

    Args:
        read: Reads the hashes of a tile; raises Tampered when one cannot be had.
    """

    def __init__(self, read: Reading) -> None:
        self._read = read
        self._pyramids: OrderedDict[tuple[int, int], _Pyramid] = OrderedDict()
        self._lock = threading.Lock()

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """Proves the entry at a position to whoever knows the root over the first `size`; raises IndexError."""
        with self._lock:
            return inclusion(partial(self._subtree, size), position, size)

    def consistency(self, old: int, size: int) -> list[bytes]:
        """Proves that nothing among the first `old` entries was changed on the way to `size`; raises IndexError."""
        with self._lock:
            return consistency(partial(self._subtree, size), old, size)

    def tile(self, level: int, number: int, width: int) -> bytes:
        """The first `width` hashes, 1 to 256, of a tile, one after another."""
        with self._lock:
            return b"".join(self._pyramid(level, number, width, width).levels[0][:width])

    def _subtree(self, size: int, level: int, index: int) -> bytes:
        """The root over a full subtree in the tree of the first `size`."""
        tile_level, inside = divmod(level, _HEIGHT)
        number, at = divmod(index << inside, TILE)
        most = min(TILE, (size >> tile_level * _HEIGHT) - number * TILE)
        return self._pyramid(tile_level, number, at + (1 << inside), most).levels[inside][at >> inside]

    def _pyramid(self, level: int, number: int, width: int, most: int) -> _Pyramid:
        """The tile's pyramid, over `width` hashes at least; where they are read, `most` are, since a path asks for one
        part of a tile after another."""
        pyramid = self._pyramids.get((level, number))
        if pyramid is None:
            pyramid = self._pyramids[level, number] = _Pyramid()
        self._pyramids.move_to_end((level, number))
        if (known := len(pyramid.levels[0])) < width:
            pyramid.extend(self._read(level, number, known, most))
        while len(self._pyramids) > _KEPT:
            self._pyramids.popitem(last=False)
        return pyramid
