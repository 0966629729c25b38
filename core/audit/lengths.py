"""How long a log is: for whoever may find every entry of it, since the length tells of those they may not."""

from __future__ import annotations

from collections.abc import Callable

from core.desk import Desk
from events.halves import TRUST

Progress = Callable[[int, int], None]


def in_per_cent(told: Progress) -> Progress:
    """How far a reading of the logs is, without how many entries there are."""
    return lambda done, total: told(100 * done // max(total, 1), 100)


def lengths_known(desk: Desk) -> frozenset[str]:
    """Names of the logs, at the centre and at every academy, whose length this person may know."""
    known: set[str] = set()
    for academy_id in (None, *desk.academies):
        there = Desk(desk.building, desk.person_id, desk.person, academy_id, desk.session)
        if there.finds_all:
            name = there.academy.log_name if there.academy else TRUST
            known |= {name, f"{name}-reads"}
    return frozenset(known)
