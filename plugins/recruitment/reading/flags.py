"""Where a text uses a wording that should not go out again."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from ..codes.wording import STALE_WORDINGS
from .marks import LINE_END

_PATTERNS = tuple(
    (wording, re.compile(wording.pattern.replace(" ", r"\s"), re.IGNORECASE)) for wording in STALE_WORDINGS
)


class Flag(Struct, frozen=True):
    """A wording to look at before the text is used.

    Attributes:
        says: What is wrong with it, and what to write instead.
        line: Of the text, from 1.
        rule: Its number in the domain notes, such as "recruitment R16".
    """

    code: str
    says: str
    line: int
    rule: str
    source: str


def flags_in(text: str) -> tuple[Flag, ...]:
    """The wordings of a text that the law or the trade has left behind, by line; a line has one flag of each kind."""
    ends = [found.end() for found in LINE_END.finditer(text)]
    found = {
        (bisect_right(ends, match.start()) + 1, wording.code): wording
        for wording, pattern in _PATTERNS
        for match in pattern.finditer(text)
    }
    return tuple(
        Flag(code, wording.says, line, wording.rule, wording.source)
        for (line, code), wording in sorted(found.items(), key=lambda one: one[0])
    )
