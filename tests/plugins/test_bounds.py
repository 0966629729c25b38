"""What a page would never send is refused from programs too: numbers and words within structs of a command."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.api.test_tokens import call
from tests.core.house import NORTH, OPERATOR, House

HUGE = 10**30
BAND = {"name": "Band 2", "pence": HUGE}
CRITERION = {"key": "q1", "group": "", "text": "QTS", "essential": True, "gate": False, "weight": HUGE, "assessed": []}
PAPER = {
    "series": "2027-06", "board": "AQA", "level": "GCSE", "subject": "Maths", "code": "8300/1", "title": "Paper 1",
    "tags": [], "sits_on": "2027-05-20", "session": "AM", "start_minutes": 540, "length_minutes": HUGE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("plugin", "name", "field", "body"),
    [
        ("finance", "set-authority", "bands", {"name": "Eastshire", "basis": "days", "bands": [BAND]}),
        ("recruitment", "write-description", "criteria", {"title": "SENCO", "duties": [], "criteria": [CRITERION]}),
        (
            "exams",
            "take-entries",
            "file",
            {"centre": "12345", "entries": [{"number": "0001", "uci": "", "paper": PAPER}]},
        ),
    ],
)
def test_a_number_no_page_would_send_is_refused(
    house: House, plugin: str, name: str, field: str, body: dict[str, Any]
) -> None:
    house.switch_all_on()
    for role in ("business_manager", "hr_admin", "exams_officer"):
        house.grant(role, OPERATOR)
    for entry in body.get("entries", []):
        entry["pupil"] = str(house.pupil())
    if plugin == "finance":
        body |= {"hour_pence": None, "source": "Letter", "from_on": "2026-09-01"}
    if plugin == "recruitment":
        body |= {"purpose": ["To lead SEND"]}
    token = house.building.desk_store.tokens.make(house.person(OPERATOR), "Sums", writes=True, seconds=60)
    before = len(house.events())
    answer = call(house, token, f"/api/v1/{NORTH}/{plugin}/commands/{name}", body)
    assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text
    assert len(house.events()) == before
