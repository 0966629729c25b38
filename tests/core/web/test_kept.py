"""What was typed when the session was no longer good is kept, sealed, for its person alone, and recorded once."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts.facts import PersonAdded
from tests.core.house import PASSWORD, Browser, House, email_of, hidden

ADMIN = email_of("identity_admin")
ROBIN = {"name": "Robin Quillfeather", "email": "robin@keystone.example"}


def sent_too_late(house: House, admin: Browser) -> str:
    """Where the answer leads, to a form that was sent after the session was left idle."""
    form = admin.form("/people/add")
    house.clock.forward(21 * 60)
    return admin.raw_post("/people/add", data=form | ROBIN).headers["location"]


def test_it_is_sent_after_signing_in_and_recorded_once(house: House) -> None:
    admin = house.browser(ADMIN)
    away = sent_too_late(house, admin)
    assert away.startswith("/sign-in?next=/kept/")
    assert away.endswith("&idle=1")
    before = len(house.facts(PersonAdded, "trust"))
    on = admin.post("/sign-in", page=away, email=ADMIN, password=PASSWORD).headers["location"]
    shown = admin.get(on)
    assert "What you typed is kept" in shown.text
    form = hidden(shown.text, "/people/add")
    assert form["name"] == ROBIN["name"]
    for _ in range(2):
        assert admin.raw_post("/people/add", data=form).status_code in {303, 422}
    assert len(house.facts(PersonAdded, "trust")) == before + 1


def test_nobody_else_finds_it(house: House) -> None:
    admin = house.browser(ADMIN)
    kept = sent_too_late(house, admin).partition("next=")[2].partition("&")[0]
    assert house.browser(email_of("dpo")).get(kept).status_code == 404
    assert house.browser(ADMIN).get(kept).status_code == 200
    house.clock.forward(25 * 3600)
    assert house.browser(ADMIN).get(kept).status_code == 404


def test_it_is_sealed_in_the_database(house: House) -> None:
    sent_too_late(house, house.browser(ADMIN))
    assert not [file for file in house.home.glob("*.db*") if b"Quillfeather" in file.read_bytes()]


@pytest.mark.parametrize("token", ["", "none", "{command}.-1..00000000000000000000000000000000"])
def test_a_form_of_nobody_s_is_not_kept(house: House, token: str) -> None:
    admin = house.browser(ADMIN)
    house.clock.forward(21 * 60)
    forged = {"token": token.replace("{command}", UUID(int=1).hex)}
    answer = admin.raw_post("/people/add", data=forged | ROBIN)
    assert answer.headers["location"] == "/sign-in?next=/&idle=1"


def test_one_that_is_too_long_or_holds_a_file_is_not_kept(house: House) -> None:
    for name, files in (("x" * 250_000, None), ("Robin", {"file": ("a.csv", b"a")})):
        admin = house.browser(ADMIN)
        form = admin.form("/people/add")
        house.clock.forward(21 * 60)
        answer = admin.raw_post("/people/add", data=form | ROBIN | {"name": name}, files=files)
        assert answer.headers["location"] == "/sign-in?next=/&idle=1"


def test_whoever_never_signed_in_is_just_asked_to(house: House) -> None:
    assert house.browser().raw_post("/people/add", data=ROBIN).headers["location"] == "/sign-in?next=/"


def test_a_page_says_when_it_hides_itself(house: House) -> None:
    shown = house.browser(ADMIN).get("/people/add").text
    assert 'href="/static/idle/20"' in shown
    assert "What you typed is still here" in shown
    css = house.browser().get("/static/idle/20")
    assert css.headers["content-type"].startswith("text/css")
    assert "1200s" in css.text
    assert "/static/idle/" not in house.browser().get("/sign-in").text
