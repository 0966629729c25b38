"""A made-up Year 11 and its timetable, as a file and as it is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from core.desk import Desk
from events import Fact
from plugins.exams.facts import ArrangementAgreed, ArrangementApplied, ArrangementApproved
from plugins.exams.views import Paper
from tests.core.house import NORTH, House, email_of, upn

CENTRE = "12345"
UCIS = ("681990012058G", "123450260417D")  # the worked examples of the domain notes
HEADINGS = (
    "Series,Board,Qualification,Subject,Component Code,Component Title,Exam Date,Start Time,Duration,Candidate No,"
    "UCI,UPN,Tests"
)


def paper(**more: Any) -> Paper:
    """English Literature on the morning of 10 May 2027."""
    usual: dict[str, Any] = {
        "series": "2027-06",
        "board": "AQA",
        "level": "GCSE",
        "subject": "ENG-LIT",
        "code": "8702/1",
        "title": "English Literature Paper 1",
        "tags": (),
        "sits_on": date(2027, 5, 10),
        "session": "AM",
        "start_minutes": 540,
        "length_minutes": 105,
    }
    return Paper(**(usual | more))


def row(nth: int, /, **more: str) -> str:
    """A row of a timetable, for the pupil with that number's UPN."""
    told = {
        "series": "June 2027",
        "board": "AQA",
        "level": "GCSE",
        "subject": "English Literature",
        "code": "8702/1",
        "title": "English Literature Paper 1",
        "sits_on": "10/05/2027",
        "start": "09:00",
        "minutes": "105",
        "number": f"{nth:04}",
        "uci": "",
        "upn": upn(nth),
        "tests": "",
    }
    return ",".join((told | more).values())


def timetable(*rows: str) -> bytes:
    return "\r\n".join([HEADINGS, *rows]).encode()


def year_11(house: House, many: int = 2) -> list[UUID]:
    """Pupils of Year 11 whose UPNs are those of `row(1)`, `row(2)` and so on."""
    return [house.pupil(upn=upn(number), year="11", form="11C", born_on=date(2011, 3, 15)) for number in
            range(1, many + 1)]  # fmt: skip


def desk_of(house: House, role: str) -> Desk:
    return house.desk(email_of(role, NORTH), NORTH)


def approved(
    arrangement: str, on: date, *, percent: int | None = None, printed_on: date | None = None, centre: str = CENTRE
) -> list[Fact]:
    """An arrangement applied for and approved on one day."""
    decision = uuid4()
    return [
        ArrangementApplied(decision, arrangement, percent, "GCSE", centre, "2025-26", "OK", "", on, ""),
        ArrangementApproved(decision, on, printed_on, "A-1"),
    ]


def agreed(arrangement: str, on: date = date(2026, 9, 20), minutes: int | None = None) -> ArrangementAgreed:
    """An arrangement the centre gives itself."""
    return ArrangementAgreed(uuid4(), arrangement, minutes, "2025-26-rev2026-03", "OK", on, "")
