"""The made-up trust: whole, plausible, and the same each time it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from core.accounts.dormant import is_shut
from core.building import Building
from core.demo import PASSWORD, SIGN_INS, make, open_doors
from core.demo.clock import Clock, at_hour
from core.demo.places import SITES
from core.demo.story import Story
from core.roll import rules
from core.roll.views import Pupil, pupil
from core.settings import Settings, from_environment
from events import Event, Withdrawn, verify
from tests.core.house import AT_ACADEMIES, EVERYWHERE

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("demo")
    settings = from_environment({"TALLYSTICK_HOME": str(home)})
    told: list[tuple[int, int]] = []
    make(settings, pupils=300, progress=lambda done, total: told.append((done, total)), today=TODAY)
    assert told[-1][0] == told[-1][1]
    return settings


@pytest.fixture(scope="module")
def building(settings: Settings) -> Iterator[Building]:
    building = Building(settings, clock=Clock(at_hour(TODAY, 9)))
    yield building
    building.close()


@pytest.fixture(scope="module")
def events(building: Building) -> list[Event]:
    logs = [building.academy_log(one) for one in building.academies().values()]
    return [event for log in logs for event in log.events(2)]


def on_roll(building: Building) -> list[Pupil]:
    logs = [building.academy_log(one) for one in building.academies().values()]
    return [one for log in logs for one in log.see_all(pupil).values() if one.is_on_roll(TODAY)]


def test_its_logs_verify(building: Building) -> None:
    report = verify(building.store)
    assert report.faults == []
    assert all(building.store.checkpoint(building.store.log(name)) for name in building.store.names())


def test_every_view_there_is_comes_back_from_snapshots_as_a_replay_tells_it(building: Building) -> None:
    store, told = building.store, set()
    views = [view for manifest in building.plugins.everything for view in manifest.views]
    for name in store.names():
        replayed = store.reopen(name)
        replayed.rebuild_snapshots()
        started = store.reopen(name)
        started.refresh()
        assert (started.grown, started.keep_snapshots()) == (0, 0)  # nothing was read, and nothing had to be told anew
        for view in views:
            assert started.see_all(view) == replayed.see_all(view), view
            told |= {view.name for value in replayed.see_all(view).values() if value}
        index, expected = started.index, replayed.index
        assert list(index.recorded_us) == list(expected.recorded_us)
        for kind in expected.kinds:
            assert list(index.newest_first(kind_prefix=kind)) == list(expected.newest_first(kind_prefix=kind)), kind
    rooms = ("core.backups", "core.disposal", "core.outside")  # nothing of these happens in the made-up trust
    untold = [view.name for view in views if view.name not in told and not view.name.startswith(rooms)]
    assert len(untold) < 0.1 * len(views), untold  # of them the contract test sees a value


def test_it_has_eight_academies_in_two_authorities(building: Building) -> None:
    academies = building.academies().values()
    assert Counter(one.phase for one in academies) == {"primary": 5, "secondary": 2, "special": 1}
    assert len({one.authority for one in academies}) == 2
    assert all(not rules.urn_findings(one.urn) and not rules.laestab_findings(one.laestab) for one in academies)


def test_every_birth_date_fits_its_year(building: Building) -> None:
    pupils = on_roll(building)
    assert 250 < len(pupils) < 360
    assert [one for one in pupils if rules.nominal_year(one.born_on, TODAY) != one.year] == []


def test_every_upn_adds_up_and_is_one_childs(building: Building) -> None:
    upns = [one.upn for one in on_roll(building)]
    assert len(set(upns)) == len(upns)
    assert [upn for upn in upns if any(one.level == "error" for one in rules.upn_findings(upn))] == []


def test_shares_of_support_and_plans_are_plausible() -> None:
    story = Story("Keystone", 3000, TODAY)
    roll = [child for site in SITES if site.phase != "special" for child in story.classes[site.key]]
    counted = Counter(child.sen.provision for child in roll)
    assert 0.12 < counted["K"] / len(roll) < 0.17
    assert 0.04 < counted["E"] / len(roll) < 0.075
    assert {child.sen.provision for child in story.classes["lantern"]} == {"E"}


def test_some_entries_were_typed_late_and_some_taken_back(events: list[Event]) -> None:
    typed = [event for event in events if event.kind.startswith("register.")]
    assert any((event.recorded_at.date() - event.day).days > 4 for event in typed)
    assert any((event.recorded_at.date() - event.day).days == 0 for event in typed)
    assert any(isinstance(event.fact, Withdrawn) and event.fact.reason for event in events)


def test_entries_are_typed_on_weekdays_over_two_years_and_before_today(events: list[Event]) -> None:
    days = {event.recorded_at.date() for event in events}
    assert {day.weekday() for day in days} <= set(range(5))
    assert (max(days) - min(days)).days > 730
    assert max(days) < TODAY


def test_the_register_is_off_at_one_academy_and_on_at_the_others(building: Building) -> None:
    on = [building.plugins_on(key, building.academy_log(one)) for key, one in building.academies().items()]
    assert sorted(map(len, on)) == [0] + [len(building.plugins.manifests)] * 7


def test_every_role_signs_in(building: Building) -> None:
    held = set()
    for email, says in SIGN_INS:
        person = building.desk_store.check_password(email, PASSWORD, "127.0.0.1")
        assert person, says
        held |= {grant.role for grant in building.grants(person) if grant.ended_on is None}
    assert held == {*EVERYWHERE, *AT_ACADEMIES, "operator", "records_officer"}
    assert ("senco.cawdor@keystone.example", "SENCO at Cawdor High School") in SIGN_INS


def test_the_same_seed_number_and_day_tell_the_same_story() -> None:
    def told(seed: str) -> list[str]:
        story = Story(seed, 300, TODAY)
        return [repr(entry) for site in SITES for entry in story.entries(site)]

    assert told("Keystone") == told("Keystone")
    assert told("Keystone") != told("Another")


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2026, 9, 9), date(2027, 1, 4), date(2027, 8, 12)])
def test_it_is_told_on_any_day_of_the_year(today: date) -> None:
    story = Story("Keystone", 600, today)
    assert all(entry.at.date() < today for site in SITES for entry in story.entries(site))
    assert sum(len(story.classes[site.key]) for site in SITES) > 400


def test_whoever_looks_at_it_after_long_still_comes_in(settings: Settings) -> None:
    late = Building(settings, clock=Clock(at_hour(TODAY + timedelta(days=200), 9)))
    people = [found[0] for email, _ in SIGN_INS if (found := late.person_by_email(email))]
    assert all(is_shut(late, person) for person in people)
    open_doors(late)
    assert not any(is_shut(late, person) for person in people)
    late.close()
