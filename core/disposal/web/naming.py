"""Whose record it is, for whoever decides about it; that they looked is recorded."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from core.desk import Desk
from core.disposal.standing import kinds, standing
from core.disposal.views import keeping
from core.errors import NotFound
from core.roll.views import pupil, staff
from core.wording import day

OWN = "core.disposal"
Crumbs = list[dict[str, str | None]]


class Whom(NamedTuple):
    """A name, and what tells them from another of that name."""

    name: str
    about: str


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn if desk.academy else ''}/disposal"


def called(desk: Desk, subject: UUID) -> Whom:
    """Who a subject is: a decision about their record is about them, so it is told with it."""
    if subject == desk.here:
        return Whom(f"Everybody at {desk.academy.name if desk.academy else 'the trust'}", "")
    if one := desk.log.see(pupil, subject):
        left = f" · left {day(one.left_on)}" if one.left_on else ""
        return Whom(one.full_name, f"Pupil · born {day(one.born_on)}{left}")
    if works := desk.log.see(staff, subject):
        left = f" · left {day(works.left_on)}" if works.left_on else ""
        return Whom(works.name, f"Staff · {works.job}{left}")
    return Whom(f"Record {subject.hex[:8]}", "No name is on the roll for it")


def opened(desk: Desk, subject: UUID) -> Whom:
    """Who it is, once it is recorded that what is kept of them was looked at.

    Raises:
        NotFound: Nothing is kept of such a subject, or it is not this person's to know.
    """
    known = desk.see(keeping, subject)
    if subject != desk.here:
        if known is None and not standing(desk, subject):
            raise NotFound
        desk.opened(subject, ["core.identity", OWN])
    return called(desk, subject)


def title(desk: Desk, record_class: str) -> str:
    """What a class of record is called; of none, everything."""
    if not record_class:
        return "Everything"
    kind = kinds(desk).get(record_class)
    return kind.title if kind else record_class


def between(first: date, last: date) -> str:
    """From one day to another, or on the one."""
    return f"on {day(first)}" if first == last else f"from {day(first)} to {day(last)}"


def crumbs(desk: Desk, subject: UUID, here: str) -> Crumbs:
    """Crumbs below one person's page; the name stands in no address and no title."""
    return [
        {"text": "Disposal", "href": base(desk)},
        {"text": "Records", "href": f"{base(desk)}/{subject}"},
        {"text": here, "href": None},
    ]
