"""A pupil comes from another academy of the trust: the record comes along, with its first dates."""

from datetime import date
from uuid import UUID

import pytest

from core.accounts.facts import Exported
from core.roll.facts import PupilEnrolled
from events import Stream, verify
from plugins.register.facts import NeedsChanged, PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, SOUTH, House, HouseMaker, email_of

PLACED = PlacedOnRegister("K", ("SEMH",), date(2024, 3, 4), None, "Anxious since the move.")
ENROLLED = PupilEnrolled("A123456789012", "Mover", "Robin", date(2017, 3, 4), "4", "4B", date(2025, 9, 1))


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """The register is on at both academies; one SENCO serves both."""
    house = make_house()
    if "register" not in house.desk(urn=SOUTH).on:
        house.switch(SOUTH, on=True)
    house.grant("senco", email_of("senco", NORTH), SOUTH)
    return house


@pytest.fixture
def pupil(house: House) -> UUID:
    """On the register at North, and now on roll at South."""
    pupil = house.pupil(PLACED, PlanIssued(date(2025, 9, 1)))
    house.tell(pupil, ENROLLED, urn=SOUTH)
    return pupil


def test_the_record_comes_along_with_its_days_and_where_it_was_first_typed(house: House, pupil: UUID) -> None:
    senco = house.as_role("senco", NORTH)
    page = f"/{SOUTH}/pupils/{pupil}"
    asked = senco.get(page).text
    assert "There is a record of this pupil at North Primary." in asked
    brought = senco.post(f"{page}/bring/{house.academy_id(NORTH)}", page=f"{page}/bring")
    assert brought.headers["location"] == page
    (placed,) = house.facts(PlacedOnRegister, SOUTH)
    (first,) = house.facts(PlacedOnRegister, NORTH)
    assert placed.fact == PLACED
    assert placed.received
    assert (placed.received.event, placed.received.recorded_at) == (first.event_id, first.recorded_at)
    shown = senco.get(page).text
    assert "first typed 16 November 2026 at North Primary" in shown
    assert "bring it here" not in shown.casefold()
    (taken, other) = sorted(house.facts(Exported, f"{NORTH}-reads"), key=lambda event: event.record)[:2]
    assert (taken.record, other.record) == ("register.plan", "register.support")
    assert verify(house.building.store).ok


def test_what_is_recorded_there_afterwards_can_be_brought_too_and_nothing_twice(house: House, pupil: UUID) -> None:
    senco = house.as_role("senco", NORTH)
    page, action = f"/{SOUTH}/pupils/{pupil}/bring", f"/{SOUTH}/pupils/{pupil}/bring/{house.academy_id(NORTH)}"
    senco.post(action, page=page)
    house.tell(pupil, NeedsChanged(("SPLD",), date(2026, 11, 2), ""))
    stale = senco.form(page, action)
    senco.post(action, page=page)
    assert len(house.facts(NeedsChanged, SOUTH)) == 1
    again = senco.raw_post(action, data=stale)
    assert again.status_code in {409, 422}
    assert len(house.facts(NeedsChanged, SOUTH)) == 1
    assert "No other academy has anything" in senco.get(page).text


def test_whoever_may_not_take_it_from_there_or_write_it_here_brings_nothing(house: House, pupil: UUID) -> None:
    page, action = f"/{SOUTH}/pupils/{pupil}/bring", f"/{SOUTH}/pupils/{pupil}/bring/{house.academy_id(NORTH)}"
    token = house.as_role("senco", NORTH).form(page, action)
    for stranger in (house.as_role("senco", SOUTH), house.as_role("head", SOUTH)):
        told = stranger.get(page)
        assert "North Primary" not in told.text
        assert stranger.raw_post(action, data=token).status_code in {400, 403}
    assert house.as_role("class_teacher", NORTH).get(page).status_code in {403, 404}
    assert (
        house.building.academy_log(house.building.academies()[house.academy_id(SOUTH)]).count(
            Stream(pupil, "register.support")
        )
        == 0
    )


@pytest.mark.parametrize("where", ["00000000-0000-4000-8000-000000000000", "itself"])
def test_from_nowhere_and_from_itself_nothing_comes(house: House, pupil: UUID, where: str) -> None:
    senco = house.as_role("senco", NORTH)
    page, action = f"/{SOUTH}/pupils/{pupil}/bring", f"/{SOUTH}/pupils/{pupil}/bring/{house.academy_id(NORTH)}"
    token = senco.form(page, action)
    there = house.academy_id(SOUTH) if where == "itself" else where
    assert senco.raw_post(f"{page}/{there}", data=token).status_code == 404
