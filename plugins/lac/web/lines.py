"""Children in care as lines of a list: who, in whose care, what is due next, what is not recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.desk import Desk
from core.roll.views import Pupil, year_order
from core.roll.views import pupil as roll_pupil
from core.roll.web.pupils import matches

from ..telling import children
from ..views import Child, Due, Episode, Pep, dues
from .due import SOON
from .words import name_of

UNKNOWN = "unknown"
NO_AUTHORITY = "authority unknown"


class Line(msgspec.Struct, frozen=True):
    """A child in care, as a line of the list."""

    pupil: UUID
    who: Pupil
    child: Child
    episode: Episode
    authority: str
    """Name of the looking-after authority; "" while it is unknown."""
    open_dues: tuple[Due, ...] | None
    """What is due of the school and not done, in the order of the days; None for whoever may not read the plans."""

    @property
    def next_due(self) -> Due | None:
        return self.open_dues[0] if self.open_dues else None

    @property
    def plan(self) -> Pep | None:
        """The newest plan of this episode."""
        last = self.child.plans.last
        return last if last and last.told.started_on >= self.episode.began_on else None

    @property
    def in_hand(self) -> bool:
        return self.plan is not None and self.plan.state != "agreed"

    def is_late_with(self, whose: str) -> bool:
        return any(due.lateness.whose == whose for due in self.open_dues or ())

    def is_due_soon(self, today: date) -> bool:
        return any(0 <= (due.due_by - today).days <= SOON for due in self.open_dues or ())

    def gaps(self) -> list[str]:
        """What has not been recorded of the child's care, in a few words each."""
        proved = any(one.episode == self.episode.episode for one in self.child.status.evidence)
        told = [
            (not self.child.looked_after_by(), NO_AUTHORITY),
            (not self.episode.legal, "no legal status"),
            (not proved, "no proof seen"),
        ]
        return [text for lacks, text in told if lacks]


def lines_of(desk: Desk) -> list[Line]:
    """A line for each child in care on roll whose status this person may read."""
    pupils, calendar, today = desk.see_all(roll_pupil), desk.calendar, desk.today
    found = []
    for subject, one in children(desk).items():
        episode = one.status.looked_after_on(today)
        if episode is None:
            continue
        still = None
        if desk.may("read", "lac.pep", subject):
            every = dues(one, calendar, today)
            still = tuple(due for due in every if due.what != "review" and due.done_on is None)
        authority = name_of(one.authorities, one.looked_after_by())
        found.append(Line(subject, pupils[subject], one, episode, authority, still))
    return found


def fits(line: Line, chosen: Mapping[str, str], today: date) -> bool:
    wanted = chosen["q"].casefold()
    shows = {
        "school": lambda: line.is_late_with("school"),
        "authority": lambda: line.is_late_with("authority"),
        "soon": lambda: line.is_due_soon(today),
        "in_hand": lambda: line.in_hand,
        "gaps": lambda: bool(line.gaps()),
    }
    return (
        (not chosen["year"] or line.who.year == chosen["year"])
        and (not chosen["authority"] or (line.child.looked_after_by() or UNKNOWN) == chosen["authority"])
        and (chosen["show"] not in shows or shows[chosen["show"]]())
        and (not wanted or matches(line.who, wanted))
    )


def name_order(line: Line) -> str:
    return line.who.name.casefold()


KEYS: Mapping[str, Callable[[Line], Any]] = {
    "name": name_order,
    "year": lambda line: (year_order(line.who.year), line.who.form, name_order(line)),
    "authority": lambda line: (line.authority.casefold(), name_order(line)),
    "since": lambda line: (line.episode.began_on, name_order(line)),
    "plan": lambda line: (line.plan.state if line.plan else "", name_order(line)),
    "due": lambda line: (line.next_due.due_by if line.next_due else date.max, name_order(line)),
    "gaps": lambda line: (-len(line.gaps()), name_order(line)),
}
