"""Printing: a tagged PDF, the same each time, whatever was typed into it."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from pypdf import PdfReader

from core.printing import Misprinted, pdf

TEMPLATE = b"""
#import "/tallystick.typ": *
#show: paper.with(title: data.title, made: data.made)
#lede[A list of cups.]
#pairs((("Kept in", data.place), ("Counted by", "")))
= Cups
#rows(("Cup", "Pence"), data.rows, figures: (1,))
== In words
- #data.says
#note[Counted by hand.]
"""


class Cups(Struct):
    """What a template about cups is given."""

    title: str = "Cups in the cupboard"
    made: str = "Made by Olive on 22 November 2026"
    place: str = "the hall"
    rows: tuple[tuple[str, int], ...] = (("blue", 250), ("red", 120))
    says: str = "There are two cups."


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def tags_of(made: bytes) -> Counter[str]:
    """The tags of a PDF's structure, each as often as it stands there."""
    counted: Counter[str] = Counter()
    root: Any = PdfReader(BytesIO(made)).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        counted[str(node.get("/S", ""))] += 1
        inside = node.get("/K", [])
        inside = inside if isinstance(inside, list) else [inside]
        waiting += [one.get_object() for one in inside if hasattr(one.get_object(), "get")]
    return counted


def test_a_document_has_its_title_language_headings_lists_and_tables_as_tags() -> None:
    made = pdf(TEMPLATE, Cups())
    root: Any = PdfReader(BytesIO(made)).trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags = tags_of(made)
    assert (tags["/Title"], tags["/H1"], tags["/H2"]) == (1, 1, 1)
    assert (tags["/Table"], tags["/TH"], tags["/TR"], tags["/TD"]) == (1, 2, 3, 4)
    assert tags["/LI"] >= 1


def test_it_says_what_it_was_given() -> None:
    text = text_of(pdf(TEMPLATE, Cups()))
    for words in ("Cups in the cupboard", "A list of cups.", "Kept in: the hall", "blue 250", "• There are two cups."):
        assert words in text
    assert "Counted by:" not in text  # a label without a value


def test_each_page_says_who_made_it_and_which_page_it_is_and_repeats_the_headings() -> None:
    made = pdf(TEMPLATE, Cups(rows=tuple((f"cup {number}", number) for number in range(100))))
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Made by Olive on 22 November 2026 Page {number} of {len(pages)}" in page
    assert all("Cup Pence" in page for page in pages[:-1])
    assert tags_of(made)["/Table"] == 1


def test_it_is_made_of_the_house_s_typeface_and_says_no_time() -> None:
    reader = PdfReader(BytesIO(pdf(TEMPLATE, Cups())))
    of_pages: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = {str(font.get_object()["/BaseFont"]) for one in of_pages for font in one["/Font"].values()}
    assert {font.partition("+")[2].partition("-")[0] for font in fonts} == {"AtkinsonHyperlegibleNext"}
    assert reader.metadata
    assert reader.metadata.creation_date is None


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_printed_and_never_obeyed(typed: str) -> None:
    made = pdf(TEMPLATE, Cups(says=typed, place=typed))
    assert made == pdf(TEMPLATE, Cups(says=typed, place=typed))


def test_markup_is_words() -> None:
    assert '#read("/x") *b* $x$ = \\' in text_of(pdf(TEMPLATE, Cups(says='#read("/x") *b* $x$ = \\')))


def test_a_name_in_other_letters_is_printed_and_what_no_font_has_is_numbered() -> None:
    text = text_of(pdf(TEMPLATE, Cups(says="Łukasz Ελένη Юлия \N{GRINNING FACE} 日", place="bell\x07")))
    assert "Łukasz Ελένη Юлия [U+1F600] [U+65E5]" in text
    assert "bell[U+0007]" in text


@pytest.mark.parametrize(
    "typed", ["a\tb", "\t\x85", "a\t\x85b", "\x1c", 'a"\x07"\\b', "\x0b\x0c", "\\t", "a\u2028b\u3000c"]
)
def test_white_space_no_font_has_is_a_space(typed: str) -> None:
    words = text_of(pdf(TEMPLATE, Cups(says=f"begins {typed} ends")))
    said = " ".join(words.partition("begins")[2].partition("ends")[0].split())
    assert said == " ".join(typed.replace("\x07", "[U+0007]").split())


@pytest.mark.parametrize(
    "template",
    [
        b"#nothing_of_the_kind",
        b'#set document(title: "T")\n#title()\n=== Too deep',  # a heading level is left out
        b"no title",
        b'#set document(title: "T")\n#title()\n#set text(font: "No Such Face")\nWords',  # a warning
        b'#set document(title: "T")\n#read("../settings.py")',  # outside the room
        b'#set document(title: "T")\n#image("/tallystick.svg")',
    ],
)
def test_a_template_at_fault_prints_nothing(template: bytes) -> None:
    with pytest.raises(Misprinted):
        pdf(template, Cups())
