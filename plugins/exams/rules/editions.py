"""Which edition of the regulations a decision goes by."""

from __future__ import annotations

from datetime import date

from core.law import cites, in_force, plain

from ..codes import EDITIONS
from .outcome import READ_ON, Outcome, no_edition, speaking

_cites_editions = cites(
    "JCQ, AARA 2025-26; the amendment of March 2026, as The Dyslexia Shop tells it",
    "jcq.org.uk/knowledge-hub/adjustments-for-candidates-with-disabilities-and-learning-difficulties",
    as_at=READ_ON,
    verified=False,
    edition="2025-26-rev2026-03",
    rule="exams R1",
)


@_cites_editions
def edition_on(decided_on: date) -> str | None:
    """The edition of the regulations that a decision of that day goes by; None before the first that is held."""
    edition = in_force(EDITIONS, decided_on)
    return edition.name if edition else None


@_cites_editions
def edition_state(decided_on: date, exam_on: date) -> Outcome:
    """Whether the edition of the day of decision reaches the exam, by the last day on its cover."""
    edition = in_force(EDITIONS, decided_on)
    if edition is None:
        return no_edition("R1", decided_on)
    say = speaking("R1", decided_on)
    if edition.value < exam_on:
        says = (
            f"The cover of edition {edition.name} ends on {plain(edition.value)}, before the exam. "
            "Ask the exams officer whether it still counts."
        )
        return say("WARN", "edition_unconfirmed", says)
    return say("OK", "edition_covers", f"Edition {edition.name} covers the exam.")
