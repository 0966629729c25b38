"""One paper: who sits it, what each may use and when each finishes; and the way out of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import about
from core.trying import Rule
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page, short_day
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted

from ...commands import EndEntry
from ...telling import base
from ...views import Attending, Paper, Sitting, attending, candidate, clock, paper
from ..checking import rule_of
from ..opening import crumbs_of_papers, home, opened
from .choosing import code_told, level_title, series_title, subject_title

_END = Question(
    EndEntry,
    "Take out of the paper",
    (
        Ask("ended_on", "From which day?", "date", "Today or in the past."),
        Ask("reason", "Why?", "words", "Such as: withdrawn from the subject."),
    ),
    record="Take out",
    says="The entry stays in the history. Tell the awarding body apart: this program sends nothing.",
)


class OnePaper(Controller):
    """One paper of a series."""

    path = "/papers/{paper_id:uuid}"

    @get("/", guards=[may("read", "exams.papers")])
    def show(self, paper_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """The paper, with its candidates for whoever may read entries."""
        one = _paper(desk, paper_id)
        rows, rules = attending(desk, {paper_id: one})[paper_id], desk.building.plugins.rules()
        return page(
            "exams/paper.html",
            crumbs=crumbs_of_papers(desk, one.code),
            title=one.title,
            lede=f"{level_title(one.level)} {subject_title(one.subject)} · {one.board} {one.code}",
            facts=_facts(one, rows, desk),
            reads_entries=desk.may("read", "exams.entries"),
            reads_arrangements=desk.may("read", "exams.arrangements"),
            rows=[_row(desk, paper_id, row, rules) for row in rows],
            codes=key_of([row.sitting for row in rows], one),
        )

    @get("/entries/{pupil_id:uuid}/end", guards=[may("write", "exams.entries")])
    def ask(
        self,
        paper_id: FromPath[UUID],
        pupil_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that takes a candidate out."""
        return _end_page(desk, paper_id, pupil_id, form)

    @post("/entries/{pupil_id:uuid}/end", guards=[may("write", "exams.entries")])
    def end(
        self,
        paper_id: FromPath[UUID],
        pupil_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes them out of it."""
        opened(desk, pupil_id, "write", "exams.entries")

        def act() -> str:
            desk.do(_END.read(form, paper=paper_id), pupil_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/papers/{paper_id}"

        return form.attempt(act, lambda: _end_page(desk, paper_id, pupil_id, form), "Taken out of the paper.")


def key_of(sittings: list[Sitting | None], one: Paper) -> list[dict[str, str]]:
    """What the codes of a list mean, in their order."""
    every = [code for sitting in sittings if sitting is not None for code in sitting.codes]
    told = {one_told["code"]: one_told for one_told in (code_told(code, one.sits_on) for code in every)}
    return [told[code] for code in sorted(told)]


def timing(sitting: Sitting) -> dict[str, Any]:
    """When a candidate begins and finishes, and what of it is extra time and planned breaks."""
    return {
        "start": clock(sitting.paper.start_minutes),
        "finish": clock(sitting.finish_minutes),
        "extra": f"{sitting.extra} min ({sitting.percent}%)" if sitting.percent else None,
        "breaks": f"{sitting.break_minutes} min" if sitting.break_minutes else None,
        "codes": _codes_told(sitting),
    }


def _codes_told(sitting: Sitting) -> list[dict[str, str]]:
    told = (code_told(code, sitting.paper.sits_on) for code in sitting.codes)
    return list({one["code"]: one for one in told}.values())


def _paper(desk: Desk, paper_id: UUID) -> Paper:
    one = desk.see(paper, paper_id)
    if one is None:
        raise NotFound
    return one


def _facts(one: Paper, rows: list[Attending], desk: Desk) -> list[dict[str, str]]:
    tests = {"tests_reading": "reading", "tests_practical_skill": "a practical skill"}
    ends = one.start_minutes + one.length_minutes
    told = {
        "Series": series_title(one.series),
        "Day": f"{one.sits_on:%A} {short_day(one.sits_on).partition(' ')[2]}",
        "Time": f"{clock(one.start_minutes)} to {clock(ends)}, {counted(one.length_minutes, 'minute', 'minutes')}",
    }
    if one.tags:
        told["Tests"] = ", ".join(tests[tag] for tag in one.tags if tag in tests)
    if desk.may("read", "exams.entries"):
        told["Entered"] = counted(len(rows), "candidate", "candidates")
        finishes = [row.sitting.finish_minutes for row in rows if row.sitting is not None]
        if finishes:
            told["Last finish"] = clock(max(finishes))
    return [{"label": label, "value": value} for label, value in told.items()]


def _row(desk: Desk, paper_id: UUID, row: Attending, rules: dict[str, Rule]) -> dict[str, Any]:
    sitting = row.sitting
    end = f"{base(desk)}/papers/{paper_id}/entries/{row.pupil}/end"
    return {
        "number": row.entered.number,
        "name": row.who.name,
        "href": home(desk, row.pupil) if sitting else None,
        "timing": timing(sitting) if sitting else None,
        "notes": [{"says": note.says, "rule": rule_of(note.rule, rules)} for note in sitting.notes] if sitting else [],
        "end_href": end if desk.may("write", "exams.entries", row.pupil) else None,
    }


def _end_page(desk: Desk, paper_id: UUID, pupil_id: UUID, form: Form) -> Page:
    one, who = _paper(desk, paper_id), opened(desk, pupil_id, "write", "exams.entries")
    known = desk.log.see(candidate, pupil_id)
    if known is None or paper_id not in known.papers:
        raise NotFound
    address = f"{base(desk)}/papers/{paper_id}"
    return _END.shown(
        form.fill(ended_on=desk.today),
        crumbs=crumbs_of_papers(desk, "Take out", (one.code, f"exams/papers/{paper_id}")),
        about=about(who),
        now=[
            {"label": "Paper", "value": f"{one.title} ({one.code})"},
            {"label": "Sits on", "value": short_day(one.sits_on)},
            {"label": "Candidate number", "value": known.number or "none"},
        ],
        action=f"{address}/entries/{pupil_id}/end",
        seen=desk.seen_for(EndEntry, pupil_id),
        back_href=address,
    )
