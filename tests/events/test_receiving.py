"""A child changes academy: the record goes along, and its first dates stay provable."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from events import Document, Fact, Log, New, Store, Stream, Withdrawn, verify
from events.receiving import received
from tests.events.home import ANN, FACTS, MONDAY, SENCO, Clock, Home, Noted, at, note, told

ANNS = Stream(ANN, "tests.notes")


class Sent(Fact, frozen=True, tag="tests.sent/1", record="tests.notes", on="sent_on"):
    """A letter went out, with others."""

    sent_on: date
    letter: Document
    others: tuple[Document, ...] = ()


@pytest.fixture
def there(store: Store) -> Log:
    return store.create("139205")


def take_over(came_from: Log, into: Log) -> list[New]:
    facts = received(came_from, into, ANNS)
    if facts:
        into.append(facts, command_id=uuid4(), actor=SENCO)
    into.refresh()
    return facts


def test_each_fact_keeps_its_day_and_where_it_first_stood(home: Home, store: Store, log: Log, there: Log) -> None:
    early, late = note(log, "first", on=MONDAY - timedelta(days=300)), note(log, "second")
    take_over(log, there)
    for event, position in zip(there.stream(*ANNS), (early, late), strict=True):
        first = log.event(position)
        assert (event.fact, event.day) == (first.fact, first.day)
        assert event.received
        assert (event.received.log, event.received.event) == (UUID(bytes=log.id), first.event_id)
        assert (event.received.position, event.received.recorded_at) == (position, first.recorded_at)
    log.refresh()
    assert there.see(told, ANN) == log.see(told, ANN)
    assert verify(home.store()).ok


def test_what_was_withdrawn_stays_behind(log: Log, there: Log) -> None:
    wrong = log.event(note(log, "wrong"))
    note(log, "right")
    withdrawn = New(ANN, Withdrawn(wrong.event_id, MONDAY, "Another child."), "tests.notes")
    log.append([withdrawn], command_id=uuid4(), actor=SENCO)
    take_over(log, there)
    assert there.see(told, ANN) == (str(Noted(MONDAY, "right")),)


def test_only_what_is_new_comes_a_second_time_and_nothing_comes_back(log: Log, there: Log) -> None:
    note(log, "first")
    assert len(take_over(log, there)) == 1
    assert take_over(log, there) == []
    note(log, "second")
    assert len(take_over(log, there)) == 1
    assert take_over(there, log) == []
    assert len(there.stream(*ANNS)) == 2


def test_after_two_moves_the_first_place_is_still_the_first(home: Home, log: Log, there: Log) -> None:
    clock = Clock()
    third = home.store(clock=clock).create("139206")
    first = log.event(note(log, "first"))
    take_over(log, there)
    take_over(there, third)
    (event,) = third.stream(*ANNS)
    assert event.received
    assert event.received.event == first.event_id
    assert event.recorded_at == at(clock.us + 2)


def test_files_go_along_sealed_anew(home: Home) -> None:
    store = home.store(facts=(*FACTS, Sent))
    log, there = store.create("139207"), store.create("139208")
    kept = [log.keep(ANNS, content) for content in (b"one", b"two", b"three")]
    log.append([New(ANN, Sent(MONDAY, kept[0], tuple(kept[1:])))], command_id=uuid4(), actor=SENCO)
    take_over(log, there)
    (event,) = there.stream(*ANNS)
    assert isinstance(event.fact, Sent)
    found = [there.document(ANNS, one) for one in (event.fact.letter, *event.fact.others)]
    assert found == [b"one", b"two", b"three"]
    assert event.fact.letter.document_id != kept[0].document_id
    assert verify(store).ok
