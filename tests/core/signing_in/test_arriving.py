"""Signing in: a token nobody chose, guesses slowed down, sessions that end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.cookies import SimpleCookie

import httpx
import msgspec
import pytest
from argon2 import extract_parameters

from core.accounts.commands import RemovePerson
from core.accounts.facts import SignedIn
from core.cli import people
from core.settings import Settings
from core.signing_in.facts import SignInRefused
from tests.core.house import NORTH, OPERATOR, PASSWORD, Browser, House, HouseMaker, email_of, errors

SENCO = email_of("senco", NORTH)
FREE_TRIES = 5
COOKIE = "tallystick"


def morsel(answer: httpx.Response, name: str = COOKIE) -> dict[str, str]:
    """One cookie of an answer, its attributes in small letters."""
    jar: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    assert name in jar, answer.headers.get_list("set-cookie")
    told = {key.lower(): str(value) for key, value in jar[name].items() if value}
    return told | {"value": jar[name].value}


def works(browser: Browser) -> bool:
    return browser.get(f"/{NORTH}/pupils").status_code == 200


def test_signing_in_leads_to_where_the_work_is_and_is_recorded(house: House) -> None:
    senco = house.browser()
    answer = senco.sign_in(SENCO)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{NORTH}")
    assert works(senco)
    signed_in = house.facts(SignedIn, "trust-reads")
    assert [event.subject for event in signed_in] == [house.person(SENCO)]
    assert signed_in[0].actor is not None
    assert senco.cookies[COOKIE] not in signed_in[0].actor.session


def test_a_token_the_browser_chose_is_never_taken_up(house: House) -> None:
    fixed = house.browser()
    fixed.cookies.set(COOKIE, "chosen-by-an-attacker", domain="keystone.example")
    answer = fixed.sign_in(SENCO)
    assert morsel(answer)["value"] != "chosen-by-an-attacker"
    attacker = house.browser()
    attacker.cookies.set(COOKIE, "chosen-by-an-attacker", domain="keystone.example")
    assert not works(attacker)


def test_signing_in_again_ends_the_session_before(house: House) -> None:
    senco = house.browser(SENCO)
    before = senco.cookies[COOKIE]
    senco.sign_in(SENCO)
    assert senco.cookies[COOKIE] != before
    other = house.browser()
    other.cookies.set(COOKIE, before, domain="keystone.example")
    assert not works(other)


def test_a_wrong_password_and_a_name_nobody_has_are_told_alike(house: House) -> None:
    wrong = house.browser().sign_in(SENCO, "another three words")
    unknown = house.browser().sign_in("nobody@keystone.example", "another three words")
    assert wrong.status_code == unknown.status_code == 422
    assert errors(wrong.text) == errors(unknown.text) == ["That email address and password do not go together."]
    assert 'value="another three words"' not in wrong.text
    assert f'value="{SENCO}"' in wrong.text


@pytest.mark.parametrize("fields", [{}, {"email": SENCO}, {"password": PASSWORD}, {"email": "\0", "password": "\0"}])
def test_an_empty_form_signs_nobody_in(house: House, fields: dict[str, str]) -> None:
    assert house.browser().post("/sign-in", **fields).status_code == 422


def test_guessing_is_slowed_down_for_that_name_from_that_address_only(house: House) -> None:
    guesser = house.browser()
    for _ in range(FREE_TRIES + 1):
        assert guesser.sign_in(SENCO, "wrong wrong wrong").status_code == 422
    slowed = guesser.sign_in(SENCO)
    assert slowed.status_code == 429
    assert "Too many tries" in errors(slowed.text)[0]
    assert guesser.sign_in(email_of("head", NORTH)).status_code == 303
    store = house.building.desk_store
    assert store.wait_for(SENCO, "testclient") > 0
    assert store.wait_for(SENCO, "198.51.100.7") == 0
    assert store.check_password(SENCO, PASSWORD, "198.51.100.7") == house.person(SENCO)
    house.clock.forward(16 * 60)
    assert guesser.sign_in(SENCO).status_code == 303
    assert store.wait_for(SENCO, "testclient") == 0


def test_a_thousand_guesses_from_many_addresses_neither_sign_in_nor_lock_the_owner_out(house: House) -> None:
    store = house.building.desk_store
    for number in range(1000):  # among them the right one, when the address is slowed already
        guess = "three plain words" if number % 50 == 49 else f"guess number {number}"
        found = store.check_password(SENCO, guess, f"198.51.100.{number // 50}")
        assert found is None, number
    assert works(house.browser(SENCO))
    assert store.check_password(SENCO, PASSWORD, "203.0.113.9") == house.person(SENCO)


def test_one_address_that_tries_many_names_is_slowed_for_all_of_them(house: House) -> None:
    store = house.building.desk_store
    for number in range(101):
        store.check_password(f"nobody{number}@keystone.example", "wrong wrong wrong", "192.0.2.9")
    assert 0 < store.wait_for(SENCO, "192.0.2.9") <= 60
    assert store.wait_for(SENCO, "192.0.2.10") == 0


def test_a_school_behind_one_address_signs_in_all_morning(house: House) -> None:
    store = house.building.desk_store
    for _ in range(150):  # the right ones do not count
        assert store.check_password(SENCO, PASSWORD, "192.0.2.9")
    assert store.wait_for("nobody@keystone.example", "192.0.2.9") == 0
    for number in range(101):
        store.check_password(f"nobody{number}@keystone.example", "wrong wrong wrong", "192.0.2.9")
    assert store.wait_for(SENCO, "192.0.2.9") > 0
    house.clock.forward(601)  # and ten quiet minutes begin the count anew
    store.check_password("nobody@keystone.example", "wrong wrong wrong", "192.0.2.9")
    assert store.wait_for(SENCO, "192.0.2.9") == 0


def test_a_failed_try_is_recorded_once_an_hour(house: House) -> None:
    for _ in range(3):
        house.browser().sign_in(SENCO, "wrong wrong wrong")
    house.browser().sign_in("nobody@keystone.example", "wrong wrong wrong")
    refused = house.facts(SignInRefused, "trust-reads")
    assert [one.subject for one in refused] == [house.person(SENCO)]
    house.clock.forward(3601)
    house.browser().sign_in(SENCO, "wrong wrong wrong")
    assert len(house.facts(SignInRefused, "trust-reads")) == 2


def test_the_wait_doubles_and_has_an_end(house: House) -> None:
    store = house.building.desk_store
    waits: list[int] = []
    for _ in range(30):
        house.clock.forward(waits[-1] if waits else 0)
        store.check_password(SENCO, "wrong wrong wrong", "192.0.2.1")
        waits.append(store.wait_for(SENCO, "192.0.2.1"))
    assert waits[: FREE_TRIES + 3] == [0] * FREE_TRIES + [2, 4, 8]
    assert waits[-1] == 900


def test_many_guesses_at_once_are_no_faster(house: House) -> None:
    store = house.building.desk_store
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: store.check_password(SENCO, "wrong wrong wrong", "192.0.2.2"), range(24)))
    assert 0 < store.wait_for(SENCO, "192.0.2.2") <= 2  # the sixth was the last that counted; none after it was heard
    assert store.check_password(SENCO, PASSWORD, "192.0.2.2") is None


def test_a_session_left_idle_is_locked(house: House) -> None:
    senco = house.browser(SENCO)
    for _ in range(3):
        house.clock.forward(19 * 60)
        assert works(senco)
    house.clock.forward(21 * 60)
    answer = senco.get(f"/{NORTH}/pupils")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next=/{NORTH}/pupils&idle=1")
    assert "nothing was done for a while" in senco.get(answer.headers["location"]).text
    assert not works(senco)


def test_a_session_ends_at_its_length_however_busy(house: House) -> None:
    senco = house.browser(SENCO)
    for _ in range(12 * 4):
        house.clock.forward(15 * 60)
        assert works(senco)
    house.clock.forward(15 * 60)
    assert not works(senco)


def test_signing_out_ends_the_session(house: House) -> None:
    senco = house.browser(SENCO)
    token = senco.cookies[COOKIE]
    answer = senco.post("/sign-out", page=f"/{NORTH}/pupils")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert COOKIE not in senco.cookies
    senco.cookies.set(COOKIE, token, domain="keystone.example")
    assert not works(senco)


def test_a_leaver_is_cut_off_at_once(house: House) -> None:
    senco = house.browser(SENCO)
    assert works(senco)
    house.desk().do(RemovePerson("Left"), house.person(SENCO))
    assert not works(senco)
    assert house.browser().sign_in(SENCO).status_code == 422


def test_a_new_password_ends_the_old_one(house: House) -> None:
    store, senco = house.building.desk_store, house.person(SENCO)
    store.set_password(SENCO, senco, "some other words")
    assert house.browser().sign_in(SENCO).status_code == 422
    assert house.browser().sign_in(SENCO.upper(), "some other words").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts(house: House) -> None:
    told = morsel(house.browser().sign_in(SENCO))
    assert told["httponly"] == "True"
    assert told["samesite"] == "lax"
    assert told["path"] == "/"
    assert "secure" not in told
    assert "domain" not in told


def test_over_tls_the_cookie_is_bound_to_the_host(make_house: HouseMaker) -> None:
    house = make_house(origin="https://keystone.example")
    senco = house.browser()
    answer = senco.sign_in(SENCO)
    told = morsel(answer, "__Host-tallystick")
    assert (told["secure"], told["httponly"], told["path"]) == ("True", "True", "/")
    assert "domain" not in told
    assert works(senco)
    assert "max-age=" in answer.headers["strict-transport-security"]


def test_passwords_are_kept_as_argon2id_at_the_cost_the_settings_say(house: House) -> None:
    usual = next(field.default for field in msgspec.structs.fields(Settings) if field.name == "argon2")
    assert usual == (3, 65536, 4)
    store = house.building.desk_store
    with house.building.store.database.reading() as connection:
        hashes = connection.exec_driver_sql("SELECT password_hash FROM credentials").scalars().all()
    assert {extract_parameters(one).type.name for one in hashes} == {"ID"}
    shipped = house.open(argon2=usual).desk_store
    shipped.set_password(SENCO, house.person(SENCO), PASSWORD)
    assert store.check_password(SENCO, PASSWORD, "x") == house.person(SENCO)
    with house.building.store.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM credentials").scalars().all()
    (new,) = set(kept) - set(hashes)
    told = extract_parameters(new)
    assert (told.time_cost, told.memory_cost, told.parallelism) == usual


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/sign-out",     "/%0d%0ax", "/a\r\nSet-Cookie: x=y", "/\t/evil.example", "/x" * 300],
)  # fmt: skip
def test_signing_in_goes_on_to_our_own_pages_only(house: House, address: str) -> None:
    answer = house.browser().sign_in(SENCO, next=address)
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert httpx.URL("http://keystone.example/").join(location).host == "keystone.example"
    assert location.startswith(f"/{NORTH}") or location == "/%0d%0ax"
    assert "\n" not in location


def test_signing_in_goes_on_to_the_page_that_was_asked_for(house: House) -> None:
    senco = house.browser()
    asked = senco.get(f"/{NORTH}/register")
    page = senco.get(asked.headers["location"])
    assert f'name="next" value="/{NORTH}/register"' in page.text
    answer = senco.sign_in(SENCO, next=f"/{NORTH}/register")
    assert answer.headers["location"] == f"/{NORTH}/register"


def test_a_grant_that_has_run_out_opens_nothing(house: House) -> None:
    from core.cli.people import give_role

    give_role(house.desk(), house.person("nelly@keystone.example"), "senco", (NORTH,), "Cover", date(2026, 11, 20))
    nelly = house.browser("nelly@keystone.example")
    assert works(nelly)
    house.clock.move_to(date(2026, 11, 21))
    nelly.sign_in("nelly@keystone.example")
    assert not works(nelly)


def test_the_operator_signs_in_like_anyone(house: House) -> None:
    assert house.browser(OPERATOR).get("/").status_code == 200


def test_someone_who_holds_nothing_yet_is_told_so_and_can_sign_out(house: House) -> None:
    desk = house.desk()
    people.add_person(desk, "New Person", "new@keystone.example", PASSWORD)
    new = house.browser("new@keystone.example")
    landed = new.get("/", follow_redirects=True)
    assert "Nothing has been granted to you yet" in landed.text
    assert "Sign out" in landed.text
    assert new.get(f"/{NORTH}/pupils").status_code == 404


def test_whoever_guesses_behind_the_same_address_makes_nobody_wait_who_is_known_there(house: House) -> None:
    senco, pupil = house.browser(), house.browser()
    assert senco.sign_in(SENCO).status_code == 303
    known = senco.cookies[f"{COOKIE}-known"]
    for _ in range(FREE_TRIES + 3):
        pupil.sign_in(SENCO, "wrong wrong wrong")
    assert pupil.sign_in(SENCO).status_code == 429
    assert senco.post("/sign-in/again", password=PASSWORD).status_code == 303, "nor in a session that is open"
    assert senco.post("/sign-out", page="/account").status_code == 303
    assert senco.sign_in(SENCO).status_code == 303
    pupil.cookies.set(f"{COOKIE}-known", known[:-4] + "AAAA", domain="keystone.example")
    assert pupil.sign_in(SENCO).status_code == 429, "a cookie of their own making says nothing"


def test_a_known_browser_is_known_for_one_person_and_waits_by_itself(house: House) -> None:
    browser, head = house.browser(), email_of("head", NORTH)
    assert browser.sign_in(SENCO).status_code == 303
    browser.post("/sign-out", page="/account")
    for _ in range(FREE_TRIES + 1):
        browser.sign_in(head, "wrong wrong wrong")
    assert browser.sign_in(head).status_code == 429
    assert house.browser().sign_in(head).status_code == 429, "tries of somebody else count against the address"
    for _ in range(FREE_TRIES + 1):
        assert browser.sign_in(SENCO, "wrong wrong wrong").status_code == 422
    assert browser.sign_in(SENCO).status_code == 429
    assert house.browser().sign_in(SENCO).status_code == 303
