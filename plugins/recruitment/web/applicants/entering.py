"""The form by which HR enters an application as it came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import YES_NO
from core.web.routes import get, post
from core.web.uploads import LARGEST_FORM, document_in

from ...commands import EnterApplication
from ...views import Applicant, applicant_id, applications
from .opening import APPLICATION, crumbs, href, list_href, rule, vacancy_of
from .rows import EVERY, JOBS, REFEREES, SCHOOLING, drawn, read
from .words import AWARDS


class Entering(Controller):
    """One application, typed from the form on which it came."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/new"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("read", "recruitment.application")])
    def ask(self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The empty form."""
        return _page(desk, vacancy_id, form)

    @post("/", guards=[may("write", "recruitment.application")])
    def enter(
        self, vacancy_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it; or gives more rows, with everything that was typed."""
        vacancy_of(desk, vacancy_id)
        if form.text("more"):
            return _page(desk, vacancy_id, form)

        def act() -> str:
            who, command = _typed(desk, vacancy_id, form)
            desk.do(command, who, command_id=form.command_id)
            made = desk.log.see(applications, who) or {}
            return href(desk, vacancy_id, Applicant(who, made[vacancy_id]))

        return form.attempt(act, lambda: _page(desk, vacancy_id, form), "The application is recorded.")


def _typed(desk: Desk, vacancy_id: UUID, form: Form) -> tuple[UUID, EnterApplication]:
    """Who applies, and the command with its file; raises Invalid with every wrong field told at once."""
    rows = {each.name: read(each, form) for each in EVERY}
    command = form.read(EnterApplication, vacancy=vacancy_id, document=None, **rows)
    who = applicant_id(desk, command.surname, command.forename, command.email, command.born_on)
    upload = form.files.get("file")
    if upload is None or not upload.filename:
        return who, command
    content, _ = document_in(upload)
    desk.would(command, who)  # a file is kept only for what can be recorded
    return who, msgspec.structs.replace(command, document=desk.keep(who, APPLICATION, content))


def _page(desk: Desk, vacancy_id: UUID, form: Form) -> Page:
    told = vacancy_of(desk, vacancy_id)
    form.fill(made_on=desk.today)
    return page(
        "recruitment/applicant_new.html",
        crumbs=crumbs(desk, told, vacancy_id, "Enter an application"),
        lede=told.told.title,
        form=form,
        token=form.token(),
        action=f"{list_href(desk, vacancy_id)}/new",
        back_href=list_href(desk, vacancy_id),
        yes_no=YES_NO,
        awards=[{"value": value, "text": text} for value, text in AWARDS.items()],
        jobs=drawn(JOBS, form),
        schooling=drawn(SCHOOLING, form),
        referees=drawn(REFEREES, form),
        rule=rule(desk, "form_findings"),
    )
