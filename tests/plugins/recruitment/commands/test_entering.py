"""What is refused of applications as they come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import NotAllowed, Stale
from core.roll.importing import digest
from plugins.recruitment.commands import CloseVacancy, ExplainGap, TakeApplications, new_applications
from plugins.recruitment.facts import Job as Worked
from plugins.recruitment.facts import PersonNamed, Schooling
from plugins.recruitment.views import applicant_id, applications
from tests.core.house import SOUTH, House, email_of
from tests.plugins.recruitment.commands.applying import TOMORROW, entering, refused
from tests.plugins.recruitment.sifting import TODAY, applicant, desk_of, tell


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"surname": " "}, "no_name", "surname"),
        ({"email": "nowhere"}, "not_an_address", "email"),
        ({"made_on": TOMORROW}, "in_future", "made_on"),
        ({"born_on": TOMORROW}, "in_future", "born_on"),
        ({"made_on": date(2026, 11, 1)}, "not_open", "made_on"),
        ({"own_form": False}, "no_form", "own_form"),
        ({"jobs": (Worked("A", "B", TODAY, date(2026, 1, 1), True, ""),)}, "turned_round", "jobs"),
        ({"schooling": (Schooling("A", "B", TODAY, date(2026, 1, 1)),)}, "turned_round", "schooling"),
    ],
)
def test_an_application_that_cannot_be_is_refused_at_its_field(
    house: House, vacancy: UUID, more: dict[str, Any], code: str, field: str
) -> None:
    assert refused(house, entering(vacancy, **more), uuid4()) == (code, field)
    assert refused(house, TakeApplications((entering(vacancy, **more),)), vacancy) == (code, field)


def test_nobody_applies_twice_for_one_vacancy_a_pupil_for_none_and_none_comes_once_it_is_closed(
    house: House, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    assert refused(house, entering(vacancy), person) == ("no_change", None)
    assert refused(house, entering(vacancy), house.pupil()) == ("is_pupil", None)
    assert refused(house, entering(uuid4()), uuid4()) == ("not_in_list", "vacancy")
    desk_of(house).do(CloseVacancy("withdrawn"), vacancy)
    assert refused(house, entering(vacancy), uuid4()) == ("not_open", "made_on")


def test_numbers_go_on_from_the_highest_and_never_name_two(house: House, vacancy: UUID) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    for person in (first, second):
        desk_of(house).do(entering(vacancy), person)
    event = next(event for event in desk_of(house).history(first) if event.record == "recruitment.application")
    desk_of(house).withdraw(event, "Typed for the wrong vacancy", uuid4())
    desk_of(house).do(entering(vacancy), third)
    made = desk_of(house).see_all(applications)
    assert [made[person][vacancy].told.number for person in (second, third)] == [2, 3]


def test_one_person_has_one_id_by_name_and_e_mail_or_by_name_and_birth_on_the_record(house: House) -> None:
    desk = desk_of(house)
    one = applicant_id(desk, "Mo Chridhe", "Ana", "ana@mail.example")
    assert applicant_id(desk, " mo  chridhe", "ANA", "Ana@Mail.Example ") == one
    assert applicant_id(desk, "Mo Chridhe", "Ana", "other@mail.example") != one
    known = uuid4()
    tell(house, known, PersonNamed("Zephyrson", "Ida", "", date(1990, 1, 2), TODAY))
    assert applicant_id(desk, "zephyrson", "Ida", "x@mail.example", date(1990, 1, 2)) == known
    assert applicant_id(desk, "Zephyrson", "Ida", "x@mail.example", date(1990, 1, 3)) != known
    south = house.desk(email_of("hr_director")).at(house.academy_id(SOUTH))
    assert applicant_id(south, "Mo Chridhe", "Ana", "ana@mail.example") == one
    assert applicant_id(south, "Zephyrson", "ida", "x@mail.example", date(1990, 1, 2)) == known


def test_a_list_is_taken_whole_under_the_digest_that_was_shown_and_adds_only_what_is_new(
    house: House, vacancy: UUID
) -> None:
    rows = tuple(entering(vacancy, email=f"{at}{vacancy.hex}@mail.example") for at in range(3))
    with pytest.raises(Stale):
        desk_of(house).do(TakeApplications(rows, "another digest"), vacancy)
    assert refused(house, TakeApplications((entering(uuid4()),)), vacancy) == ("another_vacancy", "file")
    assert refused(house, TakeApplications(rows), uuid4()) == ("not_in_list", "vacancy")
    assert len(desk_of(house).do(TakeApplications((*rows, rows[0])), vacancy)) == 3
    assert refused(house, TakeApplications(rows), vacancy) == ("no_change", "file")


def test_whoever_may_not_read_applications_is_not_told_by_a_refusal_who_has_applied(
    house: House, vacancy: UUID
) -> None:
    row, head = entering(vacancy), desk_of(house, "head")
    desk_of(house).do(TakeApplications((row,)), vacancy)
    who = applicant_id(head, row.surname, row.forename, row.email)
    for command, subject in ((TakeApplications((row,), digest([])), vacancy), (row, who), (row, uuid4())):
        with pytest.raises(NotAllowed):
            head.would(command, subject)


def test_the_numbers_of_a_list_do_not_follow_the_order_of_its_names(house: House, vacancy: UUID) -> None:
    names = ("Abara", "Bell", "Cole", "Dietz", "Evans", "Frost", "Gill", "Hart")
    rows = tuple(entering(vacancy, surname=name, email=f"{name}@{vacancy.hex}.example") for name in names)
    turned = tuple(reversed(rows))
    for one, other in zip(
        new_applications(rows, desk_of(house)), new_applications(turned, desk_of(house)), strict=True
    ):
        assert one == other
    early = entering(vacancy, surname="Young", made_on=TODAY - timedelta(days=1))
    assert new_applications((*rows, early), desk_of(house))[0].fact.surname == "Young"  # type: ignore[attr-defined]


def test_a_gap_is_explained_of_an_application_from_a_first_to_a_last_day(house: House, vacancy: UUID) -> None:
    person, day = applicant(house, vacancy), date(2020, 1, 1)
    assert refused(house, ExplainGap(vacancy, day, day - timedelta(days=1), "Away"), person)[0] == "turned_round"
    assert refused(house, ExplainGap(vacancy, day, TOMORROW, "Away"), person) == ("in_future", "until_by")
    assert refused(house, ExplainGap(uuid4(), day, day, "Away"), person) == ("no_application", None)
