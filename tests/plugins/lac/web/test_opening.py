"""Who may open what, and that it is recorded."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.accounts.facts import Opened
from plugins.lac.facts import (
    SdqScored,
)
from tests.core.house import NORTH, Browser, House, email_of, on
from tests.plugins.lac.care import (
    LAC,
    in_care,
    opened,
    started,
    tell,
)
from tests.plugins.lac.web.reading import MONDAY, NELLY, OCTOBER, child, delegate, main_of, turned_away

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
