"""The steps of a vacancy as a list of tasks: which are done, what stands in the way, and what this person may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.wording import counted, day

from ...codes.statements import OUTCOMES
from ...rules import Panel, panel_findings
from ...views import Vacancy, advert_of, applicants
from .words import RECORD, address, lacking

DONE = {"text": "done", "kind": "well"}
TO_DO = {"text": "to do", "kind": "soon"}
LATER = {"text": "not yet", "kind": "plain"}
Task = dict[str, Any]


def tasks(desk: Desk, vacancy_id: UUID, known: Vacancy) -> list[Task]:
    """Every step in order; `now` marks the first that waits, and `next` says what it waits for."""
    steps = list(_tasks(desk, vacancy_id, known))
    waiting = next((step for step in steps if step["tag"] is TO_DO), None)
    for step in steps:
        step["now"] = step is waiting
        step["next"] = f"{step['title']}: {step['says'][:1].lower()}{step['says'][1:]}"
    return steps


def may_see_applicants(desk: Desk) -> bool:
    return desk.may("read", "recruitment.sift") or desk.may("read", "recruitment.application")


def _tasks(desk: Desk, vacancy_id: UUID, known: Vacancy) -> Iterator[Task]:
    here, writes = address(desk, vacancy_id), desk.may("write", RECORD) and known.closed is None
    is_draft = known.state == "draft"
    yield _task("Draft", DONE, "", [("Change the draft", f"{here}/draft")] if writes and is_draft else [])
    yield _panel(known, here, writes)
    yield _approval(desk, known, here)
    yield _advert(desk, known, here, writes)
    yield _applications(desk, vacancy_id, known, here)
    yield _closing(known, here, writes)


def _task(title: str, tag: dict[str, str], says: str, acts: list[tuple[str, str]]) -> Task:
    return {"title": title, "tag": tag, "says": says, "acts": [{"text": text, "href": href} for text, href in acts]}


def _panel(known: Vacancy, here: str, writes: bool) -> Task:
    panel = advert_of(known, None).panel
    gaps = panel_findings(Panel(panel.members, approved=True))
    says = " ".join(one.says for one in gaps) or counted(len(known.panel), "member", "members")
    tag = LATER if known.closed else TO_DO if gaps else DONE
    return _task("Panel", tag, says, [("See and change the panel" if writes else "See the panel", f"{here}/panel")])


def _approval(desk: Desk, known: Vacancy, here: str) -> Task:
    if known.approved:
        told = known.approved
        says = f"{day(told.approved_on)}, by {desk.name_of(told.approved_by)}. Money: {told.budget}"
        return _task("Approve", DONE, says, [])
    if known.closed:
        return _task("Approve", LATER, "", [])
    if known.told.drafted_by == desk.person_id:
        return _task("Approve", TO_DO, "Somebody else must approve what you drafted.", [])
    signs = desk.may("sign", RECORD)
    says = "The need, the money, the description and the panel." if signs else "By somebody who may sign vacancies."
    return _task("Approve", TO_DO, says, [("Approve it", f"{here}/approve")] if signs else [])


def _advert(desk: Desk, known: Vacancy, here: str, writes: bool) -> Task:
    if known.advertised:
        return _task("Advertise", DONE, f"Published on {day(known.advertised.advertised_on)}.", [])
    if known.closed or not known.approved:
        return _task("Advertise", LATER, "", [])
    missing = len(lacking(desk, known))
    says = f"{counted(missing, 'thing is', 'things are')} missing." if missing else "Nothing is missing."
    return _task("Advertise", TO_DO, says, [("Advertise it", f"{here}/advertise")] if writes else [])


def _applications(desk: Desk, vacancy_id: UUID, known: Vacancy, here: str) -> Task:
    sees = may_see_applicants(desk)
    came = applicants(desk, vacancy_id) if sees else ()
    says = counted(len(came), "application", "applications") if sees and known.advertised else ""
    acts = [("See the applicants", f"{here}/applicants")] if sees and known.advertised else []
    if known.advertised is None:
        return _task("Applications", LATER, says, acts)
    return _task("Applications", DONE if known.closed else TO_DO, says, acts)


def _closing(known: Vacancy, here: str, writes: bool) -> Task:
    if known.closed:
        return _task("Close", DONE, OUTCOMES[known.closed.outcome] + ".", [])
    says = "When somebody has started, or nobody will. Unsuccessful applications are kept six months from that day."
    return _task("Close", LATER, says, [("Close the campaign", f"{here}/close")] if writes else [])
