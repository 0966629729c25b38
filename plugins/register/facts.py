"""What happens to a pupil on the SEN register."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class PlacedOnRegister(Fact, frozen=True, tag="register.placed/1", record="register.support", on="placed_on"):
    """The pupil came onto the register: SEN support, or an EHC plan."""

    provision: str
    """K or E."""
    needs: tuple[str, ...]
    """Census codes in rank: the first is the primary need."""
    placed_on: date
    parents_told_on: date | None
    reason: FreeText


class MovedOnRegister(Fact, frozen=True, tag="register.moved/1", record="register.support", on="moved_on"):
    """The pupil's provision became another, the pupil staying on the register."""

    provision: str
    needs: tuple[str, ...]
    moved_on: date
    parents_told_on: date | None
    reason: FreeText


class NeedsChanged(Fact, frozen=True, tag="register.needs_changed/1", record="register.support", on="changed_on"):
    """The needs, or their ranks, became others; the provision stayed."""

    needs: tuple[str, ...]
    changed_on: date
    reason: FreeText


class TakenOffRegister(Fact, frozen=True, tag="register.taken_off/1", record="register.support", on="taken_off_on"):
    """The pupil came off the register: no SEN from this day on, and every need ended."""

    taken_off_on: date
    parents_told_on: date | None
    reason: FreeText


class PlanIssued(Fact, frozen=True, tag="register.plan_issued/1", record="register.plan", on="made_on"):
    """The local authority made the pupil's EHC plan."""

    made_on: date
    """The day on the plan, not the day it was entered."""


class ReviewEnded(Fact, frozen=True, tag="register.review_ended/1", record="register.plan", on="ended_on"):
    """The annual review ended: the authority gave its decision."""

    ended_on: date
    """The day on the decision letter, not the day it was entered."""


class SampleDrawn(Fact, frozen=True, tag="register.sample_drawn/1", record="register.sample", on="drawn_on"):
    """Pupils on the register were drawn for governors to look at how they are helped, without their names."""

    sample: UUID
    pupils: tuple[UUID, ...]
    until_by: date
    """The last day on which it can be looked at, inclusive."""
    by_chance: bool
    """Whether chance drew them, or somebody's hand."""
    drawn_on: date
    why: FreeText
