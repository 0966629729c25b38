"""Vacancies: drafted, with a panel, approved by somebody else, advertised, closed."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import NotAllowed, Refused
from events import New
from plugins.recruitment.codes.statements import EXEMPT_NOTICE, SAFEGUARDING
from plugins.recruitment.commands import (
    AdvertiseVacancy,
    ApproveVacancy,
    CloseVacancy,
    DraftVacancy,
    LeavePanel,
    NamePanelMember,
)
from plugins.recruitment.facts import (
    ApplicationEntered,
    PanelMemberLeft,
    PanelMemberNamed,
    PostPlanned,
    VacancyAdvertised,
    VacancyApproved,
    VacancyClosed,
    VacancyDrafted,
)
from plugins.recruitment.views import vacancy
from tests.core.house import NORTH, SOUTH, House, HouseMaker, email_of, error_links, errors, on

from .vacancies import RECRUITMENT, advertised, approved, description_of, drafted, school, with_panel

HERE = f"{RECRUITMENT}/vacancies"
CLOSES = date(2026, 12, 4)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def asking(description: UUID, **more: Any) -> dict[str, Any]:
    usual = {"title": "SENCO", "role": "senco", "description": str(description), "contract": "permanent"}
    money = {"pay_from_pence": "34,069", "pay_to_pence": "£52,835.00", "share": "80", "blind": "true"}
    return usual | money | {"closes_at": "12:00", **on("closes_on", CLOSES)} | more


def do(house: House, command: Any, subject: UUID, role: str = "hr_admin") -> None:
    house.desk(email_of(role, "" if role == "hr_director" else NORTH), NORTH).do(command, subject)


def came(house: House, wanted: UUID, number: int) -> None:
    """An application as it came."""
    words = ("surname", "forename", "former_names", "email", "phone", "address", "ni_number", "trn", "relations")
    given: dict[str, Any] = dict.fromkeys(words, "x") | dict.fromkeys(("jobs", "schooling", "referees"), ())
    told = ApplicationEntered(
        **given,
        vacancy=wanted,
        number=number,
        born_on=None,
        qts=True,
        award="none",
        own_form=True,
        document=None,
        made_on=date(2026, 11, 16),
        statement="I teach.",
    )
    house.desk(email_of("hr_admin", NORTH), NORTH).record([New(uuid4(), told)], command_id=uuid4())


# Drafting


def test_a_draft_begins_with_neutral_statements_and_the_ranges_of_the_day(house: House) -> None:
    hr = house.as_role("hr_admin")
    assert "Import one first" in text_of(hr.get(f"{HERE}/new").text)
    one = description_of(house)
    page = hr.get(f"{HERE}/new")
    assert "Main range £34,069.00 to £46,940.00" in text_of(page.text)
    assert "Not verified" in text_of(page.text)
    assert "/rules/recruitment.pay_findings" in page.text
    assert html.escape(SAFEGUARDING, quote=False) in page.text.replace("&#39;", "'")
    answer = hr.post(f"{HERE}/new", **asking(one, flags=["teaching_work", "line_manages"]))
    assert answer.status_code == 303
    (told,) = house.recorded(VacancyDrafted)
    assert (told.pay_from_pence, told.pay_to_pence, told.share) == (34_069_00, 52_835_00, 80)
    assert (told.flags, told.blind, told.closes_on) == (("teaching_work", "line_manages"), True, CLOSES)
    assert told.drafted_by == house.person(email_of("hr_admin", NORTH))
    shown = text_of(hr.get(answer.headers["location"]).text)
    assert "Permanent, 80 % of full time" in shown.replace("\u00a0", " ")
    assert "Must be made Identity," in shown


def test_the_draft_can_be_changed_until_it_is_approved(house: House) -> None:
    one, hr = drafted(house), house.as_role("hr_admin")
    page = hr.get(f"{HERE}/{one}/draft").text
    assert 'value="£34,069.00"' in page
    (told,) = house.recorded(VacancyDrafted)
    assert hr.post(f"{HERE}/{one}/draft", **asking(told.description, title="Deputy SENCO")).status_code == 303
    assert "Deputy SENCO" in text_of(hr.get(f"{HERE}/{one}").text)
    with_panel(house, one)
    do(
        house,
        DraftVacancy("SENCO", "senco", told.description, "casual", 1, 2, safeguarding="x", exempt_notice="y"),
        one,
    )
    do(house, ApproveVacancy("Line 12"), one, "head")
    answer = hr.post(f"{HERE}/{one}/draft", **asking(told.description))
    assert "This was approved as it stands." in errors(answer.text)[0]
    assert "Change the draft" not in text_of(hr.get(f"{HERE}/{one}").text)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"role": ""}, "role"),
        ({"role": "astronaut"}, "role"),
        ({"description": ""}, "description"),
        ({"description": str(UUID(int=7))}, "description"),
        ({"contract": "for life"}, "contract"),
        ({"contract": "fixed_term"}, "fixed_until-day"),
        (on("fixed_until", date(2027, 8, 31)), "fixed_until-day"),
        ({"pay_from_pence": "a lot"}, "pay_from_pence"),
        ({"pay_to_pence": "34,068.99"}, "pay_to_pence"),
        ({"tlr_pence": "9999999"}, "tlr_pence"),
        ({"share": "0"}, "share"),
        ({"closes_at": "noon"}, "closes_at"),
        ({"flags": "juggling"}, "flags"),
        ({"closes_on-month": "13"}, "closes_on-day"),
    ],
)
def test_what_is_wrong_with_a_draft_is_told_at_its_field(house: House, typed: dict[str, str], field: str) -> None:
    one = description_of(house)
    data = {key.replace("-", "__"): value for key, value in (asking(one) | typed).items()}
    answer = house.as_role("hr_admin").post(f"{HERE}/new", **data)
    assert answer.status_code == 422
    links = {link.partition("-")[0] for link in error_links(answer.text)}
    assert links == {field.partition("-")[0]}
    assert house.recorded(VacancyDrafted) == []


def test_pay_outside_the_ranges_is_told_on_the_vacancy_and_stands(house: House) -> None:
    one = drafted(house, pay_to_pence=48_000_00, tlr="TLR2", tlr_pence=9_000_00)
    answer = house.as_role("hr_admin").get(f"{HERE}/{one}")
    assert "The highest pay, £48,000.00, is in no range of the day" in text_of(answer.text)
    assert "The TLR payment, £9,000.00" in text_of(answer.text)
    assert "/rules/recruitment.pay_findings" in answer.text


def test_a_later_version_of_the_description_does_not_change_the_vacancy(house: House) -> None:
    description = description_of(house)
    one = drafted(house, description=description)
    (told,) = house.recorded(VacancyDrafted)
    hr = house.as_role("hr_admin")
    assert f"/descriptions/{description}/versions/{told.version}" in hr.get(f"{HERE}/{one}").text


# The panel


def test_a_panel_is_named_corrected_and_left(house: House) -> None:
    one, hr = drafted(house), house.as_role("hr_admin")
    assert "Nobody sits on the panel yet." in text_of(hr.get(f"{HERE}/{one}/panel").text)
    head, governor = house.person(email_of("head", NORTH)), house.person(email_of("governor", NORTH))
    trained = on("trained_on", date(2025, 9, 3))
    new = f"{HERE}/{one}/panel/new"
    assert hr.post(new, member=str(head), chairs="true", **trained).status_code == 303
    assert hr.post(new, member=str(governor)).status_code == 303
    page = text_of(hr.get(f"{HERE}/{one}/panel").text)
    assert "Head 139204 chair 3 September 2025 may score" in page
    assert "Governor 139204 no may not score yet" in page
    leave = f"{HERE}/{one}/panel/{governor}/leave"
    assert hr.post(leave, page=f"{HERE}/{one}/panel").status_code == 303
    assert [told.member for told in house.recorded(PanelMemberLeft)] == [governor]
    page = text_of(hr.get(f"{HERE}/{one}/panel").text)
    assert "Name two people or more to the panel." in page
    assert "Governor" not in page
    assert hr.raw_post(leave, data=hr.form(new, new)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"member": ""}, "member"), ({"member": str(UUID(int=7))}, "member"), (on("trained_on", CLOSES), "trained_on")],
)
def test_what_is_wrong_with_a_panel_member_is_told(house: House, typed: dict[str, str], field: str) -> None:
    one, hr = drafted(house), house.as_role("hr_admin")
    head = str(house.person(email_of("head", NORTH)))
    data = {key.replace("-", "__"): value for key, value in ({"member": head} | typed).items()}
    answer = hr.post(f"{HERE}/{one}/panel/new", **data)
    assert answer.status_code == 422
    assert [link.partition("-")[0] for link in error_links(answer.text)] == [field]
    assert house.recorded(PanelMemberNamed) == []


def test_only_who_signs_in_at_the_academy_can_be_chosen(house: House) -> None:
    page = house.as_role("hr_admin").get(f"{HERE}/{drafted(house)}/panel/new").text
    assert "Head 139204" in page
    assert "Hr Director Trust" in page
    assert "Nelly New" not in page
    assert f"Head {SOUTH}" not in page


# Approving


def test_somebody_else_approves_and_the_academy_has_a_post(house: House) -> None:
    one = drafted(house, sen_allowance_pence=2_885_00)
    with_panel(house, one)
    head = house.as_role("head")
    page = text_of(head.get(f"{HERE}/{one}/approve").text)
    assert "Panel" in page
    assert "Head 139204" in page
    assert head.post(f"{HERE}/{one}/approve", budget="Minute 14").status_code == 303
    (told,), (post,) = house.recorded(VacancyApproved), house.recorded(PostPlanned)
    assert (told.post, told.budget) == (post.post, "Minute 14")
    assert (post.pay_pence, post.allowances_pence, post.title) == (52_835_00, 2_885_00, "SENCO")
    shown = text_of(head.get(f"{HERE}/{one}").text)
    assert "3. Approve done 16 November 2026, by Head 139204. Money: Minute 14" in shown


def test_who_drafted_it_does_not_approve_it(house: House) -> None:
    description = description_of(house)
    head = house.as_role("head")
    where = head.post(f"{HERE}/new", **asking(description, safeguarding="x", exempt_notice="y")).headers["location"]
    one = UUID(where.rpartition("/")[2])
    with_panel(house, one)
    assert "Somebody else must approve what you drafted." in text_of(head.get(where).text)
    assert f"{where}/approve" not in head.get(where).text
    answer = head.post(f"{where}/approve", budget="Minute 14")
    assert errors(answer.text) == ["Somebody else must approve what you drafted."]
    assert house.as_role("hr_director").post(f"{where}/approve", budget="Minute 14").status_code == 303


def test_what_could_not_be_put_right_later_is_told_before_it_is_approved(house: House) -> None:
    one = drafted(house, safeguarding="", exempt_notice="", closes_on=None, closes_at="")
    head = house.as_role("head")
    answer = head.post(f"{HERE}/{one}/approve", budget="Minute 14")
    (says,) = errors(answer.text)
    for wanted in (
        "committed to safeguarding",
        "Rehabilitation of Offenders",
        "two people or more",
        "trained in safer",
    ):
        assert wanted in says
        assert wanted in text_of(head.get(f"{HERE}/{one}/approve").text)
    assert "closes" not in says
    assert house.recorded(VacancyApproved) == []


def test_nobody_approves_who_may_not_sign(house: House) -> None:
    one = drafted(house)
    with_panel(house, one)
    assert house.as_role("hr_admin").get(f"{HERE}/{one}/approve").status_code == 403
    with pytest.raises(NotAllowed):
        do(house, ApproveVacancy("Line 12"), one, "hr_admin")


# Advertising


def test_everything_that_is_missing_is_listed_at_once(house: House) -> None:
    one = drafted(house, safeguarding="", exempt_notice="", closes_on=None, closes_at="")
    answer = house.as_role("hr_admin").get(f"{HERE}/{one}")
    page = text_of(answer.text).partition("Missing before it may be advertised")[2]
    for wanted in (
        "committed to safeguarding",
        "Rehabilitation of Offenders",
        "the day on which it closes",
        "the time at which it closes",
        "Have the panel approved",
        "two people or more",
        "trained in safer recruitment",
    ):
        assert wanted in page
    assert "/rules/recruitment.advert_findings" in answer.text
    with pytest.raises(Refused) as refusal:
        do(house, AdvertiseVacancy("Come."), one)
    assert str(refusal.value).count(".") >= 7


def test_the_advertisement_is_looked_at_then_published_and_stands(house: House) -> None:
    one, hr = approved(house), house.as_role("hr_admin")
    here = f"{HERE}/{one}/advertise"
    page = hr.get(here).text
    for words in ("Applications close on 4 December 2026, 12:00.", "We do not accept a CV", "We keep children safe"):
        assert words in html.unescape(page)
    form = hr.form(here)
    typed = {
        "advert": "Come and teach.\n\nSend us your CV.",
        "closes_at": "17:00",
        **on("closes_on", date(2026, 12, 7)),
    }
    look = hr.raw_post(here, data=form | typed)
    assert look.status_code == 200
    assert "Applications close on 7 December 2026, 17:00." in text_of(look.text)
    assert "The advertisement speaks of a CV" in text_of(look.text)
    assert "/rules/recruitment.form_findings" in look.text
    assert house.recorded(VacancyAdvertised) == []
    back = hr.raw_post(here, data=form | typed | {"go": "change"})
    assert "Come and teach." in back.text
    assert hr.raw_post(here, data=form | typed | {"go": "publish"}).status_code == 303
    (told,) = house.recorded(VacancyAdvertised)
    assert (told.closes_on, told.closes_at) == (date(2026, 12, 7), "17:00")
    assert " ".join(told.advert.split()) == "Come and teach. Send us your CV."
    shown = text_of(hr.get(f"{HERE}/{one}").text)
    assert "advertised Applications are taken until 7 December 2026, 17:00." in shown
    assert "The advertisement, as published Come and teach." in shown


def test_a_closing_day_can_be_given_as_late_as_with_the_advertisement(house: House) -> None:
    one, hr = approved(house, closes_on=None), house.as_role("hr_admin")
    answer = hr.post(f"{HERE}/{one}/advertise", advert="Come.", closes_at="12:00")
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["closes_on"])
    assert "Give the day on which it closes." in errors(answer.text)[0]
    sent = {key.replace("-", "__"): value for key, value in on("closes_on", date(2026, 11, 15)).items()}
    answer = hr.post(f"{HERE}/{one}/advertise", advert="Come.", closes_at="12:00", **sent)
    assert "It closes before it is advertised." in errors(answer.text)[0]
    assert list(error_links(hr.post(f"{HERE}/{one}/advertise", advert=" ").text)) == ["advert"]


def test_a_panel_that_lost_its_trained_member_keeps_it_from_being_advertised(house: House) -> None:
    one = approved(house)
    do(house, LeavePanel(house.person(email_of("head", NORTH))), one)
    answer = house.as_role("hr_admin").get(f"{HERE}/{one}/advertise")
    assert "trained in safer recruitment" in text_of(answer.text)
    assert "Look at it as it will stand" not in answer.text


# Closing, and how far it came


def test_a_campaign_is_closed_with_how_it_ended(house: House) -> None:
    one, hr = advertised(house), house.as_role("hr_admin")
    came(house, one, 1)
    assert "1 application has not come to an end." in text_of(hr.get(f"{HERE}/{one}/close").text)
    assert list(error_links(hr.post(f"{HERE}/{one}/close").text)) == ["outcome"]
    assert hr.post(f"{HERE}/{one}/close", outcome="not_appointed", reason="None fitted").status_code == 303
    (told,) = house.recorded(VacancyClosed)
    assert (told.outcome, told.reason) == ("not_appointed", "None fitted")
    assert "closed Nobody was appointed. Closed on 16 November 2026." in text_of(hr.get(f"{HERE}/{one}").text)
    again = hr.post(f"{HERE}/{one}/close", outcome="appointed")
    assert errors(again.text) == ["This vacancy is closed."]


@pytest.mark.parametrize(
    ("role", "command", "code"),
    [
        ("head", ApproveVacancy("Again"), "no_change"),
        ("hr_admin", AdvertiseVacancy("Again"), "no_change"),
        ("hr_admin", LeavePanel(UUID(int=7)), "no_change"),
        ("hr_admin", NamePanelMember(UUID(int=7)), "not_in_list"),
    ],
)
def test_what_was_done_is_not_done_again(house: House, role: str, command: Any, code: str) -> None:
    one = advertised(house)
    with pytest.raises(Refused) as refusal:
        do(house, command, one, role)
    assert refusal.value.code == code


def test_a_closed_vacancy_takes_nothing_more(house: House) -> None:
    one = approved(house)
    do(house, CloseVacancy("withdrawn"), one)
    for command in (AdvertiseVacancy("Come."), NamePanelMember(UUID(int=7)), LeavePanel(UUID(int=7))):
        with pytest.raises(Refused) as refusal:
            do(house, command, one)
        assert refusal.value.code == "closed"
    page = house.as_role("hr_admin").get(f"{HERE}/{one}").text
    for act in ("draft", "advertise", "close", "approve"):
        assert f"{HERE}/{one}/{act}" not in page


def test_applications_are_counted_by_state_for_those_who_may_see_them(house: House) -> None:
    one = advertised(house)
    for number in (1, 2, 3):
        came(house, one, number)
    for role, sees in (("hr_admin", True), ("panel_member", True), ("send_director", False)):
        answer = house.as_role(role).get(f"{HERE}/{one}")
        assert ("Submitted 3 applications" in text_of(answer.text)) is sees, role
        assert (f"{HERE}/{one}/applicants" in answer.text) is sees, role


def test_the_list_shows_what_is_next_of_each(house: House) -> None:
    hr = house.as_role("hr_admin")
    assert "No post is to be filled." in text_of(hr.get(HERE).text)
    first, second = advertised(house, title="Open one"), drafted(house, title="Young one")
    closed = approved(house, title="Past one")
    do(house, CloseVacancy("withdrawn"), closed)
    page = text_of(hr.get(HERE).text)
    assert "Draft 1 Approved 0 Advertised 1 Closed 1" in page
    assert "Open one advertised 4 December 2026, 12:00 0 Applications: 0 applications" in page
    assert "Young one draft 4 December 2026, 12:00 0 Panel: name two people" in page
    assert "Past one The vacancy was withdrawn, 16 November 2026" in page
    assert page.index("Open one") < page.index("Young one") < page.index("Past one")
    assert {first, second, closed} == set(house.desk(urn=NORTH).log.see_all(vacancy))


# Who


def test_who_has_no_part_in_it_sees_nothing(house: House) -> None:
    one = advertised(house)
    for role in ("governor", "class_teacher", "senco"):
        browser = house.as_role(role)
        for path in (HERE, f"{HERE}/{one}", f"{HERE}/{one}/panel", f"{HERE}/new"):
            assert browser.get(path).status_code == 403, (role, path)
    panel = house.as_role("panel_member")
    page = panel.get(f"{HERE}/{one}").text
    assert "See the panel" in page
    for act in ("close", "draft", "advertise", "panel/new"):
        assert panel.get(f"{HERE}/{one}/{act}").status_code == 403
        assert f"{HERE}/{one}/{act}" not in page
    assert house.as_role("hr_director").get(f"/{SOUTH}/recruitment/vacancies").status_code == 404


def test_an_address_of_none_is_not_there(house: House) -> None:
    hr = house.as_role("hr_admin")
    drafted(house)
    for path in ("", "/panel", "/panel/new", "/draft", "/advertise", "/close"):
        assert hr.get(f"{HERE}/{uuid4()}{path}").status_code == 404, path


def test_the_statements_to_begin_with_say_what_the_rules_ask_for() -> None:
    assert "safeguarding" in SAFEGUARDING
    assert "checks" in SAFEGUARDING
    assert "Rehabilitation of Offenders Act 1974" in EXEMPT_NOTICE
