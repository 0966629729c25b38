"""The lines of a text as they stand: what marks an item, what stands beside what, what only belongs to the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

Mark = Literal["", "item", "heading"]
LINE_END = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")  # as a text editor counts lines

_ALWAYS = "●•○◦▪▫■□◆◇‣\u2043∙⦁➢➤►▶❖✓✔✗☐☑☒\uf0a7\uf0b7\uf0d8\uf0fc"  # the last four are Word's symbol fonts
_RULE = r"[-\u2013\u2014|\s]*"
_BULLET = re.compile(rf"(?:[{_ALWAYS}·]|[-\u2013\u2014*](?=\s|[A-Z])|[+>»§o](?=\s))\s*")
_ALONE = re.compile(rf"[{_ALWAYS}·*\u2013-]")
_LEFT_OPEN = re.compile(rf"(?<=\S)\s+[{_ALWAYS}]$")
_WITHIN = re.compile(rf"(?<=\S)\s+(?=[{_ALWAYS}]\s*\w)")
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2}){0,2})(?:[.)]{1,2}|(?<=\.\d)|(?<=\.\d\d))\s+(?=\S)")
_LETTER = re.compile(r"\(?([a-z]|[ivx]{2,4})[.)]\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_CELLS = re.compile(r"\s*\t\s*|\s{3,}")
_PAGE = re.compile(
    rf"{_RULE}(?:page\s+)?\d{{1,3}}(?:\s*(?:of|/)\s*\d{{1,3}})?{_RULE}|.{{0,100}}\bpage \d{{1,3}} of \d{{1,3}}",
    re.IGNORECASE,
)
_EDGE = 2  # lines at the head and foot of a page that may be printed on every page
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


class Line(Struct, frozen=True):
    """One line, or one of the items that share a line.

    Attributes:
        number: Of the line in the text, from 1.
        text: Without its mark, the cells one after the other.
        cells: What stands beside each other, as in a table that became text.
        after_blank: Whether a blank line stands above it.
        length: Characters of the whole line, its mark included.
        of_page: It belongs to the page and not to the text: a page number, or what is printed on every page.
    """

    number: int
    text: str
    cells: tuple[str, ...]
    mark: Mark
    after_blank: bool
    length: int
    of_page: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The lines that are not blank, in order; one in which several items stand gives one for each."""
    numbers = _Numbers()
    blank, marked = False, False
    for number, raw, of_page in _numbered(text):
        line = _UNSEEN.sub("", raw).strip()
        if not line or _ALONE.fullmatch(line):  # a mark alone belongs to the line below it
            blank, marked = blank or not line, marked or bool(line)
            continue
        if of_page:
            yield Line(number, " ".join(line.split()), (), "", blank, len(line), of_page=True)
            continue
        for part in _WITHIN.split(_LEFT_OPEN.sub("", line)):
            mark, rest = numbers.unmarked(part)
            mark, marked = mark or ("item" if marked else ""), False
            cells = tuple(" ".join(cell.split()) for cell in _CELLS.split(rest) if cell.strip())
            yield Line(number, " ".join(cells), cells, mark, blank, len(line))
            blank = False
        marked = _LEFT_OPEN.search(line) is not None


class _Numbers:
    """Tells a number that counts items from one that begins a broken line: a list starts at one and leaves none out."""

    def __init__(self) -> None:
        self._last: tuple[int, ...] = ()
        self._letter = self._roman = 0

    def unmarked(self, line: str) -> tuple[Mark, str]:
        """What marks the line, and the line without it; a mark before nothing that is said is no mark."""
        if found := _HASHES.match(line):
            return "heading", line[found.end() :]
        if (found := _BULLET.match(line)) and any(map(str.isalnum, line[found.end() :])):
            return "item", line[found.end() :]
        if (found := _NUMBER.match(line)) and self._counts(tuple(map(int, found[1].split(".")))):
            return "item", line[found.end() :]
        if (found := _LETTER.match(line)) and self._spells(found[1]):
            return "item", line[found.end() :]
        return "", line

    def _counts(self, new: tuple[int, ...]) -> bool:
        depth = len(new)
        above = self._last[: depth - 1]
        follows = new[:-1] == above and new[-1] == (*self._last, *[0] * depth)[depth - 1] + 1
        begins = new[-1] == 1 and 0 not in new and new[:-2] == above[:-1]
        if follows or begins:
            self._last = new
        return follows or begins

    def _spells(self, letters: str) -> bool:
        roman = _ROMAN.index(letters) + 1 if letters in _ROMAN else 0
        letter = ord(letters) - ord("a") + 1 if len(letters) == 1 else 0
        if letter and letter in {1, self._letter + 1}:
            self._letter = letter
        elif roman and roman in {1, self._roman + 1}:
            self._roman = roman
        else:
            return False
        return True


def _numbered(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number, and whether it belongs to the page."""
    pages = [LINE_END.split(page) for page in text.split("\f")]
    edges = [_edges(lines) for lines in pages]
    counted = Counter(
        shape for lines, edge in zip(pages, edges, strict=True) for shape in {_shape(lines[at]) for at in edge}
    )
    number = 1
    for lines, edge in zip(pages, edges, strict=True):
        for at, line in enumerate(lines):
            repeated = at in edge and counted[_shape(line)] > 1
            yield number + at, line, repeated or _PAGE.fullmatch(line) is not None
        number += len(lines) - 1


def _edges(lines: Sequence[str]) -> set[int]:
    """Which lines stand at the head and at the foot of a page."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _shape(line: str) -> str:
    """A line with its figures alike, since page numbers differ."""
    return re.sub(r"\d+", "0", " ".join(line.split()))
