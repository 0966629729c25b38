"""A vacancy that was advertised, its panel, and whoever applies for it."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import UUID, uuid4

from core.desk import Desk
from events import Fact, New
from plugins.recruitment.commands import DecideShortlist, HoldInterview, MoveApplication
from plugins.recruitment.facts import (
    ApplicationEntered,
    Criterion,
    DescriptionWritten,
    Duty,
    GateJudged,
    Mark,
    PanelMemberNamed,
    Referee,
    Schooling,
    SheetScored,
    VacancyAdvertised,
    VacancyApproved,
    VacancyDrafted,
)
from plugins.recruitment.facts import Job as Worked
from tests.core.house import NORTH, Browser, House, HouseMaker, email_of

BASE = f"/{NORTH}/recruitment"
FOUND = [EntryPoint(name, f"plugins.{name}", "tallystick.plugins") for name in ("register", "recruitment")]
ROLES = ("hr_admin", "hr_director", "head", "panel_member", "governor", "senco", "dsl")
TODAY, OPENED, CLOSES = date(2026, 11, 16), date(2026, 11, 2), date(2026, 11, 30)
NELLY = "nelly@keystone.example"
CRITERIA = (
    Criterion("Q1", "Qualifications", "Holds qualified teacher status", True, True, 1, ("application", "documents")),
    Criterion("K1", "Knowledge", "Knows the SEND Code of Practice", True, False, 3, ("application",)),
    Criterion("K2", "Knowledge", "Has led interventions", True, False, 2, ("application",)),
    Criterion("E4", "Experience", "Has run training", False, False, 1, ("application",)),
    Criterion("K7", "Knowledge", "Influences and negotiates", True, False, 1, ("interview",)),
)
SIFTED = ("K1", "K2", "E4")


def academy(make_house: HouseMaker, **more: Any) -> House:
    """Recruitment is on at North, and everybody has the role that the manifests give."""
    house = make_house(plugins=("register", "recruitment"), found=FOUND, **more)
    house.switch(on=True, plugin="recruitment")
    for role in ROLES:
        house.grant(role)
    house.grant("panel_member", NELLY)
    return house


def desk_of(house: House, role: str = "hr_admin") -> Desk:
    email = role if "@" in role else email_of(role, "" if role == "hr_director" else NORTH)
    return house.desk(email, NORTH)


def tell(house: House, subject: UUID, *facts: Fact, role: str = "hr_admin") -> None:
    """Records facts as somebody who may write them, without asking what they rest on."""
    desk_of(house, role).record([New(subject, fact) for fact in facts], command_id=uuid4())


def description() -> DescriptionWritten:
    return DescriptionWritten(
        uuid4(), "SENCO", "", "", "", "", "", "", "", (), (Duty("Main", "Leads the provision"),), CRITERIA,
        (), (), (), (), "", None, OPENED,
    )  # fmt: skip


def drafted(told: DescriptionWritten, subject: UUID, drafted_by: UUID, **more: Any) -> VacancyDrafted:
    usual: dict[str, Any] = {
        "title": "SENCO",
        "role": "senco_leadership",
        "flags": (),
        "description": subject,
        "version": told.version,
        "contract": "permanent",
        "fixed_until": None,
        "share": 100,
        "pay_scale": "MPS",
        "pay_from_pence": 34_069_00,
        "pay_to_pence": 46_940_00,
        "sen_allowance_pence": 2_885_00,
        "tlr": "",
        "tlr_pence": 0,
        "starts_on": date(2027, 1, 4),
        "closes_on": CLOSES,
        "closes_at": "12:00",
        "interviews_on": None,
        "blind": True,
        "safeguarding": "We are committed to safeguarding.",
        "exempt_notice": "This post is exempt.",
        "drafted_by": drafted_by,
        "drafted_on": OPENED,
    }
    return VacancyDrafted(**(usual | more))


def advertised(house: House, *, blind: bool = True) -> UUID:
    """A vacancy open for applications, its panel the head and the panel member."""
    told, subject, vacancy, hr = description(), uuid4(), uuid4(), house.person(email_of("hr_admin", NORTH))
    tell(house, subject, told)
    tell(
        house,
        vacancy,
        drafted(told, subject, hr, blind=blind),
        *(PanelMemberNamed(house.person(email_of(role, NORTH)), False, OPENED, OPENED) for role in PANEL),
        VacancyApproved(uuid4(), house.person(email_of("head", NORTH)), "Minute 12", OPENED),
        VacancyAdvertised(CLOSES, "12:00", OPENED, "SENCO wanted."),
    )
    return vacancy


PANEL = ("head", "panel_member")


def applied(vacancy: UUID, number: int = 1, **more: Any) -> ApplicationEntered:
    """An application without a gap: at one school since university."""
    usual: dict[str, Any] = {
        "vacancy": vacancy,
        "number": number,
        "surname": f"Quillfeather{number}",
        "forename": "Xanthe",
        "former_names": "",
        "email": f"xq{number}@mail.example",
        "phone": "07700 900123",
        "address": "14 Zephyr Wynd, Mythburgh, QX1 7ZZ",
        "ni_number": "QQ123456C",
        "trn": "7654321",
        "born_on": date(1988, 3, 14),
        "qts": True,
        "award": "npq",
        "jobs": (Worked("Eastshire School", "Teacher", date(2010, 7, 1), None, True, ""),),
        "schooling": (Schooling("University", "BA", date(2006, 9, 1), date(2010, 6, 30)),),
        "referees": (Referee("Ms Head", "Eastshire School", "head@eastshire.example", "", True, True),),
        "relations": "",
        "own_form": True,
        "document": None,
        "made_on": date(2026, 11, 9),
        "statement": "I have led provision for years.",
    }
    return ApplicationEntered(**(usual | more))


def applicant(house: House, vacancy: UUID, number: int = 1, **more: Any) -> UUID:
    """Somebody who applied."""
    person = uuid4()
    tell(house, person, applied(vacancy, number, **more))
    return person


def sheet(house: House, vacancy: UUID, role: str, *points: int, stage: str = "sift") -> SheetScored:
    marks = tuple(Mark(key, given) for key, given in zip(SIFTED if stage == "sift" else ("K7",), points, strict=True))
    return SheetScored(vacancy, desk_of(house, role).person_id, stage, marks, TODAY, "")


def scored(house: House, vacancy: UUID, person: UUID, first: tuple[int, ...], second: tuple[int, ...]) -> None:
    """Both of the panel have scored an applicant, and the gate is met."""
    tell(house, person, sheet(house, vacancy, "head", *first), sheet(house, vacancy, "panel_member", *second))
    tell(house, person, GateJudged(vacancy, "Q1", True, TODAY, "Seen on the register"))


def shortlisted(house: House, vacancy: UUID, *people: UUID) -> None:
    """All of them were scored alike, and go forward."""
    for person in people:
        scored(house, vacancy, person, (2, 2, 2), (2, 2, 2))
    desk_of(house).do(DecideShortlist(len(people), people), vacancy)


def step(house: House, vacancy: UUID, person: UUID, to: str, **more: Any) -> None:
    desk_of(house).do(MoveApplication(vacancy, to, **more), person)  # type: ignore[arg-type]


def interviewed(house: House, vacancy: UUID, person: UUID, *, appointable: bool = True) -> None:
    """Shortlisted, met by the panel, and found appointable or not."""
    shortlisted(house, vacancy, person)
    step(house, vacancy, person, "interview")
    desk_of(house, "head").do(HoldInterview(vacancy, appointable, TODAY), person)


def list_of(vacancy: UUID) -> str:
    return f"{BASE}/vacancies/{vacancy}/applicants"


def page_of(house: House, vacancy: UUID, person: UUID) -> str:
    """Where an applicant's page is."""
    key = house.building.desk_store.new_id("applicant of", vacancy, person)
    return f"{list_of(vacancy)}/{key}"


def text_of(browser: Browser, path: str) -> str:
    """All of a page, chrome and addresses too."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text
