"""The last days of each series, the approvals that lapse before an exam, and the edition of the regulations."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency

from core.desk import Desk
from core.law import Edition, in_force
from core.roll.views import Pupil
from core.roll.views import pupil as roll_pupil
from core.roll.web.child import crumbs
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted
from core.wording import day as said_day

from ..codes import EDITIONS, SERIES, Kind, Series
from ..rules import deadline, deadline_state, edition_state
from ..telling import DUE, approvals, base
from ..views import Cover, Decision, paper, title_of
from .opening import home

_COLOURS = {"late": "late", "near": "soon", "ahead": "well"}


class Deadlines(Controller):
    """What must be done by when."""

    path = "/deadlines"

    @get("/", guards=[may("read", "exams.arrangements")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every series that is known, and every approval that does not reach."""
        lapsing = _lapsing(desk)
        return page(
            "exams/deadlines.html",
            crumbs=crumbs(desk, [("Exams", "exams")], "Deadlines"),
            actions=_actions(desk),
            series=[_series(edition, desk.today) for edition in sorted(SERIES, key=lambda one: one.value.key)],
            rule_href="/rules/exams.deadline_state",
            lapsing=lapsing,
            lapsing_href="/rules/exams.lapses",
            edition=_edition(desk),
        )


def _actions(desk: Desk) -> list[dict[str, str]]:
    if not desk.may("read", "exams.assessors"):
        return []
    return [{"text": "Assessors", "href": f"{base(desk)}/assessors"}]


def _series(edition: Edition[Series], today: date) -> dict[str, Any]:
    return {
        "key": edition.value.key,
        "title": edition.value.title,
        "rows": [_due(edition.value.key, kind, text, today) for kind, text in DUE],
        "source": edition.source,
        "confirmed": edition.verified,
    }


def _due(key: str, kind: Kind, text: str, today: date) -> dict[str, Any]:
    """One last day: as it is printed, and the working day to act by where nobody works on it."""
    due_by, said = deadline(key, kind), deadline_state(key, kind, today)
    left = (due_by - today).days if due_by else 0
    falls = None
    if due_by and said.day and said.day != due_by:
        acts = "the last working day was" if left < 0 else "act by"
        falls = f"Falls on a {due_by:%A}: {acts} {said.day:%A} {said_day(said.day)}."
    over = key < f"{today:%Y-%m}"  # the series is sat: nobody is late for it any more
    return {
        "text": text,
        "by": due_by,
        "falls": falls,
        "tag": {
            "text": f"{counted(-left, 'day', 'days')} ago" if left < 0 else _left(left),
            "kind": "plain" if over else _COLOURS[said.code],
        },
    }


def _left(days: int) -> str:
    return f"{counted(days, 'day', 'days')} left" if days else "today"


def _lapsing(desk: Desk) -> list[dict[str, Any]]:
    """Approvals that run out before a paper, by the day to renew them by."""
    people = desk.see_all(roll_pupil)
    found = [(subject, one, reach) for subject, one, reach in approvals(desk) if reach.missed and subject in people]
    found.sort(key=lambda row: (row[2].renew_by, people[row[0]].name.casefold()))
    return [_lapse(desk, people[subject], subject, one, reach) for subject, one, reach in found]


def _lapse(desk: Desk, who: Pupil, subject: UUID, one: Decision, reach: Cover) -> dict[str, Any]:
    left, first = (reach.renew_by - desk.today).days, reach.missed[0]
    late = left < 0
    return {
        "name": who.name,
        "href": home(desk, subject),
        "code": one.arrangement,
        "title": title_of(one.arrangement, one.decided_on),
        "expires": reach.expires_on,
        "renew_by": reach.renew_by,
        "tag": {
            "text": f"{counted(-left, 'day', 'days')} over" if late else _left(left),
            "kind": "late" if late else "soon" if left <= 60 else "well",
        },
        "paper": f"{first.title} ({first.code})",
        "sits_on": first.sits_on,
        "more": len(reach.missed) - 1,
        "says": reach.said.says,
    }


def _edition(desk: Desk) -> dict[str, Any]:
    """The edition decisions go by today, and whether it reaches the last exam on record."""
    edition = in_force(EDITIONS, desk.today)
    days = [one.sits_on for one in desk.log.see_all(paper).values() if one.sits_on >= desk.today]
    said = edition_state(desk.today, max(days, default=desk.today))
    return {
        "name": edition.name if edition else "none",
        "source": edition.source if edition else "",
        "confirmed": bool(edition and edition.verified),
        "cover_ends": edition.value if edition else None,
        "says": said.says,
        "covers": said.level == "OK",
        "rule_href": "/rules/exams.edition_state",
    }
