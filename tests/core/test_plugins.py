"""Plugins: installed, allowed, on; and silent when off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import uuid4

import pytest

from core.academies import about as academies
from core.academies.facts import PluginSwitchedOn
from core.answers import UNSAID, Said
from core.command import Command
from core.errors import NotFound, Refused, WillNotStart
from core.plugins import Plugins, own_names_only
from plugins.register.commands import IssuePlan
from plugins.register.facts import PlacedOnRegister, PlanIssued
from plugins.register.views import plan
from tests.core.house import NORTH, House, HouseMaker, email_of
from tests.core.strangers import OURS, point
from tests.core.strangers.transport import PlanSeen

SEPTEMBER = date(2026, 9, 1)


def loaded(allowed: Iterable[str], *found: EntryPoint) -> Plugins:
    return Plugins(allowed, [academies()], found)


def test_what_is_allowed_is_loaded_and_nothing_else() -> None:
    plugins = loaded(["register"], OURS, point("transport", "transport"))
    assert list(plugins.manifests) == ["register"]


def test_a_stranger_is_allowed_with_its_distribution() -> None:
    plugins = loaded(["register", "transport@acme-transport"], OURS, point("transport", "transport"))
    assert list(plugins.manifests) == ["register", "transport"]
    assert "transport.seat_booked/1" in plugins.catalog().kinds


@pytest.mark.parametrize(
    ("allowed", "found", "says"),
    [
        (["lac"], [OURS], "no such plugin is installed"),
        (["register"], [OURS, point("register", "transport")], "Two plugins claim the name 'register'"),
        (["register", "register"], [OURS], "Two plugins claim"),
        (["academies"], [point("academies", "transport")], "Two plugins claim"),
        (["transport"], [point("transport", "transport")], "write transport@acme-transport"),
        (["transport@evil"], [point("transport", "transport")], "which TALLYSTICK_PLUGINS does not allow"),
        (["register@acme-transport"], [OURS], "does not allow"),
        (["register"], [point("register", "transport")], "does not allow"),
        (["register@acme-transport"], [point("register", "transport")], "does not keep to its own name"),
        (["poacher@acme-transport"], [point("poacher", "poacher")], "does not keep to its own name"),
    ],
)
def test_the_building_stays_shut(allowed: list[str], found: list[EntryPoint], says: str) -> None:
    with pytest.raises(WillNotStart, match=says):
        loaded(allowed, *found)


@pytest.mark.parametrize("room", ["core", "events", "plugins"])
def test_a_folder_of_ours_that_another_distribution_owns_keeps_it_shut(room: str) -> None:
    own_names_only({"core": ["tallystick"], "events": ["tallystick"]})
    own_names_only()
    with pytest.raises(WillNotStart, match=f"The package 'stranger' also installs a folder named '{room}'"):
        own_names_only({room: ["tallystick", "stranger"]})


# On and off


def placed() -> PlacedOnRegister:
    return PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class")


def test_off_is_silent_and_nothing_is_lost(house: House) -> None:
    pupil = house.pupil(placed(), PlanIssued(date(2025, 11, 20)))
    senco = email_of("senco", NORTH)

    def told() -> tuple[object, ...]:
        desk = house.desk(senco, NORTH)
        return (
            desk.ask_all("deadlines", until=date(2027, 1, 1)),
            desk.ask_all("panels", pupil=pupil),
            desk.ask_all("navigation"),
            desk.see_all(plan),
            desk.may("read", "register.plan", pupil),
            [event.kind for event in desk.history(pupil)],
        )

    before, size = told(), house.log_size()
    assert all(before)
    house.switch(on=False)
    deadlines, panels, navigation, plans, may, history = told()
    assert (deadlines, panels, navigation, plans, may) == ([], [], [], {}, False)
    assert history == ["roll.pupil_enrolled/1"]
    with pytest.raises(NotFound):
        house.desk(senco, NORTH).do(IssuePlan(SEPTEMBER), pupil)
    with pytest.raises(NotFound):
        house.desk(senco, NORTH).see(plan, pupil)
    assert [event.kind for event in house.events() if event.subject == pupil and event.record == "register.plan"] == [
        "register.plan_issued/1"
    ]
    assert house.log_size() == size + 1
    house.switch(on=True)
    assert told() == before


def test_switching_twice_is_refused(house: House) -> None:
    with pytest.raises(Refused) as error:
        house.switch(on=True)
    assert error.value.code == "already_on"
    house.switch(on=False)
    with pytest.raises(Refused) as error:
        house.switch(on=False)
    assert error.value.code == "already_off"


def test_off_at_one_academy_is_on_at_another(house: House) -> None:
    house.switch(on=False)
    assert house.as_role("senco", "139205").get("/139205/register").status_code == 200


def test_an_ask_is_answered_only_when_on_approved_and_granted(make_house: HouseMaker) -> None:
    house = make_house(plugins=("register", "transport@acme-transport"), found=[OURS, point("transport", "transport")])
    pupil, none = house.pupil(PlanIssued(SEPTEMBER)), house.pupil()

    def asked(role: str = "senco", subject: Any = pupil, name: str = "register.plan", shape: type = PlanSeen) -> object:
        return house.desk(email_of(role, NORTH), NORTH).ask(name, subject, shape)

    assert asked() == UNSAID  # transport is off
    house.switch(on=True, plugin="transport")
    assert asked() == UNSAID  # not approved
    house.switch(on=False, plugin="transport")
    house.switch(on=True, plugin="transport", approved=("register.plan",))
    assert asked() == Said(PlanSeen(SEPTEMBER))
    assert asked(subject=none) == asked(subject=uuid4()) == Said(None)  # "no plan"
    assert asked(role="hr_admin") == UNSAID  # not granted
    assert asked(name="register.needs") == UNSAID  # not asked for in the manifest
    assert asked(name="register.nothing") == UNSAID

    class Other(PlanSeen, frozen=True):
        """A shape nobody declared."""

    assert asked(shape=Other) == UNSAID
    house.switch(on=False)
    assert asked() == UNSAID  # the register is off
    house.switch(on=True)
    assert asked() == Said(PlanSeen(SEPTEMBER))


def test_a_stranger_s_pages_stand_under_its_own_name(make_house: HouseMaker) -> None:
    house = make_house(plugins=("register", "transport@acme-transport"), found=[OURS, point("transport", "transport")])
    operator = house.browser("olive@keystone.example")
    assert operator.get(f"/{NORTH}/transport").status_code == 404
    answer = operator.post(f"/plugins/{NORTH}/transport", reason="A minibus came", approve="register.plan")
    assert answer.status_code == 303
    switched = house.recorded(PluginSwitchedOn)[-1]
    assert switched.approved == ("register.plan",)
    assert house.as_role("senco").get(f"/{NORTH}/transport").status_code == 403  # granted before it came
    from core.cli.people import give_role

    give_role(house.desk(), house.person("nelly@keystone.example"), "senco", (NORTH,), "Cover")
    assert house.browser("nelly@keystone.example").get(f"/{NORTH}/transport").text == "seats"


def test_a_fact_without_its_code_is_kept_and_told_by_its_kind(make_house: HouseMaker) -> None:
    from events import New, Unread
    from tests.core.strangers.transport import SeatBooked

    house = make_house(plugins=("register", "transport@acme-transport"), found=[OURS, point("transport", "transport")])
    house.switch(on=True, plugin="transport")
    pupil = house.pupil()
    actor = house.desk().actor
    house.building.store.log(NORTH).append([New(pupil, SeatBooked(SEPTEMBER))], command_id=uuid4(), actor=actor)
    without = house.open(plugins=("register",))
    (event,) = [event for event in without.store.log(NORTH).events() if event.kind == "transport.seat_booked/1"]
    assert event.fact == Unread("transport.seat_booked/1", {"booked_on": "2026-09-01"})
    assert event.subject == pupil


def test_a_command_nothing_decides_is_a_fault_of_ours(house: House) -> None:
    class Undecided(Command, frozen=True):
        """Nobody decides this."""

    with pytest.raises(LookupError):
        house.desk(urn=NORTH).do(Undecided())


def test_on_a_counting_desk_nobody_writes_and_only_what_is_counted_is_read(house: House) -> None:
    from core.counting import CountingDesk
    from core.errors import NotAllowed
    from events import New
    from plugins.register.views import support

    pupil = house.pupil(placed())
    desk = CountingDesk(house.building, house.academy_id())
    assert desk.see_all(support) == {}
    assert not desk.may("read", "register.support", pupil)
    with pytest.raises(NotAllowed):
        desk.record([New(pupil, placed())], command_id=uuid4())
    assert {one.name for one in desk.measures()["register"]} == {"register.support", "register.plans", "register.gaps"}
