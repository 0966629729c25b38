"""Views over a stream, held against the plainest replay there is: sort what stands by day, fold it from nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import Event, Fact, Log, New, Store, Stream, View, Withdrawn, folds, standing
from events.entries import PAGE
from events.folds import position_at
from events.seal import event_id
from tests.events.home import ANN, MONDAY, SENCO, VIEWS, Home, Looked, Moved, Noted, Paid, note, notes, told
from tests.events.home import place as place_of

DAYS = [MONDAY + timedelta(days=number) for number in range(6)]
FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Step(NamedTuple):
    """What one fact of a command is to be; `back` counts how many facts ago the one stood that it withdraws."""

    what: str
    who: int
    day: date
    back: int


commands = st.lists(
    st.tuples(
        st.lists(
            st.builds(
                Step,
                st.sampled_from(["note", "note", "move", "pay", "withdraw"]),
                st.integers(0, 1),
                st.sampled_from(DAYS),
                st.integers(1, 8),
            ),
            min_size=1,
            max_size=4,
        ),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


class Told:
    """A log, and beside it everything that was recorded of two people never met before."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.people = (uuid4(), uuid4())
        self.events: list[Event] = []

    def record(self, steps: Iterable[Step]) -> None:
        command, facts = uuid4(), []
        earlier = [(event.event_id, event.subject, event.record) for event in self.events]
        for index, step in enumerate(steps):
            new = self._new(step, earlier)
            facts.append(new)
            earlier.append((event_id(command, index), new.subject, new.stream.record))
        receipt = self.log.append(facts, command_id=command, actor=SENCO)
        self.events += [self.log.event(found.position) for found in receipt.places]

    def _new(self, step: Step, earlier: list[tuple[UUID, UUID | None, str]]) -> New:
        who = self.people[step.who]
        number = len(earlier)
        match step.what:
            case "withdraw" if step.back <= number:
                event, subject, record = earlier[-step.back]
                assert subject
                return New(subject, Withdrawn(event, step.day, "typed wrongly"), record)
            case "move":
                return New(who, Moved(step.day, f"class {number}"))
            case "pay":
                return New(who, Paid(step.day, number))
            case _:
                return New(who, Noted(step.day, f"note {number}"))

    def naive(self, view: View[Any], who: UUID, as_at: date | None, known_at: datetime | int | None) -> Any:
        known = [
            event
            for event in self.events
            if (event.subject, event.record) == (who, view.record)
            and (
                known_at is None
                or (event.position <= known_at if isinstance(known_at, int) else event.recorded_at <= known_at)
            )
        ]
        stands = []
        for number, event in enumerate(known):
            gone = any(
                isinstance(after.fact, Withdrawn) and after.fact.event == event.event_id for after in known[number:]
            )
            if isinstance(event.fact, Fact) and not isinstance(event.fact, Withdrawn) and not gone:
                stands.append(event.fact)
        value = None
        for fact in sorted(stands, key=lambda fact: fact.day):
            if as_at is None or fact.day <= as_at:
                value = view(value, fact)
        return value

    def moments(self) -> Iterator[datetime | int | None]:
        """Every position and instant at which what is known may change, and just before."""
        yield None
        for event in self.events:
            yield event.position
            yield event.position - 1
            yield event.recorded_at
            yield event.recorded_at - timedelta(microseconds=1)

    def insist(self, log: Log | None = None) -> None:
        """Every view, as at every day, known at every moment, is what the naive replay says."""
        log = log or self.log
        log.refresh()
        for known_at in self.moments():
            for as_at in (None, *DAYS):
                for view in VIEWS:
                    naive = {who: self.naive(view, who, as_at, known_at) for who in self.people}
                    expected = {who: value for who, value in naive.items() if value is not None}
                    for who in self.people:
                        assert log.see(view, who, as_at=as_at, known_at=known_at) == expected.get(who)
                    if as_at in {None, DAYS[2]}:
                        seen = log.see_all(view, as_at=as_at, known_at=known_at)
                        assert {who: seen[who] for who in self.people if who in seen} == expected


@given(commands)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_view_is_what_a_naive_replay_says_however_its_facts_came(
    log: Log, groups: list[tuple[list[Step], bool]]
) -> None:
    told_of = Told(log)
    for steps, refreshing in groups:
        told_of.record(steps)
        if refreshing:  # so that views are carried on as well as told anew
            log.refresh()
    last = told_of.events[-1]
    log.refresh()
    for known_at in (None, last.position, last.recorded_at, told_of.events[len(told_of.events) // 2].position):
        for as_at in (None, DAYS[0], DAYS[3]):
            for view in VIEWS:
                for who in told_of.people:
                    expected = told_of.naive(view, who, as_at, known_at)
                    assert log.see(view, who, as_at=as_at, known_at=known_at) == expected


def test_every_moment_and_day_of_a_tangled_history_is_what_a_naive_replay_says(home: Home, log: Log) -> None:
    told_of = Told(log)
    tangle = [
        [Step("note", 0, DAYS[2], 1), Step("note", 1, DAYS[1], 1)],
        [Step("note", 0, DAYS[0], 1)],  # late
        [Step("withdraw", 0, DAYS[5], 3)],
        [Step("move", 0, DAYS[2], 1), Step("withdraw", 0, DAYS[0], 1)],  # withdrawn at once
        [Step("withdraw", 0, DAYS[1], 1)],  # a withdrawal is not withdrawn again
        [Step("pay", 0, DAYS[4], 1), Step("pay", 0, DAYS[3], 1)],
        [Step("note", 0, DAYS[2], 1), Step("move", 1, DAYS[0], 1)],
    ]
    for steps in tangle:
        told_of.record(steps)
        log.refresh()
    told_of.insist()
    told_of.insist(home.store().log(log.name))  # another process, which reads it all at once


@given(st.lists(st.sampled_from(DAYS), min_size=1, max_size=6), st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fact_typed_late_changes_the_days_after_it_and_not_what_was_known_before(
    log: Log, days: list[date], data: st.DataObject
) -> None:
    told_of = Told(log)
    for day in days:
        told_of.record([Step("note", 0, day, 1)])
    who, last = told_of.people[0], told_of.events[-1]
    log.refresh()
    before = {day: log.see(told, who, as_at=day) for day in DAYS}
    late = data.draw(st.sampled_from([day for day in DAYS if day <= max(days)]))
    told_of.record([Step("note", 0, late, 1)])
    log.refresh()
    for day in DAYS:
        now = log.see(told, who, as_at=day)
        assert (now == before[day]) == (day < late)
        for known_at in (last.position, last.recorded_at):
            assert log.see(told, who, as_at=day, known_at=known_at) == before[day]


def test_what_is_withdrawn_leaves_the_view_and_stays_in_the_history(log: Log) -> None:
    mistake = log.event(note(log, "the wrong child"))
    withdrawn = New(ANN, Withdrawn(mistake.event_id, MONDAY, "typed wrongly"), "tests.notes")
    log.append([withdrawn], command_id=uuid4(), actor=SENCO)
    note(log, "the right words")
    log.refresh()
    history = log.stream(ANN, "tests.notes")
    assert log.see(told, ANN) == (str(Noted(MONDAY, "the right words")),)
    assert [type(event.fact).__name__ for event in history] == ["Noted", "Withdrawn", "Noted"]
    assert log.see(told, ANN, known_at=mistake.position) == (str(Noted(MONDAY, "the wrong child")),)


def test_a_withdrawal_reaches_only_its_own_stream_and_only_back(log: Log) -> None:
    about_ben = log.event(note(log, "about Ben", subject=uuid4()))
    command = uuid4()
    ahead = event_id(command, 1)
    log.append(
        [
            New(ANN, Withdrawn(ahead, MONDAY, "not there yet"), "tests.notes"),
            New(ANN, Noted(MONDAY, "here")),
            New(ANN, Withdrawn(about_ben.event_id, MONDAY, "not mine"), "tests.notes"),
        ],
        command_id=command,
        actor=SENCO,
    )
    log.refresh()
    assert about_ben.subject
    assert log.see(told, ANN) == (str(Noted(MONDAY, "here")),)
    assert log.see(told, about_ben.subject) == (str(Noted(MONDAY, "about Ben")),)


def test_a_view_not_in_the_catalog_is_told_from_the_stream(log: Log) -> None:
    @folds("tests.notes")
    def first(known: str | None, fact: Fact) -> str | None:
        return known or (fact.words if isinstance(fact, Noted) else None)

    note(log, "one")
    note(log, "two")
    log.refresh()
    assert log.see(first, ANN) == "one"
    assert log.see_all(first) == {ANN: "one"}


def test_nothing_is_said_of_someone_never_met(log: Log) -> None:
    note(log)
    log.refresh()
    assert log.see(told, uuid4()) is None
    assert log.see(told, uuid4(), as_at=MONDAY, known_at=0) is None
    assert log.see_all(place_of) == {}
    assert log.count(Stream(uuid4(), "tests.notes")) == 0


def test_a_stream_is_counted_as_last_refreshed(log: Log) -> None:
    for number in range(3):
        note(log, on=DAYS[-number])  # also late ones
    assert log.count(Stream(ANN, "tests.notes")) == 0
    assert log.refresh() == log.size
    assert log.count(Stream(ANN, "tests.notes")) == 3


def test_whether_a_stream_has_moved_since_a_size_is_known_as_last_refreshed(log: Log) -> None:
    size = log.refresh()
    note(log)
    note(log, subject=uuid4())
    assert not log.moved_since(Stream(ANN, "tests.notes"), size)
    later = log.refresh()
    assert log.moved_since(Stream(ANN, "tests.notes"), size)
    assert not log.moved_since(Stream(ANN, "tests.notes"), later)
    assert not log.moved_since(Stream(uuid4(), "tests.notes"), 0)


class Broken(Exception):
    """A fold fell over."""


@contextmanager
def broken(view: View[Any]) -> Iterator[None]:
    """The view's fold falls over for a while."""
    step = view.step

    def falls_over(_: Any, __: Fact) -> Any:
        raise Broken

    view.step = falls_over
    try:
        yield
    finally:
        view.step = step


@pytest.mark.parametrize("late", [False, True])
def test_a_fold_that_fell_over_once_leaves_nothing_out_afterwards(home: Home, late: bool) -> None:
    @folds("tests.notes")
    def words(known: tuple[str, ...] | None, fact: Fact) -> tuple[str, ...] | None:
        return (*(known or ()), fact.words) if isinstance(fact, Noted) else known

    log = home.store(views=[words]).create("139204")
    note(log, "one", on=DAYS[3])
    log.refresh()
    note(log, "two", on=DAYS[2] if late else DAYS[4])
    note(log, "three", on=DAYS[5])
    with broken(words):
        for _ in range(2):
            with pytest.raises(Broken):
                log.refresh()
    log.refresh()
    assert log.see(words, ANN) == (("two", "one", "three") if late else ("one", "two", "three"))
    assert log.count(Stream(ANN, "tests.notes")) == 3


def test_what_waits_to_be_told_anew_is_not_folded_onto_what_it_was(home: Home, log: Log) -> None:
    @folds("tests.notes")
    def strict(known: str | None, fact: Fact) -> str | None:
        """Falls over where someone moves before they came: as they would in a value not yet told anew."""
        if isinstance(fact, Moved):
            assert known
            return known + fact.to
        return fact.words if isinstance(fact, Noted) else known

    other = home.store(views=[strict]).log(log.name)
    log.append([New(ANN, Looked(DAYS[3]), "tests.notes")], command_id=uuid4(), actor=SENCO)
    other.refresh()
    note(log, "came, ", on=DAYS[1])  # late
    log.append([New(ANN, Moved(DAYS[4], "3B"))], command_id=uuid4(), actor=SENCO)
    other.refresh()
    assert other.see(strict, ANN) == "came, 3B"


def test_what_is_told_anew_on_one_page_takes_nothing_of_the_next(home: Home, log: Log) -> None:
    note(log, "two", on=DAYS[2])
    note(log, "one", on=DAYS[1])  # late, so the stream is told anew at the end of the first page
    log.append(notes(PAGE, subjects=[uuid4()]), command_id=uuid4(), actor=SENCO)
    note(log, "three", on=DAYS[3])
    other = home.store().log(log.name)
    other.refresh()
    assert other.see(told, ANN) == tuple(
        str(Noted(DAYS[number], word)) for number, word in ((1, "one"), (2, "two"), (3, "three"))
    )


def test_a_fact_whose_code_is_gone_is_counted_and_not_folded(home: Home, store: Store, log: Log) -> None:
    note(log, "one")
    log.append([New(ANN, Moved(MONDAY, "3B"))], command_id=uuid4(), actor=SENCO)
    without = home.store(facts=[Noted, Paid]).log(log.name)
    without.refresh()
    assert without.see(told, ANN) == (str(Noted(MONDAY, "one")),)
    assert without.see(told, ANN, known_at=2**40, as_at=DAYS[5]) == (str(Noted(MONDAY, "one")),)
    assert without.count(Stream(ANN, "tests.notes")) == 2
    paid = without.append([New(ANN, Paid(MONDAY, 1))], command_id=uuid4(), actor=SENCO).places[0].position
    note(without, "two", on=DAYS[0])
    without.refresh()
    assert without.see(told, ANN, known_at=paid) == (str(Noted(MONDAY, "one")),)
    assert [event.kind for event in without.stream(ANN, "tests.notes")] == [
        "tests.noted/1",
        "tests.moved/1",
        "tests.noted/1",
    ]


instants = st.integers(0, 4_000_000_000_000_000)


@given(st.lists(instants, max_size=20, unique=True).map(sorted), instants, st.booleans())
def test_an_instant_finds_the_last_position_recorded_by_then_to_the_microsecond(
    recorded: list[int], us: int, exactly: bool
) -> None:
    if exactly and recorded:
        us = recorded[us % len(recorded)]
    expected = sum(one <= us for one in recorded) - 1
    assert position_at(recorded, FIRST + timedelta(microseconds=us)) == expected


def test_standing_puts_events_in_order_of_day_then_place_whatever_order_they_come_in(log: Log) -> None:
    for number, day in enumerate([DAYS[1], DAYS[0], DAYS[1], DAYS[0]]):
        note(log, str(number), on=day)
    events = log.stream(ANN, "tests.notes")
    words = [event.fact.words for event in standing(reversed(events)) if isinstance(event.fact, Noted)]
    assert words == ["1", "3", "0", "2"]
