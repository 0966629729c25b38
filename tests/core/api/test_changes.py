"""The change feed, lists a page at a time, tags that keep a stale write out, and how many calls are heard."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.accounts.facts import Exported
from core.disposal.facts import DisposalApproved
from events import Actor, Stream
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, SOUTH, Browser, House, HouseMaker, Program, email_of

SEPTEMBER = date(2026, 9, 1)
FEED = f"/api/v1/{NORTH}/changes"
PLAN = f"/api/v1/{NORTH}/register/views/plan"


def placed(house: House, **about: Any) -> UUID:
    return house.pupil(PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen"), PlanIssued(SEPTEMBER), **about)


def fed(program: Browser, after: str = "", limit: int = 500) -> dict[str, Any]:
    answer = program.get(f"{FEED}?limit={limit}" + (f"&after={after}" if after else ""))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_everything_that_may_be_read_comes_in_its_order_and_only_once(house: House) -> None:
    first, second = placed(house), placed(house)
    senco = Program(house, email_of("senco", NORTH))
    whole = fed(senco)
    kinds = [one["kind"] for one in whole["changes"] if one["subject"] in (str(first), str(second))]
    assert kinds == ["roll.pupil_enrolled/1", "register.placed/1", "register.plan_issued/1"] * 2
    assert whole["more"] is False
    pieces, after = [], ""
    while True:
        told = fed(senco, after, limit=3)
        pieces += told["changes"]
        after = told["next"]
        if not told["changes"]:
            break
    assert [one["entry"] for one in pieces] == [one["entry"] for one in whole["changes"]]
    third = placed(house)
    assert {one["subject"] for one in fed(senco, after)["changes"]} == {str(third)}
    assert fed(senco, fed(senco, after)["next"])["changes"] == []


def test_what_is_not_granted_does_not_come(house: House) -> None:
    placed(house)
    teacher = fed(Program(house, email_of("exams_officer", NORTH)))
    assert {one["record"] for one in teacher["changes"]} <= {"core.identity", "core.running"}
    assert Program(house, email_of("senco", SOUTH)).get(FEED).status_code == 404
    assert house.browser().get(FEED).status_code == 403


def test_an_off_plugin_s_entries_do_not_come(house: House) -> None:
    placed(house)
    house.switch(on=False)
    told = fed(Program(house, email_of("senco", NORTH)))
    assert not [one for one in told["changes"] if one["record"].startswith("register.")]


def test_that_it_was_taken_is_recorded(house: House) -> None:
    placed(house)
    fed(Program(house, email_of("senco", NORTH)))
    said = [
        (one.record, one.fact.rows) for one in house.facts(Exported, f"{NORTH}-reads") if isinstance(one.fact, Exported)
    ]
    assert ("register.plan", 1) in said
    before = len(said)
    program = Program(house, email_of("senco", NORTH))
    fed(program, fed(program)["next"])
    assert len(house.facts(Exported, f"{NORTH}-reads")) < 2 * before + 1, "an empty answer takes nothing"


@pytest.mark.parametrize("after", ["x", "0", "-1", "AAAA" * 20])
def test_a_place_is_one_that_was_given(house: House, after: str) -> None:
    assert Program(house, email_of("senco", NORTH)).get(f"{FEED}?after={after}").status_code == 400


def test_a_place_of_another_academy_s_is_refused(house: House) -> None:
    placed(house, urn=SOUTH)
    there = Program(house, email_of("senco", SOUTH)).get(f"/api/v1/{SOUTH}/changes").json()["next"]
    assert Program(house, email_of("senco", NORTH)).get(f"{FEED}?after={there}").status_code == 400


@pytest.mark.parametrize("limit", ["0", "501", "many", "-1", "1.5", "٣"])
def test_a_page_has_one_to_five_hundred(house: House, limit: str) -> None:
    program = Program(house, email_of("senco", NORTH))
    assert program.get(f"{FEED}?limit={limit}").status_code == 400
    assert program.get(f"{PLAN}?limit={limit}").status_code == 400


def test_a_destroyed_key_is_told_so_that_it_is_forgotten_elsewhere(house: House) -> None:
    pupil = placed(house)
    senco = Program(house, email_of("senco", NORTH))
    whole = fed(senco)
    (key,) = {
        one["key"] for one in whole["changes"] if one["subject"] == str(pupil) and one["record"] == "register.plan"
    }
    log = house.building.store.log(NORTH)

    log.destroy(
        [Stream(pupil, "register.plan")], backups_until=date(2027, 1, 1), companions=[], command_id=uuid4(),
        actor=Actor(pupil, "test"),
    )  # fmt: skip
    assert fed(senco, whole["next"])["changes"] == [{"destroyed": key}]
    assert not [one for one in fed(senco)["changes"] if one.get("record") == "register.plan"]
    assert house.recorded(DisposalApproved) == []


# Lists


def test_a_list_comes_a_page_at_a_time(house: House) -> None:
    pupils = sorted(str(placed(house)) for _ in range(5))
    senco = Program(house, email_of("senco", NORTH))
    found, path = [], f"{PLAN}?limit=2"
    while path:
        answer = senco.get(path)
        assert answer.status_code == 200
        found += [one["subject"] for one in answer.json()["values"]]
        path = f"{PLAN}?limit=2&after={answer.json()['next']}" if answer.json()["next"] else ""
        assert bool(path) is ('rel="next"' in answer.headers.get("link", ""))
    assert found == pupils
    assert senco.get(f"{PLAN}?after=x").status_code == 400
    assert sum(one.rows for one in house.recorded(Exported, f"{NORTH}-reads")) == 5


# Tags


def line(house: House, pupil: UUID, program: Browser, **headers: str) -> httpx.Response:
    body = {"subject": str(pupil), "made_on": "2026-09-02"}
    return program.request("POST", f"/api/v1/{NORTH}/register/commands/issue-plan", json=body, headers=headers)


def test_a_tag_keeps_a_stale_write_out(house: House) -> None:
    placed_on = PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen")
    pupil = house.pupil(placed_on)
    senco = Program(house, email_of("senco", NORTH), writes=True)
    path = f"/api/v1/{NORTH}/register/views/support/{pupil}"
    seen = senco.get(path)
    tag = seen.headers["etag"]
    assert tag == '"register.support:1"'
    same = senco.get(path, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    house.tell(pupil, PlacedOnRegister("K", ("SLCN", "ASD"), SEPTEMBER, SEPTEMBER, "Seen again"))
    size = house.log_size()
    stale = line(house, pupil, senco, **{"If-Match": tag})
    assert stale.status_code == 412
    assert stale.json()["recorded"]
    assert house.log_size() == size
    fresh = senco.get(path).headers["etag"]
    assert line(house, pupil, senco, **{"If-Match": f'{fresh}, "register.plan:0"'}).status_code != 412


@pytest.mark.parametrize("tag", ["x", 'W/"register.support:1"', '"register.support:x"', '"register.support:1" x'])
def test_a_tag_that_is_none_of_ours_is_refused(house: House, tag: str) -> None:
    senco = Program(house, email_of("senco", NORTH), writes=True)
    assert line(house, house.pupil(), senco, **{"If-Match": tag}).status_code == 400


def test_a_tag_tells_nothing_of_a_class_that_is_not_theirs(house: House) -> None:
    senco = Program(house, email_of("senco", NORTH), writes=True)
    house.switch_all_on()
    for pupil in (placed(house), house.pupil()):
        for count in (0, 1):
            answer = line(house, pupil, senco, **{"If-Match": f'"lac.status:{count}"'})
            assert answer.status_code == 403


# How many calls


def test_calls_are_counted_and_told(make_house: HouseMaker) -> None:
    house = make_house(calls_a_minute=3)
    senco, head = Program(house, email_of("senco", NORTH)), Program(house, email_of("head", NORTH))
    for left in (2, 1, 0):
        answer = senco.get(FEED)
        assert answer.headers["ratelimit-policy"] == '"calls";q=3;w=60'
        assert answer.headers["ratelimit"] == f'"calls";r={left};t=60'
    house.clock.forward(20)
    refused = senco.get(FEED)
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "40"
    assert head.get(FEED).status_code == 200
    house.clock.forward(40)
    assert senco.get(FEED).status_code == 200


def test_no_fraction_of_a_second_tells_what_lies_between(counselled: House) -> None:
    placed(counselled)
    admin = fed(Program(counselled, email_of("senco", NORTH)))
    assert admin["changes"]
    assert not [one for one in admin["changes"] if "." in one["recorded_at"]]
