"""What the rules say of one candidate, from what is on file, in use and decided."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core.roll.views import Pupil
from events import Fact
from plugins.exams.facts import (
    ArrangementApplied,
    ArrangementEnded,
    EvidenceFiled,
    LanguageRecorded,
    NeedNamed,
    ScoreRecorded,
    UseNoted,
)
from plugins.exams.rules import Outcome
from plugins.exams.views import (
    Arrangements,
    Case,
    CaseFile,
    Primary,
    arrangements,
    case_file,
    case_of,
    eligibility,
    in_question,
    percent_of,
    primary_takes,
    year9_started_on,
)
from plugins.exams.web.lines import lines_of
from tests.core.house import House

from .candidates import COMPLETE, FORM_8, LEARNING, SCORES, told
from .timetables import agreed, approved, desk_of, year_11

TODAY = date(2026, 11, 16)
BORN = date(2011, 3, 15)
DAY = date(2026, 10, 1)
HISTORY = (
    EvidenceFiled("marked_test", "History", DAY, None, "In green pen"),
    EvidenceFiled("comment", "History", DAY, None, "Never finishes"),
)
TWO_SPEEDS = tuple(
    ScoreRecorded(construct, area, 80, "DASH", None, None, date(2026, 10, 6))
    for construct, area in (("READING", "reading_speed"), ("WRITING", "writing_speed"))
)
FILE = (*COMPLETE[:-2], *HISTORY, *TWO_SPEEDS)
"""Complete, in mathematics and history, with one score of reading and one of writing."""


def case(*facts: Fact, year9: date | None = None) -> Case:
    """A candidate with these facts on record, whichever class they are of."""
    file, held = CaseFile(), Arrangements()
    for fact in facts:
        file, held = case_file(file, fact) or file, arrangements(held, fact) or held
    uses = tuple(fact for fact in facts if isinstance(fact, UseNoted))
    return Case(BORN, file, uses, held, year9_started_on=year9)


def used(arrangement: str, taught: str = "Mathematics") -> UseNoted:
    return UseNoted(arrangement, taught, "lesson", "helped", None, None, None, DAY, "")


def own(outcomes: tuple[Outcome, ...]) -> list[tuple[str, str]]:
    """What is said of the arrangement itself, the edition left out: level and code."""
    return [(one.level, one.code) for one in outcomes if one.rule != "R1"]


# The year they are in


@pytest.mark.parametrize(
    ("year", "today", "began_on"),
    [
        ("11", TODAY, None),  # in the year of their age
        ("10", TODAY, date(2025, 9, 1)),
        ("12", TODAY, date(2023, 9, 1)),
        ("9", TODAY, date(2026, 9, 1)),
        ("11", date(2027, 8, 31), None),
        ("11", date(2027, 9, 1), date(2025, 9, 1)),  # a new year began, and they stay down
        ("X", TODAY, None),
        ("R", TODAY, None),
    ],
)
def test_year_9_of_a_pupil_out_of_their_year_group_is_counted_back_from_the_year_they_are_in(
    year: str, today: date, began_on: date | None
) -> None:
    assert year9_started_on(Pupil("", "Ash", "Jo", BORN, year, "", date(2025, 9, 1)), today) == began_on


def test_a_test_counts_from_the_year_9_that_was_theirs() -> None:
    early = tuple(
        ScoreRecorded(score.construct, score.sub_area, 80, "YARC", None, None, date(2025, 3, 10)) for score in SCORES
    )
    facts = (*COMPLETE[:-2], *early)
    assert ("BLOCK", "before_year_9") not in own(eligibility(case(*facts), "ET25", 25, TODAY))
    assert ("BLOCK", "before_year_9") in own(eligibility(case(*facts, year9=date(2025, 9, 1)), "ET25", 25, TODAY))


def test_the_list_judges_the_same_case_as_the_page(house: House) -> None:
    (first,) = year_11(house, 1)
    second = house.pupil(year="10", born_on=BORN)
    for subject in (first, second):
        told(house, subject, *COMPLETE, used("WP"), agreed("RD"))
    desk = desk_of(house, "senco")
    cases = {line.pupil: line.case for line in lines_of(desk)}
    assert cases == {subject: case_of(desk, subject) for subject in (first, second)}
    assert [cases[subject].year9_started_on for subject in (first, second)] == [None, date(2025, 9, 1)]


# What is used in a subject


def test_what_is_used_in_one_subject_takes_scores_away_there_alone() -> None:
    plain = eligibility(case(*FILE), "ET25", 25, TODAY)
    assert own(plain) == [("OK", "apply")]
    found = eligibility(case(*FILE, used("WP")), "ET25", 25, TODAY)
    (doubt,) = (one for one in found if one.rule == "R5")
    assert (doubt.level, doubt.says.split(": ")[0]) == ("WARN", "In Mathematics")
    everywhere = eligibility(case(*FILE, used("WP"), used("WP", "History")), "ET25", 25, TODAY)
    (doubt,) = (one for one in everywhere if one.rule == "R5")
    assert not doubt.says.startswith("In ")


def test_what_stands_against_every_subject_alike_is_told_once() -> None:
    unsigned = [fact for fact in FILE if fact != FORM_8[2]]
    found = eligibility(case(*unsigned, used("WP")), "ET25", 25, TODAY)
    assert [one.says.startswith("In ") for one in found if one.code == "form_incomplete"] == [False]
    assert [one.says.split(":")[0] for one in found if one.rule == "R5"] == ["In Mathematics"]


@pytest.mark.parametrize(
    ("decided", "level"),
    [
        ((agreed("WP"),), "WARN"),
        ((ended := agreed("WP"), ArrangementEnded(ended.decision, DAY, "Never used")), "OK"),
        ((ArrangementApplied(uuid4(), "CR", None, "GCSE", "", "2025-26", "OK", "", DAY, ""),), "OK"),
        (tuple(approved("CR", date(2024, 9, 1))), "OK"),  # it ran out on 1 November 2026
        (tuple(approved("CR", date(2024, 9, 18))), "WARN"),
        ((agreed("WP", date(2026, 11, 17)),), "OK"),  # from tomorrow
    ],
)
def test_an_arrangement_takes_scores_away_from_the_day_it_holds_to_its_end(
    decided: tuple[Fact, ...], level: str
) -> None:
    assert own(eligibility(case(*FILE, *decided), "ET25", 25, TODAY))[0][0] == level


# Dictionaries


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((used("BD"),), ("UNKNOWN", "not_known")),
        ((used("BD"), LanguageRecorded(None, False, False, "", DAY, True)), ("BLOCK", "first_language")),
        ((used("BD"), LanguageRecorded(None, False, True, "", DAY, False)), ("OK", "centre_gives")),
        ((LanguageRecorded(None, False, False, "", DAY),), ("BLOCK", "evidence_missing")),
    ],
)
def test_a_dictionary_goes_by_the_first_language_not_by_the_one_spoken_at_home(
    facts: tuple[Fact, ...], said: tuple[str, str]
) -> None:
    assert own(eligibility(case(*facts), "BD", None, TODAY))[0] == said


# What is in question


def test_the_rules_are_asked_about_what_is_used_applied_for_or_stands() -> None:
    over = agreed("SRB", minutes=10)
    facts = (
        LEARNING,
        used("RD"),
        used("ET25"),
        agreed("WP"),
        over,
        ArrangementEnded(over.decision, DAY, "Never used"),
        *approved("CR", date(2024, 9, 1)),  # run out
        ArrangementApplied(uuid4(), "SC", None, "GCSE", "", "2025-26", "OK", "", DAY, ""),
    )
    assert in_question(case(*facts), TODAY) == ["ET25", "RD", "SC", "WP"]


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ((), []),
        ((NeedNamed("other", DAY, "Tires"),), ["ET25-N"]),
        ((NeedNamed("plan", DAY, "Named in the plan"), used("ET25")), ["ET25-E"]),
        ((NeedNamed("learning", DAY, "Slow"), *approved("ET50", DAY, percent=40)), ["ET50"]),
    ],
)
def test_extra_time_is_asked_about_once_a_need_is_named(facts: tuple[Fact, ...], keys: list[str]) -> None:
    assert in_question(case(*facts), TODAY, named=True) == keys


def test_the_percentage_asked_for_last_is_the_one_tried() -> None:
    one = case(*approved("ET50", date(2024, 9, 1), percent=30), *approved("ET50", DAY, percent=40))
    assert percent_of(one, "ET50") == 40
    assert percent_of(one, "ET25") is None


# Primary tests


@pytest.mark.parametrize(
    ("assessment", "arrangement", "more", "has_plan", "code"),
    [
        ("KS2", "additional_time", {}, False, "apply"),
        ("KS2", "additional_time", {"percent": 25}, True, "automatic"),
        ("KS2", "additional_time", {"percent": 40}, True, "other_percentage"),
        ("KS2", "scribe", {}, True, "notify"),
        ("KS2", "reader", {"test": "reading"}, False, "would_block_reading_test"),
        ("MTC", "ATA", {}, True, "set_in_service"),
        ("MTC", "ATA", {"percent": 25}, True, "no_extra_time"),
    ],
)
def test_what_a_primary_arrangement_takes_may_depend_on_the_plan(
    assessment: str, arrangement: str, more: dict[str, Any], has_plan: bool, code: str
) -> None:
    usual: dict[str, Any] = {"test": "", "percent": None, "cause": "", "assistant": "", "arranged_on": DAY}
    told = Primary(uuid4(), assessment, 2027, arrangement, **usual | more)
    assert primary_takes(told, has_plan=has_plan)[0].code == code
