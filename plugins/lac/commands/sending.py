"""What is decided about a finished plan: ready, sent, returned, agreed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused
from core.wording import day as said

from ..facts import PepAgreed, PepMadeReady, PepReturned, PepSent, PepTakenBack
from ..rules import grade, move_findings
from ..views import Pep, Peps, authority, authority_id, missing_before_ready, peps, written_out
from .peps import known_plan

if TYPE_CHECKING:
    from core.desk import Desk


class MakeReady(Command, frozen=True):
    """The school's part is done; today, where no day is given."""

    pep: UUID
    ready_on: Annotated[date | None, Meta(title="the day it was ready")] = None


class TakeBack(Command, frozen=True):
    """Work on it goes on; from today, where no day is given."""

    pep: UUID
    taken_back_on: Annotated[date | None, Meta(title="the day it was taken up again")] = None


class SendPep(Command, frozen=True):
    """The plan went to the virtual school, by its portal or otherwise."""

    pep: UUID
    sent_on: Annotated[date, Meta(title="the day it was sent")]


class ReturnPep(Command, frozen=True):
    """The virtual school wants it changed."""

    pep: UUID
    returned_on: Annotated[date, Meta(title="the day it came back")]
    reason: Annotated[str, Meta(title="why", max_length=4000)]


class AgreePep(Command, frozen=True):
    """The virtual school agreed the plan."""

    pep: UUID
    agreed_on: Annotated[date, Meta(title="the day it was agreed")]
    areas: tuple[str, ...] = ()
    grade: Annotated[str, Meta(max_length=30)] = ""


@decides(MakeReady, given={"plans": peps})
def make_ready(command: MakeReady, plans: Peps | None, today: date) -> PepMadeReady:
    """Not while something is missing; the list says what."""
    plan = known_plan(plans, command.pep)
    refuse_first(move_findings(plan.state, "ready"))
    missing = missing_before_ready(plans, plan) if plans else ()
    if missing:
        raise Refused(f"Not ready yet. {' '.join(one.says for one in missing)}", code="missing")
    ready_on = command.ready_on or today
    _in_order(plan, ready_on, today, "ready_on")
    return PepMadeReady(command.pep, ready_on)


@decides(TakeBack, given={"plans": peps})
def take_back(command: TakeBack, plans: Peps | None, today: date) -> PepTakenBack:
    plan = known_plan(plans, command.pep)
    refuse_first(move_findings(plan.state, "drafting"))
    taken_back_on = command.taken_back_on or today
    _in_order(plan, taken_back_on, today, "taken_back_on")
    return PepTakenBack(command.pep, taken_back_on)


@decides(SendPep, given={"plans": peps})
def send_pep(command: SendPep, plans: Peps | None, today: date) -> PepSent:
    plan = known_plan(plans, command.pep)
    refuse_first(move_findings(plan.state, "sent"))
    _in_order(plan, command.sent_on, today, "sent_on")
    return PepSent(command.pep, command.sent_on, written_out(plan).hash)


@decides(ReturnPep, given={"plans": peps})
def return_pep(command: ReturnPep, plans: Peps | None, today: date) -> PepReturned:
    plan = known_plan(plans, command.pep)
    refuse_first(move_findings(plan.state, "returned", command.reason), {"reason": "reason"})
    _in_order(plan, command.returned_on, today, "returned_on")
    return PepReturned(command.pep, command.returned_on, command.reason)


@decides(AgreePep, given={"plans": peps})
def agree_pep(command: AgreePep, plans: Peps | None, today: date, desk: Desk) -> PepAgreed:
    plan = known_plan(plans, command.pep)
    refuse_first(move_findings(plan.state, "agreed"))
    _in_order(plan, command.agreed_on, today, "agreed_on")
    known = desk.log.see(authority, authority_id(plan.told.authority))
    setting = known.version(plan.told.setting) if known else None
    if command.areas:
        _graded(setting.scheme if setting else "", command.areas)
    return PepAgreed(command.pep, command.agreed_on, command.areas, command.grade)


def _in_order(plan: Pep, day: date, today: date, field: str) -> None:
    """Refuses a day still to come, or before the plan last moved: its moves are told in the order of their days."""
    not_ahead(day, today, field)
    if day < plan.moved_on:
        says = f"That is before {said(plan.moved_on)}, when it became {plan.state}."
        raise Refused(says, code="before_last_move", field=field)


def _graded(scheme: str, areas: tuple[str, ...]) -> str | None:
    """The grade by the scheme of the plan's own version; refused where the areas do not fit it."""
    try:
        return grade(scheme, areas)
    except ValueError as error:
        raise Refused(f"{error}.", code="not_in_scheme", field="areas") from None
