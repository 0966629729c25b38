"""A school that recruits: who does, a job description made up for the tests, a vacancy as far as it is wanted."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import UUID, uuid4

from plugins.recruitment.commands import (
    AdvertiseVacancy,
    ApproveVacancy,
    DraftVacancy,
    NamePanelMember,
    WriteDescription,
)
from plugins.recruitment.facts import Criterion, Duty
from tests.core.house import NORTH, House, HouseMaker, email_of

RECRUITMENT = f"/{NORTH}/recruitment"
FOUND = [EntryPoint(name, f"plugins.{name}", "tallystick.plugins") for name in ("register", "recruitment")]
ROLES = ("hr_admin", "hr_director", "head", "panel_member", "governor", "senco", "class_teacher", "send_director")
TEXT = """Job description

Job title: SENCO
Location: North Primary
Reporting to: Deputy head
Salary: Main and upper range
Allowances: SEN-2 allowance

Main purpose
The SENCO will:
• Shape how the school meets special needs
• Run the policy from day to day

Duties and responsibilities
Strategic development
• Watch over provision in every class
• Tell governors twice a year what works

Support for pupils
• Find out early who needs help
• Review each plan with the family

Person specification
Qualifications
• Qualified teacher status
• National Award for SEN Co-ordination
Experience
• Experience of whole-school work
Skills
• Good communication with families
• Excellent communication skills

Pre-employment checks
• Identity
• References

About us
We keep two school goats
"""


def school(make_house: HouseMaker) -> House:
    """North recruits, and everybody who has a part in it is there."""
    house = make_house(plugins=("register", "recruitment"), found=FOUND)
    house.switch(on=True, plugin="recruitment")
    for role in ROLES:
        house.grant(role)
    return house


def description_of(house: House, **more: Any) -> UUID:
    """A job description with two duties and three criteria."""
    subject = uuid4()
    usual: dict[str, Any] = {
        "title": "SENCO",
        "purpose": ("Leads what the school does for special needs.",),
        "duties": (Duty("strategy", "Watch over provision"), Duty("pupils", "Review each plan")),
        "criteria": (
            Criterion("q1", "Qualifications", "Qualified teacher status", True, True, 1, ("application", "documents")),
            Criterion("k1", "Knowledge", "Knows the law", True, False, 2, ("application", "interview")),
            Criterion("q3", "Qualifications", "Degree", False, False, 1, ("application",)),
        ),
    }
    house.desk(email_of("hr_admin", NORTH), NORTH).do(WriteDescription(**(usual | more)), subject)
    return subject


def drafted(house: House, **more: Any) -> UUID:
    """A draft of HR that lacks nothing of its own, from a description made for it."""
    subject = uuid4()
    usual: dict[str, Any] = {
        "title": "SENCO",
        "role": "senco",
        "description": more.pop("description", None) or description_of(house),
        "contract": "permanent",
        "pay_from_pence": 34_069_00,
        "pay_to_pence": 52_835_00,
        "starts_on": date(2027, 4, 12),
        "closes_on": date(2026, 12, 4),
        "closes_at": "12:00",
        "safeguarding": "We keep children safe and make checks.",
        "exempt_notice": "The post is exempt from the Act of 1974.",
    }
    house.desk(email_of("hr_admin", NORTH), NORTH).do(DraftVacancy(**(usual | more)), subject)
    return subject


def with_panel(house: House, vacancy: UUID) -> None:
    """The head chairs and is trained; a panel member sits beside."""
    desk = house.desk(email_of("hr_admin", NORTH), NORTH)
    desk.do(NamePanelMember(house.person(email_of("head", NORTH)), True, date(2025, 9, 3)), vacancy)
    desk.do(NamePanelMember(house.person(email_of("panel_member", NORTH))), vacancy)


def approved(house: House, **more: Any) -> UUID:
    """A vacancy with a panel that the head approved."""
    vacancy = drafted(house, **more)
    with_panel(house, vacancy)
    house.desk(email_of("head", NORTH), NORTH).do(ApproveVacancy("Staffing, line 12"), vacancy)
    return vacancy


def advertised(house: House, **more: Any) -> UUID:
    """A vacancy that takes applications."""
    vacancy = approved(house, **more)
    house.desk(email_of("hr_admin", NORTH), NORTH).do(AdvertiseVacancy("Come and be our SENCO."), vacancy)
    return vacancy
