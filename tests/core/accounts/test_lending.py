"""A colleague stands in for what one may oneself, for a while, and no longer than one may oneself."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts.commands import EndGrant, RemovePerson
from core.accounts.facts import Granted
from core.cli.people import add_person
from core.roll.views import pupil as pupil_view
from tests.core.house import NORTH, PASSWORD, SOUTH, House, email_of, errors

SENCO, TEACHER = email_of("senco", NORTH), email_of("class_teacher", NORTH)
PAGE = f"/{NORTH}/lend"
LAST = {"until_by-day": "11", "until_by-month": "12", "until_by-year": "2026"}


def lent(house: House, who: str = SENCO, **fields: Any) -> tuple[int, list[str]]:
    """What comes of lending by the page: its status and what it says is wrong."""
    usual: dict[str, Any] = {
        "email": TEACHER,
        "records": ["register.plan"],
        "writes": "no",
        "purpose": "While I am away",
        **LAST,
    }
    answer = house.browser(who).post(PAGE, **(usual | fields))
    return answer.status_code, errors(answer.text)


def may(house: House, action: str, record: str, pupil: UUID | None = None, email: str = TEACHER) -> bool:
    return house.desk(email, NORTH).may(action, record, pupil)


def upn_of(house: House, pupil: UUID) -> str:
    return house.desk(urn=NORTH).log.see_all(pupil_view)[pupil].upn


def test_what_is_lent_counts_until_its_last_day(house: House) -> None:
    pupil = house.pupil()
    assert not may(house, "read", "register.plan", pupil)
    assert lent(house) == (303, [])
    assert may(house, "read", "register.plan", pupil)
    assert not may(house, "write", "register.plan", pupil)
    assert not may(house, "sign", "register.plan")
    shown = house.browser(email_of("identity_admin")).get(f"/people/{house.person(TEACHER)}").text
    assert "lent by Senco 139204" in shown
    house.clock.move_to(date(2026, 12, 12))
    assert not may(house, "read", "register.plan", pupil)


def test_of_some_pupils_alone(house: House) -> None:
    mine, other = house.pupil(), house.pupil()
    assert lent(house, upns=upn_of(house, mine), writes="yes") == (303, [])
    assert may(house, "write", "register.plan", mine)
    assert not may(house, "read", "register.plan", other)
    assert upn_of(house, mine)[1:] not in house.browser(SENCO).get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": "nobody@keystone.example"}, "No colleague signs in with this address."),
        ({"email": SENCO}, "No colleague signs in with this address."),
        ({"email": email_of("senco", SOUTH)}, "A stand-in works for the same employer"),
        ({"email": "guest@elsewhere.example"}, "A stand-in works for the same employer"),
        ({"records": []}, "Choose from what you hold yourself."),
        ({"records": ["core.people"]}, "Choose from what you hold yourself."),
        ({"records": ["recruitment.checks"]}, "Choose from what you hold yourself."),
        ({"until_by-year": "2027"}, "Say until when: 92 days at most."),
        ({"until_by-day": ""}, "Say until when: 92 days at most."),
        ({"until_by-month": "11"}, "Say until when: 92 days at most."),
        ({"purpose": ""}, "Say what for"),
        ({"upns": "A123456789012"}, "Nobody there has one of these UPNs, or record numbers."),
    ],
)
def test_what_cannot_be_lent(house: House, fields: dict[str, Any], says: str) -> None:
    add_person(house.desk(), "Gwen Guest", "guest@elsewhere.example", PASSWORD)
    before = len(house.recorded(Granted, "trust"))
    status, found = lent(house, **fields)
    assert status == 422
    assert found[0].startswith(says)
    assert len(house.recorded(Granted, "trust")) == before


def test_what_is_held_for_some_pupils_only_is_not_lent(house: House) -> None:
    house.pupil()
    designated = email_of("designated_teacher", NORTH)
    assert lent(house, designated, records=["register.headline"]) == (422, ["Choose from what you hold yourself."])
    assert lent(house, email_of("head", NORTH), records=["core.disposal"])[0] == 422


def test_it_ends_when_the_lender_takes_it_back_loses_it_or_leaves(house: House) -> None:
    pupil = house.pupil()
    senco = house.browser(SENCO)
    lent(house)
    (back,) = set(re.findall(rf'action="({PAGE}/[^"]+/back)"', senco.get(PAGE).text))
    head = house.as_role("head")
    assert head.raw_post(back, data=head.form(PAGE)).status_code == 404
    assert senco.post(back, page=PAGE).status_code == 303
    assert not may(house, "read", "register.plan", pupil)
    lent(house)
    assert may(house, "read", "register.plan", pupil)
    (grant,) = [one.grant for one in house.building.in_force(house.person(SENCO))]
    house.desk().do(EndGrant(grant, "Moved"), house.person(SENCO))
    assert not may(house, "read", "register.plan", pupil)
    house.grant("senco", SENCO)
    assert may(house, "read", "register.plan", pupil)
    house.desk().do(RemovePerson("Left"), house.person(SENCO))
    assert not may(house, "read", "register.plan", pupil)


def test_what_was_lent_is_not_lent_on(house: House) -> None:
    head = email_of("head", NORTH)
    lent(house, head, email=email_of("dsl", NORTH), records=["register.support"])
    dsl = house.browser(email_of("dsl", NORTH))
    assert "Register line" not in dsl.get(PAGE).text
    assert lent(house, email_of("dsl", NORTH), records=["register.support"])[0] == 422


@pytest.mark.parametrize("role", ["class_teacher", "send_admin", "hr_admin"])
def test_who_lends_nothing_has_no_page(house: House, role: str) -> None:
    assert house.as_role(role).get(PAGE).status_code == 403
