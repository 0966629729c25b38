"""One pupil's EHC plan: the day it was made, and the day its review ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.command import Command
from core.desk import Desk
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted
from core.wording import day as said

from ..commands import EndReview, IssuePlan
from ..views import plan, review
from .status import about, crumbs, who

_RULE = "register.review_due_by"


class Plans(Controller):
    """One pupil's plan, and the day its review is due by."""

    path = "/plans/{pupil_id:uuid}"

    @get("/", guards=[may("write", "register.plan")])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The plan, and the form for what comes next: its day, or the end of its review."""
        known = desk.see(plan, pupil_id)
        return _page(desk, pupil_id, form, IssuePlan if known is None else EndReview)

    @get("/new", guards=[may("write", "register.plan")])
    def new(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for another plan."""
        return _page(desk, pupil_id, form, IssuePlan)

    @post("/new", guards=[may("write", "register.plan")])
    def issue(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the day on the plan."""
        return _record(desk, pupil_id, form, IssuePlan)

    @post("/", guards=[may("write", "register.plan")])
    def end(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records the end of the review."""
        return _record(desk, pupil_id, form, EndReview)


def _record(desk: Desk, pupil_id: UUID, form: Form, kind: type[Command]) -> Response[Any]:
    who(desk, pupil_id, "register.plan")

    def act() -> str:
        desk.do(form.read(kind), pupil_id, command_id=form.command_id, seen=form.seen)
        return f"/{desk.academy.urn if desk.academy else ''}/pupils/{pupil_id}"

    return form.attempt(act, lambda: _page(desk, pupil_id, form, kind), "Recorded.")


def _page(desk: Desk, pupil_id: UUID, form: Form, kind: type[Command]) -> Page:
    one, known = who(desk, pupil_id, "register.plan"), desk.see(plan, pupil_id)
    rule = desk.building.plugins.rules()[_RULE]
    base = f"/{desk.academy.urn if desk.academy else ''}"
    action = f"{base}/register/plans/{pupil_id}"
    issuing = kind is IssuePlan
    title = "Record the EHC plan" if issuing else "End the annual review"
    ask = {
        "name": "made_on" if issuing else "ended_on",
        "legend": "Which day is on the plan?" if issuing else "Which day is on the authority's decision?",
        "hint": ("The day it was first made" if issuing else "The day on the letter")
        + ", not the day it came. For example, 20 11 2025.",
    }
    standing, due = [], None
    if known is not None:
        told = review(known, desk.today)
        kind_of = "late" if told.days_left < 0 else "soon" if told.days_left <= 60 else "plain"
        left = counted(abs(told.days_left), "day", "days")
        text = f"{left} over" if told.days_left < 0 else left if told.days_left else "today"
        due = {
            "text": "Annual review over",
            "by": told.due_by,
            "tag": {"text": text, "kind": kind_of},
            "source": rule.citation.source,
            "says": f"Meet by {said(told.meeting_by)}, so that the authority has its four weeks.",
            "rule_href": f"/rules/{_RULE}",
        }
        standing = [
            {"label": "Plan made", "value": said(known.made_on)},
            {"label": "Last review ended", "value": said(known.reviewed_on) if known.reviewed_on else "none yet"},
        ]
    return page(
        "register/plan.html",
        crumbs=crumbs(desk, pupil_id, title),
        title=title,
        pupil=about(one),
        now=standing,
        due=due,
        ask=ask,
        action=f"{action}/new" if issuing else action,
        token=form.token(desk.seen_for(kind, pupil_id)),
        keep=[],
        form=form,
        record="Record the plan" if issuing else "Record the end of the review",
        back_href=f"{base}/pupils/{pupil_id}",
        rule={"words": rule.summary, "source": rule.citation.source, "href": f"/rules/{_RULE}"},
    )
