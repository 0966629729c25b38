"""The assessors page: who may assess today, appointing, ending."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from plugins.exams.facts import AssessorAppointed, AssessorEnded
from tests.core.house import House, errors, on

from .candidates import EXAMS, told, words

PAGE = f"{EXAMS}/assessors"
TODAY = date(2026, 11, 16)
SEEN = date(2025, 9, 8)


def appointing(**more: str) -> dict[str, str]:
    usual = {"name": "Pat Lind", "route": "level_7"} | on("seen_on", TODAY) | on("appointed_on", TODAY)
    return usual | on("valid_by", date(2028, 8, 31)) | more


def appointed(name: str, valid_by: date | None) -> AssessorAppointed:
    return AssessorAppointed(name, "psychologist", SEEN, valid_by, SEEN)


def test_an_assessor_is_appointed_listed_and_ended(house: House) -> None:
    senco, path = house.as_role("senco"), f"{PAGE}/appoint"
    answer = senco.raw_post(path, data=senco.form(path) | appointing())
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    page = senco.get(PAGE).text
    assert "1 person may assess today." in page
    assert "Pat Lind may assess Access arrangements assessor: Level 7 course" in words(page)
    (event,) = house.facts(AssessorAppointed)
    end = f"{PAGE}/{event.subject}/end"
    assert end in page
    assert "Pat Lind" in senco.get(end).text
    assert senco.raw_post(end, data=senco.form(end) | on("ended_on", TODAY)).status_code == 303
    assert "until 16 November 2026" in words(senco.get(PAGE).text)
    assert "0 people may assess today." not in senco.get(PAGE).text  # the last day counts
    house.clock.move_to(date(2026, 11, 17))
    assert "0 people may assess today." in house.as_role("senco").get(PAGE).text
    assert [fact.ended_on for fact in house.recorded(AssessorEnded)] == [TODAY]


def test_the_same_form_appoints_one_person(house: House) -> None:
    senco, path = house.as_role("senco"), f"{PAGE}/appoint"
    sent = senco.form(path) | appointing()
    for _ in range(2):
        assert senco.raw_post(path, data=sent).status_code == 303
    assert len(house.facts(AssessorAppointed)) == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (appointing(name=""), "Enter the assessor's name."),
        (appointing(route=""), "Enter the qualification."),
        (appointing(route="charm"), "Choose the qualification from the list."),
        (appointing(**{"seen_on-day": "17"}), "The day must be today or in the past."),
        (appointing(**{"valid_by-year": "2020"}), "The qualification had run out when it was seen."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(
    house: House, fields: dict[str, str], says: str
) -> None:
    head, path = house.as_role("head"), f"{PAGE}/appoint"
    answer = head.raw_post(path, data=head.form(path) | fields)
    assert (answer.status_code, errors(answer.text)) == (422, [says])
    assert f'value="{fields["name"]}"' in answer.text
    assert house.facts(AssessorAppointed) == []


def test_those_who_may_assess_today_stand_first_and_the_others_say_why_not(house: House) -> None:
    for name, valid_by in (("Ann", date(2026, 8, 31)), ("Bob", date(2026, 12, 31)), ("Cat", None), ("Dan", TODAY)):
        told(house, uuid4(), appointed(name, valid_by))
    gone = uuid4()
    told(house, gone, appointed("Abe", None), AssessorEnded(date(2026, 7, 20)))
    page = words(house.as_role("exams_officer").get(PAGE).text)
    shown = [
        "Bob runs out in 45 days",
        "Cat may assess",
        "Dan runs out today",
        "Abe assesses no more",
        "Ann proof has run",
    ]
    places = [page.index(one) for one in shown]
    assert places == sorted(places)
    assert "does not run out" in page


def test_who_may_only_read_is_offered_no_act(house: House) -> None:
    told(house, uuid4(), appointed("Cat", None))
    page = house.as_role("exams_officer").get(PAGE).text
    assert "Appoint an assessor" not in page
    assert "/end" not in page
    assert house.as_role("exams_officer").get(f"{PAGE}/appoint").status_code == 403
    assert house.as_role("class_teacher").get(PAGE).status_code == 403


def test_an_assessor_nobody_appointed_is_not_there(house: House) -> None:
    assert house.as_role("senco").get(f"{PAGE}/{uuid4()}/end").status_code == 404


def test_an_empty_list_says_what_comes_next(house: House) -> None:
    assert "Nobody is appointed yet." in house.as_role("senco").get(PAGE).text
