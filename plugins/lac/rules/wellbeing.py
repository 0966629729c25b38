"""The strengths and difficulties questionnaire, and attendance."""

from __future__ import annotations

from datetime import date
from functools import partial

from core.law import Finding, cites
from core.periods import age_on, last_day

from ..codes import PERSISTENT_ABSENCE, SDQ_BANDS, SDQ_REASONS

_READ_ON = date(2026, 11, 22)
_HIGHEST_SCORE = 40
_error = partial(Finding, "error")

_cites_return = cites(
    "SSDA903 public rule set",
    "github.com/data-to-insight/csc-validator-be-903",
    as_at=_READ_ON,
    edition="2026-04-22",
    rule="lac 24",
)


@_cites_return
def sdq_findings(score: str, reason: str) -> tuple[Finding, ...]:
    """What is wrong with a questionnaire's total as typed: a whole number from 0 to 40, or a reason, never both.

    Args:
        reason: The code of why there is no total, SDQ1 to SDQ5; empty when there is one.
    """
    score, reasons = score.strip(), SDQ_REASONS.value
    found = []
    if score and not (score.isascii() and score.isdecimal() and int(score) <= _HIGHEST_SCORE):
        says = f"The total is a whole number from 0 to {_HIGHEST_SCORE}. Correct it."
        found.append(_error("bad_score", says, "score"))
    if reason and reason not in reasons:
        found.append(_error("unknown_reason", f"'{reason}' is no reason. Use {', '.join(reasons)}.", "reason"))
    if score and reason:
        found.append(_error("score_and_reason", "Give the total or the reason, not both.", "reason"))
    if not score and not reason:
        found.append(_error("no_score", "Give the total, or the reason why there is none.", "score"))
    return tuple(found)


@_cites_return
def sdq_is_returnable(born_on: date, looked_after_on: date, year: int) -> bool:
    """Whether the authority returns a child's total for the year to 31 March: looked after 12 months, aged 4 to 16.

    Args:
        looked_after_on: The day since which they have been looked after without a break; short breaks do not count.
        year: The calendar year of that 31 March.
    """
    year_end = date(year, 3, 31)
    return last_day(months=12, starting_with=looked_after_on) <= year_end and 4 <= age_on(born_on, year_end) <= 16


@cites("SDQ bands", "", as_at=_READ_ON, verified=False, rule="lac 24")
def sdq_band(score: int) -> str | None:
    """How a total is read: normal, borderline or cause for concern; None for one that cannot be."""
    return next((band.name for band in SDQ_BANDS.value if band.lowest <= score <= band.highest), None)


_cites_absence = cites("Persistent absence", "", as_at=_READ_ON, verified=False, rule="lac 25")


@_cites_absence
def absence_rate(missed: int, sessions: int, dual_registered: int = 0, not_required: int = 0) -> int | None:
    """The share of sessions missed, in hundredths of a per cent, half up; None when there were none to attend.

    Sessions at another school and those not required are not sessions the child could attend here.
    """
    possible = sessions - dual_registered - not_required
    return (20_000 * missed + possible) // (2 * possible) if possible > 0 else None


@_cites_absence
def persistent_absence(missed: int, sessions: int, dual_registered: int = 0, not_required: int = 0) -> bool | None:
    """Whether a child is persistently absent: a tenth or more of the sessions they could attend were missed.

    None when there were none to attend. Counted in sessions, never by the rounded rate.
    """
    possible = sessions - dual_registered - not_required
    return 100 * missed >= PERSISTENT_ABSENCE.value * possible if possible > 0 else None
