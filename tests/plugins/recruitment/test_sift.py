"""The panel's pages: nobody is named before the shortlist, and nobody sees another's marks before their own are in."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.accounts.facts import Opened
from plugins.recruitment.commands import DecideShortlist
from plugins.recruitment.facts import (
    ApplicationMoved,
    GateJudged,
    InterestDeclared,
    InterviewHeld,
    PanelMemberNamed,
    PersonNamed,
    Referee,
    Schooling,
    ScoresModerated,
    SheetScored,
)
from plugins.recruitment.facts import Job as Worked
from plugins.recruitment.rules import MASK
from tests.core.house import NORTH, Browser, House, email_of, error_links, errors, on
from tests.plugins.recruitment.sifting import (
    NELLY,
    TODAY,
    advertised,
    applicant,
    desk_of,
    list_of,
    page_of,
    scored,
    sheet,
    shortlisted,
    step,
    tell,
    text_of,
)


@pytest.fixture(scope="module")
def member(house: House) -> Browser:
    return house.as_role("panel_member")


@pytest.fixture(scope="module")
def head(house: House) -> Browser:
    return house.as_role("head")


@pytest.fixture(scope="module")
def hr(house: House) -> Browser:
    return house.as_role("hr_admin")


def main_of(text: str) -> str:
    """What stands in the middle of a page, in plain words."""
    inner = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", inner)))


def blind_pages(vacancy: UUID, here: str) -> tuple[str, ...]:
    """Every page on which a panel reads of an applicant in the sift."""
    below = ("", "/score/sift", "/gate/0", "/moderate/sift", "/interest")
    return (list_of(vacancy), f"{list_of(vacancy)}/ranking", *(f"{here}{path}" for path in below))


# Nobody is named

_SYLLABLES = st.lists(st.sampled_from(("zxa", "qvo", "jyx", "wyq", "žři", "ñuq", "øxe")), min_size=2, max_size=4)
NAMES = _SYLLABLES.map(lambda parts: "".join(parts).capitalize())


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody who writes who they are wherever a form leaves room for it."""
    forename, surname, former = draw(NAMES), draw(NAMES), draw(NAMES)
    email = f"{draw(NAMES)}.{surname}@mail.example".casefold()
    phone = "07" + "".join(map(str, draw(st.lists(st.integers(0, 9), min_size=9, max_size=9))))
    trn = "".join(map(str, draw(st.lists(st.integers(1, 9), min_size=7, max_size=7))))
    street, ni_number = f"{draw(st.integers(1, 99))} {draw(NAMES)} Wynd", f"QQ{draw(st.integers(100000, 999999))}C"
    own = [forename, surname, former, email, phone, trn, ni_number, street, f"{forename} {surname}", surname.upper()]
    words = draw(st.permutations(own))
    free = f"I am {', '.join(words)}. Ask me."
    return {
        "forename": forename,
        "surname": surname,
        "former_names": former,
        "email": email,
        "phone": phone,
        "trn": trn,
        "ni_number": ni_number,
        "address": street,
        "born_on": draw(st.dates(date(1960, 1, 1), date(2000, 1, 1))),
        "statement": free,
        "relations": free,
        "jobs": (Worked(free, free, date(2010, 7, 1), None, True, free),),
        "schooling": (Schooling(free, free, date(2006, 9, 1), date(2010, 6, 30)),),
        "referees": (Referee(surname, forename, email, phone, True, True),),
    }


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=people(), rejected=st.booleans())
def test_no_masked_string_stands_on_a_blind_page_whatever_an_applicant_writes(
    house: House, member: Browser, told: dict[str, Any], rejected: bool
) -> None:
    vacancy = advertised(house)
    person, free = applicant(house, vacancy, **told), str(told["statement"])
    notes = (GateJudged(vacancy, "Q1", True, TODAY, free), ScoresModerated(vacancy, "sift", TODAY, free))
    tell(house, person, sheet(house, vacancy, "head", 1, 2, 3), sheet(house, vacancy, "panel_member", 3, 2, 1), *notes)
    if rejected:
        tell(house, person, ApplicationMoved(vacancy, "rejected_sift", "", TODAY, free, free))
    born_on: date = told["born_on"]
    secret = [str(told[name]) for name in ("surname", "forename", "former_names", "email", "phone", "trn", "ni_number")]
    secret += [str(told["address"]), f"{born_on:%-d %B %Y}", f"{born_on:%d/%m/%Y}", str(person)]
    here = page_of(house, vacancy, person)
    for path in (list_of(vacancy), f"{list_of(vacancy)}/ranking", f"{here}/score/sift", here):
        text = html.unescape(text_of(member, path)).casefold()
        assert [one for one in secret if one.casefold() in text] == [], path
    assert MASK in main_of(text_of(member, here))


def test_a_name_is_hidden_on_every_page_of_the_panel_and_its_address_tells_no_id(
    house: House, member: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy, statement="I am Xanthe Quillfeather1, xq1@mail.example.")
    for path in blind_pages(vacancy, page_of(house, vacancy, person)):
        text = text_of(member, path)
        assert "Applicant 1" in text, path
        for secret in ("Quillfeather1", "Xanthe", "xq1@", "Zephyr", "7654321", "QQ123456C", "Ms Head", str(person)):
            assert secret not in text, (path, secret)


def test_a_name_is_told_once_somebody_is_shortlisted_and_never_of_whom_the_sift_rejected(
    house: House, member: Browser, vacancy: UUID
) -> None:
    taken, left, gone = (applicant(house, vacancy, number) for number in (1, 2, 3))
    step(house, vacancy, left, "rejected_sift", reason="Xanthe Quillfeather2 has led nothing")
    step(house, vacancy, gone, "withdrawn")
    shortlisted(house, vacancy, taken)
    listed = main_of(text_of(member, list_of(vacancy)))
    assert "Xanthe Quillfeather1" in listed
    assert "Quillfeather2" not in listed
    assert "Quillfeather3" not in listed
    assert "Xanthe Quillfeather1" in text_of(member, page_of(house, vacancy, taken))
    for person in (left, gone):
        text = text_of(member, page_of(house, vacancy, person))
        assert "Quillfeather" not in text
        assert "The name stays hidden." in text
    assert "Zephyr" not in text_of(member, page_of(house, vacancy, taken))  # how to reach them is for HR


def test_a_score_sheet_and_the_ranking_hide_the_name_from_hr_too(house: House, hr: Browser, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    assert "Quillfeather1" in text_of(hr, page_of(house, vacancy, person))
    for path in (f"{page_of(house, vacancy, person)}/score/sift", f"{list_of(vacancy)}/ranking"):
        assert "Quillfeather" not in text_of(hr, path)


def test_where_a_vacancy_is_not_blind_the_panel_reads_names_and_no_addresses(house: House, member: Browser) -> None:
    vacancy = advertised(house, blind=False)
    person = applicant(house, vacancy)
    text = text_of(member, page_of(house, vacancy, person))
    assert "Xanthe Quillfeather1" in text
    assert "Zephyr" not in text


# Who may know


def test_only_hr_the_head_and_the_panel_itself_find_the_pages(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    pages = blind_pages(vacancy, page_of(house, vacancy, person))
    for role in ("governor", "senco", "class_teacher", "dsl"):
        someone = house.as_role(role)
        assert {someone.get(path).status_code for path in pages} == {403}
    stranger = house.browser(NELLY)  # sits on panels, and not on this one
    assert {stranger.get(path).status_code for path in pages} == {404}
    assert {house.as_role("hr_director").get(path).status_code for path in pages[:3]} == {200}


def test_no_api_tells_the_panel_more_than_its_pages(house: House, member: Browser, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    scored(house, vacancy, person, (1, 2, 3), (1, 2, 3))
    for view in ("applications", "scoring", "disclosures", "fitness", "checks", "person"):
        answer = member.get(f"/api/v1/{NORTH}/recruitment/views/{view}/{person}")
        assert answer.status_code == 403, view
        assert "Quillfeather" not in answer.text


def test_opening_an_application_is_recorded_under_what_was_opened(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    here = page_of(house, vacancy, person)
    for role, record in (("panel_member", "recruitment.sift"), ("hr_admin", "recruitment.application")):
        text_of(house.as_role(role), here)
        who = house.person(email_of(role, NORTH))
        opened = house.facts(Opened, f"{NORTH}-reads")
        found = {one.subject: one.record for one in opened if one.actor and one.actor.by == who}
        key = UUID(here.rpartition("/")[2])
        assert (person in found, found.get(key if role == "panel_member" else person)) == (role == "hr_admin", record)


def test_no_entry_of_the_trail_tells_the_panel_whose_application_they_read(house: House, head: Browser) -> None:
    vacancy = advertised(house)
    person = applicant(house, vacancy)
    tell(house, person, PersonNamed("Quillfeather1", "Xanthe", "", None, TODAY))  # works here already
    tell(house, person, sheet(house, vacancy, "panel_member", 3, 2, 1), role="panel_member")
    for path in blind_pages(vacancy, page_of(house, vacancy, person)):
        text_of(head, path)
    trail = f"/{NORTH}/audit"
    for of in ("", "?log=reads"):
        entries = set(re.findall(r"/audit/([0-9a-f-]{36})", text_of(head, f"{trail}{of}")))
        telling = [page for entry in entries if str(person) in (page := text_of(head, f"{trail}/{entry}{of}"))]
        assert entries
        assert all("recruitment.person_named/1" in page for page in telling)


def test_hr_on_the_panel_finds_another_s_marks_nowhere_before_their_own(house: House, hr: Browser) -> None:
    vacancy = advertised(house)
    tell(house, vacancy, PanelMemberNamed(house.person(email_of("hr_admin", NORTH)), False, TODAY, TODAY))
    person = applicant(house, vacancy)
    tell(house, person, sheet(house, vacancy, "head", 3, 2, 1), role="head")
    for someone in (hr, house.as_role("hr_director")):
        assert someone.get(f"/api/v1/{NORTH}/recruitment/views/scoring/{person}").status_code == 403


# Marks


def test_a_scorer_sees_another_s_marks_only_once_their_own_are_handed_in(
    house: House, head: Browser, member: Browser, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    here = page_of(house, vacancy, person)
    sheet_page = f"{here}/score/sift"
    answer = head.post(sheet_page, mark_0="3", mark_1="2", mark_2="1", note="Strong on the Code")
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    assert "Strong on the Code" in text_of(head, here)
    for reader in (member, hr):
        text = main_of(text_of(reader, here))
        assert "1 of 2 sheets are handed in." in text
        assert "Strong on the Code" not in text
        assert "Head 139204" not in text
    assert "Applicant 1. The ranking shows once your marks are handed in." in text_of(
        member, f"{list_of(vacancy)}/ranking"
    )
    assert member.post(sheet_page, mark_0="1", mark_1="2", mark_2="1").status_code == 303
    for reader in (member, hr, head):
        text = main_of(text_of(reader, here))
        assert "Strong on the Code" in text
        assert "two marks or more apart" in text
    assert "Change my marks" not in text_of(head, here)


def test_a_sheet_that_lacks_a_mark_is_shown_again_with_what_was_typed(
    house: House, member: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    answer = member.post(f"{page_of(house, vacancy, person)}/score/sift", mark_0="3", mark_1="9", note="My reasons")
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == ["mark_2", "mark_1"]
    assert "My reasons" in answer.text
    assert re.search(r'id="mark_0-4" name="mark_0" type="radio" value="3" checked', answer.text)
    assert not [one for one in house.recorded(SheetScored) if one.vacancy == vacancy]


def test_whoever_declares_an_interest_scores_no_more_and_only_hr_reads_how_they_know_each_other(
    house: House, member: Browser, head: Browser, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    here = page_of(house, vacancy, person)
    assert member.post(f"{here}/interest", words="My neighbour").status_code == 303
    assert [one.words for one in house.recorded(InterestDeclared) if one.vacancy == vacancy] == ["My neighbour"]
    assert "My neighbour" in text_of(hr, here)
    assert "My neighbour" not in text_of(head, here)
    assert "Appointment Panel Member 139204" in main_of(text_of(head, here))
    assert f"{here}/score/sift" not in text_of(member, here)
    answer = member.post(f"{here}/score/sift", mark_0="1", mark_1="1", mark_2="1")
    assert answer.status_code == 422
    assert errors(answer.text) == ["An interest in this applicant is declared. Have somebody else score them."]


def test_gates_notes_and_the_interview_are_recorded_from_their_forms(
    house: House, head: Browser, member: Browser, hr: Browser, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    here = page_of(house, vacancy, person)
    assert hr.post(f"{here}/gate/0", met="true", reason="Seen on the register").status_code == 303
    assert member.get(f"{here}/gate/1").status_code == 404
    tell(house, person, sheet(house, vacancy, "head", 3, 0, 0), sheet(house, vacancy, "panel_member", 0, 0, 0))
    assert "Knows the SEND Code of Practice" in text_of(head, f"{here}/moderate/sift")
    assert head.post(f"{here}/moderate/sift", note="It is thin").status_code == 303
    desk_of(house).do(DecideShortlist(1, (person,), "The only one"), vacancy)
    step(house, vacancy, person, "interview")
    assert head.post(f"{here}/score/interview", mark_0="2").status_code == 303
    answer = head.post(f"{here}/interview", appointable="true", note="Warm", **on("held_on", TODAY))
    assert answer.status_code == 303
    assert [one.note for one in house.recorded(InterviewHeld) if one.vacancy == vacancy] == ["Warm"]


# The shortlist


def test_hr_decides_on_a_ranking_without_names_and_equals_go_together(
    house: House, hr: Browser, member: Browser, vacancy: UUID
) -> None:
    one, other, third = (applicant(house, vacancy, number) for number in (1, 2, 3))
    for person, points in ((one, (2, 2, 2)), (other, (2, 2, 2)), (third, (1, 1, 1))):
        scored(house, vacancy, person, points, points)
    ranking = f"{list_of(vacancy)}/ranking"
    assert re.findall(r"Applicant \d", main_of(text_of(member, ranking)))[:3] == [
        "Applicant 1",
        "Applicant 2",
        "Applicant 3",
    ]
    assert 'name="chosen"' not in text_of(member, ranking)
    key = page_of(house, vacancy, one).rpartition("/")[2]
    answer = hr.post(ranking, chosen=key, places="1")
    assert answer.status_code == 422
    assert errors(answer.text) == [
        "Applicant 2 would go forward by score. Take them too, or write down the panel's reason."
    ]
    assert f'value="{key}" checked' in answer.text
    answer = hr.post(ranking, chosen=key, places="1", reason="Applicant 2 cannot come on the day")
    assert (answer.status_code, answer.headers["location"]) == (303, list_of(vacancy))
    assert member.raw_post(ranking, data={}).status_code in {403, 422}
    assert "Xanthe Quillfeather1" in text_of(member, list_of(vacancy))
    assert "Quillfeather2" not in text_of(member, list_of(vacancy))


def test_an_unmet_essential_weighs_first_and_is_said_in_words(house: House, member: Browser, vacancy: UUID) -> None:
    one, other = applicant(house, vacancy, 1), applicant(house, vacancy, 2)
    scored(house, vacancy, one, (3, 0, 3), (3, 0, 3))
    scored(house, vacancy, other, (1, 1, 0), (1, 1, 0))
    text = main_of(text_of(member, f"{list_of(vacancy)}/ranking"))
    assert text.index("Applicant 2") < text.index("Applicant 1")
    assert "Essential and not met: Has led interventions" in text
