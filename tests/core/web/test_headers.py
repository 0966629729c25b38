"""What every page says to the browser, and what none may hold."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest

from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, OPERATOR, House, email_of
from tests.core.test_routes import routes

SEPTEMBER = date(2026, 9, 1)
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def visited(house: House) -> list[httpx.Response]:
    """Every GET there is, by those who may, and by some who may not."""
    pupil = house.pupil(
        PlacedOnRegister("E", ("ASD",), SEPTEMBER, SEPTEMBER, "Seen"), PlanIssued(SEPTEMBER), surname="Quillfeather"
    )
    found = []
    for email in (OPERATOR, email_of("senco", NORTH), email_of("send_director"), ""):
        someone = house.browser(email)
        found += [someone.get(route.address(NORTH, pupil)) for route in routes(house.app) if route.method == "GET"]
    return found


def test_every_answer_keeps_its_headers_and_every_page_its_manners(house: House) -> None:
    answers = visited(house)
    pages = [answer for answer in answers if answer.headers.get("content-type", "").startswith("text/html")]
    assert len(answers) > 120
    assert len(pages) > 60
    for answer in answers:
        told = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert told == POLICY, answer.url
        assert answer.headers["x-content-type-options"] == "nosniff"
        with_secret = re.search("/(sign-in/(link|visit)|fetch)/", str(answer.url))
        assert answer.headers["referrer-policy"] == ("strict-origin" if with_secret else "same-origin")
        assert "server" not in answer.headers
    for answer in pages:
        text = answer.text
        assert answer.headers["cache-control"] == "no-store", answer.url
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text), answer.url
        assert re.search(r'<html lang="en-GB">', text)
        title = re.search(r"<title>(.*?)</title>", text)
        assert title is not None, answer.url
        assert "Quillfeather" not in title[1], answer.url
        assert "Robin" not in title[1], answer.url
        outside = re.findall(r'(?:src|srcset|href)="(https?://[^"]*)"', text)
        assert not [one for one in outside if f'<a href="{one}"' not in text], answer.url
        assert not re.search(r'<(?:img|link|source)[^>]+(?:src|href)="(?!/static/)', text), answer.url
        assert answer.status_code != 500


def test_styles_are_served_and_nothing_beside_them(house: House) -> None:
    nobody = house.browser()
    page = nobody.get("/sign-in").text
    for address in re.findall(r'<link[^>]+href="([^"]+)"', page):
        assert nobody.get(address).status_code == 200, address
    static = re.findall(r'href="(/static/[^/]+)/', page)[0]
    for outside in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "vendor/", ""):
        assert nobody.get(f"{static}/{outside}").status_code == 404, outside


def test_a_program_that_asks_for_json_gets_its_problems_as_json(house: House) -> None:
    senco = house.as_role("senco")
    answer = senco.get(f"/{NORTH}/nowhere", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 404
    assert house.browser().get(f"/{NORTH}", headers={"accept": "application/json"}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_answered(house: House, method: str) -> None:
    senco = house.as_role("senco")
    assert senco.request(method, f"/{NORTH}/pupils").status_code == 405
