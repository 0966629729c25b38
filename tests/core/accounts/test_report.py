"""Comings and goings: whose account is worth a look."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from core.accounts.roles import ROLES
from core.accounts.rules import Account, account_findings, is_dormant, terms
from core.roll.facts import StaffJoined, StaffLeft
from tests.core.house import NORTH, SOUTH, House, email_of

TODAY = date(2026, 11, 16)
HERE, THERE = UUID(int=1), UUID(int=2)
USUAL = Account(TODAY - timedelta(days=400), TODAY, {HERE: None}, (HERE,), (), holds=True)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"works_at": {HERE: TODAY}}, ["left"]),
        ({"works_at": {HERE: TODAY + timedelta(days=1)}}, []),
        ({"works_at": {HERE: TODAY, THERE: None}}, ["moved"]),
        ({"works_at": {HERE: TODAY, THERE: None}, "holds_at": (THERE,)}, []),
        ({"works_at": {}}, []),
        ({"signed_in_on": TODAY - timedelta(days=90)}, []),
        ({"signed_in_on": TODAY - timedelta(days=91)}, ["dormant"]),
        ({"signed_in_on": None}, ["dormant"]),
        ({"signed_in_on": None, "added_on": TODAY - timedelta(days=90)}, []),
        ({"signed_in_on": None, "holds": False, "holds_at": ()}, ["nothing"]),
        ({"ends": (TODAY + timedelta(days=30),)}, ["ends"]),
        ({"ends": (TODAY + timedelta(days=31),)}, []),
    ],
)
def test_what_is_worth_a_look(change: dict[str, object], codes: list[str]) -> None:
    account = msgspec.structs.replace(USUAL, **change)
    assert [one.code for one in account_findings(account, TODAY)] == codes


@pytest.mark.parametrize(
    ("since", "today", "shut"),
    [
        (date(2026, 6, 1), date(2026, 8, 30), False),
        (date(2026, 6, 1), date(2026, 8, 31), True),
        (date(2024, 1, 1), date(2024, 7, 31), False),  # before there was such a rule
    ],
)
def test_an_account_is_shut_after_ninety_days(since: date, today: date, *, shut: bool) -> None:
    assert is_dormant(since, today) is shut


def test_the_report_tells_them_apart(house: House) -> None:
    senco, teacher = house.person(email_of("senco", NORTH)), house.person(email_of("class_teacher", NORTH))
    house.tell(senco, StaffJoined("Senco 139204", "SENCO", "", date(2025, 9, 1)), StaffLeft(date(2026, 10, 31)))
    house.tell(teacher, StaffJoined("Class Teacher", "Teacher", "", date(2025, 9, 1)), StaffLeft(date(2026, 10, 31)))
    house.tell(teacher, StaffJoined("Class Teacher", "Teacher", "", date(2026, 11, 1)), urn=SOUTH)
    house.let_in("inspector", house.person(email_of("inspector", NORTH)))
    house.clock.move_to(date(2026, 11, 16), 13)
    shown = house.as_role("identity_admin").get("/people/report").text
    parts = {part.partition(" <")[0]: part for part in shown.split("<h2>")[1:]}
    assert "Senco 139204" in parts["Left, and can still sign in"]
    assert "left the staff on 31 October 2026" in parts["Left, and can still sign in"]
    assert "Class Teacher 139204" in parts["Moved, and still holds what they held"]
    assert "Nelly New" in parts["See nothing yet"]
    assert "Ofsted Inspector 139204" in parts["From outside"]
    assert "Nobody." in parts["Not seen for long"]


@pytest.mark.parametrize(("role", "status"), [("dpo", 200), ("trustee", 403), ("head", 404)])
def test_whoever_may_read_of_people_reads_it(house: House, role: str, status: int) -> None:
    assert house.as_role(role).get("/people/report").status_code == status


def test_every_role_that_is_for_a_while_has_its_longest_days() -> None:
    assert terms(TODAY).roles.keys() == {name for name, role in ROLES.items() if role.names}
    assert terms(date(2020, 1, 1)) == terms(TODAY), "before the first of them, the first"
