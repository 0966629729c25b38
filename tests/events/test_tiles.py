"""Proofs and published tiles from a real log, on both databases, also when its stored tiles are gone."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import Log, Store, Tampered
from events.chain import root_of
from events.open_facts import LogOpened
from events.proofs import included_root, is_consistent
from events.tiles import Tiles
from tests.events.home import Home, note
from tests.events.test_proofs import LEAVES, SIZES, root

SIZE = 600


@pytest.fixture
def leaves(log: Log) -> list[bytes]:
    """A log of two full tiles and a bit; its leaves."""
    log.append_open([LogOpened(str(number)) for number in range(SIZE - log.size)], uuid4())
    return [event.leaf for event in log.events()]


def test_entries_and_earlier_sizes_are_proved_from_tiles_and_rows(log: Log, leaves: list[bytes]) -> None:
    whole = root_of(leaves)
    for position in (0, 1, 255, 256, 511, 512, 598, 599):
        proof = log.tiles.inclusion(position, SIZE)
        assert included_root(leaves[position], position, SIZE, proof) == whole
    for old in (1, 2, 255, 256, 257, 512, 513, 599, 600):
        proof = log.tiles.consistency(old, SIZE)
        assert is_consistent(old, root_of(leaves[:old]), SIZE, whole, proof)


def test_what_was_asked_before_an_append_is_right_after_it(log: Log, leaves: list[bytes]) -> None:
    early = log.tiles.inclusion(599, SIZE)
    position = note(log)
    assert log.tiles.inclusion(599, SIZE) == early
    grown = [*leaves, log.event(position).leaf]
    assert included_root(grown[position], position, SIZE + 1, log.tiles.inclusion(position, SIZE + 1)) == root_of(grown)
    assert is_consistent(SIZE, root_of(leaves), SIZE + 1, root_of(grown), log.tiles.consistency(SIZE, SIZE + 1))


def test_lost_tiles_are_made_again_for_a_proof(home: Home, log: Log, leaves: list[bytes]) -> None:
    home.attack("DELETE FROM tiles")
    again = home.store().log(log.name)
    assert included_root(leaves[300], 300, SIZE, again.tiles.inclusion(300, SIZE)) == root_of(leaves)


def test_a_published_tile_is_its_hashes_and_a_partial_one_their_beginning(log: Log, leaves: list[bytes]) -> None:
    assert log.tiles.tile(0, 1, 256) == b"".join(leaves[256:512])
    assert log.tiles.tile(0, 2, 88) == b"".join(leaves[512:600])
    assert log.tiles.tile(0, 2, 3) == b"".join(leaves[512:515])
    assert log.tiles.tile(1, 0, 2) == root_of(leaves[:256]) + root_of(leaves[256:512])


def test_what_is_not_recorded_cannot_be_proved(log: Log, leaves: list[bytes]) -> None:
    with pytest.raises(Tampered, match="missing"):
        log.tiles.inclusion(0, len(leaves) + 1)


def test_a_row_that_was_changed_proves_nothing(home: Home, store: Store, log: Log, leaves: list[bytes]) -> None:
    home.attack("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 550")
    with pytest.raises(Tampered, match="position 550"):
        home.store().log(log.name).tiles.inclusion(0, len(leaves))


@given(st.lists(st.tuples(st.integers(1, SIZES), st.integers(0, SIZES - 1)), max_size=20))
def test_pyramids_that_grow_as_they_are_asked_prove_as_whole_ones(asked: list[tuple[int, int]]) -> None:
    def read(level: int, number: int, start: int, stop: int) -> list[bytes]:
        first = number * 256
        if level == 0:
            return LEAVES[first + start : first + stop]
        return [root_of(LEAVES[256 * at : 256 * (at + 1)]) for at in range(first + start, first + stop)]

    tiles = Tiles(read)
    for size, index in asked:
        proof = tiles.inclusion(index % size, size)
        assert included_root(LEAVES[index % size], index % size, size, proof) == root(size)
        assert is_consistent(index % size, root(index % size), size, root(size), tiles.consistency(index % size, size))


def test_a_tile_is_read_once_for_a_whole_path() -> None:
    asked: list[tuple[int, int, int, int]] = []

    def read(level: int, number: int, start: int, stop: int) -> list[bytes]:
        asked.append((level, number, start, stop))
        return LEAVES[number * 256 + start : number * 256 + stop]

    tiles = Tiles(read)
    tiles.inclusion(254, 256)
    tiles.inclusion(3, 256)
    tiles.inclusion(290, 300)
    assert [one for one in asked if one[0] == 0] == [(0, 0, 0, 256), (0, 1, 0, 44)]
