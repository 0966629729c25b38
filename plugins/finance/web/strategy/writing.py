"""The form that writes a version of the strategy: as many rows as it needs, without a script."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import YES_NO
from core.web.routes import get, post

from ...commands import WriteStrategy
from ...telling import base
from ..budget_words import crumbs
from . import rows
from .words import STRATEGY, asked_year, known_of, money_of, principle_options, year_name


class StrategyForms(Controller):
    """Writing the strategy."""

    path = "/strategy/write"

    @get("/", guards=[may("write", STRATEGY)])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form with the version of the year that was written last; else with that of the year before."""
        year, known = asked_year(request), known_of(desk)
        return _page(desk, year, rows.begin(form, known.now(year) or known.now(year - 1)))

    @post("/", guards=[may("write", STRATEGY)])
    def write(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Keeps the version; or, at the button for more rows, shows the form with more rows."""
        year = asked_year(request)
        if form.text("more"):
            rows.more(form)
            return _page(desk, year, form)

        def act() -> str:
            desk.do(rows.read(form, year), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/strategy?year={year}"

        return form.attempt(act, lambda: _page(desk, year, form), "Kept as a new version.")


def _page(desk: Desk, year: int, form: Form) -> Page:
    return page(
        "finance/strategy_write.html",
        crumbs=crumbs(desk, "Write", ("Inclusion strategy", f"strategy?year={year}")),
        title=f"Write the inclusion strategy {year_name(year)}",
        action=f"{base(desk)}/strategy/write?year={year}",
        token=form.token(desk.seen_for(WriteStrategy, desk.here)),
        form=form,
        count=str(rows.count(form)),
        numbers=list(range(1, rows.count(form) + 1)),
        full=rows.count(form) >= rows.MOST,
        principles=principle_options(),
        lines=rows.line_options(money_of(desk), year),
        yes_no=YES_NO,
        back_href=f"{base(desk)}/strategy?year={year}",
    )
