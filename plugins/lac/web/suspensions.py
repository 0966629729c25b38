"""One child's suspensions: who was told, when and how; who must still be told; and how much of the year is used."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.periods import academic_year
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..codes import WHO_IS_TOLD
from ..commands import CountElsewhere, DecideSuspension, TellOfSuspension
from ..rules import MOST_SESSIONS, telling_is_overdue
from ..telling import base
from ..views import Alerts, Status, Suspension, alerts, sessions_lost, status, to_tell
from .children import asked, crumbs, known_child, readable

_ALERTS = "lac.alerts"
_TASKS, _CAP = "lac.suspension_tasks", "lac.suspension_cap_findings"
_TIME = "On the 24-hour clock, such as 14:10."
QUESTIONS = {
    "decide": Question(
        DecideSuspension,
        "Record a suspension",
        (
            Ask("permanent", "Is it a permanent exclusion?", "yes_no"),
            Ask("decided_on", "On which day was it decided?", "date"),
            Ask("decided_at", "At what time?", "clock", _TIME),
            Ask("from_on", "Which is the first day?", "date"),
            Ask("sessions", "How many half days?", "number", "Two for a school day. For a permanent exclusion, 0."),
            Ask("cause", "Reason, in the words of the school's own system"),
        ),
        says="Social worker, virtual school and carer must be told without delay: their tasks open at once.",
    ),
    "elsewhere": Question(
        CountElsewhere,
        "Count half days at other schools",
        (Ask("sessions", "How many half days in this academic year, in all?", "number"),),
        says="The limit of 45 school days in a year spans every school the child went to.",
    ),
}
TELL = Question(
    TellOfSuspension,
    "Record who was told",
    (
        Ask("whom", "Who was told?", "radios"),
        Ask("told_on", "On which day?", "date"),
        Ask("told_at", "At what time?", "clock", _TIME),
        Ask("channel", "How?", hint="For example, telephone or secure mail."),
    ),
    says="The time and the way they were told are the proof.",
)


class Suspensions(Controller):
    """One child's suspensions and exclusions."""

    path = "/suspensions/{pupil_id:uuid}"

    @get("/", guards=[may("read", _ALERTS)])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Every suspension, the newest first."""
        who = known_child(desk, pupil_id, "read", _ALERTS, *readable(desk, pupil_id, "lac.status"))
        known, now = desk.see(alerts, pupil_id), _status(desk, pupil_id)
        writes = desk.may("write", _ALERTS, pupil_id)
        here = f"{base(desk)}/suspensions/{pupil_id}"
        actions: list[dict[str, Any]] = [
            {"text": question.title, "href": f"{here}/{what}"} for what, question in QUESTIONS.items()
        ]
        actions[0]["main"] = True
        rules = desk.building.plugins.rules()
        found = list(known.suspensions.values()) if known else []
        return page(
            "lac/suspensions.html",
            crumbs=crumbs(desk, pupil_id, "Suspensions"),
            about=about(who),
            actions=actions if writes else [],
            figures=_figures(desk, known),
            suspensions=[_drawn(desk, one, now, here if writes else "") for one in reversed(found)],
            rules=[{"source": rules[name].citation.source, "href": f"/rules/{name}"} for name in (_TASKS, _CAP)],
        )

    @get("/{what:str}", guards=[may("write", _ALERTS)])
    def ask(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for a suspension, or for half days at other schools."""
        return _page(desk, pupil_id, what, form)

    @post("/{what:str}", guards=[may("write", _ALERTS)])
    def record(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        known_child(desk, pupil_id, "write", _ALERTS)
        question = _question(what)

        def act() -> str:
            desk.do(question.read(form), pupil_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/suspensions/{pupil_id}"

        return form.attempt(act, lambda: _page(desk, pupil_id, what, form), "Recorded.")

    @get("/{suspension_id:uuid}/tell", guards=[may("write", _ALERTS)])
    def ask_told(
        self,
        pupil_id: FromPath[UUID],
        suspension_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form that says who was told."""
        return _tell_page(desk, pupil_id, suspension_id, form)

    @post("/{suspension_id:uuid}/tell", guards=[may("write", _ALERTS)])
    def tell(
        self,
        pupil_id: FromPath[UUID],
        suspension_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records who was told."""
        known_child(desk, pupil_id, "write", _ALERTS)
        _suspension(desk, pupil_id, suspension_id)

        def act() -> str:
            command = TELL.read(form, suspension=suspension_id)
            desk.do(command, pupil_id, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/suspensions/{pupil_id}"

        return form.attempt(act, lambda: _tell_page(desk, pupil_id, suspension_id, form), "Recorded.")


def _status(desk: Desk, pupil_id: UUID) -> Status | None:
    """The child's status; None where this person may not read it, or there is none."""
    return desk.see(status, pupil_id) if desk.may("read", "lac.status", pupil_id) else None


def _question(what: str) -> Question:
    if what not in QUESTIONS:
        raise NotFound
    return QUESTIONS[what]


def _suspension(desk: Desk, pupil_id: UUID, suspension_id: UUID) -> Suspension:
    known = desk.see(alerts, pupil_id)
    if known is None or suspension_id not in known.suspensions:
        raise NotFound
    return known.suspensions[suspension_id]


def _figures(desk: Desk, known: Alerts | None) -> list[dict[str, Any]]:
    year = academic_year(desk.today)
    used, elsewhere = sessions_lost(known, year), known.elsewhere.get(year, 0) if known else 0
    return [
        {"label": "Half days lost this year", "value": f"{used} of {MOST_SESSIONS}", "note": _days(used)},
        {"label": "Of them at other schools", "value": str(elsewhere), "note": "as the school was told"},
    ]


def _days(sessions: int) -> str:
    """Half days as school days: 3 are 1.5."""
    return f"{sessions // 2}{'.5' if sessions % 2 else ''} school days"


def _drawn(desk: Desk, one: Suspension, now: Status | None, here: str) -> dict[str, Any]:
    """
    Args:
        here: Address of the page; "" for whoever may not write.
    """
    told = one.told
    length = "" if told.permanent else f", {counted(told.sessions, 'half day', 'half days')}"
    return {
        "id": told.suspension.hex[:8],
        "title": f"{'Permanent exclusion' if told.permanent else 'Suspension'} from {day(told.from_on)}{length}",
        "says": f"Decided {_at(told.decided_on, told.decided_minutes)}." + (f" {told.cause}" if told.cause else ""),
        "told": [
            {
                "label": WHO_IS_TOLD[whom],
                "value": f"{_at(it.told_on, it.told_minutes)}, {it.channel}",
                "tag": {"text": "late", "kind": "soon"}
                if telling_is_overdue(told.decided_on, it.told_on, desk.today)
                else None,
            }
            for whom, it in one.who.items()
        ],
        "open": [
            {
                "text": f"Tell the {WHO_IS_TOLD[task.whom].lower()}",
                "by": task.due_by,
                "tag": {"text": "overdue", "kind": "late"}
                if telling_is_overdue(told.decided_on, None, desk.today)
                else {"text": "today", "kind": "soon"},
                "says": None,
                "source": None,
                "rule_href": None,
                "href": f"{here}/{told.suspension}/tell" if here else None,
            }
            for task in to_tell(one, now)
        ],
    }


def _at(on_day: date, minutes: int) -> str:
    return f"{day(on_day)} at {minutes // 60:02}:{minutes % 60:02}"


def _page(desk: Desk, pupil_id: UUID, what: str, form: Form) -> Page:
    question, who = _question(what), known_child(desk, pupil_id, "write", _ALERTS)
    if what == "decide":
        form.fill(decided_on=desk.today, permanent="false")
    return asked(
        question,
        form,
        crumbs=crumbs(desk, pupil_id, question.title, ("Suspensions", f"lac/suspensions/{pupil_id}")),
        about=about(who),
        action=f"{base(desk)}/suspensions/{pupil_id}/{what}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=f"{base(desk)}/suspensions/{pupil_id}",
    )


def _tell_page(desk: Desk, pupil_id: UUID, suspension_id: UUID, form: Form) -> Page:
    who = known_child(desk, pupil_id, "write", _ALERTS)
    one = _suspension(desk, pupil_id, suspension_id)
    told = one.told
    still = [task.whom for task in to_tell(one, _status(desk, pupil_id))]
    return asked(
        TELL,
        form.fill(told_on=desk.today),
        crumbs=crumbs(desk, pupil_id, TELL.title, ("Suspensions", f"lac/suspensions/{pupil_id}")),
        about=about(who),
        now=[{"label": "Decided", "value": _at(told.decided_on, told.decided_minutes)}],
        action=f"{base(desk)}/suspensions/{pupil_id}/{suspension_id}/tell",
        seen=desk.seen_for(TellOfSuspension, pupil_id),
        back_href=f"{base(desk)}/suspensions/{pupil_id}",
        options={"whom": [{"value": whom, "text": WHO_IS_TOLD[whom]} for whom in still]},
    )
