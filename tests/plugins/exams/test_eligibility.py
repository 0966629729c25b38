"""The worked examples of the domain notes, by their numbers, as the pages tell them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from events import Fact
from plugins.exams.facts import (
    ArrangementAgreed,
    EvidenceFiled,
    FormPartCompleted,
    LanguageRecorded,
    NeedNamed,
    RestBreaksTried,
    UseNoted,
)
from tests.core.house import Browser, House, errors
from tests.plugins.exams.candidates import (
    COMPLETE,
    EXAMS,
    LEARNING,
    MATHS,
    candidate,
    outcomes,
    paper,
    part,
    row,
    told,
)

TESTED_ON = date(2026, 10, 6)
FINE, DOUBT, AGAINST, MISSING = "nothing stands against it", "in doubt", "stands against it", "missing"
LOOK = "a person must look"
NOTHING_ON_FILE = (NeedNamed("other", date(2026, 9, 20), "Attention"),)


def tried(
    senco: Browser, pupil: UUID, arrangement: str, *scores: tuple[Any, ...], **more: str
) -> list[tuple[str, str]]:
    """What the page says of typed scores: (area, score) or (area, score, day)."""
    typed: dict[str, str] = {}
    for at in range(1, 7):
        area, score, on = (*scores[at - 1], TESTED_ON)[:3] if at <= len(scores) else ("", "", "")
        typed |= row({"area": area, "score": score, "on": on}, at)
    path = f"{EXAMS}/check/{pupil}"
    answer = senco.raw_post(path, data=senco.form(path) | typed | {"arrangement": arrangement} | more)
    assert answer.status_code == 200, errors(answer.text)
    return outcomes(answer.text)


def used(arrangement: str, *, taught: str = "Mathematics", note: str = "") -> UseNoted:
    return UseNoted(arrangement, taught, "lesson", "helped", None, None, None, date(2026, 10, 1), note)


@pytest.mark.parametrize(
    ("arrangement", "scores", "uses", "tag", "says"),
    [
        pytest.param(
            "ET25", [("reading_speed", 80, "2025-06-20"), ("writing_speed", 80)], [], AGAINST, "before Year 9", id="3"
        ),
        pytest.param(
            "ET25",
            [("reading_speed", 82), ("working_memory", 84)],
            [],
            FINE,
            "apply on Access Arrangements Online",
            id="4",
        ),
        pytest.param(
            "ET25",
            [("writing_speed", 80), ("phonological", 87)],
            [],
            FINE,
            "apply on Access Arrangements Online",
            id="5",
        ),
        pytest.param(
            "ET25", [("reading_speed", 81), ("reading_comprehension_speed", 79)], [], AGAINST, "one area", id="6"
        ),
        pytest.param(
            "ET25",
            [("working_memory", 83), ("visual_processing", 88)],
            [],
            FINE,
            "apply on Access Arrangements Online",
            id="7",
        ),
        pytest.param("ET25", [("reading_speed", 86), ("writing_speed", 88)], [], DOUBT, "Two scores are low", id="8"),
        pytest.param("ET25", [("reading_speed", 84), ("writing_speed", 90)], [], AGAINST, "Fewer than two", id="9"),
        pytest.param("ET25", [("writing_speed", 78), ("reading_speed", 83)], ["WP"], DOUBT, "word processor", id="10"),
        pytest.param(
            "ET25",
            [("reading_speed", 80), ("writing_speed", 82), ("working_memory", 85)],
            ["RD"],
            FINE,
            "apply on Access Arrangements Online",
            id="11",
        ),
        pytest.param("ET50", [("reading_speed", 69), ("writing_speed", 68)], [], DOUBT, "awarding body", id="12"),
        pytest.param(
            "ET50", [("reading_speed", 69), ("writing_speed", 72)], [], AGAINST, "well below average", id="12b"
        ),
        pytest.param("SC", [("spelling_accuracy:no", 79)], [], FINE, "apply on Access Arrangements Online", id="13"),
        pytest.param("SC", [("spelling_accuracy:yes", 79)], [], AGAINST, "can be recognised", id="13b"),
        pytest.param("SC", [("writing_speed", 84)], [], FINE, "apply on Access Arrangements Online", id="13c"),
        pytest.param(
            "ET25", [("reading_speed", 39), ("working_memory", 80)], [], AGAINST, "not a standardised", id="51"
        ),
    ],
)
def test_typed_scores_are_told_as_the_worked_examples_say(
    house: House, arrangement: str, scores: list[tuple[Any, ...]], uses: list[str], tag: str, says: str
) -> None:
    pupil = candidate(house, *COMPLETE, *map(used, uses), year="10", born_on=date(2011, 9, 1))
    before = house.log_size()
    said = tried(house.as_role("senco"), pupil, arrangement, *scores)
    assert said[0][0] == tag, said
    assert any(one == tag and says in told_so for one, told_so in said), said
    assert house.log_size() == before


READER = (FormPartCompleted("note", None, date(2026, 10, 1), None),)
ADHD = (
    NOTHING_ON_FILE[0],
    FormPartCompleted("9", None, date(2026, 10, 1), None),
    EvidenceFiled("specialist", "", date(2026, 9, 1), None, "CAMHS"),
    *MATHS,
)
FELL_SHORT = RestBreaksTried("Mathematics", False, date(2026, 9, 18), "")
WELSH = LanguageRecorded(None, True, True, "", date(2026, 10, 1), english_irish_or_welsh=True)
SPOKE_NONE = {"prior_english": False, "english_at_home": False, "band": "A", "recorded_on": date(2026, 10, 1)}
SITS = (("First", date(2027, 5, 12)), ("Last", date(2027, 6, 18)))


@pytest.mark.parametrize(
    ("arrangement", "facts", "tag", "says"),
    [
        pytest.param(
            "ET25", (*COMPLETE, FormPartCompleted("8", 1, date(2026, 10, 12), None)), AGAINST, "Part 1", id="39"
        ),
        pytest.param("ET25-N", ADHD, DOUBT, "Rest breaks were not tried", id="47"),
        pytest.param("ET25-N", (*ADHD, FELL_SHORT), FINE, "apply on Access Arrangements Online", id="47b"),
        pytest.param("RD", READER, FINE, "apply on Access Arrangements Online", id="49"),
        pytest.param("RD", NOTHING_ON_FILE, MISSING, "normal way of working", id="49b"),
        pytest.param("BD", (WELSH, used("BD")), AGAINST, "not English, Irish or Welsh", id="R15"),
        pytest.param("BD", (used("BD"),), LOOK, "the candidate's language", id="R15b"),
        pytest.param("ET25", COMPLETE, FINE, "apply on Access Arrangements Online", id="R6"),
        pytest.param("ET25", COMPLETE[:1], MISSING, "Form 8 Part 3", id="R13"),
    ],
)
def test_what_is_on_file_is_told_as_the_worked_examples_say(
    house: House, arrangement: str, facts: tuple[Fact, ...], tag: str, says: str
) -> None:
    pupil = candidate(house, *facts)
    said = outcomes(house.as_role("senco").get(f"{EXAMS}/check/{pupil}?arrangement={arrangement}").text)
    assert tag in {said[0][0], MISSING}
    assert any(one == tag and says in told_so for one, told_so in said), said


@pytest.mark.parametrize(
    ("came_on", "tag", "says"),
    [
        pytest.param(date(2024, 6, 15), FINE, "Meets the criteria", id="40"),
        pytest.param(date(2024, 4, 30), MISSING, "less than three years in the United Kingdom", id="41"),
    ],
)
def test_a_dictionary_with_extra_time_goes_by_the_first_exam(house: House, came_on: date, tag: str, says: str) -> None:
    pupil = candidate(house, LanguageRecorded(came_on=came_on, **SPOKE_NONE), *(paper(house, *one) for one in SITS))  # type: ignore[arg-type]
    said = outcomes(house.as_role("senco").get(f"{EXAMS}/check/{pupil}?arrangement=BD25").text)
    assert said[0][0] == tag
    assert says in said[0][1]


def test_the_edition_is_in_doubt_where_the_exam_lies_past_its_cover(house: House) -> None:
    """48"""
    pupil = candidate(house, *COMPLETE, used("SRB"), paper(house, "Mathematics paper 1", date(2027, 5, 10)))
    said = part(house.as_role("senco").get(f"{EXAMS}/pupils/{pupil}").text, "What the rules say today")
    assert said.count("The cover of edition 2025-26-rev2026-03 ends on 31 August 2026, before the exam.") == 1
    assert said.count(FINE) == 2


# The check page itself


def test_every_outcome_leads_to_its_rule_and_every_rule_is_there(house: House) -> None:
    senco = house.as_role("senco")
    pupil = candidate(house, LEARNING, paper(house, "Mathematics paper 1", date(2027, 5, 10)))
    for arrangement in ("ET25", "ET25-N", "ET25-E", "ET50", "CR", "SC", "WP", "SRB", "BD", "BD25"):
        shown = senco.get(f"{EXAMS}/check/{pupil}?arrangement={arrangement}").text
        links = re.findall(r'href="(/rules/exams\.[a-z0-9_]+)"', shown)
        assert len(links) == len(list(outcomes(shown)))
        assert {senco.get(link).status_code for link in set(links)} == {200}


def test_the_rule_named_by_a_number_is_one_of_that_number(house: House) -> None:
    from plugins.exams.web.checking.outcomes import _OWN, _TOLD_BY

    rules = house.building.plugins.rules()
    named = [*_TOLD_BY.items(), *((number, name) for (number, _), name in _OWN.items())]
    assert [pair for pair in named if rules[f"exams.{pair[1]}"].citation.rule != f"exams {pair[0]}"] == []


def test_what_was_tried_is_told_apart_from_what_is_on_file_and_leads_nowhere(house: House) -> None:
    senco = house.as_role("senco")
    pupil = candidate(house, *COMPLETE)
    path = f"{EXAMS}/check/{pupil}"
    shown = senco.get(path).text
    assert f"/decisions/{pupil}/apply?arrangement=ET25" in shown
    assert "Record an application all the same" not in shown
    assert 'value="82"' in shown
    assert "Nothing is recorded here. The rules advise; the SENCO decides." in shown
    as_filed = {"area": "reading_speed", "score": 82, "on": TESTED_ON}
    memory = {"area": "working_memory", "score": 84, "on": TESTED_ON}
    fields = senco.form(path) | {"arrangement": "ET25"} | row(as_filed) | row(memory, 2)
    assert "apply?arrangement=ET25" in senco.raw_post(path, data=fields).text
    shown = senco.raw_post(path, data=fields | {"score_2": "95"}).text
    assert "scores you tried, not those on file" in shown
    assert "apply?arrangement=ET25" not in shown


def test_half_a_row_is_told_at_its_field_and_what_was_typed_is_kept(house: House) -> None:
    senco = house.as_role("senco")
    path = f"{EXAMS}/check/{candidate(house)}"
    fields = senco.form(path) | {"arrangement": "ET25", "area_1": "reading_speed", "score_1": "eighty", "score_2": "70"}
    answer = senco.raw_post(path, data=fields | {"area_3": "nonsense", "on_3": "2027-05-05"})
    assert answer.status_code == 422
    for field in ("score_1", "on_1", "area_2", "on_2", "area_3", "score_3", "on_3"):
        assert f'<a href="#{field}">' in answer.text
    assert 'value="eighty"' in answer.text
    assert outcomes(answer.text) == []


def test_extra_time_in_use_is_asked_about_as_the_need_has_it(house: House) -> None:
    senco = house.as_role("senco")
    for need, key in (("learning", "ET25"), ("other", "ET25-N"), ("plan", "ET25-E")):
        pupil = candidate(house, NeedNamed(need, date(2026, 9, 20), "Seen"), used("ET25"), used("WP"))
        shown = senco.get(f"{EXAMS}/pupils/{pupil}").text
        assert f"check/{pupil}?arrangement={key}" in shown
        assert f"check/{pupil}?arrangement=WP" in shown
        assert shown.count(f"check/{pupil}?arrangement=") == 2
    unnamed = candidate(house, used("ET25"))
    assert f"check/{unnamed}?arrangement=ET25" in senco.get(f"{EXAMS}/pupils/{unnamed}").text
    told(house, unnamed, ArrangementAgreed(uuid4(), "SRB", 10, "2025-26", "OK", date(2026, 10, 1), ""))
    assert f"check/{unnamed}?arrangement=SRB" in senco.get(f"{EXAMS}/pupils/{unnamed}").text
