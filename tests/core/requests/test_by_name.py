"""A request about data by programs: its clock runs as on the pages; what is read and given out is not done there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from core.accounts.commands import NameConflict
from core.by_name import commands_of
from core.requests.facts import ClarificationAsked, RequestReceived
from tests.core.api.test_tokens import call, made
from tests.core.house import NORTH, House, email_of

BASE = f"/api/v1/{NORTH}/requests"
DPO = email_of("dpo")
CAME: dict[str, Any] = {
    "sort": "access", "received_on": "2026-11-16", "whom": "A parent", "asks": "All of it", "proof_needed": False,
}  # fmt: skip


def does(house: House, token: str, name: str, **body: Any) -> httpx.Response:
    return call(house, token, f"{BASE}/commands/{name}", body)


def test_it_comes_waits_and_its_clock_is_told(house: House) -> None:
    token, pupil = made(house, whose=DPO), house.pupil()
    assert does(house, token, "receive-request", pupil=str(pupil), **CAME).status_code == 200
    (event,) = house.facts(RequestReceived)
    case = str(event.subject)
    asked = does(house, token, "ask-clarification", subject=case, asked_on="2026-11-16", what="Which years?")
    assert asked.status_code == 200
    assert [one.what for one in house.recorded(ClarificationAsked)] == ["Which years?"]
    told = call(house, token, f"{BASE}/views/request/{case}").json()["value"]
    assert (told["pupil"], told["clock"]["pauses"]) == (str(pupil), [{"asked_on": "2026-11-16", "given_on": None}])
    late = does(house, token, "extend-request", subject=case, told_on="2026-11-16", reason="Much")
    assert (late.status_code, late.json()["field"]) == (422, "told_on")


def test_it_is_about_a_pupil_there_is_and_whom_they_may_know(house: House) -> None:
    token, pupil = made(house, whose=DPO), house.pupil()
    wrong = does(house, token, "receive-request", pupil=str(UUID(int=7)), **CAME)
    assert (wrong.status_code, wrong.json()["field"]) == (422, "pupil")
    house.desk().do(NameConflict(pupil, "Her own daughter"), house.person(DPO))
    close = does(house, token, "receive-request", pupil=str(pupil), **CAME)
    assert (close.status_code, close.json()["detail"]) == (422, wrong.json()["detail"])
    assert house.facts(RequestReceived) == []


@pytest.mark.parametrize("name", ["decide-parts", "leave-out", "read-second", "seal-pack"])
def test_what_somebody_must_have_read_is_on_pages_only(house: House, name: str) -> None:
    assert name not in commands_of(house.building.plugins.by_name["requests"])
    assert does(house, made(house, whose=DPO), name).status_code == 404


def test_nothing_is_answered_that_no_second_person_read(house: House) -> None:
    token = made(house, whose=DPO)
    does(house, token, "receive-request", **CAME)
    (event,) = house.facts(RequestReceived)
    sent = {"subject": str(event.subject), "answered_on": "2026-11-16", "outcome": "given", "words": "All of it"}
    assert does(house, token, "answer-request", **sent).json()["code"] == "not_read"


def test_whoever_may_not_know_of_requests_finds_none(house: House) -> None:
    does(house, made(house, whose=DPO), "receive-request", **CAME)
    (event,) = house.facts(RequestReceived)
    assert call(house, made(house), f"{BASE}/views/request/{event.subject}").status_code == 403
    assert does(house, made(house), "receive-request", **CAME).status_code == 403
