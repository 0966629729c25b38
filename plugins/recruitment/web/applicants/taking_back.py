"""Taking an application back that was typed wrongly, to enter it again as it came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.command import Withdraw
from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from events import Event

from ...facts import ApplicationEntered
from ...views import Applicant, Vacancy
from .opening import APPLICATION, applicant_of, called, crumbs, href, list_href, opened

QUESTION = Question(
    Withdraw,
    "Take this application back",
    (Ask("reason", "What is wrong with it?", "words", "Such as the surname, or the vacancy."),),
    record="Take it back",
    says="It was typed wrongly. Enter it again afterwards: with the same name and e-mail address, scores stay with it.",
)


class TakingBack(Controller):
    """An application that nobody has moved yet."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}/take-back"

    @get("/", guards=[may("write", "recruitment.application")])
    def ask(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that asks why."""
        return _page(desk, vacancy_id, key, form)

    @post("/", guards=[may("write", "recruitment.application")])
    def take_back(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes it back; history keeps both."""
        _, one = _untouched(desk, vacancy_id, key)

        def act() -> str:
            command = QUESTION.read(form)
            desk.withdraw(_entry(desk, one), command.reason, form.command_id)
            return list_href(desk, vacancy_id)

        return form.attempt(act, lambda: _page(desk, vacancy_id, key, form), "The application is taken back.")


def is_untouched(one: Applicant) -> bool:
    """Whether an application stands as it came: only then is it taken back as a whole."""
    return not one.application.moves and one.application.offer is None


def _untouched(desk: Desk, vacancy_id: UUID, key: UUID) -> tuple[Vacancy, Applicant]:
    told, one = applicant_of(desk, vacancy_id, key)
    if not is_untouched(one) or not desk.may("read", APPLICATION, one.person):
        raise NotFound
    return told, one


def _entry(desk: Desk, one: Applicant) -> Event:
    """The entry the application was told by: the newest that says what stands."""
    entries = [event for event in desk.history(one.person) if isinstance(event.fact, ApplicationEntered)]
    return max((event for event in entries if event.fact == one.application.told), key=lambda event: event.position)


def _page(desk: Desk, vacancy_id: UUID, key: UUID, form: Form) -> Page:
    told, one = _untouched(desk, vacancy_id, key)
    opened(desk, told, one)
    here = href(desk, vacancy_id, one)
    return QUESTION.shown(
        form,
        crumbs=crumbs(desk, told, vacancy_id, QUESTION.title, (one.called, str(key))),
        about=f"{called(desk, told, one)} · {told.told.title}",
        action=f"{here}/take-back",
        seen=-1,
        back_href=here,
    )
