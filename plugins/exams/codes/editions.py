"""The editions of the regulations, and which of their doubtful points somebody has confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from core.law import Edition

T = TypeVar("T")

EDITIONS: tuple[Edition[date], ...] = (
    Edition(
        "2025-26",
        date(2025, 9, 1),
        date(2026, 2, 28),
        "JCQ, Access Arrangements and Reasonable Adjustments 2025-26",
        True,
        date(2026, 8, 31),
    ),
    Edition(
        "2025-26-rev2026-03",
        date(2026, 3, 1),
        None,
        "The Dyslexia Shop and Remarkable Minds on the amendment of March 2026",
        False,
        date(2026, 8, 31),
    ),
)
"""The regulations of JCQ; each value is the last day on the cover.

The day in March 2026 is not known: the first is taken. One article says that no edition of 2026-27 will come out, so
the amended one runs on until another is entered here. Rule R1 says so wherever an exam lies past its cover.
"""

POINTS = {
    "usable": "a writing score does not count beside a word processor, nor a reading score beside a reader",
    "two_low_scores": "two scores from 85 to 89, with none of 84 or less, go to the awarding body",
    "rest_break_trial": "rest breaks must be tried and fall short before 25% extra time is asked for",
    "well_below_pair": "extra time of 26% to 50% needs two scores of 69 or less in two areas of speed",
    "key_stage_2_reading": "a reader may not read the key stage 2 reading test",
}
"""Points that rest on one source, or on one nobody has checked. An outcome that hangs on one ships as a warning."""

CONFIRMED: tuple[Edition[frozenset[str]], ...] = (
    Edition("2026-11-22", date.min, None, "Tallystick: none was read at its source", False, frozenset()),
)
"""The points that were read at their source; to confirm one for everybody, end this edition and begin another."""


def standing(editions: Iterable[Edition[T]], on_day: date) -> Edition[T]:
    """The edition of a day, of a table that leaves out no day; of any other, ask `core.law.in_force`."""
    return next(edition for edition in editions if edition.covers(on_day))
