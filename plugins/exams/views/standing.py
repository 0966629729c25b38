"""What of a pupil's arrangements holds on a day, until when, and which exam is the first out of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from ..codes import arrangement_on, listed
from ..rules import Outcome, centre_move, expires_on, lapses, renew_by
from .arrangements import Arrangements, Decision
from .entries import Candidate, Paper

STATES = {
    "agreed": "agreed by the centre",
    "applied": "applied for",
    "referred": "with an awarding body",
    "approved": "approved",
    "refused": "refused",
    "ended": "ended",
    "expired": "expired",
}


class Cover(msgspec.Struct, frozen=True):
    """How far an approval reaches."""

    expires_on: date
    renew_by: date
    said: Outcome
    missed: tuple[Paper, ...]
    """Papers it does not reach, in the order they sit."""


class ArrangementsTold(msgspec.Struct, frozen=True):
    """Offered as `exams.arrangements`: codes of what holds today, and no evidence."""

    codes: tuple[str, ...]
    titles: tuple[str, ...]


def title_of(arrangement: str, day: date) -> str:
    """What an arrangement is called; its key where the regulations of that day do not list it."""
    row = arrangement_on(arrangement, day) or listed(arrangement)
    return row.title if row else arrangement


def expiry(one: Decision) -> date | None:
    """The day an approval runs out: as it prints, else as the months tell; None for what is not approved."""
    if one.approved_on is None:
        return None
    return one.printed_on or expires_on(one.approved_on)


def state_on(one: Decision, day: date) -> str:
    """Its state, with "expired" for an approval that has run out by that day."""
    runs_out_on = expiry(one)
    if one.state == "approved" and runs_out_on is not None and day >= runs_out_on:
        return "expired"
    return one.state


def holding(known: Arrangements | None, day: date) -> tuple[Decision, ...]:
    """What the pupil may use on a day: agreed by the centre, or approved and not run out."""
    every = known.decisions.values() if known else ()
    return tuple(one for one in every if state_on(one, day) in {"agreed", "approved"} and one.decided_on <= day)


def cover(one: Decision, papers: Iterable[Paper], today: date) -> Cover | None:
    """How far an approval reaches over the papers still to sit; None for what is not approved."""
    runs_out_on = expiry(one)
    if one.state != "approved" or runs_out_on is None:
        return None
    ahead = sorted((paper for paper in papers if paper.sits_on >= today), key=lambda paper: paper.sits_on)
    said = lapses(runs_out_on, tuple(paper.sits_on for paper in ahead))
    missed = tuple(paper for paper in ahead if paper.sits_on >= runs_out_on)
    return Cover(runs_out_on, renew_by(runs_out_on), said, missed)


def reaches(held: Arrangements, papers: Iterable[Paper], today: date) -> dict[UUID, Cover]:
    """How far each approval reaches, by its decision; of two for one arrangement and level the further alone."""
    told: dict[tuple[str, str], tuple[Decision, Cover]] = {}
    ahead = tuple(papers)
    for one in held.decisions.values():
        reach, alike = cover(one, ahead, today), (one.arrangement, one.level)
        if reach and (alike not in told or told[alike][1].expires_on < reach.expires_on):
            told[alike] = (one, reach)
    return {one.decision: reach for one, reach in told.values()}


def serves(one: Decision, entered: Candidate | None, paper: Paper) -> Outcome:
    """Whether an approval serves for a paper: given to this centre, and not for a lower level."""
    if one.approved_on is None:
        return Outcome("OK", "centre_gives", "The centre gives it.", rule="R25")
    moved = bool(entered and entered.centre and one.centre and one.centre != entered.centre)
    return centre_move(moved, one.level, paper.level)[0]


def arrangements_told(known: Arrangements | None, today: date) -> ArrangementsTold | None:
    """What is offered to other plugins; None for a pupil without any arrangement today."""
    held = holding(known, today)
    if not held:
        return None
    return ArrangementsTold(
        tuple(one.arrangement for one in held), tuple(title_of(one.arrangement, today) for one in held)
    )
