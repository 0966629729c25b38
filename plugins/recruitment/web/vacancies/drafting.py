"""Drafting a vacancy: from a job description, with its pay beside the ranges of the day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.ids import uuid_for
from core.law import in_force
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import YES_NO, Ask, Options, Question
from core.web.routes import get, post

from ...codes import PAY_RANGES, ROLES, standing
from ...codes.statements import CONTRACTS, EXEMPT_NOTICE, SAFEGUARDING
from ...commands import DraftVacancy
from ...facts import VacancyDrafted
from ...telling import base
from ...views import Vacancy, description
from .words import RECORD, address, flag_titles, found, trail

_MONEY = {
    "pay_from_pence": "Lowest pay",
    "pay_to_pence": "Highest pay",
    "sen_allowance_pence": "SEN allowance",
    "tlr_pence": "TLR payment",
}
_DAYS = ("starts_on", "closes_on", "interviews_on", "fixed_until")
_WORDS = ("title", "role", "contract", "pay_scale", "tlr", "closes_at", "safeguarding", "exempt_notice")
DRAFT = Question(DraftVacancy, "Draft a vacancy", tuple(Ask(name, text, "money") for name, text in _MONEY.items()))


class Drafting(Controller):
    """The form for a draft."""

    path = "/vacancies"

    @get("/new", guards=[may("write", RECORD)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a new vacancy."""
        return _page(desk, None, None, form)

    @post("/new", guards=[may("write", RECORD)])
    def draft_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records the draft."""
        subject = uuid_for("recruitment.vacancy", form.command_id)

        def act() -> str:
            desk.do(DRAFT.read(form), subject, command_id=form.command_id, seen=form.seen)
            return address(desk, subject)

        return form.attempt(act, lambda: _page(desk, None, None, form), "The draft is recorded.")

    @get("/{vacancy_id:uuid}/draft", guards=[may("write", RECORD)])
    def ask(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, filled with the draft as it stands."""
        return _page(desk, vacancy_id, found(desk, vacancy_id), form)

    @post("/{vacancy_id:uuid}/draft", guards=[may("write", RECORD)])
    def draft(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the draft anew, with the description as it is now."""
        known = found(desk, vacancy_id)

        def act() -> str:
            desk.do(DRAFT.read(form), vacancy_id, command_id=form.command_id, seen=form.seen)
            return address(desk, vacancy_id)

        return form.attempt(act, lambda: _page(desk, vacancy_id, known, form), "The draft is recorded.")


def _page(desk: Desk, vacancy_id: UUID | None, known: Vacancy | None, form: Form) -> Page:
    if not form.fields:
        _fill(form, known.told if known else None)
    here = address(desk, vacancy_id) if vacancy_id else f"{base(desk)}/vacancies"
    title = "Change the draft" if known else DRAFT.title
    edition = in_force(PAY_RANGES, desk.today)
    return page(
        "recruitment/vacancy_form.html",
        crumbs=trail(desk, vacancy_id, title),
        title=title,
        form=form,
        token=form.token(desk.seen_for(DraftVacancy, vacancy_id) if vacancy_id else 0),
        action=f"{here}/draft" if vacancy_id else f"{here}/new",
        back_href=here,
        options={
            "role": [
                {"value": "", "text": "Choose"},
                *({"value": key, "text": one.title} for key, one in standing(ROLES, desk.today).value.items()),
            ],
            "description": _descriptions(desk),
            "contract": [{"value": key, "text": text} for key, text in CONTRACTS.items()],
            "flags": [{"value": key, "text": text} for key, text in flag_titles().items()],
            "blind": YES_NO,
        },
        ranges=_ranges(desk) if edition else [],
        ranges_of={
            "name": edition.name,
            "source": edition.source,
            "sure": edition.verified,
            "rule_href": "/rules/recruitment.pay_findings",
        }
        if edition
        else None,
        descriptions_href=f"{base(desk)}/descriptions/import",
    )


def _descriptions(desk: Desk) -> Options:
    known = sorted(desk.see_all(description).items(), key=lambda pair: pair[1].now.title.casefold())
    choices = [{"value": str(key), "text": f"{one.now.title} (version {len(one.versions)})"} for key, one in known]
    return [{"value": "", "text": "Choose"}, *choices] if known else []


def _ranges(desk: Desk) -> Options:
    """Pay ranges and allowances of the day, for `ui.summary`."""
    edition = in_force(PAY_RANGES, desk.today)
    return [
        {"label": one.title, "value": f"{pounds(one.least_pence)} to {pounds(one.most_pence)}"}
        if one.least_pence is not None and one.most_pence is not None
        else {"label": one.title, "value": "not known"}
        for one in (edition.value.values() if edition else ())
    ]


def _fill(form: Form, told: VacancyDrafted | None) -> None:
    """The draft as it stands; for a new one, what is usual."""
    if told is None:
        form.fill(contract="permanent", share="100", blind="true", closes_at="12:00")
        form.fill(safeguarding=SAFEGUARDING, exempt_notice=EXEMPT_NOTICE)
        return
    form.fill(**{name: getattr(told, name) for name in (*_WORDS, *_DAYS)})
    form.fill(description=str(told.description), share=str(told.share), blind=str(told.blind).lower())
    form.fill(**{name: pounds(pence) if (pence := getattr(told, name)) else "" for name in _MONEY})
    form.fields["flags"] = list(told.flags)
