"""How an authority works, and who the designated teacher is."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from events import Fact, FreeText


class AuthoritySet(Fact, frozen=True, tag="lac.authority_set/1", record="lac.authority", on="from_on"):
    """How an authority's virtual school works, from a day on: another version, the earlier ones stay."""

    setting: UUID
    """Of this version."""
    code: str
    name: str
    start_days: int | None
    """Working days from becoming looked after until a PEP must be started; None where it has no such clock."""
    complete_days: int | None
    """Working days until the first PEP must be complete."""
    provision_days: int | None
    """Working days until a PEP after a new school."""
    begins: Literal["authority", "school"]
    """Who starts a PEP."""
    window: Literal["term", "half_term"]
    """The part of a term in which the termly meeting should be."""
    carries_over: bool
    """Whether it lets a first PEP in the last ten school days of a term count for the next."""
    scheme: str
    """Name and version of its grade scheme."""
    ends: Literal["academic_year", "birthday"]
    """When its PEPs end."""
    ceiling_pence: int | None
    """Premium for a term; None when it is not published."""
    portal: str
    from_on: date
    contact: FreeText
    """Virtual school: names, mail, telephone."""


class DesignatedTeacherNamed(
    Fact, frozen=True, tag="lac.designated_teacher_named/1", record="lac.designated", on="from_on"
):
    """The academy named its designated teacher."""

    post: UUID
    staff: UUID
    qualified: bool
    """Holds qualified teacher status."""
    head: bool
    """Is the head or acting head."""
    from_on: date


class DesignatedTeacherTrained(
    Fact, frozen=True, tag="lac.designated_teacher_trained/1", record="lac.designated", on="seen_on"
):
    """The designated teacher was trained for the part."""

    post: UUID
    trained_on: date
    course: str
    seen_on: date
    """The day the school recorded it: the training may lie before the post."""


class DesignatedTeacherEnded(
    Fact, frozen=True, tag="lac.designated_teacher_ended/1", record="lac.designated", on="ended_on"
):
    """They are designated teacher up to this day, inclusive."""

    post: UUID
    ended_on: date
