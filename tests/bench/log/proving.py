"""Inclusion proofs from stored tiles, in a log of a hundred thousand and in one of a million entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from events import Database, Log
from events.chain import TILE, Tree, root_of
from events.proofs import included_root, inclusion
from events.tables import tiles
from tests.bench.log.grounds import Ground
from tests.bench.log.ours import Ours
from tests.bench.log.rounds import Cell, clocked, each, rate, ratio, rounds

SIZES = (391 * TILE, 3907 * TILE)  # 100,096 and 1,000,192: in full tiles, so that no rows need be there
_PROOFS = 300


def run(ground: Ground) -> Iterator[Cell]:
    ours = Ours(ground, academies=len(SIZES), pupils=1)
    leaves = [hashlib.sha256(at.to_bytes(8, "big")).digest() for at in range(SIZES[-1])]
    roots = [_tiled(ours.store.database, log, leaves[:size]) for log, size in zip(ours.logs, SIZES, strict=True)]
    found = rounds(
        {
            **{
                f"{size}": partial(_from_tiles, log, leaves, size, root)
                for log, size, root in zip(ours.logs, SIZES, roots, strict=True)
            },
            "anew": partial(_anew, leaves, roots[-1]),
        }
    )
    small, large = (found[f"{size}"] for size in SIZES)
    what = f"{ground.name}: inclusion proof among {SIZES[-1]:,}"
    anew = f"anew {rate(found['anew'], 2)}"
    yield Cell(f"{what}, beside recomputing", rate(large), anew, ratio(large, found["anew"]), 1000, 5000)
    yield Cell(f"{what}, beside {SIZES[0]:,}", rate(large), rate(small), ratio(large, small), 0.8, 1)
    ours.close()


def _tiled(database: Database, log: Log, leaves: list[bytes]) -> bytes:
    """Stores the full tiles of a tree over these leaves as the log's; returns the root."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    rows = [{"log": log.id, "level": one.level, "index": one.number, "hashes": one.hashes} for one in tree.full]
    with database.writing() as connection:
        connection.execute(database.insert_new(tiles), rows)
    return tree.root()


def _from_tiles(log: Log, leaves: list[bytes], size: int, root: bytes) -> float:
    """Proofs a second. Each is of the next tile but some, so that none is found in memory, whatever the size."""
    positions = [(at * 37 * TILE + at) % size for at in range(_PROOFS)]
    log.tiles.inclusion(0, size)  # what lies above the tiles of leaves is in memory in any server
    paths: list[list[bytes]] = []
    seconds = clocked(each(lambda position: paths.append(log.tiles.inclusion(position, size)), positions))
    for position, path in zip(positions, paths, strict=True):
        if included_root(leaves[position], position, size, path) != root:
            raise RuntimeError("a proof does not hold")
    return len(positions) / seconds


def _anew(leaves: list[bytes], root: bytes) -> float:
    """Proofs a second where every hash is worked out from the leaves again."""
    position, size, paths = 123_456, len(leaves), list[list[bytes]]()

    def subtree(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    seconds = clocked(lambda: paths.append(inclusion(subtree, position, size)))
    if included_root(leaves[position], position, size, paths[0]) != root:
        raise RuntimeError("a proof does not hold")
    return 1 / seconds
