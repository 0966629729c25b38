"""The list and the child's page: who may know, what is told to whom, and what is recorded of a child's care."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.accounts.commands import Give
from core.accounts.facts import Exported, Opened, TurnedAway
from core.roll.facts import PupilEnrolled, PupilLeft
from plugins.lac.facts import (
    AuthorityNamed,
    ClaimMade,
    EpisodeBegan,
    EpisodeEnded,
    EvidenceSeen,
    KinshipDeclared,
    LegalStatusChanged,
    MeetingHeld,
    PreviousCareDeclared,
    SdqScored,
    SuspensionDecided,
)
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, SOUTH, Browser, House, HouseMaker, email_of, error_links, errors, on
from tests.plugins.lac.care import (
    FOUND,
    LAC,
    A,
    B,
    agreed_plan,
    desk_of,
    episode,
    in_care,
    named,
    opened,
    school,
    started,
    tell,
)

NELLY = "nelly@keystone.example"
OCTOBER, MONDAY = date(2026, 10, 19), date(2026, 11, 16)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house, "register.plan")


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.as_role("designated_teacher")


def main_of(text: str) -> str:
    """What stands in the middle of a page, in plain words."""
    inner = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", inner)))


def child(browser: Browser, pupil: UUID) -> str:
    answer = browser.get(f"{LAC}/children/{pupil}")
    assert answer.status_code == 200
    return main_of(answer.text)


def delegate(house: House, *pupils: UUID, **more: tuple[str, ...]) -> Browser:
    """Someone to whom these children alone were granted: their care, and classes of `lac` besides."""
    allows = {"core.identity": ("read",), "lac.status": ("read", "write")}
    allows |= {f"lac.{name}": actions for name, actions in (more or {"pep": ("read", "write")}).items()}
    give = Give("class_teacher", (house.academy_id(),), allows, "Covers for a colleague", "named", pupils)
    house.desk().do(give, house.person(NELLY))
    return house.browser(NELLY)


def turned_away(house: House, email: str) -> list[tuple[str, str]]:
    person = house.person(email)
    events = house.facts(TurnedAway, f"{NORTH}-reads")
    return [(event.fact.action, event.fact.record_class) for event in events if event.subject == person]  # type: ignore[union-attr]


# Who may know


PAGES = {
    "": "lac.status",
    "/children/{pupil}": "lac.status",
    "/peps/{pupil}/{pep}": "lac.pep",
    "/care/{pupil}/begin": "lac.status",
    "/peps/{pupil}": "lac.pep",
    "/peps/{pupil}/{pep}/voice": "lac.pep",
    "/peps/{pupil}/questionnaire": "lac.wellbeing",
}


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("designated_teacher", set(PAGES)),
        ("head", {"", "/children/{pupil}", "/peps/{pupil}/{pep}"}),
        ("dsl", {"", "/children/{pupil}", "/peps/{pupil}/{pep}", "/care/{pupil}/begin"}),
        ("senco", set()),
        ("class_teacher", set()),
        ("governor", set()),
        ("business_manager", set()),
    ],
)
def test_each_role_opens_what_it_was_granted_and_the_rest_is_turned_away_and_recorded(
    house: House, role: str, opens: set[str]
) -> None:
    pupil = in_care(house, surname="Secretchild")
    pep, someone = started(house, pupil, OCTOBER), house.as_role(role)
    for page, record in PAGES.items():
        before = len(turned_away(house, email_of(role, NORTH)))
        answer = someone.get(LAC + page.format(pupil=pupil, pep=pep))
        assert answer.status_code == (200 if page in opens else 403), page
        if page not in opens:
            assert "Secretchild" not in answer.text
            assert [one[1] for one in turned_away(house, email_of(role, NORTH))[before:]] == [record]


def test_a_delegate_opens_the_child_they_were_named_for_and_no_other_and_nobody_s_id_is_answered_alike(
    house: House,
) -> None:
    mine, other = in_care(house), in_care(house, surname="Othername")
    pep = started(house, other, OCTOBER)
    someone = delegate(house, mine)
    assert someone.get(f"{LAC}/children/{mine}").status_code == 200
    for page in (
        "/children/{0}",
        "/care/{0}/begin",
        "/peps/{0}",
        "/peps/{0}/{1}",
        "/peps/{0}/{1}/voice",
        "/peps/{0}/review",
    ):
        before = len(turned_away(house, NELLY))
        answers = [someone.get(LAC + page.format(key, pep)) for key in (other, uuid4())]
        assert [answer.status_code for answer in answers] == [403, 403], page
        assert main_of(answers[0].text) == main_of(answers[1].text)
        assert "Othername" not in answers[0].text
        assert len(turned_away(house, NELLY)) == before + 2
    shown = someone.get(LAC).text
    assert "Othername" not in shown
    assert "1 child in care on roll." in shown


def test_a_delegate_posts_nothing_about_another_child(house: House) -> None:
    mine, other = in_care(house), house.pupil()
    someone, before = delegate(house, mine), house.log_size()
    form = someone.form(f"{LAC}/care/{mine}/kinship")
    for key in (other, uuid4()):
        answer = someone.raw_post(f"{LAC}/care/{key}/kinship", data=form | {"code": "KF"} | on("declared_on", MONDAY))
        assert answer.status_code == 403
    assert house.log_size() == before


def test_whoever_may_know_of_every_child_is_told_that_an_id_is_nobody_s(teacher: Browser) -> None:
    assert teacher.get(f"{LAC}/children/{uuid4()}").status_code == 404


def test_where_it_is_off_there_is_nothing(house: House) -> None:
    pupil = in_care(house)
    house.switch(on=False, plugin="lac")
    teacher = house.as_role("designated_teacher")
    for page in PAGES:
        assert teacher.get(LAC + page.format(pupil=pupil, pep=uuid4())).status_code == 404


def test_opening_a_child_is_recorded_for_each_class_that_is_shown(house: House) -> None:
    pupil = in_care(house)
    for role, more in (("designated_teacher", {"lac.money"}), ("dsl", set())):
        before = len(house.facts(Opened, f"{NORTH}-reads"))
        house.as_role(role).get(f"{LAC}/children/{pupil}")
        told = {"core.identity", "lac.status", "lac.pep", "lac.wellbeing", "lac.alerts"} | more
        assert opened(house, pupil, before) - {"register.plan"} == told


def test_the_list_records_whom_it_showed(house: House, teacher: Browser) -> None:
    shown, left_out = in_care(house), in_care(house, year="5")
    teacher.get(f"{LAC}?year=4")
    looks = {(event.subject, event.record) for event in house.facts(Opened, f"{NORTH}-reads")}
    assert {(shown, "lac.status"), (shown, "lac.pep")} <= looks
    assert not any(subject == left_out for subject, _ in looks)


def test_a_page_shows_only_what_its_reader_was_granted(house: House) -> None:
    pupil = in_care(house)
    tell(house, pupil, SdqScored(18, "", MONDAY))
    teacher, dsl = child(house.as_role("designated_teacher"), pupil), child(house.as_role("dsl"), pupil)
    assert "Pupil premium plus" in teacher
    assert "Pupil premium plus" not in dsl
    assert "Start a PEP" in teacher
    assert "Start a PEP" not in dsl
    someone = child(delegate(house, pupil), pupil)
    assert "Questionnaires" not in someone
    assert "The clocks are the authority's, and its settings have not been granted to you." in someone


def test_a_delegate_for_the_care_alone_sees_no_plan(house: House) -> None:
    pupil = in_care(house)
    someone = delegate(house, pupil, care=("read",))
    assert "Personal education plans" not in child(someone, pupil)
    assert "not granted to you" in someone.get(LAC).text


@pytest.mark.parametrize("page", [*PAGES, "/care/{pupil}/previous", "/care/{pupil}/authority/plan"])
def test_no_tab_says_more_than_child_or_pep(house: House, teacher: Browser, page: str) -> None:
    pupil = in_care(house, surname="Secretchild")
    answer = teacher.get(LAC + page.format(pupil=pupil, pep=started(house, pupil, OCTOBER)))
    title = answer.text.partition("<title>")[2].partition("</title>")[0]
    assert title.partition(" · ")[0] in {"Children", "Child", "PEP"}


# The list


def names(text: str) -> list[str]:
    """The children of the list itself, in order."""
    return re.findall(r'<tr><th scope="row" class="n"><a [^>]*>([^<]*)</a>', text.partition('id="before"')[0])


def five(house: House) -> dict[str, UUID]:
    """Late with the school; late with the authority; due soon; agreed and done; of no known authority."""
    house.clock.move_to(date(2026, 11, 23))
    found = {
        "school": in_care(house, surname="School"),
        "authority": in_care(house, told_on=date(2026, 11, 9), surname="Authority"),
        "soon": in_care(house, date(2026, 11, 23), code=B, surname="Soon", year="5"),
        "done": in_care(house, date(2026, 9, 14), surname="Done"),
        "unknown": in_care(house, surname="Unknown", code=""),
    }
    started(house, found["school"], date(2026, 10, 28))
    agreed_plan(house, found["done"], date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 8))
    return found


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Authority", "School", "Soon", "Done", "Unknown"]),
        ("?show=school", ["School"]),
        ("?show=authority", ["Authority"]),
        ("?show=soon", ["Authority", "School", "Soon"]),
        ("?show=in_hand", ["School"]),
        ("?authority=341", ["Soon"]),
        ("?authority=unknown", ["Unknown"]),
        ("?year=5", ["Soon"]),
        ("?sort=name", ["Authority", "Done", "School", "Soon", "Unknown"]),
        ("?sort=-since", ["Soon", "Unknown", "School", "Authority", "Done"]),
    ],
)
def test_the_list_shows_who_is_asked_for(house: House, query: str, shown: list[str]) -> None:
    five(house)
    found = names(house.as_role("designated_teacher").get(LAC + query).text)
    assert [name.partition(",")[0] for name in found] == shown


def test_the_list_counts_lateness_apart_by_whose_it_is(house: House) -> None:
    five(house)
    shown = main_of(house.as_role("designated_teacher").get(LAC).text)
    for figure in (
        "In care 5 by 2 authorities",
        "Late with the school 1",
        "Late with the authority 1",
        "Plans in hand 1",
    ):
        assert figure in shown
    assert "7 days late, with the school" in shown
    assert "21 days late, with the authority" in shown
    assert "authority unknown" in shown
    assert "no clock runs" in shown


def test_a_name_is_searched_for_without_standing_in_the_address(house: House, teacher: Browser) -> None:
    in_care(house, surname="Byron"), in_care(house, surname="Stoker")
    answer = teacher.post(LAC, q="byron")
    assert answer.status_code == 303
    assert "byron" not in answer.headers["location"].casefold()
    assert [name.partition(",")[0] for name in names(teacher.get(answer.headers["location"]).text)] == ["Byron"]


def test_the_list_is_taken_out_as_it_is_filtered_and_that_is_recorded(house: House) -> None:
    five(house)
    teacher = house.as_role("designated_teacher")
    answer = teacher.get(f"{LAC}/list.csv?show=school")
    header, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = dict(zip(header, row, strict=True))
    assert told["Surname"] == "School"
    assert (told["Plan"], told["Next due"], told["By"]) == ("being written", "Complete the first PEP", "2026-11-16")
    assert (told["Looking-after authority"], told["Late with"]) == ("Eastshire", "school")
    assert teacher.get(f"{LAC}/list.xlsx").content[:2] == b"PK"
    exported = [(event.record, event.fact.rows) for event in house.facts(Exported, f"{NORTH}-reads")]  # type: ignore[union-attr]
    assert exported == [("lac.status", 1), ("lac.pep", 1), ("lac.status", 5), ("lac.pep", 5)]
    for role in ("head", "dsl"):
        assert house.as_role(role).get(f"{LAC}/list.csv").status_code == 403


def test_children_who_left_the_roll_are_not_in_the_list(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    house.tell(pupil, PupilLeft(date(2026, 11, 1)))
    assert "No child in care is recorded here." in teacher.get(LAC).text


def test_who_was_in_care_is_listed_apart_and_silence_is_never_a_no(house: House, teacher: Browser) -> None:
    before, kin, silent = (house.pupil(surname=name) for name in ("Before", "Kin", "Silent"))
    tell(house, before, PreviousCareDeclared("G", date(2026, 3, 2), MONDAY))
    tell(house, kin, KinshipDeclared("KI", MONDAY))
    tell(house, silent, PreviousCareDeclared("N", None, MONDAY), KinshipDeclared("ND", MONDAY))
    shown = main_of(teacher.get(LAC).text)
    assert "Before, Robin Year 4 · 4B Left care by special guardianship (G) not declared no proof seen yet" in shown
    assert "Kin, Robin Year 4 · 4B not declared Informal kinship care (KI)" in shown
    assert "Silent" not in shown


def test_without_term_dates_the_list_says_what_cannot_be_told(make_house: HouseMaker) -> None:
    house = make_house(plugins=("register", "lac"), found=FOUND)
    house.switch(on=True, plugin="lac")
    house.grant("designated_teacher")
    assert "No term dates are set for this academy" in house.as_role("designated_teacher").get(LAC).text


# Care, as the page tells it


def test_an_episode_shows_its_legal_status_when_the_school_was_told_and_the_proof(
    house: House, teacher: Browser
) -> None:
    pupil, began = house.pupil(), episode(OCTOBER, date(2026, 11, 9))
    tell(house, pupil, began, EvidenceSeen(began.episode, "authority_letter", MONDAY, desk_of(house).person_id))
    shown = child(teacher, pupil)
    assert "Legal status Care order, section 31 (C2)" in shown
    assert "The school was told 9 November 2026, 21 days after it began" in shown
    assert "Letter from the social worker or virtual school, 16 November 2026, by Designated Teacher 139204" in shown


def test_what_is_not_known_of_an_episode_is_marked(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, episode(OCTOBER, legal=""))
    shown = child(teacher, pupil)
    assert "Legal status not told" in shown
    assert "Proof seen none" in shown
    listed = main_of(teacher.get(LAC).text)
    assert "no legal status no proof seen" in listed


@pytest.mark.parametrize(
    ("cause", "follows"),
    [
        ("E47", "What follows Census code G, kinship KF"),
        ("E46", "What follows Census code G, kinship ND"),
        ("E4A", "What follows Census code N"),
        ("E3", "What follows Another authority has taken over"),
    ],
)
def test_the_reason_an_episode_ended_leads_to_its_census_codes(
    house: House, teacher: Browser, cause: str, follows: str
) -> None:
    pupil, began = house.pupil(), episode(OCTOBER)
    tell(house, pupil, began, EpisodeEnded(began.episode, date(2026, 11, 2), cause))
    assert follows in child(teacher, pupil)
    noted = html.unescape(teacher.get(f"{LAC}/care/{pupil}/previous").text)
    assert ("follows G." in noted) is (cause in {"E46", "E47"})


def test_each_of_the_four_authorities_is_entered_or_unknown(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, named(A, "plan", MONDAY))
    shown = child(teacher, pupil)
    assert "Looks after the child unknown" in shown
    assert "Area of the school unknown" in shown
    assert "EHC plan Eastshire Letter of the social worker, 16 November 2026" in shown
    assert "Pays for the EHC plan unknown" in shown


def test_previous_care_tells_when_the_school_is_first_paid(house: House) -> None:
    house.clock.move_to(date(2026, 12, 1))
    pupil, seen_by = house.pupil(), desk_of(house).person_id
    tell(house, pupil, PreviousCareDeclared("A", date(2026, 11, 20), date(2026, 12, 1)))
    teacher = house.as_role("designated_teacher")
    assert "Earliest premium no proof seen yet" in child(teacher, pupil)
    tell(house, pupil, EvidenceSeen(None, "adoption_order", date(2026, 12, 1), seen_by))
    assert "Earliest premium 2028-29: counted on 7 October 2027, paid from 1 April 2028" in child(teacher, pupil)


def test_a_code_of_previous_care_does_not_count_while_the_child_is_looked_after(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, PreviousCareDeclared("A", date(2026, 3, 2), MONDAY), episode(OCTOBER))
    assert "The child is looked after then, so the code does not count." in child(teacher, pupil)


def test_questionnaires_are_read_in_words_and_told_as_returnable_or_not(house: House, teacher: Browser) -> None:
    pupil = in_care(house, date(2025, 12, 1), born_on=date(2012, 3, 4))
    tell(house, pupil, SdqScored(18, "", date(2026, 11, 2)), SdqScored(None, "SDQ5", date(2026, 3, 2)))
    shown = child(teacher, pupil)
    assert "2 November 2026 18 of 40 cause for concern returnable for the year to 31 March 2027" in shown
    assert "2 March 2026 Child refused not returnable for the year to 31 March 2026" in shown


def test_claims_and_suspensions_are_summed_up_with_the_way_to_them(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    pep = started(house, pupil, OCTOBER)
    days = (date(2026, 11, 2), date(2026, 12, 1))
    tell(house, pupil, ClaimMade(uuid4(), pep, uuid4(), 18_000, *days, "", MONDAY, "Tutoring"))
    tell(house, pupil, SuspensionDecided(uuid4(), False, MONDAY, 850, MONDAY, 4, "Fighting"))
    shown = teacher.get(f"{LAC}/children/{pupil}").text
    assert "Asked for £180.00" in main_of(shown)
    assert "Lost in 2026-27 4 sessions" in main_of(shown)
    assert "social worker, virtual school head, parent or carer still to tell" in main_of(shown)
    assert f'href="{LAC}/money/{pupil}"' in shown
    assert f'href="{LAC}/suspensions/{pupil}"' in shown


# One meeting for the PEP and an EHC plan


def test_an_ehc_plan_is_unsaid_where_the_register_is_off(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    house.tell(pupil, PlanIssued(date(2026, 1, 5)))
    house.switch(on=False)
    assert "Whether there is an EHC plan is not told here, which is never a no" in child(teacher, pupil)


def test_without_a_plan_the_register_s_word_is_told(house: House, teacher: Browser) -> None:
    assert "The SEN register knows of no EHC plan." in child(teacher, in_care(house))


@pytest.mark.parametrize(
    ("reviewed_on", "says"),
    [
        (
            date(2026, 3, 21),
            "due by 20 March 2027, the PEP by 12 March 2027. Suggested: one meeting for both, by 12 March 2027.",
        ),
        (date(2026, 5, 21), "due by 20 May 2027, the PEP by 12 March 2027: too far apart for one meeting."),
    ],
)
def test_one_meeting_is_suggested_where_both_are_due_together(house: House, reviewed_on: date, says: str) -> None:
    house.clock.move_to(date(2027, 3, 1))
    pupil = in_care(house, date(2026, 10, 19))
    house.tell(pupil, PlacedOnRegister("E", ("SLCN",), OCTOBER, OCTOBER, "Seen"), PlanIssued(reviewed_on))
    agreed_plan(house, pupil, date(2026, 10, 28), date(2026, 11, 5), date(2026, 11, 12))
    pep = started(house, pupil, date(2027, 2, 22), why="termly", due_by=date(2027, 3, 12))
    tell(house, pupil, MeetingHeld(pep, date(2027, 2, 26), ("child",), None))
    assert says in child(house.as_role("designated_teacher"), pupil)


# What is recorded


def begun(**more: Any) -> dict[str, str]:
    """A form that begins an episode."""
    usual = {"care": "looked_after", "legal": "C2", "source": "Virtual school", "authority": A}
    return usual | on("began_on", OCTOBER) | on("told_on", date(2026, 11, 9)) | more


def record(browser: Browser, path: str, **fields: Any) -> tuple[int, str]:
    """Fills the form in and sends it; the answer's status, and its errors."""
    answer = browser.raw_post(path, data=browser.form(path) | fields)
    return answer.status_code, " ".join(errors(answer.text))


def test_an_episode_is_recorded_with_its_authority_and_the_child_stands_in_the_list(
    house: House, teacher: Browser
) -> None:
    pupil = house.pupil(surname="Newcomer")
    path = f"{LAC}/care/{pupil}/begin"
    answer = teacher.raw_post(path, data=teacher.form(path) | begun())
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LAC}/children/{pupil}")
    (began,) = house.facts(EpisodeBegan)
    assert (began.day, began.fact.told_on) == (OCTOBER, date(2026, 11, 9))  # type: ignore[union-attr]
    assert house.facts(AuthorityNamed)[-1].fact.authority == A  # type: ignore[union-attr]
    shown = teacher.get(LAC).text
    assert "Newcomer" in shown
    assert "Recorded." in shown


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (begun(**on("began_on", date(2026, 11, 17))), "began_on-day"),
        (begun(**on("began_on", date(2010, 1, 1))), "began_on-day"),
        (begun(source=""), "source"),
        (begun(care="imagined"), "care"),
        (begun(legal="Z9"), "legal"),
        (begun(authority="999"), "authority"),
        (begun(**{"told_on-day": "", "told_on-month": "", "told_on-year": ""}), "told_on-day"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    house: House, teacher: Browser, fields: dict[str, str], field: str
) -> None:
    pupil = house.pupil()
    path, before = f"{LAC}/care/{pupil}/begin", house.log_size()
    answer = teacher.raw_post(path, data=teacher.form(path) | fields)
    assert answer.status_code == 422
    assert field in set(error_links(answer.text))
    assert house.log_size() == before
    for name, value in fields.items():
        kept = html.escape(value)
        if value and name not in {"care", "legal", "authority", "source"}:
            assert (
                f'id="{name}" name="{name}" type="text" inputmode="numeric" autocomplete="off" value="{kept}"'
                in answer.text
            )
        elif name == "source" and value:
            assert re.search(f'name="source" type="radio" value="{kept}" checked', answer.text)


def test_a_form_left_open_is_stale_and_says_what_was_recorded(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/begin"
    form = teacher.form(path)
    tell(house, pupil, KinshipDeclared("KF", MONDAY))
    answer = teacher.raw_post(path, data=form | begun())
    assert answer.status_code == 409
    assert "Kinship care declared" in html.unescape(answer.text)
    assert house.facts(EpisodeBegan) == []


def test_a_double_click_is_recorded_once(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/begin"
    sent = teacher.form(path) | begun()
    assert [teacher.raw_post(path, data=sent).status_code for _ in range(3)] == [303, 303, 303]
    assert len(house.facts(EpisodeBegan)) == 1


def test_a_legal_status_an_end_and_a_proof_are_recorded_of_one_episode(house: House, teacher: Browser) -> None:
    pupil, began = house.pupil(), episode(OCTOBER, legal="C1")
    tell(house, pupil, began)
    care = f"{LAC}/care/{pupil}"
    assert record(teacher, f"{care}/legal/{began.episode}", legal="C2", **on("changed_on", MONDAY))[0] == 303
    assert (
        record(teacher, f"{care}/evidence/{began.episode}", evidence="authority_letter", **on("seen_on", MONDAY))[0]
        == 303
    )
    assert record(teacher, f"{care}/end/{began.episode}", cause="E47", **on("ended_on", MONDAY))[0] == 303
    assert [event.fact.episode for event in house.facts(LegalStatusChanged)] == [began.episode]  # type: ignore[union-attr]
    assert [event.fact.seen_by for event in house.facts(EvidenceSeen)] == [desk_of(house).person_id]  # type: ignore[union-attr]
    shown = child(teacher, pupil)
    assert "ended" in shown
    assert "End it" not in shown


def test_previous_care_needs_its_proof_unless_it_is_not_declared(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/previous"
    status, says = record(teacher, path, code="A", **on("declared_on", MONDAY))
    assert (status, "Until then use N" in says) == (422, True)
    assert record(teacher, path, code="N", **on("declared_on", MONDAY))[0] == 303
    shown = child(teacher, pupil)
    assert "Previous care not declared" in shown
    proof = {"evidence": "adoption_order", **on("seen_on", MONDAY), **on("ordered_on", date(2026, 3, 2))}
    assert record(teacher, path, code="A", **on("declared_on", MONDAY), **proof)[0] == 303
    assert "Left care by adoption, England and Wales (A)" in child(teacher, pupil)


def test_kinship_is_recorded_with_or_without_previous_care(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    assert record(teacher, f"{LAC}/care/{pupil}/kinship", code="KU", **on("declared_on", MONDAY))[0] == 303
    assert "Kinship care, arrangement unknown (KU)" in child(teacher, pupil)


def test_naming_one_authority_changes_no_other(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    path = f"{LAC}/care/{pupil}/authority"
    told = {"source": "Letter of 2 November", **on("named_on", MONDAY)}
    assert record(teacher, f"{path}/plan", authority=B, **told)[0] == 303
    shown = child(teacher, pupil)
    assert "Looks after the child Eastshire" in shown
    assert "EHC plan Westshire" in shown
    assert "Area of the school unknown" in shown
    assert record(teacher, f"{path}/plan", authority=A, source="", **on("named_on", MONDAY))[0] == 422
    assert record(teacher, f"{path}/plan", authority="", **told)[0] == 303
    assert "EHC plan unknown" in child(teacher, pupil)


def offered(text: str, name: str) -> set[str]:
    """The values a form offers for a field."""
    select = re.search(rf'<select [^>]*name="{name}".*?</select>', text, re.DOTALL)
    found = re.findall(r'<option value="([^"]*)"', select[0]) if select else []
    return set(found) | set(re.findall(rf'name="{name}" type="radio" value="([^"]*)"', text))


@pytest.mark.parametrize(
    ("page", "field", "codes"),
    [
        ("kinship", "code", {"ND", "KF", "KI", "KU"}),
        ("previous", "code", {"N", "A", "G", "R", "C", "O"}),
        ("begin", "legal", {"", "V2", "V3", "V4", "C1", "C2", "E1", "L1", "L2", "L3", "J1"}),
        ("begin", "authority", {"", A, B}),
    ],
)
def test_a_form_offers_the_codes_of_its_day_each_with_its_name(
    house: House, teacher: Browser, page: str, field: str, codes: set[str]
) -> None:
    shown = teacher.get(f"{LAC}/care/{house.pupil()}/{page}").text
    assert offered(shown, field) == codes
    assert all(f"({code})" in shown for code in codes - {""})


@pytest.mark.parametrize(
    "path", ["imagined", "legal", "end", "authority", "authority/imagined", "legal/{0}", "begin/{0}"]
)
def test_a_form_that_is_none_is_not_there(house: House, teacher: Browser, path: str) -> None:
    assert teacher.get(f"{LAC}/care/{in_care(house)}/{path.format(uuid4())}").status_code == 404


def test_a_child_in_care_at_another_academy_of_the_trust_is_told_without_an_id(house: House) -> None:
    pupil = in_care(house, surname="Twice")
    house.switch(SOUTH, on=True, plugin="lac")
    house.grant("designated_teacher", urn=SOUTH)
    enrolled = desk_of(house).log.stream(pupil, "core.identity")[0].fact
    assert isinstance(enrolled, PupilEnrolled)
    house.tell(pupil, enrolled, urn=SOUTH)
    teacher, path = house.as_role("designated_teacher", SOUTH), f"/{SOUTH}/lac/care/{pupil}/begin"
    status, says = record(teacher, path, **begun(authority=""))
    assert status == 422
    assert "is open at North Primary and South Primary." in says
    assert str(pupil) not in says
