"""What the academy gets: notified, allocated, received; and how far the notional SEN budget goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import UNSAID
from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..codes import FUNDS
from ..commands import AllocateFunding, NotifyFunding, ReceiveIncome
from ..rules import financial_into_academic, year_beginning
from ..telling import SupportSeen, base
from ..views import Budgets, Covered, budgets, costs, covered, notified, received, this_year
from .budget_words import BUDGET, asked_year, crumbs, year_name, years_of

_FUND = Ask("fund", "Which fund?", "select")
QUESTIONS = {
    "notify": Question(
        NotifyFunding,
        "Record what was notified",
        (
            _FUND,
            Ask("year", "For the year that began in", "number", "For the financial year from April 2026, enter 2026."),
            Ask("pence", "How much?", "money"),
            Ask("notified_on", "When was it said?", "date", "The day of the letter or allocation."),
            Ask("authority", "Which authority pays it?", hint="Only where an authority pays."),
            Ask("reference", "Reference"),
        ),
        says="Top-up and other funds of an authority come by financial year, April to March; core funding by academic "
        "year.",
    ),
    "allocate": Question(
        AllocateFunding,
        "Record what the trust allocated",
        (
            _FUND,
            Ask("year", "For the academic year that began in", "number", "For 2026-27, enter 2026."),
            Ask("pence", "How much?", "money"),
            Ask("reason", "Why so much?", "words", "For example, after the top slice."),
        ),
        says="The last one stands. The notional SEN budget may be allocated too: it stays a label.",
    ),
    "receive": Question(
        ReceiveIncome,
        "Record income",
        (
            _FUND,
            Ask("pence", "How much?", "money"),
            Ask("received_on", "When did it come?", "date"),
            Ask("reference", "Reference", hint="Name no pupil."),
        ),
    ),
}


class Funding(Controller):
    """Funds and income."""

    path = "/funding"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Every notice, allocation and receipt of a year."""
        year, known, here = asked_year(request, desk), _known(desk), f"{base(desk)}/funding"
        acts = [{"text": question.title, "href": f"{here}/{what}"} for what, question in QUESTIONS.items()]
        return page(
            "finance/funding.html",
            crumbs=crumbs(desk, "Funding and income"),
            title=f"Funding and income {year_name(year)}",
            lede=f"{pounds(received(known, year))} received in this academic year.",
            actions=acts if desk.may("write", BUDGET) else [],
            years=years_of([known], this_year(desk), year, here),
            notified=_notified(known, year),
            allocated=[
                {
                    "fund": FUNDS[fund].title,
                    "pence": pounds(one.pence),
                    "day": day(one.allocated_on),
                    "reason": one.reason,
                }
                for (fund, of), one in known.allocated.items()
                if of == year
            ],
            received=[
                {
                    "fund": FUNDS[one.fund].title,
                    "pence": pounds(one.pence),
                    "day": day(one.received_on),
                    "reference": one.reference,
                }
                for one in reversed(known.income)
                if year_beginning("academic", year).from_on
                <= one.received_on
                <= year_beginning("academic", year).until_by
            ],
        )

    @get("/notional", guards=[may("read", BUDGET)])
    def notional(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """How far the notional SEN budget goes, for whoever may read what pupils cost; told as sums."""
        record = next((one for one in ("finance.pupil", "finance.costs") if desk.may("read", one)), None)
        if record is None:
            raise NotFound
        year, known, here = asked_year(request, desk), _known(desk), f"{base(desk)}/funding"
        pence = notified(known, "notional", year)
        told = covered(desk, known, pence or 0, year, lambda pupil: _has_plan(desk, pupil))
        for pupil in desk.log.see_all(costs):
            desk.opened(pupil, [record])
        return page(
            "finance/fund_notional.html",
            crumbs=crumbs(desk, "Notional SEN budget", ("Funding and income", "funding")),
            title=f"Notional SEN budget {year_name(year)}",
            years=years_of([known], this_year(desk), year, f"{here}/notional"),
            pence=None if pence is None else pounds(pence),
            rows=_covered(told) if told else [],
            verdict=_verdict(told) if told and pence is not None else None,
        )

    @get("/{what:str}", guards=[may("write", BUDGET)])
    def ask(self, what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a notice, an allocation or a receipt."""
        form.fill(year=str(this_year(desk)), notified_on=desk.today, received_on=desk.today)
        return _page(desk, what, form)

    @post("/{what:str}", guards=[may("write", BUDGET)])
    def record(self, what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records it."""
        question = _question(what)

        def act() -> str:
            desk.do(question.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/funding"

        return form.attempt(act, lambda: _page(desk, what, form), "Recorded.")


def _known(desk: Desk) -> Budgets:
    return desk.see(budgets, desk.here) or Budgets()


def _notified(known: Budgets, year: int) -> list[dict[str, str]]:
    """Notices for the academic year, and those for financial years it shares, with its months of them."""
    rows = []
    for one in known.notified.values():
        by_academic = one.clock == "academic"
        if one.year not in ((year,) if by_academic else (year, year + 1)):
            continue
        parts = financial_into_academic(one.pence)
        mine = parts.september_to_march_pence if one.year == year else parts.april_to_august_pence
        rows.append(
            {
                "fund": FUNDS[one.fund].title,
                "for": year_name(one.year) if by_academic else f"April {one.year} to March {one.year + 1}",
                "authority": one.authority,
                "pence": pounds(one.pence),
                "mine": pounds(one.pence if by_academic else mine),
                "day": day(one.notified_on),
                "reference": one.reference,
                "memo": "A label, in no sum" if FUNDS[one.fund].memo else "",
            }
        )
    return rows


def _has_plan(desk: Desk, pupil: UUID) -> bool | None:
    """What the register says; None where it says nothing."""
    said = desk.ask("register.support", pupil, SupportSeen)
    return None if said is UNSAID else said.value is not None and said.value.provision == "E"


def _covered(told: Covered) -> list[dict[str, str]]:
    sums = told.told
    pupils = counted(told.high_needs, "pupil", "pupils")
    others = counted(told.support, "other pupil", "other pupils")
    return [
        {"label": "Need", "value": pounds(sums.need_pence)},
        {"label": "Told from", "value": f"{pupils} with high needs, up to the school's part each; {others}"},
        {"label": "Notional SEN budget", "value": pounds(sums.notional_pence)},
    ]


def _verdict(told: Covered) -> dict[str, str]:
    gap = told.told.gap_pence
    if gap > 0:
        return {"text": f"{pounds(gap)} short", "kind": "late"}
    return {"text": f"covers it, {pounds(-gap)} to spare", "kind": "well"}


def _question(what: str) -> Question:
    if what not in QUESTIONS:
        raise NotFound
    return QUESTIONS[what]


def _page(desk: Desk, what: str, form: Form) -> Page:
    question = _question(what)
    funds: Options = [{"value": "", "text": "Choose"}] + [
        {"value": key, "text": one.title} for key, one in FUNDS.items() if not (one.memo and what == "receive")
    ]
    return question.shown(
        form,
        crumbs=crumbs(desk, question.title, ("Funding and income", "funding")),
        action=f"{base(desk)}/funding/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/funding",
        options={"fund": funds},
    )
