"""Extra time: 25% for a learning difficulty or another need, and more than 25%."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.law import cites

from ..codes import ENOUGH, arrangement_on, standing
from .forms import FormDays, form_order
from .outcome import READ_ON, Outcome, gravest_first, gravity, lacking, no_edition, speaking, starred
from .scores import Score, assessed_in_time, judged, pair, speeds, two_areas, year9_start

_APPLY = "The evidence is there: apply on Access Arrangements Online."


class SubjectEvidence(Struct, frozen=True):
    """How much shows the need in one relevant subject."""

    subject: str
    marked_tests: int  # marked tests and mocks in which the extra time shows
    comments: int  # of teachers


class RestBreakTrial(Struct, frozen=True):
    """A timed test or mock in which supervised rest breaks were tried."""

    tried_on: date
    enough: bool  # whether they met the need without more time


@cites(
    "Remarkable Minds, evidence of the need for extra time, March 2026; Devon County Council, AARA 2025-26",
    "devon.gov.uk/support-schools-settings",
    as_at=READ_ON,
    edition="2025-26-rev2026-03",
    rule="exams R6",
)
def extra_time_25_learning(
    decided_on: date,
    born_on: date,
    scores: tuple[Score, ...],
    days: FormDays,
    subjects: tuple[SubjectEvidence, ...],
    uses: tuple[str, ...] = (),
    year9_started_on: date | None = None,
    confirmed: tuple[str, ...] = (),
) -> tuple[Outcome, ...]:
    """Whether 25% extra time for a learning difficulty may be applied for; all that stands against it, gravest first.

    It takes two scores (R5) from Year 9 or after (R2), Form 8 complete and in order (R13), and in each relevant subject
    a marked test and a teacher comment. A score from before Year 9 is left out.

    Args:
        days: Of Form 8; the days of the scores count as days of assessment. Submission may still lie ahead.
        uses: Keys of the arrangements used in these subjects; they may take scores away (R4).
        year9_started_on: For a pupil out of their cohort; None for one in it.
        confirmed: Doubtful points the centre has confirmed.
    """
    if arrangement_on("ET25", decided_on) is None:
        return (no_edition("R6", decided_on),)
    floor = year9_start(born_on, year9_started_on)
    recent = tuple(score for score in scores if score.assessed_on >= floor)
    criterion = pair(decided_on, recent, uses, confirmed)
    tested_on = (*days.tested_on, *(score.assessed_on for score in recent))
    found = [criterion, *form_order(replace(days, tested_on=tested_on), until="part3_on")]
    if gravity(criterion) > gravity(pair(decided_on, scores, uses, confirmed)):
        found += [
            assessed_in_time(score.assessed_on, born_on, year9_started_on)
            for score in scores
            if score.assessed_on < floor
        ]
    found.append(_evidence("R6", decided_on, _gaps(decided_on, subjects)))
    return _against(found)


def _gaps(decided_on: date, subjects: tuple[SubjectEvidence, ...]) -> tuple[str, ...]:
    """The marked tests and teacher comments that are not there, subject by subject."""
    enough = standing(ENOUGH, decided_on).value
    gaps = [] if subjects else ["a marked test or mock", "a teacher comment"]
    for one in subjects:
        if one.marked_tests < enough.marked_tests:
            gaps.append(f"a marked test or mock in {one.subject}")
        if one.comments < enough.comments:
            gaps.append(f"a teacher comment in {one.subject}")
    return tuple(gaps)


def _evidence(rule: str, decided_on: date, missing: tuple[str, ...]) -> Outcome:
    """That the file holds what it must, or what it still lacks."""
    say = speaking(rule, decided_on)
    if missing:
        return say("BLOCK", "evidence_missing", f"The file still needs: {'; '.join(missing)}.", missing)
    return say("OK", "apply", _APPLY)


def _against(found: list[Outcome]) -> tuple[Outcome, ...]:
    """What stands against an application, gravest first; the last word where nothing does."""
    return gravest_first(outcome for outcome in found if outcome.level != "OK") or (found[-1],)


@cites(
    "L. Dawson, update 2023-24; rest breaks: Lisneal College, AARA 2025-26, October 2025",
    "louisedawson.com/exam-access-arrangements-english-curriculum-2",
    as_at=READ_ON,
    verified=False,
    edition="2025-26",
    rule="exams R7",
)
def extra_time_25_other(
    decided_on: date,
    need: str,
    held: tuple[str, ...],
    subjects: tuple[SubjectEvidence, ...],
    trials: tuple[RestBreakTrial, ...] = (),
    confirmed: tuple[str, ...] = (),
) -> tuple[Outcome, ...]:
    """Whether 25% extra time may be applied for without scores; all that stands against it, gravest first.

    It takes Form 9, the EHC plan or a specialist's letter or report, and in each relevant subject a marked test and a
    teacher comment. A need that is no learning difficulty takes a timed test besides, in which rest breaks fell short.

    Args:
        need: The principal need: "plan" for an EHC plan, "other" for a need that is no learning difficulty, else
            "learning", which goes by scores (R6).
        held: Kinds of evidence on file: form_9, specialist, plan.
        confirmed: Doubtful points the centre has confirmed.
    """
    say = speaking("R7", decided_on)
    row = arrangement_on({"plan": "ET25-E", "other": "ET25-N"}.get(need, "ET25"), decided_on)
    if row is None:
        return (no_edition("R7", decided_on),)
    if row.key == "ET25":
        says = "A learning difficulty without an EHC plan goes by two scores and Form 8."
        return (say("BLOCK", "needs_scores", says, ("two scores", "Form 8, Parts 1 to 3")),)
    missing = (*lacking(row, (*held, "rest_breaks")), *_gaps(decided_on, subjects))
    found = [_evidence("R7", decided_on, missing)]
    if need == "other" and all(trial.enough for trial in trials):
        tried = "Supervised rest breaks met the need when they were tried." if trials else "Rest breaks were not tried."
        says = f"{tried} Try them in a timed test or mock, and note whether they are enough."
        block = say("BLOCK", "no_rest_break_trial", says, ("a trial of supervised rest breaks that fell short",))
        found.insert(0, starred(block, ("rest_break_trial",), decided_on, confirmed))
    return _against(found)


@cites(
    "JCQ, Access Arrangements Online, earlier questions and answers (old); the scores are general knowledge",
    "jcq.org.uk/exams-office/cap/aao---frequently-asked-questions",
    as_at=READ_ON,
    verified=False,
    rule="exams R8",
)
def extra_time_over_25(
    decided_on: date,
    percent: int,
    scores: tuple[Score, ...] = (),
    need: str = "learning",
    uses: tuple[str, ...] = (),
    confirmed: tuple[str, ...] = (),
) -> Outcome:
    """What more than 25% extra time takes; the awarding body decides.

    Up to 50% for a learning difficulty takes two usable scores of 69 or less, from different areas of speed. Over 50%
    no score is set.

    Args:
        need: "learning", or anything else for a need that goes without scores.
        uses: Keys of the arrangements used in the subject; they may take scores away (R4).
        confirmed: Doubtful points the centre has confirmed.
    """
    say = speaking("R8", decided_on)
    if arrangement_on("ET50", decided_on) is None:
        return no_edition("R8", decided_on)
    if percent <= 25:
        return say("BLOCK", "not_over_25", "This is for more than 25%. For up to 25%, use the rules of 25%.")
    if percent > 50:
        says = "More than 50% is for the awarding body to decide. Consider rest breaks first, and send a full picture."
        return say("REFER", "over_50", says)
    if need != "learning":
        says = "No score is set for this need. Hold Form 9 and a strong picture of need, and ask the awarding body."
        return say("UNKNOWN", "no_score_set", says)
    return judged(_well_below, decided_on, scores, uses, confirmed)


def _well_below(decided_on: date, scores: tuple[Score, ...]) -> Outcome:
    say = speaking("R8", decided_on)
    if two_areas(speeds(decided_on, scores, "well_below_average")):
        says = (
            "Two scores are well below average: apply on Access Arrangements Online, for the awarding body to decide."
        )
        return say("REFER", "well_below_pair", says)
    says = "This takes two scores well below average, from different areas of speed. Consider 25%."
    return say("BLOCK", "criteria_not_met", says)
