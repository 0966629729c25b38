"""Moves of home, school and authority."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from core.law import Finding, cites
from core.periods import weeks_after, working_days_after

from ..codes import Part

_READ_ON = date(2026, 11, 22)
_KEY_STAGE_4 = {10, 11}
_error = partial(Finding, "error")


class PlanTransfer(Struct, frozen=True):
    """The last days for an EHC plan that moves with its child, both inclusive."""

    transfer_by: date
    notice_by: date  # by when the new authority says what it will do


class Authorities(Struct, frozen=True):
    """The four authorities a child may have, each by its code; None for one that is not known."""

    looking_after: str | None
    school_area: str | None
    plan: str | None
    funding: str | None


@cites(
    "Care Planning, Placement and Case Review (England) Regulations 2010, reg 10",
    "legislation.gov.uk/uksi/2010/959/regulation/10/made",
    as_at=_READ_ON,
    rule="lac 28",
)
def key_stage_4_move_findings(
    year_group: int,
    new_school: bool,
    emergency: bool = False,
    approval: str = "",
    teacher_consulted_on: date | None = None,
    reviewing_officer_consulted: bool = False,
) -> tuple[Finding, ...]:
    """What a change of placement that means a new school still lacks; in Years 10 and 11 more than in others.

    There a nominated officer approves it first, after the designated teacher and the independent reviewing officer were
    consulted. An emergency is excepted.

    Args:
        approval: The reference of the nominated officer's approval.
    """
    if not new_school:
        return ()
    if year_group not in _KEY_STAGE_4:
        says = "Ask the authority which education meets the child's needs and fits the PEP before the move."
        return (Finding("note", "plan_education", says, "year_group"),)
    if emergency:
        says = "In an emergency the move comes first. Ask the authority how it will keep the child's schooling going."
        return (Finding("note", "emergency", says, "emergency"),)
    found = []
    if not approval.strip():
        says = "A nominated officer must approve this move first. Ask the authority for the reference."
        found.append(_error("no_approval", says, "approval"))
    if teacher_consulted_on is None:
        says = "Give the day on which the designated teacher was consulted."
        found.append(_error("teacher_not_consulted", says, "teacher_consulted_on"))
    if not reviewing_officer_consulted:
        says = "Ask the authority whether the independent reviewing officer was consulted."
        found.append(_error("officer_not_consulted", says, "reviewing_officer_consulted"))
    return tuple(found)


@cites(
    "EHC plans when a child or young person moves",
    "gov.uk",
    as_at=_READ_ON,
    edition="2024-02-29",
    rule="lac 29",
)
def plan_transfer(told_on: date, moves_on: date) -> PlanTransfer:
    """By when an authority hands over an EHC plan, and by when the new one says what it will do with it.

    On the day of the move; with less notice than 15 working days, within 15 working days beginning with the day it was
    told, which is the first of them. Never before the move. The new authority has six weeks from then.
    """
    transfer_by = max(moves_on, working_days_after(told_on - timedelta(days=1), 15))
    return PlanTransfer(transfer_by, weeks_after(transfer_by, 6))


@cites("Tallystick: no authority follows from another", "", as_at=_READ_ON, verified=False, rule="lac 30")
def with_authority(known: Authorities, part: Part, code: str | None) -> Authorities:
    """The child's authorities after a letter named one: the other three stay as they are.

    Args:
        code: None when that authority is not known after all.
    """
    return replace(known, **{part: code})
