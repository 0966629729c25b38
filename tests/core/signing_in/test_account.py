"""One's own account: where one is signed in, another password, and proving again who one is."""

from __future__ import annotations

import re

import pytest

from core.signing_in.facts import FactorAdded, FactorRemoved, PasswordSet
from core.signing_in.web.account import told
from tests.core.house import NORTH, PASSWORD, Browser, House, email_of, errors
from tests.core.signing_in.test_second_factor import code

SENCO = email_of("senco", NORTH)
BETTER = "lantern gravel Tuesday"


def works(browser: Browser) -> bool:
    return browser.get(f"/{NORTH}/pupils").status_code == 200


def test_every_session_is_listed_and_can_be_ended_from_another(house: House) -> None:
    here, there, head = house.browser(SENCO), house.browser(SENCO), house.as_role("head")
    shown = here.get("/account").text
    ends = re.findall(r'action="(/account/sessions/[0-9a-f]{16}/end)"', shown)
    assert len(ends) == 1
    assert shown.count("this one") == 1
    assert head.raw_post(ends[0], data=head.form("/account", "/sign-out")).status_code == 303
    assert works(there), "of another person's nothing ends"
    assert here.post(ends[0], page="/account").status_code == 303
    assert (works(here), works(there), works(head)) == (True, False, True)


def test_a_session_left_too_long_is_no_longer_listed(house: House) -> None:
    house.browser(SENCO)
    house.clock.forward(21 * 60)
    assert "/account/sessions/" not in house.browser(SENCO).get("/account").text


@pytest.mark.parametrize(
    ("browser", "says"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome on Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/18.0 Safari/605.1", "Safari on a Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_told_in_words(browser: str, says: str) -> None:
    assert told(browser) == says


def test_another_password_ends_every_other_session(house: House) -> None:
    here, there = house.browser(SENCO), house.browser(SENCO)
    refused = here.post("/account/password", password="password1234")
    assert "on the lists that are tried first" in errors(refused.text)[0]
    assert here.post("/account/password", password=BETTER).status_code == 303
    assert (works(here), works(there)) == (True, False)
    assert house.browser().sign_in(SENCO).status_code == 422
    assert house.browser().sign_in(SENCO, BETTER).status_code == 303
    assert [one.how for one in house.recorded(PasswordSet, "trust")] == ["own account"]


def test_a_hidden_page_shows_nothing_until_the_password_is_typed(house: House) -> None:
    senco = house.browser(SENCO)
    form = senco.form(f"/{NORTH}/pupils", "/sign-out")  # a second button of it hides the page
    hidden = senco.raw_post("/hide", data=form)
    assert hidden.headers["location"] == f"/sign-in/again?next=/{NORTH}/pupils"
    assert senco.get(f"/{NORTH}/pupils").headers["location"] == f"/sign-in/again?next=/{NORTH}/pupils"
    shown = senco.get(f"/sign-in/again?next=/{NORTH}/pupils").text
    assert "Nothing shows until you type your password." in shown
    assert house.desk(SENCO).person.name not in shown
    assert senco.post("/sign-in/again", password="not the password").status_code == 422
    assert not works(senco)
    back = senco.post("/sign-in/again", page=f"/sign-in/again?next=/{NORTH}/pupils", password=PASSWORD)
    assert back.headers["location"] == f"/{NORTH}/pupils"
    assert works(senco)


def test_before_a_dangerous_act_the_password_is_asked_for_again(house: House) -> None:
    senco = house.browser(SENCO)
    form = senco.form("/account/password")
    house.clock.forward(16 * 60)
    assert senco.get("/account/password").headers["location"] == "/sign-in/again?next=/account/password"
    assert senco.raw_post("/account/password", data=form | {"password": "short"}).status_code == 422
    house.clock.forward(15 * 60)
    late = senco.raw_post("/account/password", data=form | {"password": BETTER})
    assert late.headers["location"] == "/sign-in/again?next=/&idle=1", "a form with a password in it is never kept"
    assert senco.post("/sign-in/again", password=PASSWORD).status_code == 303
    assert senco.get("/account/password").status_code == 200


@pytest.mark.parametrize("page", ["", "/left"])
def test_looking_after_people_asks_for_it_too(house: House, page: str) -> None:
    admin, senco = house.as_role("identity_admin"), house.person(SENCO)
    form = admin.form(f"/people/{senco}")
    for _ in range(2):
        house.clock.forward(16 * 60)
        assert admin.get(f"/people/{senco}").status_code == 200
    answer = admin.raw_post(f"/people/{senco}{page}", data=form | {"role": "head", "purpose": "Their work"})
    assert answer.headers["location"].startswith("/sign-in/again")


def test_guessing_the_password_again_is_slowed_down(house: House) -> None:
    senco = house.browser(SENCO)
    for _ in range(6):
        senco.post("/sign-in/again", password="wrong wrong wrong")
    assert senco.post("/sign-in/again", password=PASSWORD).status_code == 429


def test_an_app_is_added_replaced_and_taken_away(house: House) -> None:
    senco, other = house.browser(SENCO), house.browser(SENCO)
    form = senco.form("/account/app")
    secret = house.building.desk_store.open_words("app", form["secret"])
    assert senco.raw_post("/account/app", data=form | {"code": "000000"}).status_code == 422
    codes = senco.raw_post("/account/app", data=form | {"code": code(house, secret)})
    assert len(re.findall(r"<code>[a-z0-9-]{14}</code>", codes.text)) == 10
    assert (works(senco), works(other)) == (True, False)
    again = senco.post("/account/codes", page="/account")
    before, after = (re.findall(r"<code>([a-z0-9-]{14})", one.text) for one in (codes, again))
    assert set(before).isdisjoint(after)
    assert house.browser().sign_in(SENCO).headers["location"] == "/sign-in/code"
    assert senco.post("/account/app/remove", page="/account").status_code == 303
    assert works(senco)
    assert house.browser().sign_in(SENCO).headers["location"] == f"/{NORTH}"
    assert len(house.recorded(FactorAdded, "trust")) == len(house.recorded(FactorRemoved, "trust")) == 1
