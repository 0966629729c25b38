"""Breaking glass opens one class of one pupil's record for a while, and whoever must know is told."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.accounts.commands import NameConflict
from core.accounts.facts import GlassBroken, Opened
from tests.core.house import NORTH, SOUTH, Browser, House, HouseMaker, email_of, errors
from tests.core.mailbox import Mailbox

DSL, HEAD, DPO = email_of("dsl", NORTH), email_of("head", NORTH), email_of("dpo")
WHY = "A social worker is on the telephone"
LIST = f"/{NORTH}/glass"


def glass(pupil: UUID) -> str:
    return f"/{NORTH}/pupils/{pupil}/glass"


def broke(browser: Browser, pupil: UUID, record: str = "register.support", reason: str = WHY) -> int:
    return browser.post(glass(pupil), record=record, reason=reason).status_code


def may(house: House, email: str, pupil: UUID, record: str = "register.support") -> bool:
    return house.desk(email, NORTH).may("read", record, pupil)


def test_what_a_role_hides_is_open_for_two_hours_to_that_person_of_that_pupil(house: House) -> None:
    pupil, other = house.pupil(), house.pupil()
    dsl = house.browser(DSL)
    assert not may(house, DSL, pupil)
    assert f'href="{glass(pupil)}"' in dsl.get(f"/{NORTH}/pupils/{pupil}").text
    assert broke(dsl, pupil) == 303
    assert may(house, DSL, pupil)
    assert not may(house, DSL, other)
    assert not house.desk(DSL, NORTH).may("write", "register.support", pupil)
    assert not house.desk(DSL, NORTH).may("export", "register.support", pupil)
    assert not may(house, email_of("dsl", SOUTH), pupil)
    house.clock.forward(2 * 3600)
    assert not may(house, DSL, pupil)


@pytest.mark.parametrize(
    ("record", "reason", "says"),
    [
        ("register.support", "", "Say why it cannot wait"),
        ("register.support", "x" * 401, "Say why it cannot wait"),
        ("", WHY, "Choose what you need to open."),
        ("register.plan", WHY, "Choose what you need to open."),  # they read plans as it is
        ("core.disposal", WHY, "Choose what you need to open."),
        ("finance.budget", WHY, "Choose what you need to open."),
    ],
)
def test_without_a_reason_or_for_something_else_it_stays_shut(
    house: House, record: str, reason: str, says: str
) -> None:
    pupil, dsl = house.pupil(), house.browser(DSL)
    answer = dsl.post(glass(pupil), record=record, reason=reason)
    assert answer.status_code == 422
    assert errors(answer.text)[0].startswith(says)
    assert house.recorded(GlassBroken, "trust") == []


@pytest.mark.parametrize("role", ["senco", "send_admin", "class_teacher", "hr_admin", "exams_officer"])
def test_head_and_safeguarding_lead_alone_may(house: House, role: str) -> None:
    pupil = house.pupil()
    assert house.as_role(role).get(glass(pupil)).status_code == 403


def test_whoever_is_close_to_the_child_breaks_nothing(house: House) -> None:
    pupil = house.pupil()
    house.desk(email_of("identity_admin")).do(NameConflict(pupil, "Their child"), house.person(DSL))
    assert house.browser(DSL).get(glass(pupil)).status_code == 404


def test_who_must_know_sees_it_and_others_see_nothing(house: House) -> None:
    pupil = house.pupil(surname="Quillfeather")
    broke(house.browser(DSL), pupil)
    for email in (DPO, email_of("senco", NORTH), DSL):  # the SENCO writes such records
        shown = house.browser(email).get(LIST).text
        assert WHY in shown, email
        assert "Quillfeather" in shown
    for role in ("class_teacher", "designated_teacher", "head"):
        assert WHY not in house.as_role(role).get(LIST).text, role
    assert house.as_role("senco", SOUTH).get(LIST).status_code == 404


def test_they_are_told_at_once_without_a_word_of_whom(
    make_house: HouseMaker, mailboxes: Callable[..., Mailbox]
) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}")
    pupil = house.pupil(surname="Quillfeather")
    broke(house.browser(DSL), pupil)
    letter = mailbox.next()
    assert {DPO, email_of("senco", NORTH)} <= set(letter["to"].split(", "))
    assert DSL not in letter["to"]
    assert email_of("senco", SOUTH) not in letter["to"]
    whole = letter.as_string()
    assert not any(word in whole for word in ("Quillfeather", WHY, str(pupil)))
    assert f"http://keystone.example/{NORTH}/glass" in letter.get_content()


def test_what_is_opened_then_is_told_with_the_reason(house: House) -> None:
    pupil, dsl = house.pupil(), house.browser(DSL)
    broke(dsl, pupil)
    dsl.get(f"/{NORTH}/pupils/{pupil}")
    assert any(one.subject == pupil for one in house.facts(Opened, f"{NORTH}-reads"))
    told = house.browser(DPO).get("/audit").text
    assert "Broke glass: opened what their role hides of one pupil" in told


def test_the_password_is_asked_for_again_before(house: House) -> None:
    pupil, dsl = house.pupil(), house.browser(DSL)
    house.clock.forward(16 * 60)
    assert dsl.get(glass(pupil)).headers["location"].startswith("/sign-in/again")


def test_the_head_opens_a_plugin_s_record_that_no_role_of_theirs_holds(house: House) -> None:
    house.switch_all_on()
    pupil, head = house.pupil(), house.browser(HEAD)
    assert not may(house, HEAD, pupil, "lac.funding")
    page = head.get(glass(pupil)).text
    assert "nothing here says whether this pupil has one" in page
    assert broke(head, pupil, "lac.funding") == 303
    assert may(house, HEAD, pupil, "lac.funding")


def test_glass_is_broken_for_a_pupil_who_is_here_and_once(house: House) -> None:
    pupil, dsl = house.pupil(), house.browser(DSL)
    form = dsl.form(glass(pupil)) | {"record": "register.support", "reason": WHY}
    for nobody in (uuid4(), house.academy_id()):
        assert dsl.raw_post(glass(nobody), data=form).status_code == 404
    assert [dsl.raw_post(glass(pupil), data=form).status_code for _ in range(2)] == [303, 303]
    assert len(house.recorded(GlassBroken, "trust")) == 1


def test_the_reason_stays_with_those_who_must_know(house: House) -> None:
    pupil, head = house.pupil(), house.browser(HEAD)
    house.switch_all_on()
    broke(head, pupil, "lac.funding")
    assert WHY not in house.desk(HEAD, NORTH).taken
    assert WHY not in house.as_role("identity_admin").get(f"/people/{house.person(HEAD)}").text
    assert WHY not in house.as_role("send_director").get("/audit").text
