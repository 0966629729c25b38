"""The rules, tried on one candidate with what is on file or with other scores. Nothing is recorded here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.roll.views import Pupil
from core.roll.web.child import about
from core.web.forms import Form, Invalid
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post

from ...codes import SubArea, arrangement_on, sub_areas_on
from ...rules import Outcome, Score
from ...telling import base
from ...views import CHECKED, Case, case_of, eligibility, in_question, measured, percent_of, title_of
from ..opening import crumbs, home, opened
from .outcomes import apart, drawn

_ROWS = 6


class Checking(Controller):
    """The rules, tried on one candidate."""

    path = "/check/{pupil_id:uuid}"

    @get("/", guards=[may("read", "exams.evidence")])
    def ask(
        self,
        pupil_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What the rules say of what is on file; and the form that tries other scores."""
        pupil, one = opened(desk, pupil_id, "read", "exams.evidence"), case_of(desk, pupil_id)
        wanted = request.query_params.get("arrangement", "")
        first = [*in_question(one, desk.today, named=True), "ET25"]
        form.fill(arrangement=wanted if wanted in CHECKED else first[0])
        fill(form, measured(one.file))
        return _page(desk, pupil_id, pupil, one, form)

    @post("/", guards=[may("read", "exams.evidence")])
    def try_it(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What the rules would say of the scores that were typed. Records nothing."""
        pupil, one = opened(desk, pupil_id, "read", "exams.evidence"), case_of(desk, pupil_id)
        tried: list[tuple[Score, ...]] = []
        return form.checked(
            lambda: tried.append(typed(form, desk.today)),
            lambda: _page(desk, pupil_id, pupil, one, form, tried[0]),
            lambda: _page(desk, pupil_id, pupil, one, form),
        )


def fill(form: Form, scores: tuple[Score, ...]) -> None:
    """The scores on file, a row for each."""
    for at, score in enumerate(scores, 1):
        form.fill(**{f"area_{at}": _key(score), f"score_{at}": str(score.score)})
        form.fill(**{f"on_{at}": score.assessed_on.isoformat()})


def typed(form: Form, today: date) -> tuple[Score, ...]:
    """The scores in the rows that were filled in; raises Invalid where one is half filled in, or wrong."""
    if form.text("arrangement") not in CHECKED:
        form.wrong("arrangement", "Choose the arrangement from the list.")
    if form.text("percent") and not _number(form, "percent"):
        form.wrong("percent", "Enter per cent as a whole number, such as 40.")
    found = []
    for at in _rows(form):
        row = (f"area_{at}", f"score_{at}", f"on_{at}")
        if any(form.text(name) for name in row):
            found.append(_typed_row(form, today, *row))
    if form.errors:
        raise Invalid
    return tuple(score for score in found if score is not None)


def _typed_row(form: Form, today: date, area: str, score: str, on: str) -> Score | None:
    key, _, recognisable = form.text(area).partition(":")
    measures = next((one for one in sub_areas_on(today) if one.key == key), None)
    number, day = _number(form, score), _day(form.text(on))
    if measures is None:
        form.wrong(area, "Choose what was measured.")
    if number is None:
        form.wrong(score, "Enter the score, a whole number.")
    if day is None or day > today:
        form.wrong(on, "Enter the day of the assessment, today or in the past.")
    if measures is None or number is None or day is None:
        return None
    return Score(measures.construct, key, number, day, unrecognisable=recognisable == "no" if recognisable else None)


def _number(form: Form, name: str) -> int | None:
    text = form.text(name)
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rows(form: Form) -> range:
    filled = [int(name[5:]) for name in form.fields if re.fullmatch("area_[0-9]{1,2}", name)]
    return range(1, min(max([_ROWS, *filled]), 40) + 1)


def _key(score: Score) -> str:
    if score.unrecognisable is None:
        return score.sub_area
    return f"{score.sub_area}:{'no' if score.unrecognisable else 'yes'}"


def _areas(measured_by: Iterable[SubArea]) -> list[dict[str, str]]:
    """What a score may measure; of spelling, whether its words can be recognised besides."""
    options = [{"value": "", "text": ""}]
    for one in measured_by:
        options.append({"value": one.key, "text": one.title})
        if one.construct == "SPELLING":
            options.append({"value": f"{one.key}:yes", "text": f"{one.title}, words can be recognised"})
            options.append({"value": f"{one.key}:no", "text": f"{one.title}, words cannot be recognised"})
    return options


def _page(
    desk: Desk, pupil_id: UUID, pupil: Pupil, one: Case, form: Form, tried: tuple[Score, ...] | None = None
) -> Page:
    """The page.

    Args:
        tried: The scores that were typed; None before, when those on file count.
    """
    key, rules = form.text("arrangement"), desk.building.plugins.rules()
    answer = None
    if not form.errors:
        asked = _number(form, "percent") or percent_of(one, key)
        own, edition = apart(eligibility(one, key, asked, desk.today, tried))
        as_filed = tried is None or tried == _as_typed(measured(one.file))
        answer = {
            "title": title_of(key, desk.today),
            "outcomes": drawn((*own, *edition), rules, key),
            "tried": not as_filed,
            "next": _next(desk, pupil_id, key, own[0]) if as_filed else None,
        }
    return page(
        "exams/check.html",
        crumbs=crumbs(desk, pupil_id, "Check eligibility"),
        about=about(pupil),
        answer=answer,
        form=form,
        action=f"{base(desk)}/check/{pupil_id}",
        token=form.token(),
        arrangements=[{"value": one, "text": f"{title_of(one, desk.today)} ({one})"} for one in CHECKED],
        areas=_areas(sub_areas_on(desk.today)),
        rows=[{"number": at, "area": f"area_{at}", "score": f"score_{at}", "on": f"on_{at}"} for at in _rows(form)],
        back_href=home(desk, pupil_id),
    )


def _as_typed(scores: tuple[Score, ...]) -> tuple[Score, ...]:
    """Scores without the name of their test, which is not typed here."""
    return tuple(
        Score(one.construct, one.sub_area, one.score, one.assessed_on, unrecognisable=one.unrecognisable)
        for one in scores
    )


def _next(desk: Desk, pupil_id: UUID, key: str, said: Outcome) -> dict[str, str | bool] | None:
    """The form that records it; the main act unless something stands against it."""
    row = arrangement_on(key, desk.today)
    if row is None or not desk.may("write", "exams.arrangements", pupil_id):
        return None
    what, text = ("agree", "Agree it") if row.routes == ("D",) else ("apply", "Record an application")
    href = f"{base(desk)}/decisions/{pupil_id}/{what}?arrangement={key}"
    against = said.level == "BLOCK"
    return {"text": f"{text} all the same" if against else text, "href": href, "main": not against}
