"""Scores of an assessment: from when they count, in which band they fall, which two make the criterion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

from msgspec import Struct

from core.law import cites, plain
from core.periods import academic_year

from ..codes import CONSTRUCTS, SubArea, arrangement_on, band_of, sub_areas_on
from .outcome import READ_ON, Outcome, gravity, no_edition, speaking, starred

_cites_year_9 = cites(
    "JCQ, access arrangements when a candidate changes centre, 1 September 2025",
    "jcq.org.uk/knowledge-base/access-arrangements-when-a-candidate-changes-centre",
    as_at=READ_ON,
    rule="exams R2",
)
_WRITTEN = {"WP", "WP-S"}
_READ = {"RD", "CR"}


class Score(Struct, frozen=True):
    """A standardised score: mean 100, standard deviation 15."""

    construct: str  # READING, WRITING, SPELLING or PROCESSING
    sub_area: str  # a key of SUB_AREAS, such as reading_speed
    score: int
    assessed_on: date
    test: str = ""  # name and edition
    unrecognisable: bool | None = None  # of spelling: whether words cannot be recognised; None when it is not told


@_cites_year_9
def year9_start(born_on: date, started_on: date | None = None) -> date:
    """The first day of Year 9, before which no assessment counts.

    Year 9 begins on 1 September, thirteen to fourteen years after birth: a pupil born on 31 August 2011 begins it in
    2024, one born the next day in 2025.

    Args:
        started_on: The day Year 9 really began, for a pupil out of their cohort; None for one in it.
    """
    return started_on or date(academic_year(born_on) + 14, 9, 1)


@_cites_year_9
def assessed_in_time(tested_on: date, born_on: date, year9_started_on: date | None = None) -> Outcome:
    """Whether an assessment was made late enough to count: in Year 9 or after.

    Args:
        year9_started_on: For a pupil out of their cohort; None for one in it.
    """
    floor = year9_start(born_on, year9_started_on)
    if tested_on < floor:
        says = f"The test of {plain(tested_on)} was before Year 9, which began on {plain(floor)}. Assess again."
        return Outcome("BLOCK", "before_year_9", says, rule="R2", day=floor)
    return Outcome("OK", "tested_in_time", "The test was in Year 9 or after.", rule="R2", day=floor)


@cites(
    "Remarkable Minds, evidence of the need for extra time, March 2026; Patoss, 2021-22",
    "remarkableminds.app/answers/how-do-we-evidence-the-need-for-extra-time-in-exams",
    as_at=READ_ON,
    verified=False,
    rule="exams R3",
)
def band(score: int, decided_on: date) -> Outcome:
    """The band of a standardised score, a whole number from 40 to 160.

    69 or less is well below average, 84 or less below average, 85 to 89 low average; 90 and more does not count.
    """
    say = speaking("R3", decided_on)
    found = band_of(score, decided_on)
    if found is None:
        return say("BLOCK", "not_a_score", f"{score} is not a standardised score. Give a whole number from 40 to 160.")
    return say("OK", found.key, f"{score}: {found.title.lower()}.")


@cites(
    "SEND Pathways, is your folder ready for inspection, 20 September 2024",
    "sendpathways.co.uk/eaa_folder_inspection",
    as_at=READ_ON,
    verified=False,
    rule="exams R4",
)
def usable(scores: tuple[Score, ...], uses: tuple[str, ...] = ()) -> tuple[Score, ...]:
    """The scores that still show a need in a subject, beside what the candidate uses there.

    A word processor takes away the scores of writing, a reader or computer reader those of reading.

    Args:
        uses: Keys of the arrangements used in that subject, such as WP or CR.
    """
    dropped = {"WRITING"} if _WRITTEN & set(uses) else set()
    if _READ & set(uses):
        dropped.add("READING")
    return tuple(score for score in scores if score.construct not in dropped)


@cites(
    "Patoss, how to get the two qualifying scores for 25% extra time, 2021-22; Remarkable Minds, 2025-26",
    "patoss-dyslexia.org/OnDemand/ondemand-how-to-get-the-two-qualifying-scores-for-25-extra-time/13628",
    as_at=READ_ON,
    edition="2021-22",
    rule="exams R5",
)
def pair(
    decided_on: date, scores: tuple[Score, ...], uses: tuple[str, ...] = (), confirmed: tuple[str, ...] = ()
) -> Outcome:
    """Whether two scores meet the criterion of 25% extra time: one of 84 or less, another of 89 or less.

    They must come from different areas of speed. Reading speed and reading comprehension speed are one area; two scores
    of processing pair where their sub-areas differ. Two scores from 85 to 89 are for the awarding body to judge.

    Args:
        uses: Keys of the arrangements used in the subject; they may take scores away (R4).
        confirmed: Doubtful points the centre has confirmed.
    """
    if arrangement_on("ET25", decided_on) is None:
        return no_edition("R5", decided_on)
    return judged(_criterion, decided_on, scores, uses, confirmed)


def judged(
    criterion: Callable[[date, tuple[Score, ...]], Outcome],
    decided_on: date,
    scores: tuple[Score, ...],
    uses: tuple[str, ...],
    confirmed: tuple[str, ...],
) -> Outcome:
    """A criterion held against the usable scores; in doubt where it is in doubt whether all of them are."""
    if (fault := score_fault(decided_on, scores)) is not None:
        return fault
    outcome = criterion(decided_on, usable(scores, uses))
    points = ("usable",) if gravity(outcome) > gravity(criterion(decided_on, scores)) else ()
    if outcome.level == "REFER":
        points = (*points, outcome.code)
    return starred(outcome, points, decided_on, confirmed)


def score_fault(decided_on: date, scores: tuple[Score, ...]) -> Outcome | None:
    """The first thing that makes a score no score: its number, or a sub-area that its construct does not have."""
    say = speaking("R3", decided_on)
    for score in scores:
        if (outcome := band(score.score, decided_on)).level == "BLOCK":
            return outcome
        sub_area = sub_area_of(score, decided_on)
        if sub_area is None or sub_area.construct != score.construct:
            construct = CONSTRUCTS.get(score.construct, score.construct)
            says = f"{construct} has no sub-area '{score.sub_area}'. Choose one that the test measures."
            return say("BLOCK", "not_a_sub_area", says)
    return None


def sub_area_of(score: Score, on_day: date) -> SubArea | None:
    """The sub-area a score measures; None where it is not one we know."""
    return next((one for one in sub_areas_on(on_day) if one.key == score.sub_area), None)


def speeds(decided_on: date, scores: tuple[Score, ...], *bands: str) -> tuple[Score, ...]:
    """The scores of speed that fall in one of these bands."""
    return tuple(
        score
        for score in scores
        if (sub_area := sub_area_of(score, decided_on))
        and sub_area.of_speed
        and (found := band_of(score.score, decided_on))
        and found.key in bands
    )


def two_areas(scores: tuple[Score, ...]) -> tuple[tuple[Score, Score], ...]:
    """Every two scores that come from different areas, or from different sub-areas of processing."""
    return tuple((one, other) for one, other in combinations(scores, 2) if _area(one) != _area(other))


def _area(score: Score) -> str:
    return score.sub_area if score.construct == "PROCESSING" else score.construct


def _criterion(decided_on: date, scores: tuple[Score, ...]) -> Outcome:
    say = speaking("R5", decided_on)
    below = speeds(decided_on, scores, "well_below_average", "below_average")
    counting = speeds(decided_on, scores, "well_below_average", "below_average", "low_average")
    pairs = two_areas(counting)
    if any(one in below or other in below for one, other in pairs):
        return say("OK", "criterion_met", "Two scores from different areas of speed meet the score criterion.")
    if pairs:
        says = "Two scores are low average, none is lower. Only a rare case goes on, with a detailed picture of need."
        return say("REFER", "two_low_scores", says)
    if len(counting) > 1:
        says = "The scores that count are from one area of speed. Assess another area."
        return say("BLOCK", "same_area", says)
    says = "Fewer than two scores of speed count. Assess another area, or consider supervised rest breaks."
    return say("BLOCK", "too_few_scores", says)
