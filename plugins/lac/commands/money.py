"""What is decided about pupil premium plus."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused

from ..facts import ClaimAgreed, ClaimMade, ClaimPaid, ClaimRefused, ClaimSpent, SchoolPremiumPaid, SchoolPremiumSpent
from ..rules import ClaimDays, claim_findings, either_not_both, spending_findings
from ..views import (
    Claim,
    Peps,
    Premium,
    Status,
    authority,
    authority_id,
    claims,
    peps,
    premium,
    status,
    term_sum,
)

if TYPE_CHECKING:
    from core.desk import Desk

Pence = Annotated[int, Meta(title="the amount", ge=1, le=1_000_000_00)]
Words = Annotated[str, Meta(max_length=400)]


class MakeClaim(Command, frozen=True):
    """The authority is asked to pay for what a target needs."""

    target: Annotated[UUID, Meta(title="the target")]
    item: Annotated[Words, Meta(title="what it pays for", min_length=1)]
    cost_pence: Pence
    from_on: Annotated[date, Meta(title="the first day")]
    until_by: Annotated[date, Meta(title="the last day")]
    approval: Annotated[str, Meta(max_length=60)] = ""
    made_on: Annotated[date | None, Meta(title="the day it was asked for")] = None


class AgreeClaim(Command, frozen=True):
    """The authority agreed to pay, all of it or less."""

    claim: UUID
    agreed_pence: Pence
    agreed_on: Annotated[date, Meta(title="the day it was agreed")]


class RefuseClaim(Command, frozen=True):
    """The authority will not pay."""

    claim: UUID
    refused_on: Annotated[date, Meta(title="the day it was refused")]
    reason: Annotated[Words, Meta(title="why", min_length=1)]


class ReceiveClaim(Command, frozen=True):
    """The authority paid."""

    claim: UUID
    paid_pence: Pence
    paid_on: Annotated[date, Meta(title="the day it was paid")]


class SpendClaim(Command, frozen=True):
    """The academy spent some of what was agreed."""

    claim: UUID
    spent_pence: Pence
    spent_on: Annotated[date, Meta(title="the day it was spent")]
    on_what: Annotated[Words, Meta(title="what it was spent on", min_length=1)]


class ReceivePremium(Command, frozen=True):
    """The department paid premium for previously looked-after pupils."""

    year: Annotated[int, Meta(title="the financial year", ge=2014, le=2100)]
    pupils: Annotated[int, Meta(title="the number of pupils", ge=0, le=5000)]
    paid_pence: Pence
    paid_on: Annotated[date, Meta(title="the day it was paid")]


class SpendPremium(Command, frozen=True):
    """The academy spent some of that premium."""

    year: Annotated[int, Meta(title="the financial year", ge=2014, le=2100)]
    spent_pence: Pence
    spent_on: Annotated[date, Meta(title="the day it was spent")]
    on_what: Annotated[Words, Meta(title="what it was spent on", min_length=1)]


@decides(MakeClaim, given={"made": claims, "plans": peps, "now": status})
def make_claim(
    command: MakeClaim,
    made: Mapping[UUID, Claim] | None,
    plans: Peps | None,
    now: Status | None,
    today: date,
    command_id: UUID,
    desk: Desk,
) -> ClaimMade:
    """A claim answers a target of a plan, lies inside care, and stays under the ceiling or says who let it go over."""
    not_ahead(command.made_on, today, "made_on")
    plan = plans.holding(command.target) if plans else None
    episode = now.looked_after_on(command.from_on) if now else None
    if now is None or episode is None:
        raise Refused(
            "The child is not looked after on that day: the authority does not pay.",
            code="not_in_care",
            field="from_on",
        )
    known = desk.log.see(authority, authority_id(plan.told.authority)) if plan else None
    setting = known.version(plan.told.setting) if known and plan else None
    ceiling = setting.ceiling_pence if setting else None
    asked = term_sum(made, plan.pep) if plan else 0
    findings = claim_findings(
        command.cost_pence,
        str(command.target) if plan else "",
        command.from_on,
        command.until_by,
        plan.told.started_on if plan else command.from_on,
        plan.ends_by if plan else command.until_by,
        asked,
        ceiling,
        command.approval,
    )
    refuse_first(findings)
    if plan is None:
        raise Refused("Choose one of the plan's targets.", code="no_target", field="target")
    days = ClaimDays(command.from_on, command.until_by)
    refuse_first(either_not_both(now.care(), "N", None, command.from_on, (days,)), field="until_by")
    return ClaimMade(
        command_id,
        plan.pep,
        command.target,
        command.cost_pence,
        command.from_on,
        command.until_by,
        command.approval,
        command.made_on or today,
        command.item,
    )


@decides(AgreeClaim, given={"made": claims})
def agree_claim(command: AgreeClaim, made: Mapping[UUID, Claim] | None, today: date) -> ClaimAgreed:
    one = _undecided(made, command.claim)
    _since_asked(one, command.agreed_on, today, "agreed_on")
    if command.agreed_pence > one.told.cost_pence:
        raise Refused("That is more than was asked for.", code="more_than_asked", field="agreed_pence")
    return ClaimAgreed(command.claim, command.agreed_pence, command.agreed_on)


@decides(RefuseClaim, given={"made": claims})
def refuse_claim(command: RefuseClaim, made: Mapping[UUID, Claim] | None, today: date) -> ClaimRefused:
    _since_asked(_undecided(made, command.claim), command.refused_on, today, "refused_on")
    return ClaimRefused(command.claim, command.refused_on, command.reason)


@decides(ReceiveClaim, given={"made": claims})
def receive_claim(command: ReceiveClaim, made: Mapping[UUID, Claim] | None, today: date) -> ClaimPaid:
    one = _claim(made, command.claim)
    _since_asked(one, command.paid_on, today, "paid_on")
    if one.paid_pence + command.paid_pence > (one.agreed_pence or 0):
        raise Refused("That is more than was agreed.", code="more_than_agreed", field="paid_pence")
    return ClaimPaid(command.claim, command.paid_pence, command.paid_on)


@decides(SpendClaim, given={"made": claims})
def spend_claim(command: SpendClaim, made: Mapping[UUID, Claim] | None, today: date) -> ClaimSpent:
    one = _claim(made, command.claim)
    _since_asked(one, command.spent_on, today, "spent_on")
    findings = spending_findings(str(one.told.target), one.agreed_pence or 0, one.spent_pence + command.spent_pence)
    refuse_first(findings, field="spent_pence")
    return ClaimSpent(command.claim, command.spent_pence, command.spent_on, command.on_what)


@decides(ReceivePremium, given={"known": premium}, about="academy")
def receive_premium(command: ReceivePremium, known: Mapping[int, Premium] | None, today: date) -> SchoolPremiumPaid:
    not_ahead(command.paid_on, today, "paid_on")
    return SchoolPremiumPaid(command.year, command.pupils, command.paid_pence, command.paid_on)


@decides(SpendPremium, given={"known": premium}, about="academy")
def spend_premium(command: SpendPremium, known: Mapping[int, Premium] | None, today: date) -> SchoolPremiumSpent:
    not_ahead(command.spent_on, today, "spent_on")
    one = (known or {}).get(command.year)
    if one is None or one.spent_pence + command.spent_pence > one.paid_pence:
        raise Refused("That is more than was paid for the year.", code="more_than_paid", field="spent_pence")
    return SchoolPremiumSpent(command.year, command.spent_pence, command.spent_on, command.on_what)


def _since_asked(one: Claim, day: date, today: date, field: str) -> None:
    not_ahead(day, today, field)
    if day < one.told.made_on:
        raise Refused("That is before it was asked for.", code="before_claim", field=field)


def _claim(made: Mapping[UUID, Claim] | None, claim: UUID) -> Claim:
    one = (made or {}).get(claim)
    if one is None:
        raise Refused("There is no such claim.", code="no_claim")
    return one


def _undecided(made: Mapping[UUID, Claim] | None, claim: UUID) -> Claim:
    one = _claim(made, claim)
    if one.agreed_pence is not None:
        raise Refused("The authority has decided this claim already.", code="no_change")
    return one
