"""Suspensions of one child: who was told when and how, who must still be told, and how much of the year is used."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Opened
from plugins.lac.facts import SessionsLostElsewhere, SuspensionDecided, SuspensionTold
from plugins.lac.telling import deadlines
from tests.core.house import NORTH, House, HouseMaker, error_links, errors, on
from tests.plugins.lac.care import LAC, desk_of, episode, in_care, opened, school, tell

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
NOBODY_TOLD = ["Tell the social worker", "Tell the virtual school head", "Tell the parent or carer"]


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """It is the afternoon of Tuesday 24 November 2026."""
    house = make_house(like=school)
    house.clock.move_to(TUESDAY, 15)
    return house


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def open_tasks(house: House, child: UUID, role: str = "head") -> list[str]:
    """What is still to do, with how it stands."""
    page = house.as_role(role).get(f"{LAC}/suspensions/{child}").text
    found = re.findall(r'<li class="ts-due[^"]*">(.*?)</li>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]*>", " ", one)).split()) for one in found]


def decided(house: House, child: UUID, day: date = TUESDAY, **more: str) -> UUID:
    """Suspends the child by the form; the suspension."""
    here = f"{LAC}/suspensions/{child}"
    fields = {"decided_at": "14:10", "sessions": "3", "permanent": "false", "cause": "Disruption"} | more
    answer = house.as_role("head").post(f"{here}/decide", **fields, **on("decided_on", day), **on("from_on", day))
    assert (answer.status_code, answer.headers["location"]) == (303, here), errors(answer.text)
    fact = house.facts(SuspensionDecided)[-1].fact
    assert isinstance(fact, SuspensionDecided)
    return fact.suspension


def test_a_suspension_opens_its_tasks_at_once_and_they_are_overdue_when_the_day_is_over(house: House) -> None:
    child = in_care(house)
    decided(house, child)
    assert open_tasks(house, child) == [f"{text} by Tue 24 Nov 2026 today" for text in NOBODY_TOLD]
    house.clock.move_to(WEDNESDAY, 0)
    assert open_tasks(house, child) == [f"{text} by Tue 24 Nov 2026 overdue" for text in NOBODY_TOLD]


def test_a_task_closes_with_the_time_and_the_way_and_not_without(house: House) -> None:
    child = in_care(house)
    one = decided(house, child)
    head, here = house.as_role("head"), f"{LAC}/suspensions/{child}/{one}/tell"
    told = {"whom": "virtual_school", "told_at": "14:35", "channel": "telephone", **on("told_on", TUESDAY)}
    for fields, field in (
        ({"channel": " "}, "channel"),
        ({"told_at": ""}, "told_at"),
        ({"told_at": "half past two"}, "told_at"),
        ({"told_at": "14:09"}, "told_at"),
        ({"whom": ""}, "whom"),
        ({"whom": "the_cat"}, "whom"),
    ):
        answer = head.raw_post(here, data=head.form(here) | told | fields)
        assert answer.status_code == 422, fields
        assert list(error_links(answer.text)) == [field]
    assert house.facts(SuspensionTold) == []
    assert head.post(here, **told).status_code == 303
    assert len(open_tasks(house, child)) == 2
    page = text_of(head.get(f"{LAC}/suspensions/{child}").text)
    assert "Virtual school head 24 November 2026 at 14:35, telephone" in page
    assert 'value="virtual_school"' not in head.get(here).text
    assert 'value="carer"' in head.get(here).text


def test_who_was_told_on_a_later_day_was_told_late(house: House) -> None:
    child = in_care(house)
    one = decided(house, child)
    house.clock.move_to(WEDNESDAY)
    head = house.as_role("head")
    fields = {"whom": "carer", "told_at": "09:00", "channel": "by letter", **on("told_on", WEDNESDAY)}
    head.post(f"{LAC}/suspensions/{child}/{one}/tell", **fields)
    assert "Parent or carer 25 November 2026 at 09:00, by letter late" in text_of(
        head.get(f"{LAC}/suspensions/{child}").text
    )


def test_the_tasks_stand_with_what_needs_doing_until_they_are_done(house: House) -> None:
    child = in_care(house, surname="Adeyemi")
    decided(house, child)

    def due(role: str) -> list[str]:
        found = deadlines(desk_of(house, role), TUESDAY)
        return [one.text for one in found if one.rule == "lac.suspension_tasks"]

    every = [f"Tell of a suspension: {whom}" for whom in ("social worker", "virtual school head", "parent or carer")]
    assert due("head") == due("dsl") == due("designated_teacher") == every
    assert due("senco") == due("business_manager") == []
    page = house.as_role("dsl").get(f"/{NORTH}").text
    assert f'href="{LAC}/suspensions/{child}"' in page


@pytest.mark.parametrize(("care", "tasks"), [("social_worker", [0, 2]), ("kinship_informal", [2])])
def test_who_has_no_virtual_school_has_none_to_tell(house: House, care: str, tasks: list[int]) -> None:
    child = house.pupil()
    tell(house, child, episode(date(2026, 9, 7), care=care))
    decided(house, child)
    wanted = [f"{NOBODY_TOLD[at]} by Tue 24 Nov 2026 today" for at in tasks]
    assert open_tasks(house, child) == wanted
    found = deadlines(desk_of(house, "head"), TUESDAY)
    assert sum(one.rule == "lac.suspension_tasks" for one in found) == len(tasks)


def test_half_days_of_the_year_are_counted_with_those_of_other_schools_up_to_ninety(house: House) -> None:
    child = in_care(house)
    head, here = house.as_role("head"), f"{LAC}/suspensions/{child}"
    assert "Half days lost this year 0 of 90 0 school days" in text_of(head.get(here).text)
    decided(house, child, sessions="7")
    assert head.post(f"{here}/elsewhere", sessions="80").status_code == 303
    page = text_of(head.get(here).text)
    assert "Half days lost this year 87 of 90 43.5 school days Of them at other schools 80" in page
    days = on("decided_on", TUESDAY) | on("from_on", TUESDAY)
    answer = head.post(f"{here}/decide", decided_at="14:10", sessions="4", **days)
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == ["sessions"]
    assert "43.5 school days of this year are used, and 2 more make 45.5." in errors(answer.text)[0]
    decided(house, child, sessions="3")
    assert len(house.facts(SessionsLostElsewhere)) == 1


def test_a_permanent_exclusion_has_no_half_days(house: House) -> None:
    child = in_care(house)
    decided(house, child, permanent="true", sessions="0")
    page = text_of(house.as_role("head").get(f"{LAC}/suspensions/{child}").text)
    assert "Permanent exclusion from 24 November 2026 Decided 24 November 2026 at 14:10. Disruption" in page
    assert "0 of 90" in page


def test_whoever_only_reads_is_shown_no_form(house: House) -> None:
    child = in_care(house)
    one = decided(house, child)
    director = house.as_role("trust_dsl")
    page = director.get(f"{LAC}/suspensions/{child}")
    assert page.status_code == 200
    assert f"{LAC}/suspensions/{child}/" not in page.text
    for address in ("decide", "elsewhere", f"{one}/tell"):
        assert director.get(f"{LAC}/suspensions/{child}/{address}").status_code == 403


def test_what_is_not_of_this_child_is_not_found(house: House) -> None:
    child, other = in_care(house), in_care(house)
    one = decided(house, child)
    head = house.as_role("head")
    for address in (f"{other}/{one}/tell", f"{child}/{uuid4()}/tell", f"{child}/praise"):
        assert head.get(f"{LAC}/suspensions/{address}").status_code == 404


def test_opening_is_recorded_and_the_tab_tells_nothing(house: House) -> None:
    child = in_care(house)
    one = decided(house, child)
    before = len(house.facts(Opened, f"{NORTH}-reads"))
    house.clock.forward(3600)
    head = house.as_role("head")
    assert "<title>Child ·" in head.get(f"{LAC}/suspensions/{child}").text
    assert opened(house, child, before) == {"core.identity", "lac.alerts", "lac.status"}
    for address in ("decide", "elsewhere", f"{one}/tell"):
        assert "<title>Child ·" in head.get(f"{LAC}/suspensions/{child}/{address}").text
