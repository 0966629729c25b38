"""A scribe, a reader, and what the centre may give itself: rest breaks, a word processor and more."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from core.law import cites

from ..codes import HELD, ROUTES, arrangement_on, band_of
from .outcome import READ_ON, Outcome, lacking, no_edition, not_listed, speaking
from .scores import Score, score_fault

_BELOW = {"well_below_average", "below_average"}


@cites(
    "SENCo forum; LURLL, access arrangements (both undated)",
    "lurllslearninglabs.com/access-arrangements-1",
    as_at=READ_ON,
    rule="exams R9",
)
def scribe(decided_on: date, need: str, scores: tuple[Score, ...] = (), held: tuple[str, ...] = ()) -> Outcome:
    """Whether a scribe may be applied for; the same goes for speech recognition and a word processor with checkers on.

    A learning difficulty takes spelling of 84 or less with words that cannot be recognised, or writing speed of 84 or
    less. Any other need takes Form 9 and no scores. The day of the assessment (R2) and Form 8 (R13) are not looked at.

    Args:
        need: "learning", or anything else for a physical, sensory or medical need.
        held: Kinds of evidence on file: form_9.
    """
    if arrangement_on("SC", decided_on) is None:
        return no_edition("R9", decided_on)
    say = speaking("R9", decided_on)
    if need != "learning":
        if "form_9" not in held:
            return say("BLOCK", "evidence_missing", "Complete Form 9 first; no scores are needed.", (HELD["form_9"],))
        return say("OK", "apply", "Form 9 is there: apply on Access Arrangements Online.")
    if (fault := score_fault(decided_on, scores)) is not None:
        return fault
    low = [score for score in scores if (found := band_of(score.score, decided_on)) and found.key in _BELOW]
    spelling = [score for score in low if score.sub_area == "spelling_accuracy"]
    if any(score.unrecognisable for score in spelling) or any(score.sub_area == "writing_speed" for score in low):
        says = (
            "Meets the score criterion: apply on Access Arrangements Online. Show that a word processor is not enough."
        )
        return say("OK", "apply", says)
    if any(score.unrecognisable is None for score in spelling):
        says = "The spelling is below average. Say whether its words can be recognised."
        return say("UNKNOWN", "not_known", says, ("whether the words can be recognised",))
    if spelling:
        says = "The spelling is below average, but its words can be recognised. Try a word processor."
        return say("BLOCK", "spelling_recognisable", says)
    says = "Neither spelling nor writing speed is below average. Try a word processor."
    return say("BLOCK", "criteria_not_met", says)


@cites(
    "SEND Pathways, changes to access arrangements, 5 September 2022; Rising Stars, October 2019",
    "sendpathways.co.uk/annual-changes-to-exam-access-arrangement-assessments",
    as_at=READ_ON,
    edition="2022-23",
    rule="exams R10",
)
def reader(decided_on: date, held: tuple[str, ...]) -> Outcome:
    """Whether a reader may be applied for: the normal way of working must show; no scores.

    The same goes for a computer reader, and one application usually covers both.

    Args:
        held: Kinds of evidence on file: file_note, form_8_part_1, form_9, comment, normal_way; one will do.
    """
    row = arrangement_on("RD", decided_on)
    if row is None:
        return no_edition("R10", decided_on)
    say = speaking("R10", decided_on)
    if missing := lacking(row, held):
        says = "Nothing on file shows the normal way of working. Write a file note, or collect teacher comments."
        return say("BLOCK", "no_normal_way", says, missing)
    return say("OK", "apply", "The normal way of working is on file: apply on Access Arrangements Online.")


@cites(
    "Education Elephant, JCQ regulations 2024-25; a public study plan, 2026",
    "educationelephant.ie/jcq-regulations-and-guidance-for-the-academic-year-2024-25",
    as_at=READ_ON,
    edition="2024-25",
    rule="exams 1.1",
)
def rest_breaks(decided_on: date, held: tuple[str, ...]) -> Outcome:
    """Whether the centre may give supervised rest breaks itself: there is no application and no longest break.

    Args:
        held: Kinds of evidence on file: normal_way, and file_note or form_8_part_1.
    """
    return _centre_gives("SRB", decided_on, held)


@cites(
    "Egham Park School, word processing policy, October 2025",
    "eghamparkschool.co.uk/policies/word-processing-policy-for-examinations",
    as_at=READ_ON,
    edition="2025-26",
    rule="exams 1.1",
)
def word_processor(decided_on: date, held: tuple[str, ...], checkers_on: bool = False) -> Outcome:
    """Whether the centre may give a word processor itself: by its policy, where it is the normal way of working.

    To prefer it, or to type faster, is no reason.

    Args:
        held: Kinds of evidence on file: policy, normal_way.
        checkers_on: Spelling or grammar check or predictive text is on, which makes it a scribe.
    """
    given = _centre_gives("WP", decided_on, held)
    if checkers_on and given.level != "UNKNOWN":
        says = (
            "With spelling or grammar check or predictive text on it is a scribe: apply for that, or switch them off."
        )
        return replace(given, level="BLOCK", code="as_scribe", says=says, missing=())
    return given


@cites(
    "Lancashire dyslexia specialists, list from JCQ 2024",
    "lancashire-dyslexia-specialists.co.uk/exam-access-arrangements",
    as_at=READ_ON,
    verified=False,
    edition="2024-25",
    rule="exams 1.1",
)
def delegated(decided_on: date, arrangement: str, held: tuple[str, ...]) -> Outcome:
    """Whether the centre may give an arrangement itself, and what it must hold for it.

    Args:
        arrangement: A key of the table of arrangements, such as PR for a prompter.
        held: Kinds of evidence on file, such as normal_way.
    """
    return _centre_gives(arrangement, decided_on, held)


def _centre_gives(key: str, decided_on: date, held: tuple[str, ...]) -> Outcome:
    row = arrangement_on(key, decided_on)
    if row is None:
        return not_listed("1.1", decided_on, key)
    say = speaking("1.1", decided_on)
    if row.routes != ("D",):
        return say("BLOCK", "not_delegated", f"{row.title} is not the centre's own to give. {ROUTES[row.routes[0]]}")
    if missing := lacking(row, held):
        return say("BLOCK", "evidence_missing", f"The file still needs: {'; '.join(missing)}.", missing)
    return say("OK", "centre_gives", f"{row.title}. {ROUTES['D']} {row.limits}".strip())
