"""Texts that a spreadsheet would run instead of showing."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-\d{1,15}(\.\d{1,4})?", re.ASCII)
# A wide sign runs like its narrow one in some editions.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def looks_like_formula(text: str) -> bool:
    """A spreadsheet might run this cell; blanks before the sign do not stop it."""
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def for_csv(text: str) -> str:
    """The cell as it may stand in a CSV file that a spreadsheet opens: a formula gets an apostrophe before it.

    A plain number below zero is none, and must stay a number for whoever reads the file by program.
    """
    return f"'{text}" if looks_like_formula(text) and not _NUMBER.fullmatch(text) else text
