"""Advertising a vacancy: a text to begin with, looked at as it will stand, published for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.law import Finding
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day

from ...commands import AdvertiseVacancy
from ...facts import DescriptionWritten
from ...rules import form_findings
from ...views import Vacancy, version_of
from .words import RECORD, address, closing_of, contract_of, finding_rows, found, lacking, pay_of, trail

_TITLE = "Advertise the vacancy"


class Advertising(Controller):
    """The advertisement."""

    path = "/vacancies/{vacancy_id:uuid}/advertise"

    @get("/", guards=[may("write", RECORD)])
    def ask(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, with a text made from the draft."""
        return _form_page(desk, vacancy_id, form)

    @post("/", guards=[may("write", RECORD)])
    def advertise(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any] | Page:
        """Shows it as it will stand; publishes it when it was looked at."""
        found(desk, vacancy_id)

        def act() -> str:
            desk.do(form.read(AdvertiseVacancy), vacancy_id, command_id=form.command_id, seen=form.seen)
            return address(desk, vacancy_id)

        if form.text("go") == "publish":
            return form.attempt(act, lambda: _form_page(desk, vacancy_id, form), "The vacancy is advertised.")
        if form.text("go"):
            return _form_page(desk, vacancy_id, form)
        return form.checked(
            lambda: desk.would(form.read(AdvertiseVacancy), vacancy_id),
            lambda: _look_page(desk, vacancy_id, form),
            lambda: _form_page(desk, vacancy_id, form),
        )


def _form_page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    known, here = found(desk, vacancy_id), address(desk, vacancy_id)
    told = known.told
    form.fill(advert="\n\n".join(_paragraphs(desk, known, version_of(desk, known))))
    return page(
        "recruitment/advert_form.html",
        crumbs=trail(desk, vacancy_id, _TITLE),
        title=_TITLE,
        about=known.told.title,
        missing=finding_rows(desk, "advert_findings", _in_the_way(desk, known)),
        form=form.fill(closes_on=told.closes_on, closes_at=told.closes_at),
        token=form.token(desk.seen_for(AdvertiseVacancy, vacancy_id)),
        action=f"{here}/advertise",
        panel_href=f"{here}/panel",
        back_href=here,
    )


def _look_page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    known, here = found(desk, vacancy_id), address(desk, vacancy_id)
    return page(
        "recruitment/advert_look.html",
        crumbs=trail(desk, vacancy_id, "Look before it is published"),
        about=known.told.title,
        advert=form.text("advert"),
        closes=_closing(form.read(AdvertiseVacancy), known),
        warned=finding_rows(desk, "form_findings", form_findings(True, form.text("advert"))),
        form=form,
        token=form.token(desk.seen_for(AdvertiseVacancy, vacancy_id)),
        action=f"{here}/advertise",
        keep=[{"name": name, "value": form.text(name)} for name in form.fields if name not in {"token", "go"}],
    )


def _in_the_way(desk: Desk, known: Vacancy) -> tuple[Finding, ...]:
    """What it lacks that this form does not ask for."""
    return tuple(one for one in lacking(desk, known) if one.field not in {"closes_on", "closes_at"})


def _closing(command: AdvertiseVacancy, known: Vacancy) -> str:
    """When applications will close, as typed now or else as drafted."""
    told = msgspec.structs.replace(
        known.told,
        closes_on=command.closes_on or known.told.closes_on,
        closes_at=command.closes_at or known.told.closes_at,
    )
    return closing_of(told)


def _paragraphs(desk: Desk, known: Vacancy, told: DescriptionWritten | None) -> Iterator[str]:
    """A text to begin with: what the draft and the description say, and nothing they do not."""
    academy = desk.academy.name if desk.academy else ""
    yield f"{known.told.title}, {academy}"
    yield "\n".join(f"{line}." for line in (contract_of(known.told), *pay_of(known.told)))
    for line in told.purpose if told else ():
        main = [f"\N{BULLET} {duty.text}" for duty in told.duties if duty.group == "main"] if told else []
        yield "\n".join([line, *main]) if line.endswith(":") else line
    days = []
    if known.told.starts_on:
        days.append(f"The post starts on {day(known.told.starts_on)}.")
    if closing := closing_of(known.told):
        days.append(f"Applications close on {closing}.")
    if known.told.interviews_on:
        days.append(f"Interviews are on {day(known.told.interviews_on)}.")
    yield " ".join([*days, "Please fill in our application form. We do not accept a CV in its place."])
    if known.told.safeguarding:
        yield known.told.safeguarding
    if known.told.exempt_notice:
        yield known.told.exempt_notice
