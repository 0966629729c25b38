"""The decision that somebody may start, and what it needs: a risk assessment, what is waived, copies that are kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_first
from core.errors import NotAllowed, Refused

from ..codes import CHECKS
from ..facts import (
    CheckWaived,
    CopyDeleted,
    CopyKept,
    PersonCleared,
    RiskAssessed,
)
from ..rules import (
    cell_of,
    copy_findings,
    may_clear_findings,
    waiver_findings,
)
from ..rules.alike import mentions
from ..views import (
    Checks,
    Disclosures,
    Engagement,
    File,
    Person,
    checks,
    clearance_in,
    disclosures,
    file_of,
    fitness,
    is_hard,
    needs_of,
    person,
    proofs_lacking,
    scoring,
)
from .checks import on_file, somebody
from .people import engagement_of

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(title="why", min_length=1, max_length=4000)]


class AssessRisk(Command, frozen=True):
    """How somebody may start while their certificate is awaited."""

    engagement: UUID
    supervisor: Annotated[str, Meta(title="who supervises", min_length=1, max_length=100)]
    review_by: Annotated[date, Meta(title="the day of the review")]
    measures: Annotated[str, Meta(title="what is done meanwhile", min_length=1, max_length=4000)]


class WaiveCheck(Command, frozen=True):
    """A check that should be made is done without."""

    engagement: UUID
    check: Annotated[str, Meta(title="the check")]
    reason: Words


class ClearPerson(Command, frozen=True):
    """A named person decides that somebody may start."""

    engagement: UUID
    reason: Annotated[str, Meta(max_length=4000)] = ""


class KeepCopy(Command, frozen=True):
    """A copy of a DBS certificate is kept."""

    received_on: Annotated[date, Meta(title="the day it came")]
    reason: Annotated[str, Meta(max_length=1000)] = ""


class DeleteCopy(Command, frozen=True):
    """The copy was destroyed."""

    copy: UUID
    deleted_on: Annotated[date, Meta(title="the day")]


@decides(AssessRisk, given={"known": checks, "who": person}, about="itself")
def assess_risk(
    command: AssessRisk, known: Checks | None, who: Person | None, today: date, subject: UUID, desk: Desk
) -> RiskAssessed:
    engagement_of(who, command.engagement)
    if not desk.may("sign", "recruitment.checks"):
        raise NotAllowed
    refuse_first(may_clear_findings(str(desk.person_id), _signs_in_as(somebody(who), subject, desk)))
    if command.review_by < today:
        raise Refused("The review lies ahead.", code="over", field="review_by")
    return RiskAssessed(
        command.engagement, command.supervisor, command.review_by, desk.person_id, today, command.measures
    )


@decides(WaiveCheck, given={"known": checks, "who": person}, about="itself")
def waive_check(
    command: WaiveCheck, known: Checks | None, who: Person | None, today: date, subject: UUID, desk: Desk
) -> CheckWaived:
    one, now = engagement_of(who, command.engagement), known or Checks()
    refuse_first(may_clear_findings(str(desk.person_id), _signs_in_as(somebody(who), subject, desk)))
    one_of(command.check, CHECKS.value, "check", "the check")
    cell = cell_of(needs_of(one, now, today), command.check)
    entered = str(desk.person_id) if any(told.entered_by == desk.person_id for told in now.recorded) else ""
    refuse_first(waiver_findings(cell, entered, str(desk.person_id), command.reason), {"waived_by": "reason"})
    return CheckWaived(command.engagement, command.check, desk.person_id, today, command.reason)


@decides(ClearPerson, given={"known": checks, "who": person, "fit": fitness, "told": disclosures}, about="itself")
def clear_person(
    command: ClearPerson,
    known: Checks | None,
    who: Person | None,
    fit: object,
    told: Disclosures | None,
    today: date,
    subject: UUID,
    desk: Desk,
) -> PersonCleared:
    """What the rule says stays with the decision; nobody decides against it, and nobody about themselves."""
    one = engagement_of(who, command.engagement)
    if not desk.may("sign", "recruitment.checks"):
        raise NotAllowed
    file = file_of(desk, subject) or File(somebody(who))
    said = clearance_in(file, one, proofs_lacking(desk, subject, one))
    if said.verdict == "BLOCKED":
        missing = " ".join(gap.says for gap in said.missing)
        raise Refused(f"They may not start yet. {missing}", code="blocked")
    entered = tuple({str(told.entered_by) for told in file.checks.recorded})
    own, knows = _signs_in_as(file.person, subject, desk), _declared(desk, subject, one)
    refuse_first(may_clear_findings(str(desk.person_id), own, entered, knows, _was_hard(file)))
    starts_on = one.changed_on or one.told.starts_on
    return PersonCleared(
        command.engagement,
        said.verdict,
        tuple(gap.check for gap in said.missing),
        said.edition,
        starts_on,
        desk.person_id,
        today,
        command.reason,
    )


def _signs_in_as(who: Person, subject: UUID, desk: Desk) -> str:
    """A person of the record as those who sign in are known: an account has an id of its own, so by name."""
    return str(desk.person_id if mentions(desk.person.name, who.full_name) else subject)


def _declared(desk: Desk, subject: UUID, one: Engagement) -> tuple[str, ...]:
    """Who declared an interest in them, when they applied for this work."""
    wanted = one.told.vacancy
    judged = (desk.log.see(scoring, subject) or {}).get(wanted) if wanted else None
    return tuple(map(str, judged.interests)) if judged else ()


def _was_hard(file: File) -> bool:
    """Whether an outcome that nobody may override was ever among the checks."""
    return any(is_hard(one) for one in file.checks.recorded)


@decides(KeepCopy, given={"known": checks}, about="itself")
def keep_copy(
    command: KeepCopy, known: Checks | None, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> CopyKept:
    on_file(desk, subject)
    not_ahead(command.received_on, today, "received_on")
    refuse_first(copy_findings(command.reason))
    return CopyKept(command_id, command.received_on, command.reason)


@decides(DeleteCopy, given={"known": checks}, about="itself")
def delete_copy(command: DeleteCopy, known: Checks | None, today: date) -> CopyDeleted:
    one = (known or Checks()).copies.get(command.copy)
    if one is None:
        raise Refused("No such copy is kept.", code="no_copy")
    not_ahead(command.deleted_on, today, "deleted_on")
    if command.deleted_on < one.received_on:
        raise Refused("That is before it came.", code="before_copy", field="deleted_on")
    return CopyDeleted(command.copy, command.deleted_on)
