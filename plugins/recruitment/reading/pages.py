"""Takes the text out of a PDF, as a program of its own: PDF on its input, JSON on its output.

A PDF may ask for any amount of work. So this runs beside the server with a bound on time and memory, sees nothing of
the server's settings or keys, and imports nothing of ours. It is pure Python: a damaged file can stop it, not take it
over.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Any

SECONDS = 20  # of the processor
MEMORY = 1_000_000_000  # bytes
MOST_PAGES = 60
MOST_CHARACTERS = 200_000


def bound() -> None:
    """From here on the system ends this program when it asks for more."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(content: bytes) -> dict[str, Any]:
    """The text of each page, or why it is not told: "password", "pages", "length" or "damaged"."""
    from pypdf import PdfReader  # noqa: PLC0415 - bounded already, since reading begins with it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "password"}
        if len(reader.pages) > MOST_PAGES:
            return {"refused": "pages"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text().encode(errors="replace").decode())  # half a character is none
            if sum(map(len, pages)) > MOST_CHARACTERS:
                return {"refused": "length"}
    except (PyPdfError, LookupError, TypeError, ValueError, AttributeError, RecursionError, MemoryError, OSError):
        return {"refused": "damaged"}
    return {"pages": pages}


if __name__ == "__main__":
    bound()
    json.dump(text_of(sys.stdin.buffer.read()), sys.stdout)
