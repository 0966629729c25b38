"""Leaves and the tree over them, held against a tree written straight from RFC 6962, section 2.1."""

import struct
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.chain import TILE, RowMac, Tree, key_mark, leaf_data, leaf_hash, node, root_of

CHEAP = [sha256(str(number).encode()).digest() for number in range(70_000)]


def rfc_6962(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) over leaf hashes: split at k, the largest power of two smaller than n."""
    n = len(leaves)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return leaves[0]
    k = 1
    while k * 2 < n:
        k *= 2
    return sha256(b"\x01" + rfc_6962(leaves[:k]) + rfc_6962(leaves[k:])).digest()


@cache
def root(size: int) -> bytes:
    return rfc_6962(CHEAP[:size])


def grown(leaves: list[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


def full_tiles(size: int) -> list[int]:
    """How many full tiles a log of this size has, by level."""
    counts = []
    while size := size // TILE:
        counts.append(size)
    return counts


def resumed(size: int, stored: list[int]) -> Tree:
    """A tree of this size, begun from so many stored tiles a level, the rest of its leaves added."""
    tiles = {(tile.level, tile.number): tile.hashes for tile in grown(CHEAP[:size]).full}

    def tile_root(level: int, index: int) -> bytes:
        hashes = tiles[level, index]
        return root_of([hashes[place : place + 32] for place in range(0, len(hashes), 32)])

    tree = Tree.resume(stored, tile_root)
    for leaf in CHEAP[tree.size : size]:
        tree.add(leaf)
    return tree


def test_the_root_is_the_one_rfc_6962_defines_at_every_size_to_600() -> None:
    tree = Tree()
    for size in range(601):
        assert root_of(CHEAP[:size]) == root(size) == tree.root()
        assert tree.size == size
        tree.add(CHEAP[size])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=700))
@settings(max_examples=60)
def test_a_growing_tree_and_a_whole_one_agree(leaves: list[bytes]) -> None:
    assert grown(leaves).root() == root_of(leaves) == rfc_6962(leaves)


@pytest.mark.parametrize("size", [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_791, 65_792, 69_000])
def test_a_tree_resumed_from_its_tiles_goes_on_as_if_never_stopped(size: int) -> None:
    tree = resumed(size, full_tiles(size))
    assert (tree.size, tree.root()) == (size, root(size))
    for leaf in CHEAP[size : size + 300]:
        tree.add(leaf)
    assert tree.root() == root(size + 300)


@pytest.mark.parametrize(
    ("size", "stored"),
    [
        (600, []),
        (600, [1]),
        (65_536, [256]),  # the tile above them is made again
        (66_000, [256]),
        (66_000, [257]),
        (66_000, [3]),
        (66_000, [255, 0]),
    ],
)
def test_tiles_not_stored_yet_are_made_again_on_the_way(size: int, stored: list[int]) -> None:
    tree = resumed(size, stored)
    assert tree.root() == root(size)
    wanted = {(tile.level, tile.number): tile.hashes for tile in grown(CHEAP[:size]).full}
    made = {(tile.level, tile.number): tile.hashes for tile in tree.full}
    lacking = {
        (level, number)
        for level, count in enumerate(full_tiles(size))
        for number in range(stored[level] if level < len(stored) else 0, count)
    }
    assert made == {where: wanted[where] for where in lacking}


def test_a_full_tile_holds_256_hashes_of_its_level_once() -> None:
    tree = grown(CHEAP[:66_000])
    tiles = {(tile.level, tile.number): tile.hashes for tile in tree.full}
    assert len(tiles) == len(tree.full) == 257 + 1
    assert tiles[0, 3] == b"".join(CHEAP[768:1024])
    assert tiles[1, 0] == b"".join(root_of(CHEAP[256 * number : 256 * number + 256]) for number in range(256))


@given(
    st.integers(0, 255),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**64 - 1),
    st.integers(0, 2**64 - 1),
    st.binary(min_size=16, max_size=16),
)
def test_leaf_data_is_150_bytes_each_at_its_place(flags: int, epoch: int, position: int, us: int, event: bytes) -> None:
    log, mark, commit, sealed = bytes(16), b"m" * 32, b"c" * 32, b"s" * 32
    data = leaf_data(flags, epoch, log, position, us, event, mark, commit, sealed)
    assert len(data) == 150
    assert data[:6] == bytes([1, flags]) + epoch.to_bytes(4, "big")
    assert data[6:54] == log + position.to_bytes(8, "big") + us.to_bytes(8, "big") + event
    assert data[54:] == mark + commit + sealed


@pytest.mark.parametrize(("flags", "position"), [(256, 0), (-1, 0), (0, -1), (0, 2**64)])
def test_a_number_that_does_not_fit_its_place_is_refused(flags: int, position: int) -> None:
    with pytest.raises(struct.error):
        leaf_data(flags, 1, bytes(16), position, 0, bytes(16), bytes(32), bytes(32), bytes(32))


def test_leaf_node_mark_and_mac_cannot_be_taken_for_each_other() -> None:
    data = bytes(64)
    assert (
        len({leaf_hash(data), node(data[:32], data[32:]), key_mark(data[:16], data[16:32], 0), sha256(data).digest()})
        == 4
    )
    assert len(RowMac(bytes(32))(data)) == 16
    assert RowMac(bytes(32))(data) != RowMac(b"\1" * 32)(data)
