"""What a school decides about its register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides
from core.errors import Refused
from core.law import Finding, errors
from core.roll.views import pupil
from events import Fact

from .codes import sampling
from .facts import (
    MovedOnRegister,
    NeedsChanged,
    PlacedOnRegister,
    PlanIssued,
    ReviewEnded,
    SampleDrawn,
    TakenOffRegister,
)
from .rules import (
    Need,
    ProvisionRow,
    need_findings,
    no_sen_findings,
    provision_date_findings,
    provision_findings,
    rank_findings,
    status_change_findings,
)
from .views import PROVISION_NAMES, Plan, Support, plan, samples, support

if TYPE_CHECKING:
    from core.desk import Desk


class ChangeStatus(Command, frozen=True):
    """Place a pupil on the register, move them on it, or take them off."""

    provision: Annotated[Literal["N", "K", "E"], Meta(title="a provision")]
    on: Annotated[date, Meta(title="the day it holds from")]
    need_1: str = ""
    need_2: str = ""
    need_3: str = ""
    need_4: str = ""
    told: Annotated[date | None, Meta(title="the day the parents were told")] = None
    reason: Annotated[str, Meta(max_length=4000)] = ""

    @property
    def needs(self) -> tuple[Need, ...]:
        """Those given, with the rank each was given at."""
        given = (self.need_1, self.need_2, self.need_3, self.need_4)
        return tuple(Need(code, rank) for rank, code in enumerate(given, 1) if code)


class IssuePlan(Command, frozen=True):
    """The authority made an EHC plan."""

    made_on: Annotated[date, Meta(title="the day on the plan")]


class DrawSample(Command, frozen=True):
    """Draw pupils on the register for governors, who see how they are helped and not who they are."""

    pupils: Annotated[tuple[UUID, ...], Meta(title="which pupils", min_length=1, max_length=100)]
    until_by: Annotated[date, Meta(title="the last day")]
    why: Annotated[str, Meta(title="what it is for", min_length=1, max_length=400)]
    by_chance: bool = False


class EndReview(Command, frozen=True):
    """The annual review ended."""

    ended_on: Annotated[date, Meta(title="the day on the authority's decision")]


@decides(ChangeStatus, given={"now": support})
def change_status(command: ChangeStatus, now: Support | None, today: date, subject: UUID, desk: Desk) -> Fact:
    if command.on > today:
        raise Refused("The day must be today or in the past.", code="in_future", field="on")
    if command.told is not None and command.told > today:
        raise Refused("The parents cannot have been told in the future.", code="in_future", field="told")
    if (who := desk.log.see(pupil, subject)) is not None:
        row = ProvisionRow(command.provision, command.on)
        _refuse_first(provision_date_findings(row, who.born_on), {"started_on": "on"})
    held = now.on(command.on) if now else None
    before, needs_before = (held.provision, held.needs) if held else ("N", ())
    codes = tuple(need.code for need in command.needs)
    if (command.provision, codes) == (before, needs_before):
        raise Refused(
            f"On {command.on:%-d %B %Y} that was so already: {PROVISION_NAMES[before]}.",
            code="no_change",
            field="provision",
        )
    _refuse_first(provision_findings(command.provision, None), {})
    if command.provision == "N":
        _refuse_first(no_sen_findings("N", command.needs), {})
    else:
        for need in command.needs:
            _refuse_first(need_findings(need.code, command.on), {}, f"need_{need.rank}")
        _refuse_first(rank_findings(command.provision, command.needs), {}, "need_1")
        if len(set(codes)) < len(codes):
            raise Refused("The same need stands twice.", code="need_twice", field="need_2")
    changes = status_change_findings(before, command.provision, command.on, command.reason, command.told)
    _refuse_first(changes, {"on_day": "on", "parents_told_on": "told"})
    if not command.reason.strip():
        raise Refused("Say why, so that whoever reads this later can tell.", code="no_reason", field="reason")
    if command.provision == "N":
        return TakenOffRegister(command.on, command.told, command.reason)
    if before == "N":
        return PlacedOnRegister(command.provision, codes, command.on, command.told, command.reason)
    if before == command.provision:
        return NeedsChanged(codes, command.on, command.reason)
    return MovedOnRegister(command.provision, codes, command.on, command.told, command.reason)


@decides(IssuePlan, given={"known": plan})
def issue_plan(command: IssuePlan, known: Plan | None, today: date, subject: UUID, desk: Desk) -> PlanIssued:
    if command.made_on > today:
        raise Refused("A plan cannot have been made in the future.", code="in_future", field="made_on")
    if (who := desk.log.see(pupil, subject)) is not None and command.made_on < who.born_on:
        raise Refused("A plan cannot have been made before the pupil was born.", code="before_birth", field="made_on")
    if known is not None and known.made_on == command.made_on:
        raise Refused("This plan is recorded already.", code="no_change", field="made_on")
    return PlanIssued(command.made_on)


@decides(EndReview, given={"known": plan})
def end_review(command: EndReview, known: Plan | None, today: date) -> ReviewEnded:
    if known is None:
        raise Refused("This pupil has no EHC plan to review. Record the plan first.", code="no_plan")
    if command.ended_on > today:
        raise Refused("A review cannot end in the future.", code="in_future", field="ended_on")
    if command.ended_on < known.made_on:
        raise Refused("A review cannot end before the plan was made.", code="before_plan", field="ended_on")
    return ReviewEnded(command.ended_on)


def _refuse_first(findings: Iterable[Finding], fields: dict[str, str], field: str | None = None) -> None:
    """Refuses with the first error among findings, at the form's own field."""
    for finding in errors(findings):
        at = field or fields.get(finding.field or "", finding.field)
        raise Refused(finding.says, code=finding.code, field=at)


@decides(DrawSample, given={"known": samples}, about="academy")
def draw_sample(command: DrawSample, today: date, command_id: UUID, desk: Desk, known: object) -> SampleDrawn:
    """Of pupils on the register now, whom whoever draws may read of."""
    most, drawn = sampling(today), tuple(dict.fromkeys(command.pupils))
    if len(drawn) > most.pupils:
        raise Refused(f"Draw {most.pupils} pupils at most.", code="too_many", field="pupils")
    if not 0 <= (command.until_by - today).days < most.days:
        raise Refused(f"Say until when: {most.days} days at most.", code="no_end", field="until_by")
    for key in drawn:
        now = desk.see(support, key) if desk.may("read", support.record, key) else None
        if now is None or now.provision == "N":
            raise Refused("Only pupils on the register are drawn.", code="not_on_register", field="pupils")
    return SampleDrawn(command_id, drawn, command.until_by, command.by_chance, today, command.why)
