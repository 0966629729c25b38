"""Inclusion and consistency proofs of RFC 6962 (2.1.1, 2.1.2): made from subtree hashes, checked from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from events.chain import node, root_of

Subtree = Callable[[int, int], bytes]
"""Gives the root over the full subtree (level, index): 2**level leaves, from leaf index * 2**level on."""


def inclusion(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The path that proves leaf `index` among the first `size` leaves, nearest the leaf first.

    Raises:
        IndexError: There is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} among {size}")
    path, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_root(subtree, middle, stop))
            stop = middle
        else:
            path.append(_root(subtree, start, middle))
            start = middle
    return path[::-1]


def consistency(subtree: Subtree, old: int, size: int) -> list[bytes]:
    """The path that proves that the first `old` leaves begin the first `size`; empty where either says it all.

    Raises:
        IndexError: The old tree is the larger.
    """
    if not 0 <= old <= size:
        raise IndexError(f"{old} leaves are no part of {size}")
    if old in {0, size}:
        return []
    path, start, stop, whole = [], 0, size, True
    while old != stop:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_root(subtree, middle, stop))
            stop = middle
        else:
            path.append(_root(subtree, start, middle))
            start, whole = middle, False
    if not whole:  # the reader knows the old root, and so the old tree where it is one full subtree
        path.append(_root(subtree, start, stop))
    return path[::-1]


def included_root(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path leads to from a leaf's hash; to be compared with a signed one.

    Raises:
        ValueError: The path is too long or too short for that place, or a hash in it is no hash.
    """
    if not 0 <= index < size:
        raise ValueError("the place lies outside the tree")
    found, at, last = leaf, index, size - 1
    for sibling in _hashes(path):
        if last == 0:
            raise ValueError("the path is too long")
        if at % 2 or at == last:
            found = node(sibling, found)
            while not at % 2 and at:
                at, last = at // 2, last // 2
        else:
            found = node(found, sibling)
        at, last = at // 2, last // 2
    if last:
        raise ValueError("the path is too short")
    return found


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path proves that the tree of `old` leaves begins the tree of `size`."""
    if not 0 <= old <= size:
        return False
    if old == 0:
        return not path and old_root == root_of(())
    if old == size:
        return not path and old_root == root
    try:
        steps = _hashes(path)
    except ValueError:
        return False
    at, last = old - 1, size - 1
    while at % 2:
        at, last = at // 2, last // 2
    if at == 0:
        steps = [old_root, *steps]  # the old tree is one full subtree
    if not steps:
        return False
    before = now = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, now = node(sibling, before), node(sibling, now)
            while not at % 2 and at:
                at, last = at // 2, last // 2
        else:
            now = node(now, sibling)
        at, last = at // 2, last // 2
    return last == 0 and before == old_root and now == root


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def _root(subtree: Subtree, start: int, stop: int) -> bytes:
    """Root over leaves from `start` up to, not including, `stop`; `start` is where a subtree of that breadth begins."""
    parts = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        parts.append(subtree(level, start >> level))
        start += 1 << level
    found = parts.pop()
    while parts:
        found = node(parts.pop(), found)
    return found


def _hashes(path: Sequence[bytes]) -> list[bytes]:
    if any(len(one) != 32 for one in path) or len(path) > 128:
        raise ValueError("a hash of the path is no hash")
    return list(path)
