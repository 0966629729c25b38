"""A school with exams on, and candidates with something on file."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import UUID, uuid4

import msgspec

from core.roll.facts import StaffJoined
from events import Fact, New
from plugins.exams.facts import (
    EntryMade,
    EvidenceFiled,
    FormPartCompleted,
    NeedNamed,
    PaperSet,
    ScoreRecorded,
)
from plugins.exams.views import Paper, paper_id
from tests.core.house import NORTH, House, HouseMaker, email_of, on

EXAMS = f"/{NORTH}/exams"
ROLES = ("senco", "class_teacher", "exams_officer", "head", "send_admin", "head_of_year")
FOUND = [EntryPoint(name, f"plugins.{name}", "tallystick.plugins") for name in ("register", "exams")]
FORM_8 = tuple(
    FormPartCompleted("8", part, day, None)
    for part, day in ((1, date(2026, 9, 28)), (2, date(2026, 10, 9)), (3, date(2026, 10, 12)))
)
MATHS = (
    EvidenceFiled("marked_test", "Mathematics", date(2026, 10, 1), None, "In green pen"),
    EvidenceFiled("comment", "Mathematics", date(2026, 10, 2), None, "Never finishes"),
)
LEARNING = NeedNamed("learning", date(2026, 9, 20), "Reads slowly")
SCORES = (
    ScoreRecorded("READING", "reading_speed", 82, "YARC", None, None, date(2026, 10, 6)),
    ScoreRecorded("PROCESSING", "working_memory", 84, "TOMAL", None, None, date(2026, 10, 6)),
)
COMPLETE = (LEARNING, *FORM_8, *MATHS, *SCORES)
"""A file against which nothing stands for 25% extra time."""


def school(make_house: HouseMaker) -> House:
    """Exams are on at North, and may ask the register; those who have exams in their role may use them."""
    house = make_house(plugins=("register", "exams"), found=FOUND)
    house.switch(on=True, plugin="exams", approved=("register.needs",))
    for role in ROLES:
        house.grant(role)
    tutor = house.person(email_of("class_teacher", NORTH))
    house.tell(tutor, StaffJoined("Tess Teacher", "Teacher", "11C", date(2025, 9, 1)))
    return house


def told(house: House, subject: UUID, *facts: Fact) -> None:
    """Records facts as they are, whoever may."""
    desk = house.desk(urn=NORTH)
    desk.log.append([New(subject, fact) for fact in facts], command_id=uuid4(), actor=desk.actor)
    desk.log.refresh()


def candidate(house: House, *facts: Fact, **about: Any) -> UUID:
    """A pupil of Year 11 in the class teacher's form, with what is on record."""
    usual: dict[str, Any] = {"year": "11", "form": "11C", "born_on": date(2011, 3, 4)}
    subject = house.pupil(**(usual | about))
    if facts:
        told(house, subject, *facts)
    return subject


def paper(house: House, title: str, sits_on: date, **about: Any) -> EntryMade:
    """A paper that has its day; the entry for it."""
    usual: dict[str, Any] = {
        "series": "2027-06",
        "board": "AQA",
        "level": "GCSE",
        "subject": "Mathematics",
        "code": title,
        "title": title,
        "tags": (),
        "sits_on": sits_on,
        "session": "AM",
        "start_minutes": 540,
        "length_minutes": 105,
    }
    one = Paper(**(usual | about))
    told(house, paper_id(one), PaperSet(**msgspec.structs.asdict(one), set_on=date(2026, 10, 1)))
    return EntryMade(paper_id(one), date(2026, 10, 5))


def words(text: str) -> str:
    """A page, or a part of one, as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def part(text: str, heading: str) -> str:
    """The words of a section of a page, by its heading."""
    found = re.search(rf">{heading}</h2>(.*?)</section>", text, re.DOTALL)
    assert found, heading
    return words(found[1])


def outcomes(text: str) -> list[tuple[str, str]]:
    """What rules say on a page: each outcome's tag and its words."""
    each = (
        r'<li class="ts-due ts-due-\w+">\s*<p><span class="ts-t [^"]*">([^<]*)</span>(.*?)</li>\s*(?=<li class|</ul>)'
    )
    return [(tag, words(says)) for tag, says in re.findall(each, text, re.DOTALL)]


def row(values: Mapping[str, Any], at: int = 1) -> dict[str, str]:
    """A row of typed scores: area, score, on."""
    return {f"{name}_{at}": str(value) for name, value in values.items()}


def noting(**more: str) -> dict[str, str]:
    """The fields of a teacher's note of use, as they are typed."""
    usual = {"arrangement": "ET25", "taught": "History", "setting": "lesson", "effect": "helped"}
    return usual | on("used_on", date(2026, 11, 10)) | more
