"""Finding entries without opening them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from events import Actor, Event, Fact
from events.index import Index
from tests.events.home import MONDAY, Moved, Noted, Paid

PEOPLE = [UUID(int=number) for number in range(1, 4)]
DAYS = [MONDAY + timedelta(days=number) for number in range(4)]
facts: st.SearchStrategy[Fact] = st.builds(Noted, st.sampled_from(DAYS)) | st.builds(
    Paid, st.sampled_from(DAYS), st.just(1)
)
facts |= st.builds(Moved, st.sampled_from(DAYS), st.just("3B"))


def event(fact: Fact, by: UUID, subject: UUID) -> Event:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    return Event(bytes(16), 0, UUID(int=0), bytes(16), 0, at, fact, b"", b"", subject, fact.record, Actor(by, "senco"))


events = st.none() | st.builds(event, facts, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))


@given(
    st.lists(events, max_size=30),
    st.none() | st.sampled_from([*PEOPLE, UUID(int=9)]),
    st.none() | st.sampled_from([*PEOPLE, UUID(int=9)]),
    st.sampled_from(["", "tests.", "tests.noted/", "tests.moved/1", "other."]),
    st.none() | st.sampled_from(DAYS),
    st.none() | st.sampled_from(DAYS),
    st.frozensets(st.integers(0, 30)),
)
def test_what_fits_is_found_newest_first(
    entries: list[Event | None],
    actor: UUID | None,
    subject: UUID | None,
    kind: str,
    from_on: date | None,
    until_by: date | None,
    unless: frozenset[int],
) -> None:
    index = Index()
    for number, one in enumerate(entries):
        index.add(one, 1000 + number)
    found = index.newest_first(
        actor=actor, subject=subject, kind_prefix=kind, from_on=from_on, until_by=until_by, unless=unless
    )
    expected = [
        number
        for number, one in enumerate(entries)
        if (actor is None or (one and one.actor and one.actor.by == actor))
        and (subject is None or (one and one.subject == subject))
        and ((one.kind if one else "").startswith(kind))
        and (from_on is None or (one and one.day >= from_on))
        and (until_by is None or one is None or one.day <= until_by)
        and number not in unless
    ]
    assert list(found) == expected[::-1]
    assert len(index) == len(entries)
    assert list(index.recorded_us) == [1000 + number for number in range(len(entries))]


@given(
    st.lists(events, max_size=30),
    st.dictionaries(
        st.sampled_from(["tests.notes", "tests.money", "tests.other"]),
        st.frozensets(st.sampled_from([*PEOPLE, UUID(int=9)])),
    ),
)
def test_of_some_classes_only_some_subjects_are_found(
    entries: list[Event | None], only_of: dict[str, frozenset[UUID]]
) -> None:
    index = Index()
    for number, one in enumerate(entries):
        index.add(one, 1000 + number)
    expected = {
        number
        for number, one in enumerate(entries)
        if one is None or (one.record in only_of and one.subject not in only_of[one.record])
    }
    assert index.unfound(only_of) == expected


@given(st.lists(events, max_size=30), st.sampled_from(PEOPLE))
def test_the_places_of_a_class_are_found_in_order_and_not_what_is_forgotten(
    entries: list[Event | None], forgotten: UUID
) -> None:
    index = Index()
    for entry in entries:
        index.add(entry, len(index))
    index.forget(forgotten, "tests.notes")
    for records in (["tests.notes"], ["tests.notes", "tests.money"], ["other.class"]):
        assert index.of_classes(records) == [
            at
            for at, entry in enumerate(entries)
            if entry and entry.record in records and (entry.subject, entry.record) != (forgotten, "tests.notes")
        ]
