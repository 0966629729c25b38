"""What the register says of a pupil, and what of it is offered to other plugins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.roll.views import Pupil
from events import Fact, folds

from .codes import NEEDS, PROVISIONS
from .facts import (
    MovedOnRegister,
    NeedsChanged,
    PlacedOnRegister,
    PlanIssued,
    ReviewEnded,
    SampleDrawn,
    TakenOffRegister,
)
from .rules import nsa_findings, review_due_by, review_meeting_by

PROVISION_NAMES = {code.code: code.name for code in PROVISIONS} | {"E": "EHC plan"}
NEED_NAMES = {code.code: code.name for code in NEEDS}


class Stretch(msgspec.Struct, frozen=True):
    """A provision with its needs, from a day on."""

    provision: str
    needs: tuple[str, ...]
    since: date


class Support(msgspec.Struct, frozen=True):
    """Where a pupil stands on the register, and stood before; the last stretch is the present one."""

    stretches: tuple[Stretch, ...]
    on_register_since: date | None
    parents_told_on: date | None

    @property
    def provision(self) -> str:
        return self.stretches[-1].provision

    @property
    def needs(self) -> tuple[str, ...]:
        return self.stretches[-1].needs

    @property
    def since(self) -> date:
        """The first day of the present provision, whatever its needs were then."""
        since = self.stretches[-1].since
        for stretch in reversed(self.stretches):
            if stretch.provision != self.provision:
                break
            since = stretch.since
        return since

    def on(self, day: date) -> Stretch | None:
        """The stretch a day falls into; None before the first."""
        return next((stretch for stretch in reversed(self.stretches) if stretch.since <= day), None)


class Plan(msgspec.Struct, frozen=True):
    """An EHC plan and when it was last reviewed."""

    made_on: date
    reviewed_on: date | None = None


@folds("register.support")
def support(known: Support | None, fact: Fact) -> Support | None:
    """Where the pupil stands on the register; None for one who was never on it."""
    before = known.stretches if known else ()
    match fact:
        case PlacedOnRegister(provision, needs, placed_on, told):
            return Support((*before, Stretch(provision, needs, placed_on)), placed_on, told)
        case MovedOnRegister(provision, needs, moved_on, told):
            since = known.on_register_since if known else moved_on
            return Support((*before, Stretch(provision, needs, moved_on)), since or moved_on, told)
        case NeedsChanged(needs, changed_on) if known:
            stretch = Stretch(known.provision, needs, changed_on)
            return msgspec.structs.replace(known, stretches=(*before, stretch))
        case TakenOffRegister(taken_off_on, told):
            return Support((*before, Stretch("N", (), taken_off_on)), None, told)
    return known


@folds("register.plan")
def plan(known: Plan | None, fact: Fact) -> Plan | None:
    """The pupil's EHC plan; None when the academy knows of none."""
    match fact:
        case PlanIssued(made_on):
            return Plan(made_on)
        case ReviewEnded(ended_on) if known:
            return msgspec.structs.replace(known, reviewed_on=ended_on)
    return known


@folds("register.sample")
def samples(known: Mapping[UUID, SampleDrawn] | None, fact: Fact) -> Mapping[UUID, SampleDrawn] | None:
    """The samples an academy drew, by their ids; None for none."""
    return {**(known or {}), fact.sample: fact} if isinstance(fact, SampleDrawn) else known


class Review(msgspec.Struct, frozen=True):
    """When the annual review must be over, and by when the meeting leaves the authority its four weeks."""

    due_by: date
    meeting_by: date
    days_left: int
    """Negative when it is over."""


def review(plan: Plan, today: date) -> Review:
    """The next annual review of a plan."""
    due_by = review_due_by(plan.made_on, plan.reviewed_on)
    return Review(due_by, review_meeting_by(plan.made_on, plan.reviewed_on), (due_by - today).days)


def gaps(now: Support, plan: Plan | None, today: date) -> list[str]:
    """What is missing or doubtful in a pupil's line of the register, in a few words each."""
    found = []
    if now.provision != "N" and not now.needs:
        found.append("no primary need")
    found += ["NSA with a plan" for finding in nsa_findings(now.provision, now.needs) if finding.level == "warning"]
    if now.provision == "E" and plan is None:
        found.append("no plan date")
    if now.provision == "E" and plan is not None and review(plan, today).days_left < 0:
        found.append("review overdue")
    if now.provision != "N" and now.parents_told_on is None:
        found.append("parents told: not recorded")
    return found


class Entry(msgspec.Struct, frozen=True):
    """A line of the register."""

    pupil: UUID
    who: Pupil
    support: Support
    plan: Plan | None


def register(
    pupils: Mapping[UUID, Pupil], supports: Mapping[UUID, Support], plans: Mapping[UUID, Plan], day: date
) -> list[Entry]:
    """Everyone on the register on a day, by name: SEN support or an EHC plan, and on roll."""
    entries = [
        Entry(subject, pupils[subject], now, plans.get(subject))
        for subject, now in supports.items()
        if now.provision != "N" and subject in pupils and pupils[subject].is_on_roll(day)
    ]
    return sorted(entries, key=lambda entry: (entry.who.name.casefold(), entry.pupil))


class SupportTold(msgspec.Struct, frozen=True):
    """Offered as `register.support`."""

    provision: str
    since: date


class NeedsTold(msgspec.Struct, frozen=True):
    """Offered as `register.needs`: the headline, never a report."""

    provision: str
    needs: tuple[str, ...]
    titles: tuple[str, ...]
    """What each need is called."""


class PlanTold(msgspec.Struct, frozen=True):
    """Offered as `register.plan`."""

    made_on: date
    reviewed_on: date | None
    review_due_by: date


def support_told(now: Support | None, _: date) -> SupportTold | None:
    return None if now is None else SupportTold(now.provision, now.since)


def needs_told(now: Support | None, _: date) -> NeedsTold | None:
    if now is None:
        return None
    return NeedsTold(now.provision, now.needs, tuple(NEED_NAMES.get(code, code) for code in now.needs))


def plan_told(known: Plan | None, today: date) -> PlanTold | None:
    if known is None:
        return None
    return PlanTold(known.made_on, known.reviewed_on, review(known, today).due_by)
