"""The text of an uploaded document: plain text, Word or PDF; what it is, its content says."""

from __future__ import annotations

import codecs
import subprocess
import sys
from pathlib import Path

import msgspec

from core.roll.limits import Unreadable

from .pages import MOST_CHARACTERS, MOST_PAGES
from .words import word_text

__all__ = ["MOST_BYTES", "Unreadable", "read_text"]

MOST_BYTES = 10_000_000
_SECONDS = 30  # until a PDF is given up
_PROGRAM = Path(__file__).with_name("pages.py")

_PASTE = "Paste its text instead, or upload it as Word (.docx)."
_REFUSALS = {
    "password": f"This PDF is protected with a password. Save it without one, or {_PASTE[0].lower()}{_PASTE[1:]}",
    "pages": f"This PDF has more than {MOST_PAGES} pages. Upload the description alone, or paste its text.",
    "length": "This document is longer than any job description. Upload the description alone, or paste its text.",
    "damaged": f"This PDF is damaged and cannot be read. {_PASTE}",
    "pictures": f"This PDF holds pictures of pages and no text. {_PASTE}",
}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "This is an old Word document (.doc) or one with a password, which we do not read. Open it in "
    "Word, choose Save As, Word Document (.docx), and upload that file.",
    b"{\\rtf": "This is a rich text file (.rtf), which we do not read. Save it as Word (.docx) and upload that file.",
    b"\x89PNG": f"This is a picture. {_PASTE}",
    b"\xff\xd8\xff": f"This is a picture. {_PASTE}",
}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


class _Told(msgspec.Struct):
    """What the program that reads a PDF answers."""

    pages: list[str] = []
    refused: str = ""


def read_text(content: bytes, filename: str) -> str:
    """The text of a document of up to 10 MB, its pages parted by form feeds.

    Args:
        filename: Only for what is said when it cannot be read.

    Raises:
        Unreadable: It is none of these, is damaged or protected, holds no text, or is larger than the limits.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(f"“{filename}” has more than {MOST_BYTES // 1_000_000} MB. Upload the description alone.")
    for start, says in _OTHERS.items():
        if content.startswith(start):
            raise Unreadable(says)
    if content.startswith(b"PK\x03\x04"):
        text = word_text(content)
    elif b"%PDF-" in content[:1024]:
        text = _pdf_text(content)
    else:
        text = _plain_text(content, filename)
    if not any(map(str.isalnum, text)):
        raise Unreadable(f"“{filename}” holds no text. {_PASTE}")
    return text


def _plain_text(content: bytes, filename: str) -> str:
    """UTF-8 if it can be, else Windows-1252, as a byte order mark or the bytes themselves say."""
    if len(content) > MOST_CHARACTERS * 4:
        raise Unreadable(_REFUSALS["length"])
    codec = next((_MARKS[mark] for mark in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            text = "\0"
    if "\0" in text:
        raise Unreadable(f"“{filename}” is no text, no Word document and no PDF. {_PASTE}")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(_REFUSALS["length"])
    return text


def _pdf_text(content: bytes) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 - our own program, by its path
            [sys.executable, "-I", _PROGRAM], input=content, capture_output=True, check=True, timeout=_SECONDS, env={}
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable(_REFUSALS["damaged"]) from None
    told = msgspec.json.decode(ran.stdout, type=_Told)
    if told.refused:
        raise Unreadable(_REFUSALS[told.refused])
    if not any(any(map(str.isalnum, page)) for page in told.pages):
        raise Unreadable(_REFUSALS["pictures"])
    return "\f".join(told.pages).translate(_LIGATURES)
