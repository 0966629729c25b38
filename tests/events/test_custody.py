"""A master key in three shares: any two give it back, one gives nothing, and a slip of the pen is noticed."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import NotReady
from events.custody import join, mark_of, split

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS)
def test_any_two_shares_give_the_key_back(key: bytes) -> None:
    shares = split(key)
    for one, other in permutations(shares, 2):
        assert join(one, other) == key
        assert join(f"\n {one.strip()}\r\n", other) == key


@given(KEYS)
def test_one_share_holds_no_byte_that_was_not_drawn_at_random(key: bytes) -> None:
    first, second = split(key), split(key)
    for one, other in zip(first, second, strict=True):
        assert set(one.split("\n")[1:3]).isdisjoint(other.split("\n")[1:3])
        assert key.hex() not in one


def test_two_copies_of_one_share_are_not_enough() -> None:
    share = split(bytes(range(32)))[1]
    with pytest.raises(NotReady, match="two copies"):
        join(share, share)


def test_shares_of_another_splitting_or_another_key_do_not_fit() -> None:
    key = bytes(range(32))
    first, again, other = split(key), split(key), split(bytes(32))
    for wrong in (again[1], other[1]):
        with pytest.raises(NotReady, match="one splitting"):
            join(first[0], wrong)


@given(st.data())
def test_any_other_letter_is_noticed(data: st.DataObject) -> None:
    one, other, _ = split(bytes(range(32)))
    at = data.draw(st.integers(0, len(one.rstrip()) - 1))
    letter = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda found: found != one[at]))
    with pytest.raises(NotReady):
        join(one[:at] + letter + one[at + 1 :], other)


@pytest.mark.parametrize("text", ["", "\n\n\n\n", "Tallystick", "a\nb\nc\nd", "é" * 400])
def test_what_is_no_share_says_so(text: str) -> None:
    with pytest.raises(NotReady, match="no share"):
        join(text, split(bytes(32))[0])


def test_the_mark_tells_keys_apart_and_gives_none_away() -> None:
    assert mark_of(bytes(32)) != mark_of(bytes(31) + b"\1")
    assert len(mark_of(bytes(32))) == 16
