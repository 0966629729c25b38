"""An account nobody has used for long opens no more, until somebody who looks after people says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from core.accounts.commands import ReopenAccount
from core.accounts.facts import AccountReopened
from core.cli.asking import Line
from core.cli.people import user_command
from core.errors import Refused
from core.signing_in.facts import SignInRefused
from tests.core.house import NORTH, PASSWORD, House, email_of

SENCO, ADMIN = email_of("senco", NORTH), email_of("identity_admin")
SHUT = "This account is shut"


@pytest.fixture
def late(house: House) -> House:
    """The SENCO signed in on 16 November 2026, and it is 91 days later; who looks after accounts signed in since."""
    house.browser(SENCO)
    house.clock.move_to(date(2027, 1, 4))
    house.browser(ADMIN)
    house.clock.move_to(date(2026, 11, 16) + timedelta(days=91))
    return house


def tries(house: House) -> int:
    """How the sign-in page answers the SENCO."""
    return house.browser().sign_in(SENCO).status_code


def test_the_right_password_opens_it_for_ninety_days_and_no_longer(house: House) -> None:
    house.browser(SENCO)
    house.clock.move_to(date(2026, 11, 16) + timedelta(days=90))
    assert tries(house) == 303
    house.clock.move_to(date(2026, 11, 16) + timedelta(days=181))
    answer = house.browser().sign_in(SENCO)
    assert answer.status_code == 423
    assert SHUT in answer.text
    assert "set-cookie" not in answer.headers


def test_a_wrong_password_is_not_told_that_it_is_shut(late: House) -> None:
    answer = late.browser().sign_in(SENCO, password="Another one altogether 9")
    assert answer.status_code == 422
    assert SHUT not in answer.text


def test_that_somebody_tried_is_recorded(late: House) -> None:
    assert tries(late) == 423
    late.building.settle()
    assert [one.at for one in late.recorded(SignInRefused, "trust-reads")] == ["shut"]


def test_whoever_looks_after_people_opens_it_again(late: House) -> None:
    admin, page = late.browser(ADMIN), f"/people/{late.person(SENCO)}"
    assert "Open it again" in admin.get(page).text
    assert admin.post(f"{page}/reopen", page=page).status_code == 303
    assert "Open it again" not in admin.get(page).text
    assert tries(late) == 303
    late.clock.forward(1)
    assert admin.raw_post(f"{page}/reopen", data=admin.form(page, "/sign-out")).status_code == 303
    assert len([one for one in late.facts(AccountReopened, "trust") if one.subject == late.person(SENCO)]) == 1


def test_a_link_or_a_password_from_the_command_line_opens_it_again(late: House) -> None:
    line = Line({"TALLYSTICK_HOME": str(late.home)}, None)
    line._building = late.building
    typed = ["password", SENCO, "--password", PASSWORD]
    assert CliRunner().invoke(user_command, typed, obj=line, catch_exceptions=False).exit_code == 0
    assert tries(late) == 303


def test_nobody_else_opens_it(late: House) -> None:
    page, head = f"/people/{late.person(SENCO)}", email_of("head", NORTH)
    browser = late.browser(head)
    assert browser.raw_post(f"{page}/reopen", data=browser.form("/account", "/sign-out")).status_code in (403, 404)
    assert tries(late) == 423


def test_nobody_and_a_leaver_are_not_opened(house: House) -> None:
    with pytest.raises(Refused):
        house.desk().do(ReopenAccount(), house.academy_id())


def test_who_comes_by_link_for_a_while_is_not_shut(house: House) -> None:
    house.clock.move_to(date(2027, 3, 1))
    inspector = email_of("inspector", NORTH)
    house.let_in("inspector", house.person(inspector), until_by=date(2027, 3, 3))
    visitor = house.visitor(inspector)
    assert visitor.get(f"/{NORTH}").status_code == 200
    assert "Open it again" not in house.browser(ADMIN).get(f"/people/{house.person(inspector)}").text
