"""Inclusion and consistency proofs, held against trees written down from the definitions of RFC 6962 (2.1)."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs import consistency, included_root, inclusion, is_consistent

SIZES = 300
LEAVES = [sha256(b"\0leaf %d" % number).digest() for number in range(SIZES)]


def largest_power_below(count: int) -> int:
    k = 1
    while 2 * k < count:
        k *= 2
    return k


def mth(hashes: Sequence[bytes]) -> bytes:
    """MTH(D[n]), by its definition."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = largest_power_below(len(hashes))
    return sha256(b"\1" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def path(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]), by its definition."""
    if len(hashes) == 1:
        return []
    k = largest_power_below(len(hashes))
    if m < k:
        return [*path(m, hashes[:k]), mth(hashes[k:])]
    return [*path(m - k, hashes[k:]), mth(hashes[:k])]


def subproof(m: int, hashes: Sequence[bytes], *, complete: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b), by its definition."""
    if m == len(hashes):
        return [] if complete else [mth(hashes)]
    k = largest_power_below(len(hashes))
    if m <= k:
        return [*subproof(m, hashes[:k], complete=complete), mth(hashes[k:])]
    return [*subproof(m - k, hashes[k:], complete=False), mth(hashes[:k])]


@cache
def subtree(level: int, index: int) -> bytes:
    return mth(LEAVES[index << level : (index + 1) << level])


@cache
def root(size: int) -> bytes:
    return mth(LEAVES[:size])


@pytest.mark.parametrize("size", range(SIZES + 1))
def test_every_leaf_and_every_older_tree_is_proved(size: int) -> None:
    for index in range(size):
        proof = inclusion(subtree, index, size)
        assert included_root(LEAVES[index], index, size, proof) == root(size)
        assert size < 2 or included_root(LEAVES[index - 1], index, size, proof) != root(size)
    for old in range(size + 1):
        proof = consistency(subtree, old, size)
        assert is_consistent(old, root(old), size, root(size), proof)
        assert not old or not is_consistent(old, root(old - 1), size, root(size), proof)
        assert old in {0, size} or not is_consistent(old, root(old), size, root(old), proof)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 100, 255, 256, 257, 300])
def test_paths_are_those_of_the_definitions(size: int) -> None:
    for index in range(size):
        assert inclusion(subtree, index, size) == path(index, LEAVES[:size])
    for old in range(1, size):
        assert consistency(subtree, old, size) == subproof(old, LEAVES[:size], complete=True)


sizes = st.integers(1, SIZES)


@given(sizes, st.data())
def test_a_path_for_another_place_or_size_leads_elsewhere(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other, larger = data.draw(st.integers(0, size - 1)), data.draw(st.integers(size, SIZES))
    proof = inclusion(subtree, index, size)
    for at, among in ((other, size), (index, larger)):
        if (at, among) != (index, size):
            try:
                found = included_root(LEAVES[index], at, among, proof)
            except ValueError:
                continue
            assert found != root(among)


@given(sizes, st.data())
def test_a_path_of_another_length_or_with_any_other_hash_is_refused(size: int, data: st.DataObject) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    checks: list[tuple[list[bytes], Callable[[list[bytes]], bool]]] = [
        (
            inclusion(subtree, index, size),
            lambda proof: included_root(LEAVES[index], index, size, proof) == root(size),
        ),
        (
            consistency(subtree, old, size),
            lambda proof: is_consistent(old, root(old), size, root(size), proof),
        ),
    ]
    for proof, holds in checks:
        assert holds(proof)
        changed = [[*proof, bytes(32)], [*proof, proof[-1]] if proof else [b""], *([proof[:-1]] if proof else [])]
        for at in range(len(proof)):
            changed.append([*proof[:at], sha256(proof[at]).digest(), *proof[at + 1 :]])
            changed.append([*proof[:at], proof[at][:-1], *proof[at + 1 :]])
        for one in changed:
            try:
                assert not holds(one)
            except ValueError:
                continue


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 5), (5, 5), (9, 3)])
def test_what_is_not_in_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion(subtree, index, size)
    with pytest.raises(ValueError, match="outside the tree"):
        included_root(LEAVES[0], index, size, [])


@pytest.mark.parametrize(("old", "size"), [(-1, 5), (6, 5)])
def test_a_larger_tree_does_not_begin_a_smaller(old: int, size: int) -> None:
    with pytest.raises(IndexError):
        consistency(subtree, old, size)
    assert not is_consistent(old, root(0), size, root(5), [])


def test_the_empty_tree_begins_every_tree_and_only_its_own_root_is_empty() -> None:
    assert is_consistent(0, root(0), 9, root(9), [])
    assert not is_consistent(0, root(1), 9, root(9), [])
    assert not is_consistent(0, root(0), 9, root(9), [bytes(32)])
