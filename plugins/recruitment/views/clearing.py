"""What a person's file says of a start, and of their row of the record: what was recorded, put before the rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.law import errors

from ..codes import CHECKS, answer
from ..facts import CheckRecorded, FitnessTold
from ..rules import (
    Check,
    Clearance,
    Need,
    RecordGap,
    Reference,
    RiskAssessment,
    clearance,
    panel_findings,
    record_gaps,
    reference_findings,
    required,
    volunteer_regulated,
)
from .applicants import Scoring, scoring
from .people import Checks, Disclosures, Engagement, Person, checks, disclosures, fitness, person
from .sifting import SIFT, advert_of
from .vacancies import vacancy

if TYPE_CHECKING:
    from core.desk import Desk

_LEAST_SCORERS = 2
WHOLE = ("recruitment.checks", "recruitment.health", "recruitment.disclosure")
"""The classes of record a start rests on: whoever may not read all of them is not told whether somebody may start."""


class File(msgspec.Struct, frozen=True):
    """Everything recorded of one person that a start rests on."""

    person: Person
    checks: Checks = Checks()
    fitness: FitnessTold | None = None
    disclosures: Disclosures = Disclosures()


def file_of(desk: Desk, subject: UUID) -> File | None:
    """A person's whole file, whoever asks, to decide by; a page first asks `may_know_all`. None for nobody here."""
    who = desk.log.see(person, subject)
    if who is None:
        return None
    return File(
        who,
        desk.log.see(checks, subject) or Checks(),
        desk.log.see(fitness, subject),
        desk.log.see(disclosures, subject) or Disclosures(),
    )


def on_record(desk: Desk) -> dict[UUID, File]:
    """Everybody's file as far as the record shows it, of health and of disclosures nothing."""
    made = desk.see_all(checks)
    if not desk.may("read", "recruitment.checks"):
        return {}
    return {subject: File(who, made.get(subject, Checks())) for subject, who in desk.see_all(person).items()}


def may_know_all(desk: Desk, subject: UUID) -> bool:
    """Whether this person may be told everything a start rests on."""
    return all(desk.may("read", record, subject) for record in WHOLE)


def needs_of(one: Engagement, told: Checks, day: date) -> tuple[Need, ...]:
    """The checks an engagement needs, by the table of the day it starts or changes, with what was answered since."""
    flags = set(one.flags) | {answer(check, scope.needed) for check, scope in told.scopes.items()}
    if one.volunteering is not None and is_regulated(one, day):
        flags.add("regulated_activity")
    return required(one.role, frozenset(flags), one.changed_on or one.told.starts_on)


def is_regulated(one: Engagement, day: date) -> bool:
    """Whether what a volunteer does is regulated activity on a day."""
    told = one.volunteering
    return told is not None and volunteer_regulated(told.days, day, told.weekly, told.overnight, told.supervised)


def checks_in(file: File) -> tuple[Check, ...]:
    """Everything checked of somebody, as the rules take it: of each check in the order in which it was made."""
    made = sorted(file.checks.recorded, key=_made_on)
    found = [_as_check(file, one) for one in made]
    if file.fitness is not None:
        told = file.fitness
        found.append(Check("medical", told.outcome, told.checked_on, by=told.checked_by))
    if file.checks.references:
        found.append(_references(file.checks))
    return tuple(found)


def _made_on(one: CheckRecorded) -> date:
    return one.checked_on or one.requested_on or date.min


def _as_check(file: File, one: CheckRecorded) -> Check:
    outcome, weighed = one.outcome, file.disclosures.weighed.get(one.check)
    if outcome == "disclosed" and weighed is not None and not weighed.accepted:
        outcome = "disclosure_rejected"
    return Check(
        one.check,
        outcome,
        one.checked_on,
        one.certificate_on,
        one.requested_on,
        one.expires_on,
        one.checked_by,
        one.evidence,
        one.route,
    )


def _references(told: Checks) -> Check:
    """The references together: a concern that is open is what they come to, else whether they are enough."""
    concerns = {one.concern for one in told.references.values()}
    outcome = "concern_open" if "open" in concerns else "concern_resolved" if "resolved" in concerns else "satisfactory"
    if outcome != "concern_open" and errors(reference_findings(references_in(told))):
        outcome = ""
    last_on = max(one.verified_on or one.told.received_on for one in told.references.values())
    return Check(
        "references", outcome, last_on, by=", ".join(sorted({one.verified_by for one in told.references.values()}))
    )


def references_in(told: Checks) -> tuple[Reference, ...]:
    """The references as the rules take them."""
    return tuple(
        Reference(
            one.told.referee,
            one.told.organisation,
            one.told.email,
            one.told.last_employer,
            one.told.with_children,
            True,
            one.verified_on,
            one.verified_by,
            one.verified_how,
        )
        for one in told.references.values()
    )


def decided_in(file: File) -> frozenset[str]:
    """The checks of which two people decided that what was disclosed does not stand against the work."""
    return frozenset(check for check, told in file.disclosures.weighed.items() if told.accepted)


def risks_of(told: Checks, engagement: UUID) -> tuple[RiskAssessment, ...]:
    """The risk assessments of starting and going on without a certificate, oldest first."""
    return tuple(
        RiskAssessment(one.signed_on, str(one.signed_by), one.supervisor, one.review_by)
        for one in told.risks.get(engagement, ())
    )


def _risk_at(told: Checks, engagement: UUID, starts_on: date) -> RiskAssessment | None:
    """The last assessment signed by the start, or what there is; a review after it says nothing of the start."""
    made = risks_of(told, engagement)
    return next(
        (one for one in reversed(made) if one.signed_on and one.signed_on <= starts_on), made[-1] if made else None
    )


def proofs_lacking(desk: Desk, subject: UUID, one: Engagement) -> tuple[str, ...]:
    """What the campaign itself still has to show before a start, whoever asks; nothing for work without a vacancy."""
    wanted = one.told.vacancy
    told = desk.log.see(vacancy, wanted) if wanted else None
    if wanted is None or told is None:
        return ()
    judged = (desk.log.see(scoring, subject) or {}).get(wanted, Scoring())
    references = (desk.log.see(checks, subject) or Checks()).references.values()
    lacking = {
        "panel": bool(errors(panel_findings(advert_of(told, None).panel))),
        "two_scorers": len({sheet.scorer for sheet in judged.at(SIFT)}) < _LEAST_SCORERS,
        "verification_calls": any(each.verified_on is None for each in references),
    }
    return tuple(proof for proof, lacks in lacking.items() if lacks)


def is_hard(one: CheckRecorded) -> bool:
    """Whether what a check came to is for the head and HR only."""
    outcome = CHECKS.value[one.check].outcome(one.outcome)
    return outcome is not None and outcome.effect == "hard"


def clearance_in(file: File, one: Engagement, proofs_lacking: tuple[str, ...] = ()) -> Clearance:
    """Whether somebody may start, by what is recorded now."""
    starts_on = one.changed_on or one.told.starts_on
    return clearance(
        needs_of(one, file.checks, starts_on),
        checks_in(file),
        starts_on,
        _risk_at(file.checks, one.id, starts_on),
        frozenset(told.check for told in file.checks.waived.get(one.id, ())),
        decided_in(file),
        proofs_lacking,
    )


def gaps_in(file: File, one: Engagement, day: date) -> tuple[RecordGap, ...]:
    """What is wrong with an engagement's row of the record. It tells of no health: that is no column."""
    needs = tuple(need for need in needs_of(one, file.checks, day) if need.check != "medical")
    return record_gaps(needs, checks_in(file), one.told.starts_on, day, risks_of(file.checks, one.id))
