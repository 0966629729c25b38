"""What states of an application are called on these pages, and how they look."""

from __future__ import annotations

from typing import Any

from core.wording import day

from ...codes import EXITS, FROM_OFFER, FROM_SHORTLIST, STATES, STEPS
from ...views import Application

AWARDS = {
    "none": "None",
    "studying": "Studying for it now",
    "nasenco": "National Award for SEN Co-ordination (NASENCO)",
    "npq": "NPQ for SENCOs",
}


def state_tag(one: Application) -> dict[str, str]:
    """A state in words, with its kind."""
    kind = "late" if one.state in EXITS else "well" if one.state in FROM_OFFER else "plain"
    if one.state in FROM_SHORTLIST - FROM_OFFER:
        kind = "soon"
    return {"text": STATES[one.state], "kind": "plain" if one.state in EXITS else kind}


def steps_of(one: Application, *, hidden: bool) -> list[dict[str, Any]]:
    """The way to the first day at work: what is done, where it stands, what lies ahead; an end stands last.

    Args:
        hidden: Whether a blind panel reads it: when an application came is no ground for anything.
    """
    reached: dict[str, Any] = {} if hidden else {"submitted": one.told.made_on}
    reached |= {move.to: move.moved_on for move in one.moves}
    ended, now = one.state in EXITS, one.came_from or one.state
    at = STEPS.index(now)
    found = [
        {
            "text": STATES[step],
            "when": day(reached[step]) if place <= at and step in reached else "",
            "kind": "done" if place < at or (ended and place == at) else "now" if place == at else "",
        }
        for place, step in enumerate(STEPS)
        if step != "draft" and not (ended and place > at)
    ]
    if ended:
        found.append({"text": STATES[one.state], "when": day(one.moves[-1].moved_on), "kind": "now"})
    return found
