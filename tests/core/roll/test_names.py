"""What is marked as perhaps naming somebody, and what is left where no name may stand, by examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.names import Names

HERE = Names.of([("Maya", "Quill"), ("Noah", "Quill"), ("Priya", "Shah"), ("May", "Ode-Barker"), ("", "Okafor")])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Maya reads well", ()),
        ("Maya Quill reads well", ()),
        ("She hit Priya at break", ("Priya",)),
        ("She hit Priya Shah at break", ("Priya Shah",)),
        ("Her brother Noah Quill was there", ("Noah Quill",)),
        ("Her brother Noah was there", ("Noah",)),
        ("Told by Mrs Unknown", ("Mrs Unknown",)),
        ("Okafor saw it", ("Okafor",)),
        ("Mr Okafor saw it; Mr Okafor told us", ("Mr Okafor",)),
        ("On 4 May she left", ()),
        ("May Ode-Barker saw it", ("May Ode-Barker",)),
        ("the shah of iran", ()),
        ("Mrs Quill came", ("Mrs Quill",)),
        ("", ()),
    ],
)
def test_what_is_marked(words: str, found: tuple[str, ...]) -> None:
    assert HERE.found_in(words, "Maya", "Quill") == found


@given(st.text(max_size=200))
def test_nothing_is_marked_that_does_not_stand_there(words: str) -> None:
    for mark in HERE.found_in(words, "Maya", "Quill"):
        assert all(one in words for one in mark.split(" "))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Maya reads well with Priya Shah", "[name] reads well with [name]"),
        ("Told by Mrs Unknown", "Told by Mrs [name]"),
        ("Maya Quill and Noah Quill", "[name] and [name]"),
        ("On 4 May she left", "On 4 May she left"),
        ("May Ode-Barker saw it", "[name] saw it"),
        ("She saw Anybody and JCQ. Anybody saw her", "She saw [name] and JCQ. Anybody saw her"),
        ("the shah of iran", "the shah of iran"),
        ("", ""),
    ],
)
def test_what_is_left_without_names(words: str, left: str) -> None:
    assert HERE.redacted(words, "Maya", "Quill") == left


@given(st.text(max_size=200))
def test_nothing_marked_is_left(words: str) -> None:
    left = HERE.redacted(words, "Maya", "Quill")
    assert HERE.found_in(left, "", "") == ()
