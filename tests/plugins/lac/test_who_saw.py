"""Who opened the record of a child in care: told to whoever may know of it, and without a trace to everybody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts.facts import Opened
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, House, email_of
from tests.plugins.lac.care import in_care

SEPTEMBER, BEGAN = date(2026, 9, 1), date(2026, 10, 19)
TEACHER = "Designated Teacher 139204"


@pytest.fixture
def pair(house: House) -> tuple[UUID, UUID]:
    """A child in care, and one who is not; the designated teacher opened every page of both that there is for them."""
    house.switch_all_on()
    for role in ("designated_teacher", "head", "senco", "send_director", "dsl"):
        house.grant(role)
    placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class")
    child = in_care(house, BEGAN)
    other = house.pupil(placed, PlanIssued(SEPTEMBER))
    house.tell(child, placed, PlanIssued(SEPTEMBER))
    for role in ("designated_teacher", "dsl"):
        someone = house.as_role(role)
        for path in (f"/{NORTH}/lac", f"/{NORTH}/lac/children/{child}", f"/{NORTH}/pupils/{child}"):
            assert someone.get(path).status_code == 200, path
        assert someone.get(f"/api/v1/{NORTH}/register/views/plan/{child}").json()["value"]
        assert someone.get(f"/{NORTH}/pupils/{other}").status_code == 200
    return child, other


def looks(house: House, role: str, pupil: UUID) -> list[tuple[str, list[str]]]:
    """Who opened what, as a role is told it; but for their own asking."""
    found: list[dict[str, Any]] = house.as_role(role).get(f"/api/v1/{NORTH}/looks/{pupil}").json()["looks"]
    me = house.person(email_of(role, "" if role in ("send_director", "dpo") else NORTH))
    return [(one["name"], one["records"]) for one in found if one["person"] != str(me)]


@pytest.mark.parametrize("role", ["send_director", "senco"])
def test_to_whoever_may_not_know_both_were_opened_alike(house: House, pair: tuple[UUID, UUID], role: str) -> None:
    asking = house.desk(email_of(role, "" if role == "send_director" else NORTH), NORTH)
    assert not asking.may("read", "lac.status", pair[0])
    child, other = ([one for one in looks(house, role, pupil) if one[0] == TEACHER] for pupil in pair)
    assert child == other == [(TEACHER, ["core.identity"])]
    teacher = house.person(email_of("designated_teacher", NORTH))
    trail = house.as_role(role).get(f"/{NORTH}/audit?log=reads&person={teacher}")
    assert trail.text.count(str(pair[0])) == trail.text.count(str(pair[1])) == 1
    assert "register.plan" not in trail.text


def test_to_whoever_may_know_all_of_it_is_told(house: House, pair: tuple[UUID, UUID]) -> None:
    told = dict(looks(house, "head", pair[0]))
    assert {"core.identity", "lac.status", "lac.pep", "register.plan"} <= set(told[TEACHER])


def test_what_they_may_read_anyway_is_not_hidden_with_it(house: House, pair: tuple[UUID, UUID]) -> None:
    """The safeguarding lead reads every plan: that they read this one tells nothing."""
    told = dict(looks(house, "senco", pair[0]))
    assert "register.plan" in told["Designated Safeguarding Lead 139204"]
    opened = [event for event in house.facts(Opened, f"{NORTH}-reads") if event.subject == pair[0]]
    plans = [event.fact for event in opened if event.record == "register.plan"]
    assert plans
    assert all(isinstance(fact, Opened) and not fact.beside for fact in plans)
