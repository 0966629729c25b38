"""What is decided about a candidate, and what goes into their file: recorded, shown, or refused at its field."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from plugins.exams.facts import (
    ApplicationReferred,
    ArrangementApplied,
    ArrangementEnded,
    ArrangementRefused,
    CandidateNumbered,
    EvidenceFiled,
    LanguageRecorded,
    NeedNamed,
    PrimaryArranged,
    ScoreRecorded,
)
from tests.core.house import Browser, House, error_links, errors, on
from tests.core.web.test_uploads import PDF
from tests.plugins.exams.candidates import (
    COMPLETE,
    EXAMS,
    LEARNING,
    candidate,
    outcomes,
    part,
    words,
)
from tests.plugins.exams.decided import agreed, applied

NOVEMBER = date(2026, 11, 10)


# What is decided


def decide(browser: Browser, pupil: UUID, what: str, **fields: str) -> Any:
    return browser.post(f"{EXAMS}/decisions/{pupil}/{what}", **fields)


def test_an_application_goes_from_the_form_to_its_approval(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE), house.as_role("senco")
    shown = words(senco.get(f"{EXAMS}/decisions/{pupil}/apply?arrangement=ET25").text)
    assert "Today's check of 25% extra time, learning difficulty: nothing stands against it." in shown
    fields = {"arrangement": "ET25", "level": "GCSE", **on("applied_on", NOVEMBER)}
    assert decide(senco, pupil, "apply", **fields).status_code == 303
    (applied_for,) = house.recorded(ArrangementApplied)
    decision = applied_for.decision
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
    (fact,) = house.recorded(ArrangementApplied)
    assert (fact.checked, fact.percent) == ("BLOCK", 25)


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
    (arranged,) = house.recorded(PrimaryArranged)
    path = f"{arranged.decision}/end"
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
    (filed,) = house.recorded(EvidenceFiled)
    assert filed.document is not None
    assert filed.document.length == len(content)
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
