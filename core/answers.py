"""What plugins answer the core's questions with: plain data, drawn by the core's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, Literal, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")
Cell = str | int | date | None
"""What stands in a cell of a list."""


class Said(msgspec.Struct, Generic[T], frozen=True):
    """An ask was answered; the value may be None: "no plan"."""

    value: T


class _Unsaid(msgspec.Struct, frozen=True):
    """Off, not approved, not granted or forgotten: all alike, and never "no"."""


UNSAID = _Unsaid()


class Deadline(msgspec.Struct, frozen=True):
    """A day by which this academy must have done something."""

    text: str
    """What must be done, such as "Annual review"; not of whom: `subject` says that."""
    due_by: date
    """The last day, inclusive."""
    rule: str
    """Name of the rule it is told by, such as "register.review_due_by"."""
    says: str = ""
    href: str = ""
    subject: UUID | None = None


class Known(msgspec.Struct, frozen=True):
    """Somebody grown up of whom a record is kept."""

    surname: str
    forename: str
    about: str
    """What tells them from another of that name."""
    record: str
    """The class of record that says who they are."""
    former: str = ""
    """Names they had before."""

    @classmethod
    def named(cls, name: str, about: str, record: str) -> Known:
        """Somebody whose name was typed in one: its last word is the surname."""
        forename, _, surname = name.rpartition(" ")
        return cls(surname, forename, about, record)

    @property
    def full_name(self) -> str:
        return f"{self.forename} {self.surname}".strip()


class Line(msgspec.Struct, frozen=True):
    """A label and what stands beside it."""

    label: str
    value: str | list[str]


class Link(msgspec.Struct, frozen=True):
    text: str
    href: str


class Panel(msgspec.Struct, frozen=True):
    """What a plugin has to say on one pupil's page."""

    title: str
    lines: list[Line]
    actions: list[Link] = []
    records: tuple[str, ...] = ()
    """Record classes it was told from: their opening is recorded."""


class Measure(msgspec.Struct, frozen=True):
    """A number with its denominator, of one academy on one day; suppressed before anyone sees it."""

    name: str
    title: str
    part: int
    whole: int
    record: str
    """The class of record it is counted from: told to whoever may count or read that."""
    of: str = ""
    """A group within the academy, such as an authority's name; "" for the academy as a whole. Counts of a measure's
    groups add up to the academy's, and over the academies to one total."""
    shown_as: Literal["share", "gaps", "count"] = "share"
    """A bar beside England's; a count of what is missing, which is better at none; or a bare number, whose whole and
    national figure are not told."""
    among: str = "the roll"
    """What the whole is, in words."""
    full: float = 100.0
    """Per cent at the end of its bar: a scale on which academies can be told apart."""
    national: float | None = None
    """England's share in per cent, where there is one."""
    source: str = ""
    href: str = ""
    """Where to look, below the academy's own address: told to whoever may read the class, or the one named next."""
    page: str = ""
    """The class that the page there asks for, where it is another."""
    called: tuple[str, str] = ("pupil", "pupils")
    """What one and what several of its gaps are called; ("", "") for one that is there or is not."""
    of_people: bool = True
    """Whether people are counted. Of anything else, such as budget lines, a small number gives nobody away."""


class Export(msgspec.Struct, frozen=True):
    """A list to take away as CSV or XLSX, by whoever may export its class; that it was taken is recorded."""

    name: str
    """In its address and the file's, such as "arrangements"."""
    title: str
    record: str
    table: Callable[[], tuple[list[str], list[list[Cell]]]]
    """Header and rows, made when it is asked for; it records nothing itself."""


class NavItem(msgspec.Struct, frozen=True):
    text: str
    href: str
    permission: tuple[str, str]
    """Action and record class the page behind it asks for."""
    also: tuple[str, ...] = ()
    """Other addresses below which it is marked as where one is."""
