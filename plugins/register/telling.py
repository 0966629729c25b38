"""What the register answers the core: duties, a pupil's panels, counts for the trust; and who starts with what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from core.answers import Cell, Deadline, Export, Line, Link, Measure, NavItem, Panel
from core.law import Edition, in_force
from core.manifest import Ends, RecordClass
from core.roll.views import pupil as roll_pupil
from core.wording import day

from .views import NEED_NAMES, PROVISION_NAMES, Entry, gaps, plan, register, review, support

if TYPE_CHECKING:
    from core.desk import Desk

_LONDON = ZoneInfo("Europe/London")

_ENDS = Ends("born", 12 * 31, "IRMS, page 94, as domain notes, trust section 6 has it (S79)", date(2026, 11, 22))
RECORDS = (
    RecordClass(
        "register.support",
        "Register line: provision and needs",
        "31 years from the date of birth (IRMS: a plan ends at 25, and 6 more), or as the trust's schedule says.",
        "public task",
        restricted=True,
        ends=_ENDS,
    ),
    RecordClass("register.headline", "Headline of need, without any report", "As the register line.", "public task"),
    RecordClass(
        "register.plan",
        "EHC plan and its reviews",
        "31 years from the date of birth (IRMS: a plan ends at 25, and 6 more), or as the trust's schedule says.",
        "public task",
        restricted=True,
        ends=_ENDS,
    ),
    RecordClass(
        "register.sample",
        "Samples for governors, without names",
        "Six years after it was drawn (unverified); it shows nothing once what it is told from is gone.",
        "public task",
        restricted=True,
        of="nobody",
    ),
)

_ALL, _READ = "read write sign export", "read"
ROLES: Mapping[str, Mapping[str, str]] = {  # domain notes, trust section 2
    "operator": {"register.support": "read write", "register.plan": "read write"},
    "chief_executive": {"register.support": "count", "register.plan": "count"},
    "send_director": {
        "register.support": "read export count",
        "register.headline": _READ,
        "register.plan": "read count",
    },
    "trust_dsl": {"register.headline": _READ},
    "finance_director": {"register.support": "count"},
    "trustee": {"register.support": "count", "register.plan": "count"},
    "head": {
        "register.support": "read sign",
        "register.headline": _READ,
        "register.plan": "read sign",
        "register.sample": "read write",
    },
    "senco": {
        "register.support": _ALL,
        "register.headline": _READ,
        "register.plan": _ALL,
        "register.sample": "read write",
    },
    "send_admin": {"register.support": "read write", "register.headline": _READ, "register.plan": "read write"},
    "dsl": {"register.headline": _READ, "register.plan": _READ},
    "designated_teacher": {"register.headline": "own read", "register.plan": "own read"},
    "exams_officer": {},
    "head_of_year": {"register.headline": _READ},
    "class_teacher": {"register.headline": _READ},
    "teaching_assistant": {"register.headline": _READ},
    "business_manager": {"register.support": "count"},
    "governor": {"register.support": "count", "register.plan": "count", "register.sample": _READ},
    "la_officer": {"register.headline": _READ, "register.plan": _READ},
    "specialist": {"register.headline": _READ},
    "inspector": {"register.support": _READ, "register.headline": _READ, "register.plan": "own read"},
    "auditor": {"register.support": "count", "register.plan": "count"},
}

NATIONAL = (
    Edition(
        "January 2026",
        date(2026, 1, 1),
        None,
        "Special educational needs in England, January 2026, as given by nasen",
        False,
        {"K": 14.8, "E": 6.0},
    ),
)


def urn(desk: Desk) -> str:
    return desk.academy.urn if desk.academy else ""


def navigation(desk: Desk) -> list[NavItem]:
    if desk.may("read", "register.support"):  # samples are reached from there
        return [NavItem("Register", f"/{urn(desk)}/register", ("read", "register.support"))]
    return [NavItem("Samples", f"/{urn(desk)}/register/samples", ("read", "register.sample"))]


def entries_of(desk: Desk, as_at: date | None, known_on: date | None) -> list[Entry]:
    """The register's lines: as at a day, as known at the end of a day, or both; now when neither is given.

    Who a pupil was is told as of then too; as of now where the roll knew nothing of them yet.
    """
    known_at = datetime.combine(known_on, time.max, _LONDON) if known_on else None
    supports = desk.see_all(support, as_at=as_at, known_at=known_at)
    plans = desk.see_all(plan, as_at=as_at, known_at=known_at)
    pupils = desk.see_all(roll_pupil)
    if as_at or known_at:
        wanted = supports.keys() & pupils
        then = {subject: desk.see(roll_pupil, subject, as_at=as_at, known_at=known_at) for subject in wanted}
        pupils |= {subject: who for subject, who in then.items() if who is not None}
    return register(pupils, supports, plans, as_at or known_on or desk.today)


def deadlines(desk: Desk, until: date) -> list[Deadline]:
    """Annual reviews to be over by `until`."""
    pupils = desk.see_all(roll_pupil)
    found = []
    for subject, known in desk.see_all(plan).items():
        now = desk.log.see(support, subject)
        if now is not None and now.provision != "E":
            continue  # the plan has ceased; it is no longer reviewed
        due = review(known, desk.today)
        if due.due_by <= until and subject in pupils and pupils[subject].is_on_roll(desk.today):
            says = f"Meet by {day(due.meeting_by)}, so that the authority has its four weeks."
            page = f"register/plans/{subject}" if desk.may("write", "register.plan", subject) else f"pupils/{subject}"
            href = f"/{urn(desk)}/{page}"
            found.append(Deadline("Annual review", due.due_by, "register.review_due_by", says, href, subject))
    return found


def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    """The register line and the EHC plan, each to whom it is granted; the headline to whom only that is."""
    found = []
    base = f"/{urn(desk)}/register"
    if desk.may("read", "register.support", pupil):
        found.append(_support_panel(desk, pupil, base))
    elif desk.may("read", "register.headline", pupil):
        now = desk.log.see(support, pupil)
        if now is not None and now.provision != "N":
            lines = [Line("Needs, in rank", [NEED_NAMES.get(code, code) for code in now.needs])]
            found.append(Panel("Headline of need", lines, records=("register.headline",)))
    if desk.may("read", "register.plan", pupil):
        known = desk.see(plan, pupil)
        if known is not None or _has_plan(desk, pupil):
            found.append(_plan_panel(desk, pupil, base))
    return found


def measures(desk: Desk) -> list[Measure]:
    """SEN support and EHC plans as shares of the roll; gaps as one too.

    A share of the register would give its length, and with it whichever of the other two is hidden.
    """
    pupils = {key: one for key, one in desk.see_all(roll_pupil).items() if one.is_on_roll(desk.today)}
    entries = register(pupils, desk.see_all(support), desk.see_all(plan), desk.today)
    with_plan = sum(entry.support.provision == "E" for entry in entries)
    gappy = sum(bool(gaps(entry.support, entry.plan, desk.today)) for entry in entries)
    edition = in_force(NATIONAL, desk.today)
    shares, source = (edition.value, edition.source) if edition else ({}, "")
    return [
        Measure(
            "register.support",
            "SEN support",
            len(entries) - with_plan,
            len(pupils),
            "register.support",
            full=30,
            national=shares.get("K"),
            source=source,
        ),
        Measure(
            "register.plans",
            "EHC plans",
            with_plan,
            len(pupils),
            "register.plan",
            full=15,
            national=shares.get("E"),
            source=source,
        ),
        Measure(
            "register.gaps",
            "Data gaps",
            gappy,
            len(pupils),
            "register.support",
            shown_as="gaps",
            href="register?gaps=some",
        ),
    ]


HEADER = [
    "Surname",
    "Forename",
    "UPN",
    "Year",
    "Form",
    "Provision",
    "Needs",
    "Since",
    "Parents told",
    "Plan made",
    "Review due",
    "Gaps",
]


def cells(entry: Entry, on: date) -> list[Cell]:
    """A line of the register as a file has it."""
    who, now, known = entry.who, entry.support, entry.plan
    return [
        who.surname,
        who.forename,
        who.upn,
        who.year,
        who.form,
        now.provision,
        " ".join(now.needs),
        now.since,
        now.parents_told_on,
        known.made_on if known else None,
        review(known, on).due_by if known else None,
        "; ".join(gaps(now, known, on)),
    ]


def exports(desk: Desk) -> list[Export]:
    """Everyone on the register now."""

    def table() -> tuple[list[str], list[list[Cell]]]:
        return HEADER, [cells(entry, desk.today) for entry in entries_of(desk, None, None)]

    return [Export("register", "SEN register", "register.support", table)]


def _has_plan(desk: Desk, pupil: UUID) -> bool:
    now = desk.log.see(support, pupil) if desk.may("read", "register.support", pupil) else None
    return now is not None and now.provision == "E"


def _support_panel(desk: Desk, pupil: UUID, base: str) -> Panel:
    now = desk.see(support, pupil)
    writes = desk.may("write", "register.support", pupil)
    change = f"{base}/pupils/{pupil}/change"
    records = ("register.support",)
    if now is None or now.provision == "N":
        until = f"Not on the register since {day(now.since)}" if now else "Never on the register here"
        actions = [Link("Place on the register", change)] if writes else []
        return Panel("SEN register", [Line("Provision", until)], actions, records)
    lines = [
        Line("Provision", PROVISION_NAMES[now.provision]),
        Line("Since", day(now.since)),
        Line(
            "Needs, in rank",
            [f"{rank} {NEED_NAMES.get(code, code)}" for rank, code in enumerate(now.needs, 1)] or "none recorded",
        ),
        Line("On the register since", day(now.on_register_since) if now.on_register_since else ""),
        Line("Parents told", day(now.parents_told_on) if now.parents_told_on else "not recorded"),
    ]
    return Panel("SEN register", lines, [Link("Change status or needs", change)] if writes else [], records)


def _plan_panel(desk: Desk, pupil: UUID, base: str) -> Panel:
    known = desk.see(plan, pupil)
    actions = (
        [Link("Record plan or review", f"{base}/plans/{pupil}")] if desk.may("write", "register.plan", pupil) else []
    )
    if known is None:
        return Panel("EHC plan", [Line("Plan made", "day not recorded")], actions, ("register.plan",))
    due = review(known, desk.today)
    lines = [
        Line("Plan made", day(known.made_on)),
        Line("Last review ended", day(known.reviewed_on) if known.reviewed_on else "none yet"),
        Line("Next review over by", day(due.due_by)),
        Line("Meeting by", day(due.meeting_by)),
    ]
    return Panel("EHC plan", lines, actions, ("register.plan",))
