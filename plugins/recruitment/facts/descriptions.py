"""What a post is: its description as imported or written, version after version."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from events import Document, Fact


class Duty(Struct, frozen=True):
    """One thing the post does, in the group it stands in."""

    group: str
    text: str


class Criterion(Struct, frozen=True):
    """One line of the person specification, and how it is judged."""

    key: str
    """Of this criterion in every version: scores name it."""
    group: str
    text: str
    essential: bool
    gate: bool
    """Without it nobody is shortlisted."""
    weight: int
    """From 1 up; 0 for one that is not scored, such as a duplicate."""
    assessed: tuple[str, ...]
    """By application, interview, task, references, documents."""


class DescriptionWritten(
    Fact, frozen=True, tag="recruitment.description_written/1", record="recruitment.description", on="written_on"
):
    """A version of a job description: imported, typed or changed. The earlier ones stay."""

    version: UUID
    title: str
    location: str
    reports_to: str
    responsible_for: str
    pay: str
    allowances: str
    hours: str
    contract: str
    purpose: tuple[str, ...]
    duties: tuple[Duty, ...]
    criteria: tuple[Criterion, ...]
    checks: tuple[str, ...]
    """As the text calls them."""
    values: tuple[str, ...]
    statements: tuple[str, ...]
    """On safeguarding and on how to apply."""
    unplaced: tuple[str, ...]
    """Lines of an imported text that belong to none of these: kept and shown."""
    source: str
    """Name of the file it was read from; "" when it was typed."""
    document: Document | None
    written_on: date
