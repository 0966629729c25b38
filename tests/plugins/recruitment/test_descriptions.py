"""Job descriptions: imported, shown, changed, compared, taken away."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID

import pytest

from core.accounts.facts import Exported
from plugins.recruitment.commands.describing import criteria_as_read, free_key
from plugins.recruitment.facts import DescriptionWritten
from plugins.recruitment.reading import Criterion, read_description, read_text
from plugins.recruitment.views import description, differences
from plugins.recruitment.writing import written_docx, written_pdf
from tests.core.house import NORTH, SOUTH, Browser, House, HouseMaker, error_links, errors

from .vacancies import RECRUITMENT, TEXT, description_of, drafted, school

HERE = f"{RECRUITMENT}/descriptions"
IMPORT = f"{HERE}/import"
_INPUT = re.compile(r'<input\b[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
_BOX = re.compile(r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def filled(browser: Browser, path: str) -> dict[str, str]:
    """Every field of the form on a page, as it is filled."""
    page = browser.get(path).text.partition("<main")[2]
    found = {name: value for name, value in _INPUT.findall(page) if name != "q"} | dict(_BOX.findall(page))
    for name, options in _SELECT.findall(page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


def change(browser: Browser, one: UUID, **changes: str) -> Any:
    path = f"{HERE}/{one}/edit"
    return browser.raw_post(path, data=filled(browser, path) | changes)


def taken(browser: Browser, **sent: Any) -> str:
    """The address of the preview of what was sent."""
    answer = browser.post(IMPORT, **sent)
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.headers["location"])


# Import


def test_a_pasted_text_is_shown_whole_and_recorded_only_when_it_is_confirmed(house: House) -> None:
    hr, before = house.as_role("hr_admin"), house.log_size()
    preview = taken(hr, words=TEXT)
    page = text_of(hr.get(preview).text)
    assert house.log_size() == before
    for line in read_description(TEXT).unplaced:
        assert line in page
    assert "Duties 6 Criteria 5 Checks 2" in page
    assert "Line 7: Allowances: SEN-2 allowance" in page
    assert "We keep two school goats" in page
    answer = hr.post(preview, title="SENCO")
    assert answer.status_code == 303
    (told,) = house.recorded(DescriptionWritten)
    assert [(duty.group, duty.text) for duty in told.duties][:2] == [
        ("main", "Shape how the school meets special needs"),
        ("main", "Run the policy from day to day"),
    ]
    assert (told.reports_to, told.allowances, told.source) == ("Deputy head", "SEN-2 allowance", "")
    assert "We keep two school goats" in told.unplaced
    assert told.document is not None
    subject = UUID(answer.headers["location"].rpartition("/")[2])
    kept = house.desk(urn=NORTH).document(subject, "recruitment.description", told.document)
    assert kept.decode().split() == TEXT.split()


def test_confirming_twice_records_once(house: House) -> None:
    hr = house.as_role("hr_admin")
    preview = taken(hr, words=TEXT)
    form = hr.form(preview) | {"title": "SENCO"}
    first, second = (hr.raw_post(preview, data=form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(house.recorded(DescriptionWritten)) == 1


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_file_is_read_like_its_text(house: House, kind: str) -> None:
    read = read_description(TEXT)
    content = {"txt": TEXT.encode(), "docx": written_docx(read, "North"), "pdf": written_pdf(read, "North")}[kind]
    hr = house.as_role("hr_admin")
    preview = taken(hr, files={"file": (f"post.{kind}", content)})
    assert hr.post(preview, title="SENCO").status_code == 303
    (told,) = house.recorded(DescriptionWritten)
    again = read_description(read_text(content, "post"))
    assert [duty.text for duty in told.duties] == [duty.text for duty in again.duties]
    assert told.source == f"post.{kind}"


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({}, "file", "Choose a file, or paste the text."),
        ({"words": TEXT, "files": {"file": ("a.txt", b"x")}}, "file", "not both"),
        ({"words": "Lunch is at noon."}, "words", "We found no duty"),
        ({"files": {"file": ("a.rtf", b"{\\rtf1 duties}")}}, "file", "rich text"),
        ({"words": f"{TEXT}\nNotes\n{'word ' * 500}"}, "words", "too long"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field(house: House, sent: dict[str, Any], field: str, says: str) -> None:
    answer = house.as_role("hr_admin").post(IMPORT, **sent)
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == [field]
    assert says in errors(answer.text)[0]


def test_a_description_without_a_title_asks_for_one(house: House) -> None:
    hr = house.as_role("hr_admin")
    preview = taken(hr, words=TEXT)
    answer = hr.post(preview, title="")
    assert (answer.status_code, errors(answer.text)) == (422, ["Enter the title."])
    assert house.recorded(DescriptionWritten) == []


def test_nobody_else_sees_an_upload_on_its_way(house: House) -> None:
    preview = taken(house.as_role("hr_admin"), words=TEXT)
    assert house.as_role("hr_director").get(preview).status_code == 404


# How criteria begin


@pytest.mark.parametrize(
    ("text", "key", "need", "assessed"),
    [
        ("QTS", "q1", "gate", ("application", "documents")),
        ("Holds the NPQ for SENCOs, or is willing to gain it", "q2", "essential", ("application", "documents")),
        ("National Award for SEN Co-ordination", "q2", "desirable", ("application", "documents")),
        ("Five years of teaching", "e1", "desirable", ("application", "interview", "references")),
        ("Has led INSET", "e4", "essential", ("application", "interview", "task")),
        ("Uses data", "k4", "essential", ("task",)),
        ("Sings", "c1", "essential", ("application", "interview")),
    ],
)
def test_a_criterion_begins_as_it_is_mostly_judged(text: str, key: str, need: str, assessed: tuple[str, ...]) -> None:
    (one,) = criteria_as_read([Criterion("Any", text)])
    told = "gate" if one.gate else "essential" if one.essential else "desirable"
    assert (one.key, told, one.assessed, one.weight) == (key, need, assessed, 1)


def test_what_the_text_says_of_need_stands_and_a_repeated_criterion_is_not_scored() -> None:
    read = [Criterion("", "QTS", essential=False), Criterion("", "Communicates"), Criterion("", "Communication skills")]
    first, second, third = criteria_as_read(read)
    assert (first.essential, first.gate) == (False, False)
    assert (second.key, second.weight) == ("k5", 1)
    assert (third.key, third.weight) == ("p6", 0)


def test_a_key_is_given_out_once() -> None:
    assert [free_key(taken) for taken in ([], ["q1"], ["c1", "c3"], ["c1", "c2"])] == ["c1", "c1", "c2", "c3"]


# Pages


def test_the_list_says_what_to_look_at_and_how_often_each_was_used(house: House) -> None:
    hr = house.as_role("hr_admin")
    assert "No job description is recorded yet." in text_of(hr.get(HERE).text)
    one = description_of(house, allowances="SEN-2 allowance", unplaced=("Goats",))
    drafted(house, description=one)
    page = text_of(hr.get(HERE).text)
    assert "SENCO 2 3 16 November 2026 version 1 1 1 wording 1 line not placed" in page


def test_the_page_shows_everything_and_each_stale_wording_with_its_rule(house: House) -> None:
    one = description_of(house, statements=("Send your CV and a covering letter.",), values=("Honesty",))
    answer = house.as_role("head").get(f"{HERE}/{one}")
    page = text_of(answer.text)
    for words in ("Watch over provision", "Qualified teacher status", "essential, and a gate", "Honesty"):
        assert words in page
    assert "Send your CV and a covering letter. Do not take a CV" in page
    assert '/rules/recruitment.form_findings"' in answer.text


def test_a_change_is_another_version_and_says_in_words_what_it_changed(house: House) -> None:
    one, hr = description_of(house), house.as_role("hr_admin")
    answer = change(
        hr,
        one,
        **{"hours": "Full time", "duties.1": "Lead on strategy\nTell governors", "text.q3": "", "weight.k1": "3"},
        **{"text.new1": "Speaks French", "under.new1": "Skills", "need.new1": "desirable", "weight.new1": "1"},
        **{"how.new1": "a/i", "heading.more": "Goats", "duties.more": "Feed them"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}/{one}")
    first, second = house.recorded(DescriptionWritten)
    assert [(duty.group, duty.text) for duty in second.duties] == [
        ("strategy", "Lead on strategy"),
        ("strategy", "Tell governors"),
        ("pupils", "Review each plan"),
        ("Goats", "Feed them"),
    ]
    assert [one.key for one in second.criteria] == ["q1", "k1", "c1"]
    assert second.criteria[2].assessed == ("application", "interview")
    page = text_of(hr.get(f"{HERE}/{one}/changes/{first.version}/{second.version}").text)
    for words in (
        "Hours: was empty, now “Full time”",
        "Added Lead on strategy Tell governors Taken out Watch over provision",
        "“Knows the law”: was weight 2, now weight 3",
        "Duties: Goats Added Feed them",
        "Added Speaks French Taken out Degree",
    ):
        assert words in page, words
    assert "This is an earlier version." in text_of(hr.get(f"{HERE}/{one}/versions/{first.version}").text)
    assert "Version 2, shown here" in text_of(hr.get(f"{HERE}/{one}").text)


def test_a_form_that_changes_nothing_loses_nothing_and_is_told_so(house: House) -> None:
    hr = house.as_role("hr_admin")
    where = hr.post(taken(hr, words=TEXT), title="SENCO").headers["location"]
    one = UUID(where.rpartition("/")[2])
    answer = change(hr, one)
    assert (answer.status_code, len(errors(answer.text))) == (422, 1)
    assert "says what the last version says" in errors(answer.text)[0]
    change(hr, one, hours="Full time")
    known = house.desk(urn=NORTH).log.see(description, one)
    assert known is not None
    (only,) = differences(*known.versions)
    assert only.changed == ("Hours: was empty, now “Full time”",)


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(house: House) -> None:
    one, hr = description_of(house), house.as_role("hr_admin")
    wrong = {"title": "", "how.q1": "A X", "need.k1": "perhaps", "weight.q3": "99", "duties.more": "Feed the goats"}
    answer = change(hr, one, **wrong)
    assert answer.status_code == 422
    assert set(error_links(answer.text)) == {"title", "how.q1", "need.k1", "weight.q3", "heading.more"}
    assert "Feed the goats" in answer.text
    assert len(house.recorded(DescriptionWritten)) == 1
    assert list(error_links(change(hr, one, pay="9" * 2001).text)) == ["pay"]
    empty = dict.fromkeys(("purpose", "duties.1", "duties.3"), "")
    assert list(error_links(change(hr, one, **empty).text)) == ["duties"]


def test_a_form_grown_stale_is_not_recorded(house: House) -> None:
    one, hr = description_of(house), house.as_role("hr_admin")
    path = f"{HERE}/{one}/edit"
    form = filled(hr, path)
    assert change(hr, one, hours="Full time").status_code == 303
    answer = hr.raw_post(path, data=form | {"hours": "Half time"})
    assert answer.status_code == 409
    assert "Half time" in answer.text


def test_one_can_be_written_by_hand(house: House) -> None:
    hr = house.as_role("head")
    answer = hr.raw_post(f"{HERE}/new", data=filled(hr, f"{HERE}/new") | {"title": "Aide", "duties.0": "Help\nCare"})
    assert answer.status_code == 303
    (told,) = house.recorded(DescriptionWritten)
    assert [(duty.group, duty.text) for duty in told.duties] == [("main", "Help"), ("main", "Care")]


def test_it_can_be_taken_away_as_word_and_pdf_and_that_is_recorded(house: House) -> None:
    one = description_of(house)
    (told,) = house.recorded(DescriptionWritten)
    hr = house.as_role("hr_admin")
    for kind, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = hr.get(f"{HERE}/{one}/versions/{told.version}/{kind}")
        assert answer.content.startswith(begins)
        assert f'filename="job-description.{kind}"' in answer.headers["content-disposition"]
        assert [duty.text for duty in read_description(read_text(answer.content, "x")).duties] == [
            "Watch over provision",
            "Review each plan",
        ]
    assert len(house.recorded(Exported, f"{NORTH}-reads")) == 2
    assert house.as_role("head").get(f"{HERE}/{one}/versions/{told.version}/pdf").status_code == 403


def test_who_has_no_part_in_it_sees_nothing(house: House) -> None:
    one = description_of(house)
    for role in ("governor", "class_teacher", "senco"):
        for path in (HERE, f"{HERE}/{one}", IMPORT, f"{HERE}/new", f"{HERE}/{one}/edit"):
            assert house.as_role(role).get(path).status_code == 403, (role, path)
    panel = house.as_role("panel_member")
    assert panel.get(f"{HERE}/{one}").status_code == 200
    assert panel.get(f"{HERE}/{one}/edit").status_code == 403
    assert "Change it" not in panel.get(f"{HERE}/{one}").text
    assert house.as_role("hr_director").get(f"/{SOUTH}/recruitment/descriptions").status_code == 404


def test_an_address_of_none_is_not_there(house: House) -> None:
    one, hr = description_of(house), house.as_role("hr_admin")
    for path in (
        house.academy_id(),
        f"{one}/versions/{one}",
        f"{one}/changes/{one}/{one}",
        f"{one}/versions/{one}/pdf",
    ):
        assert hr.get(f"{HERE}/{path}").status_code == 404
