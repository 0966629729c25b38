"""Versions of a year's budget: drafted by one person, approved by another, and what each changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ...codes import FUNDS, PRINCIPLES
from ...commands import ApproveBudget, DraftBudget
from ...facts import BudgetDrafted, BudgetLine
from ...telling import base
from ...views import Budgets, LineChange, Version, budgets, changes, this_year
from ..budget_words import BUDGET, asked_year, crumbs, year_name, years_of
from . import rows

_APPROVE = Question(
    ApproveBudget,
    "Approve the budget",
    (Ask("minute", "Where does the approval stand?", hint="For example, trustees, 8 July 2026, minute 14."),),
    record="Approve",
    says="From now on orders and postings are set against its lines. The versions before it stay on record.",
)


class Versions(Controller):
    """The versions of the academy's budgets."""

    path = "/budgets"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The versions of a year, the newest first."""
        year, known, here = asked_year(request, desk), _known(desk), f"{base(desk)}/budgets"
        versions = known.of_year(year)
        draft = {"text": "Draft a budget", "href": f"{here}/new?year={year}", "main": True}
        return page(
            "finance/budget_versions.html",
            crumbs=crumbs(desk, "Versions"),
            title=f"Versions of the budget {year_name(year)}",
            lede="Nothing is spent from a version before somebody who did not draft it has approved it.",
            actions=[draft] if desk.may("write", BUDGET) else [],
            years=years_of([known], this_year(desk), year, here),
            rows=[_listed(desk, known, one) for one in reversed(versions)],
        )

    @get("/new", guards=[may("write", BUDGET)])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a version, filled with the last one of the year; else with last year's, as new lines."""
        year, known = asked_year(request, desk), _known(desk)
        versions = known.of_year(year) or known.of_year(year - 1)
        return _draft_page(desk, year, rows.begin(form, versions[-1] if versions else None, year))

    @post("/new", guards=[may("write", BUDGET)])
    def draft(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the version; or, at the button for more rows, shows the form with more rows."""
        year = asked_year(request, desk)
        if form.text("more"):
            rows.more(form)
            return _draft_page(desk, year, form)

        def act() -> str:
            command = rows.read(form, year, _lines(_known(desk), year))
            desk.do(command, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/budgets/{form.command_id}"

        return form.attempt(act, lambda: _draft_page(desk, year, form), "Drafted. Somebody else must approve it.")

    @get("/{version_id:uuid}", guards=[may("read", BUDGET)])
    def one(self, version_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One version, its lines, and what they were in the version before."""
        known = _known(desk)
        one = _version(known, version_id)
        told, here = one.told, f"{base(desk)}/budgets"
        signs = one.approved is None and desk.may("sign", BUDGET)
        approve = {"text": "Approve", "href": f"{here}/{version_id}/approve", "main": True}
        before = _before(known, one)
        return page(
            "finance/budget_version.html",
            crumbs=crumbs(desk, told.name, ("Versions", f"budgets?year={told.year}")),
            title=f"{told.name}, {year_name(told.year)}",
            lede=f"Drafted on {day(told.drafted_on)} by {desk.name_of(told.drafted_by)}.",
            actions=[approve] if signs and told.drafted_by != desk.person_id else [],
            state=_state(known, one),
            approved=f"{day(one.approved.approved_on)} by {desk.name_of(one.approved.approved_by)}: "
            f"{one.approved.minute}"
            if one.approved
            else "",
            note="Somebody else must approve what you drafted." if signs and told.drafted_by == desk.person_id else "",
            before=before.name if before else "",
            rows=[_changed(one, before is not None) for one in changes(before, told)],
            totals={"before": pounds(_sum(before)) if before else "", "after": pounds(_sum(told))},
        )

    @get("/{version_id:uuid}/approve", guards=[may("sign", BUDGET)])
    def ask_approval(
        self, version_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that approves it."""
        return _approval_page(desk, version_id, form)

    @post("/{version_id:uuid}/approve", guards=[may("sign", BUDGET)])
    def approve(
        self, version_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the approval."""
        one = _version(_known(desk), version_id)

        def act() -> str:
            desk.do(_APPROVE.read(form, version=version_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}?year={one.told.year}"

        return form.attempt(act, lambda: _approval_page(desk, version_id, form), "Approved.")


def _known(desk: Desk) -> Budgets:
    return desk.see(budgets, desk.here) or Budgets()


def _version(known: Budgets, version_id: UUID) -> Version:
    if version_id not in known.versions:
        raise NotFound
    return known.versions[version_id]


def _before(known: Budgets, one: Version) -> BudgetDrafted | None:
    """The version a version is compared with: the year's one drafted just before it."""
    of_year = known.of_year(one.told.year)
    at = of_year.index(one)
    return of_year[at - 1].told if at else None


def _lines(known: Budgets, year: int) -> Mapping[UUID, BudgetLine]:
    """Every line of the year, as the newest version that has it says."""
    return {line.line: line for one in known.of_year(year) for line in one.told.lines}


def _sum(version: BudgetDrafted) -> int:
    return sum(line.pence for line in version.lines)


def _state(known: Budgets, one: Version) -> dict[str, str]:
    if one.approved is None:
        return {"text": "draft", "kind": "soon"}
    standing = known.standing(one.told.year)
    return {"text": "stands", "kind": "well"} if one == standing else {"text": "replaced", "kind": "plain"}


def _listed(desk: Desk, known: Budgets, one: Version) -> dict[str, Any]:
    told = one.told
    return {
        "name": told.name,
        "href": f"{base(desk)}/budgets/{told.version}",
        "state": _state(known, one),
        "drafted": f"{day(told.drafted_on)}, {desk.name_of(told.drafted_by)}",
        "approved": f"{day(one.approved.approved_on)}, {desk.name_of(one.approved.approved_by)}"
        if one.approved
        else "",
        "minute": one.approved.minute if one.approved else "",
        "lines": str(len(told.lines)),
        "total": pounds(_sum(told)),
    }


def _changed(one: LineChange, compared: bool) -> dict[str, Any]:
    before, after, line = one.before_pence, one.after_pence, one.line
    tag = None
    if compared and before != after:
        tag = {"text": "new" if before is None else "left out" if after is None else "changed", "kind": "soon"}
    principle = PRINCIPLES.value.get(line.principle)
    return {
        "name": line.name,
        "about": " · ".join(
            [FUNDS[line.fund].title, line.code, line.cost_centre, *([principle.title] if principle else [])]
        ),
        "before": "" if before is None else pounds(before),
        "after": "" if after is None else pounds(after),
        "tag": tag,
    }


def _draft_page(desk: Desk, year: int, form: Form) -> Page:
    known = _known(desk)
    return page(
        "finance/budget_draft.html",
        crumbs=crumbs(desk, "Draft", ("Versions", f"budgets?year={year}")),
        title=f"Draft the budget {year_name(year)}",
        action=f"{base(desk)}/budgets/new?year={year}",
        token=form.token(desk.seen_for(DraftBudget, desk.here)),
        form=form,
        count=str(rows.count(form)),
        rows=rows.drawn(form, known, _lines(known, year)),
        full=rows.count(form) >= rows.MOST,
        funds=rows.FUND_OPTIONS,
        codes=rows.CODE_OPTIONS,
        principles=rows.PRINCIPLE_OPTIONS,
        back_href=f"{base(desk)}/budgets?year={year}",
    )


def _approval_page(desk: Desk, version_id: UUID, form: Form) -> Page:
    one = _version(_known(desk), version_id)
    here = f"budgets/{version_id}"
    return _APPROVE.shown(
        form,
        crumbs=crumbs(desk, _APPROVE.title, ("Versions", f"budgets?year={one.told.year}"), (one.told.name, here)),
        about=f"{one.told.name}, {year_name(one.told.year)}",
        now=[
            {"label": "Lines", "value": str(len(one.told.lines))},
            {"label": "Together", "value": pounds(_sum(one.told))},
            {"label": "Drafted by", "value": desk.name_of(one.told.drafted_by)},
        ],
        action=f"{base(desk)}/{here}/approve",
        seen=desk.seen_for(ApproveBudget, desk.here),
        back_href=f"{base(desk)}/{here}",
    )
