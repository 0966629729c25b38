"""What is asked of shortlisted applicants alone: their own declaration, and what is public about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post

from ..commands import ReceiveDeclaration, SearchOnline
from .applicants.asking import asked, recorded
from .applicants.opening import applicant_of

NOTICE = (
    "This post is exempt from the Rehabilitation of Offenders Act 1974. You need not tell us about protected cautions "
    "or protected convictions. Say whether you are barred from work with children."
)
QUESTIONS = {
    "declaration": Question(
        ReceiveDeclaration,
        "Record the self-declaration",
        (
            Ask("received_on", "When did it come?", "date"),
            Ask("notice", "What does the form say about what need not be told?", "words", "As it is printed there."),
            Ask("anything", "Do they declare anything?", "yes_no"),
            Ask("words", "What do they declare?", "words", "Only HR, the head and the safeguarding lead read this."),
            Ask("discussed_on", "When was it talked about?", "date", "Leave empty until it was."),
            Ask("discussed_by", "By whom?"),
        ),
        says="It informs the interview. It does not decide who is shortlisted.",
    ),
    "search": Question(
        SearchOnline,
        "Record the online search",
        (
            Ask("searched_on", "When was it made?", "date"),
            Ask("searcher", "Who searched?", hint="Better somebody who is not on the panel."),
            Ask("relevant", "Was anything found that matters for suitability?", "yes_no"),
            Ask("words", "What was found?", "words", "Only what matters for suitability. Leave it empty for nothing."),
        ),
        says="Tell shortlisted applicants that you look at what is public about them.",
    ),
}


class Declarations(Controller):
    """The self-declaration and the online search of one applicant."""

    path = "/vacancies/{vacancy_id:uuid}/applicants/{key:uuid}"

    @get("/declaration", guards=[may("write", "recruitment.disclosure")])
    def ask_declaration(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for the declaration."""
        return _page(desk, vacancy_id, key, "declaration", form)

    @post("/declaration", guards=[may("write", "recruitment.disclosure")])
    def declare(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records the declaration."""
        return _record(desk, vacancy_id, key, "declaration", form)

    @get("/search", guards=[may("write", "recruitment.disclosure")])
    def ask_search(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for the search."""
        return _page(desk, vacancy_id, key, "search", form)

    @post("/search", guards=[may("write", "recruitment.disclosure")])
    def search(
        self,
        vacancy_id: FromPath[UUID],
        key: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records the search."""
        return _record(desk, vacancy_id, key, "search", form)


def _page(desk: Desk, vacancy_id: UUID, key: UUID, what: str, form: Form) -> Page:
    """The form; raises NotFound for somebody who was not shortlisted: nothing of this is asked of them."""
    _, one = applicant_of(desk, vacancy_id, key)
    if not one.application.was_shortlisted:
        raise NotFound
    form.fill(notice=NOTICE, received_on=desk.today, searched_on=desk.today)
    return asked(desk, vacancy_id, key, QUESTIONS[what], what, form)


def _record(desk: Desk, vacancy_id: UUID, key: UUID, what: str, form: Form) -> Response[Any]:
    return recorded(desk, vacancy_id, key, QUESTIONS[what], form, lambda: _page(desk, vacancy_id, key, what, form))
