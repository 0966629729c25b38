"""One candidate's page, and what a teacher notes on it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from plugins.exams.facts import (
    ScoreRecorded,
    UseNoted,
)
from plugins.register.facts import PlacedOnRegister, TakenOffRegister
from tests.core.house import Browser, House, error_links, errors, on
from tests.plugins.exams.candidates import (
    COMPLETE,
    EXAMS,
    candidate,
    noting,
    paper,
    part,
    told,
    words,
)
from tests.plugins.exams.decided import agreed, approved, used

NOVEMBER = date(2026, 11, 10)


# The candidate's page


def says_of_the_register(browser: Browser, pupil: UUID) -> str:
    found = re.search(r"On the register</dt><dd>(.*?)</dd>", browser.get(f"{EXAMS}/pupils/{pupil}").text, re.DOTALL)
    assert found
    return words(found[1])


def test_not_said_never_and_some_need_are_three_sentences(house: House) -> None:
    placed = PlacedOnRegister("K", ("SPLD", "SLCN"), date(2026, 9, 1), None, "Seen")
    never, some, off = candidate(house), candidate(house, placed), candidate(house, placed)
    told(house, off, TakenOffRegister(date(2026, 10, 1), None, "Better"))
    senco = house.as_role("senco")
    assert says_of_the_register(senco, never) == "Never on the register here."
    assert (
        says_of_the_register(senco, some)
        == "SEN support: Specific learning difficulty, Speech, language and communication needs"
    )
    assert says_of_the_register(senco, off) == "Not on the register now"
    unsaid = "The register did not say: it is off here, not approved, or not yours to read."
    assert says_of_the_register(house.as_role("exams_officer"), some) == unsaid
    house.switch(on=False)
    assert says_of_the_register(senco, some) == unsaid
    house.switch(on=True)
    house.switch(on=False, plugin="exams")
    house.switch(on=True, plugin="exams")  # approving nothing
    assert says_of_the_register(senco, some) == says_of_the_register(senco, never) == unsaid


def test_each_sees_their_part_of_a_candidate(house: House) -> None:
    entry = paper(house, "Mathematics paper 1", date(2027, 5, 10))
    pupil = candidate(house, *COMPLETE, used("ET25"), *approved("ET25", date(2024, 11, 12)), entry)
    parts = {"Arrangements", "What the rules say today", "Papers", "On file", "Normal way of working"}
    seen = {
        "senco": parts,
        "exams_officer": parts - {"Normal way of working"},
        "head": parts,
        "class_teacher": {"Arrangements", "Normal way of working"},
        "send_admin": parts - {"What the rules say today", "On file", "Papers"} | {"Papers"},
    }
    mains = {"senco": "Check eligibility", "exams_officer": "Check eligibility", "class_teacher": "Note what was used"}
    for role, wanted in seen.items():
        shown = house.as_role(role).get(f"{EXAMS}/pupils/{pupil}").text
        assert set(re.findall(r"<h2[^>]*>([^<]*)</h2>", shown)) & parts == wanted, role
        assert "lapses before Mathematics paper 1 on 10 May 2027" in words(shown), role
        assert ("Reads slowly" in shown) == ("On file" in wanted), role
        assert ("End it" in shown) == (role == "senco"), role
        if role in mains:
            assert re.findall(r'<a class="ts-b" href="[^"]*">([^<]*)</a>', shown) == [mains[role]]


def test_the_page_tells_what_was_decided_when_and_what_the_check_said_then(house: House) -> None:
    pupil = candidate(house, agreed("SRB", break_minutes=10, checked="BLOCK", reason="Agreed with the family"))
    said = part(house.as_role("senco").get(f"{EXAMS}/pupils/{pupil}").text, "Arrangements")
    assert "Supervised rest breaks SRB · 10 minutes of breaks planned agreed by the centre" in said
    assert "Agreed on 12 October 2026 2025-26-rev2026-03 The check said: something stood against it" in said


def test_uses_are_told_by_subject_with_their_marks(house: House) -> None:
    mock = used("ET25", mark_with=31, mark_without=22, out_of=40)
    pupil = candidate(house, mock, used("ET25", used_on=date(2026, 11, 3)), used("WP", "English"))
    said = part(house.as_role("class_teacher").get(f"{EXAMS}/pupils/{pupil}").text, "Normal way of working")
    assert "History Extra time ( ET25 ) 2 times, last on 3 November 2026 in a lesson It helped (2)" in said
    assert "31 with, 22 without, of 40 (20 October 2026)" in said
    assert "English Word processor ( WP ) Once on 20 October 2026" in said


def test_a_score_from_before_year_9_is_told_as_one(house: House) -> None:
    early = ScoreRecorded("READING", "reading_speed", 80, "YARC", None, None, date(2024, 8, 20))
    said = part(house.as_role("senco").get(f"{EXAMS}/pupils/{candidate(house, early)}").text, "On file")
    assert "20 August 2024 before Year 9" in said


# What a teacher notes


def test_a_note_is_recorded_in_one_form_with_today_and_the_teacher_s_subject_filled_in(house: House) -> None:
    pupil, teacher = candidate(house), house.as_role("class_teacher")
    path = f"{EXAMS}/working/{pupil}"
    shown = teacher.get(path).text
    for name, value in (("used_on-day", "16"), ("used_on-month", "11"), ("used_on-year", "2026"), ("taught", "")):
        assert re.search(rf'name="{name}" type="text"[^>]* value="{value}"', shown), name
    answer = teacher.raw_post(path, data=teacher.form(path) | noting())
    assert (answer.status_code, answer.headers["location"]) == (303, f"{EXAMS}/pupils/{pupil}")
    assert "Recorded." in teacher.get(f"{EXAMS}/pupils/{pupil}").text
    (event,) = house.facts(UseNoted)
    assert event.fact == UseNoted("ET25", "History", "lesson", "helped", None, None, None, NOVEMBER, "")
    again = teacher.get(f"{EXAMS}/working/{candidate(house)}").text
    assert re.search(r'name="taught" type="text"[^>]* value="History"', again)
    assert '<option value="History"></option>' in teacher.get(path).text
    assert "<details" in shown
    assert '<details class="govuk-details" open' not in shown


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"arrangement": ""}, "arrangement", "Choose what was used."),
        ({"other": "OV"}, "other", "Choose one thing: above, or from the list."),
        ({"arrangement": "nonsense"}, "arrangement", "Choose what was used from the list."),
        ({"taught": " "}, "taught", "Enter the subject."),
        ({"setting": ""}, "setting", "Enter where it was used."),
        ({"effect": "wonders"}, "effect", "Choose what came of it from the list."),
        (on("used_on", date(2026, 11, 17)), "used_on-day", "The day must be today or in the past."),
        ({"mark_with": "31"}, "out_of", "Say out of how many marks."),
        ({"mark_with": "41", "out_of": "40"}, "mark_with", "The mark is more than there were."),
        ({"out_of": "many"}, "out_of", "Out of is not in the right form."),
    ],
)
def test_a_note_that_cannot_be_is_refused_at_its_field_and_what_was_typed_is_kept(
    house: House, fields: dict[str, str], field: str, code: str
) -> None:
    pupil, teacher = candidate(house), house.as_role("class_teacher")
    path = f"{EXAMS}/working/{pupil}"
    answer = teacher.raw_post(path, data=teacher.form(path) | noting(note="Wrote to the end") | fields)
    assert answer.status_code == 422
    assert errors(answer.text) == [code]
    assert list(error_links(answer.text)) == [field]
    assert f'id="{field}"' in answer.text
    assert ">Wrote to the end</textarea>" in answer.text
    assert '<details class="govuk-details" open' in answer.text
    assert house.facts(UseNoted) == []


def test_something_less_common_is_chosen_from_the_list(house: House) -> None:
    pupil, teacher = candidate(house), house.as_role("class_teacher")
    path = f"{EXAMS}/working/{pupil}"
    sent = teacher.form(path) | noting(arrangement="", other="OV", mark_with="3", mark_without="2", out_of="5")
    for _ in range(2):  # a double click
        assert teacher.raw_post(path, data=sent).status_code == 303
    (fact,) = house.recorded(UseNoted)
    assert (fact.arrangement, fact.out_of) == ("OV", 5)
