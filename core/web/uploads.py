"""Uploaded documents: what a file is, told by its content and never by its name."""

from __future__ import annotations

from core.errors import Refused
from core.web.forms import Upload

LARGEST = 10_000_000
"""Bytes of one document, inclusive, unless a page says otherwise."""

LARGEST_FORM = LARGEST + 1_000_000
"""Bytes of a form with one document in it: `request_max_body_size` of the controller that takes it."""

_KINDS = (  # media type, how such a file begins, what stands at its end
    ("application/pdf", b"%PDF-", b"%%EOF"),
    ("image/jpeg", b"\xff\xd8\xff", b"\xff\xd9"),
    ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"),
)
_LAST = 1024  # bytes in which the end must stand: programs and telephones add a little of their own after it


def media_type_of(content: bytes) -> str:
    """Of a file that was taken in by `document_in`, told again from its beginning."""
    return next((kind for kind, beginning, _ in _KINDS if content.startswith(beginning)), "text/plain")


def document_in(upload: Upload | None, field: str = "file", largest: int = LARGEST) -> tuple[bytes, str]:
    """Content and media type of an uploaded PDF, JPEG or PNG picture, or plain text in UTF-8.

    Only its beginning and its end are looked at: enough to turn away a program, a spreadsheet or half a file. Whether
    it opens, and what it says, is for whoever reads it.

    Args:
        upload: As the form has it; None when none was sent.
        field: The form's field, for the refusal.
        largest: In bytes, inclusive.

    Raises:
        Refused: `empty`, `too_large` or `not_a_document`.
    """
    if upload is None or not upload.filename:
        raise Refused("Choose a file.", code="empty", field=field)
    content = upload.content
    if not content.strip():
        raise Refused(
            "This file is empty. Look at what was saved, then choose the file again.", code="empty", field=field
        )
    if len(content) > largest:
        says = f"This file is too large: {largest // 1_000_000} MB at most. Scan it at a lower quality, or in parts."
        raise Refused(says, code="too_large", field=field)
    for media_type, beginning, end in _KINDS:
        if content.startswith(beginning):
            if end not in content[max(len(beginning), len(content) - _LAST) :]:
                says = "This file breaks off before its end. Save or scan it again, then choose the new file."
                raise Refused(says, code="not_a_document", field=field)
            return content, media_type
    if not _is_text(content):
        says = "This file is not a PDF, a JPEG or PNG picture, or plain text. Save it as a PDF, then choose the PDF."
        raise Refused(says, code="not_a_document", field=field)
    return content, "text/plain"


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False
