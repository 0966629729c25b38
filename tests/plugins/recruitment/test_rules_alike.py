"""How words, names and e-mail addresses are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.recruitment.rules.alike import UMLAUT, alike, domain, fold, is_personal, mentions, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Réyés", "reyes"),
        ("Re\u0301yes\u200b", "reyes"),
        ("WEIẞ", "weiss"),
        ("İı", "ii"),
        ("Müller", f"mu{UMLAUT}ller"),
        ("Åse Sørensen", f"a{UMLAUT}se so{UMLAUT}rensen"),
        ("Łódź", "lodz"),
        ("O’Neil", "o'neil"),  # noqa: RUF001  as word processors write it
        ("O´Neil", "o'neil"),  # noqa: RUF001  as hurried people do
        ("a–b\u00adc‐d−e", "a-b-c-d-e"),  # noqa: RUF001  each dash there is
        ("a\u00a0b\tc\r\u2028d", "a b c\n\nd"),
        ("７ ٣", "7 3"),  # noqa: RUF001  figures of other keyboards
        ("a¨", f"a {UMLAUT}"),
    ],
)
def test_what_makes_no_difference_is_taken_off(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text())
def test_each_folded_character_says_where_it_comes_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text)
    assert list(folded.at) == sorted(folded.at)
    assert all(at < len(text) for at in folded.at)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Müller-Ray", "muller ray", True),
        ("Reyes", "Reyes ", True),
        ("Reyes", "Reyer", False),
        ("", "", False),
        ("-", "", False),
    ],
)
def test_two_texts_are_alike_when_their_letters_are(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("My aunt, Maria OKORO, works there", "Maria Okoro", True),
        ("My aunt Maria works with Okoro", "Maria Okoro", False),
        ("Okoros", "Okoro", False),
        ("Anybody", "", False),
        ("", "Okoro", False),
    ],
)
def test_a_text_mentions_a_name_when_its_words_stand_together(text: str, name: str, there: bool) -> None:
    assert mentions(text, name) is there


def test_words_are_letters_and_figures() -> None:
    assert words("The Mill-house, 12B_c") == ("the", "mill", "house", "12b", "c")


@pytest.mark.parametrize(
    ("email", "behind", "personal"),
    [
        ("Ana@Gmail.com ", "gmail.com", True),
        ("head@north.example", "north.example", False),
        ("nobody", "", False),
        ("", "", False),
    ],
)
def test_an_address_where_anybody_has_a_mailbox_is_personal(email: str, behind: str, personal: bool) -> None:
    assert domain(email) == behind
    assert is_personal(email) is personal
