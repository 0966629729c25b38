"""Passkeys: added, used and taken away; what is not signed by one, for us, now and once, opens nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from core.accounts.facts import SignedIn
from core.deskstore.tables import turns
from core.signing_in.facts import PasskeyAdded, PasskeyRemoved, SignInRefused
from core.signing_in.passkeys import GOOD_FOR, added, offered, proved, to_add, to_prove
from tests.core.house import NORTH, PASSWORD, Browser, House, HouseMaker, email_of, errors, hidden
from tests.core.signing_in.keys import Key

SENCO, HEAD = email_of("senco", NORTH), email_of("head", NORTH)
SET_UP, ACCOUNT, CODE = "/sign-in/set-up/passkey", "/account", "/sign-in/code"


_EMPTY = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}


@pytest.fixture
def strict(make_house: HouseMaker) -> House:
    """A trust at a name with TLS, where whoever may read restricted records needs a second factor."""
    return make_house(second_factor="required", origin="https://keystone.example")


def asked(page: str) -> str:
    """What a page has the browser ask of a passkey."""
    found = re.search(r'data-passkey="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def with_key(house: House, email: str = SENCO) -> tuple[Browser, Key, list[str]]:
    """Someone who has just added a passkey: their browser, the key, the recovery codes."""
    browser, key = house.browser(email), Key(house.settings.origin)
    page = browser.get(SET_UP).text
    fields = hidden(page, SET_UP) | {"called": "Work laptop", "answer": key.made(asked(page))}
    shown = browser.raw_post(SET_UP, data=fields)
    assert shown.status_code == 200, errors(shown.text)
    return browser, key, re.findall(r"<code>([a-z0-9-]{14})</code>", shown.text)


def waiting(house: House, email: str = SENCO) -> Browser:
    """A browser that the password let as far as the second factor."""
    browser = house.browser()
    assert browser.sign_in(email, PASSWORD).headers["location"].startswith(CODE)
    return browser


def proves(browser: Browser, sign: Callable[[str], str]) -> int:
    """Sends what was signed of what the page asks; the status."""
    page = browser.get(CODE).text
    answer = browser.raw_post("/sign-in/passkey", data=hidden(page, "/sign-in/passkey") | {"answer": sign(asked(page))})
    return answer.status_code


def test_one_is_added_instead_of_an_app_and_opens_from_then_on(strict: House) -> None:
    senco, key, codes = with_key(strict)
    assert len(codes) == 10
    assert senco.get(f"/{NORTH}/pupils").status_code == 200
    assert [one.called for one in strict.recorded(PasskeyAdded, "trust")] == ["Work laptop"]
    again = waiting(strict)
    assert again.get(f"/{NORTH}/pupils").status_code == 303
    assert proves(again, key.signed) == 303
    assert again.get(f"/{NORTH}/pupils").status_code == 200
    assert strict.recorded(SignedIn, "trust-reads")[-1].how == "password and passkey"
    assert "Work laptop" in again.get(ACCOUNT).text
    assert str(key.id) not in str(strict.events("trust"))


def test_a_recovery_code_stands_in_without_a_script(strict: House) -> None:
    _, _, codes = with_key(strict)
    again = waiting(strict)
    assert "Recovery code" in again.get(CODE).text
    assert again.post(CODE, code=codes[0]).status_code == 303
    assert again.get(f"/{NORTH}/pupils").status_code == 200


def test_only_these_pages_let_a_script_run_and_only_our_own(strict: House) -> None:
    browser = strict.browser(SENCO)
    shown = browser.get(SET_UP)
    assert shown.headers["content-security-policy"].endswith("; script-src 'self'")
    assert re.findall(r"<script[^>]*>", shown.text) == [f'<script src="{_static(shown.text)}/passkey.js" defer>']
    assert "script-src" not in browser.get("/sign-in/set-up").headers["content-security-policy"]
    with_key(strict, HEAD)
    assert "script-src 'self'" in waiting(strict, HEAD).get(CODE).headers["content-security-policy"]


def _static(page: str) -> str:
    found = re.search(r'href="(/static/[^/]+)/mark', page)
    assert found
    return found[1]


def _as_new(options: str) -> str:
    """What was asked to be signed, as if it had been asked for a new passkey."""
    return json.dumps(json.loads(options) | {"rp": {"id": json.loads(options)["rpId"]}})


def _as_asked(options: str) -> str:
    """What was asked for a new passkey, as if it had been asked to be signed."""
    return json.dumps(json.loads(options) | {"rpId": json.loads(options)["rp"]["id"]})


class TestNothingElseOpens:
    """A house with somebody's passkey, and answers that are not it."""

    @pytest.fixture
    def key(self, strict: House) -> Key:
        return with_key(strict)[1]

    def shut(self, house: House, browser: Browser) -> bool:
        return browser.get(f"/{NORTH}/pupils").status_code == 303

    def test_another_site(self, strict: House, key: Key) -> None:
        key.origin = "https://tallystick.example.evil"
        browser = waiting(strict)
        assert proves(browser, key.signed) == 422
        assert self.shut(strict, browser)
        assert [one.at for one in strict.recorded(SignInRefused, "trust-reads")] == ["passkey"]

    def test_another_key(self, strict: House, key: Key) -> None:
        other = Key(strict.settings.origin)
        browser = waiting(strict)
        assert proves(browser, other.signed) == 422
        other.id = key.id
        assert proves(browser, other.signed) == 422
        assert self.shut(strict, browser)

    def test_somebody_elses(self, strict: House, key: Key) -> None:
        with_key(strict, HEAD)
        browser = waiting(strict, HEAD)
        assert proves(browser, key.signed) == 422
        assert self.shut(strict, browser)

    def test_the_same_twice(self, strict: House, key: Key) -> None:
        browser = waiting(strict)
        page, key.counter = browser.get(CODE).text, -1  # one that never counts: nothing else keeps a copy out
        sent = hidden(page, "/sign-in/passkey") | {"answer": key.signed(asked(page))}
        assert browser.raw_post("/sign-in/passkey", data=sent).status_code == 303
        thief = waiting(strict)
        stolen = hidden(thief.get(CODE).text, "/sign-in/passkey") | {"asked": sent["asked"], "answer": sent["answer"]}
        assert thief.raw_post("/sign-in/passkey", data=stolen).status_code == 422
        assert self.shut(strict, thief)

    def test_a_copy_whose_counter_is_behind(self, strict: House, key: Key) -> None:
        assert proves(waiting(strict), key.signed) == 303
        key.counter = 0
        assert proves(waiting(strict), key.signed) == 422

    def test_one_that_never_counts(self, strict: House, key: Key) -> None:
        def signed(options: str) -> str:
            key.counter = -1
            return key.signed(options)

        assert [proves(waiting(strict), signed) for _ in range(2)] == [303, 303]

    def test_too_late(self, strict: House, key: Key) -> None:
        browser = waiting(strict)
        page = browser.get(CODE).text
        strict.clock.us += (GOOD_FOR + 1) * 1_000_000
        sent = hidden(page, "/sign-in/passkey") | {"answer": key.signed(asked(page))}
        assert browser.raw_post("/sign-in/passkey", data=sent).status_code == 422

    def test_what_was_asked_for_another_end_or_of_somebody_else(self, strict: House, key: Key) -> None:
        building, me, other = strict.building, strict.person(SENCO), strict.person(HEAD)
        options, sealed = to_prove(building, me)
        assert not proved(building, other, sealed, key.signed(options))
        assert added(building, me, sealed, key.made(_as_new(options))) is None
        options, sealed = to_add(building, me)
        assert not proved(building, me, sealed, key.signed(_as_asked(options)))
        assert added(building, other, sealed, key.made(options)) is None
        assert added(building, me, sealed, key.made(options)) is not None

    def test_guessing_is_slowed_and_leaves_nothing_behind(self, strict: House, key: Key) -> None:
        other = Key(strict.settings.origin)
        browser = waiting(strict)
        assert [proves(browser, other.signed) for _ in range(6)] == [422] * 6
        page = browser.get(CODE).text
        sent = hidden(page, "/sign-in/passkey") | {"answer": key.signed(asked(page))}
        assert errors(browser.raw_post("/sign-in/passkey", data=sent).text)[0].startswith("Too many tries.")
        strict.clock.us += 3_600_000_000
        assert strict.building.desk_store.first_time("passkey", "another", 600)
        with strict.building.store.database.reading() as connection:
            left = connection.execute(select(turns.c.what).where(turns.c.what.startswith("passkey "))).scalars().all()
        assert left == ["passkey another"]

    @pytest.mark.parametrize(
        "answer",
        [
            "",
            "none",
            "{}",
            "[]",
            "null",
            '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
            json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": _EMPTY}),
            '{"id": 1, "rawId": [], "type": {}, "response": "AA"}',
            "9" * 5000,
            "[" * 5000,
        ],
    )
    def test_no_answer_at_all(self, strict: House, key: Key, answer: str) -> None:
        browser = waiting(strict)
        assert proves(browser, lambda _: answer) == 422
        assert self.shut(strict, browser)


@pytest.mark.parametrize("wrong", ["no key", "no such curve", "no point"])
def test_a_key_that_could_never_open_is_not_added(strict: House, wrong: str) -> None:
    building, me, key = strict.building, strict.person(SENCO), Key(strict.settings.origin)
    options, sealed = to_add(building, me)
    assert added(building, me, sealed, key.made(options, wrong)) is None


@pytest.mark.parametrize(
    ("called", "broken", "says"),
    [
        ("", False, "Say which one it is, in 40 characters at most."),
        ("x" * 41, False, "Say which one it is, in 40 characters at most."),
        (
            "Mine",
            True,
            "No passkey was made. Try again in a browser that makes them, or add an authenticator app instead.",
        ),
    ],
)
def test_what_cannot_be_added_is_told(strict: House, called: str, broken: bool, says: str) -> None:
    browser, key = strict.browser(SENCO), Key(strict.settings.origin)
    page = browser.get(SET_UP).text
    answer = json.dumps({"id": "x"}) if broken else key.made(asked(page))
    shown = browser.raw_post(SET_UP, data=hidden(page, SET_UP) | {"called": called, "answer": answer})
    assert shown.status_code == 422
    assert errors(shown.text)[0].startswith(says)
    assert strict.recorded(PasskeyAdded, "trust") == []


def test_with_the_last_factor_the_recovery_codes_go(make_house: HouseMaker) -> None:
    house = make_house(second_factor="offered", origin="https://keystone.example")
    senco, _, _ = with_key(house)
    person, store = house.person(SENCO), house.building.desk_store
    (held,) = store.passkeys.of(person)
    assert senco.post(f"/account/passkeys/{held.name}/remove", page=ACCOUNT).headers["location"] == ACCOUNT
    assert store.factors.codes_left(person) == 0
    assert house.browser().sign_in(SENCO).headers["location"] == f"/{NORTH}"


def test_whoever_must_have_one_is_not_offered_to_take_the_last_away(strict: House) -> None:
    senco, _, _ = with_key(strict)
    assert "Take it away" not in senco.get(ACCOUNT).text


def test_one_is_taken_away_and_another_stays(strict: House) -> None:
    senco, key, _ = with_key(strict)
    other = Key(strict.settings.origin)
    page = senco.get("/account/passkeys/new").text
    fields = hidden(page, "/account/passkeys/new") | {"called": "Telephone", "answer": other.made(asked(page))}
    assert senco.raw_post("/account/passkeys/new", data=fields).headers["location"] == ACCOUNT
    first, _ = strict.building.desk_store.passkeys.of(strict.person(SENCO))
    assert senco.post(f"/account/passkeys/{first.name}/remove", page=ACCOUNT).headers["location"] == ACCOUNT
    assert [one.called for one in strict.recorded(PasskeyRemoved, "trust")] == ["Work laptop"]
    assert proves(waiting(strict), key.signed) == 422
    assert proves(waiting(strict), other.signed) == 303
    again = hidden(senco.get(ACCOUNT).text, "/account/codes")
    assert senco.raw_post(f"/account/passkeys/{first.name}/remove", data=again).status_code == 404


def test_a_leaver_has_none_left(strict: House) -> None:
    with_key(strict)
    person = strict.person(SENCO)
    strict.building.desk_store.let_go(person)
    assert strict.building.desk_store.passkeys.of(person) == []
    assert not strict.building.desk_store.has_second_factor(person)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://tallystick.example", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
        ("http://tallystick.example", False),
    ],
)
def test_where_browsers_make_them(make_house: HouseMaker, origin: str, expected: bool) -> None:
    house = make_house(origin=origin)
    assert offered(house.settings) is expected


def test_where_they_are_not_made_no_page_offers_them(house: House, make_house: HouseMaker) -> None:
    by_number = make_house(origin="http://127.0.0.1")
    senco = by_number.browser(SENCO)
    assert "passkey" not in senco.get(ACCOUNT).text.casefold()
    assert senco.get("/account/passkeys/new").status_code == 404
