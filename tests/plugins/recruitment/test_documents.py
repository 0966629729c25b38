"""The text of an uploaded document, and what is turned away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from core.printing import pdf
from plugins.recruitment.reading import MOST_BYTES, Unreadable, read_description, read_text
from tests.plugins.recruitment.descriptions import PLAIN, PLAIN_CRITERIA, PLAIN_DUTIES, groups, in_word

TEXT = "• Café \N{EN DASH} “open”"


def word(inside: str) -> bytes:
    """A Word document whose body is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(in_word([]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, inside if name == "word/document.xml" else old.read(name))
    return out.getvalue()


def body(inside: str) -> str:
    return f"<w:document {nsdecls('w')}><w:body>{inside}</w:body></w:document>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


class Nothing(msgspec.Struct):
    """What a template is given that wants nothing."""


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    return written(writer)


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("known to few", algorithm="AES-256")
    return written(writer)


def bomb() -> bytes:
    """A page whose content is small and unpacks to far more than is read."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(b" " * 100_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return written(writer)


# Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encoding_it_is_written_in(encoding: str) -> None:
    assert read_text(TEXT.encode(encoding), "a.txt") == TEXT


# Word


def test_a_word_document_is_read_in_order_with_its_lists() -> None:
    read = read_description(read_text(in_word(PLAIN), "a.docx"))
    assert groups(read.duties) == PLAIN_DUTIES
    assert groups(read.criteria) == PLAIN_CRITERIA


def test_headings_numbered_lists_and_breaks_are_told() -> None:
    document = Document()
    document.add_heading("Working with others", 2)
    document.add_paragraph("First\nand on", "List Number")
    document.add_paragraph("Tab\there")
    out = io.BytesIO()
    document.save(out)
    assert read_text(out.getvalue(), "a.docx") == "# Working with others\n• First\nand on\nTab\there"


def test_a_table_s_short_rows_stand_on_one_line_and_long_cells_follow_each_other() -> None:
    document = Document()
    document.add_paragraph("Before")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Job title", "Cook"
    table.cell(1, 0).text = "Skills"
    table.cell(1, 1).text = "Cooks"
    table.cell(1, 1).add_paragraph("Bakes")
    document.add_paragraph("After")
    out = io.BytesIO()
    document.save(out)
    assert read_text(out.getvalue(), "a.docx") == "Before\nJob title\tCook\nSkills\nCooks\nBakes\n\nAfter"


def test_what_is_essential_and_what_desirable_is_told_by_the_columns_of_a_table() -> None:
    document = Document()
    document.add_paragraph("Person specification")
    rows = (
        ("Area", "Essential", "Desirable"),
        ("Working with others", "teaches adults\nlistens", "sings"),
        ("Experience", "Two schools", ""),
    )
    table = document.add_table(len(rows), 3)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            first, *more = text.split("\n")
            table.cell(at, column).text = first
            for line in more:
                table.cell(at, column).add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    read = read_description(read_text(out.getvalue(), "a.docx"))
    assert [(one.group, one.text, one.essential) for one in read.criteria] == [
        ("Working with others", "teaches adults", True),
        ("Working with others", "listens", True),
        ("Working with others", "sings", False),
        ("Experience", "Two schools", True),
    ]
    assert read.unplaced == ()


def test_the_head_and_foot_of_the_pages_are_read_once() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Oakley Academy"
    document.add_paragraph("Words")
    out = io.BytesIO()
    document.save(out)
    assert read_text(out.getvalue(), "a.docx") == "Oakley Academy\n\nWords"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (
            f"<w:p><w:ins>{paragraph('new')[5:-6]}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            "new",
        ),
        ("<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:t>stays</w:t></w:r></w:p>", "stays"),
        ("<w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>", "linked"),
        (f"<w:sdt><w:sdtContent>{paragraph('filled in')}</w:sdtContent></w:sdt>", "filled in"),
        ('<w:p><w:r><w:sym w:char="F0B7"/><w:t>item</w:t></w:r></w:p>', "\uf0b7item"),
        ("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>operate</w:t></w:r></w:p>", "co-operate"),
        ('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:tab/><w:t>b</w:t></w:r></w:p>', "\tb"),
        (f"<w:p><w:r><w:t>box: </w:t><w:pict>{paragraph('inside')}</w:pict></w:r></w:p>", "inside\nbox: "),
        (f"{paragraph('kept')}<w:p><w:r><w:Fallback>{paragraph('twice')}</w:Fallback></w:r></w:p>", "kept\n"),
    ],
)
def test_what_stands_in_a_document_is_read_and_what_was_struck_out_is_not(inside: str, text: str) -> None:
    assert read_text(word(body(inside)), "a.docx") == text


# PDF


def test_a_pdf_s_pages_are_parted_by_form_feeds() -> None:
    template = b'#import "/tallystick.typ": *\n#show: paper.with(title: "Two pages")\nOne\n#pagebreak()\nTwo'
    text = read_text(pdf(template, Nothing()), "a.pdf")
    assert text.split("\f")[0].startswith("Two pages")
    assert text.count("\f") == 1


# What is turned away


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"a" * (MOST_BYTES + 1), "“a.file” has more than 10 MB."),
        (lambda: b"", "“a.file” holds no text."),
        (lambda: b"\x00\x01\x02" * 9, "“a.file” is no text, no Word document and no PDF."),
        (lambda: b"\x81\x8d\x8f", "“a.file” is no text"),
        (lambda: b"long " * 50_000, "This document is longer than any job description."),
        (lambda: b"long " * 500_000, "This document is longer than any job description."),
        (lambda: b"\xd0\xcf\x11\xe0...", "This is an old Word document (.doc)"),
        (lambda: rb"{\rtf1 words}", "This is a rich text file (.rtf)"),
        (lambda: b"\xff\xd8\xff...", "This is a picture."),
        (lambda: zipped("content.xml"), "This is an OpenDocument file"),
        (lambda: zipped("xl/workbook.xml"), "This is an Excel workbook."),
        (lambda: zipped("notes.txt"), "This is a zip file, not a document."),
        (lambda: b"PK\x03\x04 and no more", "This Word document is damaged"),
        (lambda: word("<w:document"), "This Word document is damaged"),
        (lambda: word(body("<w:tr>")), "This Word document is damaged"),
        (lambda: word(body("<w:tr/>")), "This Word document is damaged"),
        (lambda: word('<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>'), "This Word document is damaged"),
        (lambda: word(body("<w:sdt>" * 500 + "</w:sdt>" * 500)), "This Word document is damaged"),
        (lambda: word(body(paragraph("long " * 50_000))), "This document is longer than any job description."),
        (lambda: word(body("<w:p/>" * 250_000)), "This document is longer than any job description."),
        (lambda: word(body(" " * 30_000_000)), "This Word document unpacks to more than we open."),
        (lambda: b"%PDF-1.7\nnonsense", "This PDF is damaged"),
        (lambda: pages(61), "This PDF has more than 60 pages."),
        (lambda: pages(1), "This PDF holds pictures of pages and no text."),
        (locked, "This PDF is protected with a password."),
        (bomb, "This PDF "),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do_next(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(make(), "a.file")
    assert refused.value.says.startswith(says)
    assert refused.value.says.endswith(".")
