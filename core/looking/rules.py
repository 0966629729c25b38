"""What is worth a second look: numbers and hours, dated, since no law gives them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from core.law import Edition, Finding, cites, in_force
from core.periods import LONDON


class Usual(Struct, frozen=True):
    """What a working day looks like."""

    children: int
    """So many different children's records in one day are many."""
    from_hour: int
    until_hour: int
    """London hours in which people work; the first inclusive, the last not."""
    missed: int
    """So many children asked for in one day, who are not theirs to know, are too many for a slip."""


USUAL: tuple[Edition[Usual], ...] = (
    Edition(
        "A usual working day",
        date(2024, 8, 1),
        None,
        "ICO on insider breaches in schools: staff who look without need (domain notes, trust sections 2 and 7). "
        "The numbers are Tallystick's own",
        verified=False,
        value=Usual(children=60, from_hour=6, until_hour=21, missed=3),
    ),
)


class Look(Struct, frozen=True):
    """Someone opened a record."""

    person: UUID
    role: str
    subject: UUID
    record: str
    at: datetime
    """An instant in UTC."""

    @property
    def day(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()

    @property
    def hour(self) -> int:
        return self.at.astimezone(LONDON).hour


@cites(
    "ICO, insider threat of students and staff leading to data breaches in schools",
    "ico.org.uk",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="trust C-05, C-07",
)
def unusual(looks: Collection[Look], surname: str, namesakes: Collection[UUID]) -> tuple[Finding, ...]:
    """What is unusual in one person's looks of one day in London; () when nothing is. None of it is proof of a wrong.

    Args:
        surname: The person's own.
        namesakes: Pupils who bear the same.
    """
    first = next(iter(looks), None)
    edition = in_force(USUAL, first.day) if first else None
    if edition is None:
        return ()
    usual, found = edition.value, []
    if (children := len({look.subject for look in looks})) > usual.children:
        found.append(Finding("warning", "many", f"Opened the records of {children} children in one day."))
    late = [look for look in looks if not usual.from_hour <= look.hour < usual.until_hour]
    if late:
        hours = f"between {usual.until_hour}:00 and {usual.from_hour}:00"
        found.append(Finding("warning", "hours", f"Opened {len(late)} {hours}."))
    if surname and any(look.subject in namesakes for look in looks):
        found.append(Finding("warning", "name", "Opened the record of a child who bears the same family name."))
    return tuple(found)


@cites(
    "ICO, insider threat of students and staff leading to data breaches in schools",
    "ico.org.uk",
    as_at=date(2026, 11, 23),
    verified=False,
    rule="trust C-05",
)
def asked_in_vain(on: date, children: Collection[UUID]) -> tuple[Finding, ...]:
    """What is unusual in whom one person asked for on a day in London and was not shown; () when nothing is.

    Args:
        children: Those asked for who are there, and not theirs to know.
    """
    edition = in_force(USUAL, on)
    if edition is None or len(set(children)) < edition.value.missed:
        return ()
    says = f"Asked for the records of {len(set(children))} children who are not theirs to know."
    return (Finding("warning", "missed", says),)
