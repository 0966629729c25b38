"""Minutes: extra time, the end of a paper, and papers that meet in a session or a day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import cites

from ..codes import DICTIONARY_PERCENT, SITTINGS, standing
from .outcome import READ_ON, Outcome, speaking

Rounding = Literal["up", "nearest"]

_cites_minutes = cites(
    "Tallystick: extra time is rounded up to the whole minute", "", as_at=READ_ON, verified=False, rule="exams R16"
)
_cites_clashes = cites(
    "Bloomfield Collegiate, examination clashes; SecEd, a guide to resolving examination clashes",
    "bloomfieldcollegiate.org.uk/examinations/examination-clashes",
    as_at=READ_ON,
    rule="exams R17",
)


class Paper(Struct, frozen=True):
    """A paper that one candidate sits."""

    base_minutes: int
    percent: int = 0  # extra time
    break_minutes: int = 0  # planned rest breaks
    qualification: str = "GCSE"


@_cites_minutes
def extra_minutes(base_minutes: int, percent: int, rounding: Rounding = "up") -> int:
    """The minutes of extra time in a paper, in whole minutes.

    No rule of rounding was found. A started minute counts, so 25% of 105 minutes are 27; a centre may round to the
    nearest minute instead, where half a minute counts.
    """
    hundredths = base_minutes * percent
    return -(-hundredths // 100) if rounding == "up" else (hundredths + 50) // 100


@_cites_minutes
def finish(
    starts_minutes: int, base_minutes: int, percent: int = 0, break_minutes: int = 0, rounding: Rounding = "up"
) -> int:
    """When a paper ends, in minutes after midnight: its start, its length, extra time and rest breaks.

    Rest breaks stop the clock: they put off the end and leave the working time as it is.

    Args:
        starts_minutes: After midnight; 540 is nine o'clock.
    """
    return starts_minutes + base_minutes + extra_minutes(base_minutes, percent, rounding) + break_minutes


@_cites_minutes
def percent_state(percent: int, on_day: date) -> Outcome:
    """Whether extra time may be that many per cent: none, 25, 26 to 50, or over 50.

    10% went with a bilingual dictionary until 2021-22.
    """
    say = speaking("R16", on_day)
    if percent not in {0, 10} and percent < 25:
        return say("BLOCK", "not_a_percentage", f"There is no extra time of {percent}%. Give 25, or more.")
    if percent == 10 and (now := standing(DICTIONARY_PERCENT, on_day).value) != 10:
        return say("WARN", "use_25", f"Extra time with a bilingual dictionary is {now}% since 2022-23. Use {now}.")
    return say("OK", "percentage", f"Extra time of {percent}%.")


@_cites_clashes
def session_clash(on_day: date, papers: tuple[Paper, ...], rounding: Rounding = "up") -> Outcome:
    """Whether one candidate can sit all papers of one session in it; extra time and rest breaks count.

    Up to three hours they can, with a supervised break of at most 20 minutes between papers. Beyond that one is moved
    to the other session of the day, under supervision.
    """
    say, limits = speaking("R17", on_day), standing(SITTINGS, on_day).value
    total = sum(_minutes(paper, rounding) for paper in papers)
    if len(papers) < 2:
        return say("OK", "no_clash", "There is one paper at most in this session.")
    if total > limits.session_minutes:
        says = f"{total} minutes are more than {limits.session_minutes}: move a paper to the day's other session."
        return say("BLOCK", "move_one", f"{says} The candidate is supervised in between.")
    says = f"{total} minutes: sit all of them, with a supervised break of at most {limits.break_minutes} minutes."
    return say("OK", "sit_all", says)


@_cites_clashes
def day_clash(on_day: date, papers: tuple[Paper, ...], rounding: Rounding = "up") -> Outcome:
    """Whether three or more papers fill so much of a day that one may be sat the next morning.

    More than 5 hours 30 minutes do, or 6 hours where all are AS and A level; extra time and rest breaks count. A day
    with both goes by the shorter limit, which nobody has confirmed.
    """
    say, limits = speaking("R17", on_day), standing(SITTINGS, on_day).value
    total = sum(_minutes(paper, rounding) for paper in papers)
    advanced = [paper.qualification in {"AS", "A-LEVEL"} for paper in papers]
    limit = limits.gce_minutes if all(advanced) else limits.gcse_minutes
    if len(papers) < limits.day_papers or total <= limit:
        return say("OK", "fits_a_day", f"{total} minutes of papers fit the day.")
    says = f"{total} minutes of papers are more than {limit}: one may be sat the next morning, supervised overnight."
    if any(advanced) and not all(advanced):
        says += " Which limit counts for a day of two levels is not confirmed."
    return say("WARN", "overnight_option", f"{says} Ask the exams officer for the form.")


def _minutes(paper: Paper, rounding: Rounding) -> int:
    return finish(0, paper.base_minutes, paper.percent, paper.break_minutes, rounding)
