"""Large commands, and a clock that goes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import Conflict, Log, New, NotReady, Store, verify
from events.chain import CLOCK_UNSURE_BIT
from events.entries import PAGE
from events.seal import event_id
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    NOON,
    SENCO,
    Clock,
    Home,
    Noted,
    at,
    note,
    notes,
    told,
)
from tests.events.log.order import sizes

# A whole import


def test_an_import_of_50_000_facts_is_one_command(store: Store, log: Log) -> None:
    command, count = uuid4(), 50_000
    facts = notes(count, subjects=[uuid4() for _ in range(40)])
    receipt = log.append(facts, command_id=command, actor=SENCO)
    assert [place.position for place in receipt.places] == list(range(2, count + 2))
    assert log.size == count + 2
    assert store.sign(log)
    assert verify(store).ok


def test_an_import_sent_again_is_the_one_recorded(log: Log) -> None:
    command, facts = uuid4(), notes(PAGE + 100)
    receipt = log.append(facts, command_id=command, actor=SENCO)
    assert log.append(facts, command_id=command, actor=SENCO) == (receipt.places, True)
    facts[-1] = New(ANN, Noted(MONDAY, "other"))
    with pytest.raises(Conflict):
        log.append(facts, command_id=command, actor=SENCO)
    assert sizes(log) == (PAGE + 102, PAGE + 102)


@pytest.mark.parametrize("taken", [20, 550])
def test_an_import_that_cannot_be_recorded_whole_is_not_recorded_at_all(log: Log, taken: int) -> None:
    command = uuid4()
    log.append([New(BEN, Noted(MONDAY))], command_id=event_id(command, taken), actor=SENCO)  # one place is not free
    with pytest.raises(Conflict):
        log.append(notes(600), command_id=command, actor=SENCO)
    assert sizes(log) == (3, 3)
    log.refresh()
    assert log.see(told, ANN) is None


# The clock


@given(st.lists(st.integers(-3_000_000, 3_000_000), min_size=1, max_size=15))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_recorded_at_rises_strictly_whatever_the_clock_does(clocked: tuple[Clock, Log], steps: list[int]) -> None:
    clock, log = clocked
    last = log.event(log.size - 1)
    last_us = int((last.recorded_at - at(0)) / timedelta(microseconds=1))
    for step in steps:
        clock.us += step
        (place,) = log.append([New(ANN, Noted(MONDAY))], command_id=uuid4(), actor=SENCO).places
        assert place.recorded_us == max(clock.us, last_us + 1)
        last_us = place.recorded_us


@pytest.fixture
def clocked(home: Home) -> tuple[Clock, Log]:
    clock = Clock()
    return clock, home.store(clock=clock).create("139204")


@pytest.mark.parametrize(
    ("back", "unsure"), [(-1, 0), (0, 0), (1_000_000, 0), (1_000_002, CLOCK_UNSURE_BIT), (10**9, CLOCK_UNSURE_BIT)]
)
def test_a_clock_gone_back_more_than_a_second_is_marked(
    home: Home, clocked: tuple[Clock, Log], back: int, unsure: int
) -> None:
    clock, log = clocked
    note(log)
    clock.us = NOON + 2 - back
    position = note(log)
    ((flags,),) = home.attack("SELECT flags FROM entries WHERE position = :position", position=position)
    assert flags == unsure
    assert log.event(position).recorded_at > log.event(position - 1).recorded_at


def test_a_log_whose_newest_entry_lies_ahead_of_the_clock_is_not_served(home: Home) -> None:
    home.store(clock=Clock(NOON)).create("139204")  # its second entry is of one microsecond later
    ahead = NOON + 1 - 5 * 60 * 1_000_000
    assert home.store(clock=Clock(ahead)).log("139204").size == 2
    with pytest.raises(NotReady, match="Set the clock right"):
        home.store(clock=Clock(ahead - 1)).log("139204")
