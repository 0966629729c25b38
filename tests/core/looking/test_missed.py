"""Whoever asks for a child who is not theirs to know is told nothing, and it is recorded that they asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts.commands import NameConflict
from core.accounts.facts import TurnedAway
from core.roll.facts import StaffJoined
from tests.core.house import NORTH, SOUTH, House, Program, email_of
from tests.core.looking.test_web import rows

TEACHER = email_of("class_teacher", NORTH)
UNUSUAL = f"/{NORTH}/looks/unusual"


def missed(house: House, urn: str = NORTH) -> list[tuple[UUID | None, UUID | None, str]]:
    """Of whom, by whom and what, for each that was turned away."""
    house.building.settle()
    events = house.facts(TurnedAway, f"{urn}-reads")
    facts = [(one, one.fact) for one in events]
    return [
        (one.subject, one.actor.by if one.actor else None, fact.action)
        for one, fact in facts
        if isinstance(fact, TurnedAway)
    ]


def test_a_child_of_another_class_is_recorded_once_in_an_hour(house: House) -> None:
    house.as_role("class_teacher")
    child, teacher = house.pupil(), house.browser(TEACHER)
    for path in (f"/{NORTH}/pupils/{child}", f"/{NORTH}/pupils/{child}", f"/{NORTH}/register/pupils/{child}"):
        assert teacher.get(path).status_code == 404
    assert missed(house) == [(child, house.person(TEACHER), "find")]
    house.clock.forward(3600)
    teacher.sign_in(TEACHER)
    assert teacher.get(f"/{NORTH}/pupils/{child}").status_code == 404
    assert len(missed(house)) == 2


def test_for_whoever_may_know_every_child_nobody_stands_in_no_log(house: House) -> None:
    child, senco = house.pupil(), house.as_role("senco")
    assert senco.get(f"/{NORTH}/pupils/{uuid4()}").status_code == 404
    assert senco.get(f"/{NORTH}/pupils/{child}/entries/{uuid4()}/withdraw").status_code == 404
    assert missed(house) == []


def test_what_is_not_there_of_a_child_of_theirs_is_not_recorded(house: House) -> None:
    house.as_role("class_teacher")
    mine = house.pupil(form="7A")
    house.tell(house.person(TEACHER), StaffJoined("A Teacher", "Teacher", "7A", date(2026, 9, 1)))
    teacher = house.browser(TEACHER)
    assert teacher.get(f"/{NORTH}/pupils/{mine}").status_code == 200
    assert teacher.get(f"/{NORTH}/pupils/{mine}/entries/{uuid4()}/withdraw").status_code in (403, 404)
    house.clock.forward(1)
    assert [one for one in missed(house) if one[2] == "find"] == []


def test_a_child_and_nobody_leave_the_log_at_the_same_length(house: House) -> None:
    """Its length is published."""
    house.as_role("class_teacher")
    teacher, grown = house.browser(TEACHER), []
    for asked in (house.pupil(), uuid4()):
        house.clock.forward(1)
        before = house.log_size(f"{NORTH}-reads")
        assert teacher.get(f"/{NORTH}/pupils/{asked}").status_code == 404
        house.building.settle()
        grown.append(house.log_size(f"{NORTH}-reads") - before)
    assert grown == [1, 1]


def test_a_program_that_reaches_less_than_its_person_is_not_told_of(house: House) -> None:
    child, dpo = house.pupil(), email_of("dpo")
    token = house.building.desk_store.tokens.make(
        house.person(dpo), "Accounts", writes=False, seconds=3600, reach=("accounts",)
    )
    headers = {"Authorization": f"Bearer {token}"}
    answer = house.browser().get(f"/api/v1/{NORTH}/roll/views/pupil/{child}", headers=headers)
    assert answer.status_code in (403, 404)
    assert [one for one in missed(house) if one[2] == "find"] == []


def test_a_child_close_to_them_is_recorded(house: House) -> None:
    child, senco = house.pupil(), house.as_role("senco")
    person = house.person(email_of("senco", NORTH))
    house.desk(email_of("identity_admin")).do(NameConflict(child, "Her niece"), person)
    assert senco.get(f"/{NORTH}/pupils/{child}").status_code == 404
    assert missed(house) == [(child, person, "find")]


def test_another_academy_is_recorded_there_with_whom_was_asked_for(house: House) -> None:
    child, senco = house.pupil(urn=SOUTH), house.as_role("senco")
    assert senco.get(f"/{SOUTH}/pupils/{child}").status_code == 404
    assert senco.get("/999999").status_code == 404
    person = house.person(email_of("senco", NORTH))
    assert missed(house, SOUTH) == [(child, person, "find")]
    house.clock.forward(1)
    assert senco.get(f"/{SOUTH}").status_code == 404
    assert missed(house, SOUTH)[1:] == [(person, person, "enter")]
    assert missed(house) == []


def test_a_page_of_the_centre_that_is_not_there_is_no_child(house: House) -> None:
    admin = house.as_role("identity_admin")
    assert admin.get(f"/people/{uuid4()}").status_code == 404
    house.building.settle()
    assert house.facts(TurnedAway, "trust-reads") == []


def test_a_program_is_recorded_too(house: House) -> None:
    house.as_role("class_teacher")
    child = house.pupil()
    program = Program(house, TEACHER)
    answer = program.get(f"/api/v1/{NORTH}/roll/views/pupil/{child}")
    assert answer.status_code == 404
    assert missed(house) == [(child, house.person(TEACHER), "find")]


def test_whoever_may_read_the_trail_sees_who_asked_for_a_child(house: House) -> None:
    house.as_role("class_teacher")
    child, teacher = house.pupil(), house.browser(TEACHER)
    dpo = house.as_role("dpo")
    assert "was not shown it" not in dpo.get(f"/{NORTH}/looks/{child}").text
    assert teacher.get(f"/{NORTH}/pupils/{child}").status_code == 404
    house.building.settle()
    page = dpo.get(f"/{NORTH}/looks/{child}").text
    assert "Who asked for it and was not shown it" in page
    (told,) = dpo.get(f"/api/v1/{NORTH}/looks/{child}").json()["not_shown"]
    assert (told["name"], told["person"]) == ("Class Teacher 139204", str(house.person(TEACHER)))
    assert rows(dpo, f"/{NORTH}/looks/{child}")[-1].startswith("Class Teacher 139204")


@pytest.mark.parametrize(("children", "told"), [(2, False), (3, True)])
def test_three_in_a_day_are_worth_a_second_look(house: House, children: int, *, told: bool) -> None:
    house.as_role("class_teacher")
    teacher = house.browser(TEACHER)
    for child in [house.pupil() for _ in range(children)]:
        house.clock.forward(1)
        assert teacher.get(f"/{NORTH}/pupils/{child}").status_code == 404
        house.building.settle()
    says = "Asked for the records of 3 children who are not theirs to know."
    assert (says in house.as_role("dpo").get(UNUSUAL).text) is told
