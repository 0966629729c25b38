"""Two academies with people on their record: who may see it, and people with checks as far as they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from core.command import Command
from core.desk import Desk
from plugins.recruitment.commands import AddPerson, RecordCheck
from plugins.recruitment.views import person
from tests.core.house import NORTH, SOUTH, House, email_of
from tests.plugins.recruitment.vacancies import FOUND

RECORD = f"/{NORTH}/recruitment/record"
PEOPLE = f"/{NORTH}/recruitment/people"
TODAY = date(2026, 11, 16)
STARTED, CHECKED = date(2024, 9, 2), date(2024, 7, 1)
ROLES = ("hr_admin", "head", "dsl", "governor", "class_teacher", "senco", "business_manager", "panel_member")
TRUST_ROLES = ("hr_director", "send_director", "chief_executive")
GOOD = {
    "identity": "verified",
    "qualifications": "held",
    "prohibition": "clear",
    "self_disclosure": "discussed",
    "dbs": "clear",
    "barred_list": "no_match",
    "right_to_work": "continuous",
    "overseas": "not_required",
    "childcare": "out_of_scope",
    "section_128": "clear",
}
"""The outcome of each check, except fitness and references, with which somebody may start."""


def trust(make: Callable[..., House]) -> House:
    """Recruitment is on at both academies, and everybody who has a part in it is there."""
    house = make(plugins=("register", "recruitment"), found=FOUND)
    for urn in (NORTH, SOUTH):
        house.switch(urn, on=True, plugin="recruitment")
        for role in ROLES:
            house.grant(role, urn=urn)
    for role in TRUST_ROLES:
        house.grant(role)
    return house


def desk_of(house: House, role: str = "hr_admin", urn: str = NORTH) -> Desk:
    return house.desk(email_of(role, urn), urn)


def do(house: House, subject: UUID, *commands: Command, role: str = "hr_admin", urn: str = NORTH) -> None:
    """Does these commands about a person, one after the other."""
    for command in commands:
        desk_of(house, role, urn).do(command, subject)


def somebody(house: House, surname: str = "Reyes", role: str = "teacher", urn: str = NORTH, **more: Any) -> UUID:
    """Somebody on the record since September 2024, of whom nothing was checked."""
    usual: dict[str, Any] = {"forename": "Ana", "title": "Class teacher", "starts_on": STARTED}
    subject = more.pop("subject", None) or uuid4()
    do(house, subject, AddPerson(surname=surname, role=role, **(usual | more)), urn=urn)
    return subject


def engagement(house: House, subject: UUID, urn: str = NORTH) -> UUID:
    """Their latest engagement."""
    known = desk_of(house, urn=urn).log.see(person, subject)
    assert known is not None
    return list(known.engagements)[-1]


def check(key: str, outcome: str = "", **more: Any) -> RecordCheck:
    """A check made in July 2024, with a good outcome unless another is given."""
    usual: dict[str, Any] = {"checked_by": "AB", "checked_on": CHECKED}
    return RecordCheck(key, outcome or GOOD[key], **(usual | more))


def checked(house: House, subject: UUID, *left_out: str, urn: str = NORTH) -> None:
    """Records every check with a good outcome, but for some."""
    do(house, subject, *(check(key) for key in GOOD if key not in left_out), urn=urn)
