"""What assessors measure, in which bands a score falls, and how much evidence is enough."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Edition

from .editions import standing

CONSTRUCTS = {
    "READING": "Reading",
    "WRITING": "Writing",
    "SPELLING": "Spelling",
    "PROCESSING": "Cognitive processing",
}


class SubArea(Struct, frozen=True):
    """One thing that a test measures."""

    key: str
    title: str
    construct: str
    of_speed: bool  # it tells how fast a candidate works, so it may count towards extra time


SUB_AREAS: tuple[Edition[tuple[SubArea, ...]], ...] = (
    Edition(
        "2021-22",
        date.min,
        None,
        "Patoss, the two qualifying scores, 2021-22; the names of the sub-areas are general knowledge",
        False,
        (
            SubArea("reading_speed", "Reading speed", "READING", True),
            SubArea("reading_comprehension_speed", "Reading comprehension speed", "READING", True),
            SubArea("reading_accuracy", "Reading accuracy", "READING", False),
            SubArea("reading_comprehension", "Reading comprehension", "READING", False),
            SubArea("writing_speed", "Writing speed", "WRITING", True),
            SubArea("legibility", "Legibility of writing", "WRITING", False),
            SubArea("spelling_accuracy", "Spelling accuracy", "SPELLING", False),
            SubArea("phonological", "Phonological processing", "PROCESSING", True),
            SubArea("rapid_naming", "Rapid naming", "PROCESSING", True),
            SubArea("working_memory", "Working memory", "PROCESSING", True),
            SubArea("visual_processing", "Visual processing", "PROCESSING", True),
            SubArea("processing_speed", "Speed of processing", "PROCESSING", True),
        ),
    ),
)
"""Reading speed and reading comprehension speed are one area; sub-areas of processing may pair with each other."""


def sub_areas_on(on_day: date) -> tuple[SubArea, ...]:
    """What an assessor may have measured, on that day."""
    return standing(SUB_AREAS, on_day).value


class Band(Struct, frozen=True):
    """A range of standardised scores, both ends inclusive."""

    key: str
    title: str
    lowest: int
    highest: int


_BANDS = (
    Band("well_below_average", "Well below average", 40, 69),
    Band("below_average", "Below average", 70, 84),
    Band("low_average", "Low average", 85, 89),
    Band("does_not_count", "Average or above: does not count", 90, 160),
)
BANDS: tuple[Edition[tuple[Band, ...]], ...] = (
    Edition("2021-22", date.min, None, "Remarkable Minds; Patoss; 69 is general knowledge", False, _BANDS),
)
"""84 and 89 were read in two sources, 69 in none. Since when they hold is known for 2021-22 and later."""


class Enough(Struct, frozen=True):
    """How much evidence is enough, in each relevant subject and of a trial."""

    marked_tests: int
    comments: int


ENOUGH: tuple[Edition[Enough], ...] = (
    Edition("2025-26", date.min, None, "Devon County Council, AARA 2025-26; the numbers are ours", False, Enough(1, 1)),
)

PROFICIENCY = {
    "A": "New to English",
    "B": "Early acquisition",
    "C": "Developing competence",
    "D": "Competent",
    "E": "Fluent",
}


def band_of(score: int, on_day: date) -> Band | None:
    """The band of a score; None for a number that no standardised test gives."""
    return next((band for band in standing(BANDS, on_day).value if band.lowest <= score <= band.highest), None)
