"""Lines joined into what was meant as one: an item of a list, a paragraph, a heading, whatever broke it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from .headings import heads_criteria, labelled, opens_group, section_of
from .marks import Line, Mark

_NEAR = 8  # lines above and below that are taken to be as wide as this one
_A_LIST = 5  # items that show a text marks its items, so that what bears no mark is prose
_WIDEST = 130  # characters; a longer line was never broken to fit a page
_LAST = 80  # characters from which it is seen how a block ends
_UNFINISHED = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "as",
        "at",
        "be",
        "between",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "its",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "this",
        "to",
        "under",
        "which",
        "who",
        "whose",
        "with",
        "within",
        "your",
    ]
)
_OPENS = re.compile(
    r"(?:The|This|These|Please|It|You|We|All|In addition)\b"
)  # no sentence has one of these in its middle
_ENDED = (".", ";", ":", "!", "?")


class Block(Struct, frozen=True):
    """An item, a paragraph or a heading, whole again.

    Attributes:
        line: The line it begins on.
        cells: Of its first line.
        leads: An item of a list follows it.
    """

    line: int
    text: str
    cells: tuple[str, ...]
    mark: Mark
    leads: bool = False


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a text, without what belongs to the page."""
    joining = _Joining([line for line in lines if not line.of_page])
    return joining.blocks()


class _Joining:
    """Goes down the lines and asks of each whether it goes on with what stands above it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lengths = [line.length for line in lines]
        self._lines = lines
        self._widths = [max(lengths[max(0, at - _NEAR) : at + _NEAR + 1]) for at in range(len(lines))]
        self._marked = sum(line.mark == "item" for line in lines) >= _A_LIST
        running_on = sum(self._runs_on(at) for at in range(1, len(lines)))
        self._broken = running_on > 1  # whether the lines were broken to fit a page at all

    def blocks(self) -> list[Block]:
        held: list[list[str]] = []
        begun: list[int] = []
        open_brackets = 0
        for at, line in enumerate(self._lines):
            if held and self._goes_on(at, "".join(held[-1][-2:]), open_brackets):
                held[-1].append(line.text if _hyphenated(held[-1][-1]) else f" {line.text}")
            else:
                held.append([line.text])
                begun.append(at)
                open_brackets = 0
            open_brackets += line.text.count("(") - line.text.count(")")
        firsts = [self._lines[at] for at in begun]
        leads = [*(first.mark == "item" for first in firsts[1:]), False]
        return [
            Block(first.number, "".join(parts), first.cells, first.mark, leading)
            for first, parts, leading in zip(firsts, held, leads, strict=False)
        ]

    def _goes_on(self, at: int, so_far: str, open_brackets: int) -> bool:
        """Whether a line belongs to the block above it, whose last lines are given."""
        line, above = self._lines[at], self._lines[at - 1]
        if line.mark or line.number == above.number or above.mark == "heading":
            return False
        if open_brackets > 0 or _unfinished(so_far):
            return section_of(line.text) is None
        if (part := section_of(so_far)) and not line.after_blank and not self._fitted(at, so_far):
            return section_of(f"{so_far} {line.text}") == part
        if part or self._begins_anew(at):
            return line.text[0].islower() and heads_criteria(f"{so_far} {line.text}")
        ended = so_far.endswith(_ENDED)
        if not ended and (line.text[0].islower() or _OPENS.match(line.text)):
            return line.text[0].islower()
        return not (line.after_blank or self._fitted(at, so_far))

    def _begins_anew(self, at: int) -> bool:
        """Whether a line is a heading or a label, by its words and by what follows it."""
        text = self._lines[at].text
        leads = at + 1 < len(self._lines) and self._lines[at + 1].mark == "item"
        known = section_of(text) is not None or opens_group(text) or labelled(text) is not None
        return known or (leads and heads_criteria(text))

    def _runs_on(self, at: int) -> bool:
        """Whether a sentence plainly runs from the line above into this one."""
        line, length, width = self._lines[at], self._lines[at - 1].length, self._widths[at]
        return (
            not (line.mark or line.after_blank)
            and line.text[0].islower()
            and length * 4 > width * 3
            and width <= _WIDEST
        )

    def _fitted(self, at: int, so_far: str) -> bool:
        """Whether the first word would still have stood on the line above, so that whoever broke it meant to.

        Letters are not all of one width, so a line may be broken a little early. Where a text marks its items, a line
        without a mark is taken to go on with the one above more readily.
        """
        above = self._lines[at - 1]
        tenths = 10 if not (above.mark or self._marked) else 9 if above.mark or so_far.endswith(_ENDED) else 8
        width = self._widths[at]
        needed = above.length + 1 + len(self._lines[at].text.split()[0])
        return not self._broken or width > _WIDEST or needed * 10 <= width * tenths


def _unfinished(text: str) -> bool:
    """Whether more must follow: it breaks off after a comma, a joining word or a hyphen."""
    word = re.search(r"[\w\u2019']+$", text[-_LAST:])
    return bool(word and word[0].lower() in _UNFINISHED) or text.endswith((",", "/", "&")) or _hyphenated(text)


def _hyphenated(text: str) -> bool:
    """Whether a word was broken, or joined to the next, by a hyphen at the end of a line."""
    return re.search(r"\w-$", text[-_LAST:]) is not None
