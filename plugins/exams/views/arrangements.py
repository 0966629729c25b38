"""What was agreed, applied for, approved and refused; and what of it holds on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import (
    ApplicationReferred,
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    PrimaryArranged,
)


class Decision(msgspec.Struct, frozen=True):
    """One arrangement of one pupil, from the day it was agreed or applied for."""

    decision: UUID
    arrangement: str
    state: str
    """agreed, applied, referred, approved, refused or ended."""
    decided_on: date
    """The day it was agreed, or applied for."""
    edition: str
    checked: str
    percent: int | None = None
    break_minutes: int | None = None
    level: str = ""
    centre: str = ""
    reference: str = ""
    approved_on: date | None = None
    printed_on: date | None = None
    """The day of expiry as the approval prints it."""
    ended_on: date | None = None
    reason: str = ""
    moved_on: date = date.min
    """The day it last changed its state."""


class Primary(msgspec.Struct, frozen=True):
    """An arrangement for a primary test or the multiplication check."""

    decision: UUID
    assessment: str
    year: int
    arrangement: str
    test: str
    percent: int | None
    cause: str
    assistant: str
    arranged_on: date


class Arrangements(msgspec.Struct, frozen=True):
    """Everything ever decided for one pupil, by its id, oldest first."""

    decisions: Mapping[UUID, Decision] = {}
    primary: Mapping[UUID, Primary] = {}


@folds("exams.arrangements")
def arrangements(known: Arrangements | None, fact: Fact) -> Arrangements | None:
    """The pupil's arrangements; None when none was ever decided."""
    now = known or Arrangements()
    match fact:
        case ArrangementAgreed():
            agreed = Decision(
                fact.decision,
                fact.arrangement,
                "agreed",
                fact.agreed_on,
                fact.edition,
                fact.checked,
                break_minutes=fact.break_minutes,
                reason=fact.reason,
            )
            return _with(now, agreed)
        case ArrangementApplied():
            applied = Decision(
                fact.decision,
                fact.arrangement,
                "applied",
                fact.applied_on,
                fact.edition,
                fact.checked,
                percent=fact.percent,
                level=fact.level,
                centre=fact.centre,
                reference=fact.reference,
                reason=fact.reason,
            )
            return _with(now, applied)
        case ArrangementApproved(decision, approved_on, expires_on, reference):
            return _moved(
                now,
                decision,
                "approved",
                approved_on,
                approved_on=approved_on,
                printed_on=expires_on,
                reference=reference or None,
            )
        case ArrangementRefused(decision, refused_on):
            return _moved(now, decision, "refused", refused_on)
        case ApplicationReferred(decision, _, referred_on):
            return _moved(now, decision, "referred", referred_on)
        case ArrangementEnded(decision, ended_on):
            if decision in now.primary:
                left = {key: one for key, one in now.primary.items() if key != decision}
                return msgspec.structs.replace(now, primary=left)
            return _moved(now, decision, "ended", ended_on, ended_on=ended_on)
        case PrimaryArranged():
            told = {name: getattr(fact, name) for name in Primary.__struct_fields__}
            return msgspec.structs.replace(now, primary={**now.primary, fact.decision: Primary(**told)})
    return known


def _with(now: Arrangements, one: Decision) -> Arrangements:
    return msgspec.structs.replace(now, decisions={**now.decisions, one.decision: one})


def _moved(now: Arrangements, decision: UUID, state: str, day: date, **told: object) -> Arrangements:
    if decision not in now.decisions:
        return now
    given = {name: value for name, value in told.items() if value is not None} | {"moved_on": day}
    return _with(now, msgspec.structs.replace(now.decisions[decision], state=state, **given))
