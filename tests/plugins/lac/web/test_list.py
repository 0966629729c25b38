"""The list: whom it shows, to whom, and how it is taken away."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from uuid import UUID

import pytest

from core.accounts.facts import Exported
from core.roll.facts import PupilLeft
from plugins.lac.facts import (
    KinshipDeclared,
    PreviousCareDeclared,
)
from tests.core.house import NORTH, Browser, House, HouseMaker
from tests.plugins.lac.care import (
    FOUND,
    LAC,
    B,
    agreed_plan,
    in_care,
    started,
    tell,
)
from tests.plugins.lac.web.reading import MONDAY, main_of

# The list


def names(text: str) -> list[str]:
    """The children of the list itself, in order."""
    return re.findall(r'<tr><th scope="row" class="n"><a [^>]*>([^<]*)</a>', text.partition('id="before"')[0])


def five(house: House) -> dict[str, UUID]:
    """Late with the school; late with the authority; due soon; agreed and done; of no known authority."""
    house.clock.move_to(date(2026, 11, 23))
    found = {
        "school": in_care(house, surname="School"),
        "authority": in_care(house, told_on=date(2026, 11, 9), surname="Authority"),
        "soon": in_care(house, date(2026, 11, 23), code=B, surname="Soon", year="5"),
        "done": in_care(house, date(2026, 9, 14), surname="Done"),
        "unknown": in_care(house, surname="Unknown", code=""),
    }
    started(house, found["school"], date(2026, 10, 28))
    agreed_plan(house, found["done"], date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 8))
    return found


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Authority", "School", "Soon", "Done", "Unknown"]),
        ("?show=school", ["School"]),
        ("?show=authority", ["Authority"]),
        ("?show=soon", ["Authority", "School", "Soon"]),
        ("?show=in_hand", ["School"]),
        ("?authority=341", ["Soon"]),
        ("?authority=unknown", ["Unknown"]),
        ("?year=5", ["Soon"]),
        ("?sort=name", ["Authority", "Done", "School", "Soon", "Unknown"]),
        ("?sort=-since", ["Soon", "Unknown", "School", "Authority", "Done"]),
    ],
)
def test_the_list_shows_who_is_asked_for(house: House, query: str, shown: list[str]) -> None:
    five(house)
    found = names(house.as_role("designated_teacher").get(LAC + query).text)
    assert [name.partition(",")[0] for name in found] == shown


def test_the_list_counts_lateness_apart_by_whose_it_is(house: House) -> None:
    five(house)
    shown = main_of(house.as_role("designated_teacher").get(LAC).text)
    for figure in (
        "In care 5 by 2 authorities",
        "Late with the school 1",
        "Late with the authority 1",
        "Plans in hand 1",
    ):
        assert figure in shown
    assert "7 days late, with the school" in shown
    assert "21 days late, with the authority" in shown
    assert "authority unknown" in shown
    assert "no clock runs" in shown


def test_a_name_is_searched_for_without_standing_in_the_address(house: House, teacher: Browser) -> None:
    in_care(house, surname="Byron"), in_care(house, surname="Stoker")
    answer = teacher.post(LAC, q="byron")
    assert answer.status_code == 303
    assert "byron" not in answer.headers["location"].casefold()
    assert [name.partition(",")[0] for name in names(teacher.get(answer.headers["location"]).text)] == ["Byron"]


def test_the_list_is_taken_out_as_it_is_filtered_and_that_is_recorded(house: House) -> None:
    five(house)
    teacher = house.as_role("designated_teacher")
    answer = teacher.get(f"{LAC}/list.csv?show=school")
    header, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = dict(zip(header, row, strict=True))
    assert told["Surname"] == "School"
    assert (told["Plan"], told["Next due"], told["By"]) == ("being written", "Complete the first PEP", "2026-11-16")
    assert (told["Looking-after authority"], told["Late with"]) == ("Eastshire", "school")
    assert teacher.get(f"{LAC}/list.xlsx").content[:2] == b"PK"
    exported = [(event.record, event.fact.rows) for event in house.facts(Exported, f"{NORTH}-reads")]  # type: ignore[union-attr]
    assert exported == [("lac.status", 1), ("lac.pep", 1), ("lac.status", 5), ("lac.pep", 5)]
    for role in ("head", "dsl"):
        assert house.as_role(role).get(f"{LAC}/list.csv").status_code == 403


def test_children_who_left_the_roll_are_not_in_the_list(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    house.tell(pupil, PupilLeft(date(2026, 11, 1)))
    assert "No child in care is recorded here." in teacher.get(LAC).text


def test_who_was_in_care_is_listed_apart_and_silence_is_never_a_no(house: House, teacher: Browser) -> None:
    before, kin, silent = (house.pupil(surname=name) for name in ("Before", "Kin", "Silent"))
    tell(house, before, PreviousCareDeclared("G", date(2026, 3, 2), MONDAY))
    tell(house, kin, KinshipDeclared("KI", MONDAY))
    tell(house, silent, PreviousCareDeclared("N", None, MONDAY), KinshipDeclared("ND", MONDAY))
    shown = main_of(teacher.get(LAC).text)
    assert "Before, Robin Year 4 · 4B Left care by special guardianship (G) not declared no proof seen yet" in shown
    assert "Kin, Robin Year 4 · 4B not declared Informal kinship care (KI)" in shown
    assert "Silent" not in shown


def test_without_term_dates_the_list_says_what_cannot_be_told(make_house: HouseMaker) -> None:
    house = make_house(plugins=("register", "lac"), found=FOUND)
    house.switch(on=True, plugin="lac")
    house.grant("designated_teacher")
    assert "No term dates are set for this academy" in house.as_role("designated_teacher").get(LAC).text
