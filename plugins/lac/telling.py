"""What looked-after children answer the core: days, a child's panel, counts, whom the designated teacher looks after.

Every answer is empty for whoever was not granted the class it is told from, and costs them nothing to get.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.answers import Cell, Deadline, Export, Line, Link, Measure, NavItem, Panel
from core.law import errors
from core.manifest import Ask
from core.money import pounds
from core.roll.views import pupil as roll_pupil
from core.wording import day

from .codes import CARE_KINDS, LEGAL_STATUSES, WHO_IS_TOLD
from .rules import designated_findings, is_previously_looked_after
from .views import (
    Alerts,
    Child,
    Due,
    Status,
    alerts,
    by_code,
    care_told,
    child,
    claims,
    designated,
    dues,
    posts,
    status,
    to_tell,
    wanted,
)

if TYPE_CHECKING:
    from core.desk import Desk
    from core.periods import Calendar


class PlanSeen(msgspec.Struct, frozen=True):
    """What the register is asked for: by when the annual review of an EHC plan must be over."""

    review_due_by: date


ASKS = (
    Ask(
        "register.plan",
        PlanSeen,
        "So that a PEP meeting and the annual review of an EHC plan can be one meeting when they are due together.",
    ),
)


_NOT_KNOWN = "Not known"


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/lac" if desk.academy else ""


def navigation(desk: Desk) -> list[NavItem]:
    return [
        NavItem("Looked-after children", base(desk), ("read", "lac.status")),
        NavItem("Care report", f"{base(desk)}/report", ("count", "lac.status")),
        NavItem("Premium", f"{base(desk)}/premium", ("read", "lac.premium")),
        NavItem("Authorities", f"{base(desk)}/authorities", ("read", "lac.authority")),
    ]


def children(desk: Desk) -> dict[UUID, Child]:
    """Every child in care on roll whose status this person may read, put together."""
    pupils, authorities = desk.see_all(roll_pupil), by_code(desk)
    found = {}
    for subject, now in desk.see_all(status).items():
        here = subject in pupils and pupils[subject].is_on_roll(desk.today)
        if here and now.looked_after_on(desk.today) is not None:
            one = child(desk, subject, authorities)
            if one is not None:
                found[subject] = one
    return found


def caseload(desk: Desk) -> set[UUID]:
    """The children in care here, for whoever looks after their plans."""
    if not desk.may("write", "lac.pep"):
        return set()
    return {subject for subject, now in desk.see_all(status).items() if now.looked_after_on(desk.today) is not None}


def deadlines(desk: Desk, until: date) -> list[Deadline]:
    """What the school must have done for each child in care, and who must still be told of a suspension."""
    found, calendar = [], desk.calendar
    for subject, one in children(desk).items():
        if not desk.may("read", "lac.pep", subject):
            continue
        found += [
            Deadline(due.text, due.due_by, due.rule, says(due), f"{base(desk)}/children/{subject}", subject)
            for due in dues(one, calendar, desk.today)
            if due.what != "review" and due.done_on is None and due.due_by <= until
        ]
    for subject, known in desk.see_all(alerts).items():
        found += _still_to_tell(desk, subject, known, until)
    return [*found, *_designated(desk, until)]


def says(due: Due) -> str:
    """When the school can still act, and whose lateness it is."""
    told = []
    if due.act_by is not None and due.act_by != due.due_by:
        told.append(f"The last school day before it is {day(due.act_by)}.")
    if due.lateness.notified_late:
        told.append("The school was told late.")
    if due.lateness.whose is not None:
        told.append(
            f"Late: {due.lateness.school_days} days with the school, {due.lateness.authority_days} with the authority."
        )
    return " ".join(told)


def _still_to_tell(desk: Desk, subject: UUID, known: Alerts, until: date) -> list[Deadline]:
    now = desk.see(status, subject) if desk.may("read", "lac.status", subject) else None
    found = []
    for one in known.suspensions.values():
        for task in to_tell(one, now):
            if task.due_by <= until:
                text = f"Tell of a suspension: {WHO_IS_TOLD[task.whom].lower()}"
                href = f"{base(desk)}/suspensions/{subject}"
                found.append(Deadline(text, task.due_by, "lac.suspension_tasks", "Without delay.", href, subject))
    return found


def _designated(desk: Desk, until: date) -> list[Deadline]:
    """That somebody must be named, for whoever names them."""
    if not desk.may("write", "lac.designated"):
        return []
    one = wanted(desk.log.see(designated, desk.here) or (), desk.on["lac"].since, desk.today)
    if one is None or one.due_by > until:
        return []
    href = f"{base(desk)}/designated"
    return [Deadline("Name a designated teacher", one.due_by, "lac.designated_findings", one.says, href)]


def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    """The child's care, to whom it is granted; for those granted no more than that, whether there is any."""
    if desk.may("read", "lac.status", pupil):
        return [_care_panel(desk, pupil)]
    if desk.may("read", "lac.care", pupil):
        told = care_told(desk.log.see(status, pupil), desk.today)
        if told is not None and told.looked_after:
            lines = [Line("Since", day(told.since) if told.since else "not recorded")]
            return [Panel("Looked after", lines, records=("lac.care",))]
    return []


def _care_panel(desk: Desk, pupil: UUID) -> Panel:
    now = desk.see(status, pupil) or Status()
    open_now = [one for one in now.episodes if one.is_open(desk.today)]
    lines = [Line(CARE_KINDS.value[one.care].name, f"since {day(one.began_on)}{_legal(one.legal)}") for one in open_now]
    text = "Care and PEP" if now.episodes or now.previous or now.kinship else "Record care"
    return Panel(
        "Care", lines or [Line("Care", "nothing open")], [Link(text, f"{base(desk)}/children/{pupil}")], ("lac.status",)
    )


def _legal(code: str) -> str:
    legal = LEGAL_STATUSES.value.get(code)
    return f": {legal.name}" if legal else ""


def measures(desk: Desk) -> list[Measure]:
    """Children in care and those who were, plans late with the school, the designated teacher; and by authority."""
    pupils = {key: one for key, one in desk.see_all(roll_pupil).items() if one.is_on_roll(desk.today)}
    here, whole, calendar = children(desk), len(pupils), desk.calendar
    late = {subject for subject, one in here.items() if _late_with_school(one, calendar, desk.today)}
    before = [
        subject
        for subject, now in desk.see_all(status).items()
        if subject in pupils and now.previous is not None and is_previously_looked_after(now.previous.code)
    ]
    authorities = [*dict.fromkeys(one.name for one in by_code(desk).values()), _NOT_KNOWN]
    count, count_late = (Counter(_authority(here[key]) for key in found) for found in (here, late))
    return [
        _looked_after(len(here), whole),
        _late(len(late), whole),
        Measure("lac.previously", "Previously looked after", len(before), whole, shown_as="count", record="lac.status"),
        _gaps(desk, whole),
        *(_looked_after(count[name], whole, name) for name in authorities),
        *(_late(count_late[name], whole, name) for name in authorities),
    ]


def _looked_after(part: int, whole: int, of: str = "") -> Measure:
    return Measure("lac.looked_after", "Looked-after children", part, whole, "lac.status", of, "count")


def _late(part: int, whole: int, of: str = "") -> Measure:
    return Measure("lac.late", "PEPs late", part, whole, "lac.pep", of, "gaps")


def _gaps(desk: Desk, whole: int) -> Measure:
    """Whether something is wrong with the designated teacher today: 1 or 0.

    Its whole is the roll like that of the others: a whole of 1 would be hidden wherever one child is.
    """
    found = designated_findings(posts(desk.see(designated, desk.here) or ()), desk.today)
    return Measure(
        "lac.designated",
        "Designated teacher gaps",
        int(bool(errors(found))),
        whole,
        shown_as="gaps",
        called=("", ""),
        record="lac.designated",
        href="lac/designated",
    )


def _late_with_school(one: Child, calendar: Calendar, today: date) -> bool:
    open_dues = [due for due in dues(one, calendar, today) if due.done_on is None and due.what != "review"]
    return any(due.lateness.whose == "school" for due in open_dues)


def _authority(one: Child) -> str:
    known = one.authorities.get(one.looked_after_by())
    return known.name if known else _NOT_KNOWN


def exports(desk: Desk) -> list[Export]:
    return [
        Export("children", "Looked-after children and what is due", "lac.pep", lambda: children_table(desk)),
        Export("claims", "Pupil premium plus, claim by claim", "lac.money", lambda: claims_table(desk)),
    ]


def children_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """A row for each thing due for each child in care."""
    header = [
        "Surname",
        "Forename",
        "UPN",
        "Year",
        "Authority",
        "Since",
        "Due",
        "By",
        "Last school day",
        "Done",
        "Late",
    ]
    pupils, calendar, rows = desk.see_all(roll_pupil), desk.calendar, list[list[Cell]]()
    for subject, one in sorted(children(desk).items(), key=lambda pair: pupils[pair[0]].name.casefold()):
        who, episode = pupils[subject], one.status.looked_after_on(desk.today)
        for due in dues(one, calendar, desk.today):
            rows.append(
                [
                    *(who.surname, who.forename, who.upn, who.year, _authority(one)),
                    *(episode.began_on if episode else None, due.text, due.due_by, due.act_by, due.done_on),
                    due.lateness.whose or "",
                ]
            )
    return header, rows


def claims_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """A row for each claim, its sums in pounds."""
    header = ["Surname", "Forename", "UPN", "What for", "From", "Until", "Asked", "Agreed", "Received", "Spent"]
    pupils, rows = desk.see_all(roll_pupil), list[list[Cell]]()
    for subject, made in desk.see_all(claims).items():
        who = pupils.get(subject)
        for one in made.values():
            agreed = "not decided" if one.agreed_pence is None else pounds(one.agreed_pence)
            rows.append(
                [
                    *((who.surname, who.forename, who.upn) if who else ("", "", "")),
                    *(one.told.item, one.told.from_on, one.told.until_by, pounds(one.told.cost_pence)),
                    *(agreed, pounds(one.paid_pence), pounds(one.spent_pence)),
                ]
            )
    return header, rows
