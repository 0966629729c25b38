"""The academy's designated teachers: who, from when to when, trained in what; and the days without one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.views import staff
from core.roll.web.child import crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..commands import EndDesignatedTeacher, NameDesignatedTeacher, TrainDesignatedTeacher
from ..rules import designated_findings, designated_gaps
from ..telling import base
from ..views import Designated, designated, posts

_RULE = "lac.designated_findings"
_TITLE = "Designated teacher"
NAME = Question(
    NameDesignatedTeacher,
    "Name a designated teacher",
    (
        Ask("staff", "Who is it?", "select", "From the staff of this academy."),
        Ask("from_on", "From which day?", "date", "It may be a day to come."),
        Ask("qualified", "Do they hold qualified teacher status?", "yes_no"),
        Ask("head", "Are they the head or acting head?", "yes_no"),
    ),
    says="One person is named and accountable. Tasks may be handed on; accountability may not.",
)
POSTS = {
    "train": Question(
        TrainDesignatedTeacher,
        "Record training",
        (Ask("trained_on", "When were they trained?", "date"), Ask("course", "In what, and by whom?")),
    ),
    "end": Question(
        EndDesignatedTeacher,
        "Record the last day",
        (Ask("ended_on", "Which is their last day in the part?", "date", "That day is still theirs."),),
    ),
}


class DesignatedTeachers(Controller):
    """Who answers for children in care here."""

    path = "/designated"

    @get("/", guards=[may("read", "lac.designated")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every designated teacher, what is wrong today, and the days without one."""
        known, here = _known(desk), f"{base(desk)}/designated"
        writes = desk.may("write", "lac.designated")
        rule = desk.building.plugins.rules()[_RULE]
        return page(
            "lac/designated.html",
            lede="One named teacher answers for children in care on every day, holidays and weekends among them.",
            actions=[{"text": NAME.title, "href": f"{here}/new", "main": True}] if writes else [],
            findings=[
                {"says": one.says, "kind": "late" if one.level == "error" else "soon"}
                for one in designated_findings(posts(known), desk.today)
            ],
            rule={"source": rule.citation.source, "href": f"/rules/{_RULE}"},
            gaps=[
                f"{day(gap.from_on)} to {day(gap.until_by)}, "
                f"{counted((gap.until_by - gap.from_on).days + 1, 'day', 'days')}"
                for gap in designated_gaps(posts(known))
            ],
            rows=[_row(desk, one, here, writes) for one in sorted(known, key=lambda one: one.from_on, reverse=True)],
        )

    @get("/new", guards=[may("write", "lac.designated")])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that names somebody."""
        return _name_page(desk, form)

    @post("/new", guards=[may("write", "lac.designated")])
    def name(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Names somebody."""

        def act() -> str:
            desk.do(NAME.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/designated"

        return form.attempt(act, lambda: _name_page(desk, form), "Recorded.")

    @get("/{post_id:uuid}/{what:str}", guards=[may("write", "lac.designated")])
    def ask(
        self,
        post_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for training, or for the last day."""
        return _post_page(desk, post_id, what, form)

    @post("/{post_id:uuid}/{what:str}", guards=[may("write", "lac.designated")])
    def record(
        self,
        post_id: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        question, _ = _asked(desk, post_id, what)

        def act() -> str:
            desk.do(question.read(form, post=post_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/designated"

        return form.attempt(act, lambda: _post_page(desk, post_id, what, form), "Recorded.")


def _known(desk: Desk) -> tuple[Designated, ...]:
    return desk.see(designated, desk.here) or ()


def _asked(desk: Desk, wanted: UUID, what: str) -> tuple[Question, Designated]:
    """The question, and of which of the designated teachers it is asked; raises NotFound for none."""
    found = next((one for one in _known(desk) if one.post == wanted), None)
    if found is None or what not in POSTS:
        raise NotFound
    return POSTS[what], found


def _name(desk: Desk, one: Designated) -> str:
    known = desk.see(staff, one.staff) if desk.may("read", "core.identity", one.staff) else None
    return known.name if known else "A member of staff"


def _row(desk: Desk, one: Designated, here: str, writes: bool) -> dict[str, Any]:
    now = one.from_on <= desk.today <= (one.until_by or desk.today)
    tag = {"text": "now", "kind": "well"} if now else None
    if one.from_on > desk.today:
        tag = {"text": "to come", "kind": "soon"}
    status = ["qualified teacher"] * one.qualified + ["head or acting head"] * one.head
    actions = [{"text": "Record training", "href": f"{here}/{one.post}/train"}]
    if one.until_by is None:
        actions.append({"text": "Record the last day", "href": f"{here}/{one.post}/end"})
    return {
        "name": _name(desk, one),
        "tag": tag,
        "from_on": one.from_on,
        "until_by": one.until_by,
        "status": ", ".join(status) or "not qualified",
        "trained": [f"{day(told.trained_on)}: {told.course}" for told in reversed(one.trained)],
        "actions": actions if writes else [],
    }


def _staff(desk: Desk) -> Options:
    """Whoever works here today, by name."""
    here = [
        (one.name, str(key))
        for key, one in desk.see_all(staff).items()
        if one.left_on is None or desk.today <= one.left_on
    ]
    return [{"value": "", "text": "Choose"}, *({"value": key, "text": name} for name, key in sorted(here))]


def _name_page(desk: Desk, form: Form) -> Page:
    return NAME.shown(
        form,
        crumbs=crumbs(desk, [(_TITLE, "lac/designated")], NAME.title),
        action=f"{base(desk)}/designated/new",
        seen=desk.seen_for(NameDesignatedTeacher, desk.here),
        back_href=f"{base(desk)}/designated",
        options={"staff": _staff(desk)},
    )


def _post_page(desk: Desk, wanted: UUID, what: str, form: Form) -> Page:
    question, one = _asked(desk, wanted, what)
    return question.shown(
        form,
        crumbs=crumbs(desk, [(_TITLE, "lac/designated")], question.title),
        about=f"{_name(desk, one)}, from {day(one.from_on)}",
        action=f"{base(desk)}/designated/{wanted}/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/designated",
    )
