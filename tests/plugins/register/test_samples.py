"""Samples for governors: drawn by chance or by hand, told without a name, a day or a year, and for a while."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.accounts.commands import NameConflict
from core.accounts.facts import Opened
from core.roll.views import pupil as roll
from plugins.register.facts import PlacedOnRegister, PlanIssued, SampleDrawn
from tests.core.house import NORTH, Browser, House, email_of, errors, on

SAMPLES = f"/{NORTH}/register/samples"
SEPTEMBER = date(2026, 9, 1)
WHY = "For the committee of 3 December"


def somebody(house: House, surname: str = "Quillfeather", reason: str = "Seen with Mrs Ode and Noah Shah") -> UUID:
    placed = PlacedOnRegister("K", ("SLCN",), SEPTEMBER, date(2026, 9, 14), f"{surname} tires. {reason}")
    return house.pupil(placed, PlanIssued(date(2026, 10, 5)), surname=surname, forename="Maya")


def drawn(someone: Browser, until: date = date(2026, 12, 3), **fields: str) -> str:
    answer = someone.post(f"{SAMPLES}/new", why=WHY, **fields, **on("until_by", until))
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.headers["location"])


def test_a_governor_sees_how_they_are_helped_and_not_who_they_are(house: House) -> None:
    key = somebody(house)
    sample = drawn(house.as_role("senco"), number="1")
    (told,) = house.recorded(SampleDrawn)
    assert (told.pupils, told.by_chance) == ((key,), True)
    governor = house.as_role("governor")
    assert WHY in governor.get(SAMPLES).text
    assert f'href="{SAMPLES}"' in governor.get(SAMPLES).text
    assert f'href="{SAMPLES}"' in house.as_role("senco").get(f"/{NORTH}/register").text
    page = governor.get(sample).text
    for shown in (
        "Pupil A",
        "SEN support",
        "Communication and interaction",
        "September 2026",
        "[name] tires",
        "[need]",
        "made in October",
    ):
        assert shown in page
    for hidden in (
        "Maya",
        "Quillfeather",
        "Mrs Ode",
        "Noah",
        "14 September",
        "5 October",
        "Year 4",
        "4B",
        "SLCN",
        str(key),
    ):
        assert hidden not in page
    looked = {event.subject for event in house.facts(Opened, f"{NORTH}-reads") if event.record == "register.sample"}
    assert key in looked


def test_a_form_sent_twice_draws_once(house: House) -> None:
    for number in range(8):
        somebody(house, f"Quill{number}")
    senco = house.as_role("senco")
    data = senco.form(f"{SAMPLES}/new") | {"why": WHY, "number": "3"} | on("until_by", date(2026, 12, 3))
    first, again = (senco.raw_post(f"{SAMPLES}/new", data=data) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    (told,) = house.recorded(SampleDrawn)
    assert len(set(told.pupils)) == 3


def test_it_is_over_after_its_day_and_whoever_drew_it_still_finds_it(house: House) -> None:
    somebody(house)
    sample = drawn(house.as_role("head"), date(2026, 11, 17), number="1")
    house.clock.us += 2 * 86_400_000_000
    governor = house.as_role("governor")
    assert governor.get(sample).status_code == 404
    assert WHY not in governor.get(SAMPLES).text
    assert house.as_role("head").get(sample).status_code == 200


def test_some_are_named_by_hand(house: House) -> None:
    wanted, _ = somebody(house), somebody(house, "Ode")
    upn = house.desk(urn=NORTH).log.see_all(roll)[wanted].upn
    drawn(house.as_role("senco"), upns=upn)
    (told,) = house.recorded(SampleDrawn)
    assert (told.pupils, told.by_chance) == ((wanted,), False)


def test_nobody_close_to_a_pupil_is_shown_them(house: House) -> None:
    key = somebody(house)
    sample = drawn(house.as_role("senco"), number="1")
    house.desk(email_of("identity_admin")).do(NameConflict(key, "Her uncle"), house.person(email_of("governor", NORTH)))
    assert "Pupil A" not in house.as_role("governor").get(sample).text


@pytest.mark.parametrize(
    ("fields", "until", "says"),
    [
        ({}, date(2026, 12, 3), "Enter how many, or name the pupils."),
        ({"number": "0"}, date(2026, 12, 3), "Enter how many: 10 at most."),
        ({"number": "11"}, date(2026, 12, 3), "Enter how many: 10 at most."),
        ({"number": "5"}, date(2026, 12, 3), "There is 1 on the register."),
        ({"number": "some"}, date(2026, 12, 3), "Enter how many: 10 at most."),
        ({"upns": "A123456789012"}, date(2026, 12, 3), "There is no pupil with one of these UPNs here."),
        ({"number": "1"}, date(2026, 12, 17), "Say until when: 31 days at most."),
        ({"number": "1"}, date(2026, 11, 15), "Say until when: 31 days at most."),
    ],
)
def test_what_cannot_be_drawn_is_told(house: House, fields: dict[str, str], until: date, says: str) -> None:
    somebody(house)
    answer = house.as_role("senco").post(f"{SAMPLES}/new", why=WHY, **fields, **on("until_by", until))
    assert (answer.status_code, errors(answer.text)) == (422, [says])
    assert house.recorded(SampleDrawn) == []


def test_only_pupils_on_the_register_are_drawn(house: House) -> None:
    never = house.pupil()
    upn = house.desk(urn=NORTH).log.see_all(roll)[never].upn
    answer = house.as_role("senco").post(f"{SAMPLES}/new", why=WHY, upns=upn, **on("until_by", date(2026, 12, 3)))
    assert errors(answer.text) == ["Only pupils on the register are drawn."]


@pytest.mark.parametrize("role", ["class_teacher", "trustee", "hr_admin"])
def test_nobody_else_looks_at_one(house: House, role: str) -> None:
    somebody(house)
    sample = drawn(house.as_role("senco"), number="1")
    for path in (SAMPLES, sample, f"{SAMPLES}/new"):
        assert house.as_role(role).get(path).status_code in (403, 404)
    assert house.as_role("governor").get(f"{SAMPLES}/new").status_code == 403
