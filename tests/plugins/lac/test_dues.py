"""What is due for a child in care, as the child's page tells it: the worked days of the domain notes."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import UUID

import pytest

from plugins.lac.facts import CareReviewHeld, MeetingHeld, PepReturned
from tests.core.house import House
from tests.plugins.lac.care import (
    LAC,
    A,
    B,
    agreed_plan,
    clocks,
    episode,
    in_care,
    named,
    sent,
    set_up,
    started,
    tell,
    written,
)

NOVEMBER = date(2026, 11, 16)


def child_page(house: House, pupil: UUID) -> str:
    return house.as_role("designated_teacher").get(f"{LAC}/children/{pupil}").text


def dues(house: House, pupil: UUID) -> dict[str, str]:
    """What is due by its heading, with everything said of it in plain words."""
    found = re.findall(r'<li class="ts-due [^"]*">(.*?)</li>', child_page(house, pupil), re.DOTALL)
    told = [re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", one))).strip() for one in found]
    return {one.partition(" by ")[0]: one.partition(" by ")[2] for one in told}


@pytest.mark.parametrize(
    ("looked_after_on", "start_by", "complete_by"),
    [
        (date(2026, 10, 19), "Mon 2 Nov 2026", "Mon 16 Nov 2026"),  # 1: half-term counts
        (date(2026, 12, 14), "Wed 30 Dec 2026", "Thu 14 Jan 2027"),  # 2: Christmas
        (date(2027, 3, 22), "Wed 7 Apr 2027", "Wed 21 Apr 2027"),  # 3: Easter
        (date(2026, 7, 20), "Mon 3 Aug 2026", "Mon 17 Aug 2026"),  # 4: summer
        (date(2026, 12, 12), "Tue 29 Dec 2026", "Wed 13 Jan 2027"),  # 5: a weekend
    ],
)
def test_a_first_pep_is_started_and_complete_by_working_days_whatever_the_holidays(
    house: House, looked_after_on: date, start_by: str, complete_by: str
) -> None:
    house.clock.move_to(max(looked_after_on, NOVEMBER))
    told = dues(house, in_care(house, looked_after_on))
    assert told["Start the first PEP"].startswith(start_by)
    assert told["Complete the first PEP"].startswith(complete_by)


@pytest.mark.parametrize(
    ("looked_after_on", "what", "due_by", "act_by"),
    [
        (date(2026, 11, 23), "Complete the first PEP", "Mon 21 Dec 2026", "Act by Fri 18 Dec 2026"),  # 6
        (date(2026, 12, 14), "Start the first PEP", "Wed 30 Dec 2026", "Act by Fri 18 Dec 2026"),  # 2
    ],
)
def test_a_day_in_the_holidays_shows_the_last_school_day_before_it(
    house: House, looked_after_on: date, what: str, due_by: str, act_by: str
) -> None:
    house.clock.move_to(looked_after_on)
    pupil = in_care(house, looked_after_on)
    assert dues(house, pupil)[what].startswith(due_by)
    assert act_by in dues(house, pupil)[what]


def test_the_list_shows_the_last_school_day_as_well(house: House) -> None:
    house.clock.move_to(date(2026, 12, 1))
    pupil = in_care(house, date(2026, 11, 23), code=B)
    pep = started(house, pupil, date(2026, 11, 25))
    tell(house, pupil, MeetingHeld(pep, date(2026, 11, 30), ("child",), None))
    shown = house.as_role("designated_teacher").get(LAC).text
    assert "by Mon 21 Dec 2026" in shown
    assert "act by Fri 18 Dec 2026" in shown


def test_a_day_that_is_a_school_day_says_nothing_of_another(house: House) -> None:
    house.clock.move_to(date(2026, 12, 14))
    told = dues(house, in_care(house, date(2026, 12, 14)))
    assert "school day" not in told["Complete the first PEP"]


def test_once_the_last_school_day_is_over_it_is_told_as_past(house: House) -> None:
    pupil = in_care(house, date(2026, 11, 16), told_on=date(2026, 11, 16))
    house.clock.move_to(date(2026, 12, 19))
    set_up(house, clocks(A, "Eastshire", complete_days=26, from_on=date(2025, 10, 1)))
    assert dues(house, pupil)["Complete the first PEP"].startswith("Tue 22 Dec 2026 3 days left")
    assert "The last school day before it was Fri 18 Dec 2026." in dues(house, pupil)["Complete the first PEP"]


def test_an_interim_pep_is_asked_for_when_every_day_falls_in_the_holidays(house: House) -> None:
    summer, winter = in_care(house, date(2026, 7, 20)), in_care(house, date(2026, 10, 19))
    for pupil, wanted in ((summer, True), (winter, False)):
        assert ("Ask the virtual school for an interim PEP" in child_page(house, pupil)) is wanted


def test_each_child_has_the_clocks_of_its_own_authority(house: House) -> None:
    of_a, of_b = (dues(house, in_care(house, code=code)) for code in (A, B))
    assert of_a["Start the first PEP"].startswith("Mon 2 Nov 2026")
    assert "Start the first PEP" not in of_b
    assert of_a["Complete the first PEP"].partition(" 7")[0] == of_b["Complete the first PEP"].partition(" 7")[0]


def test_a_change_of_clocks_moves_no_other_authority_and_no_plan_that_is_started_or_closed(house: House) -> None:
    other, waiting, begun, closed = (in_care(house, code=code) for code in (B, A, A, A))
    started(house, begun, date(2026, 10, 28))
    agreed_plan(house, closed, date(2026, 10, 28), date(2026, 11, 5), date(2026, 11, 12))
    before = [dues(house, pupil) for pupil in (other, begun, closed)]
    set_up(house, clocks(A, "Eastshire", start_days=5, complete_days=15, from_on=date(2026, 11, 1)))
    assert [dues(house, pupil) for pupil in (other, begun, closed)] == before
    assert dues(house, waiting)["Start the first PEP"].startswith("Mon 26 Oct 2026")
    assert dues(house, waiting)["Complete the first PEP"].startswith("Mon 9 Nov 2026")


def test_a_meeting_keeps_the_colour_it_had_under_its_own_plan_s_settings(house: House) -> None:
    pupil = in_care(house, date(2026, 9, 14))
    pep = started(house, pupil, date(2026, 9, 20))
    tell(house, pupil, *written(pep, date(2026, 11, 12)))
    assert "green: in time" in dues(house, pupil)["PEP meeting of autumn 2026"]
    set_up(house, clocks(A, "Eastshire", window="half_term", from_on=date(2026, 11, 13)))
    assert "green: in time" in dues(house, pupil)["PEP meeting of autumn 2026"]


def test_a_school_that_was_told_late_is_not_late_and_the_days_stay(house: House) -> None:
    house.clock.move_to(date(2026, 11, 20))
    pupil = in_care(house, date(2026, 10, 19), told_on=date(2026, 11, 9))
    told = dues(house, pupil)
    assert told["Start the first PEP"].startswith("Mon 2 Nov 2026 18 days late, with the authority")
    assert told["Complete the first PEP"].startswith("Mon 16 Nov 2026 4 days late, with the authority")
    assert "The school was told late." in told["Start the first PEP"]
    assert "with the school" not in told["Start the first PEP"] + told["Complete the first PEP"]


def test_after_its_own_days_the_school_is_late_as_well_and_both_are_told(house: House) -> None:
    pupil = in_care(house, date(2026, 10, 19), told_on=date(2026, 11, 9))
    house.clock.move_to(date(2026, 11, 25))
    told = dues(house, pupil)["Start the first PEP"]
    assert told.startswith("Mon 2 Nov 2026 23 days late, with the authority")
    assert "Late 21 days with the authority and 2 days with the school." in told


def test_what_is_late_in_the_school_s_hands_is_the_school_s(house: House) -> None:
    pupil = in_care(house)
    started(house, pupil, date(2026, 10, 28))
    house.clock.move_to(date(2026, 11, 23))
    told = dues(house, pupil)
    assert "done 28 October 2026" in told["Start the first PEP"]
    assert told["Complete the first PEP"].startswith("Mon 16 Nov 2026 7 days late, with the school")


def test_a_plan_sent_in_time_and_agreed_late_is_the_authority_s_lateness(house: House) -> None:
    pupil = in_care(house)
    house.clock.move_to(date(2026, 11, 23))
    agreed_plan(house, pupil, date(2026, 10, 28), date(2026, 11, 12), date(2026, 11, 20))
    told = dues(house, pupil)["Complete the first PEP"]
    assert "done 20 November 2026" in told
    assert "4 days late, with the authority" in told


def test_a_plan_returned_on_the_day_it_was_sent_lies_with_the_school_again(house: House) -> None:
    pupil = in_care(house)
    house.clock.move_to(date(2026, 11, 23))
    pep = started(house, pupil, date(2026, 10, 28))
    tell(house, pupil, *written(pep, date(2026, 11, 12)))
    tell(house, pupil, *sent(house, pupil, pep, date(2026, 11, 12)))
    assert "7 days late, with the authority" in dues(house, pupil)["Complete the first PEP"]
    tell(house, pupil, PepReturned(pep, date(2026, 11, 12), "Say more about reading"))
    assert "7 days late, with the school" in dues(house, pupil)["Complete the first PEP"]


def test_a_new_version_of_an_agreed_plan_does_not_open_its_clock_again(house: House) -> None:
    pupil = in_care(house)
    pep = agreed_plan(house, pupil, date(2026, 10, 28), date(2026, 11, 5), date(2026, 11, 12))
    before = dues(house, pupil)["Complete the first PEP"]
    house.clock.move_to(date(2026, 12, 10))
    started(house, pupil, date(2026, 12, 9), follows=pep)
    assert dues(house, pupil)["Complete the first PEP"] == before


def test_a_new_school_is_given_its_own_days(house: House) -> None:
    house.clock.move_to(date(2027, 1, 5))
    told = dues(house, in_care(house, date(2026, 10, 19), entered_on=date(2027, 1, 5)))
    assert told["PEP after the new school"].startswith("Tue 2 Feb 2027")


def test_a_meeting_meets_its_term_and_the_next_is_due_by_the_end_of_the_next(house: House) -> None:
    pupil = in_care(house)
    pep = started(house, pupil, date(2026, 10, 28))
    tell(house, pupil, MeetingHeld(pep, date(2026, 11, 12), ("child",), None))
    assert "done 12 November 2026 green" in dues(house, pupil)["PEP meeting of autumn 2026"]
    house.clock.move_to(date(2027, 1, 11))
    assert dues(house, pupil)["PEP meeting of spring 2027"].startswith("Thu 25 Mar 2027")


def test_a_meeting_after_the_authority_s_window_is_amber_and_not_red(house: House) -> None:
    set_up(house, clocks(A, "Eastshire", window="half_term", from_on=date(2025, 10, 1)))
    pupil = in_care(house)
    house.clock.move_to(date(2027, 3, 5))
    assert "amber: the authority's window is over" in dues(house, pupil)["PEP meeting of spring 2027"]
    pep = started(house, pupil, date(2027, 2, 22), why="termly", due_by=date(2027, 3, 25))
    tell(house, pupil, MeetingHeld(pep, date(2027, 3, 1), ("child",), None))
    assert "amber: after the authority's window" in dues(house, pupil)["PEP meeting of spring 2027"]
    house.clock.move_to(date(2027, 3, 31))
    assert "red: the term is over" in dues(house, in_care(house))["PEP meeting of spring 2027"]


@pytest.mark.parametrize(
    ("held", "due_by"),
    [
        ((), "Mon 16 Nov 2026"),
        ((date(2026, 11, 16),), "Tue 16 Feb 2027"),  # 12
        ((date(2026, 11, 16), date(2027, 2, 10)), "Tue 10 Aug 2027"),
        ((date(2026, 11, 30),), "Sun 28 Feb 2027"),  # 13: the month's end
    ],
)
def test_a_review_of_care_is_counted_from_the_day_the_last_was_held(
    house: House, held: tuple[date, ...], due_by: str
) -> None:
    pupil = in_care(house)
    house.clock.move_to(max((NOVEMBER, *held)))
    for day in held:
        tell(house, pupil, CareReviewHeld(day))
    assert dues(house, pupil)["Review of care, held"].startswith(f"the authority by {due_by}")


@pytest.mark.parametrize(("ends", "is_due"), [("academic_year", True), ("birthday", False)])
def test_the_duty_ends_as_the_authority_says(house: House, ends: str, is_due: bool) -> None:
    set_up(house, clocks(A, "Eastshire", ends=ends, from_on=date(2025, 10, 1)))
    pupil = in_care(house, born_on=date(2009, 2, 3), year="13")
    house.clock.move_to(date(2027, 2, 4))
    assert ("PEP meeting of spring 2027" in dues(house, pupil)) is is_due


def test_a_pupil_without_an_authority_has_no_clock_and_the_page_says_what_to_do(house: House) -> None:
    shown = child_page(house, in_care(house, code=""))
    assert "The looking-after authority is unknown, so none of its clocks runs." in shown
    assert "Name the authority" in shown


@pytest.mark.parametrize("legal", ["V3", "V4", "J1"])
def test_where_no_pep_is_due_by_itself_the_page_says_whom_to_ask(house: House, legal: str) -> None:
    pupil = house.pupil()
    tell(house, pupil, episode(date(2026, 10, 19), legal=legal), named())
    assert dues(house, pupil) == {}
    assert "Ask the virtual school whether it wants a PEP." in child_page(house, pupil)


def test_an_agreed_plan_stays_done_whatever_is_agreed_later(house: House) -> None:
    pupil = in_care(house)
    agreed_plan(house, pupil, date(2026, 10, 28), date(2026, 11, 5), date(2026, 11, 12))
    assert dues(house, pupil)["Complete the first PEP"].startswith("Mon 16 Nov 2026 done 12 November 2026")
