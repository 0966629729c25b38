"""What may be put on file: told by its content, refused in plain words, and given back as something to save."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, Response
from litestar.testing import TestClient

from core.errors import Refused
from core.web.exports import xlsx_bytes
from core.web.files import as_document
from core.web.forms import Upload, _multipart
from core.web.routes import get
from core.web.uploads import LARGEST, LARGEST_FORM, document_in


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + bytes(range(256)) * 10 + b"\xff\xd9"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + png_chunk(b"IDAT", zlib.compress(b"\0\0"))
    + png_chunk(b"IEND", b"")
)
TEXT = "Zoë works best with a reader.\r\n".encode()
KINDS = [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png"), (TEXT, "text/plain")]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def refusal(content: bytes | None, name: str = "letter.pdf", **more: int) -> Refused:
    upload = None if content is None else Upload(name, content)
    with pytest.raises(Refused) as refused:
        document_in(upload, "letter", **more)
    assert refused.value.field == "letter"
    return refused.value


@pytest.mark.parametrize(("content", "media_type"), KINDS)
@pytest.mark.parametrize("name", ["letter.pdf", "letter.exe", "scan", "a.png"])
def test_a_document_is_what_its_content_says_whatever_it_is_called(content: bytes, media_type: str, name: str) -> None:
    assert document_in(Upload(name, content)) == (content, media_type)


@pytest.mark.parametrize("content", [PDF, JPEG, PNG])
def test_a_little_after_the_end_does_no_harm(content: bytes) -> None:
    assert document_in(Upload("scan", content + b"\r\n" + bytes(900)))[0].startswith(content)
    assert refusal(content + bytes(1025)).code == "not_a_document"


@pytest.mark.parametrize("content", [PDF, JPEG, PNG])
def test_half_a_file_is_turned_away(content: bytes) -> None:
    for end in range(len(content) // 4, len(content) - 8):
        refused = refusal(content[:end])
        assert refused.code == "not_a_document"
    assert "breaks off before its end" in str(refusal(content[: len(content) // 2]))


@pytest.mark.parametrize(
    "content",
    [
        zipped(),  # what a word processor saves
        xlsx_bytes("Roll", ["UPN"], [["A"]]),
        b"MZ\x90\0\3\0\0\0" + bytes(64),  # a program
        b"\x7fELF" + bytes(64),
        b"GIF89a" + bytes(20) + b";",
        b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "Zoë".encode("latin-1"),
        "Zoë reads.".encode("utf-16"),
        b"words and then\0something else",
        PNG[:8] + PNG[12:],  # only the signature
        b"\xff\xd8\xff\xd9",  # a picture without anything in it
        bytes(10),
    ],
)
def test_what_is_no_document_is_turned_away(content: bytes) -> None:
    for name in ("letter.pdf", "letter.txt"):
        assert refusal(content, name).code == "not_a_document"


def test_a_pdf_is_not_taken_for_the_text_it_also_is() -> None:
    assert PDF.isascii()
    assert refusal(PDF.replace(b"%%EOF", b"")).code == "not_a_document"
    assert document_in(Upload("notes.txt", b"About " + PDF))[1] == "text/plain"


@pytest.mark.parametrize("content", [None, b"", b" \r\n\t"])
def test_nothing_is_no_document(content: bytes | None) -> None:
    assert refusal(content).code == "empty"


def test_a_form_sent_without_choosing_a_file_says_to_choose_one() -> None:
    assert str(refusal(None)) == str(refusal(b"", name="")) == "Choose a file."


def test_a_document_is_as_large_as_it_may_be_and_no_larger() -> None:
    largest = PDF[:9] + b" " * (LARGEST - len(PDF)) + PDF[9:]
    assert document_in(Upload("letter.pdf", largest)) == (largest, "application/pdf")
    refused = refusal(b" " + largest)
    assert (refused.code, "10 MB at most" in str(refused)) == ("too_large", True)
    assert refusal(PDF, largest=len(PDF) - 1).code == "too_large"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_is_a_document(text: str) -> None:
    content = b"Note: " + text.encode()
    assert document_in(Upload("note.txt", content)) == (content, "text/plain")


@given(st.binary())
def test_whatever_is_sent_is_taken_or_refused_by_a_code(content: bytes) -> None:
    assert outcome(content) in {"application/pdf", "image/jpeg", "image/png", "text/plain", "empty", "not_a_document"}


def outcome(content: bytes) -> str:
    try:
        return document_in(Upload("a", content))[1]
    except Refused as refused:
        return refused.code


def test_the_largest_document_fits_into_the_largest_form() -> None:
    largest = PDF + b" " * (LARGEST - len(PDF) - 6) + b"%%EOF\n"
    sent = httpx.Request(
        "POST", "/", data={"words": "x" * 4000, "token": "t" * 90}, files={"letter": ("a.pdf", largest)}
    )
    body = sent.read()
    boundary = sent.headers["content-type"].partition("boundary=")[2]
    fields, files = _multipart(body, boundary)
    assert len(body) < LARGEST_FORM
    assert document_in(files["letter"], "letter") == (largest, "application/pdf")
    assert len(fields) == 2


# Given back


@pytest.mark.parametrize(
    ("media_type", "told", "ending"),
    [
        ("application/pdf", "application/pdf", "pdf"),
        ("image/jpeg", "image/jpeg", "jpg"),
        ("image/png", "image/png", "png"),
        ("text/plain", "text/plain; charset=utf-8", "txt"),
        ("text/html", "application/octet-stream", "bin"),  # recorded by someone who did not ask `document_in`
        ("image/svg+xml", "application/octet-stream", "bin"),
    ],
)
def test_a_document_is_given_back_to_be_saved_and_never_shown(media_type: str, told: str, ending: str) -> None:
    @get("/")
    def give() -> Response[bytes]:
        return as_document(b"<b>content</b>", media_type, "letter-2026-11-16")

    with TestClient(Litestar([give], openapi_config=None, logging_config=None)) as client:
        answer = client.get("/")
    assert answer.content == b"<b>content</b>"
    assert answer.headers["content-type"] == told
    assert answer.headers["content-disposition"] == f'attachment; filename="letter-2026-11-16.{ending}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
