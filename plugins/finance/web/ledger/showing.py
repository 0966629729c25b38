"""What was taken over from the ledger: lists, postings on no line, and the tie-out to the penny."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from litestar import Controller, Request
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pence_in, pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day

from ...rules import Actual, Balance, tie_out, tie_out_findings
from ...telling import base
from ...views import Books, books, this_year, year_of
from ..budget_words import asked_year, crumbs, year_name, years_of
from .importing import LEDGER

_SHOWN = 100


class LedgerPages(Controller):
    """The ledger, as far as it was taken over."""

    path = "/ledger"

    @get("/", guards=[may("read", LEDGER)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every list that was taken, and the postings that fall on no line."""
        found, here = books(desk), f"{base(desk)}/ledger"
        lost = [one for one in found.posted if one.line is None and one.sort != "income"]
        actions: list[dict[str, Any]] = []
        if desk.may("write", LEDGER):
            actions = [{"text": "Import postings", "href": f"{here}/import", "main": True}]
        actions.append({"text": "Tie out", "href": f"{here}/tie-out"})
        if desk.may("export", LEDGER):
            actions.append({"text": "Journals", "href": f"{here}/journals"})
        lists = sorted(
            ((key, one) for key, one in found.ledgers.items() if one.told),
            key=lambda pair: pair[1].told.taken_on if pair[1].told else date.min,
            reverse=True,
        )
        return page(
            "finance/ledger.html",
            crumbs=crumbs(desk, "Ledger"),
            actions=actions,
            figures=[
                {"label": "Postings", "value": f"{len(found.posted):,}", "note": None},
                {"label": "On no budget line", "value": f"{len(lost):,}", "note": None},
            ],
            lists=[
                {
                    "day": day(one.told.taken_on),
                    "rows": f"{one.told.rows:,}",
                    "net": pounds(one.told.net_pence),
                    "control": "not told" if one.told.control_pence is None else "tied out to the penny",
                    "months": ", ".join(f"{month:%B %Y}" for month in sorted({each.month for each in one.posted})),
                }
                for _, one in lists
                if one.told
            ],
            lost=[
                {
                    "day": day(one.posted_on),
                    "what": " · ".join(word for word in (one.supplier, one.reference) if word) or one.sort,
                    "code": f"{one.cost_centre} {one.code}",
                    "net": pounds(one.net_pence),
                }
                for one in lost[:_SHOWN]
            ],
            more=f"{len(lost) - _SHOWN:,} more." if len(lost) > _SHOWN else "",
        )

    @get("/tie-out", guards=[may("read", LEDGER)])
    def ask_tie_out(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """What is recorded here of a year by cost centre and code, beside nothing yet."""
        return _tie_page(desk, form, asked_year(request, desk), None)

    @post("/tie-out", guards=[may("read", LEDGER)])
    def tie_out(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """Beside the ledger's own balances, as they were typed; nothing is recorded by it."""
        form.check_token()
        year = asked_year(request, desk)
        typed = {name: form.text(name) for name in _sums(books(desk), year)}
        wrong = [name for name, text in typed.items() if text and pence_in(text) is None]
        for name in wrong:
            form.wrong(name, "Enter an amount in pounds, such as 1,234.56.")
        balances = None if wrong else {name: pence_in(text) for name, text in typed.items() if text}
        return _tie_page(desk, form, year, balances)


def _sums(found: Books, year: int) -> dict[str, tuple[str, str, int]]:
    """What was posted in an academic year, by cost centre and code, under a name for a form's field."""
    sums = Counter[tuple[str, str]]()
    for one in found.posted:
        if year_of(one.month) == year:
            sums[one.cost_centre, one.code] += one.net_pence
    return {f"balance{at}": (*key, pence) for at, (key, pence) in enumerate(sorted(sums.items()))}


def _tie_page(desk: Desk, form: Form, year: int, typed: dict[str, int | None] | None) -> Page:
    found, here = books(desk), f"{base(desk)}/ledger/tie-out"
    sums = _sums(found, year)
    actuals = tuple(
        Actual(one.cost_centre, one.code, one.fund, one.net_pence) for one in found.posted if year_of(one.month) == year
    )
    balances = tuple(Balance(*sums[name][:2], pence) for name, pence in (typed or {}).items() if pence is not None)
    named = {(one.cost_centre, one.code) for one in balances}
    compared = tie_out(tuple(one for one in actuals if (one.cost_centre, one.code) in named), balances)
    gaps = {(one.cost_centre, one.code): one.gap_pence for one in compared}
    drawn = page(
        "finance/ledger_tie_out.html",
        crumbs=crumbs(desk, "Tie out", ("Ledger", "ledger")),
        lede=f"{year_name(year)}: what was taken over here, beside what the ledger says.",
        form=form,
        token=form.token(),
        years=years_of([found.budgets], this_year(desk), year, here),
        action=f"{here}?year={year}",
        findings=[one.says for one in tie_out_findings(compared)],
        ties=bool(balances) and not any(gaps.values()),
        rows=[
            {
                "name": name,
                "label": f"{centre} {code}",
                "here": pounds(pence),
                "gap": pounds(gaps[centre, code]) if (centre, code) in gaps else "",
                "apart": bool(gaps.get((centre, code))),
            }
            for name, (centre, code, pence) in sums.items()
        ],
    )
    drawn.status_code = 422 if form.errors else 200
    return drawn
