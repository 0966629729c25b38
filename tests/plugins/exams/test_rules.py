"""The worked examples of the domain notes, by their numbers; what every rule of exam arrangements has in common."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plugins.exams.rules
from core.law import Edition, in_force
from core.trying import rules_of
from plugins.exams.codes import (
    ARRANGEMENTS,
    BANDS,
    BARRED_SUBJECTS,
    CHECK_CODES,
    CHECK_LETTERS,
    CONFIRMED,
    DICTIONARY_PERCENT,
    ENOUGH,
    HELD,
    POINTS,
    ROUTES,
    SERIES,
    SITTINGS,
    SUB_AREAS,
    VALIDITY,
    standing,
)
from plugins.exams.rules import (
    Candidacy,
    CheckArrangement,
    FormDays,
    FormReuse,
    Outcome,
    Paper,
    Score,
    SubjectEvidence,
    assessed_in_time,
    band,
    bilingual_dictionary_25,
    centre_move,
    component,
    day_clash,
    deadline_state,
    earliest_approval,
    edition_on,
    edition_state,
    expires_on,
    extra_minutes,
    extra_time_25_learning,
    extra_time_25_other,
    extra_time_over_25,
    finish,
    form_order,
    gravest_first,
    key_stage_2,
    key_stage_2_minutes,
    key_stage_2_time,
    lapses,
    multiplication_check,
    number_duplicates,
    pair,
    reader,
    scribe,
    session_clash,
    uci_state,
    worst,
)

TODAY = date(2026, 11, 22)
BORN = date(2011, 3, 15)
TESTED = date(2026, 9, 21)
MADE = FormDays(date(2026, 9, 14), (TESTED,), date(2026, 9, 28), date(2026, 10, 5))
SHOWN = (SubjectEvidence("Biology", 1, 1), SubjectEvidence("History", 2, 1))
ALL_SIX = FormReuse(True, True, True, True, True, True)


def reading(score: int, sub_area: str = "reading_speed") -> Score:
    return Score("READING", sub_area, score, TESTED)


def writing(score: int) -> Score:
    return Score("WRITING", "writing_speed", score, TESTED)


def processing(sub_area: str, score: int) -> Score:
    return Score("PROCESSING", sub_area, score, TESTED)


def spelling(score: int, unrecognisable: bool | None) -> Score:
    return Score("SPELLING", "spelling_accuracy", score, TESTED, unrecognisable=unrecognisable)


MEMORY, TWO_AREAS = processing("working_memory", 84), (reading(80), writing(82))


def learning(*scores: Score, confirmed: tuple[str, ...] = ()) -> Outcome:
    return worst(extra_time_25_learning(TODAY, BORN, scores, MADE, SHOWN, confirmed=confirmed))


def dictionary(came_on: date) -> Outcome:
    return bilingual_dictionary_25(TODAY, came_on, date(2027, 5, 12), date(2027, 6, 18), False, False, "A")


def checked(*arrangements: CheckArrangement, extra_time: bool = False) -> Outcome:
    return worst(multiplication_check(TODAY, arrangements, extra_time))


APRIL, MAY = date(2027, 4, 29), date(2027, 5, 10)


@pytest.mark.parametrize(
    ("outcome", "level", "code"),
    [
        pytest.param(assessed_in_time(date(2024, 9, 10), BORN), "OK", "tested_in_time", id="1"),
        pytest.param(assessed_in_time(date(2024, 7, 15), date(2011, 8, 31)), "BLOCK", "before_year_9", id="2"),
        pytest.param(assessed_in_time(date(2025, 6, 20), date(2011, 9, 1)), "BLOCK", "before_year_9", id="3"),
        pytest.param(pair(TODAY, (reading(82), MEMORY)), "OK", "criterion_met", id="4"),
        pytest.param(pair(TODAY, (writing(80), processing("phonological", 87))), "OK", "criterion_met", id="5"),
        pytest.param(
            pair(TODAY, (reading(81), reading(79, "reading_comprehension_speed"))), "BLOCK", "same_area", id="6"
        ),
        pytest.param(
            pair(TODAY, (processing("working_memory", 83), processing("visual_processing", 88))),
            "OK",
            "criterion_met",
            id="7",
        ),
        pytest.param(pair(TODAY, (reading(84), writing(90))), "BLOCK", "too_few_scores", id="9"),
        pytest.param(
            pair(TODAY, (reading(80), writing(82), processing("working_memory", 85)), ("RD",)),
            "OK",
            "criterion_met",
            id="11",
        ),
        pytest.param(
            extra_time_over_25(TODAY, 50, (reading(69), writing(72))), "BLOCK", "criteria_not_met", id="12-72"
        ),
        pytest.param(scribe(TODAY, "learning", (spelling(79, True),)), "OK", "apply", id="13-unrecognisable"),
        pytest.param(
            scribe(TODAY, "learning", (spelling(79, False),)), "BLOCK", "spelling_recognisable", id="13-recognisable"
        ),
        pytest.param(scribe(TODAY, "learning", (writing(84),)), "OK", "apply", id="13-speed"),
        pytest.param(
            component(TODAY, "RD", "GCSE", "ENG-LANG", ("tests_reading",)), "BLOCK", "tests_reading", id="14-reader"
        ),
        pytest.param(
            component(TODAY, "CR", "GCSE", "ENG-LANG", ("tests_reading",)), "OK", "may_be_used", id="14-computer"
        ),
        pytest.param(component(TODAY, "BD", "GCSE", "History"), "BLOCK", "barred_subject", id="15-history"),
        pytest.param(component(TODAY, "BD", "GCSE", "Chemistry"), "OK", "may_be_used", id="15-chemistry"),
        pytest.param(lapses(date(2027, 1, 12), (MAY,)), "BLOCK", "expired", id="16"),
        pytest.param(lapses(date(2027, 5, 3), (APRIL,)), "OK", "covered", id="17-first"),
        pytest.param(lapses(date(2027, 5, 3), (APRIL, MAY)), "BLOCK", "expired", id="17-second"),
        pytest.param(lapses(date(2027, 8, 30), (date(2027, 6, 25),)), "OK", "covered", id="18"),
        pytest.param(
            lapses(date(2027, 8, 30), (date(2027, 6, 25), date(2027, 11, 2))), "BLOCK", "expired", id="18-resit"
        ),
        pytest.param(
            lapses(expires_on(date(2025, 4, 25)), (date(2027, 6, 25),)), "WARN", "expires_on_exam", id="20-equal"
        ),
        pytest.param(deadline_state("2027-06", "modified_papers", TODAY), "OK", "ahead", id="21"),
        pytest.param(deadline_state("2027-06", "modified_papers", date(2027, 2, 3)), "WARN", "late", id="22"),
        pytest.param(deadline_state("2027-01", "other", TODAY), "WARN", "late", id="23"),
        pytest.param(deadline_state("2027-06", "other", date(2027, 3, 1)), "WARN", "near", id="24"),
        pytest.param(session_clash(MAY, (Paper(90, 25), Paper(105, 25))), "BLOCK", "move_one", id="29"),
        pytest.param(session_clash(MAY, (Paper(60), Paper(75))), "OK", "sit_all", id="30"),
        pytest.param(
            day_clash(MAY, (Paper(105, 25), Paper(90, 25), Paper(90, 25))), "WARN", "overnight_option", id="31"
        ),
        pytest.param(uci_state("681990012058G"), "OK", "uci", id="37"),
        pytest.param(uci_state("681990012058H"), "BLOCK", "uci_letter", id="37-wrong"),
        pytest.param(uci_state("123450260417D"), "OK", "uci", id="38"),
        pytest.param(
            worst(form_order(FormDays(date(2026, 10, 12), (date(2026, 10, 5),)), "tested_on")),
            "BLOCK",
            "form_out_of_order",
            id="39",
        ),
        pytest.param(dictionary(date(2024, 6, 15)), "OK", "may_finish_series", id="40"),
        pytest.param(dictionary(date(2024, 4, 30)), "BLOCK", "criteria_not_met", id="41"),
        pytest.param(centre_move(False, "GCSE", "A-LEVEL", ALL_SIX)[0], "BLOCK", "new_application", id="42"),
        pytest.param(centre_move(False, "GCSE", "A-LEVEL", ALL_SIX)[1], "OK", "form_8_reusable", id="42-form"),
        pytest.param(key_stage_2_time(TODAY, has_plan=True), "OK", "automatic", id="43"),
        pytest.param(key_stage_2_time(TODAY, has_plan=False), "OK", "apply", id="44"),
        pytest.param(checked(CheckArrangement("ATA"), CheckArrangement("RON")), "OK", "set_in_service", id="45"),
        pytest.param(checked(CheckArrangement("ITA", "motor")), "BLOCK", "evidence_missing", id="45-no-name"),
        pytest.param(checked(extra_time=True), "BLOCK", "no_extra_time", id="45-time"),
        pytest.param(
            number_duplicates((Candidacy("12345", "2027-06", "0417"),) * 2)[0], "BLOCK", "number_twice", id="46"
        ),
        pytest.param(edition_state(TODAY, MAY), "WARN", "edition_unconfirmed", id="48"),
        pytest.param(reader(TODAY, ("file_note", "comment")), "OK", "apply", id="49"),
        pytest.param(reader(TODAY, ()), "BLOCK", "no_normal_way", id="49-nothing"),
        pytest.param(key_stage_2(TODAY, "scribe"), "OK", "notify", id="50-scribe"),
        pytest.param(key_stage_2(TODAY, "prompter"), "OK", "delegated", id="50-prompter"),
        pytest.param(band(39, TODAY), "BLOCK", "not_a_score", id="51-39"),
        pytest.param(band(69, TODAY), "OK", "well_below_average", id="51-69"),
        pytest.param(band(85, TODAY), "OK", "low_average", id="51-85"),
    ],
)
def test_a_worked_example_comes_out_as_the_notes_say(outcome: Outcome, level: str, code: str) -> None:
    assert (outcome.level, outcome.code, outcome.intended) == (level, code, None)
    assert outcome.says
    assert outcome.rule


@pytest.mark.parametrize(
    ("ask", "point", "level", "code"),
    [
        pytest.param(
            lambda said: learning(reading(86), writing(88), confirmed=said),
            "two_low_scores",
            "REFER",
            "two_low_scores",
            id="8",
        ),
        pytest.param(
            lambda said: pair(TODAY, (writing(78), reading(83)), ("WP",), said),
            "usable",
            "BLOCK",
            "too_few_scores",
            id="10",
        ),
        pytest.param(
            lambda said: extra_time_over_25(TODAY, 50, (reading(69), writing(68)), confirmed=said),
            "well_below_pair",
            "REFER",
            "well_below_pair",
            id="12",
        ),
        pytest.param(
            lambda said: worst(
                extra_time_25_other(TODAY, "other", ("form_9", "specialist"), SHOWN, confirmed=said),
            ),
            "rest_break_trial",
            "BLOCK",
            "no_rest_break_trial",
            id="47",
        ),
        pytest.param(
            lambda said: key_stage_2(TODAY, "reader", True, said),
            "key_stage_2_reading",
            "BLOCK",
            "reading_test",
            id="50-reader",
        ),
    ],
)
def test_a_starred_example_ships_as_a_warning_until_it_is_confirmed(
    ask: Callable[[tuple[str, ...]], Outcome], point: str, level: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = ask(())
    assert (shipped.level, shipped.code, shipped.intended) == ("WARN", f"would_{level.lower()}_{code}", level)
    assert POINTS[point] in shipped.says
    assert f"({level})" in shipped.says
    for confirmed in [(point,), tuple(POINTS)]:  # by the centre
        assert (ask(confirmed).level, ask(confirmed).code, ask(confirmed).intended) == (level, code, None)
    assert ask(tuple(set(POINTS) - {point})) == shipped
    read = Edition("read", date.min, None, "The text itself", True, frozenset({point}))  # for everybody
    monkeypatch.setattr("plugins.exams.rules.outcome.CONFIRMED", (read,))
    assert ask(()) == ask((point,))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(expires_on(date(2024, 11, 12)), date(2027, 1, 12), id="16"),
        pytest.param(expires_on(date(2025, 3, 3)), date(2027, 5, 3), id="17"),
        pytest.param(lapses(date(2027, 5, 3), (MAY, APRIL)).day, MAY, id="17-day"),
        pytest.param(expires_on(date(2025, 6, 30)), date(2027, 8, 30), id="18"),
        pytest.param(expires_on(date(2024, 12, 31)), date(2027, 2, 28), id="19"),
        pytest.param(earliest_approval(date(2027, 6, 25)), date(2025, 4, 26), id="20"),
        pytest.param(deadline_state("2027-06", "modified_papers", TODAY).day, date(2027, 1, 29), id="21"),
        pytest.param(deadline_state("2027-06", "other", date(2027, 3, 1)).day, date(2027, 3, 19), id="24"),
        pytest.param(extra_minutes(105, 25), 27, id="25-extra"),
        pytest.param(finish(9 * 60, 105, 25), 11 * 60 + 12, id="25"),
        pytest.param(finish(9 * 60, 105, 25, 15), 11 * 60 + 27, id="26"),
        pytest.param(extra_minutes(135, 25), 34, id="27-extra"),
        pytest.param(finish(9 * 60, 135, 25, 20), 12 * 60 + 9, id="27"),
        pytest.param(extra_minutes(105, 50), 53, id="28-extra"),
        pytest.param(finish(13 * 60 + 30, 105, 50, 30), 16 * 60 + 38, id="28"),
        pytest.param(key_stage_2_minutes(60), 75, id="43"),
        pytest.param(key_stage_2_minutes(30), 38, id="44"),
        pytest.param(edition_on(TODAY), "2025-26-rev2026-03", id="48"),
    ],
)
def test_a_worked_example_gives_the_day_or_the_minutes_of_the_notes(value: object, expected: object) -> None:
    assert value == expected


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (deadline_state("2027-06", "modified_papers", TODAY), "70 days left"),
        (deadline_state("2027-06", "modified_papers", TODAY), "act by Friday 29 January 2027"),
        (deadline_state("2027-01", "other", TODAY), "21 October 2026, 32 days ago"),
        (deadline_state("2027-06", "other", date(2027, 3, 1)), "20 days left"),
        (session_clash(MAY, (Paper(90, 25), Paper(105, 25))), "245 minutes are more than 180"),
        (session_clash(MAY, (Paper(60), Paper(75))), "at most 20 minutes"),
        (day_clash(MAY, (Paper(105, 25), Paper(90, 25), Paper(90, 25))), "358 minutes of papers are more than 330"),
        (form_order(FormDays(date(2026, 10, 12), (date(2026, 10, 5),)), "tested_on")[0], "Form 8 Part 1"),
        (dictionary(date(2024, 6, 15)), "15 June 2027"),
        (edition_state(TODAY, MAY), "2025-26-rev2026-03 ends on 31 August 2026"),
        (component(TODAY, "RD", tags=("tests_reading",)), "A computer reader may."),
    ],
)
def test_an_outcome_says_what_the_notes_tell(said: Outcome, words: str) -> None:
    assert words in said.says


def test_the_trial_of_rest_breaks_is_named_as_missing() -> None:
    (found,) = extra_time_25_other(TODAY, "other", ("form_9", "specialist"), SHOWN)
    assert found.missing == ("a trial of supervised rest breaks that fell short",)


def test_the_gravest_outcome_counts() -> None:
    warning = Outcome("WARN", "w", "")
    would = Outcome("WARN", "would_block_x", "", intended="BLOCK")
    said = [Outcome(level, level, "") for level in ("OK", "UNKNOWN", "BLOCK", "REFER")]
    ranked = gravest_first([*said, warning, would])
    assert [one.code for one in ranked] == ["BLOCK", "REFER", "UNKNOWN", "would_block_x", "w", "OK"]
    assert worst([warning, *said]) == said[2]
    with pytest.raises(ValueError, match="empty"):
        worst([])


TOTAL: tuple[tuple[Edition[Any], ...], ...] = (
    BANDS,
    BARRED_SUBJECTS,
    CHECK_CODES,
    CHECK_LETTERS,
    CONFIRMED,
    DICTIONARY_PERCENT,
    ENOUGH,
    SITTINGS,
    SUB_AREAS,
    VALIDITY,
)


@given(st.dates())
def test_each_day_has_one_edition_of_each_table_without_gaps(day: date) -> None:
    for table in TOTAL:
        assert [edition.covers(day) for edition in table] == [edition is standing(table, day) for edition in table]


def test_the_arrangements_are_listed_once_each_with_their_evidence_and_source() -> None:
    edition = in_force(ARRANGEMENTS, TODAY)
    assert edition
    assert len({one.key for one in edition.value}) == len(edition.value) == 33
    for one in edition.value:
        assert set(one.routes) <= set(ROUTES)
        assert {*one.holds, *one.one_of} <= set(HELD)
        assert one.title
        assert one.source
    assert {"ET25", "BD", "SRB"} <= {one.key for one in edition.value if one.verified}
    assert {"ET50", "PEN", "RM"} <= {one.key for one in edition.value if not one.verified}


def test_every_series_orders_papers_before_it_closes() -> None:
    assert len({edition.value.key for edition in SERIES}) == len(SERIES)
    assert all(edition.value.modified_papers_by < edition.value.other_by for edition in SERIES)
    assert [edition.value.key for edition in SERIES if edition.verified] == ["2026-06"]


def test_every_rule_of_exams_says_its_source_and_its_words() -> None:
    rules = rules_of("exams", plugins.exams.rules)
    numbers = {rule.citation.rule.removeprefix("exams ") for rule in rules}
    assert numbers == {*(f"R{n}" for n in [*range(1, 18), *range(23, 29)]), "1.1"}
    assert all(rule.citation.source and rule.wording for rule in rules)
    assert all(rule.citation.address for rule in rules if rule.citation.verified)


def test_a_rule_is_tried_with_typed_words() -> None:
    rules = {rule.name: rule for rule in rules_of("exams", plugins.exams.rules)}
    assert rules["exams.expires_on"].try_with({"approved_on": "2024-12-31"}).says == "28 February 2027"
    given = {
        "decided_on": "2026-11-22",
        "born_on": "2011-03-15",
        "scores": '[{"construct": "READING", "sub_area": "reading_speed", "score": 80, "assessed_on": "2026-09-21"}]',
        "days": '{"part1_on": "2026-09-14"}',
        "subjects": '[{"subject": "Biology", "marked_tests": 1, "comments": 1}]',
    }
    said = rules["exams.extra_time_25_learning"].try_with(given).value
    assert isinstance(said, tuple)
    assert {one.code for one in said} == {"too_few_scores", "form_incomplete"}


def test_every_rule_can_say_what_to_type() -> None:
    for rule in rules_of("exams", plugins.exams.rules):
        assert all(parameter.wants for parameter in rule.parameters)
