"""What plugins answer the core's questions with: plain data, drawn by the core's pages."""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")


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
    shown_as: Literal["share", "gaps"] = "share"
    """A bar beside England's, or a count of what is missing, which is better at none."""
    full: float = 100.0
    """Per cent at the end of its bar: a scale on which academies can be told apart."""
    national: float | None = None
    """England's share in per cent, where there is one."""
    source: str = ""
    href: str = ""
    """Where to look, below the academy's own address."""


class NavItem(msgspec.Struct, frozen=True):
    text: str
    href: str
    permission: tuple[str, str]
    """Action and record class the page behind it asks for."""


class Columns(msgspec.Struct, frozen=True):
    """Columns of a roll export a plugin can read, and the function that does."""

    columns: tuple[Any, ...]
    read: Any
