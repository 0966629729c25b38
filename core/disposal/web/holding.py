"""Holds: placed so that nothing is destroyed, looked at again, lifted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.disposal.commands import LiftHold, PlaceHold
from core.disposal.standing import kinds, standing
from core.disposal.views import Hold, Keeping, keeping
from core.disposal.web.naming import OWN, base, crumbs, opened, title
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

_PLACED = Question(
    PlaceHold,
    "Place a hold",
    (
        Ask("record", "Which record?", "select"),
        Ask("reason", "Why must it be kept?", "words", "Such as a claim, a complaint or an inquiry."),
        Ask("review_by", "By which day is the hold looked at again?", "date", "Within a year. For example, 27 3 2027."),
    ),
    record="Place the hold",
    says="While it stands, nothing of this can be destroyed, whatever is proposed or has been agreed to.",
)
_LIFTED = Question(
    LiftHold,
    "Lift this hold",
    (Ask("reason", "Why may it go?", "words"),),
    record="Lift the hold",
    says="What it held can be destroyed again, once two people agree.",
)


class Holding(Controller):
    """What must not be destroyed, of one person or of everybody here."""

    path = "/disposal/{subject:uuid}"

    @get("/hold", guards=[may("write", OWN)])
    def ask(self, subject: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that asks what, why and until when."""
        return _placing(desk, subject, form)

    @post("/hold", guards=[may("write", OWN)])
    def place(self, subject: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Places it."""

        def act() -> str:
            desk.do(_PLACED.read(form), subject, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{subject}"

        return form.attempt(act, lambda: _placing(desk, subject, form), "The hold stands.")

    @get("/holds/{hold:uuid}/lift", guards=[may("sign", OWN), proved])
    def ask_lift(
        self, subject: FromPath[UUID], hold: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that asks why it may go."""
        return _lifting(desk, subject, hold, form)

    @post("/holds/{hold:uuid}/lift", guards=[may("sign", OWN), proved])
    def lift(
        self, subject: FromPath[UUID], hold: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Lifts it."""

        def act() -> str:
            desk.do(_LIFTED.read(form, hold=hold), subject, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{subject}"

        return form.attempt(act, lambda: _lifting(desk, subject, hold, form), "The hold is lifted.")


def _placing(desk: Desk, subject: UUID, form: Form) -> Page:
    whom, here = opened(desk, subject), f"{base(desk)}/{subject}"
    offered = [one.kind for one in standing(desk, subject)] or [
        one for name, one in kinds(desk).items() if name not in (OWN, "core.running")
    ]
    return _PLACED.shown(
        form,
        crumbs=crumbs(desk, subject, "Place a hold"),
        about=" · ".join(part for part in whom if part),
        action=f"{here}/hold",
        seen=desk.seen_for(PlaceHold, subject),
        back_href=here,
        options={
            "record": [
                {"value": "", "text": "Everything"},
                *({"value": kind.record.name, "text": kind.title} for kind in offered),
            ]
        },
    )


def _lifting(desk: Desk, subject: UUID, hold: UUID, form: Form) -> Page:
    whom, here = opened(desk, subject), f"{base(desk)}/{subject}"
    one = _hold(desk, subject, hold)
    return _LIFTED.shown(
        form,
        crumbs=crumbs(desk, subject, "Lift the hold"),
        about=" · ".join(part for part in whom if part),
        action=f"{here}/holds/{hold}/lift",
        seen=desk.seen_for(LiftHold, subject),
        back_href=here,
        now=[
            {"label": "Held", "value": f"{title(desk, one.record_class)}, since {day(one.placed_on)}"},
            {"label": "Why", "value": one.reason},
        ],
    )


def _hold(desk: Desk, subject: UUID, hold: UUID) -> Hold:
    """Raises NotFound for one that was lifted."""
    found = (desk.see(keeping, subject) or Keeping()).holds.get(hold)
    if found is None:
        raise NotFound
    return found
