"""Who may have an arrangement: editions, scores, extra time, scribe, reader, and what the centre gives itself."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.exams.codes import SUB_AREAS, standing
from plugins.exams.rules import (
    FormDays,
    Outcome,
    RestBreakTrial,
    Score,
    Step,
    SubjectEvidence,
    assessed_in_time,
    band,
    bilingual_dictionary,
    bilingual_dictionary_25,
    component,
    delegated,
    edition_on,
    edition_state,
    extra_time_25_learning,
    extra_time_25_other,
    extra_time_over_25,
    form_order,
    pair,
    reader,
    rest_breaks,
    scribe,
    usable,
    word_processor,
    worst,
    year9_start,
)

TODAY = date(2026, 11, 22)
LONG_AGO = date(2021, 5, 4)
DAY = timedelta(days=1)
BORN = date(2011, 3, 15)
TESTED = date(2026, 9, 21)
MADE = FormDays(date(2026, 9, 14), (TESTED,), date(2026, 9, 28), date(2026, 10, 5))
BIOLOGY = SubjectEvidence("Biology", 1, 1)
NO_TEST = "a marked test or mock in History"
NO_COMMENT = "a teacher comment in History"
FORM_9 = ("form_9", "specialist")

AREAS = standing(SUB_AREAS, TODAY).value
MEASURED = st.builds(
    lambda area, score: Score(area.construct, area.key, score, TESTED), st.sampled_from(AREAS), st.integers(40, 160)
)

Said = list[tuple[str, str]]


def measured(sub_area: str, score: int, assessed_on: date = TESTED) -> Score:
    construct = next(one.construct for one in AREAS if one.key == sub_area)
    return Score(construct, sub_area, score, assessed_on)


READING, WRITING = measured("reading_speed", 80), measured("writing_speed", 82)
MEMORY = measured("working_memory", 85)


def said(outcomes: tuple[Outcome, ...]) -> Said:
    """Level and code of each; every one says something, and none that the program approves."""
    assert all(one.says and one.rule and "approved" not in one.says for one in outcomes)
    return [(one.level, one.code) for one in outcomes]


@pytest.mark.parametrize(
    ("decided_on", "edition"),
    [
        (date(2025, 8, 31), None),
        (date(2025, 9, 1), "2025-26"),
        (date(2026, 2, 28), "2025-26"),
        (date(2026, 3, 1), "2025-26-rev2026-03"),
        (date(2027, 9, 1), "2025-26-rev2026-03"),  # until another is entered
    ],
)
def test_a_decision_goes_by_the_edition_of_its_day(decided_on: date, edition: str | None) -> None:
    assert edition_on(decided_on) == edition


@pytest.mark.parametrize(
    ("decided_on", "exam_on", "found"),
    [
        (date(2026, 1, 12), date(2026, 8, 31), ("OK", "edition_covers")),
        (date(2026, 1, 12), date(2026, 9, 1), ("WARN", "edition_unconfirmed")),
        (LONG_AGO, date(2021, 6, 1), ("UNKNOWN", "no_edition")),
    ],
)
def test_an_edition_reaches_to_the_end_of_its_cover(decided_on: date, exam_on: date, found: tuple[str, str]) -> None:
    assert said((edition_state(decided_on, exam_on),)) == [found]


@pytest.mark.parametrize(
    ("born_on", "started_on", "begins_on"),
    [
        (date(2011, 3, 15), None, date(2024, 9, 1)),
        (date(2011, 8, 31), None, date(2024, 9, 1)),
        (date(2011, 9, 1), None, date(2025, 9, 1)),
        (date(2012, 2, 29), None, date(2025, 9, 1)),
        (date(2011, 3, 15), date(2025, 9, 4), date(2025, 9, 4)),  # out of cohort
    ],
)
def test_year_9_begins_on_1_september_or_when_it_really_did(
    born_on: date, started_on: date | None, begins_on: date
) -> None:
    assert year9_start(born_on, started_on) == begins_on
    assert assessed_in_time(begins_on, born_on, started_on).level == "OK"
    assert assessed_in_time(begins_on - DAY, born_on, started_on).day == begins_on


@pytest.mark.parametrize(
    ("score", "level", "code"),
    [
        (0, "BLOCK", "not_a_score"),
        (39, "BLOCK", "not_a_score"),
        (40, "OK", "well_below_average"),
        (69, "OK", "well_below_average"),
        (70, "OK", "below_average"),
        (84, "OK", "below_average"),
        (85, "OK", "low_average"),
        (89, "OK", "low_average"),
        (90, "OK", "does_not_count"),
        (160, "OK", "does_not_count"),
        (161, "BLOCK", "not_a_score"),
    ],
)
def test_a_score_falls_in_one_band(score: int, level: str, code: str) -> None:
    assert said((band(score, TODAY),)) == [(level, code)]


@pytest.mark.parametrize(
    ("uses", "left"),
    [
        ((), (READING, WRITING, MEMORY)),
        (("WP",), (READING, MEMORY)),
        (("WP-S",), (READING, MEMORY)),
        (("RD",), (WRITING, MEMORY)),
        (("CR",), (WRITING, MEMORY)),
        (("WP", "CR"), (MEMORY,)),
        (("SRB", "PR"), (READING, WRITING, MEMORY)),
    ],
)
def test_what_a_candidate_uses_takes_scores_away(uses: tuple[str, ...], left: tuple[Score, ...]) -> None:
    assert usable((READING, WRITING, MEMORY), uses) == left


@pytest.mark.parametrize(
    ("scores", "uses", "found"),
    [
        ((), (), ("BLOCK", "too_few_scores")),
        ((measured("reading_accuracy", 70), WRITING), (), ("BLOCK", "too_few_scores")),  # not of speed
        ((measured("spelling_accuracy", 70), WRITING), (), ("BLOCK", "too_few_scores")),
        ((READING, measured("writing_speed", 89)), (), ("OK", "criterion_met")),
        ((measured("working_memory", 80), measured("working_memory", 79)), (), ("BLOCK", "same_area")),
        ((measured("reading_speed", 88), measured("writing_speed", 89)), (), ("WARN", "would_refer_two_low_scores")),
        ((READING, measured("writing_speed", 89), MEMORY), ("RD",), ("WARN", "would_refer_two_low_scores")),
        ((READING, WRITING), ("RD",), ("WARN", "would_block_too_few_scores")),
        ((READING, WRITING, MEMORY), ("RD", "WP"), ("WARN", "would_block_too_few_scores")),
        ((WRITING,), ("WP",), ("BLOCK", "too_few_scores")),  # too few all the same
        ((READING, measured("writing_speed", 39)), (), ("BLOCK", "not_a_score")),
        ((READING, Score("WRITING", "working_memory", 80, TESTED)), (), ("BLOCK", "not_a_sub_area")),
        ((READING, Score("HEARING", "hearing", 80, TESTED)), (), ("BLOCK", "not_a_sub_area")),
    ],
)
def test_two_scores_of_speed_from_two_areas_make_the_criterion(
    scores: tuple[Score, ...], uses: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert all(said((pair(TODAY, order, uses),)) == [found] for order in permutations(scores))


def test_scores_that_would_do_but_for_two_doubtful_points_need_both_confirmed() -> None:
    scores = (READING, measured("writing_speed", 89), MEMORY)
    one, other = "usable", "two_low_scores"
    assert pair(TODAY, scores, ("RD",), (one,)).intended == "REFER"
    assert pair(TODAY, scores, ("RD",), (other,)).intended == "REFER"
    assert pair(TODAY, scores, ("RD",), (one, other)).level == "REFER"


def test_a_construct_that_is_none_is_named_as_it_was_typed() -> None:
    assert pair(TODAY, (Score("HEARING", "hearing", 80, TESTED),)).says.startswith("HEARING has no sub-area 'hearing'.")


OLD = date(2023, 6, 1)
LATE_FORM = replace(MADE, part1_on=date(2026, 9, 22))


@pytest.mark.parametrize(
    ("scores", "days", "subjects", "found"),
    [
        ((READING, WRITING), MADE, (BIOLOGY,), [("OK", "apply")]),
        ((READING, WRITING), replace(MADE, tested_on=()), (BIOLOGY,), [("OK", "apply")]),  # the scores tell the day
        ((READING, WRITING), FormDays(), (BIOLOGY,), [("BLOCK", "form_incomplete")]),
        ((READING, WRITING), LATE_FORM, (BIOLOGY,), [("BLOCK", "form_out_of_order")]),
        ((READING, WRITING), MADE, (), [("BLOCK", "evidence_missing")]),
        ((READING,), MADE, (BIOLOGY,), [("BLOCK", "too_few_scores")]),
        ((), MADE, (), [("BLOCK", "too_few_scores"), ("BLOCK", "evidence_missing")]),
        (
            (READING, measured("writing_speed", 82, OLD)),
            MADE,
            (BIOLOGY,),
            [("BLOCK", "too_few_scores"), ("BLOCK", "before_year_9")],
        ),
        ((READING, WRITING, measured("working_memory", 70, OLD)), MADE, (BIOLOGY,), [("OK", "apply")]),
        (
            (measured("reading_speed", 86), measured("writing_speed", 88)),
            MADE,
            (),
            [("BLOCK", "evidence_missing"), ("WARN", "would_refer_two_low_scores")],
        ),
    ],
)
def test_a_learning_difficulty_takes_two_scores_form_8_and_evidence_in_each_subject(
    scores: tuple[Score, ...], days: FormDays, subjects: tuple[SubjectEvidence, ...], found: Said
) -> None:
    assert said(extra_time_25_learning(TODAY, BORN, scores, days, subjects)) == found


@pytest.mark.parametrize(
    ("history", "missing"),
    [
        (SubjectEvidence("History", 1, 1), ()),
        (SubjectEvidence("History", 0, 1), (NO_TEST,)),
        (SubjectEvidence("History", 3, 0), (NO_COMMENT,)),
        (SubjectEvidence("History", 0, 0), (NO_TEST, NO_COMMENT)),
    ],
)
def test_what_is_missing_is_named_subject_by_subject(history: SubjectEvidence, missing: tuple[str, ...]) -> None:
    found = extra_time_25_learning(TODAY, BORN, (READING, WRITING), MADE, (BIOLOGY, history))
    assert [one.missing for one in found] == [missing]
    assert all(name in found[0].says for name in missing)


def test_a_pupil_out_of_cohort_is_assessed_from_their_own_year_9() -> None:
    found = extra_time_25_learning(
        TODAY, BORN, (READING, WRITING), MADE, (BIOLOGY,), year9_started_on=date(2026, 10, 1)
    )
    assert said(found) == [("BLOCK", "too_few_scores"), *[("BLOCK", "before_year_9")] * 2]


SHORT, ENOUGH = RestBreakTrial(TESTED, enough=False), RestBreakTrial(TESTED, enough=True)
WOULD_BLOCK = ("WARN", "would_block_no_rest_break_trial")


@pytest.mark.parametrize(
    ("need", "held", "trials", "found"),
    [
        ("other", FORM_9, (SHORT,), [("OK", "apply")]),
        ("other", ("form_9", "plan"), (ENOUGH, SHORT), [("OK", "apply")]),
        ("other", FORM_9, (), [WOULD_BLOCK]),
        ("other", FORM_9, (ENOUGH,), [WOULD_BLOCK]),
        ("other", ("specialist",), (), [("BLOCK", "evidence_missing"), WOULD_BLOCK]),
        ("plan", ("form_9", "plan"), (), [("OK", "apply")]),
        ("plan", ("form_9",), (), [("BLOCK", "evidence_missing")]),
        ("learning", FORM_9, (SHORT,), [("BLOCK", "needs_scores")]),
    ],
)
def test_another_need_takes_form_9_a_letter_or_plan_and_a_trial_of_rest_breaks(
    need: str, held: tuple[str, ...], trials: tuple[RestBreakTrial, ...], found: Said
) -> None:
    assert said(extra_time_25_other(TODAY, need, held, (BIOLOGY,), trials)) == found


@pytest.mark.parametrize(
    ("need", "held", "missing"),
    [
        ("other", (), ("Form 9", "a letter or report from a specialist or the EHC plan")),
        ("other", ("plan",), ("Form 9",)),
        ("plan", (), ("Form 9", "the EHC plan")),
        ("plan", ("specialist",), ("Form 9", "the EHC plan")),
    ],
)
def test_what_another_need_lacks_is_named(need: str, held: tuple[str, ...], missing: tuple[str, ...]) -> None:
    (found,) = extra_time_25_other(TODAY, need, held, (BIOLOGY,), (SHORT,))
    assert found.missing == missing
    subjects = (SubjectEvidence("History", 0, 1),)
    assert extra_time_25_other(TODAY, need, held, subjects, (SHORT,))[0].missing == (*missing, NO_TEST)


def test_a_trial_that_was_enough_is_told_from_one_that_never_was() -> None:
    never, enough = (extra_time_25_other(TODAY, "other", FORM_9, (BIOLOGY,), trials) for trials in ((), (ENOUGH,)))
    assert never[0].says.startswith("Rest breaks were not tried.")
    assert enough[0].says.startswith("Supervised rest breaks met the need")


LOW = (measured("reading_speed", 69), measured("writing_speed", 68))


@pytest.mark.parametrize(
    ("percent", "scores", "need", "uses", "found"),
    [
        (25, LOW, "learning", (), ("BLOCK", "not_over_25")),
        (26, LOW, "learning", (), ("WARN", "would_refer_well_below_pair")),
        (50, LOW, "learning", (), ("WARN", "would_refer_well_below_pair")),
        (51, (), "learning", (), ("REFER", "over_50")),
        (100, (), "other", (), ("REFER", "over_50")),
        (50, (), "other", (), ("UNKNOWN", "no_score_set")),
        (50, (), "learning", (), ("BLOCK", "criteria_not_met")),
        (50, LOW, "learning", ("WP",), ("WARN", "would_block_criteria_not_met")),
        (50, (measured("reading_speed", 39),), "learning", (), ("BLOCK", "not_a_score")),
        (
            50,
            (measured("reading_speed", 60), measured("reading_comprehension_speed", 60)),
            "learning",
            (),
            ("BLOCK", "criteria_not_met"),
        ),
    ],
)
def test_more_than_25_per_cent_goes_to_the_awarding_body_or_nowhere(
    percent: int, scores: tuple[Score, ...], need: str, uses: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert said((extra_time_over_25(TODAY, percent, scores, need, uses),)) == [found]


def spelling(score: int, unrecognisable: bool | None) -> Score:
    return Score("SPELLING", "spelling_accuracy", score, TESTED, unrecognisable=unrecognisable)


@pytest.mark.parametrize(
    ("need", "scores", "held", "found"),
    [
        ("learning", (spelling(84, True),), (), ("OK", "apply")),
        ("learning", (spelling(85, True),), (), ("BLOCK", "criteria_not_met")),
        ("learning", (spelling(84, None),), (), ("UNKNOWN", "not_known")),
        ("learning", (spelling(84, False), WRITING), (), ("OK", "apply")),
        ("learning", (measured("writing_speed", 85),), (), ("BLOCK", "criteria_not_met")),
        ("learning", (measured("legibility", 70),), (), ("BLOCK", "criteria_not_met")),
        ("learning", (), ("form_9",), ("BLOCK", "criteria_not_met")),
        ("learning", (spelling(200, True),), (), ("BLOCK", "not_a_score")),
        ("other", (), ("form_9",), ("OK", "apply")),
        ("plan", (spelling(84, True),), (), ("BLOCK", "evidence_missing")),
    ],
)
def test_a_scribe_goes_by_spelling_or_writing_speed_or_by_form_9(
    need: str, scores: tuple[Score, ...], held: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert said((scribe(TODAY, need, scores, held),)) == [found]


@pytest.mark.parametrize("kind", ["file_note", "form_8_part_1", "form_9", "comment", "normal_way"])
def test_a_reader_goes_by_any_one_sign_of_the_normal_way_of_working(kind: str) -> None:
    assert reader(TODAY, (kind,)).level == "OK"
    assert reader(TODAY, ("specialist",)).missing


@pytest.mark.parametrize(
    ("outcome", "level", "code", "missing"),
    [
        (rest_breaks(TODAY, ("normal_way", "file_note")), "OK", "centre_gives", ()),
        (rest_breaks(TODAY, ("normal_way", "form_8_part_1")), "OK", "centre_gives", ()),
        (
            rest_breaks(TODAY, ()),
            "BLOCK",
            "evidence_missing",
            ("evidence of the normal way of working", "a signed file note or Form 8 Part 1"),
        ),
        (word_processor(TODAY, ("policy", "normal_way")), "OK", "centre_gives", ()),
        (
            word_processor(TODAY, ("normal_way",)),
            "BLOCK",
            "evidence_missing",
            ("the centre's word processor policy",),
        ),
        (
            word_processor(TODAY, ("policy",)),
            "BLOCK",
            "evidence_missing",
            ("evidence of the normal way of working",),
        ),
        (word_processor(TODAY, ("policy", "normal_way"), checkers_on=True), "BLOCK", "as_scribe", ()),
        (word_processor(TODAY, (), checkers_on=True), "BLOCK", "as_scribe", ()),
        (delegated(TODAY, "PR", ("normal_way",)), "OK", "centre_gives", ()),
        (delegated(TODAY, "PR", ()), "BLOCK", "evidence_missing", ("evidence of the normal way of working",)),
        (delegated(TODAY, "MED", ("medical_note",)), "OK", "centre_gives", ()),
        (delegated(TODAY, "RD", ("normal_way",)), "BLOCK", "not_delegated", ()),
        (delegated(TODAY, "MP", ("normal_way",)), "BLOCK", "not_delegated", ()),
        (delegated(TODAY, "??", ()), "UNKNOWN", "unknown_arrangement", ()),
    ],
)
def test_the_centre_gives_what_is_its_own_to_give_with_the_evidence_for_it(
    outcome: Outcome, level: str, code: str, missing: tuple[str, ...]
) -> None:
    assert said((outcome,)) == [(level, code)]
    assert outcome.missing == missing
    assert outcome.edition == "2025-26-rev2026-03"


STEPS: tuple[Step, ...] = ("part1_on", "tested_on", "part2_on", "part3_on", "submitted_on", "exam_on")


@pytest.mark.parametrize(
    ("days", "until", "missing", "early"),
    [
        (MADE, "part3_on", 0, 0),
        (MADE, "submitted_on", 1, 0),
        (MADE, "exam_on", 2, 0),
        (FormDays(), "part1_on", 1, 0),
        (FormDays(), "exam_on", 6, 0),
        (replace(MADE, part2_on=None), "part3_on", 1, 0),
        (replace(MADE, part1_on=TESTED, part2_on=TESTED), "part3_on", 0, 0),  # all on one day
        (replace(MADE, tested_on=(TESTED, date(2026, 9, 29))), "part3_on", 0, 1),  # Part 2 before the last test
        (replace(MADE, tested_on=(date(2026, 9, 13), TESTED)), "part3_on", 0, 1),  # Part 1 after the first test
        (replace(MADE, part2_on=None, part3_on=date(2026, 9, 1)), "part1_on", 0, 1),  # given, so it must be in order
        (replace(MADE, submitted_on=date(2026, 10, 4), exam_on=date(2026, 10, 3)), "exam_on", 0, 2),
    ],
)
def test_form_8_is_complete_and_in_order(days: FormDays, until: Step, missing: int, early: int) -> None:
    found = form_order(days, until)
    assert [one.code for one in found].count("form_out_of_order") == early
    assert sum(len(one.missing) for one in found) == missing
    assert (worst(found).level == "OK") == (missing == early == 0)


def test_a_step_that_comes_too_late_is_named_with_both_days() -> None:
    (found,) = form_order(replace(MADE, part1_on=date(2026, 10, 12), part3_on=None), "tested_on")
    assert found.says == (
        "Form 8 Part 1 has the day 12 October 2026, but comes before the assessment, "
        "which has the day 21 September 2026. Correct one."
    )


@given(st.lists(st.dates(), min_size=6, max_size=6))
def test_steps_in_the_order_of_their_days_are_always_right(days: list[date]) -> None:
    one, two, three, four, five, six = sorted(days)
    assert said(form_order(FormDays(one, (two,), three, four, five, six))) == [("OK", "form_in_order")]


@given(st.lists(MEASURED, max_size=6), MEASURED, st.sets(st.sampled_from(["WP", "RD", "CR"])))
def test_another_score_never_spoils_the_criterion(scores: list[Score], another: Score, uses: set[str]) -> None:
    confirmed = ("usable", "two_low_scores")
    before = pair(TODAY, tuple(scores), tuple(uses), confirmed)
    after = pair(TODAY, (*scores, another), tuple(uses), confirmed)
    better = ["BLOCK", "REFER", "OK"]
    assert better.index(after.level) >= better.index(before.level)


@given(st.lists(MEASURED, max_size=6), st.integers(1, 40))
def test_a_lower_score_never_spoils_the_criterion(scores: list[Score], less: int) -> None:
    lower = tuple(replace(score, score=max(40, score.score - less)) for score in scores)
    confirmed = ("usable", "two_low_scores")
    better = ["BLOCK", "REFER", "OK"]
    before, after = (pair(TODAY, tuple(one), (), confirmed) for one in (scores, lower))
    assert better.index(after.level) >= better.index(before.level)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_year_9_begins_between_thirteen_and_fourteen(born_on: date) -> None:
    begins_on = year9_start(born_on)
    assert date(born_on.year + 13, born_on.month, 1) <= begins_on <= date(born_on.year + 14, born_on.month, 28)


@pytest.mark.parametrize(
    "outcome",
    [
        extra_time_25_learning(LONG_AGO, BORN, (READING, WRITING), MADE, (BIOLOGY,))[0],
        extra_time_25_other(LONG_AGO, "other", FORM_9, (BIOLOGY,))[0],
        extra_time_25_other(LONG_AGO, "learning", FORM_9, (BIOLOGY,))[0],
        extra_time_over_25(LONG_AGO, 50, LOW),
        pair(LONG_AGO, (READING, WRITING)),
        scribe(LONG_AGO, "learning", (WRITING,)),
        reader(LONG_AGO, ("file_note",)),
        rest_breaks(LONG_AGO, ("normal_way", "file_note")),
        word_processor(LONG_AGO, ("policy", "normal_way"), checkers_on=True),
        delegated(LONG_AGO, "PR", ("normal_way",)),
        component(LONG_AGO, "CR"),
        bilingual_dictionary(LONG_AGO, False, ("normal_way",)),
        bilingual_dictionary_25(LONG_AGO, OLD, OLD, OLD, False, False, "A"),
    ],
)
def test_nothing_is_said_of_a_day_before_the_first_edition(outcome: Outcome) -> None:
    assert said((outcome,)) == [("UNKNOWN", "no_edition")]
    assert "4 May 2021" in outcome.says
