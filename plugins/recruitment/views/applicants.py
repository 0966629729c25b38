"""Applications and how they were scored, of one person, vacancy by vacancy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

import msgspec

from events import Fact, folds

from ..codes import EXITS, FROM_SHORTLIST, ApplicationState
from ..facts import (
    ApplicationEntered,
    ApplicationMoved,
    GapExplained,
    GateJudged,
    InterestDeclared,
    InterviewHeld,
    OfferMade,
    ScoresModerated,
    SheetScored,
)
from .naming import KnownPeople, known_people

if TYPE_CHECKING:
    from core.desk import Desk

IN_SIFT: frozenset[ApplicationState] = frozenset({"submitted", "longlisted"})
"""The steps at which the application itself is scored."""
SUBMITTED: ApplicationState = "submitted"


class Application(msgspec.Struct, frozen=True):
    """An application for one vacancy and every step it took, oldest first."""

    told: ApplicationEntered
    moves: tuple[ApplicationMoved, ...] = ()
    gaps: tuple[GapExplained, ...] = ()
    offer: OfferMade | None = None

    @property
    def state(self) -> ApplicationState:
        """Where it stands, as the table of steps calls it."""
        return self.states[-1]

    @property
    def states(self) -> tuple[ApplicationState, ...]:
        """Every state it has been in, oldest first; each was one of the table's when it was recorded."""
        return (SUBMITTED, *(cast(ApplicationState, move.to) for move in self.moves))

    @property
    def came_from(self) -> ApplicationState | None:
        """The step at which it ended; None while it goes on."""
        return self.states[-2] if self.state in EXITS and len(self.states) > 1 else None

    @property
    def was_shortlisted(self) -> bool:
        return "shortlisted" in self.states

    @property
    def is_past_sift(self) -> bool:
        """Whether it stands on the shortlist, or further on."""
        return self.state in FROM_SHORTLIST


class Scoring(msgspec.Struct, frozen=True):
    """How one applicant was judged for one vacancy."""

    sheets: tuple[SheetScored, ...] = ()
    """The latest of each scorer at each stage."""
    moderated: tuple[ScoresModerated, ...] = ()
    talked_over: frozenset[str] = frozenset()
    """The stages at which no sheet came after the last note."""
    gates: Mapping[str, GateJudged] = {}
    """By criterion, the latest of each."""
    interests: Mapping[UUID, InterestDeclared] = {}
    """By member of the panel."""
    interview: InterviewHeld | None = None

    def at(self, stage: str) -> tuple[SheetScored, ...]:
        """The sheets of a stage, of those who have not declared an interest."""
        return tuple(one for one in self.sheets if one.stage == stage and one.scorer not in self.interests)

    def by(self, scorer: UUID, stage: str) -> SheetScored | None:
        return next((one for one in self.sheets if one.scorer == scorer and one.stage == stage), None)


@folds("recruitment.application")
def applications(known: Mapping[UUID, Application] | None, fact: Fact) -> Mapping[UUID, Application] | None:
    """A person's applications, by vacancy."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case ApplicationEntered(vacancy):
            return {**now, vacancy: Application(fact)}
        case ApplicationMoved(vacancy) if vacancy in now:
            return {**now, vacancy: replace(now[vacancy], moves=(*now[vacancy].moves, fact))}
        case GapExplained(vacancy) if vacancy in now:
            return {**now, vacancy: replace(now[vacancy], gaps=(*now[vacancy].gaps, fact))}
        case OfferMade(vacancy) if vacancy in now:
            return {**now, vacancy: replace(now[vacancy], offer=fact)}
    return known


@folds("recruitment.scoring")
def scoring(known: Mapping[UUID, Scoring] | None, fact: Fact) -> Mapping[UUID, Scoring] | None:
    """How a person was judged, by vacancy."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case SheetScored(vacancy, scorer, stage):
            one = now.get(vacancy, Scoring())
            others = tuple(sheet for sheet in one.sheets if (sheet.scorer, sheet.stage) != (scorer, stage))
            return {**now, vacancy: replace(one, sheets=(*others, fact), talked_over=one.talked_over - {stage})}
        case ScoresModerated(vacancy, stage):
            one = now.get(vacancy, Scoring())
            settled = one.talked_over | {stage}
            return {**now, vacancy: replace(one, moderated=(*one.moderated, fact), talked_over=settled)}
        case GateJudged(vacancy, criterion):
            one = now.get(vacancy, Scoring())
            return {**now, vacancy: replace(one, gates={**one.gates, criterion: fact})}
        case InterestDeclared(vacancy, member):
            one = now.get(vacancy, Scoring())
            return {**now, vacancy: replace(one, interests={**one.interests, member: fact})}
        case InterviewHeld(vacancy):
            return {**now, vacancy: replace(now.get(vacancy, Scoring()), interview=fact)}
    return known


def applicant_id(
    desk: Desk,
    surname: str,
    forename: str,
    email: str,
    born_on: date | None = None,
    known: KnownPeople | None = None,
) -> UUID:
    """Under which id an applicant is recorded: one person has one, at every academy of the trust.

    Somebody of the same name and date of birth on the record of any academy is the same person. Everybody else is known
    by name and e-mail address together, capitals and spaces aside; whoever changes either is met as somebody new.

    Args:
        known: Who is on record, where many are looked for.
    """
    if born_on is not None:
        found = (known or known_people(desk)).born_as(surname, forename, born_on)
        if found is not None:
            return found
    told = (" ".join(text.split()).casefold() for text in (surname, forename))
    return desk.building.desk_store.new_id("applicant", *told, email.strip().casefold())


def next_number(desk: Desk, vacancy: UUID) -> int:
    """The number the next application for a vacancy gets: one above the highest."""
    made = (one[vacancy].told.number for one in desk.log.see_all(applications).values() if vacancy in one)
    return 1 + max(made, default=0)
