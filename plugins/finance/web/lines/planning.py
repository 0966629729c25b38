"""What is still to come on a line, why it is heading where it is, and posts whose pay is planned on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post

from ...codes import FUNDS
from ...commands import ExplainVariance, PlanSpend, plan_of_post
from ...facts import BudgetLine, SpendPlanned
from ...rules import statement_findings
from ...telling import base, posts_asked
from ...views import Books, Position, PostRest, books, month_of, months_of, pay, positions, post_rest, still_planned
from ..budget_words import BUDGET, crumbs, over_or_under

_STAFF = ("BAE010", "BAE030", "BAE040")
_PLAN = Question(
    PlanSpend,
    "Plan spending",
    (
        Ask("words", "What is it?", hint="Name no pupil."),
        Ask("pence", "How much?", "money", "What it charges the line. Nothing, once it is not wanted any more."),
        Ask("month", "In which month is it expected?", "select"),
        Ask(
            "order", "Was it ordered meanwhile?", "select", "What is ordered is counted there and not planned any more."
        ),
    ),
    record="Plan it",
    says="It counts towards the forecast until it is ordered. Planning it again replaces it.",
)
_EXPLAIN = Question(
    ExplainVariance,
    "Say why",
    (
        Ask("reason", "Why is the line heading there?", "words", "Name no pupil."),
        Ask("action", "What is done about it?"),
        Ask("owner", "Who does it?"),
    ),
)


class Planning(Controller):
    """Forms of one line."""

    path = "/lines/{line_id:uuid}"

    @get("/plan", guards=[may("write", BUDGET)])
    def ask_plan(self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for something still to come."""
        return _plan_page(desk, line_id, None, form.fill(month=month_of(desk.today).isoformat()))

    @post("/plan", guards=[may("write", BUDGET)])
    def plan(self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Plans it."""
        return _record_plan(desk, line_id, None, form)

    @get("/plan/{plan_id:uuid}", guards=[may("write", BUDGET)])
    def ask_again(
        self,
        line_id: FromPath[UUID],
        plan_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for something planned already."""
        return _plan_page(desk, line_id, plan_id, form)

    @post("/plan/{plan_id:uuid}", guards=[may("write", BUDGET)])
    def plan_again(
        self,
        line_id: FromPath[UUID],
        plan_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Replaces it."""
        return _record_plan(desk, line_id, plan_id, form)

    @get("/explain", guards=[may("write", BUDGET)])
    def ask_why(self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for the reason of a variance, with what was said before."""
        told = books(desk).budgets.explained.get(line_id)
        if told:
            form.fill(reason=told.reason, action=told.action, owner=told.owner)
        return _why_page(desk, line_id, form)

    @post("/explain", guards=[may("write", BUDGET)])
    def explain(
        self, line_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the reason."""

        def act() -> str:
            desk.do(_EXPLAIN.read(form, line=line_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/lines/{line_id}"

        return form.attempt(act, lambda: _why_page(desk, line_id, form), "Recorded.")

    @post("/posts/{post_id:uuid}", guards=[may("write", BUDGET)])
    def plan_post(
        self,
        line_id: FromPath[UUID],
        post_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Plans a post's pay for the rest of the year on this line; pressed again, it is reckoned again."""
        year, line = _line(books(desk), line_id)
        rest = _rests(desk, year).get(post_id)
        if rest is None:
            raise NotFound
        month = max(month_of(desk.today), months_of(year)[0])
        command = PlanSpend(line.line, rest.pence, month, rest.title, post=post_id)

        def act() -> str:
            desk.do(command, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/lines/{line_id}"

        return form.attempt(act, lambda: _plan_page(desk, line_id, None, form), "Planned.")


def planned_rows(desk: Desk, found: Books, line_id: UUID, here: str) -> list[dict[str, Any]]:
    """What is planned on a line and in no order yet, by month."""
    writes = desk.may("write", BUDGET)
    return [
        {
            "what": one.words,
            "month": f"{one.month:%B %Y}",
            "pence": pounds(one.pence),
            "href": f"{here}/plan/{one.plan}" if writes else "",
        }
        for one in sorted(still_planned(found, line_id), key=lambda one: one.month)
    ]


def posts_of(desk: Desk, found: Books, one: Position, here: str, form: Form) -> list[dict[str, Any]]:
    """Posts whose pay may be planned on a line of pay, and on which line it is; none where recruitment says nothing."""
    if one.line.code not in _STAFF or not desk.may("write", BUDGET):
        return []
    rows = []
    for key, rest in _rests(desk, one.year).items():
        plan = found.budgets.planned.get(plan_of_post(desk, key, one.year))
        on = found.budgets.line(plan.line) if plan and plan.pence else None
        rows.append(
            {
                "title": rest.title,
                "says": rest.says,
                "pence": pounds(rest.pence),
                "on": on[1].name if on else "",
                "here": bool(plan and plan.line == one.line.line and plan.pence == rest.pence),
                "action": f"{here}/posts/{key}",
                "token": form.token(desk.seen_for(PlanSpend, desk.here)),
            }
        )
    return rows


def _rests(desk: Desk, year: int) -> dict[UUID, PostRest]:
    """What each post costs for the rest of a year, where recruitment says which posts there are."""
    told = posts_asked(desk)
    costed = (desk.see(pay, desk.here) if desk.may("read", "finance.pay") else None) or {}
    found = {
        one.post: post_rest(
            one.title,
            one.share,
            one.pay_pence + one.allowances_pence,
            costed.get(one.post),
            year,
            max(one.from_on, desk.today),
            one.until_by,
        )
        for one in (told.posts if told else ())
    }
    return {key: rest for key, rest in found.items() if rest.pence}


def _line(found: Books, line_id: UUID) -> tuple[int, BudgetLine]:
    known = found.budgets.line(line_id)
    if known is None:
        raise NotFound
    return known


def _record_plan(desk: Desk, line_id: UUID, plan_id: UUID | None, form: Form) -> Response[Any]:
    _line(books(desk), line_id)

    def act() -> str:
        desk.do(_PLAN.read(form, line=line_id, plan=plan_id, post=None), command_id=form.command_id, seen=form.seen)
        return f"{base(desk)}/lines/{line_id}"

    return form.attempt(act, lambda: _plan_page(desk, line_id, plan_id, form), "Planned.")


def _plan_page(desk: Desk, line_id: UUID, plan_id: UUID | None, form: Form) -> Page:
    found = books(desk)
    year, line = _line(found, line_id)
    if plan_id is not None:
        _fill(form, found.budgets.planned.get(plan_id), line_id)
    orders: Options = [{"value": "", "text": "Not yet"}]
    if desk.may("read", "finance.spending"):
        mine = {key: one for key, one in found.orders.items() if one.told.line == line_id and one.approved}
        orders = [
            *orders,
            *(
                {"value": str(key), "text": f"{one.approved.number}: {one.told.what}"[:80]}
                for key, one in mine.items()
                if one.approved
            ),
        ]
    return _PLAN.shown(
        form,
        crumbs=crumbs(desk, _PLAN.title, (line.name, f"lines/{line_id}")),
        about=f"{line.name} · {FUNDS[line.fund].title}",
        action=f"{base(desk)}/lines/{line_id}/plan" + (f"/{plan_id}" if plan_id else ""),
        seen=desk.seen_for(PlanSpend, desk.here),
        back_href=f"{base(desk)}/lines/{line_id}",
        options={
            "month": [{"value": month.isoformat(), "text": f"{month:%B %Y}"} for month in months_of(year)],
            "order": orders,
        },
    )


def _fill(form: Form, told: SpendPlanned | None, line_id: UUID) -> None:
    """What is planned already; raises NotFound where that is nothing of this line."""
    if told is None or told.line != line_id:
        raise NotFound
    form.fill(words=told.words, pence=pounds(told.pence), month=told.month.isoformat())
    form.fill(order=str(told.order) if told.order else "")


def _why_page(desk: Desk, line_id: UUID, form: Form) -> Page:
    found = books(desk)
    year, line = _line(found, line_id)
    one = next(one for one in positions(found, year, desk.today) if one.line.line == line_id)
    return _EXPLAIN.shown(
        form,
        crumbs=crumbs(desk, _EXPLAIN.title, (line.name, f"lines/{line_id}")),
        about=f"{line.name} · {FUNDS[line.fund].title}",
        now=[
            {"label": "Budget", "value": pounds(one.row.current_pence)},
            {"label": "Forecast", "value": pounds(one.row.outturn_pence)},
            {"label": "At the end of the year", "value": over_or_under(one.row.variance_pence)},
        ],
        notes=[finding.says for finding in statement_findings(one.row)],
        action=f"{base(desk)}/lines/{line_id}/explain",
        seen=desk.seen_for(ExplainVariance, desk.here),
        back_href=f"{base(desk)}/lines/{line_id}",
    )
