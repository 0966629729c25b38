"""A school with children in care: two authorities with clocks of their own, the terms of the domain notes."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import UUID, uuid4

from core.academies.facts import TermSet
from core.accounts.facts import Opened
from core.desk import Desk
from events import Fact, New
from plugins.lac.commands import StartPep
from plugins.lac.facts import (
    AttendanceCounted,
    AuthorityNamed,
    AuthoritySet,
    EpisodeBegan,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepSent,
    TargetSet,
    VoiceGiven,
)
from plugins.lac.views import authority_id, peps, written_out
from tests.core.house import NORTH, House, HouseMaker, email_of

LAC = f"/{NORTH}/lac"
FOUND = [EntryPoint(name, f"plugins.{name}", "tallystick.plugins") for name in ("register", "lac")]
ROLES = ("designated_teacher", "head", "dsl", "trust_dsl", "senco", "governor", "business_manager")
TERMS = (
    TermSet("Summer 2 2026", date(2026, 6, 1), date(2026, 7, 21)),
    TermSet("Autumn 1 2026", date(2026, 9, 2), date(2026, 10, 23)),
    TermSet("Autumn 2 2026", date(2026, 11, 2), date(2026, 12, 18)),
    TermSet("Spring 1 2027", date(2027, 1, 4), date(2027, 2, 12)),
    TermSet("Spring 2 2027", date(2027, 2, 22), date(2027, 3, 25)),
    TermSet("Summer 1 2027", date(2027, 4, 12), date(2027, 5, 28)),
    TermSet("Summer 2 2027", date(2027, 6, 7), date(2027, 7, 21)),
)
A, B = "340", "341"
"""Authorities: A has a clock for the start and one for the end of a first PEP, B only the second."""
NOW_AND_THEN = date(2025, 9, 1)


def school(make_house: HouseMaker, *approved: str) -> House:
    """Children in care are looked after at North, the terms are set, and two authorities are set up.

    Args:
        approved: What the trust approved the plugin's asking for.
    """
    house = make_house(plugins=("register", "lac"), found=FOUND)
    house.switch(on=True, plugin="lac", approved=approved)
    for role in ROLES:
        house.grant(role)
    house.tell(house.academy_id(), *TERMS)
    set_up(house, clocks(A, "Eastshire", start_days=10), clocks(B, "Westshire"))
    return house


def clocks(code: str, name: str, **more: Any) -> AuthoritySet:
    """An authority's settings: twenty working days for a first PEP, and no other clock for its start."""
    usual: dict[str, Any] = {
        "setting": uuid4(),
        "code": code,
        "name": name,
        "start_days": None,
        "complete_days": 20,
        "provision_days": 20,
        "begins": "school",
        "window": "term",
        "carries_over": False,
        "scheme": "St Helens v1",
        "ends": "academic_year",
        "ceiling_pence": 55_000,
        "portal": "ePEP",
        "from_on": NOW_AND_THEN,
        "contact": "",
    }
    return AuthoritySet(**(usual | more))


def set_up(house: House, *settings: AuthoritySet) -> None:
    for one in settings:
        tell(house, authority_id(one.code), one)


def desk_of(house: House, role: str = "designated_teacher") -> Desk:
    return house.desk(email_of(role, NORTH), NORTH)


def tell(house: House, subject: UUID, *facts: Fact) -> None:
    """Records facts as the designated teacher, who may write every one."""
    desk_of(house).record([New(subject, fact) for fact in facts], command_id=uuid4())


def episode(began_on: date, told_on: date | None = None, **more: Any) -> EpisodeBegan:
    """An authority looks after the child under a care order; the school was told at once."""
    usual: dict[str, Any] = {
        "episode": uuid4(),
        "care": "looked_after",
        "legal": "C2",
        "began_on": began_on,
        "told_on": told_on or began_on,
        "source": "The social worker",
        "dual_from": None,
        "dual_until": None,
    }
    return EpisodeBegan(**(usual | more))


def named(code: str = A, part: str = "looking_after", on: date = NOW_AND_THEN) -> AuthorityNamed:
    return AuthorityNamed(part, code, "Letter of the social worker", on)


def in_care(
    house: House, began_on: date = date(2026, 10, 19), told_on: date | None = None, code: str = A, **about: Any
) -> UUID:
    """A child on roll since September 2025, looked after by an authority from a day on."""
    pupil = house.pupil(**about)
    tell(house, pupil, episode(began_on, told_on), *([named(code)] if code else []))
    return pupil


def started(house: House, pupil: UUID, started_on: date, **more: Any) -> UUID:
    """A first plan of this child's, under the settings of that day; its id."""
    given = uuid4()
    usual: dict[str, Any] = {"why": "initial", "started_on": started_on}
    desk_of(house).do(StartPep(**(usual | more)), pupil, command_id=given)
    return given


def written(pep: UUID, held_on: date, next_on: date = date(2027, 2, 10)) -> list[Fact]:
    """Everything a plan needs before it is ready, of the day of its meeting."""
    reading = ("Ms Cole", "twice a week, 30 minutes", 18_000, next_on, held_on, "Reading", "Reads 90 words", "60 words")
    return [
        VoiceGiven(pep, "by drawing", held_on, "I like maths"),
        AttendanceCounted(pep, date(2026, 9, 2), date(2026, 10, 23), 128, 13, held_on),
        TargetSet(pep, uuid4(), *reading),
        MeetingHeld(pep, held_on, ("child", "carer", "social_worker"), next_on),
    ]


def sent(house: House, pupil: UUID, pep: UUID, on: date) -> list[Fact]:
    """The plan as it stands was made ready, and sent, on a day."""
    known = desk_of(house).see(peps, pupil)
    assert known is not None
    return [PepMadeReady(pep, on), PepSent(pep, on, written_out(known.plans[pep]).hash)]


def agreed_plan(house: House, pupil: UUID, started_on: date, sent_on: date, agreed_on: date) -> UUID:
    """A first plan from its start to its agreement, its meeting on the day it was sent; its id."""
    pep = started(house, pupil, started_on)
    tell(house, pupil, *written(pep, sent_on))
    tell(house, pupil, *sent(house, pupil, pep, sent_on), PepAgreed(pep, agreed_on, (), "gold"))
    return pep


def opened(house: House, pupil: UUID, since: int = 0) -> set[str]:
    """The classes of a child's record that were opened, since so many looks; those told of by another among them."""
    looks = house.facts(Opened, f"{NORTH}-reads")[since:]
    told = (
        (event.record, *event.fact.beside)
        for event in looks
        if isinstance(event.fact, Opened) and event.subject == pupil
    )
    return {record for records in told for record in records}
