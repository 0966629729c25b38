"""Sentences: patterns filled with a fact's fields, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.wording import counted, plain, sentence
from events import Event, Unread

NOBODY = UUID(int=0)


def said(pattern: str, **fields: Any) -> str:
    fact = Unread("tests.thing/1", fields)
    event = Event(b"", 0, NOBODY, b"", 0, datetime(2026, 11, 22, tzinfo=UTC), fact, b"", b"")
    return sentence(event, {"tests.thing/1": pattern} if pattern else {})


@pytest.mark.parametrize(
    ("pattern", "fields", "words"),
    [
        ("Plan made on {made_on}", {"made_on": date(2026, 5, 4)}, "Plan made on 4 May 2026"),
        ("Needs {needs}", {"needs": ("SLCN", "ASD")}, "Needs SLCN, ASD"),
        ("Needs {needs}", {"needs": ()}, "Needs none"),
        ("Told: {told_on}", {"told_on": None}, "Told: not recorded"),
        ("Now {code:K=SEN support,E=EHC plan}", {"code": "K"}, "Now SEN support"),
        ("Now {code:K=SEN support,E=EHC plan}", {"code": "Z"}, "Now Z"),
        ("Changed[; year {year}][; form {form}]", {"year": "8", "form": None}, "Changed; year 8"),
        ("Changed[; year {year}][; form {form}]", {"year": "", "form": None}, "Changed"),
        ("", {}, "tests: thing"),
    ],
)
def test_a_pattern_is_filled_in_plain_words(pattern: str, fields: dict[str, Any], words: str) -> None:
    assert said(pattern, **fields) == words


def test_a_field_s_own_brackets_and_braces_are_words() -> None:
    assert said("Why: {reason}", reason="[see {file}]") == "Why: [see {file}]"


def test_numbers_are_counted_as_people_say_them() -> None:
    assert [counted(one, "academy", "academies") for one in (0, 1, 1204)] == [
        "0 academies",
        "1 academy",
        "1,204 academies",
    ]
    assert plain(True) == "yes"
