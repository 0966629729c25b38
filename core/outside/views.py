"""Where the half went, and when last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from core.outside.facts import HalfSent, Place
from events import Fact, folds


@folds("core.running")
def halves_sent(known: Mapping[Place, HalfSent] | None, fact: Fact) -> Mapping[Place, HalfSent] | None:
    """The last half that each place got."""
    match fact:
        case HalfSent(place):
            return {**(known or {}), place: fact}
    return known


def is_overdue(last: HalfSent | None, today: date) -> bool:
    """Whether a place that should get one every day has had none for more than two days, or never."""
    return last is None or today - last.sent_on > timedelta(days=2)
