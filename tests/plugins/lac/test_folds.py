"""What goes on from something that was taken back changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from events import Fact, View
from plugins.lac.facts import (
    AttendanceCounted,
    CareReviewHeld,
    ClaimAgreed,
    ClaimMade,
    ClaimPaid,
    ClaimRefused,
    ClaimSpent,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepReturned,
    PepSent,
    PepStarted,
    PepTakenBack,
    SdqScored,
    SectionWritten,
    TargetJudged,
    TargetSet,
    VoiceGiven,
)
from plugins.lac.views import claims, peps

DAY = date(2026, 11, 2)
KNOWN, GONE = UUID(int=1), UUID(int=2)


def claim_of(one: UUID) -> tuple[Fact, ...]:
    """Everything that may come of a claim."""
    return (
        ClaimAgreed(one, 40_000, DAY),
        ClaimRefused(one, DAY, "Not for this"),
        ClaimPaid(one, 40_000, DAY),
        ClaimSpent(one, 12_345, DAY, "Tutor"),
    )


def plan_of(one: UUID) -> tuple[Fact, ...]:
    """Everything that may come of a plan."""
    return (
        MeetingHeld(one, DAY, ("child",), None),
        VoiceGiven(one, "spoken", DAY, "I like art"),
        SectionWritten(one, "strengths", "child", DAY, "Art"),
        AttendanceCounted(one, DAY, DAY, 10, 0, DAY),
        TargetSet(one, one, "School", "weekly", 0, DAY, DAY, "Reading", "Read a book", "None yet"),
        PepMadeReady(one, DAY),
        PepTakenBack(one, DAY),
        PepSent(one, DAY, "0" * 64),
        PepReturned(one, DAY, "More, please"),
        PepAgreed(one, DAY, (), "Good"),
    )


def folded(view: View[Any], *facts: Fact) -> Any:
    known = None
    for fact in facts:
        known = view(known, fact)
    return known


CLAIM = ClaimMade(KNOWN, KNOWN, KNOWN, 50_000, DAY, DAY, "", DAY, "Tutor")
PLAN = PepStarted(KNOWN, "initial", "341", None, DAY, None, None, date(2026, 10, 19))
BOTH = [(claims, CLAIM, claim_of), (peps, PLAN, plan_of)]


@pytest.mark.parametrize(("view", "begun", "then"), BOTH)
def test_what_comes_of_one_that_is_not_known_changes_nothing(view: View[Any], begun: Fact, then: Any) -> None:
    for fact in (*then(GONE), TargetJudged(GONE, "met", DAY, "Seen")):
        assert folded(view, fact) is None
        assert folded(view, begun, fact) == folded(view, begun)


@pytest.mark.parametrize(("view", "begun", "then"), BOTH)
def test_whatever_comes_of_one_that_is_known_is_told(view: View[Any], begun: Fact, then: Any) -> None:
    for fact in then(KNOWN):
        assert folded(view, begun, fact) != folded(view, begun), fact


def test_a_fact_of_another_view_changes_nothing() -> None:
    assert claims(None, PLAN) is None
    assert peps(None, SdqScored(12, "", DAY)) is None
    assert folded(peps, CareReviewHeld(DAY)).reviews == (DAY,)
