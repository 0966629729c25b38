"""What is decided about an academy's budget: what it gets, what it plans, what it moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, Struct, structs

from core.command import Command, decides, not_ahead, one_of, refuse_first
from core.errors import Refused
from core.ids import uuid_for

from ..codes import FUNDS, PRINCIPLES, RETURN_LINES
from ..facts import (
    BudgetApproved,
    BudgetDrafted,
    BudgetLine,
    FundingAllocated,
    FundingNotified,
    IncomeReceived,
    VirementApproved,
    VirementAsked,
)
from ..rules import Standing, virement_findings
from ..views import Books, Budgets, available_of, books, budgets, standings
from .approving import limit_of, may_sign, not_closed, two_people
from .fields import Name, Pence, Sum, Words, Year

if TYPE_CHECKING:
    from core.desk import Desk


class NotifyFunding(Command, frozen=True):
    """The department or an authority said what the academy gets."""

    fund: Annotated[str, Meta(title="the fund")]
    year: Year
    pence: Pence
    notified_on: Annotated[date, Meta(title="the day of the letter")]
    authority: Annotated[str, Meta(max_length=100)] = ""
    reference: Annotated[str, Meta(max_length=100)] = ""


class AllocateFunding(Command, frozen=True):
    """The trust gives the academy its part of a fund."""

    fund: Annotated[str, Meta(title="the fund")]
    year: Year
    pence: Sum
    reason: Annotated[str, Meta(max_length=1000)] = ""


class ReceiveIncome(Command, frozen=True):
    """Money came in."""

    fund: Annotated[str, Meta(title="the fund")]
    pence: Pence
    received_on: Annotated[date, Meta(title="the day it came")]
    reference: Annotated[str, Meta(max_length=100)] = ""


class NewLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A line as it is drafted; `line` names one of an earlier version, and None makes a new one."""

    name: Annotated[str, Meta(title="the name", min_length=1, max_length=100)]
    fund: Annotated[str, Meta(title="the fund")]
    code: Annotated[str, Meta(title="the code of the return")]
    pence: Sum
    cost_centre: Annotated[str, Meta(max_length=40)] = "SEN"
    principle: str = ""
    profile: tuple[Annotated[int, Meta(ge=0, le=1000)], ...] = ()
    owner: Annotated[str, Meta(max_length=100)] = ""
    line: UUID | None = None


class DraftBudget(Command, frozen=True):
    """A version of the budget of an academic year, with all its lines."""

    year: Year
    name: Annotated[Name, Meta(title="what the version is called")]
    lines: Annotated[tuple[NewLine, ...], Meta(title="the lines", min_length=1, max_length=200)]


class ApproveBudget(Command, frozen=True):
    """A version becomes the year's budget."""

    version: UUID
    minute: Annotated[Name, Meta(title="where the approval stands")]


class AskVirement(Command, frozen=True):
    """Money is to move from one line to another."""

    source: Annotated[UUID, Meta(title="the line it comes from")]
    target: Annotated[UUID, Meta(title="the line it goes to")]
    pence: Pence
    reason: Words


class ApproveVirement(Command, frozen=True):
    """A move that was asked for is made."""

    virement: UUID


@decides(NotifyFunding, given={"known": budgets}, about="academy")
def notify_funding(command: NotifyFunding, known: Budgets | None, today: date, command_id: UUID) -> FundingNotified:
    one_of(command.fund, FUNDS, "fund", "the fund")
    not_ahead(command.notified_on, today, "notified_on")
    fund = FUNDS[command.fund]
    if fund.payer == "authority" and not command.authority.strip():
        raise Refused("Say which authority pays it.", code="no_authority", field="authority")
    return FundingNotified(
        command_id,
        command.fund,
        fund.year,
        command.year,
        command.authority.strip(),
        command.pence,
        command.reference,
        command.notified_on,
    )


@decides(AllocateFunding, given={"known": budgets}, about="academy")
def allocate_funding(command: AllocateFunding, known: Budgets | None, today: date) -> FundingAllocated:
    one_of(command.fund, FUNDS, "fund", "the fund")
    return FundingAllocated(command.fund, command.year, command.pence, today, command.reason)


@decides(ReceiveIncome, given={"known": budgets}, about="academy")
def receive_income(command: ReceiveIncome, known: Budgets | None, today: date, command_id: UUID) -> IncomeReceived:
    one_of(command.fund, FUNDS, "fund", "the fund")
    not_ahead(command.received_on, today, "received_on")
    if FUNDS[command.fund].memo:
        raise Refused(
            "The notional SEN budget is a part of core funding: it is planned with and never paid.",
            code="memo",
            field="fund",
        )
    not_closed(known or Budgets(), command.received_on, "received_on")
    return IncomeReceived(command_id, command.fund, command.pence, command.reference, command.received_on)


@decides(DraftBudget, given={"known": budgets}, about="academy")
def draft_budget(
    command: DraftBudget, known: Budgets | None, today: date, command_id: UUID, desk: Desk
) -> BudgetDrafted:
    """Each line out of one fund; those under a memo fund would be money that never comes.

    A line that was there before stays what it was, and stays as long as anything was spent, ordered or moved on it.
    """
    lines, names, earlier = [], set[str](), _lines_before(known or Budgets())
    for number, one in enumerate(command.lines, start=1):
        _fits(one, number)
        _stays(one, number, command.year, earlier)
        if one.name.strip().casefold() in names:
            raise Refused(f"Two lines are called {one.name.strip()}.", code="twice", field="lines")
        names.add(one.name.strip().casefold())
        lines.append(
            BudgetLine(
                one.line or uuid_for(command_id, "line", number),
                one.name.strip(),
                one.fund,
                one.cost_centre,
                one.code,
                one.principle,
                one.pence,
                one.profile,
                one.owner,
            )
        )
    if len({line.line for line in lines}) != len(lines):
        raise Refused("A line stands in this draft twice.", code="twice", field="lines")
    _keeps_what_is_used(books(desk), command.year, {line.line for line in lines})
    return BudgetDrafted(command_id, command.year, command.name.strip(), tuple(lines), desk.person_id, today)


def _lines_before(known: Budgets) -> dict[UUID, tuple[int, str]]:
    """Year and fund of every line of every version."""
    told = [one.told for one in known.versions.values()]
    return {line.line: (version.year, line.fund) for version in told for line in version.lines}


def _stays(one: NewLine, number: int, year: int, earlier: Mapping[UUID, tuple[int, str]]) -> None:
    if one.line is None:
        return
    if one.line not in earlier or earlier[one.line][0] != year:
        raise Refused(
            f"Line {number} is no line of this year's budget. Enter it as a new one.", code="no_line", field="lines"
        )
    if earlier[one.line][1] != one.fund:
        raise Refused(
            f"Line {number} belongs to {FUNDS[earlier[one.line][1]].title}. Enter a new line for another fund.",
            code="other_fund",
            field="lines",
        )


def _keeps_what_is_used(found: Books, year: int, kept: set[UUID]) -> None:
    """Refuses a version without a line on which money was spent, ordered or moved: it would be counted nowhere."""
    standing = found.budgets.standing(year)
    used = {line for line, at in standings(found).items() if at != Standing(0, 0, 0)}
    used |= {line for one in found.budgets.virements.values() for line in (one.told.source, one.told.target)}
    for line in standing.told.lines if standing else ():
        if line.line in used - kept:
            raise Refused(
                f"{line.name} has been used this year. Keep the line, with nothing on it if need be.",
                code="line_in_use",
                field="lines",
            )


def _fits(one: NewLine, number: int) -> None:
    fund = FUNDS.get(one.fund)
    if fund is None or fund.memo:
        raise Refused(f"Line {number}: choose a fund that pays.", code="not_in_list", field="lines")
    if one.code not in RETURN_LINES or RETURN_LINES[one.code].income:
        raise Refused(f"Line {number}: choose a spending line of the return.", code="not_in_list", field="lines")
    if (one.fund == "inclusive") != (one.principle in PRINCIPLES.value):
        says = (
            "choose its principle of inclusion" if one.fund == "inclusive" else "only the inclusive fund has principles"
        )
        raise Refused(f"Line {number}: {says}.", code="not_in_list", field="lines")
    if one.profile and (len(one.profile) != 12 or not any(one.profile)):
        raise Refused(f"Line {number}: a profile has twelve months, September first.", code="profile", field="lines")


@decides(ApproveBudget, given={"known": budgets}, about="academy")
def approve_budget(command: ApproveBudget, known: Budgets | None, today: date, desk: Desk) -> BudgetApproved:
    """Two people: nobody approves what they drafted."""
    may_sign(desk, "finance.budget")
    version = (known or Budgets()).versions.get(command.version)
    if version is None:
        raise Refused("There is no such version.", code="no_version")
    if version.approved:
        raise Refused("This version is approved already.", code="no_change")
    two_people(version.told.drafted_by, desk)
    _keeps_what_is_used(books(desk), version.told.year, {line.line for line in version.told.lines})
    return BudgetApproved(command.version, command.minute, desk.person_id, today)


@decides(AskVirement, given={"known": budgets}, about="academy")
def ask_virement(
    command: AskVirement, known: Budgets | None, today: date, command_id: UUID, desk: Desk
) -> list[VirementAsked | VirementApproved]:
    """Made at once when it lies within what the person may move; else it waits for somebody who may."""
    asked = VirementAsked(
        command_id, command.source, command.target, command.pence, desk.person_id, today, command.reason
    )
    _may_move(known or Budgets(), asked, desk)
    if command.pence <= limit_of(known or Budgets(), desk).virement_pence:
        return [asked, VirementApproved(command_id, desk.person_id, today)]
    return [asked]


@decides(ApproveVirement, given={"known": budgets}, about="academy")
def approve_virement(command: ApproveVirement, known: Budgets | None, today: date, desk: Desk) -> VirementApproved:
    may_sign(desk, "finance.budget")
    one = (known or Budgets()).virements.get(command.virement)
    if one is None or one.approved:
        raise Refused("There is no such move to approve.", code="no_change")
    two_people(one.told.asked_by, desk)
    _may_move(known or Budgets(), one.told, desk, limit_of(known or Budgets(), desk).virement_pence)
    return VirementApproved(command.virement, desk.person_id, today)


def _may_move(known: Budgets, asked: VirementAsked, desk: Desk, limit_pence: int | None = None) -> None:
    source, target = known.line(asked.source), known.line(asked.target)
    if source is None or target is None or source[0] != target[0]:
        raise Refused("Choose two lines of one year's budget.", code="not_in_list", field="target")
    refuse_first(
        virement_findings(
            asked.pence,
            available_of(structs.replace(books(desk), budgets=known), asked.source),
            source[1].fund,
            target[1].fund,
            str(asked.source),
            str(asked.target),
            limit_pence,
        ),
        {"source_fund": "source", "target_fund": "target"},
    )
