"""What every answer for a program has alike: its headers, and how many are asked for at once."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import ClientException

HEADERS = {"Cache-Control": "no-store"}
MOST = 500


def most(request: Request[Any, Any, Any]) -> int:
    """How many are asked for; raises ClientException for what is none of 1 to 500."""
    typed = request.query_params.get("limit", "100")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= MOST):
        raise ClientException(f"`limit` is a number from 1 to {MOST}.")
    return int(typed)
