"""A job description, as far as its text says it: every line of the text lies in one place of it."""

from __future__ import annotations

from msgspec import Struct

from .blocks import blocks_of
from .flags import Flag, flags_in
from .marks import lines_of
from .placing import Placing


class Duty(Struct, frozen=True):
    """One thing the post does.

    Attributes:
        group: One of the groups we know; its heading, as it is written, for any other.
    """

    group: str
    text: str


class Criterion(Struct, frozen=True):
    """One line of the person specification.

    Attributes:
        group: The heading it stands under, as it is written.
        essential: False when it is desirable; None when the text does not say.
    """

    group: str
    text: str
    essential: bool | None = None


class Description(Struct, frozen=True):
    """What a job description says; "" and () for what it does not.

    Attributes:
        furniture: Headings, labels and what belongs to the page: words that only arrange the others.
        flags: Wordings the law or the trade has left behind.
        unplaced: What belongs to none of the other places, as it stands.
    """

    title: str = ""
    location: str = ""
    reports_to: str = ""
    responsible_for: str = ""
    grade: str = ""
    pay: str = ""
    allowances: str = ""
    hours: str = ""
    contract: str = ""
    purpose: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    checks: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    unplaced: tuple[str, ...] = ()


def read_description(text: str) -> Description:
    """A job description read from its text, however it was laid out.

    It is told apart by its headings, its labels and its shape. A line broken in the middle is made whole; what cannot
    be placed is kept as it stands. A mark or number before an item is left out, since the order says it.
    """
    lines = list(lines_of(text))
    placing = Placing()
    for block in blocks_of(lines):
        placing.place(block)
    placing.furniture += [line.text for line in lines if line.of_page]
    return Description(
        **placing.top.fields(),
        purpose=tuple(placing.purpose),
        duties=tuple(Duty(group, words) for group, words in placing.duties),
        criteria=tuple(Criterion(group, words, essential) for group, words, essential in placing.criteria),
        checks=tuple(placing.checks),
        values=tuple(placing.values),
        statements=tuple(placing.statements),
        furniture=tuple(placing.furniture),
        flags=flags_in(text),
        unplaced=tuple(placing.unplaced),
    )
