"""Somebody from outside is let in for a while, sees whom they are named, and is shut out at their hour."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from click import Command
from click.testing import CliRunner, Result

from core.accounts.commands import EndGrant, Give
from core.accounts.facts import Granted, Opened, SignedIn
from core.accounts.rules import terms
from core.cli.asking import Line
from core.cli.people import grant_command, user_command
from core.errors import Refused
from core.roll.views import pupil
from core.signing_in.facts import LinkSent, SignInRefused
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import MONDAY, NORTH, OUTSIDE, PASSWORD, SOUTH, Browser, House, HouseMaker, email_of, errors
from tests.core.mailbox import Mailbox

ADMIN, INSPECTOR, OFFICER = email_of("identity_admin"), email_of("inspector", NORTH), email_of("la_officer", NORTH)
SEPTEMBER = date(2026, 9, 1)
HALF_PAST_FOUR = datetime(2026, 11, 16, 16, 30, tzinfo=UTC)


def with_plan(house: House, **about: Any) -> UUID:
    placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen")
    return house.pupil(placed, PlanIssued(SEPTEMBER), **about)


def plan_of(pupil: UUID) -> str:
    return f"/api/v1/{NORTH}/register/views/plan/{pupil}"


def visit(house: House, email: str) -> tuple[str, str]:
    """The path of a link that an administrator makes by pages, and its code."""
    admin = house.browser(ADMIN)
    person = house.person(email)
    assert "Make a link for their visit" in admin.get(f"/people/{person}").text
    made = admin.post(f"/people/{person}/visit").text
    link, code = re.search(r"(/sign-in/visit/[\w-]+)", made), re.search(r"<code>([a-z0-9-]{14})</code>", made)
    assert code
    return link[1] if link else "", code[1]


def let_in(house: House, email: str) -> Browser:
    path, code = visit(house, email)
    guest = house.browser()
    assert guest.post(path, code=code).headers["location"] == f"/{NORTH}"
    return guest


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_from_outside_is_let_in_without_an_end(house: House, role: str) -> None:
    longest = terms(house.building.today).roles[role]
    person, today = house.person(email_of(role, NORTH)), house.building.today
    for until, code in (
        (None, "no_end"),
        (today + timedelta(days=longest), "too_long"),
        (today - timedelta(1), "ends_first"),
    ):
        with pytest.raises(Refused) as refused:
            house.let_in(role, person, until_by=until)
        assert refused.value.code == code, until
    house.let_in(role, person, until_by=today + timedelta(days=longest - 1))


def test_of_pupils_only_those_who_are_named(house: House) -> None:
    mine, other = with_plan(house, surname="Named"), with_plan(house, surname="Other")
    person = house.person(OFFICER)
    with pytest.raises(Refused) as refused:
        house.desk().do(
            Give("la_officer", (house.academy_id(),), house.building.role_allows("la_officer"), "Review", "named",
                 until_by=house.building.today),
            person,
        )  # fmt: skip
    assert refused.value.code == "nobody_named"
    house.let_in("la_officer", person, named=[mine])
    guest = let_in(house, OFFICER)
    assert guest.get(plan_of(mine)).status_code == 200
    assert guest.get(plan_of(other)).status_code in (403, 404)
    assert "Other" not in guest.get(f"/{NORTH}/pupils").text
    assert "Named" in guest.get(f"/{NORTH}/pupils").text
    assert guest.get(f"/{SOUTH}/pupils").status_code == 404
    assert [one.subject for one in house.facts(Opened, f"{NORTH}-reads") if one.record == "register.plan"] == [mine]


def test_an_inspector_sees_the_register_and_of_plans_the_sample(house: House) -> None:
    sampled, other = with_plan(house), with_plan(house)
    house.let_in("inspector", house.person(INSPECTOR), named=[sampled])
    guest = let_in(house, INSPECTOR)
    assert guest.get(f"/{NORTH}/register").status_code == 200
    assert guest.get(f"/{NORTH}/audit").status_code == 200
    assert guest.get(plan_of(sampled)).status_code == 200
    assert guest.get(plan_of(other)).status_code in (403, 404)


def test_the_link_dies_at_its_hour_and_so_does_a_page_that_is_open(house: House) -> None:
    house.let_in("inspector", house.person(INSPECTOR), until_at=HALF_PAST_FOUR)
    path, code = visit(house, INSPECTOR)
    guest = house.browser()
    assert "until 16 Nov 2026, 16:30" in guest.get(path).text
    guest.post(path, code=code)
    for minute in range(12 * 60 + 10, 16 * 60 + 30, 10):
        house.clock.us = int(MONDAY.timestamp() * 1e6) + (minute - 720) * 60_000_000
        assert guest.get(f"/{NORTH}/register").status_code == 200, minute
    house.clock.us = int(HALF_PAST_FOUR.timestamp() * 1e6)
    shut = guest.get(f"/{NORTH}/register")
    assert shut.headers["location"].startswith("/sign-in?")
    over = guest.get(path)
    assert (over.status_code, "This visit is over" in over.text) == (404, True)
    assert house.browser().raw_post(path, data={"code": code}).status_code in (403, 404)


def test_an_ended_grant_ends_the_visit(house: House) -> None:

    house.let_in("inspector", house.person(INSPECTOR))
    guest = let_in(house, INSPECTOR)
    (grant,) = {one.grant for one in house.building.in_force(house.person(INSPECTOR))} & {
        one.grant for one in house.recorded(Granted, "trust") if one.role == "inspector" and one.subjects == "all"
    }
    house.desk().do(EndGrant(grant, "Gone home"), house.person(INSPECTOR))
    assert guest.get(f"/{NORTH}/register").status_code == 404


def test_the_code_is_needed_and_not_for_guessing(house: House) -> None:
    house.let_in("inspector", house.person(INSPECTOR))
    path, code = visit(house, INSPECTOR)
    guest = house.browser()
    for number in range(6):
        assert errors(guest.post(path, code=f"abcd-efgh-jkm{number}").text)
    slowed = guest.post(path, code=code)
    assert errors(slowed.text)[0].startswith("Too many tries.")
    house.clock.forward(20)
    assert guest.post(path, code=code.upper().replace("-", " ")).status_code == 303
    assert [one.at for one in house.recorded(SignInRefused, "trust-reads")] == ["code"]
    assert [one.how for one in house.recorded(SignedIn, "trust-reads")][-1] == "link and code"


def test_the_newest_link_is_the_only_one(house: House) -> None:
    house.let_in("inspector", house.person(INSPECTOR))
    first, second = visit(house, INSPECTOR), visit(house, INSPECTOR)
    assert [house.browser().get(path).status_code for path, _ in (first, second)] == [404, 200]
    assert house.browser().post(second[0], code=first[1]).status_code == 422


def test_with_a_mail_server_the_link_goes_to_them_alone(
    make_house: HouseMaker, mailboxes: Callable[..., Mailbox]
) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}")
    house.let_in("inspector", house.person(INSPECTOR))
    link, code = visit(house, INSPECTOR)
    assert link == "", "whoever lets them in does not see the link"
    letter = mailbox.next()
    assert letter["to"] == INSPECTOR
    assert code not in letter.get_content()
    found = re.search(r"(/sign-in/visit/\S+)", letter.get_content())
    assert found
    assert house.browser().post(found[1], code=code).status_code == 303
    assert [one.why for one in house.recorded(LinkSent, "trust")] == ["visit"]


def test_no_link_is_made_for_whoever_works_here(house: House) -> None:
    admin = house.browser(ADMIN)
    for email in (email_of("senco", NORTH), "nelly@keystone.example"):
        assert admin.get(f"/people/{house.person(email)}/visit").status_code == 404
    house.let_in("inspector", house.person(email_of("senco", NORTH)))
    assert admin.get(f"/people/{house.person(email_of('senco', NORTH))}/visit").status_code == 404


def test_by_pages_a_visit_is_granted_until_its_hour(house: House) -> None:
    sampled = with_plan(house)
    upn = house.desk(urn=NORTH).log.see_all(pupil)[sampled].upn
    admin, person = house.browser(ADMIN), house.person(INSPECTOR)
    last = {"until_by-day": "16", "until_by-month": "11", "until_by-year": "2026"}
    where = {"role": "inspector", "academy": str(house.academy_id()), "purpose": "Inspection"}
    page = f"/people/{person}"
    assert errors(admin.post(page, **where, **last, until_clock="25:00").text) == ["Enter a time such as 16:30."]
    wrong = admin.post(page, **where, **last, upns="A123456789012")
    assert errors(wrong.text) == ["Nobody there has one of these UPNs, or record numbers."]
    assert "Inspection" in wrong.text
    assert admin.post(page, **where, **last, until_clock="11:59").status_code == 422
    assert admin.post(page, **where, **last, until_clock="16:30", upns=f"{upn.lower()}\n").status_code == 303
    (whole, named) = [one for one in house.recorded(Granted, "trust") if one.role == "inspector"]
    assert (whole.subjects, named.subjects, named.named) == ("all", "named", (sampled,))
    assert {whole.until_at, named.until_at} == {HALF_PAST_FOUR}
    assert "until 16 Nov 2026, 16:30" in admin.get(page).text


def test_the_command_line_lets_somebody_in_too(house: House) -> None:
    sampled = with_plan(house)
    upn = house.desk(urn=NORTH).log.see_all(pupil)[sampled].upn
    line = Line({"TALLYSTICK_HOME": str(house.home)}, None)
    line._building = house.building

    def run(command: Command, *words: str) -> Result:
        return CliRunner().invoke(command, [*words], obj=line)

    give = ("give", OFFICER, "--role", "la_officer", "--academy", NORTH, "--purpose", "Review", "--until", "2026-11-20")
    assert run(user_command, "visit", OFFICER).exit_code != 0
    assert run(grant_command, *give).exit_code != 0, "nobody is named"
    assert run(grant_command, *give, "--pupil", upn).exit_code == 0
    said = json.loads(run(user_command, "visit", OFFICER, "--json").output)
    guest = house.browser()
    path = said["link"].removeprefix("http://keystone.example")
    assert guest.post(path, code=said["code"]).status_code == 303
    assert guest.get(plan_of(sampled)).status_code == 200
    asked = run(grant_command, "give", "nelly@keystone.example", "--role", "dpo", "--purpose", "Deputy")
    assert "once a second person agrees" in asked.output


def test_link_and_code_are_the_only_way_in(make_house: HouseMaker, mailboxes: Callable[..., Mailbox]) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}")
    house.let_in("inspector", house.person(INSPECTOR))
    assert house.browser().sign_in(INSPECTOR).status_code == 422, "the password is right, and opens nothing"
    house.browser().post("/sign-in/forgotten", email=INSPECTOR)
    house.building.settle()
    assert mailbox.letters == []
    guest = house.visitor(INSPECTOR)
    for path in ("/account", "/account/password", "/account/app", "/account/tokens/new"):
        assert guest.get(path).status_code == 404, path
    assert not house.building.desk_store.check_password(INSPECTOR, PASSWORD, "192.0.2.1")


def test_a_visitor_takes_nothing_away(house: House) -> None:
    with_plan(house)
    house.let_in("inspector", house.person(INSPECTOR))
    guest = house.visitor(INSPECTOR)
    assert guest.get(f"/{NORTH}/register").status_code == 200
    assert guest.get(f"/api/v1/{NORTH}/changes").json()["changes"] == []
    assert guest.get(f"/api/v1/{NORTH}/register/views/support").status_code == 403
