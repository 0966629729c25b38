"""Appending: all or none, decided on what was seen."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events import Conflict, Log, New, Stream
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    NOON,
    SENCO,
    Clock,
    Home,
    Looked,
    Noted,
    Paid,
    at,
    note,
)
from tests.events.log.order import ANNS, BENS, in_order, sizes

# One command


def test_what_is_recorded_is_read_back_with_who_when_where_and_why(home: Home) -> None:
    clock = Clock()
    log = home.store(clock=clock).create("139204")
    clock.us += 60_000_000
    receipt = log.append(
        [New(ANN, Noted(MONDAY, "hello")), New(BEN, Paid(MONDAY, 120))],
        command_id=(command := uuid4()),
        actor=SENCO,
        why="his mother rang",
    )
    first, second = (log.event(place.position) for place in receipt.places)
    assert (first.fact, first.subject, first.record, first.n) == (Noted(MONDAY, "hello"), ANN, "tests.notes", 0)
    assert (first.actor, first.why, first.event_id) == (SENCO, "his mother rang", command)
    assert (first.log, first.position, first.recorded_at) == (log.id, 2, at(NOON + 60_000_000))
    assert (second.fact, second.subject, second.record, second.position) == (Paid(MONDAY, 120), BEN, "tests.money", 3)
    assert second.recorded_at - first.recorded_at == timedelta(microseconds=1)
    assert not receipt.repeated
    assert [place.recorded_us for place in receipt.places] == [NOON + 60_000_000, NOON + 60_000_001]


def test_a_command_without_facts_is_refused(log: Log) -> None:
    with pytest.raises(ValueError, match="at least one fact"):
        log.append([], command_id=uuid4(), actor=SENCO)


@pytest.mark.parametrize(
    "bad",
    [
        New(ANN, Noted(MONDAY, "x" * 4001)),
        New(ANN, Looked(MONDAY)),
        New(ANN, Noted(MONDAY), "tests.money"),
        New(ANN, Noted(None)),  # type: ignore[arg-type]
    ],
)
def test_one_fact_that_cannot_be_recorded_stops_the_whole_command(log: Log, bad: New) -> None:
    with pytest.raises(ValueError, match="cannot be recorded"):
        log.append([New(BEN, Noted(MONDAY)), bad], command_id=uuid4(), actor=SENCO)
    assert sizes(log) == (2, 2)
    log.refresh()


def test_a_fact_that_takes_a_class_stands_in_the_stream_of_that_class(log: Log) -> None:
    log.append([New(ANN, Looked(MONDAY), "tests.notes")], command_id=uuid4(), actor=SENCO)
    assert [event.fact for event in log.stream(ANN, "tests.notes")] == [Looked(MONDAY)]
    assert log.stream(ANN, "tests.money") == []


# Expected


def test_a_decision_on_what_was_seen_is_recorded(log: Log) -> None:
    note(log, expected={ANNS: 0, BENS: 0})
    note(log, expected={ANNS: 1, BENS: 0})
    assert log.size == 4


@pytest.mark.parametrize("expected", [{ANNS: 0}, {ANNS: 2}, {ANNS: 1, BENS: 1}, {BENS: 1}])
def test_a_decision_on_what_has_moved_on_is_refused_and_says_which_stream(
    log: Log, expected: dict[Stream, int]
) -> None:
    note(log)
    with pytest.raises(Conflict) as refused:
        note(log, subject=BEN, expected=expected)
    actual = {ANNS: 1, BENS: 0}
    assert set(refused.value.streams) == {stream for stream, n in expected.items() if n != actual[stream]}
    assert sizes(log) == (3, 3)


def test_a_stream_nobody_read_is_not_checked(log: Log) -> None:
    note(log)
    note(log, expected={BENS: 0})
    assert log.size == 4


def test_the_expectation_holds_against_what_another_process_recorded(home: Home, log: Log) -> None:
    other = home.store().log(log.name)
    note(log, expected={ANNS: 0})
    note(other, expected={ANNS: 1})
    with pytest.raises(Conflict):
        note(log, expected={ANNS: 1})
    # And who has seen what the other recorded is not refused because this process had not.
    note(log, expected={ANNS: 2})
    note(other)
    note(other)
    note(log, subject=BEN, expected={ANNS: 5})
    in_order(log)
