"""The second factor: asked of whoever may read restricted records, good once, and not for guessing."""

from __future__ import annotations

import html
import re

import pyotp
import pytest

from core.accounts.facts import SignedIn
from core.signing_in.facts import FactorAdded, SignInRefused
from tests.core.house import NORTH, PASSWORD, Browser, House, HouseMaker, email_of, errors

SENCO = email_of("senco", NORTH)


@pytest.fixture
def strict(make_house: HouseMaker) -> House:
    """A trust as one is set up: whoever may read restricted records needs a second factor."""
    return make_house(second_factor="required")


def letters(browser: Browser, path: str = "/sign-in/set-up") -> str:
    """The secret as the page shows it for typing."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.get(path).text)
    assert found
    return found[1].replace(" ", "")


def code(house: House, secret: str, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(house.clock.us / 1e6) + ahead)


def with_app(house: House, email: str = SENCO) -> tuple[Browser, str, list[str]]:
    """Someone who has just set up an app: their browser, the app's secret, the recovery codes."""
    browser = house.browser(email)
    form = browser.form("/sign-in/set-up")
    page = browser.raw_post("/sign-in/set-up", data=form | {"code": "000000"})
    secret = house.building.desk_store.open_words("app", form["secret"])
    assert errors(page.text) == ["That is not the code it shows now. Wait for the next one and type all six digits."]
    shown = browser.raw_post("/sign-in/set-up", data=form | {"code": code(house, secret)})
    assert shown.status_code == 200
    return browser, secret, re.findall(r"<code>([a-z0-9-]{14})</code>", shown.text)


def test_whoever_may_read_restricted_records_is_led_to_set_one_up(strict: House) -> None:
    senco = strict.browser()
    assert senco.sign_in(SENCO).headers["location"] == f"/{NORTH}"
    asked = senco.get(f"/{NORTH}/pupils")
    assert (asked.status_code, asked.headers["location"]) == (303, f"/sign-in/set-up?next=/{NORTH}/pupils")
    program = senco.get(f"/{NORTH}/pupils", headers={"accept": "application/json"})
    assert program.status_code == 403
    senco, secret, codes = with_app(strict)
    assert len(codes) == len(set(codes)) == 10
    assert senco.get(f"/{NORTH}/pupils").status_code == 200
    assert [one.added_on for one in strict.recorded(FactorAdded, "trust")] == [strict.building.today]
    assert secret not in str(strict.events("trust"))


def test_the_page_shows_the_same_secret_as_picture_and_as_letters(strict: House) -> None:
    senco = strict.browser(SENCO)
    shown = senco.get("/sign-in/set-up").text
    assert "<svg" in shown
    assert "style=" not in shown
    form = senco.form("/sign-in/set-up")
    assert strict.building.desk_store.open_words("app", html.unescape(form["secret"])) not in shown.replace(" ", "")
    assert len(letters(senco)) == 32


def test_whoever_reads_nothing_restricted_needs_none(strict: House) -> None:
    admin = strict.as_role("identity_admin")
    assert admin.get("/people").status_code == 200
    trustee = strict.as_role("trustee")
    assert trustee.get("/sign-in/set-up").status_code == 200  # may have one all the same


def test_where_it_is_offered_nobody_is_made_to(house: House) -> None:
    assert house.browser(SENCO).get(f"/{NORTH}/pupils").status_code == 200


def test_next_time_the_code_is_asked_for_and_nothing_opens_before(strict: House) -> None:
    first, secret, _ = with_app(strict)
    before = first.cookies["tallystick"]
    strict.clock.forward(60)
    senco = strict.browser()
    assert senco.sign_in(SENCO).headers["location"] == "/sign-in/code"
    waiting = senco.cookies["tallystick"]
    for path in ("/", f"/{NORTH}/pupils", "/account", "/sign-in/set-up"):
        assert senco.get(path).status_code == 303, path
    assert senco.post("/sign-in/code", code="123456").status_code == 422
    answer = senco.post("/sign-in/code", code=code(strict, secret))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{NORTH}")
    assert senco.get(f"/{NORTH}/pupils").status_code == 200
    assert len({before, waiting, senco.cookies["tallystick"]}) == 3
    stolen = strict.browser()
    stolen.cookies.set("tallystick", waiting, domain="keystone.example")
    assert stolen.get(f"/{NORTH}/pupils").headers["location"].startswith("/sign-in?")
    said = [one.fact.how for one in strict.facts(SignedIn, "trust-reads") if isinstance(one.fact, SignedIn)]
    assert said == ["password", "password and code", "password and code"]
    assert [one.at for one in strict.recorded(SignInRefused, "trust-reads")] == ["code"]


def test_a_code_is_good_once_and_for_a_minute_or_so(strict: House) -> None:
    _, secret, _ = with_app(strict)
    check = strict.building.desk_store.factors.check_app
    senco = strict.person(SENCO)
    assert not check(senco, code(strict, secret)), "it was used to set the app up"
    strict.clock.forward(300)
    assert not check(senco, code(strict, secret, ahead=-90))
    assert not check(senco, code(strict, secret, ahead=90))
    assert check(senco, code(strict, secret, ahead=-30))
    assert check(senco, code(strict, secret))
    assert not check(senco, code(strict, secret))
    assert not check(senco, code(strict, secret, ahead=-30)), "an older one than the last"
    assert not check(strict.person(email_of("head", NORTH)), code(strict, secret, ahead=30))


def test_a_recovery_code_lets_in_once(strict: House) -> None:
    _, _, codes = with_app(strict)
    for typed, answered in ((codes[0], 303), (codes[0], 422), (codes[1].upper().replace("-", " "), 303)):
        senco = strict.browser(SENCO)
        assert senco.post("/sign-in/code", code=typed).status_code == answered, typed
    assert strict.building.desk_store.factors.codes_left(strict.person(SENCO)) == 8


def test_codes_are_not_for_guessing(strict: House) -> None:
    _, secret, _ = with_app(strict)
    strict.clock.forward(60)
    senco = strict.browser(SENCO)
    for number in range(6):
        senco.post("/sign-in/code", code=f"{number:06}")
    slowed = senco.post("/sign-in/code", code=code(strict, secret))
    assert errors(slowed.text)[0].startswith("Too many tries.")
    strict.clock.forward(60)
    assert senco.post("/sign-in/code", code=code(strict, secret)).status_code == 303


def test_neither_app_nor_codes_can_be_read_in_the_database(strict: House) -> None:
    _, secret, codes = with_app(strict)
    for file in strict.home.glob("*.db*"):
        raw = file.read_bytes()
        for word in (secret, *codes, *(one.replace("-", "") for one in codes)):
            assert word.encode() not in raw


def test_a_page_that_is_hidden_adds_no_app(strict: House) -> None:
    senco = strict.browser(SENCO)
    form = senco.form("/sign-in/set-up")
    secret = strict.building.desk_store.open_words("app", form["secret"])
    senco.raw_post("/hide", data=form)
    for answer in (
        senco.get("/sign-in/set-up"),
        senco.raw_post("/sign-in/set-up", data=form | {"code": code(strict, secret)}),
    ):
        assert answer.headers["location"].startswith("/sign-in/again?")
    assert not strict.building.desk_store.factors.has(strict.person(SENCO))
    assert senco.post("/sign-in/again", password=PASSWORD).status_code == 303
    strict.clock.forward(16 * 60)
    assert senco.get("/sign-in/set-up").headers["location"].startswith("/sign-in/again?")


def test_an_app_added_meanwhile_is_not_replaced_by_a_session_without_its_code(strict: House) -> None:
    early, late = strict.browser(SENCO), strict.browser(SENCO)
    form = late.form("/sign-in/set-up")
    with_app(strict)
    assert early.get("/sign-in/set-up").headers["location"].startswith("/sign-in?"), "the other sessions ended"
    store = strict.building.desk_store
    late.cookies.set("tallystick", store.sessions.begin(strict.person(SENCO)).token, domain="keystone.example")
    secret = store.open_words("app", form["secret"])
    again = late.form("/sign-in/again") | {"secret": form["secret"], "code": code(strict, secret)}
    assert late.raw_post("/sign-in/set-up", data=again).headers["location"] == "/sign-in"
    assert late.get("/sign-in/set-up").headers["location"].startswith("/sign-in?"), "that session has ended"
    assert not store.factors.check_app(strict.person(SENCO), code(strict, secret, ahead=30))


@pytest.mark.parametrize("typed", ["", "١٢٣٤٥٦", "ü" * 6, "\0", "1" * 300])
def test_a_code_in_any_script_is_wrong_and_no_error(strict: House, typed: str) -> None:
    with_app(strict)
    assert strict.browser(SENCO).post("/sign-in/code", code=typed).status_code == 422


def test_words_sealed_for_something_else_are_no_secret_of_an_app(strict: House) -> None:
    senco = strict.browser(SENCO)
    form = senco.form("/sign-in/set-up")
    other = strict.building.desk_store.seal_words("search", pyotp.random_base32())
    assert senco.raw_post("/sign-in/set-up", data=form | {"secret": other, "code": "000000"}).status_code == 422


def test_one_person_s_codes_open_nothing_for_another(strict: House) -> None:
    _, _, codes = with_app(strict)
    head = email_of("head", NORTH)
    with_app(strict, head)
    assert strict.browser(head).post("/sign-in/code", code=codes[0]).status_code == 422


def test_the_password_alone_proves_again_but_is_no_second_factor(strict: House) -> None:
    with_app(strict)
    waiting = strict.browser(SENCO)
    assert waiting.post("/sign-in/again", password=PASSWORD).status_code == 303
    assert waiting.get(f"/{NORTH}/pupils").headers["location"].startswith("/sign-in/code")
