"""One child's page: what is due and who is late, the plans, the care, the authorities, and the tally of all that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import Said
from core.desk import Desk
from core.roll.web.child import about
from core.roll.web.child import crumbs as crumbs_below
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.web.timeline import tally
from core.wording import day

from ...telling import base
from ...views import Child, dues
from ...views import child as put_together
from .due import ehc_plan, joint, what_is_due
from .opening import TITLE, known_child, readable
from .schooling import attendance, money, plans, questionnaires, suspensions
from .standing import authorities, before, care


class Children(Controller):
    """One child in care, or who was."""

    path = "/children/{pupil_id:uuid}"

    @get("/", guards=[may("read", "lac.status")])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Everything told of the child to this person; each class of it is recorded as opened."""
        more = readable(desk, pupil_id, "lac.pep", "lac.wellbeing", "lac.money", "lac.alerts")
        who = known_child(desk, pupil_id, "read", "lac.status", *more)
        child = put_together(desk, pupil_id) or Child(who.born_on, who.entered_on)
        writes = desk.may("write", "lac.status", pupil_id)
        events = [event for event in desk.history(pupil_id) if event.record.startswith("lac.")]
        return page(
            "lac/child.html",
            crumbs=crumbs_below(desk, [(TITLE, "lac")], "Child"),
            name=who.full_name,
            lede=f"{about(who).partition(' · ')[2]} · born {day(who.born_on)}",
            actions=_actions(desk, pupil_id, child, writes),
            care=care(desk, pupil_id, child.status, writes),
            before=before(desk, pupil_id, child.status, writes),
            authorities=authorities(desk, pupil_id, child, writes),
            entries=tally(desk, events, f"/{desk.academy.urn}" if desk.academy else ""),
            **_schooling(desk, pupil_id, child, more),
        )


def _schooling(desk: Desk, pupil_id: UUID, child: Child, readable_too: tuple[str, ...]) -> dict[str, Any]:
    """The parts of the page that stand under a class of their own; None for one that this person may not read."""
    told: dict[str, Any] = dict.fromkeys(
        ("due", "joint", "plans", "attendance", "questionnaires", "money", "suspensions")
    )
    if "lac.pep" in readable_too:
        calendar = desk.calendar
        found, said = dues(child, calendar, desk.today), ehc_plan(desk, pupil_id)
        if isinstance(said, Said):
            desk.opened(pupil_id, ["lac.pep", "register.plan"], page_of="lac.pep")
        told["due"] = what_is_due(desk, pupil_id, child, found, calendar)
        told["joint"] = joint(said, child, found, desk.today) if found else None
        told["plans"] = {"rows": plans(desk, pupil_id, child), "links": _plan_links(desk, pupil_id, child)}
        told["attendance"] = {"now": attendance(child)} if child.plans.plans else None
    if "lac.wellbeing" in readable_too:
        href = f"{base(desk)}/peps/{pupil_id}/questionnaire"
        links = (
            [{"text": "Record a questionnaire", "href": href}] if desk.may("write", "lac.wellbeing", pupil_id) else []
        )
        told["questionnaires"] = {"rows": questionnaires(desk, pupil_id, child), "links": links}
    if "lac.money" in readable_too:
        told["money"] = {"rows": money(desk, pupil_id), "links": [_to("Claims", f"{base(desk)}/money/{pupil_id}")]}
    if "lac.alerts" in readable_too:
        links = [_to("Suspensions", f"{base(desk)}/suspensions/{pupil_id}")]
        told["suspensions"] = {"rows": suspensions(desk, pupil_id, child.status), "links": links}
    return told


def _to(text: str, href: str) -> dict[str, str]:
    return {"text": text, "href": href}


def _plan_links(desk: Desk, pupil_id: UUID, child: Child) -> list[dict[str, str]]:
    if not desk.may("write", "lac.pep", pupil_id) or child.status.looked_after_on(desk.today) is None:
        return []
    peps, last = f"{base(desk)}/peps/{pupil_id}", child.plans.last
    starts = [_to("Start a PEP", peps)] if last is None or last.state == "agreed" else []
    return [*starts, _to("Record a review of care", f"{peps}/review")]


def _actions(desk: Desk, pupil_id: UUID, child: Child, writes: bool) -> list[dict[str, Any]]:
    """What to do next, as far as this person may; and the pupil's page."""
    actions: list[dict[str, Any]] = []
    last, episode = child.plans.last, child.status.looked_after_on(desk.today)
    if last is not None and last.state != "agreed":
        actions.append({**_to("Open the PEP", f"{base(desk)}/peps/{pupil_id}/{last.pep}"), "main": True})
    elif episode is not None and child.looked_after_by() and desk.may("write", "lac.pep", pupil_id):
        actions.append({**_to("Start a PEP", f"{base(desk)}/peps/{pupil_id}"), "main": True})
    elif episode is None and writes:
        actions.append({**_to("Record an episode", f"{base(desk)}/care/{pupil_id}/begin"), "main": True})
    return [*actions, _to("Pupil's page", base(desk).replace("/lac", f"/pupils/{pupil_id}"))]
