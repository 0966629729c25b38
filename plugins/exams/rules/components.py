"""What a paper does not allow, and who may have a bilingual dictionary."""

from __future__ import annotations

from datetime import date

from core.law import cites, plain
from core.periods import months_after

from ..codes import BARRED_SUBJECTS, arrangement_on, qualification_named, standing, subject_named
from .outcome import READ_ON, Outcome, lacking, no_edition, not_listed, speaking

_DICTIONARIES = {"BD", "BD25"}
_EAL = "Salford, access and exam arrangements, 2023-24; Coventry EMAS, undated"
_SALFORD = (
    "wwwbeta.salford.gov.uk/schools-and-learning/info-for-parents-students-and-teachers/"
    "ethnic-minorities-and-travellers/access-and-exam-arrangements"
)


@cites(
    "SENCo forum; LURLL; Chichester College; Salford, 2023-24; OCR, assessing SPaG with a scribe",
    "ocr-live-prd95.cambridgeassessment.org.uk/administration/general-qualifications/preparation/"
    "access-arrangements/assessing-spag-when-students-use-a-scribe",
    as_at=READ_ON,
    rule="exams R11",
)
def component(
    decided_on: date,
    arrangement: str,
    qualification: str = "GCSE",
    subject: str = "",
    tags: tuple[str, ...] = (),
    checkers_on: bool = False,
) -> Outcome:
    """Whether an arrangement may be used in one paper.

    A reader may not read what tests reading; a computer reader may. Some GCSE subjects bar a dictionary. A practical
    assistant may not do what is assessed. A word processor with checkers on is a scribe, without marks for spelling.

    Args:
        arrangement: A key of the table of arrangements, such as RD.
        qualification: A code, such as GCSE or A-LEVEL.
        subject: A code such as HIST, or a name; restrictions are known for a few.
        tags: What the paper tests: tests_reading, tests_practical_skill.
        checkers_on: For a word processor: spelling or grammar check or predictive text is on.
    """
    if arrangement_on(arrangement, decided_on) is None:
        return not_listed("R11", decided_on, arrangement)
    say = speaking("R11", decided_on)
    if arrangement == "RD" and "tests_reading" in tags:
        says = "A reader may not read a paper that tests reading. A computer reader may."
        return say("BLOCK", "tests_reading", says)
    if arrangement == "PA" and "tests_practical_skill" in tags:
        return say("BLOCK", "tests_practical_skill", "A practical assistant may not do the skill that is assessed.")
    known = subject_named(subject)
    barred = standing(BARRED_SUBJECTS, decided_on).value
    if arrangement in _DICTIONARIES and qualification.upper() == "GCSE" and known and known.code in barred:
        return say("BLOCK", "barred_subject", f"No bilingual dictionary may be used in GCSE {known.title}.")
    if arrangement == "WP-S" or (arrangement == "WP" and checkers_on):
        says = "With checkers on, the word processor is a scribe: no marks for spelling, and a cover sheet."
        return say("WARN", "as_scribe", says)
    return say("OK", "may_be_used", "Nothing known about this paper stands against it.")


@cites(_EAL, _SALFORD, as_at=READ_ON, edition="2023-24", rule="exams R15")
def bilingual_dictionary(decided_on: date, english_irish_or_welsh: bool, held: tuple[str, ...]) -> Outcome:
    """Whether the centre may give a bilingual dictionary itself, without extra time.

    Args:
        english_irish_or_welsh: One of the three is the candidate's first language.
        held: Kinds of evidence on file: normal_way.
    """
    row = arrangement_on("BD", decided_on)
    if row is None:
        return no_edition("R15", decided_on)
    say = speaking("R15", decided_on)
    if english_irish_or_welsh:
        says = "A bilingual dictionary is for candidates whose first language is not English, Irish or Welsh."
        return say("BLOCK", "first_language", says)
    if missing := lacking(row, held):
        return say("BLOCK", "evidence_missing", f"The file still needs: {'; '.join(missing)}.", missing)
    return say("OK", "centre_gives", "The centre decides; there is no application. Some GCSE subjects bar it.")


@cites(_EAL, _SALFORD, as_at=READ_ON, edition="2023-24", rule="exams R15")
def bilingual_dictionary_25(
    decided_on: date,
    came_on: date | None,
    first_exam_on: date,
    last_exam_on: date,
    prior_english: bool,
    english_at_home: bool,
    proficiency: str,
    qualification: str = "GCSE",
) -> Outcome:
    """Whether a bilingual dictionary with 25% extra time may be applied for.

    The candidate came less than 36 months before the first exam, holidays counted, knew no English, speaks none at
    home, and was in band A or B on arrival. Who reaches three years within the series may finish it.

    Args:
        came_on: The day the candidate came to the United Kingdom; None when it is not known.
        first_exam_on: Of the series.
        last_exam_on: Of the series.
        prior_english: They learnt English before, or went to an international school.
        proficiency: The band in English on arrival, A to E; empty when it was not assessed.
        qualification: A code, such as GCSE or A-LEVEL.
    """
    if arrangement_on("BD25", decided_on) is None:
        return no_edition("R15", decided_on)
    say = speaking("R15", decided_on)
    came_in_time = came_on is None or came_on > months_after(first_exam_on, -36)
    needs = {
        "less than three years in the United Kingdom at the first exam": came_in_time,
        "no English before": not prior_english,
        "another language at home": not english_at_home,
        "band A or B in English on arrival": proficiency.upper() in {"", "A", "B"},
    }
    if unmet := tuple(need for need, met in needs.items() if not met):
        says = f"This takes: {'; '.join(unmet)}. A dictionary without extra time may still be used."
        return say("BLOCK", "criteria_not_met", says, unmet)
    if came_on is None or not proficiency:
        told = {"the day of entry to the United Kingdom": came_on, "the band in English on arrival": proficiency}
        unknown = tuple(name for name, value in told.items() if not value)
        return say("UNKNOWN", "not_known", f"Find out first: {'; '.join(unknown)}.", unknown)
    found = qualification_named(qualification)
    if found is None or found.level > 2:
        says = "Beyond GCSE this is given only exceptionally. Ask the awarding body before you apply."
        return say("WARN", "only_exceptionally", says)
    ends_on = months_after(came_on, 36)
    if ends_on <= last_exam_on:
        says = f"Meets the criteria: apply with Form BD25. Three years end on {plain(ends_on)}, within the series."
        return say("OK", "may_finish_series", f"{says} The candidate may finish it.", day=ends_on)
    return say("OK", "apply", "Meets the criteria: apply on Access Arrangements Online with Form BD25.", day=ends_on)
