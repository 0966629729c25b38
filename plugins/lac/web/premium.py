"""The academy's own premium for previously looked-after pupils, year by year; no child's own budget."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.law import in_force
from core.money import pounds
from core.roll.web.child import crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import counted

from ..codes import PREVIOUSLY_RATES
from ..commands import ReceivePremium, SpendPremium
from ..telling import base
from ..views import Premium, financial_year, premium

_PREMIUM = "lac.premium"
_TITLE = "Premium for previously looked-after pupils"
_YEAR = Ask("year", "For which financial year?", "select")
QUESTIONS = {
    "receive": Question(
        ReceivePremium,
        "Record premium received",
        (
            _YEAR,
            Ask("pupils", "For how many pupils?", "number", "As the department counted them in the census."),
            Ask("paid_pence", "Amount received", "money"),
            Ask("paid_on", "When?", "date"),
        ),
    ),
    "spend": Question(
        SpendPremium,
        "Record premium spent",
        (
            _YEAR,
            Ask("spent_pence", "Amount spent", "money"),
            Ask("spent_on", "When?", "date"),
            Ask("on_what", "On what?", hint="Name no pupil: it is no child's own budget."),
        ),
    ),
}


class PremiumPages(Controller):
    """What the department pays the academy."""

    path = "/premium"

    @get("/", guards=[may("read", _PREMIUM)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each financial year: the rate, what came and what was spent."""
        known, here = desk.see(premium, desk.here) or {}, f"{base(desk)}/premium"
        actions: list[dict[str, Any]] = []
        if desk.may("write", _PREMIUM):
            texts = {what: question.title for what, question in QUESTIONS.items()}
            actions = [{"text": text, "href": f"{here}/{what}"} for what, text in texts.items()]
            actions[0]["main"] = True
        if desk.may("read", "lac.funding"):
            actions.append({"text": "Pupil premium plus, as sums", "href": f"{base(desk)}/funding"})
        return page(
            "lac/premium.html",
            title=_TITLE,
            lede="Paid to the school for those the census counts, the autumn before. It is spent with the families in "
            "mind and is no child's own budget.",
            actions=actions,
            rows=[_row(year, known[year]) for year in sorted(known, reverse=True)],
            rates=[_rate(year) for year in _years(desk)],
        )

    @get("/{what:str}", guards=[may("write", _PREMIUM)])
    def ask(self, what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for what came, or what was spent."""
        return _page(desk, what, form)

    @post("/{what:str}", guards=[may("write", _PREMIUM)])
    def record(self, what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records it."""
        question = _question(what)

        def act() -> str:
            desk.do(question.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/premium"

        return form.attempt(act, lambda: _page(desk, what, form), "Recorded.")


def _question(what: str) -> Question:
    if what not in QUESTIONS:
        raise NotFound
    return QUESTIONS[what]


def _years(desk: Desk) -> list[int]:
    """This financial year and the two before it."""
    now = financial_year(desk.today)
    return [now, now - 1, now - 2]


def _called(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"


def _rate(year: int) -> dict[str, str]:
    """The rate of a year with its source; of one that is not known, no figure."""
    edition = in_force(PREVIOUSLY_RATES, date(year, 4, 1))
    rate = pounds(edition.value) if edition and edition.value is not None else "not known"
    sure = "" if edition is None or edition.verified else " (not verified)"
    return {"year": _called(year), "rate": rate, "source": f"{edition.source}{sure}" if edition else ""}


def _row(year: int, one: Premium) -> dict[str, str]:
    return {
        "year": _called(year),
        "pupils": counted(one.pupils, "pupil", "pupils"),
        "rate": _rate(year)["rate"],
        "paid": pounds(one.paid_pence),
        "spent": pounds(one.spent_pence),
        "left": pounds(one.paid_pence - one.spent_pence),
    }


def _page(desk: Desk, what: str, form: Form) -> Page:
    question = _question(what)
    years: Options = [{"value": str(year), "text": _called(year)} for year in _years(desk)]
    day = "paid_on" if what == "receive" else "spent_on"
    return question.shown(
        form.fill(year=str(_years(desk)[0])).fill(**{day: desk.today}),
        crumbs=crumbs(desk, [("Premium", "lac/premium")], question.title),
        action=f"{base(desk)}/premium/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/premium",
        options={"year": years},
    )
