"""A child's personal education plans, from the first to the one in hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..codes import State
from ..facts import (
    AttendanceCounted,
    CareReviewHeld,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepReturned,
    PepSent,
    PepStarted,
    PepTakenBack,
    SdqScored,
    SectionWritten,
    TargetJudged,
    TargetSet,
    VoiceGiven,
)


class Target(msgspec.Struct, frozen=True):
    """A target, and how it was judged."""

    told: TargetSet
    judged: TargetJudged | None = None


class Pep(msgspec.Struct, frozen=True):
    """One personal education plan."""

    told: PepStarted
    state: State = "drafting"
    meeting: MeetingHeld | None = None
    voice: VoiceGiven | None = None
    sections: Mapping[str, SectionWritten] = {}
    attendance: AttendanceCounted | None = None
    targets: Mapping[UUID, Target] = {}
    moved_on: date = date.min
    """The day it last changed its state."""
    sendings: tuple[PepSent, ...] = ()
    returned: tuple[PepReturned, ...] = ()
    agreed: PepAgreed | None = None

    @property
    def pep(self) -> UUID:
        return self.told.pep

    @property
    def sent(self) -> PepSent | None:
        """The last time it went to the virtual school."""
        return self.sendings[-1] if self.sendings else None

    @property
    def ends_by(self) -> date:
        """The last day its money may be used for: of its furthest target or the next meeting, else of its start."""
        days = [one.told.by_on for one in self.targets.values()]
        if self.meeting and self.meeting.next_on:
            days.append(self.meeting.next_on)
        return max(days, default=self.told.started_on)


class Peps(msgspec.Struct, frozen=True):
    """All plans of a child, by id, oldest first, and the days the authority reviewed their care."""

    plans: Mapping[UUID, Pep] = {}
    reviews: tuple[date, ...] = ()

    def holding(self, target: UUID) -> Pep | None:
        """The plan a target is of."""
        return next((one for one in self.plans.values() if target in one.targets), None)

    @property
    def last(self) -> Pep | None:
        return next(reversed(list(self.plans.values())), None)

    def before(self, pep: UUID) -> Pep | None:
        """The plan started before this one."""
        ids = list(self.plans)
        at = ids.index(pep)
        return self.plans[ids[at - 1]] if at else None


@folds("lac.pep")
def peps(known: Peps | None, fact: Fact) -> Peps | None:
    """The child's plans; None when none was ever started."""
    now = known or Peps()
    match fact:
        case PepStarted():
            return _with(now, Pep(fact, moved_on=fact.started_on))
        case CareReviewHeld(held_on):
            return msgspec.structs.replace(now, reviews=(*now.reviews, held_on))
        case TargetJudged(target) if one := now.holding(target):
            judged = msgspec.structs.replace(one.targets[target], judged=fact)
            return _with(now, msgspec.structs.replace(one, targets={**one.targets, target: judged}))
        case (
            MeetingHeld(pep)
            | VoiceGiven(pep)
            | SectionWritten(pep)
            | AttendanceCounted(pep)
            | TargetSet(pep)
            | PepMadeReady(pep)
            | PepTakenBack(pep)
            | PepSent(pep)
            | PepReturned(pep)
            | PepAgreed(pep)
        ) if pep in now.plans:
            return _with(now, _written(now.plans[pep], fact))
    return known


def _written(plan: Pep, fact: Fact) -> Pep:
    """The plan after what happened to it."""
    replace = msgspec.structs.replace
    match fact:
        case MeetingHeld():
            return replace(plan, meeting=fact)
        case VoiceGiven():
            return replace(plan, voice=fact)
        case SectionWritten(_, section):
            return replace(plan, sections={**plan.sections, section: fact})
        case AttendanceCounted():
            return replace(plan, attendance=fact)
        case TargetSet(_, target):
            return replace(plan, targets={**plan.targets, target: Target(fact)})
        case PepMadeReady(_, ready_on):
            return replace(plan, state="ready", moved_on=ready_on)
        case PepTakenBack(_, taken_back_on):
            return replace(plan, state="drafting", moved_on=taken_back_on)
        case PepSent(_, sent_on):
            return replace(plan, state="sent", moved_on=sent_on, sendings=(*plan.sendings, fact))
        case PepReturned(_, returned_on):
            return replace(plan, state="returned", moved_on=returned_on, returned=(*plan.returned, fact))
        case PepAgreed(_, agreed_on):
            return replace(plan, state="agreed", moved_on=agreed_on, agreed=fact)
    return plan


def _with(now: Peps, one: Pep) -> Peps:
    return msgspec.structs.replace(now, plans={**now.plans, one.pep: one})


@folds("lac.wellbeing")
def wellbeing(known: tuple[SdqScored, ...] | None, fact: Fact) -> tuple[SdqScored, ...] | None:
    """The child's questionnaires, oldest first."""
    return (*(known or ()), fact) if isinstance(fact, SdqScored) else known
