"""What is decided about an application from its sift to the first day at work: the shortlist, the offer, every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_all, refuse_first
from core.errors import NotAllowed, Refused
from core.law import Finding
from events import New

from ...codes import CHECKS, EXITS, ApplicationState
from ...facts import ApplicationMoved, EngagementBegan, EngagementEnded, OfferMade, PersonNamed, PostFilled
from ...rules import conditions_findings, cut_findings, history_findings, move_findings
from ...views import (
    IN_SIFT,
    Applicant,
    Application,
    Engagement,
    Scoring,
    Vacancy,
    applications,
    clearance_in,
    everybody,
    file_of,
    gaps_of,
    lacks_before_shortlist,
    person,
    ranked_for_shortlist,
    scoring,
    vacancy,
    version_of,
)
from .entering import application_in

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(max_length=4000)]


class MoveApplication(Command, frozen=True):
    """An application comes a step further, ends, or is taken up again."""

    vacancy: UUID
    to: Annotated[ApplicationState, Meta(title="where it goes")]
    reason: Words = ""
    check: str = ""
    reply: Words = ""


class DecideShortlist(Command, frozen=True):
    """Who goes forward to the interviews. Equals go forward together, unless the panel's reason is given."""

    places: Annotated[int, Meta(title="how many are wanted for interview", ge=1, le=100)]
    chosen: Annotated[tuple[UUID, ...], Meta(title="who goes forward", max_length=500)]
    """Applicants; those who stand on the shortlist already need not be named again."""
    reason: Words = ""


class MakeOffer(Command, frozen=True):
    """The post is offered on condition of the checks."""

    vacancy: UUID
    starts_on: Annotated[date, Meta(title="the first day")]
    pay_pence: Annotated[int, Meta(title="the pay", ge=0, le=1_000_000_00)]
    in_writing: Annotated[bool, Meta(title="whether it was written that the offer hangs on the checks")]
    offered_on: Annotated[date, Meta(title="the day")]


Known = Mapping[UUID, Application] | None


@decides(DecideShortlist, given={"known": vacancy}, checks_written=True, about="itself")
def decide_shortlist(
    command: DecideShortlist, known: Vacancy | None, today: date, subject: UUID, desk: Desk
) -> list[New]:
    """A named person decides; everybody in the sift was scored by two, and whoever is taken passes every gate."""
    if not desk.may("write", "recruitment.application"):
        raise NotAllowed
    if known is None:
        raise Refused("There is no such vacancy.", code="no_vacancy")
    told, found = version_of(desk, known), everybody(desk, subject)
    sifted = {one.person: one for one in found if one.application.state in IN_SIFT}
    if not command.chosen:
        raise Refused("Choose who goes forward.", code="nobody_chosen", field="chosen")
    if not set(command.chosen) <= sifted.keys():
        raise Refused("Choose from those who are in the sift now.", code="not_in_list", field="chosen")
    chosen = [sifted[key] for key in dict.fromkeys(command.chosen)]
    scored, gates = lacks_before_shortlist(told, tuple(sifted.values()), tuple(chosen))
    refuse_all((*_named(scored), *_named(gates)), "chosen")
    listed = [one for one in found if one.application.is_past_sift]
    forward = tuple(one.called for one in (*listed, *chosen))
    refuse_all(cut_findings(ranked_for_shortlist(told, found), command.places, forward, command.reason), "reason")
    return [New(one.person, moved) for one in chosen for moved in _steps(one, subject, command.reason, today)]


def _named(found: Mapping[str, tuple[Finding, ...]]) -> list[Finding]:
    """Findings with whom they are of, ahead of their words."""
    return [
        msgspec.structs.replace(finding, says=f"{called}: {finding.says}", field="chosen")
        for called, findings in found.items()
        for finding in findings
    ]


def _steps(one: Applicant, wanted: UUID, reason: str, today: date) -> list[ApplicationMoved]:
    """From where the applicant stands to the shortlist; nobody skips a step."""
    through = ["shortlisted"] if one.application.state == "longlisted" else ["longlisted", "shortlisted"]
    return [ApplicationMoved(wanted, to, "", today, reason if to == "shortlisted" else "", "") for to in through]


@decides(MoveApplication, given={"known": applications}, about="itself")
def move_application(
    command: MoveApplication, known: Known, today: date, command_id: UUID, subject: UUID, desk: Desk
) -> list[ApplicationMoved | New]:
    """One step of the table. Who is to be checked stands on the record from the acceptance on."""
    one = application_in(known, command.vacancy)
    refuse_first(move_findings(one.state, command.to, command.reason, one.came_from))
    told = desk.log.see(vacancy, command.vacancy)
    if told is None:
        raise Refused("There is no such vacancy.", code="no_vacancy")
    if one.state not in EXITS:
        _ready(command, subject, desk)
    moved = ApplicationMoved(command.vacancy, command.to, command.check, today, command.reason, command.reply)
    return [moved, *_follows(command, one, told, today, command_id, subject, desk)]


def _ready(command: MoveApplication, subject: UUID, desk: Desk) -> None:
    """Refuses a step whose ground is not laid, or that another decision takes."""
    if command.to == "shortlisted":
        says = "Decide on the shortlist as a whole: there equals go forward together."
        raise Refused(says, code="decide_shortlist", field="to")
    if command.to == "offer_conditional":
        raise Refused("Make the offer: it says from when, and at what pay.", code="make_offer", field="to")
    if command.to == "conditions_not_met":
        refuse_first(conditions_findings(command.check, command.reply))
        one_of(command.check, CHECKS.value, "check", "the check")
    if command.to in {"cleared", "started"}:
        file, one = file_of(desk, subject), _engaged(desk, subject, command.vacancy)
        decided = file.checks.decisions.get(one.id) if file and one else None
        if file is None or one is None or decided is None:
            raise Refused("Nobody has cleared them yet. Look at their checks.", code="not_cleared")
        if decided.starts_on != (one.changed_on or one.told.starts_on) or clearance_in(file, one).hard:
            says = "Something has changed since they were cleared. Look at their checks, and decide again."
            raise Refused(says, code="cleared_before")


def _engaged(desk: Desk, subject: UUID, wanted: UUID) -> Engagement | None:
    """The work that a vacancy led to, as long as it has not ended."""
    known = desk.log.see(person, subject)
    found = known.engagements.values() if known else ()
    return next((each for each in found if each.told.vacancy == wanted and each.ended_on is None), None)


def _follows(
    command: MoveApplication,
    one: Application,
    told: Vacancy,
    today: date,
    command_id: UUID,
    subject: UUID,
    desk: Desk,
) -> list[New]:
    """What stands on the record from now on: who is to be checked, or does not come; a post that is filled."""
    engaged = _engaged(desk, subject, command.vacancy)
    if command.to in EXITS and engaged is not None:
        return [New(subject, EngagementEnded(engaged.id, today, today, "Never started."))]
    if command.to in {"accepted_pending_checks", "cleared"} and one.offer is not None and engaged is None:
        form = one.told
        named = PersonNamed(form.surname, form.forename, form.former_names, form.born_on, today)
        began = EngagementBegan(
            command_id,
            told.told.role,
            told.told.title,
            told.told.flags,
            "",
            command.vacancy,
            one.offer.starts_on,
            today,
        )
        return [New(subject, named), New(subject, began)]
    if command.to == "started" and one.offer is not None and told.approved is not None:
        filled = PostFilled(told.approved.post, one.offer.starts_on, one.offer.pay_pence, today)
        return [New(desk.here, filled)]
    return []


@decides(MakeOffer, given={"known": applications, "judged": scoring}, about="itself")
def make_offer(
    command: MakeOffer,
    known: Known,
    judged: Mapping[UUID, Scoring] | None,
    today: date,
) -> list[ApplicationMoved | OfferMade]:
    """After an interview, and when every gap in the history is explained."""
    one = application_in(known, command.vacancy)
    refuse_first(move_findings(one.state, "offer_conditional"))
    not_ahead(command.offered_on, today, "offered_on")
    met = (judged or {}).get(command.vacancy, Scoring()).interview
    if met is None or not met.appointable:
        raise Refused("The panel has not found them appointable.", code="not_appointable")
    if command.offered_on < met.held_on:
        raise Refused("An offer follows the interview. Correct the day.", code="before_interview", field="offered_on")
    if not command.in_writing:
        raise Refused(
            "Say in writing that the offer hangs on the checks: a spoken offer can bind.",
            code="not_in_writing",
            field="in_writing",
        )
    if command.starts_on < command.offered_on:
        raise Refused("The first day lies ahead of the offer.", code="before_offer", field="starts_on")
    refuse_all(history_findings(gaps_of(one, today)))
    return [
        OfferMade(command.vacancy, command.starts_on, command.pay_pence, command.in_writing, command.offered_on),
        ApplicationMoved(command.vacancy, "offer_conditional", "", today, "", ""),
    ]
