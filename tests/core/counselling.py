"""A secret, those who may know it, and what anybody else is shown."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import httpx

from core.roll.facts import StaffJoined
from events import Event, New
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, Browser, House, email_of
from tests.core.strangers.counsel import SessionHeld

SEPTEMBER, MONDAY = date(2026, 9, 1), date(2026, 11, 16)
TRAIL = f"/{NORTH}/audit"
NELLY = "nelly@keystone.example"
_TOKEN = re.compile(r'name="token" value="[^"]*"')


def held(day: date = SEPTEMBER) -> SessionHeld:
    return SessionHeld(day, 30, "alone", ("worry",), True, "Came by herself")


def tell_secret(house: House, pupil: UUID, day: date = SEPTEMBER) -> Event:
    """Records a session; returns the entry."""
    teacher = house.desk(email_of("designated_teacher", NORTH), NORTH)
    (position,) = teacher.record([New(pupil, held(day))], command_id=uuid4())
    return teacher.log.event(position)


def a_pupil(house: House, **about: str) -> UUID:
    placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class")
    return house.pupil(placed, PlanIssued(SEPTEMBER), **about)


def tutor(house: House) -> None:
    """The class teacher is the tutor of form 4B, and so has its pupils in their caseload."""
    house.tell(house.person(email_of("class_teacher", NORTH)), StaffJoined("Ms Cole", "Teacher", "4B", SEPTEMBER))


def bare(answer: httpx.Response) -> tuple[int, str]:
    """An answer without what is drawn anew each time."""
    return answer.status_code, _TOKEN.sub("", answer.text)


def found(someone: Browser, address: str = TRAIL, **fields: str) -> list[UUID]:
    """Entries that a filtered trail lists."""
    where = someone.post(address, **fields).headers["location"] if fields else address
    return [UUID(one) for one in re.findall(r"/audit/([0-9a-f-]{36})", someone.get(where).text)]


def knower_with_trail(house: House) -> Browser:
    for role in ("senco", "designated_teacher"):
        house.grant(role, NELLY)
    return house.browser(NELLY)
