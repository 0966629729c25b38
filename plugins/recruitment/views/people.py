"""People on the single central record: their engagements and the checks behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import (
    CheckRecorded,
    CheckWaived,
    CopyDeleted,
    CopyKept,
    DisclosureWeighed,
    EngagementBegan,
    EngagementChanged,
    EngagementEnded,
    FitnessTold,
    OnlineSearched,
    PersonCleared,
    PersonNamed,
    ReferenceReceived,
    ReferenceSettled,
    RiskAssessed,
    ScopeAnswered,
    SelfDisclosed,
    TrainingTold,
    VolunteeringTold,
)


class Engagement(msgspec.Struct, frozen=True):
    """One piece of work, help or office of a person here, as it is now."""

    told: EngagementBegan
    role: str
    title: str
    flags: tuple[str, ...]
    changed_on: date | None = None
    """Since when it is the work it is now; None since its start."""
    ended_on: date | None = None
    """Its last day, inclusive."""
    volunteering: VolunteeringTold | None = None

    @property
    def id(self) -> UUID:
        return self.told.engagement

    def is_open(self, day: date) -> bool:
        """Whether it has not ended by that day; it may be still to come."""
        return self.ended_on is None or day <= self.ended_on


class Person(msgspec.Struct, frozen=True):
    """Somebody on the record."""

    told: PersonNamed
    engagements: Mapping[UUID, Engagement] = {}
    trained: Mapping[str, TrainingTold] = {}
    """By course, the latest of each."""

    @property
    def name(self) -> str:
        """As a list shows it: surname first."""
        return f"{self.told.surname}, {self.told.forename}"

    @property
    def full_name(self) -> str:
        return f"{self.told.forename} {self.told.surname}"


class Reference(msgspec.Struct, frozen=True):
    """A reference, and what was done about it since."""

    told: ReferenceReceived
    verified_on: date | None
    verified_by: str
    verified_how: str
    concern: str


class Checks(msgspec.Struct, frozen=True):
    """Everything that was checked of one person; of each kind, oldest first."""

    recorded: tuple[CheckRecorded, ...] = ()
    scopes: Mapping[str, ScopeAnswered] = {}
    """By check, the latest of each."""
    references: Mapping[UUID, Reference] = {}
    risks: Mapping[UUID, tuple[RiskAssessed, ...]] = {}
    """By engagement, every one of each: a review follows on the assessment before it."""
    waived: Mapping[UUID, tuple[CheckWaived, ...]] = {}
    decisions: Mapping[UUID, PersonCleared] = {}
    """By engagement, the latest of each."""
    copies: Mapping[UUID, CopyKept] = {}
    """Copies of certificates that are still kept."""

    def latest(self, check: str) -> CheckRecorded | None:
        """The newest of a check: by the day it was made, then by when it was typed; an undated one is the oldest."""
        made = [one for one in reversed(self.recorded) if one.check == check]
        return max(made, key=lambda one: one.checked_on or one.requested_on or date.min) if made else None


class Disclosures(msgspec.Struct, frozen=True):
    """What somebody declared or what was found, and how it was weighed."""

    declared: Mapping[UUID, SelfDisclosed] = {}
    """By vacancy; as the searches."""
    searched: Mapping[UUID, OnlineSearched] = {}
    weighed: Mapping[str, DisclosureWeighed] = {}
    """By check, the latest of each."""


@folds("recruitment.engagement")
def person(known: Person | None, fact: Fact) -> Person | None:
    """Somebody on the single central record; None for who never was."""
    replace = msgspec.structs.replace
    if isinstance(fact, PersonNamed):
        return replace(known, told=fact) if known else Person(fact)
    if known is None:
        return None
    now = known.engagements
    match fact:
        case EngagementBegan(engagement, role, title, flags):
            return replace(known, engagements={**now, engagement: Engagement(fact, role, title, flags)})
        case EngagementChanged(engagement, role, title, flags, from_on) if engagement in now:
            one = replace(now[engagement], role=role, title=title, flags=flags, changed_on=from_on)
            return replace(known, engagements={**now, engagement: one})
        case EngagementEnded(engagement, ended_on) if engagement in now:
            return replace(known, engagements={**now, engagement: replace(now[engagement], ended_on=ended_on)})
        case VolunteeringTold(engagement) if engagement in now:
            return replace(known, engagements={**now, engagement: replace(now[engagement], volunteering=fact)})
        case TrainingTold(course):
            return replace(known, trained={**known.trained, course: fact})
    return known


@folds("recruitment.checks")
def checks(known: Checks | None, fact: Fact) -> Checks | None:
    """What was checked of somebody."""
    now, replace = known or Checks(), msgspec.structs.replace
    match fact:
        case CheckRecorded():
            return replace(now, recorded=(*now.recorded, fact))
        case ScopeAnswered(check):
            return replace(now, scopes={**now.scopes, check: fact})
        case ReferenceReceived(reference):
            told = Reference(fact, fact.verified_on, fact.verified_by, fact.verified_how, fact.concern)
            return replace(now, references={**now.references, reference: told})
        case ReferenceSettled(reference, verified_on, verified_by, verified_how, concern) if (
            reference in now.references
        ):
            told = Reference(now.references[reference].told, verified_on, verified_by, verified_how, concern)
            return replace(now, references={**now.references, reference: told})
        case RiskAssessed(engagement):
            return replace(now, risks={**now.risks, engagement: (*now.risks.get(engagement, ()), fact)})
        case CheckWaived(engagement):
            return replace(now, waived={**now.waived, engagement: (*now.waived.get(engagement, ()), fact)})
        case PersonCleared(engagement):
            return replace(now, decisions={**now.decisions, engagement: fact})
        case CopyKept(copy):
            return replace(now, copies={**now.copies, copy: fact})
        case CopyDeleted(copy):
            return replace(now, copies={key: one for key, one in now.copies.items() if key != copy})
    return known


@folds("recruitment.health")
def fitness(known: FitnessTold | None, fact: Fact) -> FitnessTold | None:
    """Whether somebody is fit for the post, as last told."""
    return fact if isinstance(fact, FitnessTold) else known


@folds("recruitment.disclosure")
def disclosures(known: Disclosures | None, fact: Fact) -> Disclosures | None:
    """What somebody disclosed, and what was decided on it."""
    now, replace = known or Disclosures(), msgspec.structs.replace
    match fact:
        case SelfDisclosed(vacancy):
            return replace(now, declared={**now.declared, vacancy: fact})
        case OnlineSearched(vacancy):
            return replace(now, searched={**now.searched, vacancy: fact})
        case DisclosureWeighed(check):
            return replace(now, weighed={**now.weighed, check: fact})
    return known
