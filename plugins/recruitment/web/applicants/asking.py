"""A form about one applicant: who it is about, in the words this person may know; recorded of the applicant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Response

from core.desk import Desk
from core.web.forms import Form
from core.web.pages import Page
from core.web.questions import Options, Question

from .opening import applicant_of, called, crumbs, href, opened


def asked(
    desk: Desk,
    vacancy_id: UUID,
    key: UUID,
    question: Question,
    path: str,
    form: Form,
    *,
    now: Options = (),
    options: Mapping[str, Options] | None = None,
    notes: Sequence[str] = (),
) -> Page:
    """The page; that the applicant's record was opened is recorded.

    Args:
        path: Below the applicant's own address.
    """
    told, one = applicant_of(desk, vacancy_id, key)
    opened(desk, told, one)
    here = href(desk, vacancy_id, one)
    return question.shown(
        form,
        crumbs=crumbs(desk, told, vacancy_id, question.title, (one.called, str(key))),
        about=f"{called(desk, told, one)} · {told.told.title}",
        action=f"{here}/{path}",
        seen=desk.seen_for(question.command, one.person),
        back_href=here,
        now=now,
        options=options,
        notes=notes,
    )


def recorded(
    desk: Desk, vacancy_id: UUID, key: UUID, question: Question, form: Form, redraw: Callable[[], Page], **given: Any
) -> Response[Any]:
    """Records what was typed of the applicant, and goes back to their page; or shows the form with what is wrong.

    Args:
        given: Fields the page knows itself.
    """
    _, one = applicant_of(desk, vacancy_id, key)

    def act() -> str:
        command = question.read(form, vacancy=vacancy_id, **given)
        desk.do(command, one.person, command_id=form.command_id, seen=form.seen)
        return href(desk, vacancy_id, one)

    return form.attempt(act, redraw, "Recorded.")
