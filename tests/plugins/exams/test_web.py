"""The pages of a candidate: who sees what of whom, what is recorded by them, and what they refuse."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Exported, Opened
from plugins.exams.facts import (
    ApplicationReferred,
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    CandidateNumbered,
    EvidenceFiled,
    LanguageRecorded,
    NeedNamed,
    PrimaryArranged,
    ScoreRecorded,
    UseNoted,
)
from plugins.register.facts import PlacedOnRegister, TakenOffRegister
from tests.core.house import NORTH, Browser, House, HouseMaker, error_links, errors, on
from tests.core.web.test_uploads import PDF
from tests.plugins.exams.candidates import (
    COMPLETE,
    EXAMS,
    LEARNING,
    candidate,
    outcomes,
    paper,
    part,
    school,
    told,
    words,
)

NOVEMBER = date(2026, 11, 10)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def applied(arrangement: str, decision: UUID | None = None, **more: Any) -> ArrangementApplied:
    usual: dict[str, Any] = {
        "percent": 25 if arrangement.startswith("ET25") else None,
        "level": "GCSE",
        "centre": "61205",
        "edition": "2025-26-rev2026-03",
        "checked": "WARN",
        "reference": "",
        "applied_on": date(2026, 10, 12),
        "reason": "",
    }
    return ArrangementApplied(decision or uuid4(), arrangement, **(usual | more))


def approved(arrangement: str, on_day: date) -> list[ArrangementApplied | ArrangementApproved]:
    decision = uuid4()
    return [applied(arrangement, decision, applied_on=on_day), ArrangementApproved(decision, on_day, None, "")]


def used(arrangement: str, taught: str = "History", **more: Any) -> UseNoted:
    usual: dict[str, Any] = {"mark_with": None, "mark_without": None, "out_of": None, "used_on": date(2026, 10, 20)}
    return UseNoted(arrangement, taught, "lesson", "helped", note="", **(usual | more))


def agreed(arrangement: str, **more: Any) -> ArrangementAgreed:
    usual: dict[str, Any] = {"break_minutes": None, "checked": "OK", "reason": "", "decision": uuid4()}
    given = usual | more
    return ArrangementAgreed(
        given["decision"],
        arrangement,
        given["break_minutes"],
        "2025-26-rev2026-03",
        given["checked"],
        date(2026, 10, 12),
        given["reason"],
    )


def pages_of(pupil: UUID) -> list[str]:
    return [
        f"{EXAMS}{path}"
        for path in (
            "",
            f"/pupils/{pupil}",
            f"/check/{pupil}",
            f"/working/{pupil}",
            f"/decisions/{pupil}/apply",
            f"/decisions/{pupil}/agree",
            f"/decisions/{pupil}/primary",
            f"/numbers/{pupil}",
            *(f"/evidence/{pupil}/{what}" for what in ("need", "score", "form", "piece", "breaks", "language", "told")),
        )
    ]


# Who may


@pytest.mark.parametrize(
    ("role", "statuses"),
    [  # list, candidate, check, working, decisions three times, numbers, evidence seven times
        ("senco", [200] * 15),
        ("class_teacher", [200, 200, 403, 200, 403, 403, 403, 403, *[403] * 7]),
        ("exams_officer", [200, 200, 200, 403, 403, 403, 403, 200, *[403] * 7]),
        ("head", [200, 200, 200, 403, 403, 403, 403, 403, *[403] * 7]),
        ("send_admin", [200, 200, 404, 200, 403, 403, 403, 403, *[404] * 7]),
        ("head_of_year", [200, 404, 403, 403, 403, 403, 403, 403, *[403] * 7]),
        ("dsl", [403] * 15),
    ],
)
def test_each_page_opens_to_those_whose_work_it_is(house: House, role: str, statuses: list[int]) -> None:
    pupil, browser = candidate(house, *COMPLETE), house.as_role(role)
    assert [browser.get(path).status_code for path in pages_of(pupil)] == statuses


def test_a_pupil_outside_the_caseload_is_not_found_and_not_listed(house: House) -> None:
    mine = candidate(house, used("RD"), surname="Mine")
    other = candidate(house, used("RD"), surname="Other", form="11D")
    teacher = house.as_role("class_teacher")
    shown = teacher.get(EXAMS).text
    assert "Mine, Robin" in shown
    assert "Other, Robin" not in shown
    token = teacher.form(f"{EXAMS}/working/{mine}")
    before = house.log_size(), house.log_size(f"{NORTH}-reads")
    for path in (f"{EXAMS}/pupils/{other}", f"{EXAMS}/working/{other}"):
        assert teacher.get(path).status_code == 404
    assert teacher.raw_post(f"{EXAMS}/working/{other}", data=token | noting()).status_code == 404
    assert (house.log_size(), house.log_size(f"{NORTH}-reads")) == before


def test_off_is_not_found(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE), house.as_role("senco")
    house.switch(on=False, plugin="exams")
    assert {senco.get(path).status_code for path in pages_of(pupil)} == {404}


def test_a_pupil_who_is_nobody_here_is_not_found(house: House) -> None:
    senco = house.as_role("senco")
    assert {senco.get(path).status_code for path in pages_of(uuid4())[1:]} == {404}


def test_every_page_has_one_heading_of_the_first_rank_and_no_name_in_its_title(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE, used("ET25"), applied("ET25")), house.as_role("senco")
    for path in pages_of(pupil):
        shown = senco.get(path).text
        assert shown.count("<h1>") == 1, path
        assert "Sample" not in shown.partition("</title>")[0]
        assert "style=" not in shown


def test_opening_is_recorded_for_what_was_shown_and_no_more(house: House) -> None:
    pupil = candidate(house, *COMPLETE)
    for role, extra in (("class_teacher", {"exams.working"}), ("exams_officer", {"exams.evidence", "exams.entries"})):
        before = len(house.facts(Opened, f"{NORTH}-reads"))
        house.as_role(role).get(f"{EXAMS}/pupils/{pupil}")
        told_of = {event.record for event in house.facts(Opened, f"{NORTH}-reads")[before:]}
        assert told_of == {"core.identity", "exams.arrangements", *extra}


# The list


def lines(browser: Browser, query: str = "") -> list[dict[str, str]]:
    content = browser.get(f"{EXAMS}/list.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_list_begins_with_words_that_say_how_to_begin(house: House) -> None:
    house.pupil(surname="Nothing")
    for role, says in (("senco", "name the need"), ("class_teacher", "note what the pupil uses in class")):
        shown = words(house.as_role(role).get(EXAMS).text)
        assert "Nothing is on record for exams yet" in shown
        assert says in shown


def test_anything_on_record_makes_a_candidate(house: House) -> None:
    for surname, fact in {
        "File": LEARNING,
        "Use": used("RD"),
        "Arrangement": agreed("WP"),
        "Entry": CandidateNumbered("61205", "0417", "", NOVEMBER),
        "Primary": PrimaryArranged(uuid4(), "KS2", 2027, "reader", "maths", None, "", NOVEMBER, ""),
    }.items():
        candidate(house, fact, surname=surname)
    house.pupil(surname="Nothing")
    senco = house.as_role("senco")
    assert {line["Surname"] for line in lines(senco)} == {"File", "Use", "Arrangement", "Primary"}
    everybody = {line["Surname"] for line in lines(senco, "?show=everybody")}
    assert everybody == {"File", "Use", "Arrangement", "Entry", "Primary"}
    # a file is no trace for whoever may not read files
    shown = house.as_role("class_teacher").get(EXAMS).text
    assert "File, Robin" not in shown
    assert "Use, Robin" in shown


def test_the_list_is_filtered_by_what_wants_doing(house: House) -> None:
    entry = paper(house, "Mathematics paper 1", date(2027, 5, 10))
    today = house.building.today
    candidate(house, *approved("ET25", date(2024, 11, 12)), entry, surname="Lapsing")
    candidate(house, *approved("RD", date(2024, 10, 20)), surname="Expiring", year="10")
    candidate(house, *approved("RD", date(2024, 9, 1)), surname="Gone")
    candidate(house, applied("SC"), surname="Waiting")
    candidate(house, *COMPLETE, *approved("ET25", date(2026, 10, 15)), entry, surname="Ready")
    senco = house.as_role("senco")
    assert today == date(2026, 11, 16)
    for query, surnames in {
        "?show=lapsing": ["Lapsing"],
        "?show=expiring": ["Expiring", "Lapsing"],
        "?show=waiting": ["Waiting"],
        "?show=missing": ["Expiring", "Lapsing", "Waiting"],
        "?year=10": ["Expiring"],
        "?arrangement=ET25": ["Lapsing", "Ready"],
        "?show=nonsense": ["Expiring", "Gone", "Lapsing", "Ready", "Waiting"],
    }.items():
        assert [line["Surname"] for line in lines(senco, query)] == surnames, query
    told_of = {line["Surname"]: line for line in lines(senco)}
    assert told_of["Lapsing"]["Holds until"] == "2027-01-12"
    assert told_of["Lapsing"]["State"] == "lapses before an exam"
    assert told_of["Expiring"]["State"] == "34 days"
    assert told_of["Gone"]["State"] == "expired"
    assert told_of["Gone"]["Arrangements"] == "RD (expired)"
    assert told_of["Waiting"]["Arrangements"] == "SC (applied for)"
    assert told_of["Waiting"]["Need"] == ""
    assert told_of["Ready"]["Need"] == "Learning difficulty"
    assert told_of["Ready"]["Missing evidence"] == ""
    assert "Form 8 Part 1" in told_of["Waiting"]["Missing evidence"]
    shown = senco.get(EXAMS).text
    assert '<abbr title="25% extra time, learning difficulty">ET25</abbr>' in shown
    for show, count in (("lapsing", 1), ("expiring", 2), ("waiting", 1)):
        assert f'<a href="{EXAMS}?show={show}">{count}</a>' in shown
    for sort in ("name", "-year", "need", "until", "missing", "nonsense"):
        assert senco.get(f"{EXAMS}?sort={sort}").status_code == 200


def test_an_approval_that_was_renewed_lapses_no_more(house: House) -> None:
    entry = paper(house, "Mathematics paper 1", date(2027, 5, 10))
    candidate(house, *approved("ET25", date(2024, 11, 12)), *approved("ET25", date(2026, 10, 1)), entry)
    (line,) = lines(house.as_role("senco"))
    assert (line["Holds until"], line["State"]) == ("2028-12-01", "")


def test_a_name_searched_for_stands_in_no_address(house: House) -> None:
    candidate(house, LEARNING, surname="Byron")
    candidate(house, LEARNING, surname="Lovelace")
    senco = house.as_role("senco")
    found = senco.post(EXAMS, q="byron", year="", arrangement="", show="")
    assert "byron" not in found.headers["location"].lower()
    shown = senco.get(found.headers["location"]).text
    assert "Byron, Robin" in shown
    assert "Lovelace, Robin" not in shown


def test_need_and_missing_evidence_are_for_those_who_may_read_the_file(house: House) -> None:
    candidate(house, LEARNING, applied("ET25"))
    for role, sees in (("senco", True), ("exams_officer", True), ("class_teacher", False), ("send_admin", False)):
        shown = house.as_role(role).get(f"{EXAMS}?sort=missing").text
        assert ("Learning difficulty" in words(shown)) == sees, role
        assert ("the assessment" in words(shown)) == sees, role
    assert "Robin" in house.as_role("exams_officer").get(f"{EXAMS}?show=missing").text
    assert "Robin" not in house.as_role("class_teacher").get(f"{EXAMS}?show=missing").text


def test_taking_the_list_away_is_recorded_and_holds_evidence_only_for_who_may_take_it(house: House) -> None:
    candidate(house, LEARNING, applied("ET25"))
    senco, officer = house.as_role("senco"), house.as_role("exams_officer")
    assert "Missing evidence" in lines(senco)[0]
    assert "Missing evidence" not in lines(officer)[0]
    assert "Learning difficulty" not in officer.get(f"{EXAMS}/list.csv").text
    assert officer.get(f"{EXAMS}/list.xlsx").content[:2] == b"PK"
    assert house.as_role("head").get(f"{EXAMS}/list.csv").status_code == 403
    taken = [(event.record, event.fact.rows) for event in house.facts(Exported, f"{NORTH}-reads")]  # type: ignore[union-attr]
    assert taken == [("exams.arrangements", 1), ("exams.evidence", 1), *[("exams.arrangements", 1)] * 3]


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


def noting(**more: str) -> dict[str, str]:
    usual = {"arrangement": "ET25", "taught": "History", "setting": "lesson", "effect": "helped"}
    return usual | on("used_on", NOVEMBER) | more


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
    (event,) = house.facts(UseNoted)
    assert (event.fact.arrangement, event.fact.out_of) == ("OV", 5)  # type: ignore[union-attr]


# What is decided


def decide(browser: Browser, pupil: UUID, what: str, **fields: str) -> Any:
    return browser.post(f"{EXAMS}/decisions/{pupil}/{what}", **fields)


def test_an_application_goes_from_the_form_to_its_approval(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE), house.as_role("senco")
    shown = words(senco.get(f"{EXAMS}/decisions/{pupil}/apply?arrangement=ET25").text)
    assert "Today's check of 25% extra time, learning difficulty: nothing stands against it." in shown
    fields = {"arrangement": "ET25", "level": "GCSE", **on("applied_on", NOVEMBER)}
    assert decide(senco, pupil, "apply", **fields).status_code == 303
    (event,) = house.facts(ArrangementApplied)
    decision = event.fact.decision  # type: ignore[union-attr]
    assert f"{decision}/approve" in senco.get(f"{EXAMS}/pupils/{pupil}").text
    too_soon = decide(senco, pupil, f"{decision}/approve", **on("approved_on", NOVEMBER - timedelta(days=1)))
    assert (too_soon.status_code, list(error_links(too_soon.text))) == (422, ["approved_on-day"])
    approval = on("approved_on", NOVEMBER) | on("expires_on", date(2029, 1, 10))
    assert decide(senco, pupil, f"{decision}/approve", **approval).status_code == 303
    said = part(senco.get(f"{EXAMS}/pupils/{pupil}").text, "Arrangements")
    assert "Applied for on 10 November 2026, approved on 10 November 2026" in said
    assert "10 January 2029" in said
    assert f"{decision}/approve" not in senco.get(f"{EXAMS}/pupils/{pupil}").text
    again = decide(senco, pupil, f"{decision}/approve", **approval)
    assert (again.status_code, errors(again.text)[0][:40]) == (422, "This cannot be recorded of it any more: ")


def test_what_the_check_stands_against_is_recorded_only_with_why(house: House) -> None:
    pupil, senco = candidate(house, LEARNING), house.as_role("senco")
    fields = {"arrangement": "ET25", "level": "GCSE", "reference": "AAO-1", **on("applied_on", NOVEMBER)}
    answer = decide(senco, pupil, "apply", **fields)
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["reason"])
    assert "Not there yet: Form 8 Part 1" in words(answer.text)
    assert 'value="AAO-1"' in answer.text
    assert 'value="ET25" selected' in answer.text
    assert decide(senco, pupil, "apply", **fields, reason="The board asked for it now").status_code == 303
    (event,) = house.facts(ArrangementApplied)
    assert (event.fact.checked, event.fact.percent) == ("BLOCK", 25)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("what", "fields", "field"),
    [
        ("agree", {"arrangement": "", **on("agreed_on", NOVEMBER)}, "arrangement"),
        ("agree", {"arrangement": "RD", **on("agreed_on", NOVEMBER)}, "arrangement"),
        ("agree", {"arrangement": "SRB", **on("agreed_on", NOVEMBER), "reason": "Seen"}, "break_minutes"),
        ("agree", {"arrangement": "PR", **on("agreed_on", date(2027, 1, 1)), "reason": "Seen"}, "agreed_on-day"),
        ("apply", {"arrangement": "WP", "level": "GCSE", **on("applied_on", NOVEMBER)}, "arrangement"),
        ("apply", {"arrangement": "RD", "level": "PHD", **on("applied_on", NOVEMBER)}, "level"),
        ("apply", {"arrangement": "ET50", "level": "GCSE", "percent": "25", **on("applied_on", NOVEMBER)}, "percent"),
        ("primary", {"assessment": "SATS", "year": "2027", "arrangement": "reader"}, "assessment"),
        (
            "primary",
            {"assessment": "MTC", "year": "2027", "arrangement": "ITA", "test": "", **on("arranged_on", NOVEMBER)},
            "arrangement",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused_at_its_field(
    house: House, what: str, fields: dict[str, str], field: str
) -> None:
    pupil, senco = candidate(house, LEARNING), house.as_role("senco")
    before = house.log_size()
    answer = decide(senco, pupil, what, **fields)
    assert answer.status_code == 422
    assert field in list(error_links(answer.text)), errors(answer.text)
    assert f'id="{field}"' in answer.text
    assert house.log_size() == before


def test_refused_referred_and_ended_each_have_their_form(house: House) -> None:
    decision, given = uuid4(), uuid4()
    pupil = candidate(house, applied("SC", decision), agreed("WP", decision=given))
    senco = house.as_role("senco")
    assert decide(senco, pupil, f"{decision}/refuse", **on("refused_on", NOVEMBER), reason="Too few").status_code == 303
    assert decide(senco, pupil, f"{decision}/refer", board="AQA", **on("referred_on", NOVEMBER)).status_code == 303
    assert "with an awarding body" in senco.get(f"{EXAMS}/pupils/{pupil}").text
    unsaid = decide(senco, pupil, f"{given}/end", **on("ended_on", NOVEMBER))
    assert list(error_links(unsaid.text)) == ["reason"]
    assert decide(senco, pupil, f"{given}/end", **on("ended_on", NOVEMBER), reason="Not used").status_code == 303
    kinds = (ArrangementRefused, ApplicationReferred, ArrangementEnded)
    assert [len(house.facts(kind)) for kind in kinds] == [1, 1, 1]
    assert "Word processor, checkers off (WP)" in words(senco.get(f"{EXAMS}/decisions/{pupil}/{given}/end").text)


def test_a_decision_of_another_pupil_is_not_found(house: House) -> None:
    decision, primary = uuid4(), uuid4()
    mine = candidate(
        house, applied("SC", decision), PrimaryArranged(primary, "KS2", 2027, "scribe", "", None, "", NOVEMBER, "")
    )
    other, senco = candidate(house), house.as_role("senco")
    token = senco.form(f"{EXAMS}/decisions/{mine}/{decision}/refuse")
    for path in (
        f"{other}/{decision}/refuse",
        f"{mine}/{uuid4()}/end",
        f"{mine}/{primary}/approve",
        f"{mine}/{decision}/marry",
        f"{mine}/marry",
    ):
        assert senco.get(f"{EXAMS}/decisions/{path}").status_code == 404, path
        assert senco.raw_post(f"{EXAMS}/decisions/{path}", data=token).status_code == 404, path


def test_a_primary_arrangement_is_recorded_and_ended(house: House) -> None:
    pupil, senco = candidate(house, year="6"), house.as_role("senco")
    fields = {"assessment": "KS2", "year": "2027", "arrangement": "scribe", "test": "grammar"}
    assert decide(senco, pupil, "primary", **fields, **on("arranged_on", NOVEMBER)).status_code == 303
    shown = senco.get(f"{EXAMS}/pupils/{pupil}").text
    assert "KS2 2027: Scribe, Grammar and spelling" in shown
    assert "KS2 2027: Scribe, Grammar and spelling" in senco.get(EXAMS).text
    (event,) = house.facts(PrimaryArranged)
    path = f"{event.fact.decision}/end"  # type: ignore[union-attr]
    assert decide(senco, pupil, path, **on("ended_on", NOVEMBER), reason="Moved").status_code == 303
    assert "KS2 2027" not in senco.get(f"{EXAMS}/pupils/{pupil}").text


def test_numbers_are_given_with_the_centre_s_filled_in(house: House) -> None:
    candidate(house, CandidateNumbered("61205", "0417", "", date(2026, 10, 5)))
    pupil, officer = candidate(house), house.as_role("exams_officer")
    path = f"{EXAMS}/numbers/{pupil}"
    assert 'value="61205"' in officer.get(path).text
    for fields, field in (
        ({"centre": "61205", "number": "0417"}, "number"),
        ({"centre": "6120", "number": "0418"}, "centre"),
        ({"centre": "61205", "number": "0418", "uci": "681990012058H"}, "uci"),
    ):
        answer = officer.post(path, **fields)
        assert (answer.status_code, list(error_links(answer.text))) == (422, [field])
    assert officer.post(path, centre="61205", number="0418", uci="681990012058G").status_code == 303
    assert "0418, centre 61205, UCI 681990012058G" in officer.get(f"{EXAMS}/pupils/{pupil}").text


# The file and its documents


def test_a_document_is_sealed_with_its_fact_and_given_back_byte_for_byte(house: House) -> None:
    pupil, senco = candidate(house, LEARNING), house.as_role("senco")
    path = f"{EXAMS}/evidence/{pupil}/piece"
    content = PDF[:9] + b" " * 2_000_000 + PDF[9:]  # larger than a form without a file may be
    fields = senco.form(path) | {"evidence": "specialist", "note": "From CAMHS", **on("dated_on", NOVEMBER)}
    for _ in range(2):  # a double click
        answer = senco.raw_post(path, data=fields, files={"document": ("letter.pdf", content)})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{EXAMS}/pupils/{pupil}")
    (event,) = house.facts(EvidenceFiled)
    assert event.fact.document.length == len(content)  # type: ignore[union-attr]
    assert all(PDF not in file.read_bytes() for file in house.home.iterdir() if file.is_file())
    (link,) = re.findall(
        rf'href="({EXAMS}/evidence/{pupil}/documents/[^"]*)"', senco.get(f"{EXAMS}/pupils/{pupil}").text
    )
    given = senco.get(link)
    assert given.content == content
    assert given.headers["content-type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="evidence-[0-9a-f]{8}\.pdf"', given.headers["content-disposition"])
    assert senco.get(link.replace(str(pupil), str(candidate(house)))).status_code == 404
    assert senco.get(f"{EXAMS}/evidence/{pupil}/documents/{uuid4()}").status_code == 404
    assert house.as_role("exams_officer").get(link).content == content
    assert house.as_role("class_teacher").get(link).status_code == 403
    assert house.as_role("send_admin").get(link).status_code == 404


def test_what_is_no_document_is_refused_at_its_field_and_nothing_is_kept(house: House) -> None:
    pupil, senco = candidate(house), house.as_role("senco")
    path = f"{EXAMS}/evidence/{pupil}/form"
    fields = senco.form(path) | {"form": "9", **on("completed_on", NOVEMBER)}
    before = house.log_size()
    for content in (b"MZ\x90\0\3\0\0\0" + bytes(64), PDF[: len(PDF) // 2]):
        answer = senco.raw_post(path, data=fields, files={"document": ("form.pdf", content)})
        assert (answer.status_code, list(error_links(answer.text))) == (422, ["document"])
        assert re.search(r'value="9" checked', answer.text)
    wrong = senco.raw_post(path, data=fields | {"part": "2"}, files={"document": ("form.pdf", PDF)})
    assert list(error_links(wrong.text)) == ["part"]
    assert house.log_size() == before
    assert senco.raw_post(path, data=fields, files={"document": ("", b"")}).status_code == 303
    assert house.log_size() == before + 1


def test_every_kind_of_evidence_is_recorded_and_shown(house: House) -> None:
    pupil, senco = candidate(house), house.as_role("senco")
    day = {
        name: on(name, NOVEMBER)
        for name in ("named_on", "assessed_on", "completed_on", "tried_on", "came_on", "told_on")
    }
    language = {"english_irish_or_welsh": "false", "prior_english": "false", "english_at_home": "false"}
    for what, fields in {
        "need": {"need": "other", "picture": "Cannot sit still", **day["named_on"]},
        "score": {"sub_area": "writing_speed", "score": "78", "test": "DASH", "assessor": "", **day["assessed_on"]},
        "form": {"form": "8", "part": "1", **day["completed_on"]},
        "breaks": {"taught": "Maths", "enough": "false", "note": "Worked on", **day["tried_on"]},
        "language": {**language, "band": "A", **day["came_on"]},
        "told": {"told_by": "The SENCO", **day["told_on"]},
    }.items():
        answer = senco.post(f"{EXAMS}/evidence/{pupil}/{what}", **fields)
        assert answer.status_code == 303, (what, errors(answer.text))
    shown = words(senco.get(f"{EXAMS}/pupils/{pupil}").text)
    for said in (
        "Another need: medical, sensory, physical, communication or mental health, named on 10 November 2026",
        "Cannot sit still",
        "Writing speed 78 Below average 10 November 2026 DASH",
        "Form 8: learning difficulty, Part 1 10 November 2026",
        "Maths 10 November 2026 They were not enough Worked on",
        "Another is the first language Came to the United Kingdom on 10 November 2026",
        "Another language at home No English before",
        "Candidate told 10 November 2026",
    ):
        assert said in shown, said
    assert outcomes(senco.get(f"{EXAMS}/pupils/{pupil}").text)


def test_the_first_language_must_be_said(house: House) -> None:
    pupil, senco = candidate(house), house.as_role("senco")
    answer = senco.post(f"{EXAMS}/evidence/{pupil}/language", prior_english="false", english_at_home="true", band="")
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["english_irish_or_welsh"])
    assert house.facts(LanguageRecorded) == []


def test_a_score_is_refused_at_its_field_and_what_was_typed_is_kept(house: House) -> None:
    pupil, senco = candidate(house), house.as_role("senco")
    fields = {"sub_area": "writing_speed", "score": "39", "test": "DASH", "assessor": "", **on("assessed_on", NOVEMBER)}
    answer = senco.post(f"{EXAMS}/evidence/{pupil}/score", **fields)
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["score"])
    assert 'value="DASH"' in answer.text
    assert house.facts(ScoreRecorded) == []
    assert house.facts(NeedNamed) == []
