"""How much each role may approve at once, and the months into which nothing is posted any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.accounts.roles import ROLES
from core.desk import Desk
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ..codes import SPENDING_LIMITS
from ..commands import CloseMonth, SetLimit
from ..telling import base
from ..views import Budgets, budgets, months_of, this_year
from .budget_words import BUDGET, crumbs

_LIMIT = Question(
    SetLimit,
    "Set a limit",
    (
        Ask("role", "For which role?", "select"),
        Ask("order_pence", "The most in one order", "money"),
        Ask("virement_pence", "The most in one move between lines", "money"),
    ),
    says="Nobody approves what they asked for themselves, whatever their limit.",
)
_CLOSE = Question(
    CloseMonth,
    "Close a month",
    (Ask("month", "Which month?", "select"),),
    record="Close it",
    says="Nothing is posted into it any more: what corrects it goes into a month that is open. A month is not opened "
    "again, unless the entry is withdrawn.",
)


class Limits(Controller):
    """Limits and closed months."""

    path = "/limits"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each role's limits, as set here or as a trust starts; and which months are closed."""
        known, here = _known(desk), f"{base(desk)}/limits"
        acts = []
        if desk.may("sign", BUDGET) and desk.may("write", BUDGET):
            acts.append({"text": _LIMIT.title, "href": f"{here}/set", "main": True})
        if desk.may("write", BUDGET):
            acts.append({"text": _CLOSE.title, "href": f"{here}/close"})
        return page(
            "finance/limits.html",
            crumbs=crumbs(desk, "Limits and closed months"),
            actions=acts,
            source=SPENDING_LIMITS.source,
            rows=[_row(known, role) for role in SPENDING_LIMITS.value],
            closed=[
                {
                    "month": f"{month:%B %Y}",
                    "day": day(one.closed_on),
                    "by": desk.name_of(one.closed_by),
                }
                for month, one in sorted(known.closed.items(), reverse=True)
            ],
        )

    @get("/set", guards=[may("sign", BUDGET)])
    def ask_limit(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for a limit; an address may name the role."""
        return _limit_page(desk, form.fill(role=request.query_params.get("role", "")[:40]))

    @post("/set", guards=[may("sign", BUDGET)])
    def set_limit(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Sets it."""
        return _record(desk, form, _LIMIT, lambda: _limit_page(desk, form))

    @get("/close", guards=[may("write", BUDGET)])
    def ask_month(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that closes a month."""
        return _month_page(desk, form)

    @post("/close", guards=[may("write", BUDGET)])
    def close_month(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Closes it."""
        return _record(desk, form, _CLOSE, lambda: _month_page(desk, form))


def _known(desk: Desk) -> Budgets:
    return desk.see(budgets, desk.here) or Budgets()


def _row(known: Budgets, role: str) -> dict[str, str]:
    own, usual = known.limits.get(role), SPENDING_LIMITS.value[role]
    return {
        "role": ROLES[role].title,
        "key": role,
        "order": pounds(own.order_pence if own else usual.order_pence),
        "virement": pounds(own.virement_pence if own else usual.virement_pence),
        "since": f"set on {day(own.set_on)}" if own else "as a trust starts",
    }


def _record(desk: Desk, form: Form, question: Question, redraw: Callable[[], Page]) -> Response[Any]:
    def act() -> str:
        desk.do(question.read(form), command_id=form.command_id, seen=form.seen)
        return f"{base(desk)}/limits"

    return form.attempt(act, redraw, "Recorded.")


def _limit_page(desk: Desk, form: Form) -> Page:
    roles: Options = [{"value": "", "text": "Choose"}] + [
        {"value": role, "text": ROLES[role].title} for role in SPENDING_LIMITS.value
    ]
    return _shown(desk, form, _LIMIT, "set", {"role": roles})


def _month_page(desk: Desk, form: Form) -> Page:
    """Months of this year and the last that are over and open."""
    closed, year = _known(desk).closed, this_year(desk)
    over = [month for month in (*months_of(year - 1), *months_of(year)) if month < desk.today.replace(day=1)]
    months: Options = [{"value": "", "text": "Choose"}] + [
        {"value": month.isoformat(), "text": f"{month:%B %Y}"} for month in reversed(over) if month not in closed
    ]
    return _shown(desk, form, _CLOSE, "close", {"month": months})


def _shown(desk: Desk, form: Form, question: Question, what: str, options: dict[str, Options]) -> Page:
    return question.shown(
        form,
        crumbs=crumbs(desk, question.title, ("Limits and closed months", "limits")),
        action=f"{base(desk)}/limits/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/limits",
        options=options,
    )
