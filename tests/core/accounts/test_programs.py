"""A program of the trust's: never signs in, comes by tokens that others make for it, and outlasts whoever made them."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from click.testing import CliRunner

from core.accounts.commands import Give, RemovePerson
from core.accounts.facts import ProgramNamed
from core.cli.asking import Line
from core.cli.people import user_command
from core.errors import Refused
from core.roll.facts import StaffJoined
from core.signing_in.facts import LinkSent, TokenEnded, TokenMade
from tests.core.api.test_tokens import call
from tests.core.house import NORTH, PASSWORD, House, email_of, errors

ADMIN, WAREHOUSE = email_of("identity_admin"), "warehouse@keystone.example"


def program(house: House) -> UUID:
    """Added by whoever looks after people, and granted what a SENCO may, at one academy."""
    admin = house.browser(ADMIN)
    answer = admin.post("/people/add", what="program", name="The warehouse", email=WAREHOUSE)
    assert answer.status_code == 303, errors(answer.text)
    found = house.person(WAREHOUSE)
    allows = house.building.role_allows("senco")
    house.desk().do(Give("senco", (house.academy_id(),), allows, "Returns to the trust"), found)
    return found


def made(house: House, whose: UUID, **asked: str) -> str:
    """A token of the program's, as its page shows it once."""
    fields = {"called": "Nightly", "may": "write", "days": "365"} | asked
    shown = house.browser(ADMIN).post(f"/people/{whose}/token", **fields)
    found = re.search(r"tally_[\w-]{43}", shown.text)
    assert found, errors(shown.text)
    return found[0]


def test_what_it_does_is_recorded_as_its_own_and_whoever_made_it_may_leave(house: House) -> None:
    warehouse = program(house)
    assert [event.subject for event in house.facts(ProgramNamed, "trust")] == [warehouse]
    token, add = made(house, warehouse), f"/api/v1/{NORTH}/roll/commands/add-staff"
    (told,) = house.facts(TokenMade, "trust")
    assert (told.subject, told.actor.by if told.actor else None) == (warehouse, house.person(ADMIN))
    house.desk().do(RemovePerson("Left"), house.person(ADMIN))
    assert call(house, token, add, {"name": "Hal Berry", "job": "Teacher"}).status_code == 200
    (event,) = house.facts(StaffJoined)
    assert event.actor is not None
    assert event.actor.by == warehouse


def test_it_never_signs_in(house: House) -> None:
    warehouse = program(house)
    store = house.building.desk_store
    store.set_password(WAREHOUSE, warehouse, PASSWORD)  # as nothing here does
    assert house.browser().sign_in(WAREHOUSE).status_code == 422
    house.browser().post("/sign-in/forgotten", email=WAREHOUSE)
    house.building.settle()
    assert house.recorded(LinkSent, "trust") == []
    link = f"/sign-in/link/{store.links.make(warehouse, 3600)}"
    assert "used up" in house.browser().get(link).text
    line = Line({"TALLYSTICK_HOME": str(house.home)}, None)
    line._building = house.building
    for typed in (["password", WAREHOUSE, "--password", PASSWORD], ["invite", WAREHOUSE]):
        answer = CliRunner().invoke(user_command, typed, obj=line)
        assert isinstance(answer.exception, Refused), typed
    token = made(house, warehouse)
    assert call(house, token, f"/{NORTH}/pupils").headers["location"].startswith("/sign-in")


def test_its_tokens_are_listed_ended_and_go_with_it(house: House) -> None:
    warehouse = program(house)
    kept, ended = made(house, warehouse), made(house, warehouse, called="Old", may="read")
    admin, address = house.browser(ADMIN), f"/api/v1/{NORTH}/register/views/plan/{house.pupil()}"
    assert call(house, ended, address).status_code == 200
    page = admin.get(f"/people/{warehouse}").text
    assert "Nightly: reads and records" in page
    assert "Old: reads only" in page
    old = next(one.name for one in house.recorded(TokenMade, "trust") if one.called == "Old")
    assert admin.post(f"/people/{warehouse}/token/{old}/end", page=f"/people/{warehouse}").status_code == 303
    assert [one.name for one in house.recorded(TokenEnded, "trust")] == [old]
    assert (call(house, ended, address).status_code, call(house, kept, address).status_code) == (401, 200)
    assert admin.post(f"/people/{warehouse}/left", reason="Replaced").status_code == 303
    assert call(house, kept, address).status_code == 401
    assert admin.get(f"/people/{warehouse}/token").status_code == 404


def test_a_token_is_made_for_a_program_only_and_by_whoever_looks_after_people(house: House) -> None:
    warehouse, senco = program(house), house.person(email_of("senco", NORTH))
    assert house.browser(ADMIN).get(f"/people/{senco}/token").status_code == 404
    assert house.as_role("dpo").get(f"/people/{warehouse}/token").status_code == 403
    assert house.as_role("senco").get(f"/people/{warehouse}/token").status_code == 404
    wrong = house.browser(ADMIN).post(f"/people/{warehouse}/token", called="", may="read", days="30")
    assert wrong.status_code == 422
    assert house.recorded(TokenMade, "trust") == []


@pytest.mark.parametrize("role", ["chief_executive", "dpo"])
def test_it_is_nobody_s_second_person(house: House, role: str) -> None:
    warehouse = program(house)
    before = house.building.who_agrees(but=())
    house.desk().do(Give(role, (), house.building.role_allows(role), "By mistake"), warehouse)
    assert house.building.who_agrees(but=()) == before


def test_one_that_is_used_is_not_told_as_unused(house: House) -> None:
    warehouse = program(house)
    token, address = made(house, warehouse), f"/api/v1/{NORTH}/register/views/plan/{house.pupil()}"
    house.clock.forward(80 * 24 * 3600)
    assert call(house, token, address).status_code == 200
    house.clock.forward(30 * 24 * 3600)
    report = house.browser(ADMIN).get("/people/report").text
    unseen = report.partition("Not seen for long")[2].partition("<h2")[0]
    assert "Senco 139204" in unseen
    assert "The warehouse" not in unseen
