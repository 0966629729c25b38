"""The child's page: what is told of care, plans and money."""

from __future__ import annotations

import html
from datetime import date
from uuid import uuid4

import pytest

from plugins.lac.facts import (
    ClaimMade,
    EpisodeEnded,
    EvidenceSeen,
    MeetingHeld,
    PreviousCareDeclared,
    SdqScored,
    SuspensionDecided,
)
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import Browser, House
from tests.plugins.lac.care import (
    LAC,
    A,
    agreed_plan,
    desk_of,
    episode,
    in_care,
    named,
    started,
    tell,
)
from tests.plugins.lac.web.reading import MONDAY, OCTOBER, child, main_of

# Care, as the page tells it


def test_an_episode_shows_its_legal_status_when_the_school_was_told_and_the_proof(
    house: House, teacher: Browser
) -> None:
    pupil, began = house.pupil(), episode(OCTOBER, date(2026, 11, 9))
    tell(house, pupil, began, EvidenceSeen(began.episode, "authority_letter", MONDAY, desk_of(house).person_id))
    shown = child(teacher, pupil)
    assert "Legal status Care order, section 31 (C2)" in shown
    assert "The school was told 9 November 2026, 21 days after it began" in shown
    assert "Letter from the social worker or virtual school, 16 November 2026, by Designated Teacher 139204" in shown


def test_what_is_not_known_of_an_episode_is_marked(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, episode(OCTOBER, legal=""))
    shown = child(teacher, pupil)
    assert "Legal status not told" in shown
    assert "Proof seen none" in shown
    listed = main_of(teacher.get(LAC).text)
    assert "no legal status no proof seen" in listed


@pytest.mark.parametrize(
    ("cause", "follows"),
    [
        ("E47", "What follows Census code G, kinship KF"),
        ("E46", "What follows Census code G, kinship ND"),
        ("E4A", "What follows Census code N"),
        ("E3", "What follows Another authority has taken over"),
    ],
)
def test_the_reason_an_episode_ended_leads_to_its_census_codes(
    house: House, teacher: Browser, cause: str, follows: str
) -> None:
    pupil, began = house.pupil(), episode(OCTOBER)
    tell(house, pupil, began, EpisodeEnded(began.episode, date(2026, 11, 2), cause))
    assert follows in child(teacher, pupil)
    noted = html.unescape(teacher.get(f"{LAC}/care/{pupil}/previous").text)
    assert ("follows G." in noted) is (cause in {"E46", "E47"})


def test_each_of_the_four_authorities_is_entered_or_unknown(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, named(A, "plan", MONDAY))
    shown = child(teacher, pupil)
    assert "Looks after the child unknown" in shown
    assert "Area of the school unknown" in shown
    assert "EHC plan Eastshire Letter of the social worker, 16 November 2026" in shown
    assert "Pays for the EHC plan unknown" in shown


def test_previous_care_tells_when_the_school_is_first_paid(house: House) -> None:
    house.clock.move_to(date(2026, 12, 1))
    pupil, seen_by = house.pupil(), desk_of(house).person_id
    tell(house, pupil, PreviousCareDeclared("A", date(2026, 11, 20), date(2026, 12, 1)))
    teacher = house.as_role("designated_teacher")
    assert "Earliest premium no proof seen yet" in child(teacher, pupil)
    tell(house, pupil, EvidenceSeen(None, "adoption_order", date(2026, 12, 1), seen_by))
    assert "Earliest premium 2028-29: counted on 7 October 2027, paid from 1 April 2028" in child(teacher, pupil)


def test_a_code_of_previous_care_does_not_count_while_the_child_is_looked_after(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    tell(house, pupil, PreviousCareDeclared("A", date(2026, 3, 2), MONDAY), episode(OCTOBER))
    assert "The child is looked after then, so the code does not count." in child(teacher, pupil)


def test_questionnaires_are_read_in_words_and_told_as_returnable_or_not(house: House, teacher: Browser) -> None:
    pupil = in_care(house, date(2025, 12, 1), born_on=date(2012, 3, 4))
    tell(house, pupil, SdqScored(18, "", date(2026, 11, 2)), SdqScored(None, "SDQ5", date(2026, 3, 2)))
    shown = child(teacher, pupil)
    assert "2 November 2026 18 of 40 cause for concern returnable for the year to 31 March 2027" in shown
    assert "2 March 2026 Child refused not returnable for the year to 31 March 2026" in shown


def test_claims_and_suspensions_are_summed_up_with_the_way_to_them(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    pep = started(house, pupil, OCTOBER)
    days = (date(2026, 11, 2), date(2026, 12, 1))
    tell(house, pupil, ClaimMade(uuid4(), pep, uuid4(), 18_000, *days, "", MONDAY, "Tutoring"))
    tell(house, pupil, SuspensionDecided(uuid4(), False, MONDAY, 850, MONDAY, 4, "Fighting"))
    shown = teacher.get(f"{LAC}/children/{pupil}").text
    assert "Asked for £180.00" in main_of(shown)
    assert "Lost in 2026-27 4 sessions" in main_of(shown)
    assert "social worker, virtual school head, parent or carer still to tell" in main_of(shown)
    assert f'href="{LAC}/money/{pupil}"' in shown
    assert f'href="{LAC}/suspensions/{pupil}"' in shown


# One meeting for the PEP and an EHC plan


def test_an_ehc_plan_is_unsaid_where_the_register_is_off(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    house.tell(pupil, PlanIssued(date(2026, 1, 5)))
    house.switch(on=False)
    assert "Whether there is an EHC plan is not told here, which is never a no" in child(teacher, pupil)


def test_without_a_plan_the_register_s_word_is_told(house: House, teacher: Browser) -> None:
    assert "The SEN register knows of no EHC plan." in child(teacher, in_care(house))


@pytest.mark.parametrize(
    ("reviewed_on", "says"),
    [
        (
            date(2026, 3, 21),
            "due by 20 March 2027, the PEP by 12 March 2027. Suggested: one meeting for both, by 12 March 2027.",
        ),
        (date(2026, 5, 21), "due by 20 May 2027, the PEP by 12 March 2027: too far apart for one meeting."),
    ],
)
def test_one_meeting_is_suggested_where_both_are_due_together(house: House, reviewed_on: date, says: str) -> None:
    house.clock.move_to(date(2027, 3, 1))
    pupil = in_care(house, date(2026, 10, 19))
    house.tell(pupil, PlacedOnRegister("E", ("SLCN",), OCTOBER, OCTOBER, "Seen"), PlanIssued(reviewed_on))
    agreed_plan(house, pupil, date(2026, 10, 28), date(2026, 11, 5), date(2026, 11, 12))
    pep = started(house, pupil, date(2027, 2, 22), why="termly", due_by=date(2027, 3, 12))
    tell(house, pupil, MeetingHeld(pep, date(2027, 2, 26), ("child",), None))
    assert says in child(house.as_role("designated_teacher"), pupil)
