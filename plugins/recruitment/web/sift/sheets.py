"""A score sheet: one scorer, one applicant, a mark from 0 to 3 for each criterion; nobody is named on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

from ...commands import ScoreSheet
from ...facts import Mark, SheetScored
from ...rules import Criterion, sheet_findings
from ...views import criteria_of, is_hidden, version_of
from ..applicants import shown
from ..applicants.judged import STAGES
from ..applicants.opening import applicant_of, crumbs, href, opened, rule

_POINTS = tuple({"value": str(points), "text": str(points)} for points in range(4))


class Sheets(Controller):
    """One scorer's marks for one applicant."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}/score/{stage:str}"

    @get("/", guards=[may("write", "recruitment.scoring")])
    def ask(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        stage: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The sheet, with the marks this scorer has given already, beside the application."""
        return _page(desk, vacancy_id, key, stage, form)

    @post("/", guards=[may("write", "recruitment.scoring")])
    def score(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        stage: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Hands the sheet in."""
        _, one = applicant_of(desk, vacancy_id, key)

        def act() -> str:
            marks = _marks(form, _criteria(desk, vacancy_id, key, stage))
            command = form.read(ScoreSheet, vacancy=vacancy_id, stage=stage, marks=marks)
            desk.do(command, one.person, command_id=form.command_id, seen=form.seen)
            return href(desk, vacancy_id, one)

        return form.attempt(act, lambda: _page(desk, vacancy_id, key, stage, form), "Your marks are handed in.")


def _criteria(desk: Desk, vacancy_id: UUID, key: UUID, stage: str) -> tuple[Criterion, ...]:
    if stage not in STAGES:
        raise NotFound
    told, _ = applicant_of(desk, vacancy_id, key)
    return criteria_of(version_of(desk, told), stage)


def _marks(form: Form, criteria: tuple[Criterion, ...]) -> tuple[Mark, ...]:
    """The marks as typed; raises Invalid with what is wrong at each criterion."""
    fields = {one.key: f"mark_{place}" for place, one in enumerate(criteria)}
    typed = {key: form.text(field) for key, field in fields.items()}
    marks = {key: int(text) for key, text in typed.items() if text.isdecimal() and len(text) < 4}
    for finding in sheet_findings(marks, tuple(fields)):
        form.wrong(fields[finding.field or ""], finding.says)
    if form.errors:
        raise Invalid
    return tuple(Mark(key, points) for key, points in marks.items())


def _page(desk: Desk, vacancy_id: UUID, key: UUID, stage: str, form: Form) -> Page:
    criteria = _criteria(desk, vacancy_id, key, stage)
    told, one = applicant_of(desk, vacancy_id, key)
    opened(desk, told, one)
    hidden, mine = is_hidden(told, one.application), one.scoring.by(desk.person_id, stage)
    if mine is not None:
        _fill(form, criteria, mine)
    here = href(desk, vacancy_id, one)
    return page(
        "recruitment/score.html",
        crumbs=crumbs(desk, told, vacancy_id, STAGES[stage], (one.called, str(key))),
        title=f"{one.called}: {STAGES[stage].lower()}",
        lede=f"{told.told.title}. Your marks are yours alone until you have handed them in.",
        told=shown.application(one, hidden=hidden),
        hidden=hidden,
        criteria=[
            {"name": f"mark_{place}", "text": each.text, "weight": each.weight, "essential": each.essential}
            for place, each in enumerate(criteria)
        ],
        points=_POINTS,
        action=f"{here}/score/{stage}",
        token=form.token(desk.seen_for(ScoreSheet, one.person)),
        form=form,
        back_href=here,
        rule=rule(desk, "sheet_findings"),
    )


def _fill(form: Form, criteria: tuple[Criterion, ...], mine: SheetScored) -> None:
    """What this scorer gave before, where nothing was typed."""
    given = {mark.criterion: str(mark.points) for mark in mine.marks}
    form.fill(note=mine.note, **{f"mark_{place}": given.get(one.key) for place, one in enumerate(criteria)})
