"""What posts cost: pay, what the employer adds, and what an hour with pupils comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_type_hints
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.law import Edition, in_force
from core.money import half_up, pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ..codes import DIRECTED_HOURS, FULL_WEEK, INSURANCE, LEVY, LOCAL_PENSION, SCHOOL_WEEKS, TEACHERS_PENSION
from ..commands import CostPost
from ..facts import StaffCosted
from ..telling import PostSeen, base, posts_asked
from ..views import PostCost, budgets, pay, post_cost
from .budget_words import crumbs

PAY = "finance.pay"
KINDS = {"teacher": "Teacher", "support": "Support staff"}
_TYPED = re.compile(r"\d{1,5}(\.\d{1,3})?")
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)")
_TIMES = {"weekly_minutes": 60, "full_weekly_minutes": 60, "contact_minutes": 60, "paid_weeks": 1000, "pension": 100}
"""How many of what is recorded make one of what is typed: hours, weeks, per cent."""
_POST = Question(
    CostPost,
    "Cost a post",
    (
        Ask("title", "What is the post?", hint="The post, not who holds it: it is shown beside what it costs."),
        Ask(
            "staff",
            "Which kind?",
            "radios",
            options=tuple({"value": key, "text": text} for key, text in KINDS.items()),
        ),
        Ask("full_time_pence", "A year's pay at full time", "money"),
        Ask("allowances_pence", "Allowances for a year at full time", "money"),
        Ask("weekly_minutes", "Hours a week", "clock", "For example, 32.5 or 32:30."),
        Ask("full_weekly_minutes", "Hours of a full-time week", "clock"),
        Ask("paid_weeks", "Weeks paid in a year", "clock", "52.143 for all of it; fewer for term time only."),
        Ask(
            "pension",
            "Employer's pension, per cent of pay",
            "clock",
            "Leave it empty to take the rate shown on the page before.",
        ),
        Ask(
            "contact_minutes",
            "Hours with pupils in a year",
            "clock",
            f"Hours a week by {SCHOOL_WEEKS.value} weeks: 32.5 make 1,235. A full-time teacher can be directed for "
            f"{DIRECTED_HOURS.value:,}.",
        ),
        Ask("from_on", "From which day?", "date", "The rate of National Insurance of that day is taken."),
    ),
    says="Costing a post again replaces what it cost; provision priced with it stays as it was until it is priced "
    "again.",
)


class Pay(Controller):
    """Posts and what they cost."""

    path = "/pay"

    @get("/", guards=[may("read", PAY)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every post that was costed, those recruitment knows of besides, and the rates behind it."""
        known, here, writes = desk.see(pay, desk.here) or {}, f"{base(desk)}/pay", desk.may("write", PAY)
        said = posts_asked(desk)
        waiting = None if said is None else [one for one in said.posts if one.post not in known]
        cost = {"text": "Cost a post", "href": f"{here}/new", "main": True}
        provision = {"text": "Provision", "href": f"{base(desk)}/provision"}
        return page(
            "finance/pay.html",
            crumbs=crumbs(desk, "What posts cost"),
            actions=[*([cost] if writes else []), *([provision] if desk.may("read", "finance.provision") else [])],
            rows=[_row(post_cost(one), here if writes else "") for one in known.values()],
            authorities=_authorities(desk),
            waiting=None if waiting is None else [_waiting(one, here, writes) for one in waiting],
            rates=_rates(desk),
            weeks=SCHOOL_WEEKS.value,
        )

    @get("/new", guards=[may("write", PAY)])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a post; an address may name one that is known here or to recruitment."""
        typed = request.query_params.get("post", "")
        known = (desk.see(pay, desk.here) or {}).get(post_id) if (post_id := _id(typed)) else None
        if known is not None:
            _fill(form, known)
        elif (seen := _told_of(desk, post_id)) is not None:
            _fill_from(form, seen)
        form.fill(full_weekly_minutes=shown(FULL_WEEK.value, "full_weekly_minutes"), paid_weeks="52.143")
        return _page(desk, form.fill(post=str(post_id) if post_id else ""))

    @post("/new", guards=[may("write", PAY)])
    def cost(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records what it costs."""

        def act() -> str:
            desk.do(read(desk, form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/pay"

        return form.attempt(act, lambda: _page(desk, form), "Recorded.")


def read(desk: Desk, form: Form) -> CostPost:
    """The post as typed, its hours, weeks and per cent turned into what is recorded; raises Invalid."""
    given: dict[str, Any] = {}
    if not form.text("pension") and form.text("staff") in KINDS:
        given["pension"] = _pension(desk, form.text("staff")).value
    for name in [name for name in _TIMES if name not in given]:
        if typed := form.text(name):
            given[name] = number = _scaled(typed, name)
            if number is None or not _holds(name, number):
                form.wrong(name, "Enter a number such as 32.5; this one cannot be read, or is too small or too large.")
    command: CostPost = _POST.read(form, **given, post=_id(form.text("post")))
    return command


def _holds(name: str, number: int) -> bool:
    """Whether a number lies within what the command allows."""
    try:
        msgspec.convert(number, get_type_hints(CostPost, include_extras=True)[name])
    except msgspec.ValidationError:
        return False
    return True


def _scaled(typed: str, name: str) -> int | None:
    """What is recorded for a number as typed; None for what is no number, or no whole one of what is recorded."""
    plain = typed.replace(",", "")
    clock = _CLOCK.fullmatch(plain)
    if clock and name.endswith("minutes"):
        return int(clock[1]) * 60 + int(clock[2])
    if not _TYPED.fullmatch(plain):
        return None
    exact = Fraction(plain) * _TIMES[name]
    return int(exact) if exact.denominator == 1 else None


def shown(value: int, name: str) -> str:
    """What was recorded, as it is typed: 1950 minutes are 32.5 hours; 1951 are 32:31."""
    whole, rest = divmod(value, _TIMES[name])
    thousandths = Fraction(rest * 1000, _TIMES[name])
    if thousandths.denominator != 1:
        return f"{whole:,}:{rest:02}"
    return f"{whole:,}.{int(thousandths):03}".rstrip("0").rstrip(".")


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _told_of(desk: Desk, post_id: UUID | None) -> PostSeen | None:
    said = posts_asked(desk)
    return next((one for one in said.posts if one.post == post_id), None) if said else None


def _fill(form: Form, one: StaffCosted) -> None:
    form.fill(
        title=one.title,
        staff=one.staff,
        full_time_pence=pounds(one.full_time_pence),
        allowances_pence=pounds(one.allowances_pence),
        from_on=one.from_on,
        **{name: shown(getattr(one, name), name) for name in _TIMES},
    )


def _fill_from(form: Form, one: PostSeen) -> None:
    """What recruitment says of a post."""
    weekly = half_up(FULL_WEEK.value * one.share, 100)
    form.fill(
        title=one.title,
        full_time_pence=pounds(one.pay_pence),
        allowances_pence=pounds(one.allowances_pence),
        from_on=one.from_on,
        weekly_minutes=shown(weekly, "weekly_minutes"),
    )


def _row(one: PostCost, here: str) -> dict[str, Any]:
    """
    Args:
        here: Address of the page; "" for whoever may not write.
    """
    told, cost = one.told, one.cost
    return {
        "title": told.title,
        "about": f"{KINDS.get(told.staff, told.staff)} · {shown(told.weekly_minutes, 'weekly_minutes')} hours a week · "
        f"from {day(told.from_on)}",
        "pay": pounds(cost.pay_pence),
        "insurance": pounds(cost.insurance_pence) if one.is_insured else "rate not known",
        "pension": pounds(cost.pension_pence),
        "pension_rate": f"{shown(told.pension, 'pension')} %",
        "total": pounds(cost.total_pence),
        "contact": f"{shown(told.contact_minutes, 'contact_minutes')} hours",
        "hour": pounds(one.hour_pence),
        "weekly": pounds(one.weekly_pence),
        "href": f"{here}/new?post={told.post}" if here else "",
    }


def _waiting(one: PostSeen, here: str, writes: bool) -> dict[str, str]:
    return {
        "title": one.title,
        "says": f"{one.share} % of full time, {pounds(one.pay_pence + one.allowances_pence)} a year at full time",
        "href": f"{here}/new?post={one.post}" if writes else "",
    }


def _authorities(desk: Desk) -> list[dict[str, str]]:
    """What authorities count for an hour a week, beside what it costs here."""
    money = desk.log.see(budgets, desk.here)  # their rates are told to whoever costs a post, the budget is not
    named: Mapping[str, Any] = money.authorities if money else {}
    today = {name: [one for one in versions if one.from_on <= desk.today] for name, versions in named.items()}
    return [
        {"name": name, "pence": pounds(versions[-1].hour_pence), "source": versions[-1].source}
        for name, versions in today.items()
        if versions and versions[-1].hour_pence is not None
    ]


def _pension(desk: Desk, staff: str) -> Edition[int]:
    found = in_force(TEACHERS_PENSION, desk.today) if staff == "teacher" else LOCAL_PENSION
    return found or TEACHERS_PENSION[-1]


def _rates(desk: Desk) -> list[dict[str, Any]]:
    """The rates of today, each with where it was read."""
    rows: list[tuple[str, str, Edition[Any]]] = []
    insurance = in_force(INSURANCE, desk.today)
    if insurance is not None:
        rate = insurance.value
        rows.append(
            ("National Insurance", f"{_per_cent(rate.basis_points)} over {pounds(rate.floor_pence)}", insurance)
        )
    for title, staff in (("Teachers' pension", "teacher"), ("Local pension", "support")):
        pension = _pension(desk, staff)
        rows.append((title, _per_cent(pension.value), pension))
    levy = LEVY.value
    text = f"{_per_cent(levy.basis_points)} of a pay bill over {pounds(levy.floor_pence)}; not in these sums"
    rows.append(("Apprenticeship levy", text, LEVY))
    return [
        {"title": title, "value": value, "edition": one.name, "source": one.source, "verified": one.verified}
        for title, value, one in rows
    ]


def _per_cent(basis_points: int) -> str:
    return f"{shown(basis_points, 'pension')} %"


def _page(desk: Desk, form: Form) -> Page:
    return _POST.shown(
        form,
        crumbs=crumbs(desk, _POST.title, ("What posts cost", "pay")),
        action=f"{base(desk)}/pay/new",
        seen=desk.seen_for(CostPost, desk.here),
        back_href=f"{base(desk)}/pay",
        keep=[{"name": "post", "value": form.text("post")}],
    )
