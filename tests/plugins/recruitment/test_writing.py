"""A job description written as Word and as PDF, and read back."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from plugins.recruitment.reading import GROUPS, Criterion, Description, Duty, read_description, read_text
from plugins.recruitment.writing import parts_of, written_docx, written_pdf
from tests.plugins.recruitment.descriptions import ASHDOWN, MILLBROOK, PLAIN, laid_out

MADE = "Made by Olive on 22 November 2026"
TEXTS = [MILLBROOK, ASHDOWN, laid_out(PLAIN, "•")]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("write", [written_docx, written_pdf])
def test_what_was_written_reads_back(text: str, write: object) -> None:
    assert callable(write)
    before = read_description(text)
    after = read_description(read_text(write(before, MADE), "senco.file"))
    for field in ("title", "location", "pay", "allowances", "hours", "contract", "reports_to", "responsible_for"):
        assert getattr(after, field) == getattr(before, field)
    for field in ("purpose", "duties", "criteria", "checks", "values", "statements"):
        assert getattr(after, field) == getattr(before, field), field


SAYING = st.lists(st.text("abcdeghirstuvw", min_size=2, max_size=9), min_size=2, max_size=30).map(
    lambda said: " ".join(said).capitalize()
)
HEADED = st.sampled_from(["Working with parents", "Qualifications", "Skills and knowledge", "Our garden"])


@st.composite
def descriptions(draw: st.DrawFn) -> Description:
    """A description with items of any length, in the order in which it is written."""
    groups = draw(st.lists(st.sampled_from([*GROUPS[1:], "Working with parents"]), unique=True))
    duties = [
        Duty(group, words) for group in ["main", *groups] for words in draw(st.lists(SAYING, min_size=1, max_size=4))
    ]
    criteria = [
        Criterion(heading, words, need)
        for heading in draw(st.lists(HEADED, unique=True))
        for need in (None, True, False)
        for words in draw(st.lists(SAYING, max_size=2))
    ]
    return Description(duties=tuple(duties), criteria=tuple(criteria), checks=tuple(draw(st.lists(SAYING, max_size=3))))


@settings(max_examples=25)
@given(descriptions())
def test_no_duty_and_no_criterion_is_lost_in_word(description: Description) -> None:
    after = read_description(read_text(written_docx(description, MADE), "a.docx"))
    assert (after.duties, after.criteria, after.checks) == (
        description.duties,
        description.criteria,
        description.checks,
    )


def test_a_word_document_has_real_headings_and_lists() -> None:
    document = Document(BytesIO(written_docx(read_description(MILLBROOK), MADE)))
    styles = {line.text: line.style.name for line in document.paragraphs if line.style}
    assert styles["Job description: SENCO and Lead Teacher for Inclusion"] == "Title"
    assert styles["Duties and responsibilities"] == "Heading 1"
    assert styles["Leadership and management"] == "Heading 2"
    assert styles["Run training days for all staff"] == "List Bullet"
    assert document.core_properties.title == "Job description: SENCO and Lead Teacher for Inclusion"
    assert document.core_properties.author == ""
    assert "Made by Olive" in document.sections[0].footer.paragraphs[0].text


def test_a_pdf_is_called_by_the_post() -> None:
    reader = PdfReader(BytesIO(written_pdf(read_description(MILLBROOK), MADE)))
    assert reader.metadata
    assert reader.metadata.title == "Job description: SENCO and Lead Teacher for Inclusion"


@pytest.mark.parametrize("write", [written_docx, written_pdf])
def test_nothing_at_all_and_strange_characters_can_be_written(write: object) -> None:
    assert callable(write)
    assert write(Description(), "")
    strange = "bell\x07, \x0b, \uffff \N{GRINNING FACE} #let x = 1 <w:p> " + "long " * 99
    assert write(Description(title=strange, duties=(Duty(strange, strange),), unplaced=(strange,)), strange)


def test_what_is_not_placed_is_written_too() -> None:
    (part,) = parts_of(Description(unplaced=("Some line",)))
    assert (part.heading, part.below) == ("To be placed", ("Some line",))


def test_anything_with_the_same_fields_can_be_written() -> None:
    class Kept(msgspec.Struct):
        """A description as it is recorded, with more in it."""

        title: str
        duties: tuple[Duty, ...]
        version: int

    kept = Kept("Cook", (Duty("main", "Cook"),), 3)
    assert msgspec.convert(kept, Description, from_attributes=True) == Description(title="Cook", duties=kept.duties)
