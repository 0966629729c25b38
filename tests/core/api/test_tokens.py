"""A token lets a program do what its person may, and no more, until it runs out or is ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from core.accounts.commands import RemovePerson
from core.accounts.facts import Opened
from core.signing_in.facts import SignInRefused, TokenEnded, TokenMade
from events import Withdrawn
from plugins.register.facts import PlanIssued
from tests.core.house import NORTH, SOUTH, House, email_of, errors

SENCO = email_of("senco", NORTH)
PLAN = f"/api/v1/{NORTH}/register/commands/issue-plan"


def made(house: House, may: str = "write", days: str = "30", whose: str = SENCO, reach: Sequence[str] = ()) -> str:
    """A new token of the SENCO's, or of somebody else's, as the page shows it once."""
    browser = house.browser(whose)
    shown = browser.post("/account/tokens/new", called="The warehouse", may=may, days=days, reach=list(reach))
    assert shown.status_code == 200, errors(shown.text)
    found = re.search(r"tally_[\w-]{43}", shown.text)
    assert found
    assert found[0] not in browser.get("/account").text
    return found[0]


def call(house: House, token: str, path: str, body: Any = None, scheme: str = "Bearer") -> httpx.Response:
    headers = {"Authorization": f"{scheme} {token}"}
    return house.browser().request("POST" if body is not None else "GET", path, headers=headers, json=body)


def issue(house: House, token: str, pupil: UUID, **more: Any) -> httpx.Response:
    return call(house, token, PLAN, {"subject": str(pupil), "made_on": "2026-09-01"} | more)


def test_a_program_does_what_its_person_may_and_it_is_recorded_as_theirs(house: House) -> None:
    token, pupil = made(house), house.pupil()
    assert issue(house, token, pupil).status_code == 200
    (event,) = house.facts(PlanIssued)
    assert event.actor is not None
    assert event.actor.by == house.person(SENCO)
    (told,) = house.recorded(TokenMade, "trust")
    assert event.actor.session == told.name
    seen = call(house, token, f"/api/v1/{NORTH}/register/views/plan/{pupil}")
    assert seen.json()["value"]["made_on"] == "2026-09-01"
    assert {one.actor.session for one in house.facts(Opened, f"{NORTH}-reads") if one.actor} >= {told.name}
    assert issue(house, token, UUID(int=7)).status_code == 404
    assert call(house, token, PLAN.replace(NORTH, SOUTH), {"subject": str(pupil)}).status_code == 404


def test_one_that_reads_records_nothing(house: House) -> None:
    token, pupil = made(house, "read"), house.pupil()
    assert issue(house, token, pupil).status_code == 403
    assert house.facts(PlanIssued) == []
    assert call(house, token, f"/api/v1/{NORTH}/register/views/support/{pupil}").status_code == 200


def test_it_opens_no_page(house: House) -> None:
    token = made(house)
    assert call(house, token, f"/{NORTH}/pupils").headers["location"].startswith("/sign-in")
    assert call(house, token, "/account").status_code == 303


@pytest.mark.parametrize("token", ["", "tally_", "none", "tally_" + "A" * 43])
def test_one_that_is_none_is_refused(house: House, token: str) -> None:
    answer = call(house, token, f"/api/v1/{NORTH}/register/views/plan/{UUID(int=7)}")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_it_runs_out_is_ended_and_goes_with_its_person(house: House) -> None:
    pupil = house.pupil()
    path = f"/api/v1/{NORTH}/register/views/support/{pupil}"
    short, ended, left = made(house), made(house, days="90"), made(house, days="365")
    assert [call(house, one, path).status_code for one in (short, ended, left)] == [200] * 3
    house.clock.forward(31 * 86400)
    senco = house.browser(SENCO)
    ends = re.findall(r'action="(/account/tokens/[0-9a-f]{16}/end)"', senco.get("/account").text)
    assert len(ends) == 2
    head = house.as_role("head")
    assert head.raw_post(ends[0], data=head.form("/account", "/sign-out")).status_code == 404
    known = {one.name: one for one in house.building.desk_store.tokens.of(house.person(SENCO))}
    name = next(one.name for one in known.values() if one.ends_at == min(each.ends_at for each in known.values()))
    assert senco.post(f"/account/tokens/{name}/end", page="/account").status_code == 303
    assert [call(house, one, path).status_code for one in (short, ended, left)] == [401, 401, 200]
    assert [one.name for one in house.recorded(TokenEnded, "trust")] == [name]
    house.desk().do(RemovePerson("Left"), house.person(SENCO))
    assert call(house, left, path).status_code == 401


def refusals(house: House) -> list[tuple[UUID | None, str]]:
    """Whom somebody tried to sign in as, and with what."""
    house.building.settle()
    facts = [(one.subject, one.fact) for one in house.facts(SignInRefused, "trust-reads")]
    return [(subject, fact.at) for subject, fact in facts if isinstance(fact, SignInRefused)]


def test_that_one_was_tried_after_it_ended_is_recorded_once_an_hour_for_a_quarter(house: House) -> None:
    token, path = made(house), f"/api/v1/{NORTH}/register/views/support/{house.pupil()}"
    assert call(house, "tally_" + "A" * 43, path).status_code == 401
    assert call(house, token, path).status_code == 200
    assert refusals(house) == []
    senco = house.browser(SENCO)
    (end,) = re.findall(r'action="(/account/tokens/[0-9a-f]{16}/end)"', senco.get("/account").text)
    assert senco.post(end, page="/account").status_code == 303
    assert [call(house, token, path).status_code for _ in range(3)] == [401] * 3
    assert refusals(house) == [(house.person(SENCO), "token")]
    house.clock.forward(3600)
    assert call(house, token, path).status_code == 401
    assert len(refusals(house)) == 2
    house.clock.forward(92 * 86400)
    made(house)
    assert call(house, token, path).status_code == 401
    assert len(refusals(house)) == 2


def test_one_of_a_leaver_that_is_tried_is_recorded(house: House) -> None:
    token, path = made(house), f"/api/v1/{NORTH}/register/views/support/{house.pupil()}"
    house.desk().do(RemovePerson("Left"), house.person(SENCO))
    assert call(house, token, path).status_code == 401
    assert refusals(house) == [(house.person(SENCO), "token")]


def test_it_cannot_be_read_in_the_database(house: House) -> None:
    token = made(house)
    for file in house.home.glob("*.db*"):
        raw = file.read_bytes()
        assert token.encode() not in raw
        assert b"The warehouse" not in raw


def test_what_is_missing_is_said(house: House) -> None:
    answer = house.browser(SENCO).post("/account/tokens/new")
    assert answer.status_code == 422
    assert errors(answer.text) == ["Enter what it is for.", "Enter what it may do.", "Enter how long it is good."]


def test_a_wrong_entry_is_answered_by_the_right_one(house: House) -> None:
    token, pupil = made(house), house.pupil()
    wrong = issue(house, token, pupil).json()["entries"][0]
    right = issue(house, token, pupil, made_on="2026-09-08", answers={"entry": wrong, "reason": "A week too early"})
    assert right.status_code == 200, right.text
    seen = call(house, token, f"/api/v1/{NORTH}/register/views/plan/{pupil}").json()
    assert seen["value"]["made_on"] == "2026-09-08"
    assert [str(one.event) for one in house.recorded(Withdrawn)] == [wrong]
    assert [one.made_on for one in house.recorded(PlanIssued)] == [date(2026, 9, 1), date(2026, 9, 8)]
    for answers, status in (({"entry": wrong}, 400), ({"entry": str(UUID(int=7)), "reason": "x"}, 404), ("x", 400)):
        assert issue(house, token, pupil, answers=answers).status_code == status


def test_one_reaches_the_rooms_and_plugins_it_was_made_for_and_nothing_else(house: House) -> None:
    pupil = house.pupil(PlanIssued(date(2026, 9, 1)))
    base, token = f"/api/v1/{NORTH}", made(house, reach=("register",))
    assert call(house, token, f"{base}/register/views/plan/{pupil}").json()["value"]["made_on"] == "2026-09-01"
    assert call(house, token, f"{base}/roll/views/pupil/{pupil}").status_code == 403
    assert call(house, token, f"{base}/looks/{pupil}").status_code == 403
    assert call(house, token, f"{base}/academies/views/terms/{house.academy_id()}").status_code == 200
    feed = call(house, token, f"{base}/changes?limit=500").json()["changes"]
    assert {one["record"].partition(".")[0] for one in feed} == {"register"}
    assert [one.reach for one in house.recorded(TokenMade, "trust")] == [("register",)]
    assert "read and record: SEN register" in house.browser(SENCO).get("/account").text
    assert issue(house, token, pupil).status_code == 404, "to name a pupil it needs the roll"
    wider = made(house, reach=("register", "roll"))
    assert issue(house, wider, house.pupil()).status_code == 200
    assert call(house, wider, f"{base}/roll/views/pupil/{pupil}").status_code == 200


def test_it_is_made_for_what_there_is(house: House) -> None:
    senco = house.browser(SENCO)
    answer = senco.post("/account/tokens/new", called="The warehouse", may="read", days="30", reach=["transport"])
    assert answer.status_code == 422
    assert "Choose from the list." in errors(answer.text)
    assert house.recorded(TokenMade, "trust") == []
