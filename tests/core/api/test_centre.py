"""Who signs in, for programs at the trust's centre: read, and taken back; never given."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts.facts import ConflictNamed, Granted, GrantEnded, PersonLeft
from core.by_name import commands_of
from tests.core.api.test_tokens import call, made
from tests.core.house import NORTH, House, email_of

ACCOUNTS = "/api/v1/centre/accounts"
ADMIN = email_of("identity_admin")
SENCO = email_of("senco", NORTH)


def test_a_program_cuts_a_leaver_off_at_once(house: House) -> None:
    token, senco = made(house, whose=ADMIN), house.person(SENCO)
    browser, theirs = house.browser(SENCO), made(house)
    assert browser.get(f"/{NORTH}/pupils").status_code == 200
    body = {"subject": str(senco), "reason": "Left on Friday"}
    assert call(house, token, f"{ACCOUNTS}/commands/remove-person", body).status_code == 200
    (event,) = house.facts(PersonLeft, "trust")
    assert (event.subject, event.actor.by if event.actor else None) == (senco, house.person(ADMIN))
    assert browser.get(f"/{NORTH}/pupils").status_code == 303
    assert call(house, theirs, f"/api/v1/{NORTH}/changes").status_code == 401
    assert house.building.desk_store.tokens.of(senco) == []
    again = call(house, token, f"{ACCOUNTS}/commands/remove-person", body)
    assert (again.status_code, again.json()["code"]) == (422, "not_here")


def test_nobody_cuts_themselves_off(house: House) -> None:
    token = made(house, whose=ADMIN)
    answer = call(house, token, f"{ACCOUNTS}/commands/remove-person", {"subject": str(house.person(ADMIN))})
    assert answer.json()["code"] == "own_end"
    assert house.facts(PersonLeft, "trust") == []


def test_a_grant_is_read_and_taken_back(house: House) -> None:
    token, senco = made(house, whose=ADMIN), house.person(SENCO)
    held = call(house, token, f"{ACCOUNTS}/views/grants/{senco}").json()["value"]
    (grant,) = held
    assert held[grant]["role"] == "senco"
    body = {"subject": str(senco), "grant": grant}
    assert call(house, token, f"{ACCOUNTS}/commands/end-grant", body).status_code == 200
    (ended,) = house.recorded(GrantEnded, "trust")
    assert ended.grant == UUID(grant)
    assert house.browser(SENCO).get(f"/{NORTH}/pupils").status_code == 404


def test_a_pupil_close_to_someone_is_named_and_must_be_one(house: House) -> None:
    token, pupil, senco = made(house, whose=ADMIN), house.pupil(), house.person(SENCO)
    address, body = f"{ACCOUNTS}/commands/name-conflict", {"subject": str(senco), "reason": "Their niece"}
    wrong = call(house, token, address, body | {"pupil": str(UUID(int=7))})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "pupil")
    assert call(house, token, address, body | {"pupil": str(pupil)}).status_code == 200
    assert [one.pupil for one in house.recorded(ConflictNamed, "trust")] == [pupil]
    assert house.browser(SENCO).get(f"/{NORTH}/pupils/{pupil}").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["add-person", "give", "agree-to-grant", "refuse-grant", "end-conflict", "propose-role", "agree-to-role"],
)
def test_what_asks_for_a_fresh_proof_is_on_pages_only(house: House, name: str) -> None:
    assert name not in commands_of(house.building.plugins.by_name["accounts"])
    token, before = made(house, whose=ADMIN), len(house.facts(Granted, "trust"))
    assert call(house, token, f"{ACCOUNTS}/commands/{name}", {}).status_code == 404
    assert len(house.facts(Granted, "trust")) == before


def test_it_is_at_the_centre_only_and_nothing_else_is(house: House) -> None:
    token = made(house, whose=ADMIN)
    senco = house.person(SENCO)
    assert call(house, token, f"/api/v1/{NORTH}/accounts/views/person/{senco}").status_code == 404
    for other in ("roll/views/pupil", "register/views/plan", "requests/views/request", "disposal/views/keeping"):
        assert call(house, token, f"/api/v1/centre/{other}/{senco}").status_code == 404, other


def test_who_holds_nothing_at_the_centre_finds_nothing_there(house: House) -> None:
    for path in (f"{ACCOUNTS}/views/person/{house.person(ADMIN)}", "/api/v1/centre/changes"):
        assert call(house, made(house), path).status_code == 404


def test_everyone_who_signs_in_leaves_only_with_whoever_may_take_them_away(house: House) -> None:
    address = f"{ACCOUNTS}/views/person"
    assert call(house, made(house, whose=ADMIN), address).status_code == 403
    told = call(house, made(house, whose=email_of("dpo")), address).json()["values"]
    assert SENCO in {one["value"]["email"] for one in told}


def test_what_was_recorded_at_the_centre_comes_as_a_feed(house: House) -> None:
    token, senco = made(house, whose=email_of("dpo")), house.person(SENCO)
    first = call(house, token, "/api/v1/centre/changes?limit=500").json()
    given = [one for one in first["changes"] if one.get("kind") == "accounts.granted/1"]
    assert str(senco) in {one["subject"] for one in given}
    assert call(house, token, f"/api/v1/centre/changes?after={first['next']}").json()["changes"] == []
    assert call(house, token, f"/api/v1/{NORTH}/changes?after={first['next']}").status_code == 400
