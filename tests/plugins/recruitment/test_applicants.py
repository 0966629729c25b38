"""HR's pages of applicants: entering and importing, the way from form to start, and what few may know."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts.facts import Exported, Opened
from plugins.recruitment.commands import MakeOffer, ReceiveDeclaration
from plugins.recruitment.facts import (
    ApplicationEntered,
    ApplicationMoved,
    GapExplained,
    OfferMade,
    OnlineSearched,
    SelfDisclosed,
)
from plugins.recruitment.facts import Job as Worked
from tests.core.house import NORTH, Browser, House, email_of, error_links, errors, on
from tests.plugins.recruitment.sifting import (
    BASE,
    TODAY,
    advertised,
    applicant,
    desk_of,
    interviewed,
    list_of,
    page_of,
    shortlisted,
    step,
    text_of,
)

PDF = b"%PDF-1.7\nthe form\n%%EOF\n"
WHOLE = {
    **on("made_on", TODAY),
    "own_form": "true",
    "forename": "Xanthe",
    "surname": "Quillfeather",
    "qts": "true",
    "award": "npq",
}


@pytest.fixture(scope="module")
def hr(house: House) -> Browser:
    return house.as_role("hr_admin")


def main_of(text: str) -> str:
    """What stands in the middle of a page, in plain words."""
    inner = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", inner)))


def entered(house: House, vacancy: UUID) -> list[ApplicationEntered]:
    return [one for one in house.recorded(ApplicationEntered) if one.vacancy == vacancy]


# Entering


def test_an_application_is_entered_with_as_many_rows_as_it_has_and_its_form(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    new = f"{list_of(vacancy)}/new"
    typed: dict[str, Any] = {
        **WHOLE,
        "email": f"{vacancy.hex}@mail.example",
        "jobs_0_employer": "Eastshire School",
        "jobs_0_title": "Teacher",
        "jobs_0_from_on": "2010-07-01",
        "jobs_0_with_children": "true",
    }
    more = hr.post(new, **typed, more="jobs")
    assert more.status_code == 200
    assert 'name="jobs_9_employer"' in more.text
    assert 'value="Eastshire School"' in more.text
    assert not entered(house, vacancy)
    last = {
        "jobs_count": "10",
        "jobs_9_employer": "A shop",
        "jobs_9_title": "Assistant",
        "jobs_9_from_on": "1/9/2005",
        "jobs_9_until_by": "31/8/2006",
        "jobs_9_with_children": "false",
    }
    answer = hr.post(new, **typed, **last, files={"file": ("Quillfeather.pdf", PDF, "application/pdf")})
    assert answer.status_code == 303
    (told,) = entered(house, vacancy)
    assert [(job.employer, job.from_on, job.until_by) for job in told.jobs] == [
        ("Eastshire School", date(2010, 7, 1), None),
        ("A shop", date(2005, 9, 1), date(2006, 8, 31)),
    ]
    here = answer.headers["location"]
    assert "quillfeather" not in here.casefold()
    assert "<title>Applicant" in text_of(hr, here)
    form = hr.get(f"{here}/form")
    assert (form.content, form.headers["content-type"]) == (PDF, "application/pdf")
    assert 'filename="application-form.pdf"' in form.headers["content-disposition"]
    assert house.as_role("panel_member").get(f"{here}/form").status_code == 403


def test_every_wrong_field_of_an_application_is_told_at_once_and_nothing_typed_is_lost(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    new = f"{list_of(vacancy)}/new"
    typed = {"surname": "Quillfeather", "jobs_1_employer": "Eastshire School", "jobs_1_from_on": "31/2/2020"}
    answer = hr.post(new, **typed, **on("made_on", TODAY))
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == [
        "jobs_1_title",
        "jobs_1_from_on",
        "jobs_1_with_children",
        "forename",
        "email",
        "qts",
        "award",
        "own_form",
    ]
    assert 'value="Quillfeather"' in answer.text
    assert 'value="31/2/2020"' in answer.text
    answer = hr.post(new, **(WHOLE | {"own_form": "false"}), email="x@mail.example")
    assert errors(answer.text) == ["A CV is not enough. Ask for the application form, filled in whole."]
    assert not entered(house, vacancy)


def test_one_person_who_applies_for_two_vacancies_is_one_and_is_told_apart_by_the_panel_s_address(
    house: House, hr: Browser
) -> None:
    first, second = advertised(house), advertised(house)
    for vacancy in (first, second):
        assert hr.post(f"{list_of(vacancy)}/new", **WHOLE, email="same@mail.example").status_code == 303
    answer = hr.post(f"{list_of(first)}/new", **WHOLE, email=" Same@Mail.example")
    assert errors(answer.text) == ["They have applied for this already."]
    events = [event for event in house.facts(ApplicationEntered) if event.fact.vacancy in (first, second)]  # type: ignore[union-attr]
    assert len({event.subject for event in events}) == 1
    person = events[0].subject
    assert person is not None
    assert page_of(house, first, person).rpartition("/")[2] != page_of(house, second, person).rpartition("/")[2]
    assert str(person) not in page_of(house, first, person)


def test_an_application_typed_wrongly_is_taken_back_until_somebody_moves_it(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    wrong, moved = applicant(house, vacancy, 1), applicant(house, vacancy, 2)
    here = page_of(house, vacancy, wrong)
    assert f"{here}/take-back" in text_of(hr, here)
    answer = hr.post(f"{here}/take-back", reason="")
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["reason"])
    assert hr.post(f"{here}/take-back", reason="Another vacancy").headers["location"] == list_of(vacancy)
    assert "Quillfeather1" not in text_of(hr, list_of(vacancy))
    assert hr.get(here).status_code == 404
    step(house, vacancy, moved, "longlisted")
    assert hr.get(f"{page_of(house, vacancy, moved)}/take-back").status_code == 404


# A list


def csv_of(*rows: str) -> dict[str, Any]:
    header = "Surname,Forename,Email,Date received,QTS,NASENCO,Job 1 employer,Job 1 post,Job 1 from,Job 1 with children"
    return {"file": ("applications.csv", "\n".join((header, *rows)).encode(), "text/csv")}


GOOD = "Zephyrson,Ida,ida@mail.example,9/11/2026,Yes,NPQ,Eastshire School,Teacher,1/9/2012,yes"


def test_a_list_is_looked_at_first_and_recorded_whole_when_it_is_confirmed(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    start = f"{list_of(vacancy)}/import"
    answer = hr.post(start, files=csv_of(GOOD, "Marchetti,Ilaria,im@mail.example,10/11/2026,Yes,studying,,,,"))
    assert answer.status_code == 303
    preview = answer.headers["location"]
    text = main_of(text_of(hr, preview))
    assert "Record 2 applications" in text
    assert "Zephyrson, Ida" in text
    assert not entered(house, vacancy)
    assert hr.post(preview).status_code == 303
    told = entered(house, vacancy)
    assert [(one.number, one.surname, one.award, len(one.jobs)) for one in told] == [
        (1, "Zephyrson", "npq", 1),
        (2, "Marchetti", "studying", 0),
    ]
    again = hr.post(start, files=csv_of(GOOD)).headers["location"]
    assert "Everybody in this file has applied already." in text_of(hr, again)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (GOOD.replace("ida@mail.example", ""), "There is no e-mail address. Add it."),
        (GOOD.replace("9/11/2026", "9/13/2026"), "9/13/2026 is not a day. Write it as 1/9/2026."),
        (GOOD.replace("9/11/2026", "9/10/2026"), "The vacancy was not open on that day."),
        (GOOD.replace(",Yes,", ",Maybe,"), "Maybe is neither yes nor no. Write one of them."),
        (GOOD.replace("NPQ", "Diploma"), "Diploma is no SENCO qualification we know."),
        (GOOD.replace("1/9/2012", ""), "A job has no first day. Add it."),
        (f"{GOOD}\n{GOOD}", "The same person stands on line 2. Take one of the two out."),
    ],
)
def test_a_list_with_a_row_that_cannot_be_read_is_refused_whole_and_says_which(
    house: House, hr: Browser, vacancy: UUID, row: str, why: str
) -> None:
    other = "Marchetti,Ilaria,im@mail.example,10/11/2026,Yes,,,,,"
    preview = hr.post(f"{list_of(vacancy)}/import", files=csv_of(row, other)).headers["location"]
    text = main_of(text_of(hr, preview))
    assert why in text
    assert "Nothing can be recorded yet." in text
    assert why in hr.get(f"{preview}/refused.csv").text
    assert house.facts(Exported, f"{NORTH}-reads")
    assert not entered(house, vacancy)


def test_a_file_that_is_no_list_of_applications_is_turned_away(hr: Browser, vacancy: UUID) -> None:
    start = f"{list_of(vacancy)}/import"
    for file in (b"%PDF-1.7", b"Surname,Forename\nA,B\n", b""):
        answer = hr.post(start, files={"file": ("a.csv", file, "text/csv")})
        assert answer.status_code == 422
        assert list(error_links(answer.text)) == ["file"]


# The way on


def offered(text: str, here: str) -> list[str]:
    return re.findall(rf'href="{here}/(?:move/)?(\w+)"', text.partition('id="next"')[2].partition("</section>")[0])


def test_only_steps_that_are_open_now_are_offered_and_a_reason_is_wanted_where_the_academy_ends_it(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    here = page_of(house, vacancy, person)
    assert offered(text_of(hr, here), here) == ["longlisted", "withdrawn", "rejected_sift"]
    assert hr.get(f"{here}/move/interview").status_code == 404
    assert hr.post(f"{here}/move/longlisted").status_code == 303
    assert f"{list_of(vacancy)}/ranking" in text_of(hr, here)
    assert offered(text_of(hr, here), here) == ["withdrawn", "rejected_sift"]
    answer = hr.post(f"{here}/move/rejected_sift")
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["reason"])
    assert hr.post(f"{here}/move/rejected_sift", reason="No evidence of leading").status_code == 303
    text = text_of(hr, here)
    assert offered(text, here) == ["longlisted"]
    assert "No evidence of leading" in text
    assert "What may come next" not in text_of(house.as_role("hr_director"), here)
    assert "What may come next" not in text_of(house.as_role("panel_member"), here)
    assert house.as_role("panel_member").get(f"{here}/move/longlisted").status_code == 403


def test_a_gap_is_explained_before_the_offer_and_the_offer_leads_to_the_checks(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy, jobs=(Worked("Eastshire School", "Teacher", date(2012, 7, 1), None, True, ""),))
    interviewed(house, vacancy, person)
    here = page_of(house, vacancy, person)
    assert "1 July 2010 to 30 June 2012 Nobody has asked yet." in main_of(text_of(hr, here))
    pay = {"pay_pence": "43,529", "in_writing": "true", **on("offered_on", TODAY), **on("starts_on", date(2027, 1, 4))}
    answer = hr.post(f"{here}/offer", **pay)
    assert errors(answer.text)[0].startswith("Ask what the applicant did from 1 July 2010 to 30 June 2012")
    gap = hr.get(f"{here}/gap").text
    assert 'name="from_on-year" type="text" inputmode="numeric" autocomplete="off" value="2010"' in gap
    days = on("from_on", date(2010, 7, 1)) | on("until_by", date(2012, 6, 30))
    assert hr.post(f"{here}/gap", words="Raised a child", **days).status_code == 303
    assert len([one for one in house.recorded(GapExplained) if one.vacancy == vacancy]) == 1
    assert hr.post(f"{here}/offer", **pay).status_code == 303
    assert [one.pay_pence for one in house.recorded(OfferMade) if one.vacancy == vacancy] == [43_529_00]
    assert "£43,529.00" in text_of(hr, here)
    assert f"{BASE}/people/{person}" not in text_of(hr, here)
    assert hr.post(f"{here}/move/accepted_pending_checks").status_code == 303
    assert f"{BASE}/people/{person}" in text_of(hr, here)
    answer = hr.post(f"{here}/move/conditions_not_met", check="prohibition", reason="A prohibition order")
    assert list(error_links(answer.text)) == ["reply"]
    assert (
        hr.post(
            f"{here}/move/conditions_not_met", check="prohibition", reason="A prohibition order", reply="They agree"
        ).status_code
        == 303
    )
    assert "They answered: They agree" in text_of(hr, here)
    assert house.recorded(ApplicationMoved)[-1].check == "prohibition"


def test_a_hint_that_somebody_on_the_panel_knows_an_applicant_is_told_to_hr_alone(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy, relations="The Head 139204 is my sister")
    here, hint = page_of(house, vacancy, person), "Ask whether they have an interest to declare."
    assert hint in text_of(hr, here)
    for role in ("head", "panel_member"):
        assert hint not in text_of(house.as_role(role), here)


# What few may know


def test_hr_and_the_head_record_what_is_declared_and_found_and_the_panel_finds_no_trace(
    house: House, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    here, head, member = page_of(house, vacancy, person), house.as_role("head"), house.as_role("panel_member")
    assert head.get(f"{here}/declaration").status_code == 404  # not before the shortlist
    shortlisted(house, vacancy, person)
    told = {"anything": "true", "words": "A caution at school", **on("received_on", TODAY)}
    answer = head.post(f"{here}/declaration", **told, notice="Tell us everything")
    assert list(error_links(answer.text)) == ["notice"]
    notice = "Protected cautions and protected convictions need not be told."
    assert head.post(f"{here}/declaration", **told, notice=notice).status_code == 303
    found = {"searcher": "Head 139204", "relevant": "false", **on("searched_on", TODAY)}
    assert hr.post(f"{here}/search", **found).status_code == 303
    assert [one.anything for one in house.recorded(SelfDisclosed) if one.vacancy == vacancy] == [True]
    assert [one.relevant for one in house.recorded(OnlineSearched) if one.vacancy == vacancy] == [False]
    for browser, email in ((hr, "hr_admin"), (head, "head")):
        text = text_of(browser, here)
        assert "A caution at school" in text
        assert "Have somebody off the panel search" in text
        who = house.person(email_of(email, NORTH))
        events = house.facts(Opened, f"{NORTH}-reads")
        opened = {one.record for one in events if one.subject == person and one.actor and one.actor.by == who}
        assert "recruitment.disclosure" in opened
    seen = text_of(member, here)
    for trace in ("caution at school", "declaration", "online search"):
        assert trace not in seen
    assert {member.get(f"{here}/{path}").status_code for path in ("declaration", "search")} == {403}


def test_the_form_for_an_application_has_no_place_for_health_or_convictions(hr: Browser, vacancy: UUID) -> None:
    names = " ".join(re.findall(r'name="([^"]*)"', text_of(hr, f"{list_of(vacancy)}/new")))
    assert not re.search("health|disab|convict|medical|sick", names)


def test_no_address_and_no_tab_of_an_applicant_holds_a_personal_word(house: House, hr: Browser, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    interviewed(house, vacancy, person)
    desk_of(house).do(MakeOffer(vacancy, date(2027, 1, 4), 4_000_000, True, TODAY), person)
    notice = "Protected cautions and protected convictions need not be told."
    desk_of(house, "head").do(ReceiveDeclaration(vacancy, False, notice, TODAY), person)
    step(house, vacancy, person, "accepted_pending_checks")
    here = page_of(house, vacancy, person)
    for path in (list_of(vacancy), here, f"{here}/gap", f"{here}/declaration", f"{here}/move/cleared"):
        text = text_of(hr, path)
        title = text.partition("<title>")[2].partition("</title>")[0]
        links = " ".join(re.findall(r'(?:href|action)="([^"]*)"', text))
        assert "uillfeather" not in title + links
