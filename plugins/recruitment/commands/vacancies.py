"""What is decided about a job description and a vacancy, up to its end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_all
from core.errors import NotAllowed, Refused
from core.law import Finding, errors
from events import Document, New

from ..codes import FLAGS, ROLES, standing
from ..codes.criteria import WEIGHTS
from ..facts import (
    Criterion,
    DescriptionWritten,
    Duty,
    PanelMemberLeft,
    PanelMemberNamed,
    PostPlanned,
    VacancyAdvertised,
    VacancyApproved,
    VacancyClosed,
    VacancyDrafted,
)
from ..rules import advert_findings, form_findings
from ..views import Description, Vacancy, advert_of, description, vacancy, version_of

if TYPE_CHECKING:
    from core.desk import Desk

Short = Annotated[str, Meta(max_length=200)]
Line = Annotated[str, Meta(max_length=2000)]
Pence = Annotated[int, Meta(title="the amount", ge=0, le=1_000_000_00)]
Words = Annotated[str, Meta(max_length=4000)]
Clock = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$", title="the time")]
_CLOSING = {"closes_on", "closes_at"}
"""What may be given as late as with the advertisement."""


class WriteDescription(Command, frozen=True):
    """A version of a job description, as imported or typed."""

    title: Annotated[str, Meta(title="the title", min_length=1, max_length=200)]
    location: Line = ""
    reports_to: Line = ""
    responsible_for: Line = ""
    pay: Line = ""
    allowances: Line = ""
    hours: Line = ""
    contract: Line = ""
    purpose: Annotated[tuple[Line, ...], Meta(max_length=40)] = ()
    duties: Annotated[tuple[Duty, ...], Meta(max_length=200)] = ()
    criteria: Annotated[tuple[Criterion, ...], Meta(max_length=100)] = ()
    checks: Annotated[tuple[Line, ...], Meta(max_length=40)] = ()
    values: Annotated[tuple[Line, ...], Meta(max_length=60)] = ()
    statements: Annotated[tuple[Line, ...], Meta(max_length=60)] = ()
    unplaced: Annotated[tuple[Line, ...], Meta(max_length=400)] = ()
    source: Short = ""
    document: Document | None = None


class DraftVacancy(Command, frozen=True):
    """A post to be filled."""

    title: Annotated[str, Meta(title="the title", min_length=1, max_length=200)]
    role: Annotated[str, Meta(title="the kind of post")]
    description: Annotated[UUID, Meta(title="the job description")]
    contract: Annotated[Literal["permanent", "fixed_term", "casual"], Meta(title="the kind of contract")]
    pay_from_pence: Annotated[Pence, Meta(title="the lowest pay")]
    pay_to_pence: Annotated[Pence, Meta(title="the highest pay")]
    share: Annotated[int, Meta(title="how much of full time", ge=1, le=100)] = 100
    flags: tuple[str, ...] = ()
    fixed_until: date | None = None
    pay_scale: Short = ""
    sen_allowance_pence: Pence = 0
    tlr: Short = ""
    tlr_pence: Pence = 0
    starts_on: date | None = None
    closes_on: date | None = None
    closes_at: Clock = ""
    interviews_on: date | None = None
    blind: bool = True
    safeguarding: Words = ""
    exempt_notice: Words = ""


class NamePanelMember(Command, frozen=True):
    """Somebody sits on the panel."""

    member: Annotated[UUID, Meta(title="who it is")]
    chairs: Annotated[bool, Meta(title="whether they chair it")] = False
    trained_on: date | None = None


class LeavePanel(Command, frozen=True):
    """Somebody sits on the panel no more."""

    member: UUID


class ApproveVacancy(Command, frozen=True):
    """The need, the money, the description and the panel are approved."""

    budget: Annotated[str, Meta(title="where the money is", min_length=1, max_length=200)]


class AdvertiseVacancy(Command, frozen=True):
    """It is published; a closing day or time given now stands instead of the draft's."""

    advert: Annotated[str, Meta(title="the advertisement", min_length=1, max_length=4000)]
    closes_on: Annotated[date | None, Meta(title="the last day for applications")] = None
    closes_at: Clock = ""


class CloseVacancy(Command, frozen=True):
    """The campaign ends."""

    outcome: Annotated[Literal["appointed", "not_appointed", "withdrawn"], Meta(title="how it ended")]
    reason: Words = ""


@decides(WriteDescription, given={"known": description}, about="itself")
def write_description(
    command: WriteDescription, known: Description | None, today: date, command_id: UUID
) -> DescriptionWritten:
    """Nothing that was imported is lost: what belongs nowhere stays as unplaced."""
    keys = [one.key for one in command.criteria]
    if len(set(keys)) != len(keys) or not all(keys):
        raise Refused("Each criterion needs a key of its own.", code="twice", field="criteria")
    if any(one.weight not in WEIGHTS for one in command.criteria):
        raise Refused(f"Choose a weight from 0 to {WEIGHTS[-1]}.", code="not_in_list", field="criteria")
    if not command.duties and not command.purpose:
        raise Refused("A job description says what the post does. Add a duty.", code="empty", field="duties")
    told = DescriptionWritten(
        command_id,
        command.title.strip(),
        command.location,
        command.reports_to,
        command.responsible_for,
        command.pay,
        command.allowances,
        command.hours,
        command.contract,
        command.purpose,
        command.duties,
        command.criteria,
        command.checks,
        command.values,
        command.statements,
        command.unplaced,
        command.source,
        command.document,
        today,
    )
    if known is not None and _says(told) == _says(known.now):
        raise Refused("It says what the last version says. Change something, or leave it as it is.", code="no_change")
    return told


def _says(told: DescriptionWritten) -> tuple[object, ...]:
    """All that a version says, whoever wrote it and whenever."""
    own = {"version", "source", "document", "written_on"}
    return tuple(getattr(told, field.name) for field in msgspec.structs.fields(told) if field.name not in own)


@decides(DraftVacancy, given={"known": vacancy}, about="itself")
def draft_vacancy(command: DraftVacancy, known: Vacancy | None, today: date, desk: Desk) -> VacancyDrafted:
    """The description as it stands now: a later version of it does not change this vacancy."""
    if known is not None and known.state != "draft":
        raise Refused("This was approved as it stands. Close it and begin another.", code="approved")
    one_of(command.role, standing(ROLES, today).value, "role", "the kind of post")
    if not set(command.flags) <= FLAGS:
        raise Refused("Choose what the work involves from the list.", code="not_in_list", field="flags")
    told = desk.see(description, command.description)
    if told is None:
        raise Refused("Choose a job description.", code="not_in_list", field="description")
    if command.pay_to_pence < command.pay_from_pence:
        raise Refused("The highest pay is below the lowest.", code="turned_round", field="pay_to_pence")
    if (command.contract == "fixed_term") != (command.fixed_until is not None):
        says = (
            "Say until when." if command.contract == "fixed_term" else "Only a fixed term has an end. Leave this empty."
        )
        raise Refused(says, code="fixed_term", field="fixed_until")
    return VacancyDrafted(
        command.title.strip(),
        command.role,
        command.flags,
        command.description,
        told.now.version,
        command.contract,
        command.fixed_until,
        command.share,
        command.pay_scale,
        command.pay_from_pence,
        command.pay_to_pence,
        command.sen_allowance_pence,
        command.tlr,
        command.tlr_pence,
        command.starts_on,
        command.closes_on,
        command.closes_at,
        command.interviews_on,
        command.blind,
        command.safeguarding,
        command.exempt_notice,
        desk.person_id,
        today,
    )


@decides(NamePanelMember, given={"known": vacancy}, about="itself")
def name_panel_member(command: NamePanelMember, known: Vacancy | None, today: date, desk: Desk) -> PanelMemberNamed:
    _open(known)
    not_ahead(command.trained_on, today, "trained_on")
    if desk.building.person(command.member) is None:
        raise Refused("Choose somebody who signs in here.", code="not_in_list", field="member")
    return PanelMemberNamed(command.member, command.chairs, command.trained_on, today)


@decides(LeavePanel, given={"known": vacancy}, about="itself")
def leave_panel(command: LeavePanel, known: Vacancy | None, today: date) -> PanelMemberLeft:
    one = _open(known)
    if command.member not in one.panel:
        raise Refused("They do not sit on this panel.", code="no_change")
    return PanelMemberLeft(command.member, today)


@decides(ApproveVacancy, given={"known": vacancy}, about="itself")
def approve_vacancy(
    command: ApproveVacancy, known: Vacancy | None, today: date, command_id: UUID, desk: Desk
) -> list[VacancyApproved | New]:
    """Two people; with the approval the academy has a post to be filled, and the draft stands as it is."""
    if not desk.may("sign", "recruitment.vacancy"):
        raise NotAllowed
    one = _open(known)
    if one.approved:
        raise Refused("This is approved already.", code="no_change")
    if one.told.drafted_by == desk.person_id:
        raise Refused("Somebody else must approve what you drafted.", code="same_person")
    refuse_all(approval_findings(desk, one))
    told = one.told
    post = PostPlanned(
        command_id,
        told.title,
        told.role,
        told.share,
        told.pay_to_pence,
        told.sen_allowance_pence + told.tlr_pence,
        told.starts_on or today,
        told.fixed_until,
        today,
    )
    return [VacancyApproved(command_id, desk.person_id, command.budget, today), New(desk.here, post)]


def approval_findings(desk: Desk, one: Vacancy) -> tuple[Finding, ...]:
    """Everything a vacancy lacks that could not be put right once it is approved, and its panel."""
    lacking = advert_findings(advert_of(one, version_of(desk, one)), desk.today)
    return tuple(each for each in lacking if each.field not in _CLOSING and each.code != "panel_not_approved")


@decides(AdvertiseVacancy, given={"known": vacancy}, about="itself")
def advertise_vacancy(command: AdvertiseVacancy, known: Vacancy | None, today: date, desk: Desk) -> VacancyAdvertised:
    """Only when nothing is missing; the advertisement stays as it was published."""
    one = _open(known)
    if one.advertised:
        raise Refused("This is advertised already.", code="no_change")
    closes_on, closes_at = command.closes_on or one.told.closes_on, command.closes_at or one.told.closes_at
    advert = msgspec.structs.replace(advert_of(one, version_of(desk, one)), closes_on=closes_on, closes_at=closes_at)
    found = (*advert_findings(advert, today), *form_findings(True, command.advert))
    refuse_all(found, next((each.field for each in errors(found) if each.field in _CLOSING), None))
    return VacancyAdvertised(closes_on or today, closes_at, today, command.advert)


@decides(CloseVacancy, given={"known": vacancy}, about="itself")
def close_vacancy(command: CloseVacancy, known: Vacancy | None, today: date) -> VacancyClosed:
    _open(known)
    return VacancyClosed(command.outcome, today, command.reason)


def _open(known: Vacancy | None) -> Vacancy:
    if known is None or known.closed:
        raise Refused("This vacancy is closed.", code="closed")
    return known
