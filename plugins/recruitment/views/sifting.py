"""Applicants side by side: what was scored, put before the rules. Nothing here names anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.law import Finding

from ..facts import DescriptionWritten
from ..rules import (
    Advert,
    Criterion,
    HistoryGap,
    Interval,
    Panel,
    PanelMember,
    Ranked,
    far_apart,
    gate_findings,
    history_gaps,
    may_see_sheets,
    ranking,
    scored_criteria,
    spread_findings,
)
from .applicants import IN_SIFT, Application, Scoring, applications, scoring
from .vacancies import Vacancy, description, vacancy

if TYPE_CHECKING:
    from core.desk import Desk

SIFT = "sift"
INTERVIEW = "interview"


class Applicant(msgspec.Struct, frozen=True):
    """Somebody who applied for a vacancy, with how they were judged."""

    person: UUID
    application: Application
    scoring: Scoring = Scoring()

    @property
    def called(self) -> str:
        """What a blind panel calls them by."""
        return f"Applicant {self.application.told.number}"


def version_of(desk: Desk, one: Vacancy) -> DescriptionWritten | None:
    """The version of the job description a vacancy was drafted from."""
    known = desk.log.see(description, one.told.description)
    return known.version(one.told.version) if known else None


def criteria_of(told: DescriptionWritten | None, stage: str) -> tuple[Criterion, ...]:
    """The criteria scored at a stage: each once, those judged by the form at the sift, the others when people meet."""
    if told is None:
        return ()
    judged = [one for one in told.criteria if stage_of(one.assessed) == stage or stage == "all"]
    return scored_criteria(
        tuple(Criterion(one.key, one.text, one.essential, one.gate, one.weight) for one in judged if not one.gate)
    )


def stage_of(assessed: tuple[str, ...]) -> str:
    """Where a criterion is scored first: by the application where that shows it, else at the interview."""
    return SIFT if "application" in assessed or not assessed else INTERVIEW


def gates_of(told: DescriptionWritten | None) -> tuple[str, ...]:
    """The criteria without which nobody is shortlisted."""
    return tuple(one.key for one in told.criteria if one.gate) if told else ()


def may_sift(desk: Desk, one: Vacancy) -> bool:
    """Whether this person may see who applied, blind or not: HR, whoever signs for vacancies, and the panel itself."""
    if desk.may("read", "recruitment.application"):
        return True
    mine = desk.person_id in one.panel or desk.may("sign", "recruitment.vacancy")
    return mine and desk.may("read", "recruitment.sift")


def applicants(desk: Desk, wanted: UUID) -> tuple[Applicant, ...]:
    """Everybody who applied for a vacancy, by the number of their application, for those who may see who applied."""
    one = desk.log.see(vacancy, wanted)
    return everybody(desk, wanted) if one is not None and may_sift(desk, one) else ()


def everybody(desk: Desk, wanted: UUID) -> tuple[Applicant, ...]:
    """Everybody who applied for a vacancy, whoever asks, to decide by; a page asks for `applicants`."""
    judged = desk.log.see_all(scoring)
    found = [
        Applicant(key, made[wanted], judged.get(key, {}).get(wanted, Scoring()))
        for key, made in desk.log.see_all(applications).items()
        if wanted in made
    ]
    return tuple(sorted(found, key=lambda one: one.application.told.number))


def marks_of(one: Scoring, stage: str) -> Mapping[str, Mapping[str, int]]:
    """Marks by criterion, for each scorer who has handed in a sheet at a stage."""
    return {str(sheet.scorer): {mark.criterion: mark.points for mark in sheet.marks} for sheet in one.at(stage)}


def is_moderated(one: Scoring, stage: str) -> bool:
    """Whether the scorers talked about it after the last of their sheets."""
    return stage in one.talked_over


def wants_moderation(one: Scoring, stage: str) -> tuple[str, ...]:
    """The criteria on which scorers are far apart and have not talked about it."""
    return () if is_moderated(one, stage) else far_apart(marks_of(one, stage))


def ranked(told: DescriptionWritten | None, found: tuple[Applicant, ...], stage: str) -> tuple[Ranked, ...]:
    """The applicants two people have scored, in the order of their scores."""
    criteria = criteria_of(told, stage)
    weights = {one.key: one.weight for one in criteria}
    marks = {
        str(one.person): sheets for one in found if len(sheets := tuple(marks_of(one.scoring, stage).values())) > 1
    }
    essential = tuple(one.key for one in criteria if one.essential)
    return ranking(weights, marks, essential, essential_breaks_ties=False) if weights and marks else ()


def lacks_before_shortlist(
    told: DescriptionWritten | None, sifted: tuple[Applicant, ...], chosen: tuple[Applicant, ...]
) -> tuple[Mapping[str, tuple[Finding, ...]], Mapping[str, tuple[Finding, ...]]]:
    """What stands in the way of a shortlist: of everybody in the sift their scores, of the chosen their gates too.

    Args:
        sifted: Everybody who is in the sift now.
        chosen: Whoever of them is to go forward.
    """
    scored = {
        one.called: spread_findings(marks_of(one.scoring, SIFT), is_moderated(one.scoring, SIFT)) for one in sifted
    }
    gates = {one.called: gate_findings(gates_of(told), gates_met(one.scoring)) for one in chosen}
    return scored, gates


def gates_met(one: Scoring) -> Mapping[str, bool]:
    """The gates that were judged, and whether each is met."""
    return {key: gate.met for key, gate in one.gates.items()}


def ranked_for_shortlist(told: DescriptionWritten | None, found: tuple[Applicant, ...]) -> tuple[Ranked, ...]:
    """The places at the sift, each under what a blind panel calls the applicant by.

    Those who fail a gate, or are out of it, take no place.
    """
    places = tuple(
        one
        for one in found
        if one.application.is_past_sift
        or (one.application.state in IN_SIFT and all(gates_met(one.scoring).get(key, True) for key in gates_of(told)))
    )
    called = {str(one.person): one.called for one in places}
    return tuple(msgspec.structs.replace(one, applicant=called[one.applicant]) for one in ranked(told, places, SIFT))


def scorers_of(one: Vacancy, told: Scoring) -> tuple[str, ...]:
    """Who of the panel is to score an applicant: everybody without an interest."""
    return tuple(str(key) for key in one.panel if key not in told.interests)


def sees_sheets(desk: Desk, one: Vacancy, told: Scoring, stage: str) -> bool:
    """Whether this person may see how others scored an applicant at a stage."""
    handed_in = tuple(str(sheet.scorer) for sheet in told.at(stage))
    return may_see_sheets(str(desk.person_id), scorers_of(one, told), handed_in)


def gaps_of(one: Application, today: date) -> tuple[HistoryGap, ...]:
    """The stretches of an applicant's life that nothing covers, and whether they were explained."""
    told = one.told
    jobs = tuple(Interval(job.from_on, job.until_by) for job in told.jobs)
    later = tuple(Interval(course.from_on, course.until_by) for course in told.schooling)
    ended = [course.until_by for course in told.schooling]
    began = min([job.from_on for job in told.jobs], default=today)
    explained = tuple(Interval(gap.from_on, gap.until_by) for gap in one.gaps)
    return history_gaps((*jobs, *later), min(ended, default=began), told.made_on, explained)


def advert_of(one: Vacancy, told: DescriptionWritten | None) -> Advert:
    """A vacancy as the rule on advertisements takes it."""
    panel = tuple(PanelMember(str(key), each.trained_on) for key, each in one.panel.items())
    return Advert(
        one.told.safeguarding,
        one.told.exempt_notice,
        str(told.version) if told and told.duties else "",
        str(told.version) if told and told.criteria else "",
        one.told.closes_on,
        one.told.closes_at,
        Panel(panel, one.approved is not None),
    )


def vacancies(desk: Desk) -> dict[UUID, Vacancy]:
    """Every vacancy of the academy that this person may read."""
    return desk.see_all(vacancy)
